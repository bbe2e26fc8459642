"""Reading a document by path while remembering what was read, so that everything else is kept in a record's `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from lxml import etree

from patmark.dates import parse_date
from patmark.errors import BadInput

Element = etree._Element

#: Attributes that order, link or format; what they say is in the order and the place of the values themselves.
_FORMAL = frozenset(
    {"id", "idref", "idrefs", "sequence", "sequenceNumber", "num", "line", "name", "type", "lang", "languageCode"}
    | {"schemaLocation", "st96Version", "measureUnitCode", "data-format", "document-id-type", "dnum-type", "doc-id"}
)
#: Telephone, fax and mail say nothing of a right, and no more is kept of people than the purpose needs (个保法 art. 6).
CONTACT = frozenset(
    {"PhoneNumberBag", "FaxNumberBag", "EmailAddressBag", "ContactInformationDetails", "telecommunicationAddressBag"}
)
_NO_DAY = re.compile(r"0001-?01-?01.*")
_SMALL = re.compile(r"[0-9]{1,6}")


def clean(text: str | None) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split()) if text else ""


def local(node: Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(node: Element) -> str:
    tag = node.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def attribute(node: Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace; empty where it is missing."""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return clean(str(value))
    return ""


def whole(node: Element) -> str:
    """All text at and below an element, in one line."""
    if not len(node):
        return clean(node.text)
    return clean("".join(str(part) for part in node.itertext()))


def lines(node: Element, breaking: Iterable[str]) -> str:
    """All text at and below an element, a new line at each element named in `breaking`."""
    names = frozenset(breaking)
    parts: list[str] = []
    for event, one in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            if local(one) in names:
                parts.append("\n")
            parts.append(" ".join(one.text.splitlines()) if one.text else "")
        elif one is not node and one.tail:
            parts.append(" ".join(one.tail.splitlines()))
    return "\n".join(line for raw in "".join(parts).split("\n") if (line := clean(raw)))


def day(text: str) -> date | None:
    """The day a text says, or None where it says none or nothing that is a day."""
    try:
        return None if _NO_DAY.fullmatch(text) else parse_date(text)
    except BadInput:
        return None


def is_day(text: str) -> bool:
    """Whether the text is a day or one of the ways offices write "no day"; a month or a slip is neither."""
    return day(text) is not None or not text.strip("0 -") or bool(_NO_DAY.fullmatch(text))


def number(text: str) -> int | None:
    """A small whole number as offices print it (`009`), or None."""
    return int(text) if _SMALL.fullmatch(text) else None


@lru_cache(maxsize=4096)
def _any_namespace(path: str) -> str:
    return "/".join(step if step in {"", ".", "*"} else f"{{*}}{step}" for step in path.split("/"))


class Ledger:
    """What of a document has been read. Paths are local names, `a/b`; the namespace does not matter.

    `first`, `all` only look; `text`, `texts`, `day` read, and `take` reads an element with all below it.
    """

    def __init__(self) -> None:
        self._read: set[Element] = set()
        self._attributes: set[tuple[Element, str]] = set()

    def first(self, node: Element, path: str) -> Element | None:
        return node.find(_any_namespace(path))

    def all(self, node: Element, *paths: str) -> list[Element]:
        return [one for path in paths for one in node.findall(_any_namespace(path))]

    def attribute(self, node: Element, name: str) -> str:
        """Reads an attribute by its local name; empty where it is missing."""
        self._attributes.add((node, name))
        return attribute(node, name)

    def take(self, node: Element) -> str:
        """Reads an element with all below it; its text in one line."""
        self._read.update(node.iter() if len(node) else (node,))
        return whole(node)

    def leave(self, node: Element) -> None:
        """Makes an element unread again, with those around it, so that it goes to `extra` after all."""
        self._read.difference_update(node.iter())
        self._read.difference_update(node.iterancestors())

    def texts(self, node: Element, *paths: str) -> list[str]:
        """The texts that are not empty at any of the paths."""
        return [text for one in self.all(node, *paths) if (text := self.take(one))]

    def text(self, node: Element, *paths: str) -> str:
        """The first text that is not empty, trying the paths in order; repeats of the same text are read with it."""
        for path in paths:
            for one in self.all(node, path):
                if text := whole(one):
                    self.take(one)
                    return text
        return ""

    def day(self, node: Element, *paths: str) -> date | None:
        """The first day found; a text that is no day stays unread and so goes to `extra`."""
        for one in self.all(node, *paths):
            text = whole(one)
            if is_day(text):
                self.take(one)
                if (found := day(text)) is not None:
                    return found
        return None

    def rest(self, node: Element) -> tuple[tuple[str, str], ...]:
        """(path, value) of all that has a value and was not read, in the order of the document."""
        found: list[tuple[str, str]] = []
        self._rest(node, "", found)
        return tuple(found)

    def _rest(self, node: Element, path: str, found: list[tuple[str, str]]) -> None:
        if node in self._read or local(node) in CONTACT:
            return
        for name, value in _facts(node):
            if (node, name) not in self._attributes:
                found.append((f"{path}/@{name}".lstrip("/"), value))
        if not len(node) or clean(node.text):
            if text := whole(node):
                found.append((path or local(node), text))
            return
        for child in node:
            self._rest(child, f"{path}/{local(child)}".lstrip("/"), found)


def _facts(node: Element) -> Iterable[tuple[str, str]]:
    for key, value in node.attrib.items():
        name = str(key).rpartition("}")[2]
        if name not in _FORMAL and (text := clean(str(value))):
            yield name, text


def outside(root: Element, records: Iterable[Element]) -> tuple[tuple[str, str], ...]:
    """(path, value) of what a document says around its records."""
    ledger = Ledger()
    for record in records:
        ledger.take(record)
    return ledger.rest(root)
