"""Days are read in the spellings of the sources, and nothing that is no day becomes one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.dates import Period, parse_date, parse_period
from patmark.errors import BadInput

SPELLINGS = (
    "20200102",
    "2020-01-02",
    "2020.01.02",
    "2020/1/2",
    "2020年1月2日",
    "２０２０年１月２日",
    " 2020-1-2 ",
    "2020. 1. 2",
    "2020-01-02 00:00:00",
    "2020-01-02T08:30:15.250",
    "2020-01-02T00:00:00Z",
    "2020-01-02-05:00",
    "20200102.0",
    "Jan. 2, 2020",
    "January 2 2020",
    "2 Jan 2020",
    "02-JAN-2020",
    "令和2年1月2日",
    "令和2年1月2日(2020.1.2)",
)


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_the_same_day(text: str) -> None:
    assert parse_date(text) == date(2020, 1, 2)


@pytest.mark.parametrize("text", ["", "  ", "-", "--", "00000000", "0000-00-00", "0", "无", "NULL", "99991231", "/"])
def test_what_stands_for_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_greenbook_month_without_its_day_is_no_day_but_a_period() -> None:
    assert parse_date("19700600") is None
    assert parse_period("19700600") == Period(date(1970, 6, 1), date(1970, 6, 30))


@pytest.mark.parametrize(
    "text", ["2020-02-30", "20201301", "01/02/2020", "昨天", "2020", "17891231", "22010101", "1" * 500]
)
def test_nonsense_is_refused_with_a_chinese_sentence(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_date(text)
    assert "日期" in caught.value.sentence or "年份" in caught.value.sentence


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020年", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("202102", date(2021, 2, 1), date(2021, 2, 28)),
        ("2020年5月", date(2020, 5, 1), date(2020, 5, 31)),
        ("2020.05.06", date(2020, 5, 6), date(2020, 5, 6)),
    ],
)
def test_years_and_months_span_their_days(text: str, first: date, last: date) -> None:
    assert parse_period(text) == Period(first, last)


def test_a_period_of_nothing_is_none() -> None:
    assert parse_period("") is None
    assert parse_period("0000") is None


@given(
    st.dates(date(1790, 1, 1), date(2200, 12, 31)), st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日"])
)
def test_a_printed_day_reads_back(day: date, form: str) -> None:
    assert parse_date(f"{day.year:04d}" + day.strftime(form.removeprefix("%Y"))) == day


@given(st.text(max_size=100))
def test_any_text_gives_a_day_none_or_a_sentence(text: str) -> None:
    try:
        assert parse_date(text) is None or isinstance(parse_date(text), date)
    except BadInput as problem:
        assert problem.sentence
