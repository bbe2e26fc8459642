"""Trademark numbers are read with what Madrid and divided applications add to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.errors import BadNumber
from patmark.numbers import display, parse_trademark


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("12345678", "12345678"), ("１２３４５６７８", "12345678"), ("12345678a", "12345678A"),
        ("g1234567", "G1234567"),
        ("G1234567H", "G1234567H"), ("G1234567AH", "G1234567AH"), ("G1234567H2", "G1234567H2"),
        ("第1234567号", "1234567"),
        ("注册号：1234567", "1234567"), ("00123456", "123456"),
    ],
)  # fmt: skip
def test_a_number_in_every_spelling(text: str, bare: str) -> None:
    number = parse_trademark(text)
    assert number.bare == bare
    assert number.key == f"CN{bare}"
    assert parse_trademark(display(number)) == number


def test_the_parts_of_a_number_are_told() -> None:
    madrid = parse_trademark("G1234567AH")
    assert (madrid.international, madrid.divided, madrid.subsequent) == (True, "A", "H")
    assert parse_trademark("12345678A").divided == "A"


@pytest.mark.parametrize("text", ["123456789", "A1234567", "G", "1234567 8", "", "商标", "0", "00000000"])
def test_what_is_no_number_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(BadNumber) as caught:
        parse_trademark(text)
    assert "商标" in caught.value.sentence


def test_another_office_keeps_its_letters_and_digits() -> None:
    assert parse_trademark("76/123,456", "US").key == "US76123456"


@given(st.integers(1, 99_999_999), st.sampled_from(["", "A", "B"]), st.booleans())
def test_a_number_survives_its_printed_form(serial: int, letter: str, madrid: bool) -> None:
    number = parse_trademark(f"{'G' if madrid else ''}{serial}{letter}")
    assert parse_trademark(display(number)) == number
