"""A class with what stands below it: by the loaded scheme's own levels where there are any, and the page says which."""

from __future__ import annotations

import pytest

from tests.search.conftest import hold
from zhiquan.common.action import CONSOLE
from zhiquan.records import loading

SYMBOLS = ["H01M10/05", "H01M10/052", "H01M10/0525", "H01M10/06", "H01M4/00", "B65D1/00"]
SCHEME = """code,title
H01M10/00,二次电池
H01M10/05,·非水电解质蓄电池
H01M10/052,··锂蓄电池
H01M10/0525,···摇椅式电池
H01M10/06,·铅酸蓄电池
"""


@pytest.fixture
def classes(own, tmp_path):
    hold(
        tmp_path,
        *(
            {"申请号": f"20171990{at:04}", "名称": one, "主分类号": one, "申请（专利权）人": "甲"}
            for at, one in enumerate(SYMBOLS, 1)
        ),
    )
    return own


@pytest.mark.parametrize(("query", "count"), [("ipc:H01M10/05", 1), ("ipc:H01M10", 4), ("ipc:H01M", 5), ("ipc:H", 5)])
def test_above_the_subgroup_a_symbol_means_what_stands_below_it(classes, query, count):
    assert classes.ask(query).total == count


def test_without_a_scheme_a_subgroup_is_looked_for_alone_and_that_is_said(classes):
    page = classes.ask("ipc:H01M10/05/low")
    assert page.titles == ["H01M10/05"] and "没有载入分类表" in page.reading


def test_with_a_scheme_that_knows_its_levels_those_decide_and_that_is_said(classes, tmp_path):
    table = tmp_path / "ipc.csv"
    table.write_text(SCHEME, encoding="utf-8")
    loading.load(CONSOLE, "ipc", table)
    page = classes.ask("ipc:H01M10/05/low")
    assert sorted(page.titles) == ["H01M10/05", "H01M10/052", "H01M10/0525"]
    assert "按分类表自身的层级" in page.reading
    assert classes.ask("ipc:H01M10/052/low").total == 2
