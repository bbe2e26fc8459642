"""Pages of a result: every record once, in one order, whatever the sort; no page beyond the last."""

from __future__ import annotations

import pytest

from tests.search.sample import patents, trademarks


def pages_of(site, query="", **more):
    page, found = site.ask(query, **more), []
    while True:
        found.append(page)
        following = page.links("//nav[@class='pages']/strong/following-sibling::a[1]")
        if not following:
            return found
        page = site.open(next(iter(following.values())), base=more.get("path", "/patents/"))


@pytest.mark.parametrize("sort", ["", "ad", "pd"])
def test_paging_through_shows_every_record_once(site, sort):
    pages = pages_of(site, sort=sort)
    assert [len(page.titles) for page in pages] == [20, 20, 6]
    assert sorted(title for page in pages for title in page.titles) == sorted(row["名称"] for row in patents())
    assert [title for page in pages_of(site, sort=sort) for title in page.titles] == [
        title for page in pages for title in page.titles
    ]


def test_a_result_is_sorted_by_the_day_asked_for_newest_first(site):
    days = {row["名称"]: row["申请日"] for row in patents()}
    shown = [days[title] for page in pages_of(site, sort="ad") for title in page.titles]
    assert shown == sorted(days.values(), reverse=True)


def test_trademarks_are_sorted_by_registration_with_unregistered_ones_last(site):
    days = {row["商标名称"]: row["注册公告日期"] for row in trademarks()}
    shown = [days[title] for title in site.ask_marks(sort="rd").titles]
    assert shown == sorted(days.values(), reverse=True)


def test_relevance_puts_a_title_before_an_abstract(site):
    titles = site.ask("薄膜").titles
    within = [("薄膜" in title) for title in titles]
    assert within == sorted(within, reverse=True) and within[0]


@pytest.mark.parametrize("page", ["4", "77", "99999", "999999999999999999999", "0", "-1", "x", "", "１", "1.5"])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(site, page):
    shown = site.ask(page=page)
    assert shown.status == 200 and len(shown.titles) in (6, 20)


def test_an_unknown_sort_is_relevance(site):
    assert site.ask("薄膜", sort="evil'--").titles == site.ask("薄膜").titles


def test_links_of_pages_and_sorts_keep_the_query(site):
    page = site.ask("示例 OR 一种", sort="ad")
    assert site.open(page.links("//nav[@class='pages']/a")["2"]).total == page.total
    assert site.open(page.links("//p[@class='sorts']/a")["公开（公告）日"]).total == page.total


def test_a_page_asks_the_database_a_bounded_number_of_times(site, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        site.ask("一种")
