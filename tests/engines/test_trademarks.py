"""Trademarks in both engines: words, numbers, classes with their groups, and terms that end by the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from patmark.engines.base import Bucket, Engine
from patmark.engines.brute import BruteEngine
from patmark.engines.documents import Derived, trademark_document
from patmark.engines.embedded import EmbeddedEngine
from patmark.fields import Subject
from patmark.mark_status import MARK_STATUSES
from patmark.patent import Person, Role
from patmark.query.tree import Class, Code, Everything, Node, Number, Phrase, Range
from patmark.trademark import Goods, Trademark

REGISTERED, GRACE, LAPSED = (MARK_STATUSES[one].id for one in ("registered", "grace", "lapsed"))
HOLDER = Person("皖样茶业（安庆）有限公司", Role.APPLICANT, address="安徽省安庆市样例路2号")
MARKS = (
    Trademark(
        office="CN",
        number="12345678",
        mark="皖样",
        goods=(Goods(30, "茶；糖果", ("3002", "3004")),),
        people=(HOLDER,),
        filing_date=date(2013, 5, 6),
        valid_to=date(2024, 5, 6),
    ),
    Trademark(
        office="CN",
        number="12345699",
        mark="WANYANG茶",
        goods=(Goods(35, "广告", ("3501",)),),
        valid_to=date(2030, 1, 1),
    ),
    Trademark(
        office="CN", number="G123456", mark="图形", goods=(Goods(30, "咖啡", ("3001",)),), vienna=("26.4.2", "1.1")
    ),
)


@pytest.fixture(params=["brute", "embedded"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "brute":
        made: BruteEngine | EmbeddedEngine = BruteEngine(Subject.TRADEMARK)
    else:
        made = EmbeddedEngine.create(tmp_path / "index", Subject.TRADEMARK, heap=15_000_000)
    derived = Derived(status=REGISTERED)
    made.put(
        trademark_document(at + 1, mark, label_of=lambda name: 5, derived=derived) for at, mark in enumerate(MARKS)
    )
    made.commit(1)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Phrase("mark", "皖样"), {1}),
        (Phrase("mark", "wanyang"), {2}),
        (Phrase("any", "茶"), {1, 2}),
        (Phrase("goods", "茶；糖"), {1}),
        (Phrase("hol", "茶业安庆有限公司"), {1}),
        (Number("rn", "CN12345678"), {1}),
        (Number("rn", "CN123456", prefix=True), {1, 2}),
        (Code("nice", 30), {1, 3}),
        (Class("sg", "3002"), {1}),
        (Class("sg", "30"), {1, 3}),
        (Class("vc", "26.4"), {3}),
        (Class("vc", "1"), {3}),
        (Range("fd", None, 20_131_231), {1}),
    ],
)
def test_marks_are_found_by_what_they_have(engine: Engine, query: Node, expected: set[int]) -> None:
    found = engine.find(query, today=date(2024, 1, 1))
    assert {hit.key for hit in found.hits} == expected


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2024, 5, 6), REGISTERED),
        (date(2024, 5, 7), GRACE),
        (date(2024, 11, 6), GRACE),
        (date(2024, 11, 7), LAPSED),
    ],
)
def test_a_mark_goes_from_its_term_to_grace_to_the_end_on_its_days(engine: Engine, today: date, status: int) -> None:
    """商标法第四十条: renewal within six months after the term."""
    found = engine.find(Number("rn", "CN12345678"), today=today, facets=("st",))
    assert found.facets[0].buckets == (Bucket(status, 1),)
    assert 1 in {hit.key for hit in engine.find(Code("st", status), today=today).hits}
    statuses = engine.count(Everything(), ("st",), today=today)[0].buckets
    assert sum(bucket.count for bucket in statuses) == 3
