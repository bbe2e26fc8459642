"""Rows of any table become records: the header row found, the mapping chosen, each row converted or rejected."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol, TypeVar

from patmark.errors import BadFile, BadRecord
from patmark.sources.base import LIMITS, Read, Record, Source
from patmark.sources.cells import BLANKS
from patmark.sources.fillers import RowField
from patmark.sources.mapping import Choice, Mapping, choose_mapping, lay
from patmark.sources.mapping_guess import column_name, describe, looks_like_data, propose_mapping
from patmark.sources.patent_fields import PATENT_FIELDS
from patmark.sources.patent_row import PatentDraft
from patmark.sources.trademark_fields import TRADEMARK_FIELDS
from patmark.sources.trademark_row import TrademarkDraft

#: A row as it stands in its table: its number, and its cells or the reason why they cannot be read.
Line = tuple[int, Sequence[str] | BadRecord]
#: So many rows at the head are looked through for the header; titles and notes may stand above it.
HEADER_WITHIN = 20
_SHOWN = 8
#: Columns that say nothing about a right and much about a person are not kept (个人信息保护法 art. 6).
_PRIVATE = re.compile(r"电话|手机|传真|邮箱|电子邮件|e-?mail|身份证|证件号|微信|QQ|phone|fax", re.IGNORECASE)


class Draft(Protocol):
    """What a row is gathered in: see `PatentDraft` and `TrademarkDraft`."""

    extra: list[tuple[str, str]]

    def record(self) -> Record | None: ...


D = TypeVar("D", bound=Draft)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table inside a file. `place` leads the positions of its rows; `columns` are known where no row holds them.

    With `strict` a row longer than the header is a fault (a comma without quotes), otherwise its rest goes to `extra`.
    """

    place: str
    rows: Iterator[Line]
    columns: tuple[str, ...] = ()
    strict: bool = False
    hidden: bool = False

    def position(self, number: int) -> str:
        return f"{self.place}第 {number} 行"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header found: what the columns mean, and the rows behind the header."""

    choice: Choice
    rows: Iterator[Line]


#: Opens a file and gives its sheets; the file is closed when they have been read.
Opener = Callable[[Source], AbstractContextManager[Iterator[Sheet]]]


@dataclass(slots=True)
class _Cursor:
    """Where a reading stands: the index of the next thing, and up to which index nothing is wanted."""

    skip: int
    index: int = 0

    def take(self, position: str, result: Record | BadRecord) -> Iterator[Read]:
        """The thing as a Read, unless it lies before what is wanted."""
        if self.index >= self.skip:
            yield Read(self.index, position, result)
        self.index += 1


def read_sheets(name: str, sheets: Iterator[Sheet], mapping: Mapping | None = None, skip: int = 0) -> Iterator[Read]:
    """Every row of every recognised sheet, numbered on; the first `skip` are counted but neither converted nor yielded.

    A sheet that is not recognised becomes one reject. Raises BadFile when no sheet is recognised.
    """
    cursor, recognised = _Cursor(skip), False
    notes: list[BadRecord] = []
    for sheet in sheets:
        found = find_table(sheet, mapping)
        if isinstance(found, Table):
            recognised = True
        elif found.raw and not sheet.hidden:
            notes.append(found)
        while recognised and notes:
            note = notes.pop(0)
            yield from cursor.take(note.position, note)
        if isinstance(found, Table):
            yield from _read_table(sheet, found, cursor)
    if not recognised:
        raise _unrecognised(name, notes)


def read_opened(source: Source, opener: Opener, mapping: Mapping | None = None, skip: int = 0) -> Iterator[Read]:
    """As `read_sheets`, of the sheets `opener` finds in the file."""
    with opener(source) as sheets:
        yield from read_sheets(source.name, sheets, mapping, skip)


def read_rows(sheet: Sheet, table: Table) -> Iterator[Read]:
    """Every row of one table as a record or reject, numbered from 0."""
    return _read_table(sheet, table, _Cursor(0))


def _read_table(sheet: Sheet, table: Table, cursor: _Cursor) -> Iterator[Read]:
    convert = converter(table.choice)
    headers = table.choice.headers
    width = len(headers)
    skip = cursor.skip
    for number, row in table.rows:
        if isinstance(row, BadRecord):
            yield from cursor.take(row.position, row)
            continue
        # Blank rows say nothing; exports joined end to end repeat their header.
        first = row[0] if row else ""
        if (not first or first.isspace()) and not "".join(row).strip():
            continue
        if first == headers[0] and tuple(row) == headers:
            continue
        if cursor.index >= skip:
            position = sheet.position(number)
            fault = _too_wide(row, width, position) if sheet.strict and len(row) > width else None
            record = fault or convert(row) or nameless(table.choice.mapping.record, position, row)
            yield Read(cursor.index, position, record)
        cursor.index += 1


def is_private(header: str) -> bool:
    """Whether a column that means no field is left out altogether (telephone, identity numbers and the like)."""
    return bool(_PRIVATE.search(header))


def _too_wide(row: Sequence[str], width: int, position: str) -> BadRecord | None:
    if not any(row[width:]):
        return None
    sentence = f"这一行有 {len(row)} 个单元格，表头只有 {width} 列。"
    return BadRecord(sentence, position=position, raw=raw_text(row), mend="单元格里的分隔符要用引号括起来。")


def find_table(sheet: Sheet, mapping: Mapping | None = None) -> Table | BadRecord:
    """The header of a sheet and its mapping; a reject with the first rows as `raw` where there is none to be found."""
    if sheet.columns:
        choice = lay(mapping, sheet.columns) if mapping else choose_mapping(sheet.columns)
        return Table(choice, sheet.rows) if choice.is_enough else _unknown(sheet, [(0, sheet.columns)])
    waiting = list(islice(sheet.rows, HEADER_WITHIN))
    width = max((len(row) for _, row in waiting if not isinstance(row, BadRecord)), default=0)
    if width > LIMITS.columns:
        raise BadFile(f"表格有 {width} 列，超过 {LIMITS.columns} 列的上限。", mend="请只保留需要的列。")
    if mapping and not mapping.has_header:
        choice = lay(mapping, [column_name(at) for at in range(width)])
        return Table(choice, chain(waiting, sheet.rows))
    best: tuple[int, Choice] | None = None
    for at, (_, row) in enumerate(waiting):
        if isinstance(row, BadRecord):
            continue
        choice = lay(mapping, row) if mapping else choose_mapping(row)
        if choice.is_enough and (best is None or choice.cover > best[1].cover):
            best = (at, choice)
    if best is None:
        return _unknown(sheet, waiting)
    return Table(best[1], chain(waiting[best[0] + 1 :], sheet.rows))


def converter(choice: Choice) -> Callable[[Sequence[str]], Record | None]:
    """A function from a row's cells to its record; None for a row with neither a number nor a name."""
    if choice.mapping.record == "patent":
        return _converter(choice, PatentDraft, PATENT_FIELDS)
    return _converter(choice, TrademarkDraft, TRADEMARK_FIELDS)


