"""Recorded assignments of the USPTO."""

from __future__ import annotations

from datetime import date

from patmark.patent import ApplicationNumber, Event, Person, Publication, Role
from tests.patmark.sources_office.reading import fixture, patent, refusal


def test_every_application_of_an_assignment_is_a_statement() -> None:
    first = patent(fixture("assignment_search.xml")[0])
    assert first.application == ApplicationNumber("US", "18100001", date(2023, 1, 19))
    assert first.publications == (Publication("US", "20230000007", "", date(2023, 7, 20)),)
    assert first.title == "TEA CADDY"
    assert first.people == (
        Person("TIN WORKS NEW", Role.OWNER, "1 TIN LANE, ANQING", "246000", "CN"),
        Person("Lan Qi, Jr.", Role.INVENTOR),
        Person("Min Tao", Role.INVENTOR),
    )
    detail = "Assignors: TIN WORKS OLD | Assignees: TIN WORKS NEW | Reel/frame: 60001/2"
    title = "MERGER (SEE DOCUMENT FOR DETAILS)."
    assert first.events == (Event("AS", "US", date(2023, 2, 1), date(2023, 1, 20), title, detail),)
    assert first.extra == (("corrName", "EXAMPLE PATENTS LLP"),)


def test_a_patent_without_an_application_number_is_known_by_its_own() -> None:
    second = patent(fixture("assignment_search.xml")[1])
    assert second.application is None
    assert second.publications == (Publication("US", "12000001", "", date(2024, 6, 4)),)
    assert second.grant_date == date(2024, 6, 4)


def test_a_place_without_any_number_is_refused() -> None:
    fault = refusal(fixture("assignment_search.xml")[2])
    assert fault.sentence == "这条转让登记没有写明申请号、公开号或专利号，无法归入任何一件专利。"


def test_the_daily_file_is_read_and_a_release_names_no_owner() -> None:
    first, second = map(patent, fixture("assignment_daily.xml"))
    assert first.application == ApplicationNumber("US", "18100001", date(2023, 1, 19))
    assert first.publications == (
        Publication("US", "20230000007", "A1", date(2023, 7, 20)),
        Publication("US", "12000009", "B2", date(2024, 6, 4)),
    )
    assert (first.grant_date, first.data_date) == (date(2024, 6, 4), date(2024, 1, 1))
    assert first.people == ()
    assert first.events[0].title == "RELEASE OF SECURITY INTEREST"
    assert second.pct_application == ApplicationNumber("WO", "PCT/CN2022/000001")
