"""MySQL dumps: the rows of their INSERT statements, as a stream, with the columns their tables were made with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from patmark.errors import BadFile, BadRecord
from patmark.sources.base import LIMITS, Kind, Read, Source
from patmark.sources.cells import NumericText
from patmark.sources.detect import text_head
from patmark.sources.encodings import is_broken, legible, open_text, tell_encoding
from patmark.sources.rows import Line, Sheet, read_opened

_BLOCK = 1 << 20
_LONGEST = 4 * LIMITS.cell
#: No keyword, name or list of columns is longer.
_SHORT = 262_144
_HEAD = re.compile(
    r"^\s*(?:INSERT\s+(?:IGNORE\s+)?INTO|REPLACE\s+INTO|CREATE\s+TABLE|DROP\s+TABLE)\s+[`\"\w(]",
    re.IGNORECASE | re.MULTILINE,
)
#: What stands between statements: white space, comments (`/*!…*/` too: they set options only).
_BETWEEN = re.compile(r"(?:\s+|;|--[^\n]*(?:\n|\Z)|#[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)
_NAME = r"(?:`((?:[^`]|``)+)`|\"([^\"]+)\"|\[([^\]]+)\]|(\w+))"
_TABLE = re.compile(rf"(?:(?:{_NAME})\s*\.\s*)?{_NAME}\s*")
_INSERT = re.compile(r"(?:INSERT\s+(?:LOW_PRIORITY\s+|DELAYED\s+|IGNORE\s+)?INTO|REPLACE\s+INTO)\s+", re.IGNORECASE)
_CREATE = re.compile(r"CREATE\s+(?:TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?", re.IGNORECASE)
_VALUES = re.compile(r"\s*VALUES?\s*", re.IGNORECASE)
#: One value of a row. A string keeps its doubled quotes and backslashes for `_string`.
_VALUE = re.compile(
    r"\s*(?:(?:_\w+\s*|N)?'((?:[^'\\]|\\.|'')*+)'|\"((?:[^\"\\]|\\.|\"\")*+)\"|(NULL)|([+-]?[0-9.]+(?:[eE][+-]?\d+)?)|([^',()\"]*+))\s*([,)])",
    re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "", "b": "", "Z": "", "%": "\\%", "_": "\\_"}
_STRING = r"'(?:[^'\\]|\\.|'')*+'"
#: One column of a CREATE TABLE with its type and options, up to the comma or bracket behind it.
_DEFINITION = re.compile(
    rf"\s*{_NAME}(?:[^,()'\"`]++|{_STRING}|`[^`]*+`|\"[^\"]*+\"|\((?:[^()']++|{_STRING}|\([^()]*+\))*+\))*+[,)]",
    re.DOTALL,
)
#: Parts of a CREATE TABLE that are no columns.
_NO_COLUMN = re.compile(r"\s*(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK)\b", re.IGNORECASE)


class _Text:
    """A text read in blocks, of which only the statement at hand is held."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.held = ""
        self.at = 0
        self.ended = False

    def more(self) -> bool:
        """Reads on; False at the end. What stands before `at` is forgotten."""
        block = self._stream.read(_BLOCK)
        self.held = self.held[self.at :] + block
        self.at = 0
        self.ended = not block
        return bool(block)

    def skip_between(self) -> bool:
        """Goes to the next statement; False when there is none."""
        while True:
            match = _BETWEEN.match(self.held, self.at)
            self.at = match.end() if match else self.at
            # A comment or a keyword may be cut off at the end of what is held.
            if len(self.held) - self.at > 200 and not self.held.startswith("/*", self.at):
                return True
            if len(self.held) - self.at > _LONGEST or not self.more():
                return self.at < len(self.held)

    def match(self, pattern: re.Pattern[str], within: int = _SHORT) -> re.Match[str] | None:
        """A match at the place, reading on while it fails or might go on, until so many characters are at hand."""
        while True:
            match = pattern.match(self.held, self.at)
            if (match and match.end() < len(self.held)) or self.ended or len(self.held) - self.at > within:
                return match
            self.more()

    def skip_statement(self) -> None:
        """Goes behind the `;` that ends the statement, minding strings."""
        while True:
            match = _STATEMENT.match(self.held, self.at)
            self.at = match.end() if match else self.at
            if self.held.startswith(";", self.at):
                self.at += 1
                return
            if self.ended or len(self.held) - self.at > _LONGEST:
                # A string that never ends: go on at the next line.
                line = self.held.find("\n", self.at)
                self.at = len(self.held) if line < 0 else line + 1
                return
            self.more()


_STATEMENT = re.compile(r"(?:[^;'\"`]++|'(?:[^'\\]|\\.|'')*+'|\"(?:[^\"\\]|\\.|\"\")*+\"|`[^`]*+`)*+", re.DOTALL)


