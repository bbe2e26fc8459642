"""Documents of the USPTO from 1976 on, from hand-written files."""

from __future__ import annotations

from datetime import date

from patmark.patent import ApplicationNumber, Claim, Localised, PatentKind, Person, Publication, Role
from tests.patmark.sources_xml.reading import FIXTURES, extra, fixture, patents


def test_a_grant_brings_its_earlier_publication_and_its_parents() -> None:
    patent = fixture("uspto_grant.xml")
    assert patent.application == ApplicationNumber("US", "14999001", date(2016, 1, 4))
    assert patent.publications == (
        Publication("US", "09999001", "B2", date(2018, 6, 5)),
        Publication("US", "20160111111", "A1", date(2016, 4, 28)),
    )
    assert patent.grant_date == date(2018, 6, 5)
    assert patent.data_date == date(2018, 5, 21)
    assert patent.parents == (ApplicationNumber("US", "13888001", date(2013, 5, 6)),)
    assert [one.number for one in patent.priorities] == ["10-2015-0000001", "61777001"]
    assert extra(patent, "continuation") == ["13888001; grant 9200001; child 14999001"]


def test_a_grant_has_its_people_in_their_roles() -> None:
    patent = fixture("uspto_grant.xml")
    assert patent.named(Role.INVENTOR) == (Person("Ann B. Tester", Role.INVENTOR, "Teatown, NY", "", "US"),)
    assert [one.name for one in patent.named(Role.APPLICANT)] == ["Example Cups, Inc."]
    assert [one.name for one in patent.named(Role.OWNER)] == ["Example Cups, Inc."]
    assert [one.name for one in patent.named(Role.AGENCY)] == ["Law & Cups LLP"]
    assert [one.name for one in patent.named(Role.EXAMINER)] == ["Ina Exam"]


def test_a_grant_has_all_three_classifications() -> None:
    symbols = [(one.scheme, one.symbol, one.main) for one in fixture("uspto_grant.xml").symbols]
    assert symbols == [
        ("ipc", "A47G 19/22", True),
        ("cpc", "A47G 19/2227", True),
        ("cpc", "A47J 31/00", False),
        ("uspc", "220/60.4", True),
        ("uspc", "220/608.1", False),
    ]


def test_citations_say_who_cited_and_keep_a_month_without_a_day() -> None:
    first, second = fixture("uspto_grant.xml").citations
    assert (first.text, first.by) == ("Doe et al. (1991-03) [220/604]", "examiner")
    assert first.publication == Publication("US", "5000001", "A", None)
    assert (second.text, second.by) == ("Roe, “Cups”, 1999.", "applicant")


def test_claims_depend_by_link_and_by_words() -> None:
    patent = fixture("uspto_grant.xml")
    assert patent.claims[0] == Claim(1, "A cup comprising:\na wall.")
    assert [one.depends_on for one in patent.claims] == [(), (1,), (1, 2)]


def test_tables_and_formulas_stay_readable() -> None:
    section = fixture("uspto_grant.xml").description[-1]
    assert section.part == "embodiment"
    assert section.text == "See table.\nT\tColour\n20\tblue\nRatio W_0=M/2 ."


def test_an_application_whose_inventors_applied_names_them_twice() -> None:
    patent = fixture("uspto_application.xml")
    assert patent.grant_date is None
    assert [one.name for one in patent.named(Role.APPLICANT)] == ["Ann Tester"]
    assert [one.name for one in patent.named(Role.INVENTOR)] == ["Ann Tester"]
    assert patent.pct_application == ApplicationNumber("WO", "PCT/CH05/00001", date(2005, 5, 3))
    assert patent.national_entry == date(2006, 11, 1)
    assert [one.part for one in patent.description] == ["field", "embodiment"]
    assert [(one.scheme, one.symbol) for one in patent.symbols] == [("ipc", "A47G 19/22"), ("uspc", "220/604")]


