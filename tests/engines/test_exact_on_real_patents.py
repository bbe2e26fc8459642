"""On real patents the embedded engine answers as the oracle does: totals, records and facets, to the last one."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from patmark.engines.base import Document, FacetCount
from patmark.engines.brute import BruteEngine
from patmark.engines.documents import patent_document
from patmark.engines.embedded import EmbeddedEngine
from patmark.fields import Subject
from patmark.patent import ApplicationNumber, Localised, Patent, PatentKind, Person, Role, Symbol
from patmark.query.tree import And, Node, Not, Or, Phrase, Range
from patmark.text import fold, index_tokens
from tests.shared_data import shared

TODAY = date(2024, 6, 1)
FACETS = ("pa", "ady", "sub", "sec")
PER_KIND = 40


def documents(path: Path) -> Iterator[Document]:
    firms: dict[str, int] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for key, row in enumerate(csv.DictReader(file), 1):
            patent = Patent(
                office="CN",
                kind=PatentKind.INVENTION,
                application=ApplicationNumber("CN", row["申请号"], date.fromisoformat(row["申请日"])),
                titles=(Localised(row["专利名称"], "zh"),),
                abstracts=(Localised(row["摘要"], "zh"),),
                people=tuple(Person(name, Role.APPLICANT) for name in row["申请人"].split(";")),
                symbols=(Symbol("ipc", row["主分类号"], main=True),),
            )
            yield patent_document(key, patent, label_of=lambda name: firms.setdefault(name, len(firms) + 1))


class Held:
    def __init__(self, folder: Path, path: Path) -> None:
        self.documents = list(documents(path))
        self.oracle = BruteEngine(Subject.PATENT)
        self.engine = EmbeddedEngine.create(folder, Subject.PATENT)
        for one in (self.oracle, self.engine):
            one.put(self.documents)
            one.commit(1)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    found = Held(tmp_path_factory.mktemp("real") / "index", shared("data/cn_patents/cn_patents_7k.csv"))
    yield found
    found.engine.close()


def title_words(draw: random.Random, title: str, abstract: str) -> Node:
    return Phrase("ta", _span(draw, title, draw.randint(2, 4)))


def free_spans(draw: random.Random, title: str, abstract: str) -> Node:
    """Any stretch of the raw text: it crosses words, marks and scripts."""
    return Phrase("ta", _span(draw, abstract, draw.randint(3, 14)))


def one_character(draw: random.Random, title: str, abstract: str) -> Node:
    return Phrase("ti", draw.choice(title))


def mixed_latin(draw: random.Random, title: str, abstract: str) -> Node:
    """A stretch around a Latin letter or a digit."""
    places = [at for at, one in enumerate(abstract) if one.isascii() and one.isalnum()] or [0]
    at = draw.choice(places)
    return Phrase("ab", abstract[max(0, at - draw.randint(0, 3)) : at + draw.randint(1, 6)])


def boolean(draw: random.Random, title: str, abstract: str) -> Node:
    year = draw.randint(1985, 2015)
    either = Or((title_words(draw, title, abstract), Phrase("ab", _span(draw, abstract, 2))))
    without = Not(Phrase("ti", draw.choice(title)))
    return And((either, Range("ad", year * 10_000, (year + 15) * 10_000), without))


def _span(draw: random.Random, text: str, length: int) -> str:
    at = draw.randint(0, max(0, len(text) - length))
    return text[at : at + length]


def shown(facet: FacetCount) -> object:
    """What a page shows of a facet besides the number of its values, which a page may leave at "at least"."""
    return facet.field, facet.buckets, facet.missing


@pytest.mark.parametrize("kind", [title_words, free_spans, one_character, mixed_latin, boolean])
def test_every_answer_equals_the_oracle(held: Held, kind: object) -> None:
    draw = random.Random(20_240_601)  # noqa: S311  # a fixed seed is the point
    met = 0
    for document in draw.sample(held.documents, PER_KIND):
        query = kind(draw, document.texts["ti"][0], document.texts["ab"][0])
        found = held.engine.find(query, today=TODAY, limit=10_000, facets=FACETS)
        expected = held.oracle.find(query, today=TODAY, limit=10_000, facets=FACETS)
        assert found.total == expected.total, query
        assert [shown(one) for one in found.facets] == [shown(one) for one in expected.facets], query
        assert all(
            one.at_least or one.distinct == right.distinct
            for one, right in zip(found.facets, expected.facets, strict=True)
        )
        assert {hit.key for hit in found.hits} == {hit.key for hit in expected.hits}, query
        met += found.total
    assert met >= PER_KIND // 2


def test_common_titles_words_of_every_length_equal_the_oracle(held: Held) -> None:
    """The bigrams that stand in most titles, and with them the largest results there are."""
    counts: dict[str, int] = {}
    for document in held.documents:
        for token in set(index_tokens(fold(document.texts["ti"][0]))):
            counts[token] = counts.get(token, 0) + 1
    for token in sorted(counts, key=lambda one: (-counts[one], one))[:25]:
        query = Phrase("tac", token.strip("|"))
        assert held.engine.count(query, FACETS, today=TODAY) == held.oracle.count(query, FACETS, today=TODAY)
