"""A stranger finds each record by what it has: number, words, applicant, class, date, place, status."""

from __future__ import annotations

import pytest

from tests.search.sample import patents, trademarks

BATTERY = "一种锂离子电池正极材料及其制备方法"
SPELLINGS = [
    "CN201619900176.9", "CN2016199001769", "201619900176.9", "2016199001769", "ZL201619900176.9", "ZL 2016 1 9900176.9",
    "cn 201619900176.9", "ＣＮ２０１６１９９００１７６．９", "CN199900176A", "CN199900176", "cn199900176a", "apno:201619900176.9",
    "申请号=CN201619900176.9", "pn:CN199900176A", "num:201619900176.9", "apno:2016199001*",
]  # fmt: skip


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_patent_is_found_by_its_number_in_every_spelling(site, typed):
    assert site.ask(typed).titles == [BATTERY]


@pytest.mark.parametrize(
    "typed", ["99000011", "９９０００011", "rn:CN99000011", "rn:99000011", "注册号=99000011", "号码:99000011"]
)
def test_a_trademark_is_found_by_its_number_in_every_spelling(site, typed):
    assert site.ask_marks(typed).titles == ["宜刷示例"]


def test_every_patent_of_the_sample_is_found_by_each_of_its_numbers(site):
    for row in patents():
        for number in filter(None, (row["申请号"], row["公开（公告）号"], row["授权公告号"])):
            assert site.ask(number).titles == [row["名称"]], number


def test_every_trademark_of_the_sample_is_found_by_its_number_and_its_name(site):
    for row in trademarks():
        assert site.ask_marks(row["注册号"]).titles == [row["商标名称"]]
        assert row["商标名称"] in site.ask_marks(f"mark:{row['商标名称']}").titles


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("ti:薄膜", lambda row: "薄膜" in row["名称"]),
        ("薄膜", lambda row: "薄膜" in row["名称"] + row["摘要"] + row["权利要求"]),
        ("薄膜 收卷", lambda row: all(word in str(row) for word in ("薄膜", "收卷"))),
        ("ti:锂离子电池 OR ti:动力电池", lambda row: "锂离子电池" in row["名称"] or "动力电池" in row["名称"]),
        ("ti:电池 非 ti:动力电池", lambda row: "电池" in row["名称"] and "动力电池" not in row["名称"]),
        ("申请人=刷业", lambda row: "刷业" in row["申请（专利权）人"]),
        ("pa:示例师范学院(安庆)", lambda row: row["申请（专利权）人"] == "示例师范学院（安庆）"),
        ("发明人:郑示例", lambda row: "郑示例" in row["发明（设计）人"]),
        ("ipc:H01M", lambda row: row["主分类号"].startswith("H01M")),
        ("ipc:H01M10", lambda row: row["主分类号"].startswith("H01M10/")),
        ("ipc:H01M10/0525", lambda row: row["主分类号"] == "H01M10/0525"),
        ("ipc:H", lambda row: row["主分类号"].startswith("H")),
        ("loc:04-02", lambda row: row["主分类号"] == "04-02"),
        ("ad:2018", lambda row: row["申请日"].startswith("2018")),
        ("ad:[2018-03-10 TO 2018-04-06]", lambda row: "2018.03.10" <= row["申请日"] <= "2018.04.06"),
        ("ad>=2023-05", lambda row: row["申请日"] >= "2023.05"),
        ("dist:太湖县", lambda row: "太湖县" in row["地址"]),
        ("dist:桐城", lambda row: "桐城市" in row["地址"]),
        ("city:安庆", lambda row: True),
        ("addr:示例路77号", lambda row: "示例路77号" in row["地址"]),
        ("st:授权", lambda row: row["法律状态"] == "授权"),
        ("st:未缴年费终止", lambda row: row["法律状态"] == "未缴年费专利权终止"),
        ("kind:外观设计", lambda row: row["申请号"][6] == "3"),
        ("", lambda row: True),
    ],
)  # fmt: skip
def test_a_search_in_patents_finds_exactly_those_that_have_it(site, query, holds):
    expected = [row["名称"] for row in patents() if holds(row)]
    page = site.ask(query)
    assert page.total == len(expected) > 0
    assert set(page.titles) <= set(expected) and len(page.titles) == min(20, len(expected))


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("goods:刷", lambda row: "刷" in row["商品服务"]),
        ("goods:牙刷", lambda row: "牙刷" in row["商品服务"]),
        ("nice:21", lambda row: row["国际分类"] == "21"),
        ("nice:7", lambda row: row["国际分类"] == "07"),
        ("nice:1;30", lambda row: row["国际分类"] in ("01", "30")),
        ("sg:2106", lambda row: "2106" in row["类似群"]),
        ("sg:30", lambda row: row["类似群"].startswith("30")),
        ("hol:潜山", lambda row: "潜山" in row["申请人"]),
        ("dist:望江县", lambda row: "望江县" in row["申请人地址"]),
        ("fd:2024", lambda row: row["申请日期"].startswith("2024")),
        ("rd:[2019 TO 2021]", lambda row: "2019" <= row["注册公告日期"][:4] <= "2021"),
        ("rep:安庆示例商标事务所", lambda row: row["代理机构"] == "安庆示例商标事务所"),
        ("st:驳回", lambda row: row["商标状态"] == "驳回"),
    ],
)
def test_a_search_in_trademarks_finds_exactly_those_that_have_it(site, query, holds):
    expected = {row["商标名称"] for row in trademarks() if holds(row)}
    page = site.ask_marks(query)
    assert set(page.titles) == expected and page.total == len(expected) > 0


def test_the_words_found_are_marked_in_title_and_abstract(site):
    marked = site.ask("ta:薄膜").words("//ol[@class='hits']//mark")
    assert set(marked) == {"薄膜"} and len(marked) >= 3


def test_how_a_number_was_understood_is_shown(site):
    assert "中国专利申请号 CN201619900176.9" in site.ask("201619900176.9").reading


def test_a_wrong_check_digit_is_told_with_the_number_that_may_be_meant(site):
    page = site.ask("CN201619900176.8")
    assert page.total == 0
    assert "校验位" in page.reading and "201619900176.9" in page.reading


def test_nothing_found_says_what_to_do_and_what_is_held(site):
    page = site.ask("量子隧穿显微镜")
    assert page.status == 200 and page.total == 0 and page.titles == []
    assert "换一个词" in page.text and "库中 46 条" in page.strip
    assert page.facets == []


def test_the_sample_says_that_it_is_invented(site):
    assert "含自带样例（虚构数据）" in site.ask().strip
    assert "含自带样例（虚构数据）" in site.ask_marks().strip
