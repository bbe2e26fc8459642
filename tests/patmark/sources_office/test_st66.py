"""Trademarks in ST.66."""

from __future__ import annotations

from datetime import date

from patmark.patent import ApplicationNumber, Event, Person, Picture, Role
from patmark.trademark import Goods, MarkFeature, MarkKind
from tests.patmark.sources_office.reading import fixture, mark


def test_a_european_mark_finds_its_parties_by_their_keys() -> None:
    found = mark(fixture("st66_eu.xml")[0])
    assert found.people == (
        Person("Drachen Porzellan GmbH", Role.APPLICANT, "Teeweg 3, Neustadt", "01844", "DE", "900001"),
        Person("Anna Muster", Role.AGENT, code="70"),
    )
    assert ("Applicant/ApplicantLegalEntity", "Legal entity") in found.extra


def test_its_fields_are_read() -> None:
    found = mark(fixture("st66_eu.xml")[0])
    assert (found.office, found.number, found.mark) == ("EM", "018700001", "Zwei Drachen")
    assert (found.kind, found.feature) == (MarkKind.TRADEMARK, MarkFeature.FIGURATIVE)
    assert found.goods == (Goods(21, "Teekannen; Tassen", items=("Teekannen", "Tassen")), Goods(35, "Werbung"))
    assert found.vienna == ("04.03.03", "26.11.01")
    assert found.priorities == (ApplicationNumber("CN", "60000001", date(2022, 1, 10)),)
    assert found.pictures == (Picture("018700001.png", "mark", "image/png"),)
    assert (found.filing_date, found.registration_date) == (date(2022, 5, 9), date(2022, 9, 30))
    assert (found.valid_to, found.data_date) == (date(2032, 5, 9), date(2023, 5, 6))
    assert (found.preliminary_publication_date, found.preliminary_publication_issue) == (date(2022, 5, 30), "2022/101")
    assert found.registration_publication_issue == "2022/190"


def test_a_key_that_leads_nowhere_is_kept_and_no_other_party_taken() -> None:
    found = mark(fixture("st66_eu.xml")[1])
    assert (found.number, found.people) == ("018700002", ())
    assert (found.kind, found.feature) == (MarkKind.CERTIFICATION, MarkFeature.SOUND)
    assert ("ApplicantDetails/ApplicantKey/Identifier", "123") in found.extra


def test_an_american_mark_has_its_applicants_beside_it_and_an_owner_of_today() -> None:
    (read,) = fixture("st66_us.xml")
    found = mark(read)
    assert found.people == (
        Person("River Mill One LLC", Role.APPLICANT),
        Person("River Mill Two LLC", Role.OWNER),
        Person("Sam Sample", Role.AGENT),
        Person("Sample Law PC", Role.AGENCY, "2 Mill Road, Springfield", country="US"),
    )
    assert found.filing_date == date(2001, 2, 3)
    assert found.feature is MarkFeature.COMBINED
    assert found.events == (Event("ABN1", "US", date(2002, 1, 1), title="ABANDONMENT", detail="12"),)
    assert found.status_text == "Abandoned: no reply."


def test_classes_beyond_nice_stay_in_extra() -> None:
    found = mark(fixture("st66_us.xml")[0])
    assert found.goods == (Goods(43, "Tea houses"),)
    assert ("Membership in a club") in dict(found.extra).values()
