"""The IPC scheme as WIPO publishes it in XML, with the levels that a printed list only shows as dots.

`IPCScheme` holds nested `ipcEntry kind="…" symbol="A01B0001020000"`; kind s, c, u, m are section, class, subclass and
main group, 1 to 9, A and B subgroups by their number of dots; t, i, g, n are headings, indexes, guidance and notes,
which are no places of the scheme. A title is `textBody/title/titlePart/text`; references inside it name symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from patmark.classes.ipc import read
from patmark.classes.loading import tidy
from patmark.classes.scheme import SchemeEntry
from patmark.classes.symbols import Level
from patmark.errors import BadFile

_LEVELS = {"s": Level.SECTION, "c": Level.CLASS, "u": Level.SUBCLASS, "m": Level.MAIN_GROUP}
_DOTS = {kind: dots for dots, kind in enumerate("123456789AB", start=1)}
_DEPTH = {"s": 0, "c": 1, "u": 2, "m": 3} | {kind: 3 + dots for kind, dots in _DOTS.items()}


@dataclass(slots=True)
class _Open:
    """An entry whose end has not been read yet."""

    kind: str
    symbol: str
    parts: list[str] = field(default_factory=list)


def load_ipc_scheme(stream: BinaryIO) -> Iterator[SchemeEntry]:
    """Every place of an IPC scheme in XML, in its order, with parents and dots by the scheme's own levels.

    Entities are not resolved and nothing is fetched. Raises `BadFile` for XML that is broken, nested more than 256 deep
    or no IPC scheme. Of entries with one symbol the first counts: index schemes repeat symbols for their headings.
    """
    line: list[tuple[int, str]] = []
    seen: set[str] = set()
    for draft in _drafts(stream):
        found = read(draft.symbol)
        if found is None or found.key in seen:
            continue
        seen.add(found.key)
        depth = _DEPTH[draft.kind]
        while line and line[-1][0] >= depth:
            line.pop()
        parent = line[-1][1] if line else ""
        line.append((depth, found.key))
        level = _LEVELS.get(draft.kind, Level.SUBGROUP)
        yield SchemeEntry("ipc", found.key, parent, level, "；".join(draft.parts), _DOTS.get(draft.kind))
    if not seen:
        raise BadFile("文件里没有 IPC 条目（ipcEntry）。", mend="请选择世界知识产权组织发布的 IPC 分类表 XML。")


def _drafts(stream: BinaryIO) -> list[_Open]:
    """Entries in the order of their beginnings; the tree is freed as it is read."""
    opened: list[_Open] = []
    kept: list[_Open] = []
    events = etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for event, element in events:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if event == "start" and name == "ipcEntry":
                opened.append(_Open(element.get("kind", ""), element.get("symbol", "")))
                if opened[-1].kind in _DEPTH:
                    kept.append(opened[-1])
            elif event == "end" and name == "titlePart" and opened:
                opened[-1].parts.append(_part(element))
                element.clear()
            elif event == "end" and name == "ipcEntry":
                opened.pop()
                element.clear()
    except etree.XMLSyntaxError as fault:
        raise BadFile(f"XML 读不懂：{fault.msg or '内容为空'}", mend="请重新下载分类表。") from None
    return kept


def _part(part: etree._Element) -> str:
    """One part of a title: its text with the symbols it names, and references to other places in brackets."""
    pieces: list[str] = []
    for child in part:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        words = tidy("".join(_words(child)))
        if name == "text":
            pieces.append(words)
        elif name == "entryReference" and words:
            pieces.append(f"（{words}）")
    return "".join(pieces)


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in ("sref", "mref"):
            ends = (child.get("ref"), child.get("endRef"))
            found = [one.key for end in ends if end and (one := read(end))]
            yield "至".join(found)
        elif name:
            yield from _words(child)
        yield child.tail or ""