class _Dump:
    """The tables of a dump one after the other: `next_sheet` gives the next run of INSERTs into one table."""

    def __init__(self, stream: TextIO) -> None:
        self._text = _Text(stream)
        self._columns: dict[str, tuple[str, ...]] = {}
        self._numbers: dict[str, int] = {}
        self._waiting: tuple[str, tuple[str, ...]] | None = None

    def sheets(self) -> Iterator[Sheet]:
        while self._waiting or self._find_insert():
            assert self._waiting
            table, columns = self._waiting
            rows = self._rows(table)
            yield Sheet(f"表“{table}”", rows, columns=columns)
            # Rows of a table nobody reads still have to be passed.
            for _ in rows:
                pass

    def _find_insert(self) -> bool:
        """Goes on to the next INSERT, learning columns on the way."""
        text = self._text
        while text.skip_between():
            if text.match(_INSERT) and (found := self._insert_head()):
                self._waiting = found
                return True
            if created := text.match(_CREATE):
                text.at = created.end()
                self._learn()
            text.skip_statement()
        return False

    def _insert_head(self) -> tuple[str, tuple[str, ...]] | None:
        """The table and columns of an INSERT … VALUES; the place is then before its first row."""
        text = self._text
        start = text.match(_INSERT)
        assert start
        text.at = start.end()
        named = text.match(_TABLE)
        if named is None:
            return None
        table = _name(named.groups()[4:])
        text.at = named.end()
        columns = self._columns.get(table, ())
        if text.held.startswith("(", text.at) and (listed := text.match(_COLUMNS)):
            columns = tuple(_name(one.groups()) for one in re.finditer(_NAME, listed[0]))
            text.at = listed.end()
        values = text.match(_VALUES)
        if values is None:
            return None
        text.at = values.end()
        return table, columns

    def _learn(self) -> None:
        text = self._text
        named = text.match(_TABLE)
        if named is None:
            return
        text.at = named.end()
        body = text.match(_STATEMENT, _LONGEST)
        definitions = body[0].partition("(")[2] if body else ""
        columns, at = [], 0
        while found := _DEFINITION.match(definitions, at):
            at = found.end()
            if not _NO_COLUMN.match(found[0]):
                columns.append(_name(found.groups()))
            if definitions[at - 1] == ")":
                break
        self._columns[_name(named.groups()[4:])] = tuple(columns)

    def _rows(self, table: str) -> Iterator[Line]:
        """The rows of all INSERTs into the table that follow each other directly."""
        text = self._text
        while self._waiting and self._waiting[0] == table:
            columns = self._waiting[1]
            self._waiting = None
            while text.match(_OPEN):
                number = self._numbers[table] = self._numbers.get(table, 0) + 1
                yield number, self._row(table, number)
                if comma := text.match(_COMMA):
                    text.at = comma.end()
            if not text.match(_INSERT):
                text.skip_statement()
            if self._find_insert() and self._waiting != (table, columns):
                return

    def _row(self, table: str, number: int) -> list[str] | BadRecord:
        text = self._text
        opening = text.match(_OPEN)
        assert opening
        text.at = opening.end()
        cells: list[str] = []
        size = 0
        while True:
            value = text.match(_VALUE, _LONGEST)
            if value is None or len(cells) > LIMITS.columns:
                raw = legible(text.held[text.at : text.at + BadRecord.RAW_LIMIT])
                text.at = _next_row(text.held, text.at)
                place = f"表“{table}”第 {number} 行"
                return BadRecord("这一行不完整，或引号没有配对。", position=place, raw=raw, mend="请核对导出是否完整。")
            text.at = value.end()
            cells.append(_cell(value))
            size += len(cells[-1])
            if size > _LONGEST:
                raise BadFile(f"表“{table}”第 {number} 行超过 {_LONGEST // 10_000} 万字。")
            if value[6] == ")":
                break
        if any(map(is_broken, cells)):
            raw = legible(",".join(cells))
            return BadRecord("含有无法按文件编码解读的字节。", position=f"表“{table}”第 {number} 行", raw=raw)
        return cells


_OPEN = re.compile(r"\s*\(")
_COMMA = re.compile(r"\s*,")
_COLUMNS = re.compile(rf"\(\s*{_NAME}(?:\s*,\s*{_NAME})*\s*\)\s*")


def _next_row(text: str, at: int) -> int:
    """Where to go on after a broken row: the next line that begins a row or a statement, otherwise the end."""
    found = re.compile(r"\n(?=\s*(?:\(|INSERT|CREATE|DROP))", re.IGNORECASE).search(text, at)
    return found.end() if found else len(text)


def _name(groups: tuple[str | None, ...]) -> str:
    return legible(next((one for one in groups if one), "")).replace("``", "`")


def _cell(value: re.Match[str]) -> str:
    single, double, null, number, other, _ = value.groups()
    if single is not None:
        return _string(single)
    if double is not None:
        return _string(double).replace('""', '"')
    if null is not None:
        return ""
    return NumericText(number) if number is not None else other.strip()


def _string(text: str) -> str:
    if "\\" not in text and "''" not in text:
        return text
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]) if found[1] else "'", text)


def is_dump(source: Source) -> bool:
    """Whether the file is a text with SQL statements that make or fill tables."""
    return tell_encoding(source.head) is not None and _HEAD.search(text_head(source)) is not None


@contextmanager
def dump_sheets(source: Source) -> Iterator[Iterator[Sheet]]:
    """The tables of a dump: one sheet for every run of INSERTs into the same table."""
    with open_text(source) as stream:
        yield _Dump(stream).sheets()


def _read(source: Source) -> Iterator[Read]:
    return read_opened(source, dump_sheets)


KINDS = (Kind("sql", "MySQL 转储", is_dump, _read),)
