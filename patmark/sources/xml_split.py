"""Cuts a stream into the XML documents or records it holds, one after another, holding no more than one of them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol

from patmark.errors import BadRecord
from patmark.sources.base import Limits
from patmark.sources.xml_prolog import PROLOG_LIMIT, Incomplete, NotMarkup, Prolog, read_prolog, tag_end

#: What is read at once: little for a small file, twice as much each time for a large document.
_CHUNK = 256 * 1024
_LARGEST_CHUNK = 2 * 1024 * 1024
_KEEP = 8 * 1024
_BEGINNING = re.compile(rb"<\?xml\s|<!DOCTYPE\s")
_DECLARATION = b"<?xml"
_SPACE = b" \t\r\n"
_XMLNS = re.compile(rb"xmlns(?::[^\s=\"'<>]+)?\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"), (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One document or record as bytes: `shell` opens the elements around it, `fault` says why it is none.

    `offset` counts bytes from the start of the file (of its UTF-8 form where the file is UTF-16 or UTF-32).
    """

    offset: int
    body: bytes = b""
    shell: bytes = b""
    encoding: str = ""
    doctype: bytes = b""
    fault: str = ""


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Recoded:
    """A UTF-16 or UTF-32 stream read as UTF-8; what is no character becomes U+FFFD."""

    def __init__(self, stream: _Reads, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int, /) -> bytes:
        while chunk := self._stream.read(size):
            if text := self._decoder.decode(chunk):
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", True).encode("utf-8", "replace")


class _Window:
    """The part of the stream at hand; it grows only when asked and is dropped from the front."""

    def __init__(self, stream: BinaryIO) -> None:
        first = stream.read(_CHUNK)
        wide = next((name for mark, name in _WIDE if first.startswith(mark)), "")
        self.recoded = bool(wide)
        self._stream: _Reads = _Recoded(_Rest(first, stream), wide) if wide else stream
        self.data = bytearray(b"" if wide else first)
        self.offset = 0
        self.ended = False
        self._seen: dict[bytes, tuple[int, int]] = {}

    def more(self) -> bool:
        size = min(max(_CHUNK, len(self.data)), _LARGEST_CHUNK)
        chunk = b"" if self.ended else self._stream.read(size)
        self.ended = not chunk
        self.data += chunk
        return not self.ended

    def find(self, mark: bytes, start: int) -> int:
        """Where `mark` next stands, or -1; each byte is searched once per mark, however often one asks."""
        found, searched = self._seen.get(mark, (-1, 0))
        if found < self.offset + start:
            begin = max(start, searched - self.offset - len(mark), 0)
            at = _declaration_at(self.data, begin) if mark == _DECLARATION else self.data.find(mark, begin)
            found = at + self.offset if at >= 0 else -1
            self._seen[mark] = (found, found if at >= 0 else self.offset + len(self.data))
        return found - self.offset if found >= 0 else -1

    def drop(self, count: int) -> None:
        count = min(count, len(self.data))
        del self.data[:count]
        self.offset += count


def _declaration_at(data: bytearray, start: int) -> int:
    """Where `<?xml` next stands, or -1: a question mark is rare, and one byte is found ten times as fast as five."""
    at = start
    for _ in range(64):
        at = data.find(b"?", at + 1)
        if at < 0:
            return -1
        if data.startswith(_DECLARATION, at - 1):
            return at - 1
    return data.find(_DECLARATION, at)


class _Rest:
    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        self._first = first
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        first, self._first = self._first, b""
        return first or self._stream.read(size)


@dataclass(frozen=True, slots=True)
class _End:
    """Where an element ends in the window, or the fault with which it must be cut there."""

    at: int
    fault: str = ""


