"""Statuses turn with the calendar, without a write, and the windows asked of an index agree with each record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.mark_status import MARK_STATUSES, MARK_TURNS
from patmark.status import PATENT_STATUSES, PATENT_TURNS, Turn, at, windows

days = st.dates(date(2015, 1, 1), date(2030, 1, 1))


def fits(window, base, dated):
    if window.base != base:
        return False
    if dated is None:
        return window.undated
    return (window.first is None or window.first <= dated) and (window.last is None or dated <= window.last)


@pytest.mark.parametrize(("statuses", "turns"), [(PATENT_STATUSES, PATENT_TURNS), (MARK_STATUSES, MARK_TURNS)])
@given(data=st.data())
def test_exactly_the_windows_of_its_status_take_a_record(statuses, turns, data):
    base = data.draw(st.sampled_from(sorted(statuses)))
    dated, today = data.draw(st.none() | days), data.draw(days)
    mine = at(base, dated, today, turns)
    for status in statuses:
        assert any(fits(one, base, dated) for one in windows(status, today, turns)) == (status == mine)


@given(st.integers(0, 12), st.integers(0, 1), days)
def test_the_latest_turned_date_is_the_last_one(months, after, today):
    turn = Turn("a", "exd", "b", months, after)
    latest = turn.latest(today)
    assert turn.day(latest) <= today < turn.day(latest + timedelta(days=1))


def test_a_mark_passes_through_grace():
    end = date(2024, 5, 6)
    told = [at("registered", end, day, MARK_TURNS) for day in (end, date(2024, 5, 7), date(2024, 11, 6))]
    assert told == ["registered", "grace", "grace"]
    assert at("registered", end, date(2024, 11, 7), MARK_TURNS) == "lapsed"


def test_a_base_without_a_date_does_not_turn():
    assert at("granted", None, date(2090, 1, 1)) == "granted"
