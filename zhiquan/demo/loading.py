"""Demonstration data into the home: the invented city written to a file and imported like any other."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from patmark.demo import write
from patmark.errors import BadInput, WrongState
from zhiquan.common.action import CONSOLE
from zhiquan.records import actions, importing, progress, working
from zhiquan.records.actions import Handed
from zhiquan.records.home import stage
from zhiquan.records.models import Batch

#: How the batch is called; the size follows.
NAME = "演示数据（虚构）"
#: The progress of a file that is being written: no batch has this number.
WRITING = 0
#: Written file and staged copy stand side by side for a moment: bytes of both for one record.
_ROOM = 1_400

Tell = Callable[[int], None]


def loaded() -> Batch | None:
    """The batch of demonstration data that stands and is complete, if there is one."""
    return Batch.objects.filter(sample=True, name__startswith=NAME, state=Batch.State.DONE).order_by("pk").first()


def loaded_share() -> float | None:
    """How much of the demonstration data being imported is stored, from 0 to 1; None where none are."""
    running = Batch.objects.filter(sample=True, name__startswith=NAME, state=Batch.State.RUNNING).order_by("pk").first()
    if running is None:
        return None
    size = int("".join(one for one in running.name.removeprefix(NAME) if one.isdigit()) or 0)
    return min(1.0, working.rows_of(running) / size) if size else 0.0


def load(
    size: int,
    *,
    only: str = "",
    background: bool = False,
    tell: Tell = lambda done: None,
    watch: importing.Watch = lambda step: None,
) -> Batch:
    """Makes so many records and imports them, or hands them to the worker; a killed import of the same is continued.

    Raises WrongState where demonstration data are loaded already, BadInput where the disk has no room.
    """
    if (standing := loaded()) is not None:
        raise WrongState(f"{standing}已经装入。", mend="要换一个大小，先执行 zhiquan demo --remove。")
    home = Path(settings.ZHIQUAN_HOME)
    home.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(home).free < 2 * _ROOM * size:
        raise BadInput(f"磁盘剩余空间不足以装入 {size:,} 条演示数据。", mend="请腾出空间，或用 --size 减少条数。")
    name = f"demo-{only or 'all'}-{size}.zip"
    with tempfile.TemporaryDirectory(prefix="demo-", dir=home) as folder:
        path = Path(folder) / name
        _write(path, size, only, tell)
        title = f"{NAME}{size:,} 条"
        if not background:
            return importing.import_paths(CONSOLE, [path], name=title, sample=True, watch=watch)
        staged = stage(path, name)
    return actions.open_batch(CONSOLE, title, [staged], sample=True, handed=Handed(background=True))


def _write(path: Path, size: int, only: str, tell: Tell) -> None:
    teller = progress.Teller(WRITING, 0)

    def told(done: int) -> None:
        teller.tell(done, done / size)
        tell(done)

    try:
        write(path, size, only=only, tell=told)
    finally:
        with suppress(OSError):
            teller.done()
