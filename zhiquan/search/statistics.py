"""A statistic of any result: exact counts by one field or two crossed, each with the address of its records."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from patmark.analysis.trend import complete_until, span
from patmark.cube import Cube
from patmark.engines.base import EVERY_VALUE
from patmark.fields import Subject
from patmark.query.tree import Node
from zhiquan.search.answers import today
from zhiquan.search.asked import MOST_WITHIN, Asked
from zhiquan.search.combined import Combined
from zhiquan.search.holdings import holdings
from zhiquan.search.index import engine
from zhiquan.search.labels import Label, field_name, labels
from zhiquan.search.statistics_wanted import FILING_YEARS, YEARS, Wanted

#: Years shown at most; a table and a chart with more say little.
MOST_YEARS = 30
#: A field with more values is crossed only for those that are shown.
FEW = 60
#: How long counts are kept; a change of the records asks anew at once, because its number is in their name.
KEEP = 24 * 3600
RECORDS = {Subject.PATENT: "search", Subject.TRADEMARK: "trademarks"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of records with the address that opens exactly them; empty where no address says them."""

    count: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its value in words, all of its records, and its cells. `doubtful` years are not complete yet."""

    label: str
    whole: Cell
    cells: tuple[Cell, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """A field as it is laid out: the values shown with their words, how many there are, records without one."""

    subject: Subject
    key: str
    name: str
    values: tuple[int, ...]
    words: Mapping[int, Label]
    distinct: int
    missing: int
    overlaps: bool

    @property
    def more(self) -> int:
        """Values that are not shown."""
        return self.distinct - len([one for one in self.values if one in self.words])

    def label(self, value: int) -> str:
        return self.words[value].text if value in self.words else str(value)


@dataclass(frozen=True)
class Figure:
    """A statistic as pages, files and charts take it. What is counted are applications: one record each."""

    asked: Asked
    question: Combined
    wanted: Wanted
    cube: Cube
    rows: Axis
    columns: Axis | None
    sequence: int
    years: str
    complete: int | None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        across = self.columns.values if self.columns else ()
        return tuple(
            Line(
                label=self.rows.label(value),
                whole=self._cell({self.rows.key: value}),
                cells=tuple(self._cell({self.rows.key: value, self.wanted.across: other}) for other in across),
                doubtful=self.rows.key == self.years and self.is_doubtful(value),
            )
            for value in self.rows.values
        )

    @cached_property
    def foot(self) -> tuple[Cell, ...]:
        """All records of each column."""
        return tuple(self._cell({self.wanted.across: one}) for one in self.columns.values) if self.columns else ()

    @property
    def total(self) -> Cell:
        return self._cell({})

    @property
    def title(self) -> str:
        names = [one.name for one in (self.rows, self.columns) if one]
        return " × ".join(names)

    def is_doubtful(self, value: int) -> bool:
        return self.complete is not None and value > self.complete

    def address(self, where: Mapping[str, int]) -> str:
        """The address of the records that carry these values."""
        return address_of(self.asked, where, self._words)

    def _cell(self, where: Mapping[str, int]) -> Cell:
        return Cell(self.cube.at(where), self.address(where))

    @cached_property
    def _words(self) -> Mapping[str, Mapping[int, Label]]:
        return {one.key: one.words for one in (self.rows, self.columns) if one}


def figure(asked: Asked, question: Combined, wanted: Wanted) -> Figure:
    """Counts the statistic. Raises BadQuery, EngineDown."""
    subject, tree = asked.subject, question.tree
    alone = {key: counted(subject, tree, (key,)) for key in wanted.names}
    axes = {key: _axis(subject, key, cube, wanted.top) for key, cube in alone.items()}
    many = {key: axes[key].values for key, cube in alone.items() if len(cube.values(key)) > FEW}
    cube = counted(subject, tree, wanted.names, many) if wanted.across else alone[wanted.by]
    years = next((key for key in wanted.names if key in YEARS), "")
    return Figure(
        asked=asked,
        question=question,
        wanted=wanted,
        cube=cube,
        rows=axes[wanted.by],
        columns=axes.get(wanted.across),
        sequence=engine(subject).sequence,
        years=years,
        complete=complete(subject, years),
    )


def counted(subject: Subject, tree: Node, by: Sequence[str], only: Mapping[str, Collection[int]] = EVERY_VALUE) -> Cube:
    """The cube of a tree today, kept until a record changes."""
    asked = (str(settings.ZHIQUAN_SEARCH_FOLDER), subject.value, engine(subject).sequence, today(), tree, by, only)
    key = "cube:" + hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()
    kept = cache.get(key)
    if isinstance(kept, Cube):
        return kept
    cube = engine(subject).cube(tree, by, today=today(), only=only)
    cache.set(key, cube, KEEP)
    return cube


def newest(subject: Subject) -> date | None:
    """The newest publication day held: how far the data reach."""
    return holdings(subject).until


def complete(subject: Subject, key: str) -> int | None:
    """The last year whose counts are complete, of a field of years; None of other fields and without any dates."""
    held = holdings(subject)
    if key not in YEARS or held.until is None:
        return None
    return complete_until(held.until, held.unseen.months if held.unseen and key in FILING_YEARS else 0)


def address_of(asked: Asked, where: Mapping[str, int], words: Mapping[str, Mapping[int, Label]]) -> str:
    """The address of the records of a result that carry these values; empty where there is none.

    A value of a facet of which something is chosen already is asked for within the result: both have to hold.
    """
    for key, value in where.items():
        label = words[key].get(value)
        if label is None:
            return ""
        if not asked.values(key):
            asked = asked.with_values(key, (label.word,))
        elif asked.values(key) != (label.word,):
            if not label.clause or len(asked.within) >= MOST_WITHIN:
                return ""
            asked = replace(asked, within=(*asked.within, label.clause))
    return f"{reverse(RECORDS[asked.subject])}?{asked.kept}"


def unit(subject: Subject) -> str:
    """What is counted as one, in words."""
    return _("件申请") if subject is Subject.PATENT else _("件商标")


def _axis(subject: Subject, key: str, cube: Cube, top: int) -> Axis:
    values = cube.values(key)
    shown = span(values, MOST_YEARS) if key in YEARS else values[:top]
    return Axis(
        subject=subject,
        key=key,
        name=field_name(subject, key),
        values=shown,
        words=labels(subject, key, shown),
        distinct=len(values),
        missing=cube.missing(key),
        overlaps=cube.overlaps(key),
    )
