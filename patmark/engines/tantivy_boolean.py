"""Tantivy queries put together: all of them, one of them, one without others, and those that rank nothing."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy
from tantivy import Occur


def both(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """All of them; everything where none is asked."""
    if len(queries) == 1:
        return queries[0]
    if not queries:
        return tantivy.Query.all_query()
    return tantivy.Query.boolean_query([(Occur.Must, one) for one in queries])


def either(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """At least one of them; nothing where none is asked."""
    if len(queries) == 1:
        return queries[0]
    if not queries:
        return tantivy.Query.empty_query()
    return tantivy.Query.boolean_query([(Occur.Should, one) for one in queries])


def excluding(query: tantivy.Query, denied: Sequence[tantivy.Query]) -> tantivy.Query:
    """The first without any of the others."""
    return tantivy.Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, one) for one in denied)])


def unscored(query: tantivy.Query) -> tantivy.Query:
    """A condition chooses records, it does not rank them."""
    return tantivy.Query.const_score_query(query, 0.0)
