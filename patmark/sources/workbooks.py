"""Excel workbooks (xlsx, xlsm) row by row: the stored dimension is not believed, formulas give their last value."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, time

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from patmark.errors import BadFile
from patmark.sources.archives import check_archive
from patmark.sources.base import LIMITS, Kind, Read, Source
from patmark.sources.cells import NumericText
from patmark.sources.rows import Line, Sheet, read_opened
from patmark.sources.shared_strings import SharedStrings, forget, string_of, unescape

#: The most rows a sheet can have (ECMA-376 gives no limit; this is Excel's own).
_MOST_ROWS = 1_048_576
_PROLOG = 65_536
_STRINGS = "xl/sharedStrings.xml"
_ROOT = re.compile(rb"<[A-Za-z_]")
_BROKEN = (
    zipfile.BadZipFile, etree.XMLSyntaxError, zlib.error, EOFError, OSError, NotImplementedError, ValueError,
    LookupError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Book:
    """An open workbook: its parts, its strings, which styles are dates, and from which day it counts."""

    name: str
    package: zipfile.ZipFile
    strings: SharedStrings
    date_styles: frozenset[int]
    epoch: datetime


def is_workbook(source: Source) -> bool:
    """Whether the file is a zip with `xl/workbook.xml`, whatever its name."""
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(source.path) as package:
            return "xl/workbook.xml" in package.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        # A torn workbook has lost its directory at the end, yet its first members still say what it was.
        return b"xl/" in source.head and b"[Content_Types].xml" in source.head


@contextmanager
def workbook_sheets(source: Source) -> Iterator[Iterator[Sheet]]:
    """The worksheets of a workbook in their order, hidden ones too."""
    with ExitStack() as stack:
        with _refusing(source.name):
            package = stack.enter_context(zipfile.ZipFile(source.path))
            book = _book(package, stack.enter_context(SharedStrings()), source.name)
            sheets = list(_sheets(book))
        yield iter(sheets)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turns what goes wrong inside a broken package into the refusal of the file."""
    try:
        yield
    except _BROKEN as fault:
        sentence = "工作簿不完整或已损坏，后面的内容读不出来。"
        raise BadFile(sentence, where=name, mend="请重新导出，或用 Excel 打开后另存。") from fault


def _book(package: zipfile.ZipFile, strings: SharedStrings, name: str) -> _Book:
    check_archive(package, name)
    for part in package.namelist():
        if part.startswith("xl/") and part.endswith((".xml", ".rels")):
            _refuse_doctype(package, part)
    if _STRINGS in package.namelist():
        with package.open(_STRINGS) as stream:
            strings.load(stream)
    return _Book(name, package, strings, _date_styles(package), _epoch(package))


def _sheets(book: _Book) -> Iterator[Sheet]:
    targets: dict[object, tuple[str, str]] = {}
    for one in _tree(book.package, "xl/_rels/workbook.xml.rels"):
        target = one.get("Target", "")
        kind = one.get("Type", "").rpartition("/")[2]
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        targets[one.get("Id")] = (kind, path)
    for sheet in _tree(book.package, "xl/workbook.xml").iterfind(".//{*}sheets/{*}sheet"):
        identity = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        kind, path = targets.get(identity, ("", ""))
        if kind == "worksheet":
            place = f"工作表“{sheet.get('name', '')}”"
            hidden = sheet.get("state", "visible") != "visible"
            yield Sheet(place, _rows(book, path), hidden=hidden)


def _rows(book: _Book, path: str) -> Iterator[Line]:
    """The rows of a sheet with their numbers; rows that are left out in the file are left out here."""
    number, cells, width = 0, [""], 0
    with _refusing(book.name), book.package.open(path) as stream:
        parser = etree.iterparse(stream, tag=("{*}c", "{*}row"), resolve_entities=False, no_network=True)
        for _, element in parser:
            if element.tag.endswith("}c"):
                column = _column(element.get("r"), width)
                if column >= LIMITS.columns:
                    # Styled but empty cells far out on the right are common and mean nothing.
                    if len(element):
                        raise BadFile(f"表格超过 {LIMITS.columns} 列的上限。", mend="请只保留需要的列。")
                    continue
                if text := _value(element, book):
                    cells.extend([""] * (column + 1 - len(cells)))
                    cells[column] = text
                width = column + 1
                element.clear()
            else:
                number = _row_number(element.get("r"), number)
                yield number, cells
                cells, width = [""], 0
                forget(element)


