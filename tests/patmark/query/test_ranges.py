"""Days and counts: single ones, whole months and years, ranges in every spelling, open ends."""

import pytest

from patmark.query.tree import And, Code, Or, Range
from tests.patmark.query.asking import TRADEMARK, refused, tree

YEAR = Range("ad", 20200101, 20201231)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ad:2020", YEAR),
        ("ad:2020年", YEAR),
        ("ad=202005", Range("ad", 20200501, 20200531)),
        ("ad:2020-02", Range("ad", 20200201, 20200229)),
        ("ad:2020年2月", Range("ad", 20200201, 20200229)),
        ("ad:20200131", Range("ad", 20200131, 20200131)),
        ("ad:2020.1.31", Range("ad", 20200131, 20200131)),
        ('ad:"2020年1月31日"', Range("ad", 20200131, 20200131)),
        ("ad:[20200101 TO 20201231]", YEAR),
        ("ad:[2020 to 2020]", YEAR),
        ("ad=[2020 至 2020]", YEAR),
        ("ad:(2020-01-01..2020-12-31)", YEAR),
        ("ad:2020..2020", YEAR),
        ("申请日=20200101:20201231", YEAR),
        ("ad:2020-01-01至2020-12-31", YEAR),
        ("ad:2020-01-01到2020-12-31", YEAR),
        ("ad:2020-01-01~2020-12-31", YEAR),
        ("ad:2020-01-01 至 2020-12-31", YEAR),
        ("ad:2020 TO 2020", YEAR),
        ("ad:2020-2020", YEAR),
        ("ad:20200101-20201231", YEAR),
        ("ad:[* TO 2020]", Range("ad", None, 20201231)),
        ("ad:[2020 TO *]", Range("ad", 20200101)),
        ("ad:2020..", Range("ad", 20200101)),
        ("ad:..2020", Range("ad", None, 20201231)),
        ("ad:2020至今", Range("ad", 20200101)),
        ("ad:*", Range("ad")),
        ("ad>=2020", Range("ad", 20200101)),
        ("ad≥2020", Range("ad", 20200101)),
        ("ad:>=2020", Range("ad", 20200101)),
        ("ad > 2020", Range("ad", 20210101)),
        ("ad<2021-05", Range("ad", None, 20210430)),
        ("ad<=2021-05", Range("ad", None, 20210531)),
        ("ad>2020-02-28", Range("ad", 20200229)),
        ("ad:(>=2020 AND <2022)", And((Range("ad", 20200101), Range("ad", None, 20211231)))),
        ("ad:(>= 2020)", Range("ad", 20200101)),
        ("ad:(2019 OR 2021)", Or((Range("ad", 20190101, 20191231), Range("ad", 20210101, 20211231)))),
    ],
)
def test_days_and_spans_of_days(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nclm:10", Range("nclm", 10, 10)),
        ("nclm>=10", Range("nclm", 10)),
        ("nclm>10", Range("nclm", 11)),
        ("nclm<10", Range("nclm", None, 9)),
        ("权利要求数：3-5", Range("nclm", 3, 5)),
        ("nclm:3..5", Range("nclm", 3, 5)),
        ("nclm:3项", Range("nclm", 3, 3)),
        ("ady:2020", Range("ady", 2020, 2020)),
        ("ady:2020..2022", Range("ady", 2020, 2022)),
        ("ady:2020年", Range("ady", 2020, 2020)),
        ("nclm:[3 TO 5]", Range("nclm", 3, 5)),
    ],
)
def test_counts_and_spans_of_counts(text, expected):
    assert tree(text) == expected


def test_a_nice_class_is_a_class_and_several_are_a_range():
    assert tree("nice:25", TRADEMARK) == Code("nice", 25, "第25类")
    assert tree("nice:第25类", TRADEMARK) == Code("nice", 25, "第25类")
    assert tree("nice:1..34", TRADEMARK) == Range("nice", 1, 34)
    assert tree("nice>=35", TRADEMARK) == Range("nice", 35)


@pytest.mark.parametrize(
    ("text", "span", "part", "suggestion"),
    [
        ("ad:2020-02-30", "2020-02-30", "没有 2020 年 2 月 30 日", "ad:2020-02"),
        ("ad:2020-13-01 电池", "2020-13-01", "2020-13-01", "ad:2020 电池"),
        ("ad:昨天", "昨天", "不是可以识别的日期", 'any:"昨天"'),
        ("ad:00000000", "00000000", "没有日期", 'any:"00000000"'),
        ("ad:1492", "1492", "1790", 'any:"1492"'),
        ("ad:2022..2020", "2022..2020", "颠倒", "ad:2020..2022"),
        ("ad:[2022 TO 2020]", "[2022 TO 2020]", "颠倒", "ad:2020..2022"),
        ("nclm:5..3", "5..3", "5 大于 3", "nclm:3..5"),
        ("nclm:很多", "很多", "是数", 'any:"很多"'),
        ("nclm<0", "0", "没有小于“0”的权利要求数", "nclm:0"),
        ("ad>=2020..2021", "2020..2021", "已经是范围", "ad:2020"),
        ("ti>=2020", "ti>=2020", "名称是文字，不能比较大小", 'ti:"2020"'),
        ("ti>电池", "ti>电池", "不能比较大小", 'ti:"电池"'),
        ("st:[有效 TO 失效]", "[有效 TO 失效]", "不能写成范围", "st:有效"),
        ("[2020 TO 2022]", "[2020 TO 2022]", "范围只能写在日期和数的字段后面", '"2020 TO 2022"'),
        ("ad:[2020 TO 2021 电池", "[2020 TO 2021", "方括号没有配对", "ad:[2020 TO 2021] 电池"),
        ("20110101<=PD<=20130101", "20110101<=PD<=20130101", "字段要写在前面", "pd>=20110101 pd<=20130101"),
    ],
)
def test_a_wrong_range_is_pointed_at_and_mended(text, span, part, suggestion):
    error = refused(text)
    assert text[error.start : error.end] == span
    assert part in error.sentence
    assert error.suggestion == suggestion
