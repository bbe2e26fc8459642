"""The shared strings of a workbook, kept on disk: a million rows of abstracts must not stand in memory."""

from __future__ import annotations

import re
import tempfile
from array import array
from types import TracebackType
from typing import IO, Self

from lxml import etree

from patmark.errors import BadFile
from patmark.sources.base import LIMITS
from patmark.sources.encodings import legible

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SMALL = 4 * 1024 * 1024


def unescape(text: str) -> str:
    """The text with the characters XML cannot hold, which workbooks write as `_x000D_`."""
    return legible(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)) if "_x" in text else text


def string_of(element: etree._Element) -> str:
    """The text of an `si` or `is` element: its runs joined, without the reading aids (`rPh`)."""
    pieces = []
    for child in element:
        name = etree.QName(child).localname
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [one.text or "" for one in child if etree.QName(one).localname == "t"]
    return unescape("".join(pieces))


class SharedStrings:
    """The strings of `xl/sharedStrings.xml` by number, read once into a temporary file and looked up there."""

    def __init__(self) -> None:
        self._store = tempfile.SpooledTemporaryFile(max_size=_SMALL)  # noqa: SIM115 (closed by __exit__)
        self._ends = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()

    def load(self, stream: IO[bytes]) -> None:
        """Reads the part; raises BadFile for a string above the limit, lxml's error for broken XML."""
        end = 0
        for _, element in etree.iterparse(stream, tag="{*}si", resolve_entities=False, no_network=True):
            text = string_of(element)
            if len(text) > LIMITS.cell:
                raise BadFile(f"工作簿里有超过 {LIMITS.cell // 10_000} 万字的单元格。")
            end += self._store.write(text.encode())
            self._ends.append(end)
            forget(element)

    def __getitem__(self, number: int) -> str:
        """The string of that number; raises IndexError where there is none."""
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        self._store.seek(start)
        return self._store.read(end - start).decode()


def forget(element: etree._Element) -> None:
    """Frees an element read to its end, and everything before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
