"""The city's numbers: each is the total of the records its link opens; what the data cannot tell is said."""

from __future__ import annotations

import csv
import io

import pytest

from patmark.legal_events import OVERLAYS, Overlay
from tests.search.conftest import PATENT_HEAD, hold, hold_marks
from tests.search.pages import Page
from zhiquan.search import statistics_definitions, statistics_indicators

ADDRESSES = {
    "迎江区": "安徽省安庆市迎江区示例路1号",
    "桐城市": "安徽省桐城市示例大道2号",
    "经开区": "安徽省安庆市经济技术开发区示例路3号",
    "合肥": "安徽省合肥市蜀山区示例路4号",
}


def patent(number: str, filed: str, place: str, *, granted: str = "", **more: str) -> dict[str, str]:
    kind = {"1": "A", "2": "U", "3": "S"}[number[4]]
    head = {"1": "1", "2": "2", "3": "3"}[number[4]]
    return {
        "申请号": f"CN{number}",
        "申请日": filed,
        "公开（公告）号": f"CN{head}{number[-8:]}{'B' if granted and kind == 'A' else kind}",
        "公开（公告）日": granted or filed,
        "名称": "一种示例装置",
        "申请（专利权）人": "示例某某公司",
        "地址": ADDRESSES[place],
        **more,
    }


@pytest.fixture
def city(own, home) -> Page:
    hold(
        home.parent,
        patent("202210000001", "2022-03-01", "迎江区", granted="2023-05-05", 主分类号="H01M10/05"),
        patent("202210000002", "2022-04-01", "桐城市"),
        patent("201210000003", "2012-04-01", "桐城市", granted="2014-05-05", 主分类号="A47L13/00"),
        patent("202220000004", "2022-06-01", "桐城市", granted="2022-12-06"),
        patent("202330000005", "2023-02-01", "经开区", granted="2023-08-04"),
        patent("202210000006", "2022-02-01", "合肥", granted="2023-01-03"),
        head=[*PATENT_HEAD],
    )
    hold_marks(
        home.parent,
        {
            "注册号": "99000001",
            "商标名称": "示例甲",
            "国际分类": "21",
            "申请人": "示例某某公司",
            "申请人地址": ADDRESSES["桐城市"],
            "申请日期": "2022-05-01",
        },
    )
    return own.open("/statistics/?year=2022")


def linked(page: Page) -> list[tuple[int, str]]:
    cells = page.tree.xpath("//table[contains(@class,'counts')]//td[@class='number' or @class='number apart'][a]")
    tiles = page.tree.xpath("//dd[@class='figure'][a]")
    return [(number(one), one.xpath("a/@href")[0]) for one in [*cells, *tiles]]


def number(one) -> int:
    text = one.text_content().strip().replace(",", "")
    return int(text) if text.isdigit() else -1


def row(page: Page, name: str) -> list[int]:
    found = page.tree.xpath(f"//section[@aria-labelledby='by-county']//tr[th[contains(., '{name}')]]")[0]
    return [number(one) for one in found.xpath("td")]


def test_every_number_is_the_total_of_the_records_its_link_opens(own, city):
    numbers = linked(city)
    assert len(numbers) > 15
    for count, address in numbers:
        if count >= 0:
            assert own.open(address).total == count, address


def test_the_table_counts_a_year_and_what_is_in_force_by_county_and_zone(city):
    assert row(city, "迎江区") == [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0]
    assert row(city, "桐城市") == [1, 1, 0, 2, 0, 1, 0, 1, 1, 1, 0, 2, 1, 0, 0]
    assert row(city, "安庆市")[:12] == [2, 1, 0, 3, 0, 1, 0, 1, 2, 1, 1, 4]
    assert row(city, "经开区")[8:12] == [0, 0, 1, 1]
    assert row(city, "县区不详")[8:12] == [0, 0, 1, 1]


