"""Publication and patent numbers are read with their kind codes, in print, in exports and in exchanged data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.errors import BadNumber
from patmark.numbers import display, parse_publication

CASES = [
    ("CN112345678A", "", "", "CN112345678A"),
    ("cn 112345678 b", "", "", "CN112345678B"),
    ("112345678", "CN", "A", "CN112345678A"),
    ("112345678", "", "", "CN112345678"),
    ("公开号：CN112345678A", "", "", "CN112345678A"),
    ("CN1123456C", "", "", "CN1123456C"),
    ("GK85 1 00012", "CN", "A", "CN85100012A"),
    ("CN86201234U", "", "", "CN86201234U"),
    ("CN212345678U8", "", "", "CN212345678U8"),
    ("CN1I2345678A", "", "", "CN112345678A"),
    ("US20200012345A1", "", "", "US20200012345A1"),
    ("US 2020/0012345 A1", "", "", "US20200012345A1"),
    ("US2020012345A1", "", "", "US20200012345A1"),
    ("20200012345", "US", "A1", "US20200012345A1"),
    ("US 11,234,567 B2", "", "", "US11234567B2"),
    ("06123456", "US", "B1", "US6123456B1"),
    ("D0512345", "US", "S1", "USD512345S1"),
    ("USPP12345P2", "", "", "USPP12345P2"),
    ("RE38123", "US", "E1", "USRE38123E1"),
    ("EP 1 234 567 B1", "", "", "EP1234567B1"),
    ("0234567", "EP", "A2", "EP0234567A2"),
    ("WO2020/123456", "", "", "WO2020123456"),
    ("WO 02/12345 A1", "", "", "WO2002012345A1"),
    ("WO/2006/001234", "WO", "", "WO2006001234"),
    ("JP2020012345A", "", "", "JP2020012345A"),
    ("2020012345", "JP", "A", "JP2020012345A"),
    ("2020012345", "JP", "公開特許公報(A)", "JP2020012345A"),
    ("11234567", "US", "00", "US11234567"),
    ("特開2020-012345", "", "", "JP2020012345A"),
    ("特开平10-12345", "", "", "JPH10012345A"),
    ("JPH1012345A", "", "", "JPH10012345A"),
    ("特許第6712345号", "", "", "JP6712345B2"),
    ("JP6712345B2", "", "", "JP6712345B2"),
    ("KR10-2020-0012345", "", "A", "KR20200012345A"),
    ("KR20200012345A", "", "", "KR20200012345A"),
    ("KR10-1234567 B1", "", "", "KR101234567B1"),
    ("TWI712345B", "", "", "TWI712345B"),
    ("M612345", "TW", "U", "TWM612345U"),
    ("DE102010012345A1", "", "", "DE102010012345A1"),
    ("AT234567", "AT", "T", "AT234567T"),
    ("GB2512345A", "", "", "GB2512345A"),
]


@pytest.mark.parametrize(("text", "country", "kind", "key"), CASES)
def test_a_publication_has_one_key(text: str, country: str, kind: str, key: str) -> None:
    number = parse_publication(text, country, kind)
    assert number.key == key
    assert number.stem + number.kind == key
    assert parse_publication(display(number)) == number


@pytest.mark.parametrize("text", ["", "电池", "CN202010300001.3", "CN412345678A", "CN12345", "第1号", "9" * 200])
def test_what_is_no_publication_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(BadNumber) as caught:
        parse_publication(text)
    assert caught.value.sentence


def test_an_application_number_in_the_wrong_place_is_recognised() -> None:
    with pytest.raises(BadNumber) as caught:
        parse_publication("CN202010300001A")
    assert "申请号" in str(caught.value)


@given(st.sampled_from("123"), st.integers(0, 99_999_999), st.sampled_from(["A", "B", "U", "S", "A8", ""]))
def test_a_chinese_publication_survives_its_printed_form(first: str, serial: int, kind: str) -> None:
    number = parse_publication(f"CN{first}{serial:08d}{kind}")
    assert parse_publication(display(number)) == number
    assert number.kind == kind


@given(st.text(max_size=80), st.sampled_from(["", "CN", "US", "EP", "JP", "KR", "TW", "WO", "DE"]))
def test_any_text_is_a_publication_or_a_sentence(text: str, country: str) -> None:
    try:
        assert parse_publication(text, country).key
    except BadNumber as problem:
        assert problem.sentence
