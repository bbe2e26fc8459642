"""Patent publications and design applications in ST.96."""

from __future__ import annotations

from datetime import date

from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Event,
    Localised,
    PatentKind,
    Person,
    Picture,
    Publication,
    Role,
    Section,
    Symbol,
)
from tests.patmark.sources_office.reading import fixture, patent


def test_a_publication_has_its_numbers_and_relatives() -> None:
    (read,) = fixture("st96_patent.xml")
    found = patent(read)
    assert (found.office, found.kind) == ("US", PatentKind.INVENTION)
    assert found.application == ApplicationNumber("US", "17900001", date(2021, 5, 6))
    assert found.publications == (
        Publication("US", "11990001", "B2", date(2023, 3, 14)),
        Publication("US", "20220000001", "A1", date(2022, 1, 6)),
    )
    assert found.priorities == (ApplicationNumber("CN", "202010000001.2", date(2020, 5, 8)),)
    assert found.parents == (ApplicationNumber("US", "16800001"),)
    assert found.data_date == date(2023, 3, 1)
    assert found.extra == ()


def test_claims_keep_their_lines_and_what_they_depend_on() -> None:
    found = patent(fixture("st96_patent.xml")[0])
    assert found.claims == (
        Claim(1, "1. A trough, comprising:\na belt; and\na fan."),
        Claim(2, "2. The trough of claim 1, wherein the fan turns.", (1,)),
    )
    assert (found.claim_count, found.claims_lang) == (2, "en")


def test_the_parts_of_the_description_are_told_apart() -> None:
    assert patent(fixture("st96_patent.xml")[0]).description == (
        Section("Cross reference to an earlier application."),
        Section("Tea with H2O.", "field", "FIELD"),
        Section("Leaves rot.", "background", "BACKGROUND"),
        Section("FIG. 1 is a trough.", "drawings", "DRAWINGS"),
        Section("The trough has a belt.\nThe belt moves.", "embodiment", "DETAILED DESCRIPTION"),
    )


def test_symbols_people_citations_and_pictures() -> None:
    found = patent(fixture("st96_patent.xml")[0])
    assert found.symbols == (
        Symbol("ipc", "A23F 3/06", True, "2006-01-01"),
        Symbol("cpc", "A23F 3/06", True),
        Symbol("cpc", "A23N 12/02"),
        Symbol("uspc", "426/435", True),
    )
    assert found.people == (
        Person("Dabie Tea Machines", Role.APPLICANT, "Anqing", country="CN"),
        Person("Dabie Holding", Role.OWNER),
        Person("Lan Qi, Jr.", Role.INVENTOR),
        Person("Robin Agent", Role.AGENT),
        Person("Kim Examiner", Role.EXAMINER),
    )
    assert found.citations == (
        Citation("Hong, 2019-01", Publication("CN", "109000001", "A"), "", "examiner"),
        Citation("A book on tea, 1999.", by="applicant"),
    )
    assert found.pictures == (Picture("fig1.tif", "drawing", "image/tiff"),)
    assert found.abstracts == (Localised("A trough withers leaves.", "en"),)
    assert found.title == "Withering trough for tea leaves"


def test_a_design_application_is_one_statement_with_all_its_designs() -> None:
    (read,) = fixture("st96_design.xml")
    found = patent(read)
    assert (found.office, found.kind) == ("US", PatentKind.DESIGN)
    assert found.application == ApplicationNumber("US", "29700001", date(2021, 1, 20))
    assert found.publications == (Publication("US", "D990001", "", date(2022, 2, 1)),)
    assert found.titles == (Localised("Teapot", "en"), Localised("Teapot lid", "en"))
    assert found.symbols == (
        Symbol("locarno", "07-01", True, "13"),
        Symbol("uspc", "D7/317"),
        Symbol("locarno", "07-02"),
    )
    assert found.people == (Person("Anqing Porcelain Works", Role.APPLICANT), Person("Min Tao", Role.INVENTOR))
    assert found.claims == (Claim(1, "The design of a teapot."),)
    assert found.citations == (Citation("Kettle", Publication("US", "D880002", "", date(2019, 5, 7))),)
    assert found.events == (Event("", "US", date(2021, 1, 20), title="Application received", detail="Filed"),)
    assert [one.file for one in found.pictures] == ["pot-1.tif", "pot-2.png"]
    assert (found.status_text, found.grant_date) == ("Registered", date(2022, 2, 1))
