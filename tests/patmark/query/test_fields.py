"""Field names: Chinese, short, English, full width, several words; what stands behind them."""

import pytest

from patmark.fields import FIELDS, Subject
from patmark.query.tree import And, Class, Not, Or, Range
from tests.patmark.query.asking import PATENT, TRADEMARK, notes, quote, refused, tree, word


@pytest.mark.parametrize(
    "text",
    [
        "ti:雷达",
        "TI=雷达",
        "ti: 雷达",
        "ti = 雷达",
        "名称：雷达",
        "发明名称=(雷达)",
        "title:雷达",
        "标题＝雷达",
        "名稱:雷达",
        "ti==雷达",
    ],
)
def test_a_field_is_named_in_many_ways(text):
    assert tree(text) == word("雷达", "ti")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申请（专利权）人=(吉林大学)", word("吉林大学", "pa")),
        ("申请(专利权)人:吉林大学", word("吉林大学", "pa")),
        ("公开（公告）日>=2015-01-01", Range("pd", 20150101)),
        ("名称+摘要:电池", word("电池", "ta")),
        ("名称+摘要+权利要求:电池", word("电池", "tac")),
        ("filing date:2020", Range("ad", 20200101, 20201231)),
        ("title and abstract:battery", word("battery", "ta")),
        ("main IPC:H01M", Class("mipc", "H01M")),
        ("锂 filing date>=2020", And((word("锂"), Range("ad", 20200101)))),
        ("IPC 小类:H01M", tree("sub:H01M")),
        ('ti:"电 池"', quote("电 池", "ti")),
        ("ti:与非门", word("与非门", "ti")),
        ("ti:(甲 OR 乙)", Or((word("甲", "ti"), word("乙", "ti")))),
        ("ti:(甲 乙)", And((word("甲", "ti"), word("乙", "ti")))),
        ("ti:(甲 (乙 OR 丙))", And((word("甲", "ti"), Or((word("乙", "ti"), word("丙", "ti")))))),
        ("ti:(甲 ab:乙)", And((word("甲", "ti"), word("乙", "ab")))),
        ("ti:(甲 NOT 乙)", And((word("甲", "ti"), Not(word("乙", "ti"))))),
        ("ti:甲 乙", And((word("甲", "ti"), word("乙")))),
        ("ti:3:1", word("3:1", "ti")),
        ("ti:[1,2-d]嘧啶", quote("[1,2-d]嘧啶", "ti")),
        ("pa:鸿富锦精密工业(深圳)有限公司", word("鸿富锦精密工业(深圳)有限公司", "pa")),
    ],
)
def test_a_field_governs_its_value_or_the_bracket_behind_it(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize("subject", Subject)
def test_every_name_of_every_field_is_understood(subject):
    values = {"date": "2020", "count": "9", "number": "201110297790.0", "code": "", "class": "12"}
    for row in FIELDS[subject]:
        value = values.get(row.kind.value, "电池")
        if (
            row.key in ("uscc", "pn", "pct", "cite", "fam", "rn", "loc", "ipc", "mipc", "cpc", "sub", "sec", "num")
            or not value
        ):
            continue
        trees = {tree(f"{name}:{value}", subject) for name in (row.key, row.zh, row.key.upper()) if name != "ti"}
        assert len(trees) == 1, row.key


def test_the_two_subjects_have_fields_of_their_own():
    assert tree("mark:知泉", TRADEMARK) == word("知泉", "mark")
    error = refused("nice:9", PATENT)
    assert error.sentence == "“nice”是商标检索的字段（国际分类），这里没有。"
    assert refused("ipc:H01M", TRADEMARK).sentence == "“ipc”是专利检索的字段（IPC），这里没有。"


@pytest.mark.parametrize(
    ("text", "span", "offered", "suggestion"),
    [
        ("apnortt=(清华大学)", "apnortt", "申请号（apno）", 'apno=(any:"清华大学")'),
        ("申请入:清华大学", "申请入", "申请人（pa）", "申请人:清华大学"),
        ("titel:car", "titel", "名称（ti）", "ti:car"),
        ("甲 AND 审察员：乙", "审察员", "审查员（exr）", "甲 AND 审查员：乙"),
        ("zzzzz:甲", "zzzzz", "请加引号", '"zzzzz:甲"'),
    ],
)
def test_an_unknown_field_is_pointed_at_and_the_nearest_offered(text, span, offered, suggestion):
    error = refused(text)
    assert text[error.start : error.end] == span
    assert offered in error.expected
    assert error.suggestion == suggestion


def test_values_in_a_list_are_alternatives():
    assert tree("nice:9;25；35", TRADEMARK) == tree("nice:9 OR nice:25 OR nice:35", TRADEMARK)
    assert tree("sg:0908;0901", TRADEMARK) == Or((Class("sg", "0908"), Class("sg", "0901")))
    assert "按“或”理解" in notes("dist:桐城、怀宁")
