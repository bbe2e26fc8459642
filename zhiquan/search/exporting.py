"""A whole result as a file: CSV that no spreadsheet runs as a formula, or JSON Lines; memory stays flat."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

import orjson

from patmark.errors import BadInput
from patmark.fields import Subject
from zhiquan.search.rendering import COLUMNS, Row, rows_of

#: Records read and written at once.
PORTION = 500
#: What a spreadsheet runs as a formula, in either width, at the beginning or behind blanks.
_FORMULA = tuple("=+-@＝＋－＠")
_CONTROL = tuple("\t\r\n")


def export(subject: Subject, keys: Iterable[int], target: Path, watch: Callable[[int], None]) -> int:
    """Writes the records of the keys in their order; the file appears when it is whole. Raises BadInput."""
    try:
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as fault:
        raise BadInput(f"不能写 {target}（{fault.strerror}）。", mend="请检查文件夹和权限。") from fault
    try:
        # A byte-order mark, so that a spreadsheet takes the CSV for UTF-8.
        with os.fdopen(handle, "w", encoding="utf-8-sig" if target.suffix == ".csv" else "utf-8", newline="") as out:
            written = FORMATS[target.suffix](out, subject, _watched(rows(subject, keys), watch))
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
    except OSError as fault:
        raise BadInput(f"不能写 {target}（{fault.strerror}）。", mend="请检查磁盘空间和权限。") from fault
    finally:
        Path(draft).unlink(missing_ok=True)
    return written


def rows(subject: Subject, keys: Iterable[int]) -> Iterator[Row]:
    """The export rows of many records, read portion by portion."""
    portion: list[int] = []
    for key in keys:
        portion.append(key)
        if len(portion) == PORTION:
            yield from rows_of(subject, portion)
            portion = []
    yield from rows_of(subject, portion)


def _watched(found: Iterator[Row], watch: Callable[[int], None]) -> Iterator[Row]:
    for done, row in enumerate(found, 1):
        yield row
        if done % PORTION == 0:
            watch(done)


def _csv(out: TextIO, subject: Subject, found: Iterator[Row]) -> int:
    writer = csv.writer(out)
    writer.writerow(COLUMNS[subject])
    written = 0
    for row in found:
        writer.writerow([safe(value) for value in row.values()])
        written += 1
    return written


def safe(value: object) -> object:
    """A value that a spreadsheet shows and never runs: what looks like a formula stands behind an apostrophe."""
    if isinstance(value, str) and (value.startswith(_CONTROL) or value.lstrip().startswith(_FORMULA)):
        return f"'{value}"
    return value


def _lines(out: TextIO, subject: Subject, found: Iterator[Row]) -> int:
    written = 0
    for row in found:
        out.write(orjson.dumps(row).decode() + "\n")
        written += 1
    return written


FORMATS: dict[str, Callable[[TextIO, Subject, Iterator[Row]], int]] = {".csv": _csv, ".jsonl": _lines}
