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
#: Values listed for a page of results; where a field has more, the page says "at least so many".
_LISTED = 1_000
#: Values counted again, at most, when segments gave shortened lists.
_RECOUNTED = 300
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
        *,
        today: date,
        calendar: Calendar,
    ) -> None:
        self._subject = subject
        self._searcher = searcher
        self._today = today
        self._calendar = calendar

    def page(self, query: tantivy.Query, by: Sequence[str], top: int) -> tuple[FacetCount, ...]:
        """The `top` most frequent values of each field (ties: the smaller value first), with exact counts.

        `distinct` is exact up to `_LISTED` values, beyond that a lower bound: `FacetCount.at_least` says so.
        """
        columns = {field: column(self._subject, field) for field in by}
        listed = max(_LISTED, 2 * top)
        wanted: dict[str, Any] = {one: _terms(one, listed, listed) for one in set(columns.values())}
        turning = self._turning() if "st" in wanted else {}
        wanted |= {name: {"filter": condition} for name, (_, condition) in turning.items()}
        answer = self._searcher.aggregate(query, wanted) if wanted else {}
        found: list[FacetCount] = []
        for field, name in columns.items():
            stored, at_least = self._settled(query, name, answer[name], top)
            if name == "st":
                _turn(stored, {one: int(answer[one]["doc_count"]) for one in turning}, turning)
            found.append(self._ranked(field, self._values(field, stored), top, at_least=at_least))
        return tuple(found)

    def _settled(self, query: tantivy.Query, name: str, answer: Mapping[str, Any], top: int) -> tuple[Stored, bool]:
        """Exact counts of the values that matter, and whether there are more values than are listed.

        1. Lists that no segment cut are exact as they are.
        2. Else every value that may belong to the top is counted again, if those that are not listed cannot.
        3. Else the segments give their whole lists; where even then equals may have been cut, every value is read.
        """
        listed = _stored(answer)
        if not _is_cut(answer):
            return listed, False
        doubtful = _doubtful(answer, listed, top)
        if doubtful is None:
            whole = _terms(name, len(listed), _EVERY)
            answer = self._searcher.aggregate(query, {name: whole})[name]
            listed = _stored(answer)
            doubtful = _doubtful(answer, listed, top)
        if doubtful is None:
            return self._every(query, name), False
        return listed | self._recounted(query, name, doubtful), True

    def _recounted(self, query: tantivy.Query, name: str, values: Sequence[int]) -> Stored:
        """Exact counts of some stored values."""
        if not values:
            return {}
        ranges = [{"from": value, "to": value + 1} for value in values]
        answer = self._searcher.aggregate(query, {name: {"range": {"field": name, "ranges": ranges}}})[name]
        # tantivy fills the gaps with ranges of its own, and writes no "from" for the least number there is.
        counts = {int(row.get("from") or 0): int(row["doc_count"]) for row in answer["buckets"] if "to" in row}
        return {value: counts[value] for value in values}

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

    def _every(self, query: tantivy.Query, name: str) -> Stored:
        """Every stored value of a column in a result with its count."""
        answer = self._searcher.aggregate(query, {name: _terms(name, _PORTION, _EVERY)})[name]
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


def _terms(name: str, size: int, segment_size: int) -> dict[str, Any]:
    # Missing is one more value (0), so one more is asked for.
    return {"terms": {"field": name, "size": size + 1, "segment_size": segment_size + 1}}


def _stored(answer: Mapping[str, Any]) -> Stored:
    return {int(row["key"]): int(row["doc_count"]) for row in answer["buckets"]}


def _is_cut(answer: Mapping[str, Any]) -> bool:
    return bool(answer.get("sum_other_doc_count") or answer.get("doc_count_error_upper_bound"))


def _doubtful(answer: Mapping[str, Any], listed: Stored, top: int) -> list[int] | None:
    """The values of a cut list to count again so that its top is exact; None where a value not listed may belong there.

    tantivy tells by how much a listed count may be short: no value left out anywhere has more than the smallest
    listed count and this together.
    """
    short = int(answer.get("doc_count_error_upper_bound") or 0)
    counts = sorted((count for value, count in listed.items() if value), reverse=True)
    least = counts[min(top, len(counts)) - 1] if top else counts[0] + short + counts[-1] + 1
    if counts[-1] + short >= least:
        return None
    doubtful = {value for value, count in listed.items() if count + short >= least} if short else set()
    if short or 0 not in listed:
        doubtful.add(0)
    return sorted(doubtful) if len(doubtful) <= _RECOUNTED else None


def _turn(statuses: Stored, counted: Mapping[str, int], turning: Mapping[str, tuple[tuple[Turn, ...], str]]) -> None:
    """Moves the records that have turned from the status they were in to the one they came to."""
    for name, (turned, _) in turning.items():
        last = turned[-1]
        for status, change in ((last.base, -counted[name]), (last.becomes, counted[name])):
            statuses[status + 1] = statuses.get(status + 1, 0) + change
