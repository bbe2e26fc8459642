"""By which numbers statements meet: the keys of a document, and the match of a chunk of documents to records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from patmark.errors import BadNumber
from patmark.numbers import parse_application, parse_publication, parse_trademark
from patmark.packing import dump
from patmark.patent import Patent, Publication
from patmark.trademark import Trademark
from zhiquan.records.models import Number

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
#: Offices whose publications of one application carry one number, told apart by the kind letter alone.
#: CN only since 2010, with nine digits (RULES §1.2): before, A and C of one number are different applications.
_ONE_NUMBER_OFFICES = frozenset({"EP", "WO"})
#: What stands in a number's column and follows no rule is a number from so many digits on (`待定`, `第1项` are none) …
_DIGITS = 4
#: … and up to so many characters: cut ones could meet by accident.
_LONGEST = 60

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


def _unruled(number: str, office: str) -> str:
    """A spelling no rule knows, under its own letters and digits; empty where it is no number at all."""
    bare = _NOT_ALNUM.sub("", number.upper())
    key = bare if bare.startswith(office) else office + bare
    return key if sum(map(str.isdigit, bare)) >= _DIGITS and len(key) <= _LONGEST else ""


@lru_cache(maxsize=4_096)
def _application(number: str, office: str) -> Numbered:
    try:
        parsed = parse_application(number, office)
    except BadNumber:
        return Numbered(Number.Kind.APPLICATION, _unruled(number, office), number[:_LONGEST])
    return Numbered(Number.Kind.APPLICATION, parsed.key, parsed.key, parsed.check_ok is False)


def publication_key(country: str, number: str, kind: str) -> tuple[str, str]:
    """(the key statements meet by, the exact form): see `_ONE_NUMBER_OFFICES`. Both empty for what is no number."""
    try:
        parsed = parse_publication(number, country, kind)
        full, kind = parsed.key, kind or parsed.kind
    except BadNumber:
        full = _unruled(number, country)
        full += kind if full and not full.endswith(kind) else ""
    without_kind = full[: -len(kind)] if kind and full.endswith(kind) else full
    chinese = country == "CN" and len(without_kind) == 11
    return (without_kind if chinese or country in _ONE_NUMBER_OFFICES else full), full


def _publication(one: Publication, office: str) -> Numbered:
    return Numbered(Number.Kind.PUBLICATION, *publication_key(one.country or office, one.number, one.kind))


def numbers_of(record: Patent | Trademark) -> tuple[Numbered, ...]:
    """Every number by which a document can be found, without doubles; the deciding one first.

    A document without any has its own content for a number: it meets what says exactly the same and nothing else.
    """
    found = _mark_numbers(record) if isinstance(record, Trademark) else _patent_numbers(record)
    if not found:
        content = blake2b(dump(record), digest_size=16).hexdigest()
        found = [Numbered(Number.Kind.CONTENT, content, content)]
    return tuple(dict.fromkeys(found))


def _patent_numbers(record: Patent) -> list[Numbered]:
    found: list[Numbered] = []
    if record.application and record.application.number:
        found.append(_application(record.application.number, record.application.country or record.office))
    found.extend(_publication(one, record.office) for one in record.publications if one.number)
    international = [one for one in (record.pct_application, record.pct_publication) if one and one.number]
    for one in international:
        full = _NOT_ALNUM.sub("", one.number.upper())[:_LONGEST]
        found.append(Numbered(Number.Kind.INTERNATIONAL, full, full))
    return [one for one in found if one.key]


def _mark_numbers(record: Trademark) -> list[Numbered]:
    kinds = (Number.Kind.TRADEMARK, Number.Kind.REGISTRATION)
    keys = [_mark_key(raw, record.office) if raw else "" for raw in (record.number, record.registration_number)]
    if keys[0] == keys[1] or (not keys[0] and record.office in ("", "CN")):
        # In China one number serves from application to registration (RULES §1.5); elsewhere they are two.
        keys = [keys[1], ""]
    return [Numbered(kind, key, key) for kind, key in zip(kinds, keys, strict=True) if key]


@lru_cache(maxsize=4_096)
def _mark_key(number: str, office: str) -> str:
    try:
        return parse_trademark(number, office or "CN").key[:_LONGEST]
    except BadNumber:
        return _unruled(number, office or "CN")


#: An application number decides; a publication number only leads to it.
DECIDING = (Number.Kind.APPLICATION, Number.Kind.TRADEMARK)
MEETING = (*DECIDING, Number.Kind.PUBLICATION, Number.Kind.REGISTRATION, Number.Kind.CONTENT)


def meeting(numbers: Iterable[Numbered]) -> list[Key]:
    """The keys under which a document with these numbers meets others."""
    return [one.meets for one in numbers if one.kind in MEETING]


def apart(numbers: Sequence[tuple[Numbered, ...]]) -> list[list[int]]:
    """Documents given by their numbers, parted into those that hang together by them, in the order of the first."""
    group = list(range(len(numbers)))
    first: dict[Key, int] = {}
    for at, own in enumerate(numbers):
        met = {group[first.setdefault(key, at)] for key in meeting(own)} | {at}
        if len(met) > 1:
            group = [min(met) if one in met else one for one in group]
    parts: dict[int, list[int]] = {}
    for at, one in enumerate(group):
        parts.setdefault(one, []).append(at)
    return list(parts.values())


@dataclass(slots=True)
class Match:
    """Where each document of a chunk belongs.

    `record_of[i]` is the record id of document i; ids in `fresh` are new, and `openers` are the documents that opened
    a record. `absorbed` maps a record that proved to be the same as another to that one, `bridges` to the document
    that showed it. `conflicts` are (document, its record, the other record, the number both bear).
    """

    record_of: list[int] = field(default_factory=list)
    fresh: set[int] = field(default_factory=set)
    openers: set[int] = field(default_factory=set)
    absorbed: dict[int, int] = field(default_factory=dict)
    bridges: dict[int, int] = field(default_factory=dict)
    conflicts: list[tuple[int, int, int, str]] = field(default_factory=list)

    def now(self, record: int) -> int:
        """The record that a record has become."""
        while record in self.absorbed:
            record = self.absorbed[record]
        return record


class Matcher:
    """Matches the documents of one chunk, one after another; what one adds, the next can meet.

    `known` are the keys of records met so far, `deciding` the application (or trademark) key of each of them.
    """

    def __init__(self, known: Mapping[Key, Iterable[int]], deciding: Mapping[int, str], next_id: int) -> None:
        self._known: dict[Key, list[int]] = {key: list(ids) for key, ids in known.items()}
        self._deciding = dict(deciding)
        self._next = next_id
        self.match = Match()

    def place(self, numbers: Sequence[Numbered]) -> int:
        """The record the next document belongs to: one met by its numbers, or a new one."""
        document = len(self.match.record_of)
        own = next((one.key for one in numbers if one.kind in DECIDING), "")
        met: dict[int, str] = {}
        for kind, key in meeting(numbers):
            for record in self._known.get((kind, key), ()):
                met.setdefault(self.match.now(record), key)
        fitting = [one for one in met if not own or self._deciding.get(one, own) == own]
        # The record that bears the deciding number keeps the others; without one, the oldest does.
        fitting.sort(key=lambda one: (one not in self._deciding, one))
        kept = fitting[0] if fitting else self._create(document)
        decided = self._deciding.get(kept, own)
        for other in met:
            if self._deciding.get(other, decided) != decided:
                self.match.conflicts.append((document, kept, other, met[other]))
            elif other != kept:
                self._absorb(other, kept, document)
        if own:
            self._deciding.setdefault(kept, own)
        for meets in meeting(numbers):
            self._known.setdefault(meets, []).append(kept)
        self.match.record_of.append(kept)
        return kept

    def _create(self, document: int) -> int:
        created = self._next
        self._next += 1
        self.match.fresh.add(created)
        self.match.openers.add(document)
        return created

    def _absorb(self, other: int, kept: int, document: int) -> None:
        self.match.absorbed[other] = kept
        self.match.bridges[other] = document
        self.match.record_of = [kept if one == other else one for one in self.match.record_of]
