"""A tree as canonical text: `parse(write(tree))` gives the tree again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from enum import IntEnum

from patmark.fields import FIELDS, FieldKind
from patmark.query.lexer import OPERATORS, is_word
from patmark.query.mending import quoted
from patmark.query.tree import (
    And,
    Class,
    Code,
    Everything,
    Freq,
    Leaf,
    Near,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Range,
    Wild,
    Within,
)
from patmark.query.typed import CODED

#: Words that are themselves wherever they stand: letters of one script, without digits that may be a number.
_PLAIN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+")
_DAYS = {row.key for rows in FIELDS.values() for row in rows if row.kind is FieldKind.DATE}
_NAMES = {row.key for rows in FIELDS.values() for row in rows if row.kind is FieldKind.NAME}
#: How nearness is written between its two sides; with an order of its own in front of it `PRE`.
NEAR_WORDS = {Within.UNITS: "NEAR", Within.SENTENCE: "SEN", Within.PARAGRAPH: "PARA", Within.FIELD: "FLD"}
PRE_WORDS = {Within.UNITS: "PRE", Within.SENTENCE: "PRESEN", Within.PARAGRAPH: "PREPARA", Within.FIELD: "PREFLD"}
_BARE_VALUE = re.compile(r"[\w.\-\u4e00-\u9fff]+(?:/[\w]+)*")


class Rank(IntEnum):
    """How tightly a piece of text holds together: OR loosest, a clause tightest."""

    OR = 1
    AND = 2
    NOT = 3
    CLAUSE = 4


#: A written piece and how tightly it holds.
Piece = tuple[str, Rank]


def fold(tree: Node, leaf: Callable[[Leaf], Piece], join: Callable[[Node, Sequence[Piece]], Piece]) -> Piece:
    """Writes a tree from its leaves upwards, without recursion."""
    stack: list[tuple[Node, bool]] = [(tree, False)]
    done: list[Piece] = []
    while stack:
        node, ready = stack.pop()
        below = node.items if isinstance(node, And | Or) else (node.item,) if isinstance(node, Not) else ()
        if isinstance(node, And | Or | Not):
            if not ready:
                stack.append((node, True))
                stack.extend((item, False) for item in reversed(below))
                continue
            pieces = done[len(done) - len(below) :]
            del done[len(done) - len(below) :]
            done.append(join(node, pieces))
        else:
            done.append(leaf(node))
    return done[0]


def write(tree: Node) -> str:
    """The canonical text of a tree: field keys, upper-case operators, brackets only where they decide something."""
    return fold(tree, _leaf, _joined)[0]


def _joined(node: Node, pieces: Sequence[Piece]) -> Piece:
    if isinstance(node, Not):
        return f"NOT {_bracketed(pieces[0], Rank.NOT)}", Rank.NOT
    if isinstance(node, Or):
        return " OR ".join(_bracketed(piece, Rank.AND) for piece in pieces), Rank.OR
    text = ""
    for piece in pieces:
        one = _bracketed(piece, Rank.NOT)
        # A NOT B says the same as A AND NOT B and reads better.
        text += f" {one}" if text and piece[1] is Rank.NOT else f" AND {one}" if text else one
    return text, Rank.AND


def _bracketed(piece: Piece, least: Rank) -> str:
    text, rank = piece
    return text if rank >= least else f"({text})"


def _leaf(leaf: Leaf) -> Piece:
    return _clause(leaf), Rank.CLAUSE


def _clause(leaf: Leaf) -> str:
    match leaf:
        case Everything():
            return "*"
        case Phrase(key, text, True):
            return quoted(text) if key == "any" else f"{key}:{quoted(text)}"
        case Phrase(key, text):
            if key == "any" and _PLAIN.fullmatch(text) and text not in OPERATORS:
                return text
            return f"{key}:{text if is_word(text) else quoted(text)}"
        case Wild(key, pattern):
            return pattern if key == "any" else f"{key}:{pattern}"
        case Near(key) | Freq(key):
            # Without a field before them some words are numbers; `any` says that they are none.
            return f"({_placed(leaf)})" if key == "any" and _stands_free(leaf) else f"{key}:({_placed(leaf)})"
        case Code(key, value, label) if key in _NAMES:
            return f"{key}=={_value(label or str(value))}"
        case Code(key, value, label):
            return f"{key}:{_value(label or str(value))}"
        case Number(key, number, prefix):
            return f"{key}:{number}*" if prefix else f"{key}:{number}"
        case Class(key, symbol, low):
            return f"{key}:{symbol}/low" if low else f"{key}:{symbol}"
        case Range():
            return _range(leaf)


def _placed(node: Node) -> str:
    """A condition on positions without its field, which stands in front of the whole."""
    match node:
        case Near(_, left, right, most, ordered, within):
            word = (PRE_WORDS if ordered else NEAR_WORDS)[within]
            between = f"{word}/{most}" if within is Within.UNITS else word
            return f"{_side(left)} {between} {_side(right)}"
        case Freq(_, item, least):
            return f"{_side(item)} FREQ/{least}"
        case Or(items):
            return " OR ".join(map(_side, items))
        case Wild(_, pattern):
            return pattern
        case Phrase(_, text, True):
            return quoted(text)
        case Phrase(_, text):
            return text if is_word(text) else quoted(text)
    raise TypeError(node)


def _stands_free(node: Node) -> bool:
    """Whether every word of a condition is read the same where no field is named."""
    match node:
        case Near(_, left, right):
            return _stands_free(left) and _stands_free(right)
        case Freq(_, item):
            return _stands_free(item)
        case Or(items):
            return all(map(_stands_free, items))
        case Phrase(_, text, False):
            return bool(_PLAIN.fullmatch(text))
    return True


def _side(node: Node) -> str:
    return f"({_placed(node)})" if isinstance(node, Near | Freq | Or) else _placed(node)


def _value(text: str) -> str:
    return text if _BARE_VALUE.fullmatch(text) and text not in OPERATORS else quoted(text)


def _range(leaf: Range) -> str:
    low, high = leaf.low, leaf.high
    day = leaf.field in _DAYS
    if low is None and high is None:
        return f"{leaf.field}:*"
    if low is not None and high is not None:
        single = period(low, high) if day else str(low) if low == high and leaf.field not in CODED else ""
        return f"{leaf.field}:{single}" if single else f"{leaf.field}:{_end(low, day)}..{_end(high, day)}"
    if low is not None:
        return f"{leaf.field}>={_end(low, day)}"
    return f"{leaf.field}<={_end(high or 0, day)}"


def _end(number: int, day: bool) -> str:
    return dashed(number) if day else str(number)


def period(low: int, high: int) -> str:
    """The year, month or day a range is exactly; empty where it is none of these."""
    if low == high:
        return dashed(low)
    year, month, first = low // 10_000, low // 100 % 100, low % 100
    if first != 1 or high // 10_000 != year:
        return ""
    if month == 1 and high % 10_000 == 1231:
        return f"{year:04}"
    same_month = high // 100 == low // 100 and 1 <= month <= 12
    return f"{year:04}-{month:02}" if same_month and high % 100 == monthrange(year, month)[1] else ""


def dashed(number: int) -> str:
    """A day as a whole number, written 2020-01-31."""
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"
