"""The embedded engine and the oracle give the same answers on random corpora, for random trees."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patmark.engines.base import Document, Sort
from patmark.engines.brute import BruteEngine
from patmark.engines.embedded import EmbeddedEngine
from patmark.fields import Subject
from patmark.query.tree import Node
from tests.engines.corpora import CALENDAR, documents, trees

FACETS = ("pa", "dist", "ady", "st", "life")
CROSSED = (
    (("pa", "st"), {}),
    (("life", "dist", "ady"), {}),
    (("st", "pa", "life"), {"pa": (0, 3), "st": (31, 72)}),
)
SORTS = (Sort("ad"), Sort("ad", descending=False), Sort("pd"), Sort("ady", descending=False))
TODAYS = (date(2019, 3, 1), date(2020, 1, 1), date(2020, 1, 2), date(2024, 2, 29), date(2031, 1, 1))


def below(field: str, symbol: str) -> tuple[str, ...]:
    return {"H01M10/05": ("H01M10/05", "H01M10/0525")}.get(symbol, ())


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    with TemporaryDirectory() as folder:
        engine = EmbeddedEngine.create(
            Path(folder) / "index", Subject.PATENT, calendar=CALENDAR, descendants=below, heap=15_000_000
        )
        yield engine
        engine.close()


@settings(max_examples=60, deadline=None)
@given(
    first=documents(),
    second=documents(),
    asked=st.lists(trees(), min_size=8, max_size=16),
    today=st.sampled_from(TODAYS),
)
def test_find_count_and_scan_equal_the_oracle_after_replacing_and_dropping(
    engine: EmbeddedEngine, first: list[Document], second: list[Document], asked: list[Node], today: date
) -> None:
    oracle = BruteEngine(Subject.PATENT, calendar=CALENDAR, descendants=below)
    for one in (engine, oracle):
        one.clear()
        one.put(first)
        one.commit(1)
        one.put(second)
        one.drop([document.key for document in first[::3]])
        one.commit(2)
    assert engine.size == oracle.size
    for query in asked:
        expected = oracle.find(query, today=today, limit=100, facets=FACETS, top=2)
        found = engine.find(query, today=today, limit=100, facets=FACETS, top=2)
        assert found.total == expected.total
        assert found.facets == expected.facets
        assert {hit.key for hit in found.hits} == {hit.key for hit in expected.hits}
        assert engine.count(query, FACETS, today=today) == oracle.count(query, FACETS, today=today)
        for by, only in CROSSED:
            assert engine.cube(query, by, today=today, only=only) == oracle.cube(query, by, today=today, only=only)
        assert sorted(engine.scan(query, today=today)) == sorted(oracle.scan(query, today=today))
        for sort in SORTS:
            assert list(engine.scan(query, today=today, sort=sort)) == list(oracle.scan(query, today=today, sort=sort))
            page = engine.find(query, today=today, sort=sort, limit=3, offset=2)
            assert page == oracle.find(query, today=today, sort=sort, limit=3, offset=2)


@settings(max_examples=30, deadline=None)
@given(held=documents(), beginning=st.sampled_from(("", "锂", "电池", "甲", "foo", "5")))
def test_suggestions_equal_the_oracle(engine: EmbeddedEngine, held: list[Document], beginning: str) -> None:
    oracle = BruteEngine(Subject.PATENT)
    for one in (engine, oracle):
        one.clear()
        one.put(held)
        one.commit(1)
    for field in ("ti", "pa", "any", "ab"):
        assert engine.suggest(field, beginning) == oracle.suggest(field, beginning)
