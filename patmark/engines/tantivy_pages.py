"""Pages and whole results in a stable order: equal places newest first, proven across the ends of a page."""

from __future__ import annotations

from collections.abc import Iterator

import tantivy
from tantivy import FieldType, Occur

from patmark.engines.base import Hit
from patmark.engines.sorting import KEY_MASK
from patmark.engines.tantivy_schema import FRESH, KEY

#: Keys taken from the index at a time when a whole result is read.
_SCAN_CHUNK = 20_000
#: Hits looked at beyond a page when its last score goes on: more each time until the score changes.
_TIE_WINDOW = 64


def in_order(
    searcher: tantivy.Searcher, query: tantivy.Query, column: str, *, limit: int, offset: int
) -> tuple[int, tuple[Hit, ...]]:
    found = searcher.search(query, max(limit, 1), order_by_field=column, offset=offset)
    return total(found), tuple(_placed(int(place), column) for place, _ in found.hits[:limit])


def behind(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query, column: str, *, after: int, limit: int
) -> tuple[int, tuple[Hit, ...]]:
    """The page that begins behind a place; the total is that of the whole result."""
    hits = searcher.search(_below(schema, query, column, after), max(limit, 1), count=False, order_by_field=column).hits
    return total(searcher.search(query, 1)), tuple(_placed(int(place), column) for place, _ in hits[:limit])


def best(searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int) -> tuple[int, tuple[Hit, ...]]:
    """The best hits; equal scores newest first, also where a run of them goes over the ends of the page."""
    end = offset + limit
    window = end + _TIE_WINDOW
    while True:
        found = searcher.search(query, window, weight_by_field=FRESH)
        hits = found.hits
        if len(hits) < window or limit == 0 or hits[-1][0] != hits[end - 1][0]:
            break
        window *= 4
    page = hits[offset:end]
    if not page:
        return total(found), ()
    first = next(at for at, (score, _) in enumerate(hits) if score == page[0][0])
    run = [hit for hit in hits[first:] if hit[0] >= page[-1][0]]
    ranked = sorted((-score, -key) for score, key in _keyed(searcher, run))
    return total(found), tuple(Hit(-key, -score) for score, key in ranked[offset - first : end - first])


def every_in_order(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query, column: str, *, after: int | None = None
) -> Iterator[int]:
    """Every key by falling column: each portion begins below the last value read, so none costs more than another."""
    below = query if after is None else _below(schema, query, column, after)
    while True:
        hits = searcher.search(below, _SCAN_CHUNK, count=False, order_by_field=column).hits
        for place, _ in hits:
            yield int(place) & KEY_MASK
        if len(hits) < _SCAN_CHUNK or int(hits[-1][0]) == 0:
            return
        below = _below(schema, query, column, int(hits[-1][0]))


def every_scored(searcher: tantivy.Searcher, query: tantivy.Query) -> Iterator[int]:
    """By falling score; a run of equal scores is held until it ends, then given newest first."""
    offset, current = 0, -1.0
    run: list[int] = []
    while True:
        hits = searcher.search(query, _SCAN_CHUNK, count=False, offset=offset, weight_by_field=FRESH).hits
        for score, key in _keyed(searcher, hits):
            if score != current:
                yield from sorted(run, reverse=True)
                run, current = [], score
            run.append(key)
        if len(hits) < _SCAN_CHUNK:
            yield from sorted(run, reverse=True)
            return
        offset += _SCAN_CHUNK


def _below(schema: tantivy.Schema, query: tantivy.Query, column: str, place: int) -> tantivy.Query:
    """What a query finds below a place in the order by a column."""
    if place <= 0:
        return tantivy.Query.empty_query()
    rest = tantivy.Query.range_query(schema, column, FieldType.Unsigned, None, place - 1)
    return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, rest)])


def _placed(place: int, column: str) -> Hit:
    return Hit(place & KEY_MASK, place=0 if column == KEY else place)


def _keyed(searcher: tantivy.Searcher, hits: list[tuple[float, tantivy.DocAddress]]) -> list[tuple[float, int]]:
    """Scores with the keys of the records they belong to."""
    keys = searcher.fast_field_values(KEY, [address for _, address in hits])
    return [(score, int(key or 0)) for (score, _), key in zip(hits, keys, strict=True)]


def total(found: tantivy.SearchResult) -> int:
    """How many records a search found in all."""
    return int(found.count)  # type: ignore[attr-defined]  # tantivy's own type stub leaves it out
