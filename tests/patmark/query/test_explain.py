"""The tree in words: what is looked for where, with its brackets written out."""

import pytest

from patmark.query import explain
from tests.patmark.query.asking import PATENT, TRADEMARK, tree


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("锂电池", "任意字段含“锂电池”"),
        ("ta:锂电池 ad:2020-01-01..2020-12-30", "名称或摘要含“锂电池”，并且申请日在 2020-01-01 至 2020-12-30"),
        ("tac:电池", "名称、摘要或权利要求含“电池”"),
        ("ti:甲 OR ti:乙 AND ti:丙", "名称含“甲”，或者（名称含“乙”，并且名称含“丙”）"),
        ("(ti:甲 OR ti:乙) NOT ti:丙", "（名称含“甲”，或者名称含“乙”），并且名称不含“丙”"),
        ("ti:甲 NOT (ti:乙 OR ti:丙)", "名称含“甲”，并且排除：（名称含“乙”，或者名称含“丙”）"),
        ("NOT ta:甲", "名称和摘要都不含“甲”"),
        ("NOT 甲", "所有字段都不含“甲”"),
        ("NOT ad:2020", "排除：申请日在 2020 年"),
        ("pa:吉林大学", "申请人的名称含“吉林大学”"),
        ("ad:2020", "申请日在 2020 年"),
        ("ad:202005", "申请日在 2020 年 5 月"),
        ("ad:20200501", "申请日在 2020-05-01"),
        ("ad>=2020", "申请日在 2020-01-01 及以后"),
        ("ad<2020", "申请日在 2019-12-31 及以前"),
        ("ad:*", "有申请日"),
        ("ady:2019..2020", "申请年在 2019 至 2020"),
        ("nclm>=10", "权利要求数不少于 10"),
        ("nclm<10", "权利要求数不多于 9"),
        ("dist:桐城", "县（市、区）为“桐城市”"),
        ("apno:2011102*", "申请号以 CN2011102 开头"),
        ("pn:CN102541888A", "公开（公告）号为 CN102541888A"),
        ("apno:ZL201110297790.0", "申请号为 CN201110297790.0"),
        ("pct:PCT/CN2011/000001", "国际申请号为 PCT/CN2011/000001"),
        ("ipc:H01M", "IPC 为 H01M 及其下位"),
        ("甲 ipc:H01M", "任意字段含“甲”，并且 IPC 为 H01M 及其下位"),
        ("ipc:H01M10/0525", "IPC 为 H01M10/0525"),
        ("ipc:H01M10/052/low", "IPC 为 H01M10/052 及其下位"),
        ("*", "全部记录"),
    ],
)
def test_a_patent_query_in_words(text, said):
    assert explain(tree(text), PATENT) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mark:知泉 nice:9", "商标名称含“知泉”，并且国际分类为“第9类”"),
        ("sg:0901 OR sg:09", "类似群为 0901，或者类似群为 09 及其下位"),
        ("rn:12345678", "注册号为 12345678"),
        ("nice:1..34", "国际分类在 1 至 34"),
    ],
)
def test_a_trademark_query_in_words(text, said):
    assert explain(tree(text, TRADEMARK), TRADEMARK) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ta:甲 NOT ad:2020", "title or abstract contains “甲”, and not: filing date is 2020"),
        ("NOT ta:甲", "none of title or abstract contains “甲”"),
        ("ipc:H01M OR nclm>=3", "IPC is H01M or below it, or number of claims is at least 3"),
    ],
)
def test_a_query_in_english_words(text, said):
    assert explain(tree(text), PATENT, "en") == said
