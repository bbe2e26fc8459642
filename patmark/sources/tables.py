"""CSV and its kin: rows parted by commas, tabs, semicolons or bars; broken quotes cost their own row and no other."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from patmark.errors import BadFile, BadRecord
from patmark.sources.base import LIMITS, Kind, Read, Source
from patmark.sources.detect import Content, tell_content
from patmark.sources.encodings import is_broken, legible, open_text, tell_encoding
from patmark.sources.mapping import choose_mapping
from patmark.sources.rows import HEADER_WITHIN, Line, Sheet, read_opened

DELIMITERS = ",\t;|，"
_LONGEST_LINE = 4 * LIMITS.cell
#: Characters a file may have read a second time because a quote was left open; more is hostile or no CSV at all.
_REPEATED = 8 * LIMITS.cell
#: A number or a day: what makes a line inside an open quote look like a row of its own.
_TELLING = re.compile(
    r"(?:CN|ZL|[A-Z]{2})?\s?\d{5,13}(?:\.[\dXx])?(?:[A-Z]\d?)?|\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?", re.IGNORECASE
)


class _Overlong(Exception):
    """A line without an end in sight."""


class _Lines:
    """The lines of a text for `csv.reader`, remembering those of the row being read so that they can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.row: list[str] = []
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            line = self._stream.readline(_LONGEST_LINE)
            if not line:
                raise StopIteration
            if "\0" in line:
                line = line.replace("\0", "") or "\n"
        self.row.append(line)
        self.length += len(line)
        if self.length > _LONGEST_LINE or (len(line) == _LONGEST_LINE and line[-1] not in "\r\n"):
            raise _Overlong
        return line

    def next_row(self) -> None:
        self.row = []
        self.length = 0

    def read_again(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))

    def drop_line(self) -> None:
        """Reads on to the end of a line that is too long, keeping nothing of it."""
        while not self._again and (piece := self._stream.readline(_LONGEST_LINE)) and piece[-1] not in "\r\n":
            pass


class _Rows:
    """The rows of a delimited text with their numbers, as a spreadsheet would count them."""

    def __init__(self, stream: TextIO, delimiter: str) -> None:
        csv.field_size_limit(LIMITS.cell)
        self._lines = _Lines(stream)
        self._delimiter = delimiter
        self._number = 0
        self._repeated = 0
        self._telling: set[int] = set()
        self._width = 0

    def __iter__(self) -> Iterator[Line]:
        reader = csv.reader(self._lines, delimiter=self._delimiter)
        while True:
            self._lines.next_row()
            self._number += 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except (csv.Error, _Overlong) as fault:
                yield self._number, self._fault(fault)
                reader = csv.reader(self._lines, delimiter=self._delimiter)
                continue
            lines = self._lines.row
            if len(lines) > 1 and (at := self._swallowed(lines)):
                # The reader has not looked ahead: it goes on with the lines given back.
                self._give_back(lines[at:])
                yield self._number, self._unbalanced(lines[:at])
            elif any(map(is_broken, lines)):
                yield self._number, self._reject("含有无法按文件编码解读的字节。", lines, "请核对编码后改正这一行。")
            else:
                self._learn(row, len(lines))
                yield self._number, row

    def _learn(self, row: list[str], lines: int) -> None:
        """Which columns hold numbers or days: known from the first sound rows."""
        if lines == 1 and len(self._telling) < 3 and self._number <= 200:
            self._width = max(self._width, len(row))
            self._telling |= {at for at, one in enumerate(row) if len(one) < 40 and _TELLING.fullmatch(one.strip())}

    def _swallowed(self, lines: list[str]) -> int:
        """The first line behind the row's own that is a row by itself: an open quote has swallowed it. 0 for none."""
        if not self._telling:
            return 0
        for at, line in enumerate(lines[1:], 1):
            if line.count(self._delimiter) < self._width - 1:
                continue
            row = next(csv.reader([line], delimiter=self._delimiter), [])
            if len(row) == self._width and any(_TELLING.fullmatch(row[one].strip()[:40]) for one in self._telling):
                return at
        return 0

    def _fault(self, fault: Exception) -> BadRecord:
        lines = self._lines.row
        first = lines[:1]
        if isinstance(fault, _Overlong) and len(lines) == 1:
            self._lines.drop_line()
            return self._reject(f"这一行超过 {_LONGEST_LINE // 10_000} 万字。", first, "请核对换行是否正常。")
        if len(lines) > 1:
            self._give_back(lines[1:])
            return self._unbalanced(first)
        return self._reject(f"单元格超过 {LIMITS.cell // 10_000} 万字。", first, "请改正后重新导入这一行。")

    def _give_back(self, lines: list[str]) -> None:
        self._repeated += sum(map(len, lines))
        if self._repeated > _REPEATED:
            raise BadFile(f"第 {self._number} 行起有太多引号没有配对，无法分行。", mend="请用 Excel 打开核对后另存。")
        self._lines.read_again(lines)

    def _unbalanced(self, lines: list[str]) -> BadRecord:
        return self._reject("引号没有配对，从这一行起分不清单元格。", lines, "请补上或去掉多余的引号后重新导入这一行。")

    def _reject(self, sentence: str, lines: list[str], mend: str) -> BadRecord:
        raw = legible("".join(line[: BadRecord.RAW_LIMIT] for line in lines[:200])).rstrip("\r\n")
        return BadRecord(sentence, position=f"第 {self._number} 行", raw=raw, mend=mend)


def is_table(source: Source) -> bool:
    """Whether the file is a delimited text: its lines agree on a delimiter, or one of them is a known header."""
    if tell_encoding(source.head) is None or tell_content(source) is not Content.TEXT:
        return False
    delimiter, cover, steady = _sniff(source)
    return bool(delimiter) and (cover > 1 or steady)


@contextmanager
def table_sheets(source: Source) -> Iterator[Iterator[Sheet]]:
    """The one sheet of a delimited text."""
    delimiter = delimiter_of(source)
    with open_text(source) as stream:
        yield iter([Sheet("", iter(_Rows(stream, delimiter)), strict=True)])


def delimiter_of(source: Source) -> str:
    """What parts the cells of a delimited text; a comma where nothing tells."""
    return _sniff(source)[0] or ","


def _sniff(source: Source) -> tuple[str, int, bool]:
    """(delimiter, how many fields its header covers, whether all its rows are equally wide) of the best delimiter."""
    with open_text(source) as stream:
        text = stream.read(65_536).lstrip("\ufeff").replace("\0", "")
    best = ("", 0, False)
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        csv.field_size_limit(LIMITS.cell)
        rows = _first_rows(text, delimiter)
        cover = max((choose_mapping(row).cover for row in rows if 1 < len(row) <= LIMITS.columns), default=0)
        steady = len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows[:-1]}) == 1
        best = max(best, (delimiter, cover, steady), key=lambda one: (one[1], one[2]))
    return best


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    while len(rows) < HEADER_WITHIN:
        try:
            row = next(reader)
        except (StopIteration, csv.Error):
            break
        if row:
            rows.append(row)
    return rows


def _read(source: Source) -> Iterator[Read]:
    return read_opened(source, table_sheets)


KINDS = (Kind("csv", "CSV 等分隔符表格", is_table, _read),)
