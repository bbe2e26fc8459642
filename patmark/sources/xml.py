"""Safe XML for every reader: documents cut from a stream one at a time, parsed without fetching or expanding anything.

What is promised, whatever stands in the file: no more than one document in memory, `Limits.document` bytes each, no
element deeper than `Limits.depth`, no external DTD or entity ever opened, no entity but characters ever replaced.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from lxml import etree

from patmark.errors import BadFile, BadRecord
from patmark.sources.base import LIMITS, Limits, Read, Record, Source
from patmark.sources.xml_entities import CHARACTERS, REFERENCE
from patmark.sources.xml_prolog import Hostile, Incomplete, NotMarkup, declared_characters, doctype_name, read_prolog
from patmark.sources.xml_split import Piece, pieces

_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_CHINESE_CODES = {"gb2312", "gbk", "gb18030", "cp936", "x-gbk", "gb_2312-80", "hz-gb-2312", "chinese"}
_FOREIGN_ROOTS = {"schema", "stylesheet", "transform", "html", "grammar", ""}
#: Every name a kind of file is told by: such a root is a document of its kind, and wraps no records of another.
_TOLD_BY: set[str] = set()
_FAULTS_IN_A_ROW = 2_000
_HUGE_TEXT = 10_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """One document (or wrapped record) of a file: its place counted from 1, its first byte, its parsed root.

    For a wrapped record `root` is the record; the wrapping root is its ancestor and holds its own attributes only.
    """

    number: int
    offset: int
    root: etree._Element


def documents(
    stream: BinaryIO,
    limits: Limits = LIMITS,
    *,
    records: frozenset[str] = frozenset(),
    prepare: Callable[[bytes], bytes] | None = None,
) -> Iterator[Document | BadRecord]:
    """Every document of the stream in its order; a faulty one comes as a BadRecord and the rest goes on.

    `records` names, by local name, the elements that are one record each, as roots of their own or wrapped by others;
    they never hold one another. Without it every root is one document. BadFile where nothing but faults comes.
    `prepare` may mend the bytes of each document before it is parsed (SGML that is nearly XML).
    """
    parsers, faults = _Parsers(limits, prepare), 0
    for number, piece in enumerate(pieces(stream, records, limits), 1):
        try:
            root = parsers.root(piece)
        except BadRecord as fault:
            fault.position = f"第 {number} 份文件"
            yield fault
            faults += 1
            if faults == _FAULTS_IN_A_ROW:
                raise BadFile(f"连续 {faults} 份文件都读不出来，不再往下读", mend="请检查文件是否损坏。") from None
        else:
            faults = 0
            yield Document(number, piece.offset, root)


def read_each(
    source: Source,
    records: frozenset[str],
    convert: Callable[[etree._Element], Record],
    *,
    limits: Limits = LIMITS,
    prepare: Callable[[bytes], bytes] | None = None,
) -> Iterator[Read]:
    """Every document of a file converted by `convert`, which may raise BadRecord (its position is filled in here)."""
    with source.open() as stream:
        for index, found in enumerate(documents(stream, limits, records=records, prepare=prepare)):
            if isinstance(found, BadRecord):
                yield Read(index, found.position, found)
                continue
            position = f"第 {found.number} 份文件"
            try:
                yield Read(index, position, convert(found.root))
            except BadRecord as fault:
                raw = fault.raw or _raw(found.root)
                yield Read(index, position, BadRecord(fault.sentence, position=position, raw=raw, mend=fault.mend))


@lru_cache(maxsize=2)
def root_name(head: bytes) -> str:
    """The local name of the root element in the first bytes of a file; empty where they are no XML document."""
    data = _narrow(head)
    try:
        prolog = read_prolog(data)
    except Incomplete:
        # A subset that lists hundreds of pictures can be longer than the head; its DOCTYPE names the root already.
        return _local(doctype_name(data))
    except NotMarkup:
        return ""
    return _local(prolog.root) if prolog else ""


def tells_xml(*names: str) -> Callable[[Source], bool]:
    """A `Kind.tells` for files whose root, or whose first records inside a wrapping root, bear one of these names."""
    wanted = frozenset(names)
    _TOLD_BY.update(wanted)
    start = re.compile(rb"<(?:[\w.-]+:)?(?:" + b"|".join(re.escape(name.encode()) for name in names) + rb")[\s/>]")

    def tells(source: Source) -> bool:
        root = root_name(source.head)
        if root in _TOLD_BY:
            return root in wanted
        return root not in _FOREIGN_ROOTS and bool(start.search(_narrow(source.head)))

    return tells


class _Parsers:
    """The parsers of one reading: the ordinary one, and one for documents with very long text."""

    def __init__(self, limits: Limits, prepare: Callable[[bytes], bytes] | None = None) -> None:
        self._limits = limits
        self._prepare = prepare
        self._ordinary = _parser(huge=False)

    def root(self, piece: Piece) -> etree._Element:
        """The record's element; raises BadRecord with the reason and the raw bytes."""
        try:
            if piece.fault:
                raise Hostile(piece.fault)
            data = _resolved(_as_utf8(piece), piece.doctype)
            if self._prepare is not None:
                data = self._prepare(data)
            return self._parse(data, wrapped=bool(piece.shell))
        except Hostile as reason:
            raw = (piece.doctype + piece.body)[: BadRecord.RAW_LIMIT].decode("utf-8", "replace")
            raise BadRecord(f"从第 {piece.offset} 字节起：{reason}", raw=raw) from None

    def _parse(self, data: bytes, *, wrapped: bool) -> etree._Element:
        try:
            root = etree.fromstring(data, self._ordinary)
        except etree.XMLSyntaxError as fault:
            root = self._again(data, fault)
        if self._limits.depth < LIMITS.depth and self._too_deep(root):
            raise Hostile(f"元素嵌套超过 {self._limits.depth} 层")
        return root[0][0] if wrapped else root

    def _too_deep(self, root: etree._Element) -> bool:
        return bool(etree.XPath("boolean(/" + "/".join("*" * (self._limits.depth + 1)) + ")")(root))

    def _again(self, data: bytes, fault: etree.XMLSyntaxError) -> etree._Element:
        """Another try where a fault is known to be harmless: control characters, and text longer than usual."""
        message = fault.msg or ""
        if "depth" in message:
            raise Hostile(f"元素嵌套超过 {LIMITS.depth} 层") from None
        cleaned = _CONTROL.sub(b" ", _undeclared(data))
        huge = len(data) > _HUGE_TEXT
        if not huge and cleaned == data:
            raise Hostile(_reason(fault)) from None
        try:
            root = etree.fromstring(cleaned, _parser(huge=huge))
        except etree.XMLSyntaxError as second:
            raise Hostile(_reason(second)) from None
        if huge and self._too_deep(root):
            raise Hostile(f"元素嵌套超过 {self._limits.depth} 层")
        return root


