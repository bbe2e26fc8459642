"""The raw files in the home, each kept once by its sha256; the locks that tell a living import from a killed one."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from patmark.errors import BadFile

_PORTION = 1 << 20
#: A copy not written to for so many seconds was left behind by a process that was killed.
_LEFT_BEHIND = 24 * 3600
_COPYING = "copying-"


@dataclass(frozen=True, slots=True)
class Staged:
    """A file whose raw bytes stand in the home, ready to be read; a companion is kept beside documents, not read."""

    name: str
    sha256: str
    size: int
    companion: bool = False
    media_type: str = ""


def raw_path(sha256: str) -> Path:
    return Path(settings.ZHIQUAN_HOME) / "raw" / sha256[:2] / sha256


def stage(path: Path, name: str, advance: Callable[[int], None] = lambda done: None) -> Staged:
    """Copies a file into the home while hashing it; a file already there is not written again.

    Raises BadFile when it cannot be read.
    """
    folder = Path(settings.ZHIQUAN_HOME) / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    whole, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(prefix=_COPYING, dir=folder)
    try:
        with os.fdopen(handle, "wb") as copy, path.open("rb") as source:
            while portion := source.read(_PORTION):
                whole.update(portion)
                copy.write(portion)
                size += len(portion)
                advance(len(portion))
            copy.flush()
            os.fsync(copy.fileno())
        target = raw_path(whole.hexdigest())
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            shutil.move(temporary, target)
    except OSError as fault:
        raise BadFile(f"文件无法读取（{fault.strerror}）。", where=name, mend="请检查路径和权限。") from fault
    finally:
        Path(temporary).unlink(missing_ok=True)
    return Staged(name, whole.hexdigest(), size)


def _sweep(folder: Path) -> None:
    for copy in folder.glob(f"{_COPYING}*"):
        try:
            if copy.stat().st_mtime < time.time() - _LEFT_BEHIND:
                copy.unlink()
        except FileNotFoundError:
            continue  # its own process has just finished with it


@contextmanager
def held(name: str) -> Iterator[bool]:
    """Holds the named lock of the home for the length of the block; False when another process holds it."""
    folder = Path(settings.ZHIQUAN_HOME) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
