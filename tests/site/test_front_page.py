"""The front page says where one is, what is held, what is newest and where else to go: never a door that leads nowhere."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.search.pages import Page
from zhiquan.common.page import ANYONE, pages
from zhiquan.records.models import Patent, Record

pytestmark = pytest.mark.django_db


def front(client, **headers):
    return Page(client.get("/", headers=headers))


@pytest.fixture
def full(sample, client):
    """The front page over the product's sample."""
    cache.clear()
    return front(client)


def test_it_names_the_city(client):
    assert "安庆知识产权公共服务平台" in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/nowhere/", "/about/", "/accessibility/", "/display/"])
def test_a_page_has_language_viewport_landmarks_and_a_way_past_the_header(client, address):
    text = client.get(address).content.decode()
    for part in (
        'lang="zh-hans"',
        'name="viewport"',
        '<a class="skip" href="#main">',
        '<main id="main"',
        "<header",
        'role="search"',
        "<nav ",
        "<footer",
    ):
        assert part in text
    assert text.count("<h1") == 1


def test_the_figures_are_those_of_the_searches_they_open(full, client):
    tiles = full.tree.xpath("//section[@class='held']//li")
    assert len(tiles) == 5
    for tile in tiles:
        link = tile.xpath(".//a")[0]
        assert int(link.text) == Page(client.get(link.get("href"))).total > 0
        assert re.search(r"\d{4}-\d\d-\d\d", tile.xpath("string(span[@class='when'])")), "no figure without its day"


def test_the_newest_records_come_first_and_open(full, client):
    lists = full.tree.xpath("//section[h2 or div/h2][.//ul[@class='lines']]")
    assert len(lists) == 2
    for one in lists:
        days = one.xpath(".//time/@datetime")
        assert days == sorted(days, reverse=True) and len(days) == 6
        assert client.get(one.xpath(".//h3/a/@href")[0]).status_code == 200
    newest = Patent.objects.order_by("-publication_date").values_list("publication_date", flat=True)[0]
    assert lists[0].xpath("string(.//time/@datetime)") == newest.isoformat()


def test_every_example_county_and_industry_leads_to_as_many_records_as_it_says(full, client):
    links = full.links("//ul[@class='examples']//a") | full.links("//ul[@class='places']//a")
    assert len(links) > 10
    for label, address in links.items():
        said = re.search(r"^(?:\D*) (\d+)$", label)
        total = Page(client.get(address)).total
        assert total == int(said[1]) if said else total > 0, label
    for label, address in full.links("//p[@class='counts']/a").items():
        assert Page(client.get(address)).total == int(re.search(r"\d+", label)[0]), label


def test_every_door_is_a_page_that_opens(full, client):
    doors = full.links("//section[@aria-labelledby='doors']//h3/a")
    told = [page.menu for page in pages() if page.says and page.may == ANYONE]
    assert list(doors) == told
    for address in doors.values():
        assert client.get(address).status_code == 200


def test_another_city_has_its_own_name_and_no_industries_of_this_one(sample, client):
    cache.clear()
    with override_settings(ZHIQUAN_CITY="池州"):
        page = front(client)
    assert "池州知识产权公共服务平台" in page.text
    assert not page.tree.xpath("//section[@aria-labelledby='chains']") and not page.tree.xpath("//ul[@class='lines']")


def test_a_city_no_table_knows_shows_everything_held(sample, client):
    cache.clear()
    with override_settings(ZHIQUAN_CITY="无此地"):
        assert len(front(client).tree.xpath("//ul[@class='lines']")) == 2


def test_what_was_counted_is_kept_for_a_while(full, client, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(3):
        client.get("/")


def test_what_is_kept_of_the_page_is_shown_in_each_language_and_gone_with_what_it_was_made_of(
    full, client, monkeypatch
):
    monkeypatch.setattr("zhiquan.site.front.QUICK", -1)
    cache.clear()
    first, again = front(client), front(client)
    assert first.words("//main") == again.words("//main")
    client.cookies["django_language"] = "en"
    assert "Newest patents" in front(client).text and "本市最近公布的专利" not in front(client).text
    del client.cookies["django_language"]
    Record.objects.filter(title=first.words("//ul[@class='lines']//h3")[0]).update(title="改过的名称")
    assert "改过的名称" not in front(client).text
    cache.clear()
    assert "改过的名称" in front(client).text
