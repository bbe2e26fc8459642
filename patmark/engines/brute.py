"""The engine that answers by looking at every record: small enough to be obviously right, the oracle of all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import inf

from patmark import fields, text
from patmark.cube import Cube, Key, selections
from patmark.engines import positions
from patmark.engines.analyser import (
    class_terms,
    class_wanted,
    comparable,
    comparison,
    measured,
    offering,
    offers,
    ranks,
    weight,
)
from patmark.engines.base import EVERY_VALUE, Bucket, Document, FacetCount, Found, Hit, Sort, Suggestion
from patmark.engines.crossing import checked_crossing
from patmark.engines.sorting import BY_RELEVANCE, checked_after, checked_sort, is_relevance, place
from patmark.engines.turns import Calendar, calendar_of
from patmark.errors import BadQuery
from patmark.fields import FieldKind, Subject
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
)

Descendants = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Record:
    """A document with its texts as `positions` reads them, marked and plain."""

    document: Document
    marked: dict[str, str]
    plain: dict[str, str]


class BruteEngine:
    """Implements `patmark.engines.base.Engine` in memory."""

    def __init__(
        self, subject: Subject, *, calendar: Calendar | None = None, descendants: Descendants | None = None
    ) -> None:
        self.subject = subject
        self._calendar = calendar or calendar_of(subject)
        self._descendants = descendants
        self._held: dict[int, _Record] = {}
        self._next: dict[int, _Record] = {}
        self._sequence = 0

    @property
    def sequence(self) -> int:
        return self._sequence

    @property
    def size(self) -> int:
        return len(self._held)

    def put(self, documents: Iterable[Document]) -> int:
        written = 0
        for document in documents:
            marked = {
                field: positions.joined([text.marked(comparable(self.subject, field, value)) for value in values])
                for field, values in document.texts.items()
            }
            plain = {field: text.unmarked(one) for field, one in marked.items()}
            self._next[document.key] = _Record(document, marked, plain)
            written += 1
        return written

    def drop(self, keys: Iterable[int]) -> None:
        for key in keys:
            self._next.pop(key, None)

    def commit(self, sequence: int) -> None:
        self._held = dict(self._next)
        self._sequence = sequence

    def clear(self) -> None:
        self._next = {}

    def close(self) -> None:
        """Nothing to close."""

    def find(
        self,
        query: Node,
        *,
        today: date,
        sort: Sort = BY_RELEVANCE,
        limit: int = 20,
        offset: int = 0,
        after: int | None = None,
        facets: Sequence[str] = (),
        top: int = 10,
    ) -> Found:
        found = self._ordered(query, today, sort)
        rest = self._behind(found, sort, after)[offset : offset + limit]
        page = tuple(Hit(record.document.key, score, self._place(record, sort)) for score, record in rest)
        counts = tuple(self._counted(found, field, today, top) for field in facets)
        return Found(len(found), page, counts)

    def count(self, query: Node, by: Sequence[str], *, today: date, top: int | None = None) -> tuple[FacetCount, ...]:
        found = self._ordered(query, today, BY_RELEVANCE)
        return tuple(self._counted(found, field, today, top) for field in by)

    def cube(
        self,
        query: Node,
        by: Sequence[str],
        *,
        today: date,
        only: Mapping[str, Collection[int]] = EVERY_VALUE,
    ) -> Cube:
        checked_crossing(self.subject, by)
        found = [record for _, record in self._ordered(query, today, BY_RELEVANCE)]
        groups: dict[tuple[str, ...], Counter[Key]] = {group: Counter() for group in selections(tuple(by))}
        for record in found:
            held: dict[str, set[int] | set[None]] = {
                field: self._values(record, field, today) or {None} for field in by
            }
            for group, counts in groups.items():
                counts.update(product(*(held[field] for field in group)))
        for group, counts in groups.items():
            for at, field in enumerate(group):
                for key in [key for key in counts if len(group) > 1 and field in only and key[at] not in only[field]]:
                    del counts[key]
        return Cube(tuple(by), len(found), groups)

    def suggest(self, field: str, beginning: str, limit: int = 10) -> list[Suggestion]:
        start = text.fold(beginning).strip()
        counts: Counter[str] = Counter()
        for one in offering(self.subject, field) if start else ():
            for record in self._held.values():
                values = record.document.texts.get(one, ())
                counts.update({offer for value in values for offer in offers(self.subject, one, value)})
        ranked = sorted((-count, offer) for offer, count in counts.items() if offer.startswith(start))
        return [Suggestion(offer, -count) for count, offer in ranked[:limit]]

    def scan(self, query: Node, *, today: date, sort: Sort = BY_RELEVANCE, after: int | None = None) -> Iterator[int]:
        for _, record in self._behind(self._ordered(query, today, sort), sort, after):
            yield record.document.key

    def _behind(self, found: list[tuple[float, _Record]], sort: Sort, after: int | None) -> list[tuple[float, _Record]]:
        checked_after(sort, after)
        return found if after is None else [one for one in found if self._place(one[1], sort) < after]

    @staticmethod
    def _place(record: _Record, sort: Sort) -> int:
        if is_relevance(sort):
            return 0
        values = record.document.integers.get(sort.by, ())
        return place(values[0] if values else None, record.document.key, descending=sort.descending)

    def _ordered(self, query: Node, today: date, sort: Sort) -> list[tuple[float, _Record]]:
        checked_sort(self.subject, sort)
        leaves = measured(self.subject, query)
        phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)] if ranks(query) else []
        found = [self._held[key] for key in self._keys(query, today)]
        if is_relevance(sort):
            scores = self._scores(phrases, today)
            scored = [(scores[record.document.key], record) for record in found]
            return sorted(scored, key=lambda one: (-one[0], -one[1].document.key))

        ordered = sorted(found, key=lambda record: self._place(record, sort), reverse=True)
        return [(0.0, record) for record in ordered]

    def _scores(self, phrases: Sequence[Phrase], today: date) -> dict[int, float]:
        """For every record the weights of the fields in which the phrases stand."""
        scores = dict.fromkeys(self._held, 0.0)
        for phrase in phrases:
            for field in fields.atoms(self.subject, phrase.field):
                for key in self._leaf_keys(phrase, field, today):
                    scores[key] += weight(field)
        return scores

    def _keys(self, node: Node, today: date) -> set[int]:
        """The records a tree holds for."""
        match node:
            case And(items):
                return set(self._held).intersection(*(self._keys(item, today) for item in items))
            case Or(items):
                return set().union(*(self._keys(item, today) for item in items))
            case Not(item):
                return set(self._held) - self._keys(item, today)
            case Everything():
                return set(self._held)
            case _:
                fields_of = fields.atoms(self.subject, node.field)
                return set().union(*(self._leaf_keys(node, field, today) for field in fields_of))

    def _leaf_keys(self, leaf: Leaf, field: str, today: date) -> set[int]:
        holds = self._test(leaf, field, today)
        return {key for key, record in self._held.items() if holds(record)}

    def _test(self, leaf: Leaf, field: str, today: date) -> Callable[[_Record], bool]:
        """Whether a record has what a leaf asks of one field."""
        match leaf:
            case Phrase(_, words):
                needle = text.canonical(comparable(self.subject, field, words)).strip(text.BREAK)
                return lambda record: bool(needle) and needle in record.plain.get(field, "")
            case Wild() | Near() | Freq():
                compared = comparison(self.subject, field)
                return lambda record: positions.holds(leaf, record.marked.get(field, ""), compared)
            case Code(_, value):
                if fields.field(self.subject, field).kind is FieldKind.NAME:
                    return lambda record: value in record.document.labels.get(field, ())
                return lambda record: value in self._integers(record, field, today)
            case Range(_, low, high):
                least, most = -inf if low is None else low, inf if high is None else high
                return lambda record: any(least <= one <= most for one in self._integers(record, field, today))
            case Number(_, key, prefix):
                if prefix:
                    return lambda record: any(one.startswith(key) for one in record.document.numbers.get(field, ()))
                return lambda record: key in record.document.numbers.get(field, ())
            case Class():
                below = self._descendants(field, leaf.symbol) if leaf.low and self._descendants else None
                terms = class_wanted(leaf, below)
                return lambda record: any(
                    not set(terms).isdisjoint(class_terms(one)) for one in record.document.symbols.get(field, ())
                )
        raise BadQuery("检索引擎不认识这种条件。")

    def _integers(self, record: _Record, field: str, today: date) -> Sequence[int]:
        held = record.document.integers
        if field not in ("st", "life"):
            return held.get(field, ())
        statuses = [self._calendar.status(base, held, today) for base in held.get("st", ())]
        if field == "st":
            return statuses
        return [self._calendar.lives[status] for status in statuses if status in self._calendar.lives]

    def _values(self, record: _Record, field: str, today: date) -> set[int]:
        """The values of one facet a record is counted under."""
        if fields.field(self.subject, field).kind is FieldKind.NAME:
            return set(record.document.labels.get(field, ()))
        return set(self._integers(record, field, today))

    def _counted(self, found: list[tuple[float, _Record]], field: str, today: date, top: int | None) -> FacetCount:
        row = fields.field(self.subject, field)
        if not row.facet:
            raise BadQuery(f"不能按“{row.zh}”统计。")
        counts: Counter[int] = Counter()
        missing = 0
        for _, record in found:
            values = self._values(record, field, today)
            counts.update(values)
            missing += not values
        ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return FacetCount(field, tuple(Bucket(*one) for one in ranked[:top]), len(counts), missing)
