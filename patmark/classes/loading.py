"""Schemes from files: IPC tables (CSV), Nice classes with similar groups and items (JSON), Locarno tables (CSV).

Every loader takes an open binary stream, plain or gzip, and yields `SchemeEntry`; a file of another shape is a
`BadFile` whose sentence names what was expected. WIPO's IPC scheme in XML has a module of its own, `ipc_xml`.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

import orjson

from patmark.classes.scheme import SchemeEntry
from patmark.classes.symbols import ClassSymbol, Level, parse_symbol
from patmark.errors import BadFile, BadSymbol

#: No classification is larger; what unpacks to more is no table.
_LARGEST = 512 * 1024 * 1024

_CJK = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef·"
_INNER_SPACE = re.compile(rf"(?<=[{_CJK}]) +(?=\S)|(?<=\S) +(?=[{_CJK}])")
_NOTE = re.compile(r"\s*(?:注意|附注|注) ?[:：].*", re.DOTALL)
_DOTS = re.compile(r"^(?:[·•．.]\s*)+")
_SPACES = re.compile(r"\s+")
_CANONICAL = re.compile(r"[A-H](?:\d\d(?:[A-Z](?:[1-9]\d{0,3}/\d{2,6})?)?)?")
_UPPER = {1: Level.SECTION, 3: Level.CLASS, 4: Level.SUBCLASS}
_PARENT_LENGTH = {1: 0, 3: 1, 4: 3}
_OTHER_SYMBOL = re.compile(r"[A-H]\d\d[A-Z]\d*/\d\d")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_NICE_HEAD = re.compile(r"^第[一二三四五六七八九十]+类\s*")


@dataclass(frozen=True, slots=True)
class _Node:
    """One object of the JSON tree, its children still unread."""

    code: str
    name: str
    children: object


def load_ipc_table(stream: BinaryIO) -> Iterator[SchemeEntry]:
    """IPC from a CSV with the columns code and title_zh (or title); level and parent follow from the code.

    White space of the PDF a title was taken from and notes behind it are taken out of the title; leading dots, where
    every subgroup of a main group has them, give its levels. Rows without code and title are skipped; a code that is
    no IPC symbol is a `BadFile`.
    """
    group: list[SchemeEntry] = []
    rows = _rows(stream, ("code",), "IPC 分类表")
    named = ((row["code"].strip(), row.get("title_zh") or row.get("title") or "") for row in rows)
    entries = (_ipc_entry(code, title) for code, title in named if code or title.strip())
    for entry in sorted(_once(entries), key=_ipc_order):
        if entry.level is not Level.SUBGROUP and group:
            yield from _levelled(group)
            group = []
        if entry.level is Level.SUBGROUP:
            if group and group[0].parent != entry.parent:
                yield from _levelled(group)
                group = []
            group.append(entry)
        else:
            yield entry
    yield from _levelled(group)


def load_locarno_table(stream: BinaryIO) -> Iterator[SchemeEntry]:
    """Locarno classes and subclasses from a CSV with the columns code and title."""
    for row in _rows(stream, ("code", "title"), "洛迦诺分类表"):
        symbol = _symbol("locarno", row["code"], "洛迦诺分类表")
        parent = symbol.key[:2] if symbol.level is Level.SUBCLASS else ""
        yield SchemeEntry("locarno", symbol.key, parent, symbol.level, tidy(row["title"]))


def load_nice_table(stream: BinaryIO) -> Iterator[SchemeEntry]:
    """Nice classes, similar groups and items from nested JSON: [{"code", "name", "children": […]}].

    One item code can stand in several groups (`also`) and under several names, which are joined by `；`. An item whose
    code is not settled yet keeps its place as `group-code`.
    """
    try:
        classes = orjson.loads(_bytes(stream))
    except orjson.JSONDecodeError as fault:
        raise BadFile(f"这不是 JSON 文件：{fault.msg}。", mend="请选择类似商品和服务区分表的 JSON 文件。") from None
    items: dict[str, SchemeEntry] = {}
    for found in _nodes(classes):
        number = _symbol("nice", found.code, "类似商品和服务区分表").key
        yield SchemeEntry("nice", number, "", Level.CLASS, tidy(_NICE_HEAD.sub("", found.name)))
        for group in _nodes(found.children):
            code = _symbol("nice", group.code, "类似商品和服务区分表").key
            yield SchemeEntry("nice", code, number, Level.SIMILAR_GROUP, tidy(group.name))
            for item in _nodes(group.children):
                _add_item(items, code, item.code.strip().upper(), tidy(item.name))
    yield from items.values()


def tidy(title: str) -> str:
    """A title without the white space a PDF leaves inside Chinese text."""
    return _INNER_SPACE.sub("", _SPACES.sub(" ", title)).strip() if _SPACES.search(title) else title


def _add_item(items: dict[str, SchemeEntry], group: str, code: str, name: str) -> None:
    symbol = code if re.fullmatch(r"C?\d{6}", code) else f"{group}-{code}"
    held = items.get(symbol)
    if held is None:
        items[symbol] = SchemeEntry("nice", symbol, group, Level.ITEM, name)
        return
    title = held.title if name in held.title.split("；") else f"{held.title}；{name}"
    also = held.also if group in (held.parent, *held.also) else (*held.also, group)
    items[symbol] = replace(held, title=title, also=also)


def _ipc_entry(code: str, title: str) -> SchemeEntry:
    key = code if _CANONICAL.fullmatch(code) else _symbol("ipc", code, "IPC 分类表").key
    note = _NOTE.search(title, 1) if "注" in title else None
    clean = tidy(title[: note.start()] if note else title)
    dots = _DOTS.match(clean)
    subclass, _, subgroup = key.partition("/")
    if not subgroup:
        level, parent = _UPPER[len(key)], key[: _PARENT_LENGTH[len(key)]]
    elif subgroup.strip("0"):
        level, parent = Level.SUBGROUP, f"{subclass}/00"
    else:
        level, parent = Level.MAIN_GROUP, key[:4]
    return SchemeEntry(
        "ipc",
        key,
        parent,
        level,
        clean[dots.end() :] if dots else clean,
        sum(one in "·•．." for one in dots[0]) if dots and subgroup else None,
        tidy(note[0]) if note else "",
    )


def _once(entries: Iterable[SchemeEntry]) -> Iterator[SchemeEntry]:
    """Of rows with one symbol the one whose title names the fewest other symbols outside brackets, then the longest.

    Tables taken from print repeat symbols from overviews, whose text is a list of other symbols.
    """
    held: dict[str, SchemeEntry] = {}
    for entry in entries:
        other = held.get(entry.symbol)
        if other is None or _doubt(entry.title) < _doubt(other.title):
            held[entry.symbol] = entry
    return iter(held.values())


def _doubt(title: str) -> tuple[int, int]:
    return len(_OTHER_SYMBOL.findall(_BRACKETS.sub("", title))), -len(title)


def _levelled(subgroups: list[SchemeEntry]) -> Iterator[SchemeEntry]:
    """Subgroups of one main group in order: with dots on all of them each gets its parent, else none has levels."""
    if any(entry.dots is None for entry in subgroups):
        yield from (replace(entry, dots=None) if entry.dots else entry for entry in subgroups)
        return
    line: list[SchemeEntry] = []
    for entry in subgroups:
        while line and (line[-1].dots or 0) >= (entry.dots or 0):
            line.pop()
        line.append(replace(entry, parent=line[-1].symbol) if line else entry)
        yield line[-1]


def _ipc_order(entry: SchemeEntry) -> tuple[str, int, str]:
    group, _, subgroup = entry.symbol[4:].partition("/")
    return entry.symbol[:4], int(group or 0), subgroup


def _symbol(scheme: str, code: str, what: str) -> ClassSymbol:
    try:
        return parse_symbol(scheme, code)
    except BadSymbol as problem:
        raise BadFile(f"{what}里的代码有误：{problem.sentence}") from None


def _nodes(value: object) -> Iterator[_Node]:
    nodes: list[object] = value if isinstance(value, list) else [value]
    for one in nodes:
        code, name = (one.get("code"), one.get("name")) if isinstance(one, dict) else (None, None)
        if not isinstance(code, str) or not isinstance(name, str):
            mend = '每一层应是 {"code", "name", "children"} 的列表。'
            raise BadFile("JSON 的结构不是“类别—类似群—商品”的树。", mend=mend)
        yield _Node(code, name, one.get("children") or [] if isinstance(one, dict) else [])


def _rows(stream: BinaryIO, columns: Iterable[str], what: str) -> Iterator[dict[str, str]]:
    try:
        lines = io.StringIO(_bytes(stream).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadFile(f"{what}不是 UTF-8 编码的 CSV 文件。", mend="请另存为 UTF-8 编码的 CSV。") from None
    reader = csv.DictReader((line for line in lines if not line.startswith("#")), restval="")
    try:
        lacking = [column for column in columns if column not in (reader.fieldnames or ())]
        if lacking:
            raise BadFile(f"{what}缺少列：{'、'.join(lacking)}。", mend=f"第一行应有列名 {'、'.join(columns)}。")
        yield from reader
    except csv.Error as fault:
        raise BadFile(f"{what}第 {reader.line_num} 行读不懂：{fault}。", mend="请另存为普通的 CSV 文件。") from None


def _bytes(stream: BinaryIO) -> bytes:
    """The whole content, unpacked when it is gzip; more than 512 MiB is refused."""
    head = stream.read(2)
    source = io.BytesIO(head + stream.read(_LARGEST + 1))
    try:
        content = gzip.GzipFile(fileobj=source).read(_LARGEST + 1) if head == b"\x1f\x8b" else source.getvalue()
    except (OSError, EOFError, zlib.error):
        raise BadFile("压缩文件已损坏，解不开。", mend="请重新下载这个文件。") from None
    if len(content) > _LARGEST:
        raise BadFile("文件太大，不像是分类表。", mend="分类表不超过 512 MB。")
    return content