def test_inventions_per_ten_thousand_people_say_what_they_were_divided_by(city):
    assert "4,165,284 人" in city.text and "2020-11-01" in city.text and "人口数未经核对" in city.text
    assert "0.00" in " ".join(city.words("//dd[@class='figure']"))


def test_the_installations_own_population_wins_and_a_wrong_one_is_told(own, home, city):
    folder = home / "data"
    folder.mkdir()
    table = '[[population]]\ncode = "3408"\nday = 2021-12-31\npeople = 20000\nsource = "某公报"\ntrust = "L"\n'
    (folder / "population.toml").write_text(table, encoding="utf-8")
    page = own.open("/statistics/?year=2022")
    assert "1.00" in page.words("//dd[@class='figure']") and "未经核对" not in page.text.split("商标")[3]
    (folder / "population.toml").write_text(table.replace("20000", "-1"), encoding="utf-8")
    page = own.open("/statistics/?year=2022")
    assert "第 1 行" in " ".join(page.words("//p[@class='amber']")) and "4,165,284" in page.text
    (folder / "emerging.toml").write_text('[[industry]]\nzh="甲"\nen="A"\nquery="zz:1"\n', encoding="utf-8")
    assert "甲" in " ".join(own.open("/statistics/").words("//p[@class='amber']"))


def test_high_value_inventions_are_a_union_and_what_cannot_be_told_is_said(city):
    section = city.tree.xpath("//section[@aria-labelledby='high-value']")[0]
    rows = {
        one.xpath("string(th)").strip()[:1]: one.xpath("string(td[1])").strip() for one in section.xpath(".//tbody/tr")
    }
    assert rows == {"①": "1", "②": "未载入", "③": "1", "④": "未载入", "⑤": "未载入"}
    feet = [one.xpath("string(td[1])").strip() for one in section.xpath(".//tfoot/tr")]
    assert feet == ["1", "2"]


def test_a_pledge_and_a_grant_abroad_are_criteria_once_they_are_loaded():
    assert statistics_indicators.PLEDGE is OVERLAYS[Overlay.PLEDGE]
    assert statistics_indicators.AT_HOME == ("CN", "HK", "MO", "TW")


def test_the_table_comes_as_a_file_with_its_source(own, city):
    answer = own.client.get("/statistics/counties.csv?year=2022")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) if row}
    assert [int(one) for one in rows["桐城市"]] == row(city, "桐城市")
    assert rows["检索式"] == ["city:安庆市"] and "变更号" in rows["专利"][0]
    assert rows["年份"] == ["2022"]


@pytest.mark.parametrize("year", ["", "1066", "x", "99999", "%00"])
def test_an_odd_year_is_the_usual_one(own, city, year):
    assert own.open(f"/statistics/?year={year}").status == 200


def test_charts_of_the_page_lead_to_statistics_of_their_own(own, city):
    links = city.links("//div[@class='charts']//h3/a")
    assert len(links) == 6
    for address in links.values():
        assert own.open(address).status == 200


def test_every_tile_leads_to_a_definition_with_its_source(own, city):
    anchors = {address.partition("#")[2] for address in city.links("//dd[@class='when']/a").values()}
    page = own.open("/statistics/definitions/")
    assert anchors <= set(page.tree.xpath("//dt/@id"))
    assert len(page.words("//p[@class='law']")) == len(statistics_definitions.DEFINITIONS)


def test_a_city_the_table_of_places_does_not_know_counts_everything_and_says_so(own, home, settings, city):
    settings.ZHIQUAN_CITY = "没有这座城"
    page = own.open("/statistics/?year=2022")
    assert page.status == 200 and "没有这座城市" in " ".join(page.words("//p[@class='amber']"))
    count = page.tree.xpath("//dd[@class='figure']/a")[0]
    assert own.open(count.get("href")).total == number(count) == 4


def test_the_same_in_english(own, city):
    own.client.cookies["django_language"] = "en"
    page = own.open("/statistics/?year=2022")
    assert page.status == 200 and "Inventions in force" in page.text