def _row_number(reference: str | None, before: int) -> int:
    number = int(reference) if reference and reference.isdigit() and len(reference) < 8 else before + 1
    return min(number, _MOST_ROWS)


def _column(reference: str | None, next_column: int) -> int:
    """The column of `AB12`, from 0; the next one where the cell does not say."""
    column = 0
    for letter in (reference or "")[:8]:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1 if column else next_column


def _value(element: etree._Element, book: _Book) -> str:
    kind = element.get("t", "n")
    if kind == "inlineStr":
        inner = element.find("{*}is")
        return "" if inner is None else _bounded(string_of(inner))
    stored = element.find("{*}v")
    text = "" if stored is None else stored.text or ""
    if not text:
        return ""
    if kind == "s":
        return book.strings[int(text)]
    if kind == "n":
        return _number(text, element.get("s"), book)
    if kind == "b":
        return "是" if text == "1" else "否"
    if kind == "d":
        return text.partition("T")[0]
    return "" if kind == "e" else _bounded(unescape(text))


def _bounded(text: str) -> str:
    if len(text) > LIMITS.cell:
        raise BadFile(f"工作簿里有超过 {LIMITS.cell // 10_000} 万字的单元格。")
    return text


def _number(text: str, style: str | None, book: _Book) -> str:
    """A number as a person reads it in the cell: a day where the style says so, otherwise all its digits."""
    if style and style.isdigit() and int(style) in book.date_styles:
        try:
            moment = from_excel(float(text), book.epoch)
        except (ValueError, OverflowError):
            return NumericText(text)
        if isinstance(moment, datetime):
            return moment.isoformat(" ") if moment.time() != time() else moment.date().isoformat()
        return str(moment)
    if text.isdigit():
        return NumericText(text)
    try:
        value = float(text)
    except ValueError:
        return text
    # 15 significant digits are all a cell holds: beyond that the last ones are gone, and the text must show it.
    return NumericText(int(value)) if value.is_integer() and abs(value) < 1e15 else NumericText(repr(value).upper())


def _date_styles(package: zipfile.ZipFile) -> frozenset[int]:
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    styles = _tree(package, "xl/styles.xml")
    formats = {int(key): text for key, text in BUILTIN_FORMATS.items()}
    for one in styles.iterfind(".//{*}numFmts/{*}numFmt"):
        formats[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
    dates = set()
    for at, one in enumerate(styles.iterfind(".//{*}cellXfs/{*}xf")):
        number = int(one.get("numFmtId", "0"))
        # 27–36 and 50–58 are the East Asian date formats no list of formats names.
        if 27 <= number <= 36 or 50 <= number <= 58 or is_date_format(formats.get(number)):
            dates.add(at)
    return frozenset(dates)


def _epoch(package: zipfile.ZipFile) -> datetime:
    properties = _tree(package, "xl/workbook.xml").find("{*}workbookPr")
    mac = properties is not None and properties.get("date1904") in {"1", "true"}
    return CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900


def _tree(package: zipfile.ZipFile, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(package.read(path), parser)


def _refuse_doctype(package: zipfile.ZipFile, path: str) -> None:
    """Workbooks never carry a DOCTYPE (ECMA-376 part 2 forbids it): one that does is hostile."""
    with package.open(path) as stream:
        head = stream.read(_PROLOG).replace(b"\0", b"")
    root = _ROOT.search(head)
    if b"<!DOCTYPE" in (head[: root.start()] if root else head):
        raise BadFile("工作簿里带有文档类型声明，可能是恶意构造的，没有读取。", mend="请用 Excel 打开后另存。")


def _read(source: Source) -> Iterator[Read]:
    return read_opened(source, workbook_sheets)


KINDS = (Kind("xlsx", "Excel 工作簿", is_workbook, _read),)
