"""Words for the integers facets count by, and the clause that narrows a query to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from patmark import classes, codes
from patmark.fields import FieldKind, Subject, field
from patmark.mark_status import MARK_STATUS_IDS
from patmark.status import LIVES, PATENT_STATUS_IDS
from zhiquan.records.models import Party
from zhiquan.records.reference import gazetteer, titles

_PLACES = frozenset({"prov", "city", "dist", "zone"})


@dataclass(frozen=True, slots=True)
class Label:
    """What people read for a value, and the clause they would type for it."""

    text: str
    clause: str


def labels(subject: Subject, key: str, values: Sequence[int]) -> Mapping[int, Label]:
    """A label for every value of a facet; one no table knows is shown as its number."""
    kind = field(subject, key).kind
    if kind is FieldKind.NAME:
        return _names(key, values)
    if key in _PLACES:
        places = gazetteer()
        return {value: _worded(key, places.name(value)) for value in values}
    if key == "sub":
        return _subclasses(values)
    if key == "sec":
        return {value: _section(value) for value in values}
    if key == "nice":
        named = titles("nice", [f"{value:02d}" for value in values])
        return {value: Label(f"{value} {named[f'{value:02d}']}".strip(), f"nice:{value}") for value in values}
    if key in ("st", "life"):
        return {value: _worded(key, _status(subject, key, value)) for value in values}
    if kind is FieldKind.CODE:
        table = "mark_kind" if subject is Subject.TRADEMARK and key == "kind" else key
        return {value: _worded(key, _code(table, value)) for value in values}
    return {value: Label(str(value), f"{key}:{value}") for value in values}


def _worded(key: str, words: str) -> Label:
    return Label(words, f"{key}:{_quoted(words)}")


def _names(key: str, values: Sequence[int]) -> Mapping[int, Label]:
    names = dict(Party.objects.filter(pk__in=values).values_list("pk", "name"))
    return {value: _worded(key, names.get(value, str(value))) for value in values}


def _subclasses(values: Sequence[int]) -> Mapping[int, Label]:
    symbols = {value: codes.value_of("sub", value) for value in values}
    named = titles("ipc", symbols.values())
    return {value: Label(f"{symbol} {named[symbol]}".strip(), f"ipc:{symbol}") for value, symbol in symbols.items()}


def _section(value: int) -> Label:
    symbol = codes.value_of("sec", value)
    return Label(f"{symbol} {classes.title('ipc', symbol)}".strip(), f"ipc:{symbol}")


def _status(subject: Subject, key: str, value: int) -> str:
    if key == "life":
        return next((row.zh for row in LIVES.values() if row.id == value), str(value))
    rows = PATENT_STATUS_IDS if subject is Subject.PATENT else MARK_STATUS_IDS
    return rows[value].zh if value in rows else str(value)


def _code(table: str, value: int) -> str:
    try:
        return codes.label(table, value)
    except KeyError:
        return str(value)


def _quoted(words: str) -> str:
    """The words as one operand: quoted where they hold anything the language could read as its own."""
    plain = all(one.isalnum() for one in words)
    return words if plain else '"' + words.replace('"', "”") + '"'
