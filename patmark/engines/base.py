"""The contract of search engines: put · drop · commit · find · count · cube · suggest · scan. Syntax stays inside.

An engine holds one subject. The database is the truth and the engine a cache: it remembers in each commit the last
number of the change sequence it holds (`sequence`) and the `schema` it was built with; a caller that finds another
schema rebuilds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from patmark.cube import Cube
from patmark.fields import Subject
from patmark.query.tree import Node


@dataclass(frozen=True, slots=True)
class Document:
    """One record as an engine takes it. Keys of the mappings are fields of `patmark/fields.py` (never groups).

    texts:    TEXT and NAME fields: raw values; a phrase never runs from one value into the next
    numbers:  NUMBER fields: normalised keys
    symbols:  CLASS fields: compact symbols as printed, without their parents (the engine adds structural parents)
    integers: DATE (YYYYMMDD), COUNT and CODE fields
    labels:   facet ids of NAME fields (raw party ids), in the order of the names
    title:    what a list of hits shows
    """

    key: int
    title: str = ""
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    symbols: Mapping[str, Sequence[str]] = field(default_factory=dict)
    integers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    labels: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sort:
    """`by` is a sortable field's key, or "relevance". Ties fall to the newest key first, so paging is stable."""

    by: str = "relevance"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found. `place` is where it stands in an order by a field (`sorting.place`), 0 in one by relevance."""

    key: int
    score: float = 0.0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many records of a result carry a value (an integer: facet id, code, year)."""

    value: int
    count: int


@dataclass(frozen=True, slots=True)
class FacetCount:
    """The most frequent values of one field in a result, counted exactly. `missing` records carry none.

    `distinct` values in all; with `at_least` there are more of them (a page of hits need not list them all).
    """

    field: str
    buckets: tuple[Bucket, ...]
    distinct: int
    missing: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a result. `total` is exact, always; so are the facets."""

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    count: int


#: No field of a cube is restricted.
EVERY_VALUE: Mapping[str, Collection[int]] = {}


class Engine(Protocol):
    """One subject's index. Writing methods are for the one process that holds the writer's lock."""

    subject: Subject

    @property
    def sequence(self) -> int:
        """The last change number this engine holds for good (0 when new)."""

    @property
    def size(self) -> int:
        """How many records it holds."""

    def put(self, documents: Iterable[Document]) -> int:
        """Adds or replaces records by key; visible after `commit`. Returns how many."""

    def drop(self, keys: Iterable[int]) -> None:
        """Removes records by key; visible after `commit`."""

    def commit(self, sequence: int) -> None:
        """Makes everything written since the last commit durable and visible, with the change number it reaches."""

    def clear(self) -> None:
        """Removes everything (before a rebuild); visible after `commit`."""

    def find(
        self,
        query: Node,
        *,
        today: date,
        sort: Sort = Sort(),
        limit: int = 20,
        offset: int = 0,
        after: int | None = None,
        facets: Sequence[str] = (),
        top: int = 10,
    ) -> Found:
        """A page of hits with the exact total and the `top` values of each facet field.

        `after` is the place of a hit in the same order by a field: the page begins behind it, wherever it stands now.
        `today` decides the statuses that turn with the calendar (patmark/status.py). Raises EngineDown, BadQuery.
        """

    def count(self, query: Node, by: Sequence[str], *, today: date, top: int | None = None) -> tuple[FacetCount, ...]:
        """Exact counts of the whole result by each field; `top=None` gives every value."""

    def cube(
        self,
        query: Node,
        by: Sequence[str],
        *,
        today: date,
        only: Mapping[str, Collection[int]] = EVERY_VALUE,
    ) -> Cube:
        """The whole result crossed by up to three facets, every cell and margin counted exactly.

        `only` keeps the crossed cells of a field of many values to those named; margins stay those of the whole result.
        Raises BadQuery where the fields cannot be crossed.
        """

    def suggest(self, field: str, beginning: str, limit: int = 10) -> list[Suggestion]:
        """Words of a text field that begin so, the most frequent first."""

    def scan(self, query: Node, *, today: date, sort: Sort = Sort(), after: int | None = None) -> Iterator[int]:
        """Every key of the result, once, in order, for export; memory stays flat. `after` as in `find`."""
