"""Reading a file with the office readers alone, by what they themselves tell."""

from __future__ import annotations

from pathlib import Path

from patmark.errors import BadRecord
from patmark.patent import Patent
from patmark.sources import (
    foreign_json,
    odp,
    ops,
    ops_json,
    st66,
    st96_design,
    st96_gi,
    st96_patent,
    st96_trademark,
    uspto_assignment,
)
from patmark.sources.base import Kind, Read, Source
from patmark.trademark import Trademark

FIXTURES = Path(__file__).resolve().parents[2] / "data" / "office"
KINDS: tuple[Kind, ...] = (
    *st96_patent.KINDS,
    *st96_trademark.KINDS,
    *st96_design.KINDS,
    *st96_gi.KINDS,
    *st66.KINDS,
    *ops.KINDS,
    *ops_json.KINDS,
    *odp.KINDS,
    *uspto_assignment.KINDS,
    *foreign_json.KINDS,
)


def source(path: Path) -> Source:
    with path.open("rb") as stream:
        return Source(path, path.name, stream.read(65536))


def told(path: Path) -> list[str]:
    """The codes of every office reader that claims the file."""
    found = source(path)
    return [kind.code for kind in KINDS if kind.tells(found)]


def reads(path: Path) -> list[Read]:
    """Everything the one reader that claims the file makes of it."""
    found = source(path)
    (kind,) = (kind for kind in KINDS if kind.tells(found))
    return list(kind.read(found))


def fixture(name: str) -> list[Read]:
    return reads(FIXTURES / name)


def patent(read: Read) -> Patent:
    assert isinstance(read.result, Patent), read.result
    return read.result


def mark(read: Read) -> Trademark:
    assert isinstance(read.result, Trademark), read.result
    return read.result


def refusal(read: Read) -> BadRecord:
    assert isinstance(read.result, BadRecord), read.result
    return read.result
