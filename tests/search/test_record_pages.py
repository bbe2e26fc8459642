"""A record has one page; its other numbers lead there, a number nobody has is told with the one that may be meant."""

from __future__ import annotations

import pytest

from tests.search.pages import Page
from tests.search.sample import patents, trademarks
from zhiquan.records.models import Record, Subject

HERE = "/patents/CN2016199001769/"
OTHERS = [
    "CN201619900176.9",
    "201619900176.9",
    "2016199001769",
    "ZL201619900176.9",
    "CN199900176A",
    "CN199900176",
    "cn201619900176.9",
]


@pytest.mark.parametrize("number", OTHERS)
def test_another_number_or_spelling_leads_to_the_one_address(site, number):
    response = site.client.get(f"/patents/{number}/")
    assert (response.status_code, response["Location"]) == (302, HERE)


def test_the_page_tells_what_the_file_said(site):
    row = next(one for one in patents() if one["申请号"] == "CN201619900176.9")
    page = site.open(HERE)
    assert page.status == 200 and page.words("//h1") == [row["名称"]]
    for part in (
        "CN201619900176.9",
        row["申请（专利权）人"],
        "周示例",
        "2016-03-08",
        "H01M 10/0525",
        row["摘要"],
        "安庆市宜秀区",
    ):
        assert part in page.text, part


def test_every_hit_of_the_sample_leads_to_a_page_with_its_title(site):
    for path, rows, title in (("/patents/", patents(), "名称"), ("/trademarks/", trademarks(), "商标名称")):
        for query in (row[title] for row in rows[::5]):
            page = site.ask(query, path=path)
            found = page.links("//ol[@class='hits']//h3/a")
            assert query in found
            assert site.open(found[query]).words("//h1") == [query]


def test_a_trademark_page_names_class_group_and_goods(site):
    page = site.open(f"/trademarks/{Record.objects.get(subject=Subject.TRADEMARK, title='天柱刷匠').key}/")
    for part in ("天柱刷匠", "99000048", "第 21 类", "2110", "马桶刷", "2035-05-24", "王示例"):
        assert part in page.text


@pytest.mark.parametrize("number", ["CN209999999999.9", "什么", "%2E%2E", "<script>", "0", "a" * 300])
def test_a_number_nobody_has_is_a_page_that_says_so(site, number):
    response = site.client.get(f"/patents/{number}/")
    assert response.status_code == 404
    assert (
        "库中没有号码为" in response.content.decode() and "<script>" not in response.content.decode().split("<main")[1]
    )


def test_a_wrong_check_digit_proposes_the_right_number(site):
    page = Page(site.client.get("/patents/CN201619900176.8/"))
    assert page.status == 404 and "201619900176.9" in page.problem


def test_a_patent_is_no_trademark(site):
    assert site.client.get("/trademarks/CN2016199001769/").status_code == 404
