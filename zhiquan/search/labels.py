"""Words for the integers facets count by, and the clause that narrows a query to exactly one of them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from patmark import codes
from patmark.fields import FieldKind, Subject, field
from patmark.mark_status import MARK_STATUS_IDS
from patmark.query import QueryContext, write
from patmark.query.tree import Code, Node, Range
from patmark.status import LIVES, PATENT_STATUS_IDS
from zhiquan.records.models import Party
from zhiquan.records.reference import gazetteer, titles
from zhiquan.search import chosen
from zhiquan.search.schemes import context

_PLACES = frozenset({"prov", "city", "dist", "zone"})
#: Characters of an IPC class: `H01`.
_CLASS = 3
_YEARS = frozenset({"ady", "pdy", "gdy", "fdy", "rdy"})
#: Facets that count offices and countries.
_OFFICES = frozenset({"cc", "pacc", "abr"})
#: Characters a query drops or refuses; a name that holds one cannot be typed.
_UNTYPED = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True, slots=True)
class Label:
    """What people read for a value, and the clause they would type for it: empty where nothing typed means it alone.

    `node` is the condition itself, which holds whether it can be typed or not; `word` says the value in an address.
    """

    text: str
    clause: str
    node: Node
    word: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A value of a list in the words of the query language, and as people read it in their language."""

    typed: str
    shown: str


def said(zh: str, en: str) -> str:
    """The one of two words that the reader's language asks for."""
    return en if (get_language() or "").startswith("en") else zh


def field_name(subject: Subject, key: str) -> str:
    """What a field is called in the reader's language."""
    row = field(subject, key)
    return said(row.zh, row.en[:1].upper() + row.en[1:])


def code_name(table: str, code: int) -> str:
    """What a value of a closed list (`patmark/codes.py`) is called in the reader's language."""
    return _code(table, code).shown


def labels(subject: Subject, key: str, values: Sequence[int]) -> Mapping[int, Label]:
    """A label for every value of a facet; one no table knows is shown as its number."""
    kind = field(subject, key).kind
    if kind is FieldKind.NAME:
        return _names(key, values)
    if key in _YEARS:
        years = {value: Range(key, value, value) for value in values}
        return {value: Label(str(value), write(year), year, str(value)) for value, year in years.items()}
    words, lookups = _words(subject, key, values), context()
    return {value: _label((subject, key, value), word, lookups) for value, word in words.items()}


def _label(of: tuple[Subject, str, int], word: _Word, lookups: QueryContext) -> Label:
    """The clause by the value's own word, with its code where several are called so; its meaning has been looked up."""
    subject, key, value = of
    for words in dict.fromkeys((word.shown, word.typed, f"{word.typed}（{value}）", str(value))):
        meant = lookups.codes(subject, key, words)
        if [(one.field, one.code) for one in meant] == [(key, value)]:
            node = Code(key, value, words)
            return Label(word.shown, write(node), node, chosen.word(subject, key, value))
    return Label(word.shown, "", Code(key, value, word.shown), chosen.word(subject, key, value))


def _words(subject: Subject, key: str, values: Sequence[int]) -> Mapping[int, _Word]:
    if key in _PLACES:
        return _places(values)
    if key in ("sub", "sec"):
        return _classified("ipc", {value: codes.value_of(key, value) for value in values})
    if key == "nice":
        return _classified("nice", {value: f"{value:02d}" for value in values})
    if key in ("st", "life"):
        return {value: _status(subject, key, value) for value in values}
    table = "mark_kind" if subject is Subject.TRADEMARK and key == "kind" else "cc" if key in _OFFICES else key
    return {value: _code(table, value) for value in values}


def _names(key: str, values: Sequence[int]) -> Mapping[int, Label]:
    names = dict(Party.objects.filter(pk__in=values).values_list("pk", "name"))
    return {value: _name(key, value, names.get(value, "")) for value in values}


def _name(key: str, value: int, name: str) -> Label:
    typed = bool(name) and name == name.strip() and not any(unicodedata.category(one) in _UNTYPED for one in name)
    node = Code(key, value, name)
    return Label(name or str(value), write(node) if typed else "", node, name)


def _places(values: Sequence[int]) -> Mapping[int, _Word]:
    """Places by their names; several of one name are told apart by what they lie in."""
    places = gazetteer()
    names = {value: places.name(value) for value in values}
    alike = {name for name, count in Counter(names.values()).items() if count > 1}
    found = {}
    for value, name in names.items():
        above = places.path(value)[1:2] if name in alike else ()
        found[value] = _Word(name, (f"{name}（{above[0].name}）" if above else name) or str(value))
    return found


def _classified(scheme: str, symbols: Mapping[int, str]) -> Mapping[int, _Word]:
    """Symbols with what is known of their titles, or of the class they stand in: loaded ones, or the product's own."""
    above = {symbol[:_CLASS] for symbol in symbols.values()} if scheme == "ipc" else set()
    named = titles(scheme, {*symbols.values(), *above})
    shown = {value: symbol.lstrip("0") for value, symbol in symbols.items()}
    told = {symbol: named[symbol] or named.get(symbol[:_CLASS], "") for symbol in symbols.values()}
    return {value: _Word(shown[value], f"{shown[value]} {told[symbol]}".strip()) for value, symbol in symbols.items()}


def _status(subject: Subject, key: str, value: int) -> _Word:
    if key == "life":
        return next((_Word(row.zh, said(row.zh, row.en)) for row in LIVES.values() if row.id == value), _bare(value))
    rows = PATENT_STATUS_IDS if subject is Subject.PATENT else MARK_STATUS_IDS
    return _Word(rows[value].zh, said(rows[value].zh, rows[value].en)) if value in rows else _bare(value)


def _code(table: str, value: int) -> _Word:
    row = next((one for one in codes.TABLES.get(table, ()) if one.code == value), None)
    if row is not None:
        return _Word(row.zh, said(row.zh, row.en))
    try:
        name = codes.label(table, value)
    except KeyError:
        return _bare(value)
    return _Word(name, name)


def _bare(value: int) -> _Word:
    return _Word(str(value), str(value))
