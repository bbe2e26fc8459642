"""A look at a table before it is imported: its headers, what they are taken for, its first rows and their records."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from patmark.errors import BadFile, BadRecord
from patmark.sources.all import OPENERS, open_source, tell
from patmark.sources.base import Read
from patmark.sources.mapping import Choice, Mapping, lay
from patmark.sources.mapping_guess import column_name, looks_like_data, propose_mapping
from patmark.sources.rows import HEADER_WITHIN, Line, Sheet, Table, find_table, read_rows


@dataclass(frozen=True, slots=True)
class Preview:
    """The first recognised sheet of a file, otherwise its first sheet with a mapping proposed for it.

    `rows` are cells as they stand; `reads` what becomes of them with `choice.mapping`. Where `recognised` is False,
    nobody knows these headers: the mapping is a proposal to be corrected, saved and given to `read_file`.
    """

    kind: str
    place: str
    choice: Choice
    recognised: bool
    rows: tuple[tuple[str, ...], ...]
    reads: tuple[Read, ...]


def preview(path: Path, mapping: Mapping | None = None, rows: int = HEADER_WITHIN) -> Preview:
    """The look at a table; raises BadFile for a file that is none, or an empty one."""
    source = open_source(path)
    kind = tell(source)
    if kind.code not in OPENERS:
        raise BadFile(f"这是{kind.name}，不是表格，不需要列对应表。", where=source.name)
    first: tuple[Sheet, list[Line]] | None = None
    with OPENERS[kind.code](source) as sheets:
        for sheet in sheets:
            lines = list(islice(sheet.rows, rows + HEADER_WITHIN))
            found = find_table(_again(sheet, lines), mapping)
            if isinstance(found, Table):
                return _shown(sheet, found, rows, kind=kind.code, recognised=True)
            if first is None and (lines or sheet.columns):
                first = (sheet, lines)
    if first is None:
        raise BadFile("表格里没有内容。", where=source.name, mend="请核对是否导出完整。")
    return _shown(first[0], _proposed(*first), rows, kind=kind.code, recognised=False)


def _again(sheet: Sheet, lines: list[Line]) -> Sheet:
    return Sheet(sheet.place, iter(lines), sheet.columns, sheet.strict, sheet.hidden)


def _proposed(sheet: Sheet, lines: list[Line]) -> Table:
    rows = [tuple(row) for _, row in lines if not isinstance(row, BadRecord) and any(one.strip() for one in row)]
    headers = sheet.columns or (() if not rows or looks_like_data(rows[0]) else rows[0])
    in_rows = bool(headers) and not sheet.columns
    body = [one for one in lines if isinstance(one[1], BadRecord) or not in_rows or tuple(one[1]) != headers]
    mapping = propose_mapping(headers, rows[1:] if in_rows else rows)
    width = max(map(len, rows), default=0)
    return Table(lay(mapping, headers or [column_name(at) for at in range(width)]), iter(body))


def _shown(sheet: Sheet, table: Table, rows: int, *, kind: str, recognised: bool) -> Preview:
    lines = list(islice(table.rows, rows))
    cells = tuple(tuple(row) for _, row in lines if not isinstance(row, BadRecord))
    reads = tuple(read_rows(sheet, Table(table.choice, iter(lines))))
    return Preview(kind, sheet.place, table.choice, recognised, cells, reads)
