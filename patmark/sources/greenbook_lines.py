"""The lines of a Green Book file: grants cut from the stream, and the sections and fields of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from patmark.sources.base import LIMITS, Limits

_SECTION = re.compile(r"[A-Z]{4}")
_FIELD = re.compile(r"([A-Z][A-Z0-9]{2})(?:  ?(.*))?")
_LONGEST_LINE = 65_536
#: Fields whose blanks and line ends are columns.
_COLUMNS = frozenset({"TBL", "EQU", "OCL", "XCL", "UCL", "ICL"})


@dataclass(frozen=True, slots=True)
class Block:
    """A section of a grant: its name and its fields in order, continuation lines joined."""

    name: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def first(self, name: str) -> str:
        return next((text for known, text in self.fields if known == name), "").strip()

    def all(self, name: str) -> list[str]:
        return [text for known, text in self.fields if known == name]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one grant and the number of the first, from 1; `fault` says why they are no grant."""

    line: int
    lines: list[str]
    fault: str = ""


def records(stream: BinaryIO, limits: Limits = LIMITS) -> Iterator[Lines]:
    """Every grant of a file: from one `PATN` line to the next, a header line of the tape left out."""
    held: list[str] = []
    start, number, size = 1, 0, 0
    while raw := stream.readline(_LONGEST_LINE):
        number += 1
        line = _decoded(raw).rstrip("\r\n")
        if line.rstrip() == "PATN":
            if any(one.strip() for one in held):
                yield _record(start, held, size, limits)
            held, start, size = [], number, 0
        elif number == 1 and line.startswith("HHHHHT"):
            continue
        size += len(raw)
        # What is over the limit is counted and not kept.
        if size <= limits.document:
            held.append(line)
    if any(one.strip() for one in held):
        yield _record(start, held, size, limits)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _record(start: int, lines: list[str], size: int, limits: Limits) -> Lines:
    if size > limits.document:
        return Lines(start, lines[:200], "超过单份文件的大小上限")
    if lines[0].rstrip() != "PATN":
        return Lines(start, lines[:200], "不是以 PATN 开头的专利文献")
    return Lines(start, lines)


def blocks(lines: list[str]) -> list[Block]:
    """The sections of a grant; a line that is neither section nor field goes on from the one before."""
    found: list[Block] = []
    for line in lines:
        if _SECTION.fullmatch(line.rstrip()):
            found.append(Block(line.rstrip()))
            continue
        if not found:
            continue
        fields = found[-1].fields
        match = _FIELD.fullmatch(line) if line[:1] not in ("", " ") else None
        if match:
            fields.append((match.group(1), match.group(2) or ""))
        elif fields:
            name, text = fields[-1]
            if name in _COLUMNS:
                fields[-1] = (name, f"{text}\n{line}")
            elif line.strip():
                fields[-1] = (name, f"{text.rstrip()} {line.strip()}")
    return found
