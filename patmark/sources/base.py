"""The contract of a reader: how a file is offered, what comes out of it, and the limits that bound hostile input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from patmark.errors import BadRecord
from patmark.patent import Patent
from patmark.trademark import Trademark

Record = Patent | Trademark


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file: sizes in bytes, depth in elements or archives, members as a count."""

    document: int = 256 * 1024 * 1024
    depth: int = 256
    members: int = 200_000
    unpacked: int = 64 * 1024 * 1024 * 1024
    ratio: int = 500
    nesting: int = 3
    cell: int = 2_000_000
    columns: int = 2_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Read:
    """One thing read: its place in the file, and either the record or the reason why there is none.

    `position` is what a person finds it by: `第 17 行`, `第 3 份文件`, `a/b.xml 第 2 份文件`.
    `index` counts everything read from the file, rejects too, from 0: an import resumes after the last index it stored.
    """

    index: int
    position: str
    result: Record | BadRecord


@dataclass(frozen=True, slots=True)
class Source:
    """A file as a reader sees it: a path on disk, or a member of an archive spooled to one.

    `name` is what the person calls it; `head` its first bytes (at most 64 KiB), by which the kind is told.
    """

    path: Path
    name: str
    head: bytes

    def open(self) -> BinaryIO:
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: a stable code, its Chinese name, how its content is told, and its reader.

    `tells` answers from the head only; `read` yields every record in the order of the file, and raises
    `BadFile` when the file as a whole cannot be read (after having yielded what came before the fault).
    """

    code: str
    name: str
    tells: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Read]]
