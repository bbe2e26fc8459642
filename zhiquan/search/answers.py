"""One question, one answer: what a page, the command line and an export show for a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from patmark.engines.base import Bucket, FacetCount, Sort
from patmark.engines.sorting import BY_RELEVANCE
from patmark.fields import Subject
from patmark.query.parse import parse
from patmark.query.printing import write
from patmark.query.reading import Note, Reading
from patmark.query.tree import And, Everything, Node, Not, Or, Phrase
from patmark.query.words import explain
from zhiquan.search.asked import Asked
from zhiquan.search.combined import Combined, both, combined
from zhiquan.search.index import engine
from zhiquan.search.labels import field_name, labels, said
from zhiquan.search.marks import on_list
from zhiquan.search.schemes import context

#: The facets beside a result, in the order people read them.
FACETS = {
    Subject.PATENT: ("kind", "life", "dist", "pa", "sub", "ady"),
    Subject.TRADEMARK: ("life", "nice", "dist", "hol", "fdy"),
}
#: Values of a facet listed beside a result; a page of its own has them all.
TOP = 8


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value of a facet with its words, how many records carry it, and the clause that narrows to it, if any.

    `word` says it in an address, `on` that it is chosen.
    """

    label: str
    count: int
    clause: str
    value: int = 0
    word: str = ""
    on: bool = False


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
    top: int = TOP,
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


def meant(asked: Asked) -> Combined:
    """What an address asks for, as one tree. Raises BadQuery, BadInput, and NotFound for an unknown marked list."""
    subject = asked.subject
    within = [read(one, subject) for one in asked.within]
    question = combined(subject, read(asked.query, subject), within, asked.chosen)
    return replace(question, listed=on_list(asked.marks, subject)) if asked.marks else question


def answer(asked: Asked, question: Combined) -> Answer:
    """A page of the result an address asks for. A facet counts as if nothing of it were chosen, so that one can add."""
    subject, tree = asked.subject, question.tree
    names = FACETS[subject]
    free = [key for key in names if key not in question.chosen]
    found = engine(subject).find(
        tree,
        today=today(),
        sort=Sort(asked.sort, descending=not asked.rising),
        limit=asked.per,
        offset=asked.first,
        facets=free,
        top=TOP,
    )
    counted = {one.field: one for one in found.facets}
    counted |= {key: _beside(question, key) for key in question.chosen}
    # A facet that is not shown otherwise is shown as long as something of it is chosen.
    shown = [*names, *(key for key in question.chosen if key not in names)]
    return Answer(
        subject=subject,
        read_as=explain(question.told, subject, said("zh", "en")),
        canonical=question.written,
        notes=question.notes,
        tree=tree,
        total=found.total,
        keys=tuple(hit.key for hit in found.hits),
        facets=tuple(view(subject, counted[key], question.values(key)) for key in shown),
    )


def total(subject: Subject, tree: Node) -> int:
    """How many records a tree finds."""
    return engine(subject).find(tree, today=today(), limit=0).total


def _beside(question: Combined, key: str) -> FacetCount:
    """The counts of a facet among what everything but its own values finds; the chosen ones are always counted."""
    rest, values = question.without(key), question.values(key)
    found = engine(question.subject).find(rest, today=today(), limit=0, facets=(key,), top=TOP).facets[0]
    listed = {bucket.value for bucket in found.buckets}
    named = labels(question.subject, key, [value for value in values if value not in listed])
    chosen = [Bucket(value, total(question.subject, both(rest, one.node))) for value, one in named.items()]
    return replace(found, buckets=(*found.buckets, *chosen))


def view(subject: Subject, counts: FacetCount, chosen: Sequence[int] = ()) -> FacetView:
    """Counts by integer ids as rows with words."""
    words = labels(subject, counts.field, [bucket.value for bucket in counts.buckets])
    rows = tuple(
        FacetRow(one.text, bucket.count, one.clause, bucket.value, one.word, bucket.value in chosen)
        for bucket in counts.buckets
        for one in (words[bucket.value],)
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
