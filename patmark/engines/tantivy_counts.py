"""Exact counts of a result by its facets, from tantivy's aggregations over the columns of tantivy_schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import tantivy
from tantivy import FieldType

from patmark import fields
from patmark.engines.base import Bucket, FacetCount
from patmark.engines.tantivy_pages import total
from patmark.engines.tantivy_query import both
from patmark.engines.tantivy_schema import FACET
from patmark.engines.turns import Calendar, Turn
from patmark.errors import BadQuery
from patmark.fields import FieldKind, Subject

#: A terms aggregation is exact only where no segment cuts its list: this many values are never reached.
_EVERY = 50_000_000
#: Values listed for a page of results; where a field has more, the page says "at least so many".
_LISTED = 1_000
#: tantivy refuses to answer with more buckets than 65,000 in all; longer lists are read in portions of this many.
_PORTION = 50_000

Stored = dict[int, int]


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

    def __init__(
        self,
        subject: Subject,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        *,
        today: date,
        calendar: Calendar,
    ) -> None:
        self._subject = subject
        self._searcher = searcher
        self._schema = schema
        self._today = today
        self._calendar = calendar

    def page(self, query: tantivy.Query, by: Sequence[str], top: int) -> tuple[FacetCount, ...]:
        """The `top` most frequent values of each field (ties: the smaller value first), with exact counts.

        `distinct` is exact up to `_LISTED` values, beyond that a lower bound: `FacetCount.at_least` says so.
        """
        columns = {field: column(self._subject, field) for field in by}
        listed = max(_LISTED, 2 * top)
        wanted: dict[str, Any] = {one: _terms(one, listed) for one in set(columns.values())}
        turning = self._turning() if "st" in wanted else {}
        wanted |= {name: {"filter": condition} for name, (_, condition) in turning.items()}
        answer = self._searcher.aggregate(query, wanted) if wanted else {}
        found: list[FacetCount] = []
        for field, name in columns.items():
            stored = _stored(answer[name])
            cut = int(answer[name].get("sum_other_doc_count") or 0) > 0
            if name == "st":
                _turn(stored, {one: int(answer[one]["doc_count"]) for one in turning}, turning)
            if cut and _tied(stored, top):
                stored, cut = self._every(query, name), False
            elif cut and 0 not in stored:
                stored[0] = self._without(query, name)
            found.append(self._ranked(field, self._values(field, stored), top, at_least=cut))
        return tuple(found)

    def whole(self, query: tantivy.Query, by: Sequence[str], top: int | None) -> tuple[FacetCount, ...]:
        """The same with every value counted: the list as long as asked, `distinct` always exact."""
        found: list[FacetCount] = []
        for field in by:
            name = column(self._subject, field)
            stored = self._every(query, name)
            if name == "st":
                turning = self._turning()
                answer = self._searcher.aggregate(query, {one: {"filter": rule} for one, (_, rule) in turning.items()})
                _turn(stored, {one: int(answer[one]["doc_count"]) for one in turning}, turning)
            found.append(self._ranked(field, self._values(field, stored), top))
        return tuple(found)

    def _without(self, query: tantivy.Query, name: str) -> int:
        """How many records of a result carry no value."""
        none = tantivy.Query.range_query(self._schema, name, FieldType.Unsigned, 0, 0)
        return total(self._searcher.search(both([query, none]), 1))

    def _every(self, query: tantivy.Query, name: str) -> Stored:
        """Every stored value of a column in a result with its count."""
        answer = self._searcher.aggregate(query, {name: _terms(name, _PORTION)})[name]
        if not answer.get("sum_other_doc_count"):
            return _stored(answer)
        stored: Stored = {}
        after: dict[str, Any] = {}
        while True:
            wanted = {"size": _PORTION, "sources": [{name: {"terms": {"field": name}}}], **after}
            answer = self._searcher.aggregate(query, {name: {"composite": wanted}})[name]
            stored |= {int(row["key"][name]): int(row["doc_count"]) for row in answer["buckets"]}
            if len(answer["buckets"]) < _PORTION:
                return stored
            after = {"after": answer["after_key"]}

    def _turning(self) -> dict[str, tuple[tuple[Turn, ...], str]]:
        """A name for every chain of turns, with the condition under which a record has gone through all of it."""
        found: dict[str, tuple[tuple[Turn, ...], str]] = {}
        for base in sorted({turn.base for turn in self._calendar.turns}):
            for path in self._calendar.paths_from(base)[1:]:
                dates = (f"{turn.field}:[1 TO {turn.last_turned(self._today) + 1}]" for turn in path.turned)
                found[f"turn{len(found)}"] = (path.turned, " AND ".join([f"st:{base + 1}", *dates]))
        return found

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
    def _ranked(field: str, stored: Stored, top: int | None, *, at_least: bool = False) -> FacetCount:
        """Stored values are one higher than they mean, and 0 stands for the records without a value."""
        missing = stored.pop(0, 0)
        ranked = sorted((-count, value) for value, count in stored.items() if count)
        buckets = tuple(Bucket(value - 1, -count) for count, value in ranked[:top])
        return FacetCount(field, buckets, len(ranked), missing, at_least)


def _terms(name: str, size: int) -> dict[str, Any]:
    # Missing is one more value (0), so one more is asked for.
    return {"terms": {"field": name, "size": size + 1, "segment_size": _EVERY}}


def _stored(answer: Mapping[str, Any]) -> Stored:
    return {int(row["key"]): int(row["doc_count"]) for row in answer["buckets"]}


def _tied(stored: Stored, top: int) -> bool:
    """Whether values beyond a list that was cut may be as frequent as the last one shown."""
    counts = sorted((count for value, count in stored.items() if value), reverse=True)
    return top > 0 and counts[min(top, len(counts)) - 1] == counts[-1]


def _turn(statuses: Stored, counted: Mapping[str, int], turning: Mapping[str, tuple[tuple[Turn, ...], str]]) -> None:
    """Moves the records that have turned from the status they were in to the one they came to."""
    for name, (turned, _) in turning.items():
        last = turned[-1]
        for status, change in ((last.base, -counted[name]), (last.becomes, counted[name])):
            statuses[status + 1] = statuses.get(status + 1, 0) + change