def _parser(*, huge: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge, remove_comments=True, remove_pis=True
    )


def _reason(fault: etree.XMLSyntaxError) -> str:
    line, column = fault.position
    if any(sign in (fault.msg or "") for sign in ("tag mismatch", "end of data", "Couldn't find end")):
        return f"标签没有配对，内容可能不完整（第 {line} 行第 {column} 列：{fault.msg}）"
    return f"不是合格的 XML（第 {line} 行第 {column} 列：{fault.msg}）"


def _as_utf8(piece: Piece) -> bytes:
    """The element with its shell around it, in UTF-8; the encoding is the declared one, or GB18030 where that fails."""
    data = piece.body
    if piece.shell:
        name = re.split(rb"[\s/>]", piece.shell[1:], maxsplit=1)[0]
        data = piece.shell + data + b"</shell></" + name + b">"
    encoding = piece.encoding
    if encoding in _CHINESE_CODES:
        return _decoded(data, "gb18030")
    if encoding and encoding not in ("utf-8", "utf8", "us-ascii", "ascii") and not encoding.startswith("utf-16"):
        return _decoded(data, encoding)
    # Whether the bytes are UTF-8 indeed the parser tells; looking here too would cost every good document.
    return data


def _undeclared(data: bytes) -> bytes:
    """Text that claims UTF-8 and is not: often GB18030 in Chinese files; a damaged byte or two is no other encoding."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return data
    text = data.decode("utf-8", "replace")
    foreign = sum(not char.isascii() for char in text)
    if text.count("\ufffd") * 20 < foreign:
        raise Hostile("有损坏的字节：不是合格的 UTF-8")
    return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> bytes:
    try:
        codecs.lookup(encoding)
        return data.decode(encoding).encode("utf-8")
    except (LookupError, ValueError):
        raise Hostile(f"文字编码不对：不是合格的 {encoding}") from None


def _resolved(data: bytes, doctype: bytes) -> bytes:
    """The element with its character entities replaced; raises Hostile where one is unknown."""
    declared = declared_characters(doctype) if b"<!ENTITY" in doctype or b"%" in doctype else {}
    # Most have none at all, and one byte is found much faster than a pattern.
    at = data.find(b"&")
    if at < 0 or not REFERENCE.search(data, at):
        return data

    def character(found: re.Match[bytes]) -> bytes:
        name = found.group(1)
        known = declared.get(name) or CHARACTERS.get(name)
        if known is None:
            raise Hostile(f"有未知的实体 &{name[:60].decode('ascii', 'replace')};，只有字符实体可以读")
        return known

    if b"<![CDATA[" not in data:
        return REFERENCE.sub(character, data)
    parts = _CDATA.split(data)
    return b"".join(part if at % 2 else REFERENCE.sub(character, part) for at, part in enumerate(parts))


def _narrow(head: bytes) -> bytes:
    """The head as bytes in which ASCII stands as ASCII."""
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return head.decode("utf-16", "replace").encode("utf-8", "replace")
    if head[:2] in (b"<\0", b"\0<"):
        return head.decode("utf-16-le" if head[1] == 0 else "utf-16-be", "replace").encode("utf-8", "replace")
    return head


def _local(name: bytes) -> str:
    return name.rsplit(b":", 1)[-1].decode("utf-8", "replace")


def _raw(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode", with_tail=False))[: BadRecord.RAW_LIMIT]
