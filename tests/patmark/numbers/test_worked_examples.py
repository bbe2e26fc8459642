"""The worked examples of the rules, for clones without the shared vectors: check digits and stages by date."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.kinds import kind_codes, kind_of, stage_of
from patmark.numbers import cn_check_digit, parse_cn_application
from patmark.patent import PatentKind, Stage


@pytest.mark.parametrize(
    "printed",
    [
        "95115608.X", "97101765.4", "200310100002.X", "201010596747.X", "202110685031.5", "201711161723.X",
        "202110580692.1", "201310699744.2", "202410610670.9", "201110297790.0", "201710117081.7", "202311352019.8",
    ],
)  # fmt: skip
def test_the_check_digit_is_that_of_the_printed_number(printed: str) -> None:
    body, check = printed.split(".")
    assert cn_check_digit(body) == check
    assert parse_cn_application(printed).check_ok


def test_a_plausible_but_wrong_number_fails() -> None:
    assert cn_check_digit("202310999716") == "6"
    assert parse_cn_application("202310999716.5").check_ok is False


@pytest.mark.parametrize("body", ["", "123", "1234567890123", "1234567a", "１２３４５６７８"])
def test_a_check_digit_needs_eight_or_twelve_digits(body: str) -> None:
    with pytest.raises(ValueError, match="8 or 12"):
        cn_check_digit(body)


@pytest.mark.parametrize(
    ("kind", "day", "stage", "right"),
    [
        ("A", date(1989, 1, 1), Stage.APPLICATION, PatentKind.INVENTION),
        ("B", date(1992, 12, 30), Stage.EXAMINED, PatentKind.INVENTION),
        ("B", date(2000, 1, 1), Stage.UNKNOWN, PatentKind.INVENTION),
        ("B", date(2010, 4, 7), Stage.GRANT, PatentKind.INVENTION),
        ("C", date(1993, 1, 6), Stage.GRANT, PatentKind.INVENTION),
        ("C", date(2010, 3, 31), Stage.GRANT, PatentKind.INVENTION),
        ("C", date(2015, 1, 1), Stage.UNKNOWN, PatentKind.INVENTION),
        ("U", date(1989, 1, 1), Stage.APPLICATION, PatentKind.UTILITY_MODEL),
        ("Y", date(2007, 8, 29), Stage.GRANT, PatentKind.UTILITY_MODEL),
        ("U", date(2021, 10, 15), Stage.GRANT, PatentKind.UTILITY_MODEL),
        ("S", date(1989, 1, 1), Stage.APPLICATION, PatentKind.DESIGN),
        ("D", date(2005, 1, 1), Stage.GRANT, PatentKind.DESIGN),
        ("S", date(2012, 1, 1), Stage.GRANT, PatentKind.DESIGN),
        ("A8", date(2015, 1, 1), Stage.CORRECTION, PatentKind.INVENTION),
        ("C1", date(2015, 1, 1), Stage.PARTIAL_INVALIDATION, PatentKind.INVENTION),
        ("Q", date(2015, 1, 1), Stage.UNKNOWN, PatentKind.UNKNOWN),
    ],
)
def test_a_kind_letter_means_what_its_day_says(kind: str, day: date, stage: Stage, right: PatentKind) -> None:
    assert stage_of("CN", kind, day) is stage
    assert kind_of("CN", kind, day) is right


def test_without_a_day_only_what_all_days_agree_on_is_told() -> None:
    assert stage_of("CN", "A") is Stage.APPLICATION
    assert stage_of("CN", "B") is Stage.UNKNOWN
    assert stage_of("CN", "B", number="112345678") is Stage.GRANT
    assert kind_of("CN", "B") is PatentKind.INVENTION


def test_the_type_digit_decides_the_kind_of_right() -> None:
    assert kind_of("CN", type_digit="8") is PatentKind.INVENTION
    assert kind_of("CN", type_digit="9") is PatentKind.UTILITY_MODEL
    assert kind_of("CN", number="312345678") is PatentKind.DESIGN


def test_other_offices_have_their_own_rows() -> None:
    assert stage_of("US", "A", date(1999, 1, 5)) is Stage.GRANT
    assert stage_of("US", "A1", date(2002, 1, 3)) is Stage.APPLICATION
    assert stage_of("EP", "A3", date(2006, 1, 4)) is Stage.SEARCH_REPORT
    assert kind_of("US", "S1", date(2006, 1, 3)) is PatentKind.DESIGN


def test_every_row_has_a_source_and_its_trust() -> None:
    for rows in kind_codes().values():
        for row in rows:
            assert row.source
            assert row.trust in {"L", "P", "C", "D", "K"}
            assert row.first <= row.last
