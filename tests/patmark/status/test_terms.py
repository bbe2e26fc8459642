"""How long rights last, to the day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from patmark.patent import PatentKind
from patmark.terms import add_months, mark_term, mark_valid_to, opposition_end, patent_expiry
from tests.shared_data import shared

INVENTION, MODEL, DESIGN = PatentKind.INVENTION, PatentKind.UTILITY_MODEL, PatentKind.DESIGN


@pytest.mark.parametrize(
    ("kind", "filed", "expiry"),
    [
        (MODEL, date(1999, 9, 6), date(2009, 9, 6)),
        (MODEL, date(2000, 5, 15), date(2010, 5, 15)),
        (INVENTION, date(2004, 2, 29), date(2024, 2, 29)),
        (DESIGN, date(2021, 5, 31), date(2031, 5, 31)),
        (DESIGN, date(2021, 6, 1), date(2036, 6, 1)),
        (MODEL, date(2012, 2, 29), date(2022, 2, 28)),
    ],
)
def test_a_chinese_patent_ends_so_many_years_after_filing(kind, filed, expiry):
    found = patent_expiry(kind, filed)
    assert found.day == expiry
    assert found.verified


def test_what_was_not_read_in_the_law_is_marked():
    assert not patent_expiry(INVENTION, date(2010, 1, 1), "US").verified
    assert not patent_expiry(INVENTION, date(1990, 1, 1)).verified


def test_where_no_term_is_known_there_is_no_expiry():
    assert patent_expiry(DESIGN, date(2010, 1, 1), "US") is None
    assert patent_expiry(PatentKind.UNKNOWN, date(2010, 1, 1)) is None
    assert patent_expiry(INVENTION, date(2010, 1, 1), "WO") is None
    assert patent_expiry(INVENTION, None) is None


@pytest.mark.parametrize(
    ("registered", "valid_to", "renew_from", "grace_to"),
    [
        (date(2014, 5, 7), date(2024, 5, 6), date(2023, 5, 7), date(2024, 11, 6)),
        (date(2016, 2, 29), date(2026, 2, 28), date(2025, 3, 1), date(2026, 8, 28)),
        (date(2015, 3, 1), date(2025, 2, 28), date(2024, 2, 29), date(2025, 8, 28)),
        (date(2014, 1, 1), date(2023, 12, 31), date(2023, 1, 1), date(2024, 6, 30)),
    ],
)
def test_a_mark_is_valid_to_the_day_before_and_renewed_in_its_last_year(registered, valid_to, renew_from, grace_to):
    assert mark_valid_to(registered) == valid_to
    term = mark_term(valid_to)
    assert (term.renew_from, term.grace_to) == (renew_from, grace_to)


def test_opposition_runs_three_months():
    assert opposition_end(date(2023, 2, 27)) == date(2023, 5, 27)


def test_a_missing_day_becomes_the_last_of_the_month():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert add_months(date(2023, 11, 30), 15) == date(2025, 2, 28)


def test_the_vectors_of_the_rules_hold():
    vectors = json.loads(shared("domain/test_vectors.json").read_text(encoding="utf-8"))
    day = date.fromisoformat
    for one in vectors["patent_term"]:
        found = patent_expiry(PatentKind(one["type"]), day(one["filing"]))
        assert (found.day, found.term.months) == (day(one["expiry"]), one["years"] * 12)
    for one in vectors["trademark_validity"]:
        assert mark_valid_to(day(one["registered"])) == day(one["valid_to"])
        term = mark_term(day(one["valid_to"]))
        assert (term.renew_from, term.grace_to) == (day(one["renew_from"]), day(one["grace_to"]))