def test_a_publication_of_2002_is_read_with_its_character_entities() -> None:
    patent = fixture("uspto_pap.xml")
    assert patent.application == ApplicationNumber("US", "10000111", date(2001, 11, 2))
    assert patent.publications == (Publication("US", "20020111000", "A1", date(2002, 8, 15)),)
    assert patent.abstracts == (Localised("A cup of 5 μm • clay.", "en"),)
    assert patent.titles[0].text == "Cup & saucer"
    assert patent.description[0].text == "Cups at 10³ Pa."
    assert patent.claims[1] == Claim(2, "The cup of claim 1, of clay.", (1,))
    assert patent.parents == (ApplicationNumber("US", "09111222", date(1999, 1, 2)),)
    assert [one.number for one in patent.priorities] == ["2000-111222", "60111222"]


def test_sgml_with_open_empty_elements_is_read_as_the_weekly_files_were() -> None:
    patent = fixture("uspto_patdoc.sgm")
    assert patent.publications == (Publication("US", "06999000", "B1", date(2002, 1, 1)),)
    assert [one.by for one in patent.citations] == ["examiner", ""]
    assert [one.symbol for one in patent.symbols] == ["A47G 19/22", "A47J 31/00", "220/604", "220/608.1"]
    assert patent.claims == (Claim(1, "A cup comprising:\na wall."), Claim(2, "The cup of claim 1, of clay.", (1,)))
    assert patent.parents == (ApplicationNumber("US", "08/999888", date(1997, 1, 2)),)
    assert patent.named(Role.INVENTOR) == (Person("Ann Tester", Role.INVENTOR, "Teatown, NY", "", "US"),)
    assert [one.file for one in patent.pictures] == ["US06999000-20020101-D00000.TIF"]


def test_a_green_book_tape_holds_many_grants() -> None:
    first, design = patents(FIXTURES / "uspto_greenbook.txt")
    assert first.application == ApplicationNumber("US", "05999888", date(1978, 1, 2))
    assert first.publications == (Publication("US", "04111000", "", date(1980, 1, 1)),)
    assert first.title == "Cup with a very long title that goes on in a second line"
    assert first.abstract == "A cup of clay which is heated to 900° C. at 10⁵ Pa."
    assert first.pct_application == ApplicationNumber("WO", "PCT/JP78/00011", date(1977, 1, 11))
    assert first.description[-1].text == "As follows:\nPart\tMaterial\nCup\tClay"
    assert first.claims == (
        Claim(1, "A cup comprising:\na wall of clay; and\na handle."),
        Claim(2, "The cup of claim 1, being blue.", (1,)),
    )
    assert first.named(Role.INVENTOR)[0] == Person(
        "Ann B. Tester, Jr.", Role.INVENTOR, "1 Cup Lane, Teatown, NY", "10001", "US"
    )
    assert [(one.scheme, one.symbol) for one in first.symbols] == [
        ("uspc", "220/604"),
        ("uspc", "220/9R"),
        ("ipc", "A47G 19/22"),
    ]
    assert design.kind is PatentKind.DESIGN
    assert design.publications[0].number == "D0255555"
    assert [(one.scheme, one.symbol) for one in design.symbols] == [("uspc", "D7/7"), ("locarno", "07-01")]


def test_a_part_of_an_application_file_is_a_statement_about_the_application() -> None:
    patent = fixture("uspto_xml4ip.xml")
    assert patent.application == ApplicationNumber("US", "15000111")
    assert patent.publications == ()
    assert patent.data_date == date(2017, 3, 4)
    assert patent.claims == (
        Claim(1, "(Currently Amended) A cup comprising:\na wall."),
        Claim(3, "The cup of claim 1.", (1,)),
    )
    assert extra(patent, "ClaimStatusCategory[2]") == ["canceled"]
    assert extra(patent, "BoundaryData") == ["Docket 7"]
