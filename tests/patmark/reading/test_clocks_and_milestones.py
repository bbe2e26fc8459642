"""The days of a right in order, and its clocks to the day."""

from __future__ import annotations

import json
from datetime import date

from patmark.clocks import ClockKind, Phase, examination_clock, mark_clocks, patent_clock
from patmark.fees import fee_year, year_of
from patmark.lifecycle import Life
from patmark.milestones import What, mark_milestones, patent_milestones
from patmark.patent import ApplicationNumber, Event, Patent, PatentKind, Publication, Stage
from patmark.trademark import Trademark
from tests.shared_data import shared

INVENTION = PatentKind.INVENTION
FILED = date(2019, 3, 5)
A, B = Publication("CN", "199000001", "A", date(2019, 11, 8)), Publication("CN", "199000001", "B", date(2021, 8, 6))


def patent(**says) -> Patent:
    values = {"office": "CN", "kind": INVENTION, "application": ApplicationNumber("CN", "201910000007.2", FILED)}
    return Patent(**{**values, "publications": (A,), **says})


def whats(milestones) -> list[str]:
    return [one.what.value for one in milestones]


def test_the_days_of_a_patent_stand_in_order():
    found = patent_milestones(
        patent(
            publications=(A, B),
            priorities=(ApplicationNumber("JP", "2018-000001", date(2018, 3, 6)),),
            events=(Event("SE01", "CN", date(2019, 12, 3)), Event("TR01", "CN", None, None, "转移")),
        )
    )
    assert whats(found) == ["priority", "filing", "publication", "event", "publication", "expiry", "event"]
    assert [one.stage for one in found if one.what is What.PUBLICATION] == [Stage.APPLICATION, Stage.GRANT]
    expiry = next(one for one in found if one.what is What.EXPIRY)
    assert (expiry.day, expiry.computed, expiry.source) == (date(2039, 3, 5), True, "专利法 第42条")


def test_a_grant_told_by_its_date_alone_stands_once():
    assert whats(patent_milestones(patent(grant_date=B.date))) == ["filing", "publication", "grant", "expiry"]
    assert "grant" not in whats(patent_milestones(patent(publications=(A, B), grant_date=B.date)))


def test_a_right_that_has_ended_has_no_expiry_to_come():
    ended = patent(publications=(A, B), events=(Event("CF01", "CN", date(2023, 3, 5)),))
    assert "expiry" not in whats(patent_milestones(ended))
    assert next(one for one in patent_milestones(ended) if one.event).life is Life.DEAD


def test_the_request_for_examination_is_counted_from_the_priority_while_it_is_waited_for():
    waiting = patent(priorities=(ApplicationNumber("CN", "201810000001.1", date(2018, 3, 30)),))
    found = {one.what: one.day for one in patent_milestones(waiting)}
    assert found[What.EXAMINATION_END] == date(2021, 3, 30)
    assert What.EXAMINATION_END not in whats(
        patent_milestones(patent(events=(Event("SE01", "CN", date(2019, 12, 3)),)))
    )
    assert examination_clock(date(2021, 1, 30), None).last == date(2024, 1, 30)


def test_a_patent_is_protected_to_the_day_before_its_expiry():
    clock = patent_clock(INVENTION, date(2004, 2, 29))
    assert (clock.last, clock.phase(date(2024, 2, 28)), clock.phase(date(2024, 2, 29))) == (
        date(2024, 2, 28),
        Phase.RUNNING,
        Phase.OVER,
    )
    assert clock.gone(date(2004, 2, 29)) == 0 and clock.gone(date(2030, 1, 1)) == 1
    assert patent_clock(PatentKind.UNKNOWN, FILED) is None


def test_the_clocks_of_a_mark_are_those_of_the_vectors():
    day = date.fromisoformat
    for one in json.loads(shared("domain/test_vectors.json").read_text(encoding="utf-8"))["trademark_validity"]:
        clocks = {clock.kind: clock for clock in mark_clocks(Trademark("CN", registration_date=day(one["registered"])))}
        assert clocks[ClockKind.TERM].last == clocks[ClockKind.RENEWAL].last == day(one["valid_to"])
        assert clocks[ClockKind.RENEWAL].first == day(one["renew_from"])
        assert clocks[ClockKind.GRACE].last == day(one["grace_to"])


def test_the_clocks_of_a_mark_run_one_after_the_other():
    mark = Trademark(
        "CN", number="99000011", preliminary_publication_date=date(2014, 2, 6), registration_date=date(2014, 5, 7)
    )
    clocks = {clock.kind: clock for clock in mark_clocks(mark)}
    assert clocks[ClockKind.OPPOSITION].last == date(2014, 5, 6)
    assert clocks[ClockKind.NON_USE].first == date(2017, 5, 7)
    assert clocks[ClockKind.GRACE].first == date(2024, 5, 7)
    assert clocks[ClockKind.TERM].phase(date(2024, 5, 6)) is Phase.RUNNING
    assert clocks[ClockKind.RENEWAL].phase(date(2023, 5, 6)) is Phase.BEFORE
    assert clocks[ClockKind.GRACE].left(date(2024, 11, 7)) == -1
    whole = ["preliminary", "registration", "opposition_end", "non_use", "renewal", "term_end", "grace_end"]
    assert sorted(whats(mark_milestones(mark))) == sorted(whole)


def test_an_international_registration_has_no_national_opposition_clock():
    mark = Trademark("CN", number="G1234567", preliminary_publication_date=date(2014, 2, 6))
    assert mark_clocks(mark) == ()
    assert mark_clocks(Trademark("US", registration_date=date(2014, 5, 7))) == ()


def test_annual_fees_are_those_of_the_vectors():
    vectors = json.loads(shared("domain/test_vectors.json").read_text(encoding="utf-8"))
    for kind, amounts in vectors["annual_fee_table"].items():
        filed = date(2021, 6, 1)
        assert [fee_year(PatentKind(kind), filed, year).amount for year in range(1, len(amounts) + 1)] == amounts
        assert fee_year(PatentKind(kind), filed, len(amounts) + 1) is None
        assert sum(amounts) == vectors["annual_fee_total"][kind]
    second = next(one for one in vectors["annual_fee_due"] if "amount" in one)
    found = fee_year(INVENTION, date.fromisoformat(second["filing"]), second["year"])
    assert (found.due.isoformat(), found.amount, found.verified) == (second["nominal_due"], second["amount"], False)


def test_fee_years_turn_on_the_day_of_the_filing():
    filed = date(1999, 6, 1)
    assert [year_of(filed, day) for day in (date(1999, 5, 31), filed, date(2000, 5, 31), date(2000, 6, 1))] == [
        0,
        1,
        1,
        2,
    ]
    leap = date(2004, 2, 29)
    assert fee_year(INVENTION, leap, 2).due == date(2005, 2, 28) and year_of(leap, date(2005, 2, 28)) == 2
