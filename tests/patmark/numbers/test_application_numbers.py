"""Application numbers of every office are read from the spellings people and sources use, into one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.errors import BadNumber
from patmark.numbers import (
    cn_check_digit,
    display,
    ep_check_digit,
    parse_application,
    parse_cn_application,
    suggest_check_digit,
)

NEW = "2020103000013"


@pytest.mark.parametrize(
    "text",
    [
        "202010300001.3", "CN202010300001.3", "ZL202010300001.3", "ZL 2020 1 0300001.3", "cn 202010300001.3",
        "ＣＮ２０２０１０３０００01．３", "2020103000013", "202010300001", "CN2020103000013A", "CN202010300001A",
        "申请号：CN202010300001.3", "专利号 ZL 202010300001.3", "102020000300001", "202010300001。3",
        "CN-202010300001.3",
    ],
)  # fmt: skip
def test_one_chinese_number_in_every_spelling(text: str) -> None:
    number = parse_application(text)
    assert number.key == f"CN{NEW}"
    assert number.bare == NEW
    assert number.type_digit == "1"
    assert number.check_ok
    assert not number.warnings


def test_the_old_scheme_has_eight_digits() -> None:
    assert parse_cn_application("98165432").bare == "98165432" + cn_check_digit("98165432")
    assert parse_cn_application("98 1 65432").type_digit == "1"
    assert parse_cn_application("CN85102475").bare == "85102475" + cn_check_digit("85102475")
    assert parse_cn_application("102001000015608").bare[:8] == "01115608"


def test_a_wrong_check_digit_is_kept_and_marked() -> None:
    number = parse_cn_application("CN202010300001.5")
    assert number.bare == "2020103000015"
    assert number.check_ok is False
    assert "应为 3" in number.warnings[0]
    assert suggest_check_digit("CN202010300001.5")[0] == "CN202010300001.3"


def test_swapped_neighbours_are_proposed() -> None:
    right = "202010345678." + cn_check_digit("202010345678")
    swapped = "202010354678." + right[-1]
    assert f"CN{right}" in suggest_check_digit(swapped)
    assert suggest_check_digit(right) == ()
    assert suggest_check_digit("电池") == ()


@pytest.mark.parametrize("text", ["CN2O2O1O3OOOO1.3", "cn2020I0300001.3", "zl2020l03ooool.3"])
def test_letters_a_scanner_put_for_digits_are_read_and_marked(text: str) -> None:
    number = parse_application(text)
    assert number.bare == NEW
    assert any("按数字" in warning for warning in number.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "", "电池", "2020", "2011 10297790 0", "199910300001", "202040300001.3", "84101234", "12345678901234567890",
        "102020990300001", "20201030000", "1" * 300, "CN",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(BadNumber) as caught:
        parse_application(text)
    assert caught.value.sentence
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "office", "key", "shown"),
    [
        ("PCT/CN2011/000001", "", "PCTCN2011000001", "PCT/CN2011/000001"),
        ("PCT/CN2011/000001", "CN", "PCTCN2011000001", "PCT/CN2011/000001"),
        ("PCT/JP99/01234", "JP", "PCTJP1999001234", "PCT/JP1999/001234"),
        ("pctcn2011000001", "", "PCTCN2011000001", "PCT/CN2011/000001"),
        ("WO2011CN000001", "", "PCTCN2011000001", "PCT/CN2011/000001"),
        ("US 16/123,456", "", "US16123456", "US16/123,456"),
        ("60/123456", "", "US60123456", "US60/123,456"),
        ("29/123,456", "US", "US29123456", "US29/123,456"),
        ("US201916123456", "", "US16123456", "US16/123,456"),
        ("EP05255002.7", "", "EP05255002", "EP05255002.7"),
        ("05255002", "EP", "EP05255002", "EP05255002.7"),
        ("EP20050255002", "", "EP05255002", "EP05255002.7"),
        ("特願2020-012345", "", "JP2020012345", "JP2020-012345"),
        ("特願平10-12345号", "", "JP1998012345", "JP1998-012345"),
        ("特愿昭60-12345", "", "JP1985012345", "JP1985-012345"),
        ("実願2019-000012", "", "JP2019000012U", "JP2019-000012U"),
        ("2020012345", "JP", "JP2020012345", "JP2020-012345"),
        ("11-012345", "JP", "JP1999012345", "JP1999-012345"),
        ("10-2016-0012345", "", "KR1020160012345", "KR10-2016-0012345"),
        ("KR20160012345", "", "KR1020160012345", "KR10-2016-0012345"),
        ("102016000012345", "KR", "KR1020160012345", "KR10-2016-0012345"),
        ("109112345", "TW", "TW109112345", "TW109112345"),
        ("95112345", "TW", "TW095112345", "TW095112345"),
        ("DE 10 2010 012 345.6", "", "DE102010012345", "DE102010012345"),
        ("TO2010A000123", "IT", "ITTO2010A000123", "ITTO2010A000123"),
        ("201/MUM/2010", "IN", "IN201MUM2010", "IN201MUM2010"),
        ("US16/123,456", "CN", "US16123456", "US16/123,456"),
    ],
)
def test_numbers_of_other_offices(text: str, office: str, key: str, shown: str) -> None:
    number = parse_application(text, office)
    assert number.key == key
    assert display(number) == shown
    assert parse_application(shown) == number


def test_the_luhn_digit_of_european_numbers() -> None:
    assert ep_check_digit("05255002") == "7"
    assert parse_application("EP05255002.7").check_ok is True
    assert parse_application("EP05255002.8").check_ok is False
    assert parse_application("EP05255002").check_ok is None


bodies = st.one_of(
    st.tuples(st.integers(2003, 2099), st.sampled_from("12389"), st.integers(0, 9_999_999)).map(
        lambda parts: f"{parts[0]}{parts[1]}{parts[2]:07d}"
    ),
    st.tuples(st.sampled_from([*range(85, 100), *range(4)]), st.sampled_from("12389"), st.integers(0, 99_999)).map(
        lambda parts: f"{parts[0]:02d}{parts[1]}{parts[2]:05d}"
    ),
)


@given(bodies)
def test_a_chinese_number_survives_its_printed_form(body: str) -> None:
    number = parse_application(body)
    assert parse_application(display(number)) == number
    assert number.check_ok


@given(bodies, st.data())
def test_one_altered_digit_always_shows(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(5 if len(body) == 12 else 3, len(body) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != body[place]]))
    altered = body[:place] + other + body[place + 1 :]
    assert cn_check_digit(altered) != cn_check_digit(body)
    assert parse_application(altered + cn_check_digit(body)).check_ok is False


foreign = st.one_of(
    st.tuples(st.integers(1, 99), st.integers(0, 999_999)).map(lambda n: f"US{n[0]:02d}/{n[1]:06d}"),
    st.tuples(st.integers(1978, 2099), st.integers(0, 999_999)).map(lambda n: f"PCT/CN{n[0]}/{n[1]:06d}"),
    st.integers(0, 99_999_999).map(lambda n: f"EP{n:08d}"),
    st.tuples(st.integers(1950, 2099), st.integers(1, 999_999)).map(lambda n: f"JP{n[0]}-{n[1]:06d}"),
    st.tuples(st.integers(1950, 2099), st.integers(1, 9_999_999)).map(lambda n: f"KR10-{n[0]}-{n[1]:07d}"),
    st.tuples(st.integers(80, 200), st.integers(1, 99_999)).map(lambda n: f"TW{n[0]:03d}1{n[1]:05d}"),
    st.tuples(st.sampled_from(["DE", "FR", "GB", "AU"]), st.integers(1000, 10**12)).map(lambda n: f"{n[0]}{n[1]}"),
)


@given(foreign)
def test_a_foreign_number_survives_its_printed_form(text: str) -> None:
    number = parse_application(text)
    assert parse_application(display(number)) == number


@given(st.text(max_size=80), st.sampled_from(["", "CN", "US", "EP", "JP", "KR", "TW", "WO", "DE", "IT"]))
def test_any_text_is_a_number_or_a_sentence(text: str, office: str) -> None:
    try:
        assert parse_application(text, office).key
    except BadNumber as problem:
        assert problem.sentence
