"""Years in a row, the last complete one, and changes against the year before."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.analysis.trend import change, complete_until, span


def test_years_run_without_gaps_and_the_oldest_are_left_out_first():
    assert span({2021, 2018}, 10) == (2018, 2019, 2020, 2021)
    assert span({1985, 2021}, 3) == (2019, 2020, 2021)
    assert span((), 3) == ()


@pytest.mark.parametrize(
    ("newest", "months", "complete"),
    [
        (date(2024, 6, 30), 0, 2023),
        (date(2024, 12, 31), 0, 2024),
        (date(2024, 6, 30), 18, 2021),
        (date(2024, 6, 29), 18, 2021),
        (date(2025, 1, 1), 18, 2022),
        (date(2026, 7, 1), 6, 2025),
        (date(2026, 6, 30), 6, 2024),
        (date(2024, 2, 29), 12, 2022),
    ],
)
def test_a_year_is_complete_when_its_last_day_has_been_laid_open(newest, months, complete):
    assert complete_until(newest, months) == complete


def test_a_change_has_no_value_where_there_was_nothing_before():
    assert change(100, 112) == pytest.approx(0.12)
    assert change(100, 50) == -0.5
    assert change(0, 7) is None
