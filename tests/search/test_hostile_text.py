"""Whatever stands in an imported record is shown as text: on lists, record pages, facets, batches and rejects."""

from __future__ import annotations

import csv
import io

import pytest

from tests.search.conftest import MARK_HEAD, PATENT_HEAD, hold, hold_marks
from tests.search.pages import Page, Site

EVIL = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{7*7}}{% now 'Y' %}&lt;b&gt;"
TAGS = ("<script>alert", "<img src=x", "onerror=alert(2)>")


def evil(head, **kept):
    return {name: f"{name}{EVIL}" for name in head} | kept


def harmless(page):
    # Nothing of it became an element: the parser of HTML is the judge.
    assert not page.tree.xpath("//script[not(@src)] | //img[@src='x'] | //*[@onerror]")
    assert not any(tag in page.text for tag in TAGS)
    assert ">49<" not in page.text
    return page


@pytest.fixture
def hostile(own, tmp_path):
    days = {"申请日": "2017.01.13", "公开（公告）日": "2017.07.22"}
    hold(tmp_path, evil(PATENT_HEAD, 申请号="CN201719900014.X", **days), name="<script>alert(1)<b>.csv")
    hold_marks(
        tmp_path,
        evil(MARK_HEAD, 注册号="99000011", 国际分类="21", 申请日期="2018-05-01"),
        name="<img src=x onerror=alert(2)>.csv",
    )
    return own


@pytest.mark.parametrize(
    "query", ["", "script", "alert", EVIL, f'"{EVIL}"'.replace("'\"", ""), "名称", "ti:alert OR pa:script"]
)
@pytest.mark.parametrize("path", ["/patents/", "/trademarks/"])
def test_lists_and_facets_show_it_as_text(hostile, path, query):
    harmless(hostile.ask(query, path=path))


def test_it_really_stands_there_as_text(hostile):
    page = harmless(hostile.ask("alert"))
    assert page.total == 1 and "<script>alert(1)</script>" in page.titles[0]
    assert any("<script>" in label for label in page.facet("申请人"))
    assert page.words("//ol[@class='hits']//mark")


@pytest.mark.parametrize("path", ["/patents/", "/trademarks/"])
def test_record_pages_show_it_as_text(hostile, path):
    address = next(iter(hostile.ask(path=path).links("//ol[@class='hits']//h3/a").values()))
    page = harmless(hostile.open(address))
    assert page.status == 200 and "<script>alert(1)</script>" in page.words("//h1")[0]


def test_a_facet_of_it_can_be_followed(hostile):
    row = next(row for row in hostile.ask().facets if row.facet == "申请人")
    assert harmless(hostile.open(row.address)).total == 1


def test_batches_and_rejects_show_it_as_text(hostile, tmp_path, operator_client):
    batch = hold(
        tmp_path, {"名称": ""}, evil(PATENT_HEAD, 申请号=f"无号{EVIL}", 名称=""), name="bad<script>alert(3).csv"
    )
    operator = Site(operator_client)
    harmless(operator.open("/batches/"))
    page = harmless(operator.open(f"/batches/{batch.pk}/"))
    assert page.status == 200
    response = operator_client.get(f"/batches/{batch.pk}/rejects.csv")
    assert response["Content-Type"].startswith("text/csv") and response["X-Content-Type-Options"] == "nosniff"
    csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")))


def test_a_query_is_given_back_as_text(hostile):
    page = harmless(hostile.ask(f"({EVIL}"))
    assert page.status in (200, 400)


def test_an_unknown_number_is_given_back_as_text(hostile):
    harmless(Page(hostile.client.get("/patents/%3Cscript%3Ealert(1)%3C%2Fscript%3E/")))
    harmless(Page(hostile.client.get("/patents/%3Cimg src=x onerror=alert(2)%3E/")))
