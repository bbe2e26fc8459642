"""The query tree: what every habit of typing is read into, and the only thing engines understand.

    And · Or · Not            Boolean
    Phrase                    a run of characters and words in a text or name field
    Wild                      the same with signs for characters left open
    Near                      two of these near each other: so many units apart, in one sentence, paragraph or field
    Freq                      one of these so many times
    Code                      one value of a closed list (place, kind, status, office), by its integer
    Number                    a normalised number, exactly or by its beginning
    Class                     a classification symbol, exactly or with everything below it
    Range                     a date (YYYYMMDD) or count, both ends inclusive, either may be open
    Everything                all records of the subject

Fields are keys of `patmark/fields.py`; a group field (`ta`) stands for any of its parts. Trees are frozen and compare
by value; `patmark/query/printing.py` writes them canonically and `parse(write(tree)) == tree`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Within(StrEnum):
    """Within what two things are near each other; `UNITS` counts the characters and words between them."""

    UNITS = "units"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class And:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    item: Node


@dataclass(frozen=True, slots=True)
class Phrase:
    """Units in a row (patmark/text.py decides). `quoted` only remembers how it was typed."""

    field: str
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Wild:
    """A phrase with open places: `*` any, `?` exactly one, `~?` none or one. In a word they stand for its letters or
    digits, between Chinese characters for whole units (`*` for at most ten), never for punctuation."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Near:
    """`left` and `right` in the same value of the field, `most` units between them at most (0: side by side).

    With another `within` than `UNITS` they stand in one sentence, paragraph or field (in any of its values), however
    far apart; with `ordered` the left one comes first. Both are Phrase, Wild, Near, or an Or of such, all on `field`.
    """

    field: str
    left: Node
    right: Node
    most: int = 0
    ordered: bool = False
    within: Within = Within.UNITS


@dataclass(frozen=True, slots=True)
class Freq:
    """`item` (as in Near) at least so many times in the field, counted without overlaps."""

    field: str
    item: Node
    least: int


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a closed list by its integer: `dist` 340881, `kind`, `st`, `cc`, `nice`; `label` is how people say it.

    In a name field it is the id of one whole spelling (`pa==某某公司`), as facets count it.
    A place above the field's own level (an Anhui typed for `dist`) is resolved to the right field when parsed.
    """

    field: str
    value: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number by its key of `patmark/numbers.py`; `prefix` asks for every number that begins so."""

    field: str
    key: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """A symbol in compact form (`H01M10/0525`, `H01M`, `14-02`, `0901`). `low`: with everything below it.

    A symbol above the subgroup (section to subclass, main group without `/`) always means what stands below it too.
    """

    field: str
    symbol: str
    low: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    pass


Leaf = Phrase | Wild | Near | Freq | Code | Number | Class | Range | Everything
Node = And | Or | Not | Leaf


def leaves(node: Node) -> list[Leaf]:
    """Every leaf of a tree, from left to right."""
    stack: list[Node] = [node]
    found: list[Leaf] = []
    while stack:
        one = stack.pop()
        if isinstance(one, And | Or):
            stack.extend(reversed(one.items))
        elif isinstance(one, Not):
            stack.append(one.item)
        else:
            found.append(one)
    return found
