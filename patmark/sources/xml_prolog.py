"""What stands before the root element: declaration, DOCTYPE and its subset; told apart, checked, and never expanded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from patmark.sources.xml_entities import escaped

PROLOG_LIMIT = 4 * 1024 * 1024
_BLANK = re.compile(rb"(?:\s|\xef\xbb\xbf|\x00)*")
_MARK = re.compile(rb"[\"'\[\]>]|<!--|<\?|<!DOCTYPE")
_TAG_MARK = re.compile(rb"[\"'<>]")
_NAME = re.compile(rb"<([A-Za-z_:\x80-\xff][^\s/><]*)")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+([^\s\[>]+)")
_DECLARATION = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!([A-Z]+)\s*((?:\"[^\"]*+\"|'[^']*+'|[^\"'>]++)*+)>|%|\S", re.DOTALL)
_ENTITY = re.compile(r"(%\s+)?(\S+)\s+(.*)", re.DOTALL)
_LITERAL = re.compile(r"(?:\"([^\"]*)\"|'([^']*)')\s*\Z")
_CHARACTER = re.compile(r"&(?:#38;|amp;)?#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_CLOSERS = {b'"': b'"', b"'": b"'", b"<!--": b"-->", b"<?": b"?>"}
_LONGEST_CHARACTER = 8


class Hostile(ValueError):
    """A declaration that could make the parser fetch or multiply something; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Prolog:
    """Where the root element begins, and what was declared before it. `root` is its qualified name."""

    end: int
    root: bytes
    encoding: str
    doctype: bytes


class Incomplete(Exception):
    """The bytes at hand end before the prolog does."""


class NotMarkup(Exception):
    """Something that is neither markup nor white space stands where a document should begin."""


def read_prolog(data: bytes | bytearray) -> Prolog | None:
    """The prolog at the start of `data`; None where only white space and comments are left.

    Raises Incomplete when more bytes may tell, NotMarkup when nothing will.
    """
    at, encoding, doctype, declared = _blank(data, 0), "", b"", False
    while at < len(data):
        if data.startswith(b"<?", at):
            end, declared = _after(data, b"?>", at), True
            if data.startswith(b"<?xml", at) and (found := _ENCODING.search(data, at, end)):
                encoding = found.group(1).decode("ascii").lower()
        elif data.startswith(b"<!--", at):
            end = _after(data, b"-->", at + 4)
        elif data.startswith(b"<!DOCTYPE", at):
            end = _doctype_end(data, at + 9)
            doctype = bytes(data[at:end])
        elif name := _NAME.match(data, at):
            if name.end() == len(data):
                raise Incomplete
            return Prolog(at, name.group(1), encoding, doctype)
        elif len(data) - at < 9:
            raise Incomplete
        else:
            raise NotMarkup
        at = _blank(data, end)
    if declared or doctype:
        raise Incomplete
    return None


def tag_end(data: bytes | bytearray, at: int) -> int:
    """The position after the `>` of the tag that begins at `at`; Incomplete, or NotMarkup where a `<` comes first.

    No attribute value may hold a `<`: stopping there keeps the work linear whatever stands in the file.
    """
    at += 1
    while found := _TAG_MARK.search(data, at):
        mark, start = bytes(found.group()), found.end()
        if mark == b">":
            return start
        if mark == b"<":
            raise NotMarkup
        at = _after(data, mark, start)
        if data.find(b"<", start, at) >= 0:
            raise NotMarkup
    raise Incomplete


def doctype_name(data: bytes) -> bytes:
    """The root element the first DOCTYPE outside comments names; empty where there is none."""
    bare = re.sub(rb"<!--.*?-->", b"", data[:PROLOG_LIMIT], flags=re.DOTALL)
    found = _DOCTYPE.search(bare)
    return found.group(1) if found else b""


def declared_characters(doctype: bytes) -> dict[bytes, bytes]:
    """The character entities an internal subset declares; raises Hostile for every other kind of entity.

    Unparsed entities (pictures named by NDATA) and notations are no danger and no characters: passed over.
    """
    opening, closing = _subset_bounds(doctype)
    table: dict[bytes, bytes] = {}
    for found in _DECLARATION.finditer(doctype, opening, closing):
        keyword = found.group(1)
        if keyword == b"ENTITY":
            _declare(found.group(2).decode("utf-8", "replace"), table)
        elif keyword is None and found.group().startswith(b"%"):
            raise Hostile("文件类型声明中引用了参数实体")
    return table


def _declare(text: str, table: dict[bytes, bytes]) -> None:
    found = _ENTITY.match(text.strip())
    if not found:
        raise Hostile("文件类型声明中有写法不完整的实体")
    parameter, name, value = found.groups()
    if parameter:
        raise Hostile(f"文件类型声明中有参数实体 %{name}")
    if re.match(r"SYSTEM|PUBLIC", value):
        if not re.search(r"\sNDATA\s", value):
            raise Hostile(f"文件类型声明中的实体 {name} 指向外部文件")
        return
    literal = _LITERAL.match(value)
    characters = _CHARACTER.sub(_decoded, literal.group(1) or literal.group(2) or "") if literal else "&"
    if "&" in characters.replace("&amp;", "") or "%" in characters or len(characters) > _LONGEST_CHARACTER:
        raise Hostile(f"文件类型声明中的实体 {name} 不是单个字符")
    table[name.encode()] = escaped(characters)


def _decoded(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else int(found.group(2))
    # Surrogates and codes beyond Unicode are no characters: the reference stays and is refused as nested.
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found.group()


def _subset_bounds(doctype: bytes) -> tuple[int, int]:
    opening = re.match(rb"<!DOCTYPE(?:\"[^\"]*+\"|'[^']*+'|[^\"'\[>]++)*+\[", doctype)
    return (opening.end(), doctype.rfind(b"]")) if opening else (0, 0)


def _doctype_end(data: bytes | bytearray, at: int) -> int:
    inside = False
    while found := _MARK.search(data, at):
        mark = bytes(found.group())
        at = found.end()
        if mark in _CLOSERS:
            at = _after(data, _CLOSERS[mark], at)
        elif mark == b">":
            if not inside:
                return at
        elif mark == b"<!DOCTYPE":
            # One inside another is none: looking further for the end of each would be endless work.
            raise NotMarkup
        else:
            inside = mark == b"["
    raise Incomplete


def _after(data: bytes | bytearray, closer: bytes, at: int) -> int:
    found = data.find(closer, at)
    if found < 0:
        raise Incomplete
    return found + len(closer)


def _blank(data: bytes | bytearray, at: int) -> int:
    found = _BLANK.match(data, at)
    return found.end() if found else at
