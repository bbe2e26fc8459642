"""A query that cannot be understood is shown where it is wrong, what was expected, and a mended one that works."""

from __future__ import annotations

import time

import pytest

WRONG = [
    "(薄膜", "薄膜)", '"薄膜', "薄膜 AND", "OR 薄膜", "ad:昨天", "ipc:Q99Q", "dist:阿安庆", "tix:薄膜", "nclm>=abc",
    "ad:[2020 TO", "pa>=3", "kind:发名", "pa==没有这个名字", "[薄膜]", "20110101<=AD<=20130101", "薄膜 AND (OR)", "mark:牙刷",
]  # fmt: skip


@pytest.mark.parametrize("query", WRONG)
def test_the_page_points_at_the_fault_and_its_proposal_works(site, query):
    page = site.ask(query)
    assert page.status == 400 and page.words("//h1") == ["专利检索"]
    assert page.problem and "。" in page.problem
    assert page.tree.xpath("//textarea")[0].text_content().strip() == query
    caret = page.tree.xpath("//pre[@class='caret']")[0].text_content()
    assert caret.split("\n")[-1].strip(" ^") == "" and "^" in caret
    mended = page.links("//div[@id='fault']//a")
    assert mended, query
    assert site.open(next(iter(mended.values()))).status == 200


def test_the_box_is_tied_to_its_fault_for_those_who_listen(site):
    box = site.ask("(薄膜").tree.xpath("//textarea")[0]
    assert box.get("aria-describedby") == "fault" and box.get("aria-invalid") == "true"


def test_what_is_held_is_said_even_then(site):
    assert "库中 46 条" in site.ask("(薄膜").strip


HOSTILE = [
    "(" * 10_000, ")" * 10_000, '"' * 9_999, "NOT " * 2_500, "a OR " * 2_000 + "b", "词 " * 5_000, "词 " * 6_000,
    "膜" * 12_000, "ad:[" * 2_000, "ti:" * 3_000, "*" * 10_000, "a" * 10_000, "1" * 10_000, "\x00", "\ud800", "%00", "ipc:" + "/" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=lambda one: f"{one[:6]!a}x{len(one)}")
def test_no_query_costs_more_than_a_moment_and_each_gets_a_page(site, query):
    began = time.process_time()
    page = site.ask(query.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    assert page.status in (200, 400)
    assert page.problem or page.reading
    # Not a measurement: a query whose cost grows with the square of its length would take minutes.
    assert time.process_time() - began < 20


def test_too_long_a_query_says_how_long_it_may_be(site):
    assert "超过上限 10000" in site.ask("膜" * 10_001).problem
