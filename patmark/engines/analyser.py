"""What every engine must see alike: how a field's text is compared, what stands above a symbol, which words it offers.

An engine stores what these functions give and asks with what they give, so engines agree by construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial

from patmark import fields, text
from patmark.engines import positions
from patmark.errors import BadQuery
from patmark.fields import FieldKind, Subject
from patmark.query.tree import And, Class, Freq, Leaf, Near, Node, Not, Or, Phrase, Wild

#: More than people type and programs should send; a request beyond is refused before it costs anything.
MOST_CLAUSES = 20_000
DEEPEST = 200

#: Text fields people complete while typing; names are always offered.
_OFFERED = frozenset({"ti", "mark", "goods"})
_LONGEST_OFFER = 16
_NOT_NAME = re.compile(r"[\W_]+")
#: Words that join parts of a Chinese title; what stands between them is what people look for.
_SEAMS = re.compile(r"一种|及其|以及|用于|基于|[的与和及、，。；：（）()《》/\s,;:]+")

#: How much a phrase counts by where it stands: a title says what a record is about, a description mentions much.
_WEIGHTS = {"ti": 5.0, "mark": 5.0, "pa": 3.0, "hol": 3.0, "own": 3.0, "ab": 1.5, "desc": 0.5}

_IPC = re.compile(r"(([A-Z])(\d\d)?)([A-Z])?(\d{1,4})?(/\d*)?")
_GOODS = re.compile(r"C?(\d\d)(?:\d\d|\d{4})")
_PARTS = re.compile(r"[-.]")


def is_name(subject: Subject, field: str) -> bool:
    return fields.field(subject, field).kind is FieldKind.NAME


@lru_cache(maxsize=16_384)
def name_text(raw: str) -> str:
    """A name as compared, without punctuation: `甲（安庆）公司` equals `甲安庆公司`, `Co., Ltd` equals `Co Ltd`."""
    return _NOT_NAME.sub(" ", text.fold(raw)).strip()


def comparable(subject: Subject, field: str, raw: str) -> str:
    """The text of a value, or of a phrase asked for, in the form in which `text.contains` decides."""
    return name_text(raw) if is_name(subject, field) else raw


@cache
def comparison(subject: Subject, field: str) -> Callable[[str], str]:
    """`comparable` for one field: the same function each time, so that what is worked out with it can be kept."""
    return partial(comparable, subject, field)


def wanted(subject: Subject, field: str, raw: str) -> text.Phrase:
    """How a phrase is looked up in a TEXT or NAME field."""
    return text.phrase(comparable(subject, field, raw))


def weight(field: str) -> float:
    """How much a phrase found in a field counts towards relevance."""
    return _WEIGHTS.get(field, 1.0)


@lru_cache(maxsize=16_384)
def class_terms(symbol: str) -> tuple[str, ...]:
    """A compact symbol and all that stands above it by its form: `H01M10/05` → itself, `H01M10`, `H01M`, `H01`, `H`.

    Locarno and Vienna symbols part at `-` and `.`; the first two digits of a 类似群 (`0901`) and of an item (`C090001`)
    are the class. An item does not tell its group.
    """
    if match := _IPC.fullmatch(symbol):
        above = [match[2]]
        if match[3]:
            above.append(match[1])
        if match[4]:
            above.append(match[1] + match[4])
        if match[5]:
            above.append(match[1] + match[4] + match[5] if match[4] else match[1])
        return (symbol, *(one for one in dict.fromkeys(reversed(above)) if one != symbol))
    if match := _GOODS.fullmatch(symbol):
        return (symbol, match[1])
    parts = list(_PARTS.finditer(symbol))
    return (symbol, *(symbol[: part.start()] for part in reversed(parts)))


def class_wanted(clause: Class, descendants: Sequence[str] | None) -> tuple[str, ...]:
    """The terms of `class_terms` of which a record must carry one.

    A symbol above the subgroup finds what is below it by its form. A subgroup finds itself, and with `low` its
    `descendants` by the loaded scheme (None: no scheme is loaded); a main group (`…/00`) with `low` its whole group.
    """
    if not clause.low or "/" not in clause.symbol:
        return (clause.symbol,)
    group, _, rest = clause.symbol.partition("/")
    if not rest.strip("0"):
        return (group,)
    return (clause.symbol, *(one for one in descendants or () if one != clause.symbol))


@lru_cache(maxsize=16_384)
def offers(subject: Subject, field: str, raw: str) -> tuple[str, ...]:
    """What a value gives to completion: a name whole, a title in its parts, folded; nothing for other fields."""
    if is_name(subject, field):
        return (text.fold(raw).strip(),) if raw.strip() else ()
    if field not in _OFFERED:
        return ()
    parts = _SEAMS.split(text.fold(raw))
    return tuple(dict.fromkeys(part for part in parts if 1 < len(part) <= _LONGEST_OFFER))


def offering(subject: Subject, field: str) -> tuple[str, ...]:
    """The fields whose offers complete a word typed for this one (a group gives those of its members)."""
    return tuple(one for one in fields.atoms(subject, field) if one in _OFFERED or is_name(subject, one))


def ranks(query: Node) -> bool:
    """Whether a tree asks for a phrase somewhere, so that relevance means something; what is denied ranks nothing."""
    if isinstance(query, And | Or):
        return any(ranks(item) for item in query.items)
    return isinstance(query, Phrase)


def measured(subject: Subject, query: Node) -> list[Leaf]:
    """The leaves of a tree; BadQuery where it is nested too deep or asks for too much for any engine."""
    found: list[Leaf] = []
    cost = 0
    level: list[Node] = [query]
    for _ in range(DEEPEST):
        below: list[Node] = []
        for node in level:
            if isinstance(node, And | Or):
                below.extend(node.items)
            elif isinstance(node, Not):
                below.append(node.item)
            else:
                found.append(node)
                if isinstance(node, Wild | Near | Freq):
                    positions.check(node)
                cost += len(fields.atoms(subject, node.field)) if isinstance(node, Phrase | Wild | Near | Freq) else 1
        level = below
        if not level:
            break
    if level:
        raise BadQuery(f"检索式的括号嵌套超过 {DEEPEST} 层。", mend="请拆成几个较短的检索式。")
    if cost > MOST_CLAUSES:
        raise BadQuery(
            f"检索式的条件展开后有 {cost} 个，超过上限 {MOST_CLAUSES} 个。", mend="请减少检索词，或指定较少的字段。"
        )
    return found
