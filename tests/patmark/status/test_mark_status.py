"""The status of a trademark from its dates and the words of exports."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.mark_status import MarkStatus, mark_status_of, mark_status_row, stored_mark_status
from patmark.status import Basis
from patmark.trademark import Trademark

TODAY = date(2024, 6, 1)


def test_dates_tell_how_far_a_mark_has_come():
    filed = Trademark("CN", filing_date=date(2023, 1, 5))
    published = Trademark("CN", filing_date=date(2023, 1, 5), preliminary_publication_date=date(2023, 9, 6))
    registered = Trademark("CN", registration_date=date(2023, 12, 7))
    told = [mark_status_of(one, TODAY).status for one in (filed, published, registered, Trademark("CN"))]
    assert told == ["filed", "published", "registered", "unknown"]


def test_the_term_of_a_chinese_registration_is_computed_where_it_is_not_stated():
    stored = stored_mark_status(Trademark("CN", registration_date=date(2014, 5, 7)))
    assert (stored.valid_to, stored.computed) == (date(2024, 5, 6), True)
    assert stored_mark_status(Trademark("US", registration_date=date(2014, 5, 7))).valid_to is None


def test_a_mark_past_its_term_is_in_grace_and_then_lapsed():
    mark = Trademark("CN", registration_date=date(2014, 5, 7), valid_to=date(2024, 5, 6))
    grace = mark_status_of(mark, TODAY)
    assert (grace.status, grace.basis) == (MarkStatus.GRACE, Basis.COMPUTED)
    assert "2024-11-06" in grace.sentence
    assert mark_status_of(mark, date(2024, 11, 7)).status == MarkStatus.LAPSED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("商标已注册", "registered"),
        ("LIVE/REGISTRATION/Issued and Active; REGISTERED", "registered"),
        ("等待实质审查", "examination"),
        ("初审公告", "published"),
        ("驳回复审中", "refusal_review"),
        ("商标驳回", "refused"),
        ("不予受理", "not_accepted"),
        ("已撤销", "revoked"),
        ("撤销申请待审中", "registered"),
        ("注销公告", "cancelled"),
        ("期满未续展注销", "lapsed"),
        ("宣告无效", "invalidated"),
        ("申请收文", "filed"),
        ("宽展期", "grace"),
        ("失效", "ended"),
        ("说不清", "filed"),
    ],
)
def test_the_words_of_exports_tell(text, status):
    mark = Trademark("CN", filing_date=date(2023, 1, 5), status_text=text)
    assert mark_status_of(mark, TODAY).status == status


def test_a_dead_mark_stays_dead_whatever_its_term():
    mark = Trademark("CN", registration_date=date(2020, 5, 7), status_text="已撤销")
    assert mark_status_of(mark, TODAY).status == MarkStatus.REVOKED


def test_an_opposition_in_the_words_does_not_take_a_registration_away():
    mark = Trademark("CN", registration_date=date(2020, 5, 7), status_text="异议申请中")
    assert mark_status_of(mark, TODAY).status == MarkStatus.REGISTERED


def test_a_status_is_found_by_its_names():
    assert mark_status_row("宽展期").id == mark_status_row("grace").id == 21
