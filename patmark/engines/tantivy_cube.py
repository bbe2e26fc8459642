"""Exact counts of a result crossed by several facets, from tantivy's composite aggregations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import tantivy

from patmark.cube import Cube, Group, Key, selections
from patmark.engines.tantivy_boolean import both
from patmark.engines.tantivy_counts import column
from patmark.engines.tantivy_pages import total
from patmark.engines.tantivy_query import Translator
from patmark.engines.turns import Calendar, Path
from patmark.fields import Subject
from patmark.query.tree import Code, Or

#: tantivy refuses to answer with more buckets than 65,000 in all; more cells are read in portions of this many.
_PORTION = 50_000
_STATUS = "st"

#: Stored values of some columns (one higher than they mean, 0 for none) → how many records.
Stored = dict[tuple[int, ...], int]


class Crossing:
    """Crosses facets for one subject, one reader of the index and one day (the translator's)."""

    def __init__(
        self, subject: Subject, searcher: tantivy.Searcher, *, translator: Translator, calendar: Calendar
    ) -> None:
        self._subject = subject
        self._searcher = searcher
        self._translator = translator
        self._calendar = calendar

    def cube(self, query: tantivy.Query, by: Sequence[str], only: Mapping[str, Collection[int]]) -> Cube:
        """Every selection of the fields is counted on its own, so that margins are counts of records."""
        columns = {field: column(self._subject, field) for field in by}
        groups = {group: self._group(query, group, columns, only) for group in selections(tuple(by))}
        return Cube(tuple(by), total(self._searcher.search(query, 1)), groups)

    def _group(
        self, query: tantivy.Query, group: Group, columns: Mapping[str, str], only: Mapping[str, Collection[int]]
    ) -> dict[Key, int]:
        restricted = {field: frozenset(only[field]) for field in group if field in only} if len(group) > 1 else {}
        among = [
            self._translator.query(Or(tuple(Code(at, one) for one in wanted))) for at, wanted in restricted.items()
        ]
        names = tuple(dict.fromkeys(columns[field] for field in group))
        stored = self._cells(both([query, *among]) if among else query, names)
        cells: dict[Key, int] = {}
        for held_values, count in stored.items():
            held = dict(zip(names, held_values, strict=True))
            key = tuple(self._value(field, held[columns[field]]) for field in group)
            if count and all(key[group.index(field)] in wanted for field, wanted in restricted.items()):
                cells[key] = cells.get(key, 0) + count
        return cells

    def _cells(self, query: tantivy.Query, names: Sequence[str]) -> Stored:
        """The cells of some columns; records whose status has turned by today stand where they came to."""
        stored = dict(self._composite(query, names))
        if _STATUS not in names:
            return stored
        at = names.index(_STATUS)
        for base in sorted({turn.base for turn in self._calendar.turns}):
            for path in self._calendar.paths_from(base)[1:]:
                last = path.turned[-1]
                turned = both([query, self._translator.path(Path(base, path.turned))])
                for values, count in self._composite(turned, names):
                    for status, change in ((last.base, -count), (last.becomes, count)):
                        key = (*values[:at], status + 1, *values[at + 1 :])
                        stored[key] = stored.get(key, 0) + change
        return stored

    def _composite(self, query: tantivy.Query, names: Sequence[str]) -> Iterator[tuple[tuple[int, ...], int]]:
        sources = [{name: {"terms": {"field": name}}} for name in names]
        after: dict[str, Any] = {}
        while True:
            wanted = {"size": _PORTION, "sources": sources, **after}
            answer = self._searcher.aggregate(query, {"cells": {"composite": wanted}})["cells"]
            for row in answer["buckets"]:
                yield tuple(int(row["key"][name]) for name in names), int(row["doc_count"])
            if len(answer["buckets"]) < _PORTION:
                return
            after = {"after": answer["after_key"]}

    def _value(self, field: str, stored: int) -> int | None:
        if field == "life":
            stored = self._calendar.lives.get(stored - 1, -1) + 1
        return stored - 1 if stored else None
