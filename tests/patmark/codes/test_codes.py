"""Codes, values and words of the closed lists find each other in every direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark import codes
from patmark.patent import PatentKind, Stage
from patmark.trademark import MarkKind

UPPER = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize(
    ("name", "members"),
    [("kind", PatentKind), ("stage", Stage), ("mark_kind", MarkKind), ("ptype", codes.BodyKind)],
)
def test_every_value_of_a_kind_has_one_code_and_a_chinese_label(name, members):
    numbers = [codes.code_of(name, member) for member in members]
    assert len(set(numbers)) == len(numbers)
    for member, number in zip(members, numbers, strict=True):
        assert codes.value_of(name, number) == member
        assert codes.read(name, codes.label(name, number)) is not None


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("kind", "发明", "invention"),
        ("kind", "ｉ", "invention"),
        ("kind", "实用新型", "utility_model"),
        ("kind", "外观", "design"),
        ("mark_kind", "地理标志", "geographical_indication"),
        ("ptype", "大学", "university"),
        ("cc", "cn", "CN"),
        ("cc", "中国", "CN"),
        ("cc", "United States", "US"),
        ("cc", "台湾", "TW"),
        ("sec", "h", "H"),
        ("sub", "h01m", "H01M"),
    ],
)
def test_people_may_say_a_value_in_several_ways(name, typed, value):
    assert codes.read(name, typed) == codes.code_of(name, value)


def test_a_word_of_no_list_is_none():
    assert codes.read("kind", "商业方法") is None
    assert codes.read("cc", "火星") is None


def test_a_word_means_one_value_only():
    for name, rows in codes.TABLES.items():
        spoken = [codes.spell(word) for row in rows for word in {row.value, row.zh, row.en, *row.aliases} if word]
        assert len(spoken) == len(set(spoken)), name


@given(UPPER, UPPER)
def test_any_two_letters_are_an_office_with_a_code(first, second):
    code = codes.code_of("cc", first + second)
    assert 1 <= code <= 676
    assert codes.value_of("cc", code) == first + second


@given(UPPER, st.integers(0, 99), UPPER)
def test_a_subclass_is_its_letters_and_digits_in_decimal(section, number, letter):
    symbol = f"{section}{number:02}{letter}"
    assert codes.value_of("sub", codes.code_of("sub", symbol)) == symbol
    assert codes.value_of("sec", codes.code_of("sec", section)) == section


@pytest.mark.parametrize(("name", "code"), [("kind", 77), ("cc", 0), ("cc", 677), ("sub", 80100), ("sec", 27)])
def test_a_number_that_is_no_code_is_a_key_error(name, code):
    with pytest.raises(KeyError):
        codes.label(name, code)


@pytest.mark.parametrize(("name", "value"), [("kind", "nothing"), ("cc", "C1"), ("sub", "H01"), ("sec", "HH")])
def test_a_value_that_is_none_is_a_key_error(name, value):
    with pytest.raises(KeyError):
        codes.code_of(name, value)
