"""Exact counts of a result by its facets, from tantivy's aggregations over the columns of tantivy_schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import tantivy

from patmark import fields
from patmark.engines.base import Bucket, FacetCount
from patmark.engines.tantivy_schema import FACET
from patmark.engines.turns import Calendar, Turn
from patmark.errors import BadQuery
from patmark.fields import FieldKind, Subject

#: A terms aggregation is exact only where no segment cuts its list: this many values are never reached.
_EVERY = 50_000_000


def column(subject: Subject, field: str) -> str:
    """The column a facet is counted in; BadQuery where the field is no facet."""
    row = fields.field(subject, field)
    if not row.facet:
        raise BadQuery(f"不能按“{row.zh}”统计。")
    if row.key == "life":
        return "st"
    return row.key + FACET if row.kind is FieldKind.NAME else row.key


class Counter:
    """Counts for one subject, one reader of the index and one day."""

    def __init__(self, subject: Subject, searcher: tantivy.Searcher, *, today: date, calendar: Calendar) -> None:
        self._subject = subject
        self._searcher = searcher
        self._today = today
        self._calendar = calendar

    def counts(self, query: tantivy.Query, by: Sequence[str], top: int | None) -> tuple[FacetCount, ...]:
        """The counts by each field: the `top` most frequent values (ties: the smaller value first), or all."""
        columns = {field: column(self._subject, field) for field in by}
        wanted: dict[str, Any] = {
            one: {"terms": {"field": one, "size": _EVERY, "segment_size": _EVERY}} for one in set(columns.values())
        }
        turning = self._turning() if "st" in wanted else {}
        wanted |= {name: {"filter": condition} for name, (_, condition) in turning.items()}
        if not wanted:
            return ()
        answer = self._searcher.aggregate(query, wanted)
        found = {
            one: {int(row["key"]): int(row["doc_count"]) for row in answer[one]["buckets"]} for one in columns.values()
        }
        if "st" in found:
            self._turn(found["st"], {name: int(answer[name]["doc_count"]) for name in turning}, turning)
        return tuple(self._ranked(field, self._values(field, found[name]), top) for field, name in columns.items())

    def _turning(self) -> dict[str, tuple[tuple[Turn, ...], str]]:
        """A name for every chain of turns, with the condition under which a record has gone through all of it."""
        found: dict[str, tuple[tuple[Turn, ...], str]] = {}
        for base in sorted({turn.base for turn in self._calendar.turns}):
            for path in self._calendar.paths_from(base)[1:]:
                dates = (f"{turn.field}:[1 TO {turn.last_turned(self._today) + 1}]" for turn in path.turned)
                found[f"turn{len(found)}"] = (path.turned, " AND ".join([f"st:{base + 1}", *dates]))
        return found

    @staticmethod
    def _turn(
        statuses: dict[int, int], counted: Mapping[str, int], turning: Mapping[str, tuple[tuple[Turn, ...], str]]
    ) -> None:
        """Moves the records that have turned from the status they were in to the one they came to."""
        for name, (turned, _) in turning.items():
            last = turned[-1]
            for status, change in ((last.base, -counted[name]), (last.becomes, counted[name])):
                statuses[status + 1] = statuses.get(status + 1, 0) + change

    def _values(self, field: str, stored: Mapping[int, int]) -> dict[int, int]:
        """Counts by life instead of by status where life is asked for."""
        if field != "life":
            return dict(stored)
        lives: dict[int, int] = {}
        for status, count in stored.items():
            life = self._calendar.lives.get(status - 1, -1) + 1
            lives[life] = lives.get(life, 0) + count
        return lives

    @staticmethod
    def _ranked(field: str, stored: dict[int, int], top: int | None) -> FacetCount:
        """Stored values are one higher than they mean, and 0 stands for the records without a value."""
        missing = stored.pop(0, 0)
        ranked = sorted((-count, value) for value, count in stored.items() if count)
        buckets = tuple(Bucket(value - 1, -count) for count, value in ranked[:top])
        return FacetCount(field, buckets, len(ranked), missing)
