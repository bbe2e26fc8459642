"""A result as an Excel workbook, sent while it is made: sheets of records, and one at the end that says what they are.

Written here and not by a library: those that write flat write a whole file first, five times as slowly, and a person
would look at nothing for minutes. Every text is typed as text, so that nothing runs and no number is rounded.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html import escape
from typing import IO

from django.utils.translation import gettext as _

from patmark.errors import WrongState
from patmark.fields import Subject
from zhiquan.search.exporting.held import Value
from zhiquan.search.exporting.reading import PORTION
from zhiquan.search.exporting.workbook_parts import DAY, HEAD, MAIN, XML, parts
from zhiquan.search.exporting.writing import JOINT, Source

#: Rows a sheet of Excel holds, the head among them; characters it takes in a cell.
ROWS = 1_048_576
LONGEST_CELL = 32_767
#: Excel counts days from here, rightly from March 1900 on; an earlier day is written as text.
_FIRST_DAY, _COUNTED_FROM = date(1899, 12, 30), date(1900, 3, 1)
_WIDE = frozenset({"ti", "ab", "clm", "iclm", "desc", "goods", "addr", "pa", "hol", "mark"})
#: What XML cannot hold, and what Excel would take for such a thing written out.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class _Sink:
    """What a zip file is written into: bytes that are taken away as they come."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def workbook_pieces(source: Source, *, rows: int = ROWS) -> Iterator[bytes]:
    """The workbook of a plan, in pieces; a sheet that is full is followed by another."""
    plan, sink = source.plan, _Sink()
    name = _("专利") if plan.subject is Subject.PATENT else _("商标")
    # What comes in while it is written must have its place.
    sheets = -(-(plan.total + PORTION) // (rows - 1))
    names = [name, *(f"{name} {at}" for at in range(2, sheets + 1)), _("说明")]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for path, text in parts(names).items():
            with _entry(book, path) as out:
                out.write(text.encode())
        yield sink.taken()
        portions = _rows(source)
        left: list[str] = []
        for at in range(1, sheets + 1):
            with _entry(book, f"xl/worksheets/sheet{at}.xml") as out:
                out.write(_opening(source).encode())
                row = 2
                while row <= rows and (left := left or next(portions, [])):
                    fitting, left = left[: rows - row + 1], left[rows - row + 1 :]
                    out.write("".join(f'<row r="{row + n}">{one}</row>' for n, one in enumerate(fitting)).encode())
                    row += len(fitting)
                    yield sink.taken()
                out.write(b"</sheetData></worksheet>")
        if left or next(portions, []):
            raise WrongState(_("导出期间记录增加得太多，工作簿放不下了。"), mend=_("请重新导出。"))
        with _entry(book, f"xl/worksheets/sheet{sheets + 1}.xml") as out:
            out.write(_explaining(source).encode())
    yield sink.taken()


def _entry(book: zipfile.ZipFile, path: str) -> IO[bytes]:
    """A file of the workbook; all of the same day, so that the same data make the same bytes."""
    told = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    told.compress_type = zipfile.ZIP_DEFLATED
    return book.open(told, "w", force_zip64=True)


def _opening(source: Source) -> str:
    """A sheet up to its first record: the head stays in view."""
    columns = source.plan.columns
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{40 if one.key in _WIDE else 16}" customWidth="1"/>'
        for at, one in enumerate(columns, 1)
    )
    head = "".join(_text_cell(one.name(source.plan.english), HEAD) for one in columns)
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{head}</row>'
    )


def _explaining(source: Source) -> str:
    """The sheet that says what was exported."""
    lines = [*source.plan.note(), *source.ending()]
    rows = "".join(
        f'<row r="{at}">{_text_cell(name, HEAD)}{_text_cell(value)}</row>' for at, (name, value) in enumerate(lines, 1)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><cols><col min="1" max="1" width="20" customWidth="1"/>'
        f'<col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
    )


def _rows(source: Source) -> Iterator[list[str]]:
    """The cells of every record, portion by portion."""
    readers = [one.of for one in source.plan.columns]
    for portion in source.portions():
        if portion:
            yield ["".join([_cell(of(held)) for of in readers]) for held in portion]


def _cell(value: Value) -> str:
    """A value as a cell; cells follow each other without gaps, so that none needs its place written out."""
    if not value:
        return "<c/>" if value != 0 else "<c><v>0</v></c>"
    if isinstance(value, date):
        if value < _COUNTED_FROM:
            return _text_cell(value.isoformat())
        return f'<c s="{DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return _text_cell(value if isinstance(value, str) else JOINT.join(value))


def _text_cell(text: str, style: int = 0) -> str:
    if len(text) > LONGEST_CELL:
        more = _("…（单元格最多 %(most)s 字，其余请看 CSV）") % {"most": LONGEST_CELL}
        text = text[: LONGEST_CELL - len(more)] + more
    if _ODD.search(text):
        text = _ODD.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    styled = f' s="{style}"' if style else ""
    return f'<c{styled} t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'
