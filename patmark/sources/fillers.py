"""Fillers that patent and trademark fields share: a day, a text, a list of names, a list parted by semicolons.

A filler puts a cell into an attribute of a draft. It answers False for a value it cannot take, and the row then keeps
that value in `extra` under its header, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from patmark.party import split_names
from patmark.sources import cells

Filler = Callable[[object, str], bool | None]
D = TypeVar("D", contravariant=True)
#: Words for "no name" that are plain letters.
_NO_NAMES = frozenset({"无", "暂无", "空"})
_LONGEST_DAY = 80
_LONGEST_LIST = 100_000


@dataclass(frozen=True, slots=True)
class RowField(Generic[D]):
    """A field a mapping can name: its code, Chinese label and filler.

    `free` fields take any text, also one that elsewhere stands for an empty cell: a mark may well read `NULL`.
    """

    code: str
    label: str
    fill: Callable[[D, str], bool | None]
    free: bool = False


def day_filler(attribute: str) -> Filler:
    """Fills a day; zeros mean "none", anything else that is no day is not taken."""

    def fill(draft: object, text: str) -> bool | None:
        found = cells.day(text) if len(text) <= _LONGEST_DAY else None
        if found is None or getattr(draft, attribute) not in {None, found}:
            return None if cells.is_no_day(text) else False
        setattr(draft, attribute, found)
        return None

    return fill


def text_filler(attribute: str) -> Filler:
    """Fills one text; a second, different one is not taken."""

    def fill(draft: object, text: str) -> bool | None:
        if held := getattr(draft, attribute):
            return None if held == text else False
        setattr(draft, attribute, text)
        return None

    return fill


def names(text: str) -> tuple[str, ...]:
    """As `split_names`, quickly for the usual cell: names of plain letters with semicolons between them."""
    pieces = text.split(";")
    for one in pieces:
        if not one.isalnum() or one.isascii() or one in _NO_NAMES:
            return split_names(text)
    return tuple(pieces)


def names_filler(attribute: str) -> Filler:
    """Fills a list of names once."""

    def fill(draft: object, text: str) -> bool | None:
        if getattr(draft, attribute) or len(text) > _LONGEST_LIST:
            return False
        setattr(draft, attribute, names(text))
        return None

    return fill


def list_filler(attribute: str) -> Filler:
    """Fills once a list whose members only semicolons, line breaks and bars part."""

    def fill(draft: object, text: str) -> bool | None:
        if getattr(draft, attribute) or len(text) > _LONGEST_LIST:
            return False
        setattr(draft, attribute, tuple(cells.parts(text)))
        return None

    return fill
