"""One question, one answer: what a page, the command line and an export show for a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from patmark.engines.base import FacetCount, Sort
from patmark.engines.sorting import BY_RELEVANCE
from patmark.fields import Subject
from patmark.query.parse import parse
from patmark.query.printing import write
from patmark.query.reading import Note, Reading
from patmark.query.tree import And, Everything, Node, Not, Or, Phrase
from patmark.query.words import explain
from zhiquan.search.index import engine
from zhiquan.search.labels import field_name, labels, said
from zhiquan.search.schemes import context

#: The facets beside a result, in the order people read them.
FACETS = {
    Subject.PATENT: ("kind", "life", "pa", "dist", "sub", "ady"),
    Subject.TRADEMARK: ("life", "nice", "hol", "dist", "fdy"),
}
SORTS = {
    Subject.PATENT: ("relevance", "ad", "pd"),
    Subject.TRADEMARK: ("relevance", "fd", "rd"),
}


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value of a facet with its words, how many records carry it, and the clause that narrows to it, if any."""

    label: str
    count: int
    clause: str


@dataclass(frozen=True, slots=True)
class FacetView:
    key: str
    name: str
    rows: tuple[FacetRow, ...]
    distinct: int
    missing: int
    at_least: bool

    @property
    def more(self) -> int:
        return self.distinct - len(self.rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """`read_as` is the query in words, `canonical` the same as it can be typed again."""

    subject: Subject
    read_as: str
    canonical: str
    notes: tuple[Note, ...]
    tree: Node
    total: int
    keys: tuple[int, ...]
    facets: tuple[FacetView, ...]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The phrases to highlight."""
        return tuple(dict.fromkeys(_positive(self.tree)))


def read(query: str, subject: Subject) -> Reading:
    """A query as typed, understood; an empty one asks for everything. Raises BadQuery."""
    return parse(query, subject, context()) if query.strip() else Reading(Everything(), ())


def ask(
    query: str,
    subject: Subject,
    *,
    sort: Sort = BY_RELEVANCE,
    limit: int = 20,
    offset: int = 0,
    facets: Sequence[str] | None = None,
    top: int = 8,
) -> Answer:
    """A page of the answer with its facets. Raises BadQuery, EngineDown."""
    reading = read(query, subject)
    names = FACETS[subject] if facets is None else facets
    found = engine(subject).find(
        reading.tree, today=today(), sort=sort, limit=limit, offset=offset, facets=names, top=top
    )
    return Answer(
        subject=subject,
        read_as=explain(reading.tree, subject, said("zh", "en")),
        canonical=write(reading.tree),
        notes=reading.notes,
        tree=reading.tree,
        total=found.total,
        keys=tuple(hit.key for hit in found.hits),
        facets=tuple(view(subject, one) for one in found.facets),
    )


def view(subject: Subject, counts: FacetCount) -> FacetView:
    """Counts by integer ids as rows with words."""
    words = labels(subject, counts.field, [bucket.value for bucket in counts.buckets])
    rows = tuple(
        FacetRow(words[bucket.value].text, bucket.count, words[bucket.value].clause) for bucket in counts.buckets
    )
    name = field_name(subject, counts.field)
    return FacetView(counts.field, name, rows, counts.distinct, counts.missing, counts.at_least)


def today() -> date:
    return timezone.localdate()


def _positive(node: Node) -> list[str]:
    """The texts of phrases that a hit contains, those under a NOT left out."""
    if isinstance(node, And | Or):
        return [text for item in node.items for text in _positive(item)]
    return [node.text] if isinstance(node, Phrase) and not isinstance(node, Not) else []