def _converter(
    choice: Choice, draft_of: Callable[[str], D], fields: dict[str, RowField[D]]
) -> Callable[[Sequence[str]], Record | None]:
    office = choice.mapping.office
    named = [header.strip() or column_name(at) for at, header in enumerate(choice.headers)]
    plan = [(at, named[at], fields[code].fill, fields[code].free) for at, code in enumerate(choice.fields) if code]
    rest = [(at, named[at]) for at, code in enumerate(choice.fields) if not code and not is_private(named[at])]
    known = len(named)

    def convert(row: Sequence[str]) -> Record | None:
        draft = draft_of(office)
        extra = draft.extra
        width = len(row)
        for at, header, fill, free in plan:
            if at < width and (text := row[at]):
                clean = text.strip()
                # `strip` would take away the mark of NumericText.
                text = text if len(clean) == len(text) else clean
                if text and (free or text not in BLANKS) and fill(draft, text) is False:
                    extra.append((header, text))
        for at, header in rest:
            if at < width and (clean := row[at].strip()) and clean not in BLANKS:
                extra.append((header, clean))
        if width > known:
            extra.extend((column_name(at), row[at].strip()) for at in range(known, width) if row[at].strip())
        return draft.record()

    return convert


def nameless(record: str, position: str, row: Sequence[str]) -> BadRecord:
    """The reject of a row that says neither a number nor a name."""
    if record == "patent":
        sentence = "这一行没有申请号、公开号，也没有专利名称，无法成为一条记录。"
    else:
        sentence = "这一行没有申请号、注册号，也没有商标名称，无法成为一条记录。"
    return BadRecord(sentence, position=position, raw=raw_text(row), mend="补上其中一项后可以重新导入。")


def raw_text(row: Sequence[str]) -> str:
    """A row as one line of CSV, as it is listed and exported among the rejects."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([cell[: BadRecord.RAW_LIMIT] for cell in row])
    return out.getvalue()


def _unknown(sheet: Sheet, rows: Sequence[Line]) -> BadRecord:
    cells = [list(row) for _, row in rows if not isinstance(row, BadRecord) and any(one.strip() for one in row)]
    first = cells[0] if cells else []
    shown = "、".join(one.strip()[:20] for one in first[:_SHOWN] if one.strip()) + ("……" if len(first) > _SHOWN else "")
    guess = propose_mapping((), cells)
    if looks_like_data(first) and lay(guess, [column_name(at) for at in range(len(first))]).is_enough:
        sentence = f"没有表头：第一行“{shown}”看起来已经是数据。"
        mend = f"请加上一行表头，或存一份列对应表，例如：{describe(guess)}。"
    else:
        sentence = f"表头“{shown}”里没有认得的专利或商标列。"
        mend = "至少要有申请号、公开号、专利名称，或商标的注册号、商标名称；代码表请用 zhiquan load 载入。"
    raw = "\n".join(raw_text(row) for row in cells[:3])
    return BadRecord(sentence, position=sheet.place.strip() or "表头", raw=raw, mend=mend)


def _unrecognised(name: str, notes: Sequence[BadRecord]) -> BadFile:
    if not notes:
        return BadFile("表格里没有内容。", where=name, mend="请核对是否导出完整。")
    where = f"{name} {notes[0].position}" if notes[0].position != "表头" else name
    return BadFile(notes[0].sentence, where=where, mend=notes[0].mend)
