"""`zhiquan load KIND FILE`: classification schemes, divisions and event codes from the files their makers publish."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from patmark.classes import SchemeEntry as Loaded
from patmark.classes import load_ipc_scheme, load_ipc_table, load_locarno_table, load_nice_table
from patmark.errors import BadFile, BadRecord
from patmark.legal_events import load_event_codes
from patmark.sources.all import open_source
from patmark.sources.workbooks import is_workbook, workbook_sheets
from zhiquan.common.action import Actor
from zhiquan.records import actions
from zhiquan.records.actions import Line
from zhiquan.records.reference import EVENTS, event_symbol

#: Reference tables are small; anything larger is no such table.
LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """A reference file as it is read: its bytes (gz unpacked), and the file itself."""

    raw: bytes
    path: Path


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """A kind of reference table: its name for people, the scheme it fills, and how a file becomes lines."""

    name: str
    scheme: str
    read: Callable[[Table], Iterator[Line]]


def _scheme(reader: Callable[[io.BytesIO], Iterator[Loaded]]) -> Callable[[Table], Iterator[Line]]:
    def read(table: Table) -> Iterator[Line]:
        for one in reader(io.BytesIO(table.raw)):
            yield Line(one.symbol, one.parent, one.level.value, one.title, one.dots)

    return read


def _ipc(table: Table) -> Iterator[Line]:
    """Either the scheme's own XML, which knows its levels, or a CSV of codes and titles."""
    is_xml = table.raw.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")
    return _scheme(load_ipc_scheme if is_xml else load_ipc_table)(table)


def _places(digits: int) -> Callable[[Table], Iterator[Line]]:
    """Provinces, cities, counties or townships: a CSV with the columns code and name, codes of so many digits."""

    def read(table: Table) -> Iterator[Line]:
        try:
            rows = csv.DictReader(io.StringIO(table.raw.decode("utf-8-sig")))
            lines = list(rows)
        except (UnicodeDecodeError, csv.Error):
            raise BadFile("行政区划表不是 UTF-8 编码的 CSV 文件。", mend="请另存为 UTF-8 编码的 CSV。") from None
        if not {"code", "name"} <= set(rows.fieldnames or ()):
            raise BadFile("行政区划表应当有 code 和 name 两列。", mend="请核对表头。")
        for row in lines:
            code = (row["code"] or "").strip()
            # Six digits with zeros behind are the long form of a province's or a city's code (GB/T 2260).
            if len(code) == 6 and digits < 6 and not code[digits:].strip("0"):
                code = code[:digits]
            if not (code.isdecimal() and len(code) == digits):
                raise BadFile(f"区划代码“{code[:20]}”不是 {digits} 位数字。", mend="请核对种类与 code 一列。")
            yield Line(code, "", "", (row["name"] or "").strip())

    return read


def _events(table: Table) -> Iterator[Line]:
    """EPO's list of legal event codes (xlsx), with the product's own names of the Chinese ones."""
    source = open_source(table.path)
    if not is_workbook(source):
        raise BadFile("法律事件代码表应当是 xlsx 工作簿。", mend="请使用 EPO 发布的代码表。")
    with workbook_sheets(source) as sheets:
        codes = load_event_codes(row for sheet in sheets for row in _named(sheet.rows))
    if all(office == "CN" for office, _ in codes):
        raise BadFile("工作簿里没有 Authority 和 Event-code 两列。", mend="请使用 EPO 发布的代码表，不要改动表头。")
    for (office, code), one in codes.items():
        yield Line(event_symbol(office, code), office, "", one.zh or one.en or one.original)


def _named(lines: Iterable[tuple[int, Sequence[str] | BadRecord]]) -> Iterator[dict[str, str]]:
    """The rows of a sheet by the headers in its first row."""
    rows = (row for _, row in lines if not isinstance(row, BadRecord))
    headers = [one.strip() for one in next(rows, ())]
    for row in rows:
        yield dict(zip(headers, row, strict=False))


KINDS: dict[str, ReferenceKind] = {
    "ipc": ReferenceKind("国际专利分类表", "ipc", _ipc),
    "nice": ReferenceKind("类似商品和服务区分表", "nice", _scheme(load_nice_table)),
    "locarno": ReferenceKind("洛迦诺分类表", "locarno", _scheme(load_locarno_table)),
    "provinces": ReferenceKind("省级区划", "provinces", _places(2)),
    "cities": ReferenceKind("地级区划", "cities", _places(4)),
    "counties": ReferenceKind("县级区划", "counties", _places(6)),
    "towns": ReferenceKind("乡级区划", "towns", _places(9)),
    "events": ReferenceKind("法律事件代码表", EVENTS, _events),
}


def load(actor: Actor, kind: str, path: Path) -> int:
    """Loads a file as the reference table of its kind, whole or not at all; answers how many entries it has."""
    raw = _bytes(path)
    known = KINDS[kind]
    try:
        lines: Sequence[Line] = list(known.read(Table(raw, path)))
    except BadFile as fault:
        fault.where = path.name
        raise
    if not lines:
        raise BadFile(f"文件里没有{known.name}的内容。", where=path.name, mend="请核对种类与文件是否相符。")
    digest = hashlib.sha256(raw).hexdigest()
    return actions.load_scheme(actor, known.scheme, lines, name=path.name, sha256=digest)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(
                "文件太大，不像是参考数据。", where=path.name, mend="专利、商标数据请用 zhiquan import 导入。"
            )
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                raw = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as fault:
        raise BadFile(f"文件无法读取（{fault}）。", where=path.name, mend="请检查路径、权限和文件是否完整。") from fault
    if len(raw) > LARGEST:
        raise BadFile("解压后太大，不像是参考数据。", where=path.name)
    return raw
