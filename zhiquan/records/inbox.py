"""The watched folder: what is laid there is imported, then moved to done/ or refused/ with a note on what came."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from patmark.errors import Problem
from zhiquan.common.action import Actor
from zhiquan.records import receiving
from zhiquan.records.models import Batch, BatchFile

log = logging.getLogger(__name__)

DONE, REFUSED = "done", "refused"
#: Seconds for which size and time must not change: what is still being copied is left alone.
STABLE = 5.0
#: Seconds between two looks, and how much of a full folder is looked at in one.
EVERY, AT_ONCE = 2.0, 200
#: Endings under which browsers and copying programs write what is not whole yet.
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download", "~")
_FINISHED = (Batch.State.DONE, Batch.State.UNDONE)


@dataclass(slots=True)
class Inbox:
    """One watched folder; remembers since when each thing in it has looked as it does."""

    folder: Path
    actor: Actor
    seen: dict[str, tuple[str, float]] = field(default_factory=dict)
    looked: float = float("-inf")

    def look_again(self, now: float) -> list[Batch]:
        """As `look`, but not oftener than every `EVERY` seconds."""
        if now - self.looked < EVERY:
            return []
        self.looked = now
        return self.look(now)

    def look(self, now: float) -> list[Batch]:
        """Takes what is whole and puts away what is done; `now` in seconds. Answers the batches that were opened.

        A thing is known by name, size and time: killed at any moment, it is neither lost nor taken twice.
        """
        opened = []
        for entry in islice(self._entries(), AT_ONCE):
            identity = _identity(entry)
            if identity is None:
                continue
            batch = Batch.objects.filter(inbox=identity).order_by("-pk").first()
            if batch is not None:
                if batch.state in _FINISHED:
                    self._put_away(entry, _folder_for(batch), account(batch))
            elif self._is_stable(entry.name, identity, now) and (taken := self._take(entry, identity)) is not None:
                opened.append(taken)
        return opened

    def _entries(self) -> Iterator[Path]:
        for entry in sorted(self.folder.iterdir()):
            if not entry.name.startswith((".", "~")) and not entry.name.endswith(_UNFINISHED):
                if entry.is_dir() and entry.name in (DONE, REFUSED):
                    continue
                yield entry

    def _is_stable(self, name: str, identity: str, now: float) -> bool:
        former, since = self.seen.get(name, ("", now))
        if former != identity:
            self.seen[name] = (identity, now)
            return False
        return now - since >= STABLE

    def _take(self, entry: Path, identity: str) -> Batch | None:
        # A link may point anywhere: what lies elsewhere was not laid here.
        if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            self._put_away(entry, REFUSED, "这是一个链接或特殊文件，没有读取。请放入文件本身。\n")
            return None
        try:
            return receiving.enqueue(self.actor, [entry], name=entry.name, inbox=identity)
        except Problem as problem:
            self._put_away(entry, REFUSED, f"没有导入：{problem}\n")
            return None

    def _put_away(self, entry: Path, where: str, note: str) -> None:
        """Moves it and lays the note beside it; nothing that lies there already is overwritten."""
        target = self.folder / where
        target.mkdir(exist_ok=True)
        path = target / entry.name
        if path.exists() or path.is_symlink():
            path = Path(tempfile.mkdtemp(prefix=f"{entry.stem[:100]}-", dir=target)) / entry.name
        try:
            path.with_name(f"{path.name}.txt").write_text(note, encoding="utf-8")
            shutil.move(entry, path)
        except OSError as fault:
            log.error("收件文件夹里的 %s 无法移走（%s）", entry.name, fault.strerror)
        self.seen.pop(entry.name, None)


def _identity(entry: Path) -> str | None:
    """Name, number of files, size and newest time of what lies there; None while it is being moved away."""
    try:
        parts = [entry] if entry.is_symlink() or not entry.is_dir() else [entry, *entry.rglob("*")]
        stats = [one.lstat() for one in parts]
    except FileNotFoundError:
        return None
    size, newest = sum(one.st_size for one in stats), max(one.st_mtime_ns for one in stats)
    return f"{entry.name[:600]}|{len(stats)}|{size}|{newest}"


def _folder_for(batch: Batch) -> str:
    refused = batch.state == Batch.State.UNDONE or batch.files.filter(state=BatchFile.State.REFUSED).exists()
    return REFUSED if refused else DONE


def account(batch: Batch) -> str:
    """What came of a batch, as the note says it: its number, its counts, and of each refused file the reason."""
    lines = [f"{batch}：{batch.get_state_display()}"]
    for file in batch.files.all():
        counts = f"新增 {file.new}，更新 {file.changed}，无变化 {file.same}，拒收 {file.rejected}"
        lines.append(f"{file.name}：{file.refusal or counts}")
    if any(file.rejected for file in batch.files.all()):
        lines.append(f"拒收的行可在网站“数据批次”里更正：批次 {batch.pk}。")
    return "\n".join(lines) + "\n"
