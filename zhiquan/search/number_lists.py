"""Lists of numbers as people have them: pasted text, a text file, CSV or a workbook, one number each, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from patmark.errors import BadFile, BadInput, BadRecord
from patmark.fields import FieldKind, Subject, by_name, spell
from patmark.numbers import guess
from patmark.sources.base import Source
from patmark.sources.encodings import legible, open_text
from patmark.sources.rows import Line, Sheet
from patmark.sources.tables import is_table, table_sheets
from patmark.sources.workbooks import is_workbook, workbook_sheets

#: Numbers looked up at once; more are an import or an export.
MOST = 10_000
#: Characters of one number that are kept: the longest spelling has some forty.
KEPT = 80
LARGEST = 5 * 1024 * 1024
#: Rows looked at to find the column that holds the numbers, and columns looked at in each.
_LOOKED_AT = 50
_COLUMNS = 200
_PARTS = re.compile(r"[,，;；、\t|]+")


def numbers_in_text(text: str) -> list[str]:
    """The numbers of a pasted text: one a line, or parted by commas, semicolons, blanks. BadInput for too many."""
    found: list[str] = []
    for line in text.replace("\0", " ").splitlines():
        found += _numbers_in_line(line.strip()[:2_000])
        _bounded(found)
    return found


def numbers_in_file(path: Path, name: str) -> list[str]:
    """The numbers of a file: of a table the column that holds them. Raises BadFile and BadInput."""
    with path.open("rb") as stream:
        source = Source(path, name, stream.read(65_536))
    if not source.head:
        raise BadFile(_("这个文件是空的。"), where=name, mend=_("请选择另一个文件，或者把号码粘贴到框里。"))
    if is_workbook(source):
        with workbook_sheets(source) as sheets:
            return _of_sheets(sheets)
    if is_table(source):
        with table_sheets(source) as sheets:
            return _of_sheets(sheets)
    with open_text(source) as text:
        return numbers_in_text(legible(text.read(LARGEST)))


def _of_sheets(sheets: Iterator[Sheet]) -> list[str]:
    """The numbers of the first sheet that holds any."""
    for sheet in sheets:
        if found := _of_rows(_cells(sheet.rows)):
            return found
    return []


def _cells(rows: Iterator[Line]) -> Iterator[Sequence[str]]:
    """The cells of every row that can be read."""
    return (cells[:_COLUMNS] for _number, cells in rows if not isinstance(cells, BadRecord))


def _of_rows(rows: Iterator[Sequence[str]]) -> list[str]:
    head = list(islice(rows, _LOOKED_AT))
    column, heading = _column(head)
    if column < 0:
        return []
    found: list[str] = []
    for at, row in enumerate(_again(head, rows)):
        cell = legible(row[column]).strip() if column < len(row) else ""
        if cell and at != heading:
            found.append(cell[:KEPT])
            _bounded(found)
    return found


def _again(head: Sequence[Sequence[str]], rest: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield from head
    yield from rest


def _column(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """(the column of the numbers, the row that is its heading or -1): as headed, else where most cells are numbers."""
    for at, row in enumerate(rows[:20]):
        for column, cell in enumerate(row):
            if _heads_numbers(cell):
                return column, at
    width = max(map(len, rows), default=0)
    likely = [sum(bool(guess(row[at])) for row in rows if at < len(row)) for at in range(width)]
    most = max(likely, default=0)
    return (likely.index(most), -1) if most else (-1, -1)


def _heads_numbers(cell: str) -> bool:
    name = spell(cell[:KEPT])
    rows = (by_name(subject).get(name) for subject in Subject)
    return any(row is not None and (row.kind is FieldKind.NUMBER or row.key == "num") for row in rows)


def _numbers_in_line(line: str) -> list[str]:
    """The numbers of one line; a number that holds blanks or commas itself stays whole."""
    if not line:
        return []
    if guess(line):
        return [line]
    found: list[str] = []
    for part in filter(None, map(str.strip, _PARTS.split(line))):
        words = part.split()
        several = len(words) > 1 and not guess(part) and sum(bool(guess(word)) for word in words) > 1
        found += [word[:KEPT] for word in words] if several else [part[:KEPT]]
    return found


def _bounded(found: Sequence[str]) -> None:
    if len(found) > MOST:
        raise BadInput(
            _("一次最多查 %(most)s 个号码。") % {"most": f"{MOST:,}"}, mend=_("请分成几份，每份不超过这个数。")
        )
