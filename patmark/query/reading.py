"""What reading a query gives: the tree, and what the reader should be told about how it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from patmark.query.tree import Node


class NoteKind(StrEnum):
    """Why something is said."""

    NUMBER = "number"  # a bare number was taken for a number of some field, or its check digit is wrong
    CLASS = "class"  # what stands below a class is told by the loaded scheme or only by the form of the symbol
    CODE = "code"  # a place or status was looked up in another list, or there are several of that name
    CORRECTED = "corrected"  # something typed was read as something else (full width, invisible characters)
    WORD = "word"  # something that looks like an operator, a field or a bracket was read as text


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to show beside the query, in Chinese, with the span of the text it is about."""

    kind: NoteKind
    sentence: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A query understood: `tree` is what engines are asked, `notes` what people are shown."""

    tree: Node
    notes: tuple[Note, ...] = ()
