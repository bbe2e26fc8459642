"""By which numbers statements meet: the keys of a document, and the match of a chunk of documents to records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from patmark.errors import BadNumber
from patmark.numbers import parse_application, parse_publication, parse_trademark
from patmark.patent import Patent, Publication
from patmark.trademark import Trademark
from zhiquan.records.models import Number

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
#: Offices whose publications of one application carry one number, told apart by the kind letter alone.
#: CN only since 2010, with nine digits (RULES §1.2): before, A and C of one number are different applications.
_ONE_NUMBER_OFFICES = frozenset({"EP", "WO"})

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number of a document: `key` is what statements meet by, `full` the exact form with its kind letter."""

    kind: int
    key: str
    full: str
    check_wrong: bool = False

    @property
    def meets(self) -> Key:
        return (self.kind, self.key)


@lru_cache(maxsize=50_000)
def _application(number: str, office: str) -> Numbered:
    try:
        parsed = parse_application(number, office)
    except BadNumber:
        # A spelling no rule knows is still a number: kept under its own letters and digits.
        bare = _NOT_ALNUM.sub("", number.upper())
        key = bare if bare.startswith(office) else office + bare
        return Numbered(Number.Kind.APPLICATION, key[:60], number[:60])
    return Numbered(Number.Kind.APPLICATION, parsed.key, parsed.key, parsed.check_ok is False)


def publication_key(country: str, number: str, kind: str) -> tuple[str, str]:
    """(the key statements meet by, the exact form): see `_ONE_NUMBER_OFFICES`."""
    try:
        full = parse_publication(number, country, kind).key
    except BadNumber:
        bare = _NOT_ALNUM.sub("", number.upper())
        full = (bare if bare.startswith(country) else country + bare) + kind
    without_kind = full[: -len(kind)] if kind and full.endswith(kind) else full
    chinese = country == "CN" and len(without_kind) == 11 and kind[:1] in ("", "A", "B")
    return (without_kind if chinese or country in _ONE_NUMBER_OFFICES else full), full


def _publication(one: Publication, office: str) -> Numbered:
    key, full = publication_key(one.country or office, one.number, one.kind)
    return Numbered(Number.Kind.PUBLICATION, key[:60], full[:60])


def numbers_of(record: Patent | Trademark) -> tuple[Numbered, ...]:
    """Every number by which a document can be found, without doubles; the deciding one first."""
    if isinstance(record, Trademark):
        return _mark_numbers(record)
    found: list[Numbered] = []
    if record.application and record.application.number:
        found.append(_application(record.application.number, record.application.country or record.office))
    found.extend(_publication(one, record.office) for one in record.publications if one.number)
    international = [one for one in (record.pct_application, record.pct_publication) if one and one.number]
    for one in international:
        full = _NOT_ALNUM.sub("", one.number.upper())[:60]
        found.append(Numbered(Number.Kind.INTERNATIONAL, full, full))
    return tuple(dict.fromkeys(found))


def _mark_numbers(record: Trademark) -> tuple[Numbered, ...]:
    kinds = (Number.Kind.TRADEMARK, Number.Kind.REGISTRATION)
    keys = [_mark_key(raw, record.office) if raw else "" for raw in (record.number, record.registration_number)]
    if keys[0] in ("", keys[1]):
        # In China one number serves from application to registration (RULES §1.5); elsewhere they are two.
        keys = [keys[1], ""]
    return tuple(Numbered(kind, key, key) for kind, key in zip(kinds, keys, strict=True) if key)


@lru_cache(maxsize=50_000)
def _mark_key(number: str, office: str) -> str:
    try:
        return parse_trademark(number, office or "CN").key[:60]
    except BadNumber:
        return f"{office or 'CN'}{_NOT_ALNUM.sub('', number.upper())}"[:60]


#: An application number decides; a publication number only leads to it.
DECIDING = (Number.Kind.APPLICATION, Number.Kind.TRADEMARK)
MEETING = (*DECIDING, Number.Kind.PUBLICATION, Number.Kind.REGISTRATION)


@dataclass(slots=True)
class Match:
    """Where each document of a chunk belongs.

    `record_of[i]` is the record id of document i; ids in `fresh` are new. `absorbed` maps a record that proved to be
    the same as another to that one. `conflicts` are (document, its record, the other record, the number in dispute).
    """

    record_of: list[int] = field(default_factory=list)
    fresh: set[int] = field(default_factory=set)
    absorbed: dict[int, int] = field(default_factory=dict)
    conflicts: list[tuple[int, int, int, str]] = field(default_factory=list)


class Matcher:
    """Matches the documents of one chunk, one after another; what one adds, the next can meet.

    `known` are the keys of records met so far, `deciding` the application (or trademark) key of each of them.
    """

    def __init__(self, known: Mapping[Key, Iterable[int]], deciding: Mapping[int, str], next_id: int) -> None:
        self._known: dict[Key, list[int]] = {key: list(ids) for key, ids in known.items()}
        self._deciding = dict(deciding)
        self._next = next_id
        self.match = Match()

    def place(self, document: int, numbers: tuple[Numbered, ...]) -> int:
        """The record this document belongs to: one met by its numbers, or a new one."""
        own = next((one.key for one in numbers if one.kind in DECIDING), "")
        keys = [one.meets for one in numbers if one.kind in MEETING]
        met = list(dict.fromkeys(self._now(one) for key in keys for one in self._known.get(key, ())))
        fitting = [one for one in met if not own or self._deciding.get(one, own) == own]
        # The record that bears the deciding number keeps the others; without one, the oldest does.
        fitting.sort(key=lambda one: (one not in self._deciding, one))
        kept = fitting[0] if fitting else self._create()
        for other in fitting[1:]:
            if other in self._deciding and kept in self._deciding and self._deciding[other] != self._deciding[kept]:
                self.match.conflicts.append((document, kept, other, self._deciding[other]))
            else:
                self._absorb(other, kept)
        for other in met:
            if other not in fitting:
                self.match.conflicts.append((document, kept, other, self._deciding[other]))
        if own:
            self._deciding.setdefault(kept, own)
        for key in keys:
            self._known.setdefault(key, []).append(kept)
        self.match.record_of.append(kept)
        return kept

    def _now(self, record: int) -> int:
        while record in self.match.absorbed:
            record = self.match.absorbed[record]
        return record

    def _create(self) -> int:
        created = self._next
        self._next += 1
        self.match.fresh.add(created)
        return created

    def _absorb(self, other: int, kept: int) -> None:
        self.match.absorbed[other] = kept
        self.match.record_of = [kept if one == other else one for one in self.match.record_of]