def pieces(stream: BinaryIO, names: frozenset[str], limits: Limits) -> Iterator[Piece]:
    """Every document, or every record named by local name in `names`, of the stream in its order, faulty ones too.

    A document is also ended by the XML declaration of the next one, and a record by the start tag of the next one:
    a truncated one costs only itself.
    """
    window = _Window(stream)
    while True:
        try:
            prolog = _next_prolog(window)
        except NotMarkup:
            yield _stray(window)
            continue
        if prolog is None:
            return
        if window.recoded:
            prolog = replace(prolog, encoding="utf-8")
        window.drop(prolog.end)
        if not names or _local(prolog.root) in names:
            yield _cut(window, prolog, Piece(window.offset), limits, nested=not names)
        else:
            yield from _records(window, prolog, names, limits)


def _next_prolog(window: _Window) -> Prolog | None:
    while True:
        try:
            prolog = read_prolog(window.data)
            if prolog is not None:
                return prolog
            window.drop(len(window.data))
            if not window.more():
                return None
        except Incomplete:
            if len(window.data) > PROLOG_LIMIT or not window.more():
                raise NotMarkup from None


def _stray(window: _Window) -> Piece:
    """Takes out what is no XML, up to the next declaration or DOCTYPE."""
    offset, raw = window.offset, bytes(window.data[: BadRecord.RAW_LIMIT])
    window.drop(1)
    while not (found := _BEGINNING.search(window.data)):
        window.drop(len(window.data) - 16 if len(window.data) > 16 else 0)
        if not window.more():
            window.drop(len(window.data))
            break
    else:
        window.drop(found.start())
    return Piece(offset, raw, fault=f"有 {window.offset - offset} 字节不是 XML 文件的内容")


def _cut(window: _Window, prolog: Prolog, piece: Piece, limits: Limits, *, nested: bool) -> Piece:
    """The element that begins at the start of the window, taken out of it."""
    name = prolog.root
    end = _nested_end(window, name, limits) if nested else _element_end(window, name, limits)
    with memoryview(window.data) as view:
        body = bytes(view[: min(end.at, BadRecord.RAW_LIMIT) if end.fault else end.at])
    window.drop(end.at)
    if end.fault == _OVERSIZE:
        _skip(window, name)
    return replace(piece, body=body, encoding=prolog.encoding, doctype=prolog.doctype, fault=end.fault)


_OVERSIZE = "超过单份文件的大小上限"
_CUT_SHORT = "不完整：没有结束标记就到了下一份文件或文件末尾"


def _element_end(window: _Window, name: bytes, limits: Limits) -> _End:
    """The end of an element that never holds another of its name: its end tag, or where the next one begins."""
    close, scan = b"</" + name, 1
    opening = _own_tag_end(window)
    if opening is None:
        return _End(len(window.data), _CUT_SHORT)
    if opening and window.data[opening - 2 : opening] == b"/>":
        return _End(opening)
    while True:
        data = window.data
        found = window.find(close, scan)
        stop = len(data) if found < 0 else found
        for mark in (_DECLARATION, b"<" + name):
            cut = _tag_at(window, mark, scan, stop)
            if cut is not None:
                return _End(cut, _CUT_SHORT)
        if found >= 0 and (end := data.find(b">", found)) >= 0:
            if not data[found + len(close) : end].strip(_SPACE):
                return _End(end + 1) if end < limits.document else _End(min(len(data), limits.document), _OVERSIZE)
            scan = end
            continue
        if len(data) > limits.document:
            return _End(limits.document, _OVERSIZE)
        scan = max(scan, stop - len(name) - 8) if found < 0 else found
        if not window.more():
            return _End(len(window.data), _CUT_SHORT)


def _tag_at(window: _Window, mark: bytes, start: int, stop: int) -> int | None:
    """Where `mark` stands as a whole name between start and stop."""
    at = window.find(mark, start)
    while 0 <= at < stop:
        following = window.data[at + len(mark) : at + len(mark) + 1]
        if following and following in b" \t\r\n/>":
            return at
        at = window.find(mark, at + 1)
    return None


