"""On the real patents, from the file through import and index to the answer: every total equals the count by looking."""

from __future__ import annotations

import csv
import random

import pytest
from django.core.cache import cache
from django.db import transaction

from patmark.engines.brute import BruteEngine
from patmark.fields import Subject
from patmark.text import contains
from tests.search.conftest import at
from tests.shared_data import shared
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing, queries
from zhiquan.search import index
from zhiquan.search.answers import FACETS, read, today
from zhiquan.search.documents import documents

FILE = "data/cn_patents/cn_patents_7k.csv"
SEED = 20_260_101
EACH = 50


@pytest.fixture(scope="module")
def rows():
    with shared(FILE).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def library(rows, django_db_setup, django_db_blocker, tmp_path_factory):
    home = tmp_path_factory.mktemp("real")
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic(), at(home):
        importing.import_paths(CONSOLE, [shared(FILE)])
        index.catch_up()
        oracle = BruteEngine(Subject.PATENT)
        oracle.put(documents(Subject.PATENT, queries.live_after(0, index.SUBJECTS[Subject.PATENT], 100_000)))
        oracle.commit(1)
        yield oracle
        transaction.set_rollback(True)


def span(draw, text, low, high):
    length = draw.randint(low, high)
    start = draw.randint(0, max(0, len(text) - length))
    return text[start : start + length]


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


DRAWN = {
    "words of titles": lambda draw, row: f"ti:{quoted(span(draw, row['专利名称'], 2, 4))}",
    "free spans of titles and abstracts": lambda draw, row: (
        f"ta:{quoted(span(draw, row['摘要'] or row['专利名称'], 3, 12))}"
    ),
    "applicants": lambda draw, row: f"pa:{quoted(row['申请人'].split(';')[0])}",
    "words beside a date": lambda draw, row: (
        f"{quoted(span(draw, row['专利名称'], 2, 3))} AND ad>={row['申请日'][:4]} NOT ti:{quoted(span(draw, row['摘要'], 2, 2))}"
    ),
}


def drawn(rows, kind):
    draw = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    found = []
    while len(found) < EACH:
        query = DRAWN[kind](draw, draw.choice(rows))
        if any(one.isalnum() for one in query.split('"')[1]) and all(one.strip() for one in query.split('"')[1::2]):
            found.append(query)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("kind", DRAWN)
def test_totals_and_facets_equal_the_count_by_looking_at_each_record(library, rows, kind):
    met = 0
    for query in drawn(rows, kind):
        tree = read(query, Subject.PATENT).tree
        facets = FACETS[Subject.PATENT]
        found = index.engine(Subject.PATENT).find(tree, today=today(), limit=10_000, facets=facets)
        expected = library.find(tree, today=today(), limit=10_000, facets=facets)
        assert found.total == expected.total, query
        for one, other in zip(found.facets, expected.facets, strict=True):
            assert (one.buckets, one.missing) == (other.buckets, other.missing), query
            assert one.distinct == other.distinct or (one.at_least and one.distinct < other.distinct), query
        assert {hit.key for hit in found.hits} == {hit.key for hit in expected.hits}, query
        met += found.total > 0
    assert met > EACH // 2


@pytest.mark.django_db
def test_totals_equal_the_rows_of_the_file_that_contain_the_words(library, rows):
    """Against the file itself, not against anything the product made of it."""
    draw = random.Random(SEED + 1)  # noqa: S311  # a fixed seed is the point
    for _ in range(30):
        words = span(draw, draw.choice(rows)["专利名称"], 2, 3)
        if not any(one.isalnum() for one in words):
            continue
        held = {row["申请号"] for row in rows if contains(row["专利名称"], words)}
        tree = read(f"ti:{quoted(words)}", Subject.PATENT).tree
        assert index.engine(Subject.PATENT).find(tree, today=today(), limit=0).total == len(held), words


@pytest.mark.django_db
def test_every_record_is_found_by_its_number(library, rows):
    draw = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    for row in draw.sample(rows, 100):
        tree = read(row["申请号"], Subject.PATENT).tree
        found = index.engine(Subject.PATENT).find(tree, today=today())
        assert found.total == 1, row["申请号"]
