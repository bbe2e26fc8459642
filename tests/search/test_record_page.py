"""What stands on a record's page: texts in their parts, dates and clocks, links both ways, sources, and what is taken away."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.records.documents import TIFF, publication, write_xml
from tests.records.tables import key, patent
from tests.search.conftest import PATENT_HEAD, at, hold, hold_marks
from tests.search.pages import Page, Site
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing
from zhiquan.search import index

HEAD = [*PATENT_HEAD, "权利要求书", "说明书", "引证文献", "优先权", "同族", "发明（设计）人"]
CLAIMS = (
    "1.一种茶杯，其特征在于，包括杯体。2.根据权利要求1所述的茶杯，其特征在于，杯体为圆形。"
    "3.根据权利要求1或2所述的茶杯，其特征在于，设有杯盖。4.一种制造权利要求1所述茶杯的方法。"
)


def rows():
    return (
        patent(1, 权利要求书=CLAIMS, 引证文献="CN199000002A; CN108111222A", 优先权="CN201810000009.0"),
        patent(2, 主分类号="B65G47/26"),
        patent(3, 引证文献="CN199000001A", 优先权="CN201810000009.0"),
    )


@pytest.fixture(scope="module")
def held(django_db_setup, django_db_blocker, tmp_path_factory):
    """Three patents that name each other, held for the tests that only read."""
    home = tmp_path_factory.mktemp("home")
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic(), at(home):
        hold(tmp_path_factory.mktemp("rows"), *rows(), head=HEAD)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def shelf(held, db, client):
    return Site(client)


def page_of(site, serial: int, query: str = "") -> Page:
    return site.open(f"/patents/{key(serial)}/{query}")


def test_values_carry_their_inid_codes_and_people_lead_to_their_records(shelf):
    page = page_of(shelf, 1)
    assert page.words("//*[@id='biblio']//dt")[:3] == ["(21) 申请号", "(22) 申请日", "(10) 公开（公告）"]
    links = page.links("//*[@id='biblio']//dd//a")
    assert shelf.open(links["安庆示例机械有限公司"]).total == 3
    assert shelf.open(links["张示例"]).total == 3


def test_claims_stand_under_what_they_depend_on(shelf):
    page = page_of(shelf, 1)
    roots = page.tree.xpath("//ol[@class='claims']/li/@id")
    assert roots == ["claim-1", "claim-4"]
    assert page.tree.xpath("//li[@id='claim-1']/details/ol/li/@id") == ["claim-2", "claim-3"]
    assert page.links("//li[@id='claim-3']//a") == {"1": "#claim-1", "2": "#claim-2"}
    assert "引用其他权利要求的独立权利要求" in page.words("//li[@id='claim-4']")[0]
    assert page.text.count("<details") == page.text.count("</details>")


def test_citations_lead_both_ways(shelf):
    page = page_of(shelf, 1)
    cited = page.links("//*[@id='citations']/ul[1]//a")
    assert [address for name, address in cited.items()] == [f"/patents/{key(2)}/"]
    assert "CN108111222A" in page.words("//*[@id='citations']")[0]
    back = page.links("//*[@id='citations']//a")
    assert f"/patents/{key(3)}/" in back.values()
    everything = next(address for name, address in back.items() if name.startswith("本库中全部 1 件"))
    assert shelf.open(everything).total == 1


def test_what_shares_its_priority_and_its_applicant_is_listed_and_counted(shelf):
    page = page_of(shelf, 1)
    names = page.words("//section[contains(@class,'circle')]/h2")
    circles = dict(zip(names, page.tree.xpath("//section[contains(@class,'circle')]/p/a/@href"), strict=True))
    assert set(circles) == {"同优先权或同族", "安庆示例机械有限公司 的其他记录"}
    assert shelf.open(circles["同优先权或同族"]).total == 2
    assert page.tree.xpath("count(//section[contains(@class,'circle')][2]//li)") == 2


def test_a_class_tells_how_many_records_the_search_finds_under_it(shelf):
    page = page_of(shelf, 1)
    told = page.words("//ul[contains(@class,'classes')]/li")[0]
    assert "B65G 47/24" in told and "主分类" in told
    assert shelf.open(page.tree.xpath("//a[@class='symbol']/@href")[0]).total == int(
        re.search(r"库中 (\d+) 件", told)[1]
    )


def test_dates_stand_in_order_with_their_basis(shelf):
    page = page_of(shelf, 1)
    days = page.words("//table[contains(@class,'moments')]//time")
    assert days == sorted(days) and "2019-03-05" in days and "2039-03-05" in days
    assert "推算：专利法 第42条" in page.words("//table[contains(@class,'moments')]")[0]
    assert page.tree.xpath("//svg[@role='img']/@aria-label")
    assert not page.tree.xpath("//@style")


def test_the_page_can_be_cited(shelf):
    page = page_of(shelf, 1)
    named = {one.get("name"): one.get("content") for one in page.tree.xpath("//meta[@name]")}
    assert named["citation_patent_number"] == "CN199000001A" and named["DC.type"] == "patent"
    links = page.links("//section[contains(@class,'share')]//a")
    bibtex = shelf.client.get(links["BibTeX"])
    assert bibtex["Content-Type"].startswith("application/x-bibtex") and "attachment" in bibtex["Content-Disposition"]
    assert bibtex.content.decode().startswith("@patent{CN199000001A,")
    assert f"url = {{http://testserver/patents/{key(1)}/}}" in bibtex.content.decode()
    ris = shelf.client.get(links["RIS"]).content.decode()
    assert ris.startswith("TY  - PAT\r\n") and "\r\nPB  - 安庆示例机械有限公司\r\n" in ris
    code = shelf.client.get(page.tree.xpath("//img[@class='qr']/@src")[0])
    assert code["Content-Type"] == "image/svg+xml" and b"<svg" in code.content and b"style=" not in code.content
    assert page.tree.xpath("//link[@rel='canonical']/@href") == [f"http://testserver/patents/{key(1)}/"]


@pytest.mark.parametrize("ending", ["record.bib", "record.ris", "qr.svg"])
def test_nothing_is_taken_of_a_record_nobody_has(own, ending):
    assert own.client.get(f"/patents/CN209999999999.9/{ending}").status_code == 404
    assert own.client.get(f"/trademarks/0/{ending}").status_code == 404


def test_sources_say_what_each_gave_and_what_was_not_taken(own, tmp_path):
    hold(tmp_path, patent(50), head=HEAD)
    hold(tmp_path, patent(50, 名称="一种新名称", **{"公开（公告）号": "CN199000050B", "公开（公告）日": "2021-08-06"}), name="b.csv", head=HEAD)  # fmt: skip
    page = page_of(own, 50)
    assert page.words("//h1") == ["一种新名称"]
    told = page.words("//*[@id='sources']//ol/li")
    assert len(told) == 2 and "采用了它的" in told[1] and "、名称、" in told[1]
    assert "一种示例装置50" in told[0] and "说法与采用的不同" in told[0]
    assert page.words("//*[@id='biblio']//dt//a[@href='#source-2']")
    changes = page.words("//details[contains(@class,'changes')]//tbody/tr")
    assert any("名称" in one and "一种示例装置50" in one and "一种新名称" in one for one in changes)


def test_a_mark_shows_its_classes_groups_and_clocks(own, tmp_path):
    goods = {"国际分类": "21", "商品服务": "牙刷；刷子", "类似群": "2106", "申请人": "桐城示例刷业有限公司"}
    hold_marks(tmp_path, {"注册号": "99000011", "商标名称": "宜刷示例", **goods, "申请日期": "2018-05-01"})
    page = own.open("/trademarks/CN99000011/")
    told = page.words("//*[@id='goods']")[0]
    assert "第 21 类" in told and "牙刷" in told and "2106" in told and "库中 1 件" in told
    assert page.words("//*[@id='biblio']//dt")[0] == "(210) 申请号"


def test_registered_marks_have_clocks_by_the_law(site):
    page = site.open("/trademarks/CN99000048/")
    told = page.words("//ul[contains(@class,'gauges')]/li")
    assert [one.split(" ")[0] for one in told][:2] == ["异议期（公告起三个月）", "专用期"]
    for part in ("2025-02-25 — 2025-05-25", "2034-05-25 — 2035-05-24", "2035-05-25 — 2035-11-24", "商标法 第40条"):
        assert any(part in one for one in told), part


def test_without_an_index_the_record_is_read_all_the_same(home, client, tmp_path):
    importing.import_paths(CONSOLE, [write_xml(tmp_path / "a.xml", publication(53))])
    index._opened.cache_clear()
    response = client.get(f"/patents/{key(53)}/")
    assert response.status_code == 200 and "检索索引正在建立" in response.content.decode()


def test_hostile_claims_and_parts_are_text(own, tmp_path):
    evil = "1.一种<script>alert(1)</script>，</ol></details><img src=x>。2.根据权利要求1所述的</li>。"
    hold(
        tmp_path,
        patent(51, 权利要求书=evil, 说明书="技术领域\n<b onclick=x>本发明</b>{{7*7}}", 引证文献="<i>某书</i>"),
        head=HEAD,
    )
    page = page_of(own, 51)
    assert page.status == 200 and not page.tree.xpath(
        "//article//script | //article//b | //article//i | //img[@src='x']"
    )
    assert page.tree.xpath("//li[@id='claim-1']/details/ol/li/@id") == ["claim-2"]
    assert "<script>alert(1)</script>" in page.words("//li[@id='claim-1']")[0]


def test_a_scan_no_browser_shows_is_named_as_a_file(own, tmp_path):
    write_xml(tmp_path / "d" / "a.xml", publication(52, drawing="图1.tif"))
    (tmp_path / "d" / "图1.tif").write_bytes(TIFF)
    importing.import_paths(CONSOLE, [tmp_path / "d"])
    index.catch_up()
    page = page_of(own, 52)
    assert page.tree.xpath("//*[@id='pictures']//a[@download]/@href") == ["pictures/1/"]


def test_in_english_nothing_of_ours_is_chinese(site):
    site.client.cookies["django_language"] = "en"
    for address in ("/patents/CN2016199001769/", "/trademarks/CN99000048/"):
        page = site.open(address)
        ours = page.words(
            "//article//h2 | //article//dt | //article//thead//th | //nav[@class='jump']/a | //p[@class='why']"
        )
        chinese = [one for one in ours if re.search("[\u4e00-\u9fff]", re.sub("“.*?”", "", one))]
        assert [one for one in chinese if "示例" not in one and "国省代码" not in one] == []