def _nested_end(window: _Window, name: bytes, limits: Limits) -> _End:
    """The end of an element that may hold others of its name, by counting their tags."""
    tags = re.compile(rb"<\?xml\s|<(/?)" + re.escape(name) + rb"(?=[\s/>])[^<>]*>")
    depth, scan = 0, 0
    while True:
        for found in tags.finditer(window.data, scan):
            scan = found.end()
            if found.group(1) is None:
                return _End(found.start(), _CUT_SHORT)
            if found.group(1):
                depth -= 1
            elif not found.group().endswith(b"/>"):
                depth += 1
            if depth <= 0:
                return _End(scan)
        if len(window.data) > limits.document:
            return _End(limits.document, _OVERSIZE)
        # A tag cut in two by the edge of the window is looked at again, whole.
        scan = max(scan, window.data.rfind(b"<", scan, len(window.data)))
        if not window.more():
            return _End(len(window.data), _CUT_SHORT)


def _own_tag_end(window: _Window) -> int | None:
    """Where the start tag at the window's start ends: 0 where it is malformed, None where the stream ends first."""
    while True:
        try:
            return tag_end(window.data, 0)
        except NotMarkup:
            return 0
        except Incomplete:
            if len(window.data) > PROLOG_LIMIT or not window.more():
                return None


def _skip(window: _Window, name: bytes) -> None:
    """Leaves an element that is too large behind without keeping it."""
    goal = re.compile(rb"</" + re.escape(name) + rb"\s*>|<\?xml\s")
    while True:
        found = goal.search(window.data)
        if found:
            window.drop(found.start() if found.group().startswith(b"<?") else found.end())
            return
        window.drop(max(len(window.data) - len(name) - 8, 0))
        if not window.more():
            window.drop(len(window.data))
            return


def _records(window: _Window, prolog: Prolog, names: frozenset[str], limits: Limits) -> Iterator[Piece]:
    """The records inside one root that wraps them; the root's own tag goes with each of them."""
    start, opening = window.offset, _own_tag_end(window)
    if not opening:
        yield _stray(window)
        return
    root_tag = bytes(window.data[:opening])
    seen = root_tag.endswith(b"/>")
    window.drop(opening)
    spaces: dict[bytes, bytes] = {}
    alternatives = b"|".join(re.escape(name.encode()) for name in sorted(names))
    goal = re.compile(
        rb"<((?:[\w.-]+:)?(?:" + alternatives + rb"))(?=[\s/>])|</" + re.escape(prolog.root) + rb"\s*>|<\?xml\s"
    )
    while not root_tag.endswith(b"/>"):
        found = _seek(window, goal, spaces)
        if not found:
            yield Piece(window.offset, encoding=prolog.encoding, fault=_CUT_SHORT)
            return
        if found.startswith(b"<?"):
            yield Piece(window.offset, encoding=prolog.encoding, fault=_CUT_SHORT)
            return
        if found.startswith(b"</"):
            break
        seen = True
        shell = root_tag + b"<shell " + b" ".join(spaces.values()) + b">"
        inner = replace(prolog, root=found[1:])
        yield _cut(window, inner, Piece(window.offset, shell=shell), limits, nested=False)
    if not seen:
        sentence = f"根元素 {prolog.root[:80].decode('utf-8', 'replace')} 里没有可以读的记录"
        yield Piece(start, root_tag[: BadRecord.RAW_LIMIT], fault=sentence)


def _seek(window: _Window, goal: re.Pattern[bytes], spaces: dict[bytes, bytes]) -> bytes:
    """Brings the next record, end or declaration to the start of the window and returns its tag's beginning.

    An end tag is taken out. Name spaces declared on the way are noted; empty at the end of the stream.
    """
    while True:
        found = goal.search(window.data)
        stop = found.start() if found else max(len(window.data) - _KEEP, 0)
        for declared in _XMLNS.finditer(window.data, 0, stop if found else len(window.data)):
            text = bytes(declared.group())
            spaces[text.split(b"=", 1)[0].strip()] = text
        if found:
            tag = bytes(found.group())
            window.drop(found.end() if tag.startswith(b"</") else stop)
            return tag
        window.drop(stop)
        if not window.more():
            return b""


def _local(name: bytes) -> str:
    return name.rsplit(b":", 1)[-1].decode("utf-8", "replace")
