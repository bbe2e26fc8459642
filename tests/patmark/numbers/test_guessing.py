"""A number typed into the search box is recognised and said; words, classes, years, dates and quantities are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.numbers import Reading, guess

APPLICATION, PUBLICATION, TRADEMARK, PREFIX = Reading


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("CN202010300001.3", [(APPLICATION, "CN2020103000013")]),
        ("202010300001.3", [(APPLICATION, "CN2020103000013")]),
        ("202010300001", [(APPLICATION, "CN2020103000013")]),
        ("ZL 2020 1 0300001.3", [(APPLICATION, "CN2020103000013")]),
        ("CN2O2010300001.3", [(APPLICATION, "CN2020103000013")]),
        ("CN112345678A", [(PUBLICATION, "CN112345678A")]),
        ("112345678", [(PUBLICATION, "CN112345678")]),
        ("CN20201030", [(PREFIX, "CN20201030")]),
        ("2020103000", [(PREFIX, "CN2020103000")]),
        ("US 16/123,456", [(APPLICATION, "US16123456")]),
        ("US11234567B2", [(PUBLICATION, "US11234567B2")]),
        ("EP1234567", [(PUBLICATION, "EP1234567")]),
        ("EP05255002.7", [(APPLICATION, "EP05255002")]),
        ("PCT/CN2011/000001", [(APPLICATION, "PCTCN2011000001")]),
        ("WO2020123456A1", [(PUBLICATION, "WO2020123456A1")]),
        ("特開2020-012345", [(PUBLICATION, "JP2020012345A")]),
        ("第1234567号", [(TRADEMARK, "CN1234567")]),
        ("G1234567", [(TRADEMARK, "CNG1234567")]),
        ("12345678", [(TRADEMARK, "CN12345678")]),
    ],
)
def test_the_reading_is_found(text: str, readings: list[tuple[Reading, str]]) -> None:
    found = guess(text)
    assert [(one.reading, one.key) for one in found] == readings
    assert all(one.sentence.startswith("读作") and one.sentence.endswith("。") for one in found)


def test_several_readings_come_best_first() -> None:
    assert [one.reading for one in guess("98165432")] == [APPLICATION, PUBLICATION, TRADEMARK]
    assert [one.reading for one in guess("CN1123456")] == [PUBLICATION, PREFIX]
    assert [one.reading for one in guess("1123456")] == [PUBLICATION, TRADEMARK]


def test_a_wrong_check_digit_is_said_and_the_right_number_proposed() -> None:
    found = guess("202010300001.5")[0]
    assert "应为 3" in found.sentence
    assert found.meant[0] == "CN202010300001.3"


@pytest.mark.parametrize(
    "text",
    [
        "", "电池", "锂离子电池", "H01M10/0525", "H01M 10/0525(2010.01)I", "H01M", "G06F", "G06", "A", "2020", "2020年",
        "20200102", "2020-01-02", "2020.01.02", "20111029", "2003-2010", "CN2011", "1000000", "5000000",
        "100ml", "3000mAh",
        "GB18030", "GB/T 2260", "CR2032", "IP65", "5G", "LiFePO4", "AT89C51", "DE10", "C60", "第3条", "0.5", "50-100",
        "14-03", "3.1415926", "1,000,000", "COVID-19", "SARS-CoV-2", "304不锈钢", "6061-T6", "Q235B",
        "CO2", "13800138000",
        "91340800000000000H", "340800", "1" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_number_has_no_reading(text: str) -> None:
    assert guess(text) == []


def test_a_search_among_trademarks_reads_shorter_numbers_and_those_that_look_like_days() -> None:
    assert [one.key for one in guess("20111029", about="trademark")] == ["CN20111029"]
    assert [one.key for one in guess("12345", about="trademark")] == ["CN12345"]
    assert guess("202010300001.3", about="trademark") == []
    assert guess("12345678", about="patent") == []


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    for one in guess(text):
        assert one.key and one.sentence
