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


class Arriving:
    """A file on its way into the home: written portion by portion, hashed meanwhile, kept once or dropped."""

    def __init__(self) -> None:
        folder = Path(settings.ZHIQUAN_HOME) / "raw"
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        self._whole, self.size = hashlib.sha256(), 0
        handle, self._temporary = tempfile.mkstemp(prefix=_COPYING, dir=folder)
        self._copy = os.fdopen(handle, "wb")

    def write(self, portion: bytes) -> None:
        """The next bytes. Raises OSError, such as that of a full disk."""
        self._whole.update(portion)
        self._copy.write(portion)
        self.size += len(portion)

    def keep(self, name: str) -> Staged:
        """The file as it stands in the home now; one already there is not kept twice."""
        self._copy.flush()
        os.fsync(self._copy.fileno())
        sha256 = self._whole.hexdigest()
        target = raw_path(sha256)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            shutil.move(self._temporary, target)
        self.drop()
        return Staged(name, sha256, self.size)

    def drop(self) -> None:
        """Forgets what was written and not kept."""
        self._copy.close()
        Path(self._temporary).unlink(missing_ok=True)


def stage(path: Path, name: str, advance: Callable[[int], None] = lambda done: None) -> Staged:
    """Copies a file into the home while hashing it; a file already there is not written again.

    Raises BadFile when it cannot be read.
    """
    arriving = Arriving()
    try:
        with path.open("rb") as source:
            while portion := source.read(_PORTION):
                arriving.write(portion)
                advance(len(portion))
        return arriving.keep(name)
    except OSError as fault:
        raise BadFile(f"文件无法读取（{fault.strerror}）。", where=name, mend="请检查路径和权限。") from fault
    finally:
        arriving.drop()


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
