"""Whatever a name is made of, and however many places are called alike: a facet narrows to what it counted."""

from __future__ import annotations

from patmark.fields import Subject
from tests.search.conftest import hold, hold_marks
from zhiquan.common.action import CONSOLE
from zhiquan.records import loading
from zhiquan.search import index
from zhiquan.search.answers import read, today, view

NAMES = [
    "甲（安庆）有限公司", "甲（安庆）有限公司二厂", '乙"新"材料厂', "丙 OR 丁公司", "戊:己公司", "Foo & Bar Co., Ltd.", "庚《辛》社",
    "NOT", "(壬)", "“癸”", "子'丑", "寅[卯]", "辰\\巳", "午；未", "申、酉", "*", "示例 与 或", "公司==1", "戌）亥（", "12345678", "a",
]  # fmt: skip


def test_names_with_any_signs_narrow_to_themselves(own, tmp_path):
    rows = [
        {"申请号": f"20171990{at:04}", "名称": f"示例装置{at}", "申请（专利权）人": name, "申请日": "2017-01-13"}
        for at, name in enumerate(NAMES, 1)
    ]
    hold(tmp_path, *rows)
    counted = index.engine(Subject.PATENT).count(read("", Subject.PATENT).tree, ["pa"], today=today())[0]
    shown = view(Subject.PATENT, counted).rows
    assert len(shown) >= 20
    for row in shown:
        assert row.clause, row
        assert own.ask(row.clause).total == row.count == 1, row
        assert own.ask(f"示例装置 {row.clause}").total == 1, row


def test_a_place_name_that_exists_twice_narrows_to_the_place_that_was_counted(own, tmp_path):
    table = tmp_path / "counties.csv"
    table.write_text("code,name\n320106,鼓楼区\n350102,鼓楼区\n", encoding="utf-8")
    loading.load(CONSOLE, "counties", table)
    addresses = ["江苏省南京市鼓楼区示例路1号", "福建省福州市鼓楼区示例路2号", "福建省福州市鼓楼区示例路3号"]
    rows = [
        {"申请号": f"20171990{at:04}", "名称": f"示例{at}", "申请（专利权）人": "甲", "地址": address}
        for at, address in enumerate(addresses, 1)
    ]
    hold(tmp_path, *rows)
    found = [row for row in own.ask().facets if row.facet == "县（市、区）"]
    assert [(row.label, row.count) for row in found] == [("鼓楼区（福州市）", 2), ("鼓楼区（南京市）", 1)]
    assert [own.open(row.address).total for row in found] == [2, 1]


def test_records_without_a_value_are_said_to_be(own, tmp_path):
    hold_marks(
        tmp_path, {"注册号": "99000011", "商标名称": "甲"}, {"注册号": "99000048", "商标名称": "乙", "国际分类": "9"}
    )
    assert "1 条没有此项" in own.ask_marks().text


def test_names_nobody_can_type_are_chosen_all_the_same(own, tmp_path):
    rows = [{"申请号": f"20171990{at:04}", "名称": "示例", "申请（专利权）人": f"甲\u200b乙{at}"} for at in (1, 2)]
    hold(tmp_path, *rows)
    page = own.ask("示例")
    row = next(row for row in page.facets if row.facet == "申请人")
    assert own.open(row.address).total == row.count
