"""Pages and whole results in a stable order: equal places newest first, proven across the ends of a page."""

from __future__ import annotations

from collections.abc import Iterator

import tantivy
from tantivy import FieldType, Occur

from patmark.engines.base import Hit
from patmark.engines.tantivy_schema import FRESH, KEY, KEY_MASK

#: Keys taken from the index at a time when a whole result is read.
_SCAN_CHUNK = 20_000
#: Hits looked at beyond a page when its last score goes on: more each time until the score changes.
_TIE_WINDOW = 64


def in_order(
    searcher: tantivy.Searcher, query: tantivy.Query, column: str, *, limit: int, offset: int
) -> tuple[int, tuple[Hit, ...]]:
    found = searcher.search(query, max(limit, 1), order_by_field=column, offset=offset)
    return total(found), tuple(Hit(int(place) & KEY_MASK) for place, _ in found.hits[:limit])


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
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query, column: str
) -> Iterator[int]:
    """Every key by falling column: each portion begins below the last value read, so none costs more than another."""
    below = query
    while True:
        hits = searcher.search(below, _SCAN_CHUNK, count=False, order_by_field=column).hits
        for place, _ in hits:
            yield int(place) & KEY_MASK
        if len(hits) < _SCAN_CHUNK or int(hits[-1][0]) == 0:
            return
        rest = tantivy.Query.range_query(schema, column, FieldType.Unsigned, None, int(hits[-1][0]) - 1)
        below = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, rest)])


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


def _keyed(searcher: tantivy.Searcher, hits: list[tuple[float, tantivy.DocAddress]]) -> list[tuple[float, int]]:
    """Scores with the keys of the records they belong to."""
    keys = searcher.fast_field_values(KEY, [address for _, address in hits])
    return [(score, int(key or 0)) for (score, _), key in zip(hits, keys, strict=True)]


def total(found: tantivy.SearchResult) -> int:
    """How many records a search found in all."""
    return int(found.count)  # type: ignore[attr-defined]  # tantivy's own type stub leaves it out
