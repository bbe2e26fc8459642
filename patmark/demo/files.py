"""The invented city as a file in the exchange form: a zip with pictures, or bare lines."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from patmark.demo.marks import marks
from patmark.demo.patents import patents
from patmark.demo.pictures import picture
from patmark.exchange import line_of
from patmark.patent import Patent
from patmark.trademark import Trademark

#: Lines in one member: what unpacks a zip needs room for one of them.
_PORTION = 50_000
#: Fast packing: the texts are made of frames and shrink to a tenth all the same.
_LEVEL = 1
#: Members bear one day, so that the same records are the same bytes.
_DAY = (2026, 6, 30, 0, 0, 0)
#: Told every so many records.
_TELL_EVERY = 500

Tell = Callable[[int], None]


def parts(size: int, *, only: str = "") -> tuple[int, int]:
    """(patents, trademarks) of so many records: two to one, or all of one kind (`patents` or `trademarks`)."""
    if only:
        return (size, 0) if only == "patents" else (0, size)
    return size - size // 3, size // 3


def records(size: int, *, only: str = "") -> Iterator[Patent | Trademark]:
    """So many records, patents first; always the same for one size. Memory does not grow with the size."""
    many, marked = parts(size, only=only)
    for patent in patents(many):
        yield patent.record
    for mark in marks(marked):
        yield mark.record


def write(target: Path, size: int, *, only: str = "", tell: Tell = lambda done: None) -> None:
    """Writes so many records: bare lines where the name ends in `.jsonl`, otherwise a zip with their pictures."""
    if target.suffix == ".jsonl":
        with target.open("wb") as out:
            for number, record in enumerate(records(size, only=only), 1):
                out.write(line_of(record))
                if number % _TELL_EVERY == 0:
                    tell(number)
        return
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        named = _lines(archive, records(size, only=only), tell)
        for name in sorted(named):
            with _member(archive, name, zipfile.ZIP_STORED) as out:
                out.write(picture(name))


def _lines(archive: zipfile.ZipFile, given: Iterator[Patent | Trademark], tell: Tell) -> set[str]:
    """Writes the records, a portion to a member; answers the pictures they name."""
    named: set[str] = set()
    number, part, last = 0, 0, ""
    out: IO[bytes] | None = None
    try:
        for record in given:
            subject = "patents" if isinstance(record, Patent) else "trademarks"
            if out is None or subject != last or number % _PORTION == 0:
                if out is not None:
                    out.close()
                part = part + 1 if subject == last else 1
                last = subject
                out = _member(archive, f"{subject}-{part:02d}.jsonl", zipfile.ZIP_DEFLATED)
            out.write(line_of(record))
            named.update(one.file for one in record.pictures)
            number += 1
            if number % _TELL_EVERY == 0:
                tell(number)
    finally:
        if out is not None:
            out.close()
    return named


def _member(archive: zipfile.ZipFile, name: str, packing: int) -> IO[bytes]:
    member = zipfile.ZipInfo(name, _DAY)
    member.compress_type = packing
    member._compresslevel = _LEVEL  # type: ignore[attr-defined]  # public only from Python 3.13 on
    return archive.open(member, "w", force_zip64=True)
