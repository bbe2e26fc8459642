"""Facets are counted exactly, and following one leads to exactly the records it counted."""

from __future__ import annotations

from collections import Counter

import pytest

from patmark.engines.brute import BruteEngine
from patmark.fields import FIELDS, Subject
from tests.search.sample import patents, trademarks
from zhiquan.records import queries
from zhiquan.search import index
from zhiquan.search.answers import meant, read, today, total, view
from zhiquan.search.asked import Asked
from zhiquan.search.documents import documents

TYPES = {"1": "发明", "2": "实用新型", "3": "外观设计"}
EVERY = [(subject, row.key) for subject in Subject for row in FIELDS[subject] if row.facet]
QUERIES = {
    Subject.PATENT: ["", "*", "示例", "ti:一种", "膜 OR 电池", "NOT 薄膜", "ad:[2018 TO 2021]", "电池 非 薄膜", "ti:刷 或 膜",
                     "CN 2016 1 9900176.9", "201619900176.9", "kind:发明；实用新型", "（膜 OR 刷）"],
    Subject.TRADEMARK: ["", "示例", "goods:刷 OR goods:膜", "NOT nice:21", "nice:1..30"],
}  # fmt: skip


def test_the_facets_of_all_patents_are_those_counted_from_the_file_by_hand(site):
    page = site.ask()
    rows = patents()
    assert page.facet("专利类型") == Counter(TYPES[row["申请号"][6]] for row in rows)
    names = Counter(row["申请（专利权）人"] for row in rows)
    assert page.facet("申请人") == dict(Counter(page.facet("申请人")) & names) and len(page.facet("申请人")) == 8
    years = Counter(row["申请日"][:4] for row in rows)
    assert page.facet("申请年") == dict(sorted(years.items(), key=lambda one: (-one[1], one[0]))[:8])
    assert sum(page.facet("有效性").values()) == len(rows)
    kept = [row for row in rows if row["法律状态"] == "未缴年费专利权终止"]
    assert page.facet("有效性")["失效"] >= len(kept)


def test_the_facets_of_all_trademarks_are_those_counted_from_the_file_by_hand(site):
    page = site.ask_marks()
    classes = Counter(int(row["国际分类"]) for row in trademarks())
    shown = {int(label.split()[0]): count for label, count in page.facet("国际分类").items()}
    assert shown == dict(Counter(shown) & classes) and len(shown) == 8
    counties = Counter(row["申请人地址"].split("市")[-1].split("示例")[0].removesuffix("县") for row in trademarks())
    assert page.facet("县（市、区）")["望江县"] == counties["望江"]


@pytest.mark.parametrize("subject", Subject)
def test_every_facet_of_every_query_equals_the_count_by_looking_at_each_record(site, subject):
    oracle = BruteEngine(subject)
    oracle.put(documents(subject, queries.live_after(0, index.SUBJECTS[subject], 1000)))
    oracle.commit(1)
    every = [row.key for row in FIELDS[subject] if row.facet]
    for query in QUERIES[subject]:
        tree = read(query, subject).tree
        assert index.engine(subject).count(tree, every, today=today()) == oracle.count(tree, every, today=today())


@pytest.mark.parametrize(("subject", "key"), EVERY)
def test_each_row_of_each_facet_narrows_to_as_many_records_as_it_says(site, subject, key):
    for query in QUERIES[subject]:
        counted = index.engine(subject).count(read(query, subject).tree, [key], today=today())[0]
        for row in view(subject, counted).rows:
            asked = Asked(subject, query, chosen=((key, (row.word,)),))
            question = meant(asked)
            assert total(subject, question.tree) == row.count, (query, row)
            assert total(subject, read(question.written, subject).tree) == row.count, question.written


@pytest.mark.parametrize("path", ["/patents/", "/trademarks/"])
def test_every_link_of_a_facet_on_the_page_leads_to_the_number_beside_it(site, path):
    rows = site.ask("示例", path=path).facets
    assert len(rows) > 20
    for row in rows:
        assert site.open(row.address, base=path).total == row.count, row


def test_a_class_is_shown_with_what_it_is_about(site):
    label = next(label for label in site.ask_marks().facet("国际分类") if label.startswith("21"))
    assert len(label) > 4


def test_a_long_query_is_answered_without_a_link_on_every_row(site):
    page = site.ask("薄膜 OR " + " OR ".join(f"词{at}" for at in range(300)))
    assert page.total > 0 and page.facets and not any(row.address for row in page.facets)
