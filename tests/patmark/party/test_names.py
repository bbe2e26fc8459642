"""Spellings of one name meet in one key; cells of many names come apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.party import Agency, normalise_name, split_agencies, split_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宏云精密工业(深圳)有限公司", "宏云精密工业深圳有限公司"),
        ("宏云精密工业（深圳）有限公司", "宏云精密工业 (深圳) 有限公司"),
        ("鴻雲電子股份有限公司", "鸿云电子股份有限公司"),
        ("ＡＢＣ科技有限公司", "abc科技有限公司"),
        ("Spruce Hill Technologies Co., Ltd.", "SPRUCE HILL TECHNOLOGIES CO LTD"),
        ("Spruce Hill Corporation", "SPRUCE HILL CORP."),
        ("约翰·史密斯", "约翰•史密斯"),
    ],
)
def test_two_spellings_of_one_name_give_one_key(one, other):
    assert normalise_name(one) == normalise_name(other)


def test_different_names_keep_different_keys():
    assert normalise_name("安庆云杉机械有限公司") != normalise_name("安庆云杉机电有限公司")


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_itself(text):
    assert normalise_name(normalise_name(text)) == normalise_name(text)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("王小明;李大山", ("王小明", "李大山")),
        ("王小明；李大山；", ("王小明", "李大山")),
        ("安庆云杉有限公司|某某大学", ("安庆云杉有限公司", "某某大学")),
        ("王小明\n李大山\r\n赵一", ("王小明", "李大山", "赵一")),
        ("王小明,李大山，赵一", ("王小明", "李大山", "赵一")),
        ("王小明、李大山", ("王小明", "李大山")),
        ("黄海 王平", ("黄海", "王平")),
        ("云杉(深圳;上海)有限公司", ("云杉(深圳;上海)有限公司",)),
        ("SPRUCE CORP., LTD", ("SPRUCE CORP., LTD",)),
        ("Spruce Technologies Co., Ltd.; Oak, Inc.", ("Spruce Technologies Co., Ltd.", "Oak, Inc.")),
        ("云杉有限公司,Spruce Co., Ltd", ("云杉有限公司", "Spruce Co., Ltd")),
        ("Smith, John", ("Smith, John",)),
        ("云杉,有限公司", ("云杉,有限公司",)),
        ("北京 大学", ("北京 大学",)),
        ("云杉（深圳有限公司;橡树有限公司", ("云杉（深圳有限公司", "橡树有限公司")),
        ("-", ()),
        ("  无 ", ()),
        ("null", ()),
        ("", ()),
    ],
)
def test_a_cell_comes_apart_into_its_names(cell, names):
    assert split_names(cell) == names


@given(st.text(alphabet="王李;；|,，、()（ \nAB.", max_size=40))
def test_no_name_is_empty_or_padded(cell):
    assert all(name and name == name.strip() for name in split_names(cell))


@pytest.mark.parametrize(
    ("cell", "agencies"),
    [
        ("北京云杉专利代理有限公司 11999", (Agency("北京云杉专利代理有限公司", "11999"),)),
        ("北京云杉专利代理有限公司11999", (Agency("北京云杉专利代理有限公司", "11999"),)),
        ("某某事务所（普通合伙）（34999）", (Agency("某某事务所（普通合伙）", "34999"),)),
        ("某某事务所(普通合伙) 34999", (Agency("某某事务所(普通合伙)", "34999"),)),
        ("34999 某某事务所", (Agency("某某事务所", "34999"),)),
        ("甲所 11999;乙所 34999", (Agency("甲所", "11999"), Agency("乙所", "34999"))),
        ("某某事务所", (Agency("某某事务所"),)),
        ("--", ()),
    ],
)
def test_agencies_come_with_their_codes(cell, agencies):
    assert split_agencies(cell) == agencies
