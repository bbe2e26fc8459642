"""The real office files beside the repository: what is read of each, or the sentence with which it is refused."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.errors import BadFile
from patmark.patent import ApplicationNumber, Patent, PatentKind, Publication, Role
from patmark.trademark import MarkFeature, MarkKind, Trademark
from tests.patmark.sources_office.reading import mark, patent, reads, refusal
from tests.shared_data import shared


def marks(path: str) -> list[Trademark]:
    return [mark(read) for read in reads(shared(f"data/{path}"))]


def patents(path: str) -> list[Patent]:
    return [patent(read) for read in reads(shared(f"data/{path}"))]


def test_the_st96_patent() -> None:
    (found,) = patents("patent_xml/st96/PatentPublication_Example.xml")
    assert found.application == ApplicationNumber("US", "13797521", date(2013, 3, 12))
    assert found.publications == (
        Publication("US", "08936998", "B2", date(2015, 1, 20)),
        Publication("US", "20130213561", "A1", date(2013, 8, 22)),
    )
    assert found.priorities == (ApplicationNumber("JP", "2007-290922", date(2007, 11, 8)),)
    assert found.parents == (
        ApplicationNumber("US", "12741916"),
        ApplicationNumber("WO", "PCT/JP2008/068544", date(2008, 10, 14)),
    )
    assert found.kind is PatentKind.INVENTION
    assert (len(found.claims), found.claim_count, found.claims[9].depends_on) == (10, 10, (9,))
    assert [one.number for one in found.claims if not one.depends_on] == [1, 8, 9]
    assert (len(found.citations), sum(one.by == "examiner" for one in found.citations)) == (30, 5)
    schemes = [one.scheme for one in found.symbols]
    assert (schemes.count("ipc"), schemes.count("cpc")) == (6, 26)
    assert [one.symbol for one in found.symbols if one.main] == ["H01L 21/30", "H01L 21/2007"]
    assert [one.part for one in found.description] == ["", "field", "background", "summary", "drawings", "embodiment"]
    assert [len(found.named(role)) for role in (Role.APPLICANT, Role.INVENTOR, Role.OWNER)] == [5, 5, 2]
    assert [one.name for one in found.named(Role.EXAMINER)] == ["Jerome Jackson, Jr.", "Paul Budd"]
    assert [one.role for one in found.pictures].count("drawing") == 7


def test_the_st96_design() -> None:
    (found,) = patents("patent_xml/st96/DesignApplication_Example.xml")
    assert found.application == ApplicationNumber("XX", "35503842", date(2017, 8, 29))
    assert found.publications == (Publication("XX", "D0123456", "", date(2019, 1, 29)),)
    assert (found.title, found.kind, found.status_text) == ("Chair", PatentKind.DESIGN, "Registered")
    assert [(one.scheme, one.symbol, one.version) for one in found.symbols] == [("locarno", "06-01", "11")]
    assert found.priorities == (ApplicationNumber("WO", "DM/096824", date(2017, 3, 31)),)
    names = [one.name for one in found.named(Role.INVENTOR)]
    assert names == ["Emma Francis", "Jeannette Altova", "Manuel Ho"]
    assert (len(found.events), len(found.pictures), len(found.citations)) == (28, 7, 5)
    assert ("DesignBag/Design/ExpiryDate", "2034-01-29") in found.extra


def test_the_st96_indication() -> None:
    (found,) = marks("patent_xml/st96/GIApplication_Example.xml")
    assert found.kind is MarkKind.GEOGRAPHICAL_INDICATION
    assert (found.office, found.number, found.filing_date) == ("FR", "IG 18-002", date(2018, 3, 19))
    assert (found.mark, found.mark_translation) == ("Tapisserie d'Aubusson", "Aubusson tapestry")
    assert [one.nice for one in found.goods] == [24, 27]
    assert [one.name for one in found.people] == ["Association LAINAMAC"]
    assert (found.preliminary_publication_date, found.preliminary_publication_issue) == (date(2018, 6, 4), "2018-18")
    assert sum(path.startswith("AuthorizedUser/Contact") for path, _ in found.extra) == 10


def test_the_st96_mark() -> None:
    (found,) = marks("patent_xml/st96/TrademarkApplication_Example.xml")
    assert (found.number, found.registration_number, found.mark) == ("87035559", "5169753", "LANYI")
    assert (found.filing_date, found.registration_date) == (date(2016, 5, 12), date(2017, 3, 28))
    assert found.preliminary_publication_date == date(2017, 1, 10)
    assert found.feature is MarkFeature.COMBINED
    assert [(one.nice, len(one.items)) for one in found.goods] == [(9, 56)]
    people = [(one.name, one.role) for one in found.people]
    assert people == [("Shenzhen Fengniao E-Commerce Co.,Ltd", Role.APPLICANT), ("IVY XU", Role.AGENT)]
    assert (len(found.events), found.events[0].code, found.events[0].date) == (17, "R.PRA", date(2017, 3, 28))
    assert [one.file for one in found.pictures] == ["87035559.png"]
    assert ("DocumentIncludedBag/DocumentIncluded/DocumentName", "Specimen") in found.extra


def test_the_mark_that_two_drafts_of_st96_describe_alike() -> None:
    (older,) = marks("trademark_xml/rn2178784-ST-961_D3.xml")
    (newer,) = marks("trademark_xml/rn2178784-ST-962.2.1.xml")
    assert (newer.number, newer.registration_number, newer.mark) == ("74631225", "2178784", "JAVA")
    assert (newer.filing_date, newer.registration_date) == (date(1995, 2, 7), date(1998, 8, 4))
    assert newer.preliminary_publication_date == date(1996, 10, 8)
    assert [(one.nice, len(one.text)) for one in newer.goods] == [(9, 423)]
    assert [(one.name, one.role) for one in newer.people] == [
        ("Sun Microsystems, Inc.", Role.APPLICANT),
        ("Oracle America, Inc.", Role.OWNER),
        ("Andrew Roppel", Role.AGENT),
        ("Holland & Hart LLP", Role.AGENCY),
    ]
    assert (len(newer.events), newer.status_text) == (33, "The registration has been renewed.")
    fields = [name for name in Trademark.__slots__ if name != "extra"]
    assert [getattr(older, name) for name in fields] == [getattr(newer, name) for name in fields]


@pytest.mark.parametrize(
    ("path", "events", "attorney"),
    [
        ("trademark_xml/sn76044902-ST96.xml", 37, "David A. Bell"),
        ("trademark_xml/sn76044902-ST66.xml", 31, "Leanne Stendell"),
        ("trademark_xml/sn76044902.xml", 31, "Leanne Stendell"),
    ],
)
def test_the_mark_in_st66_and_st96(path: str, events: int, attorney: str) -> None:
    (found,) = marks(path)
    assert (found.office, found.number, found.registration_number) == ("US", "76044902", "2824281")
    assert (found.mark, found.feature, found.kind) == ("PYTHON", MarkFeature.WORD, MarkKind.TRADEMARK)
    assert (found.filing_date, found.registration_date) == (date(2000, 5, 9), date(2004, 3, 23))
    assert found.preliminary_publication_date == date(2003, 12, 30)
    assert [(one.nice, len(one.text)) for one in found.goods] == [(9, 116), (42, 114)]
    applicant, owner, agent, agency = found.people
    assert applicant.name == "Corporation for National Research Initiatives"
    assert (owner.name, owner.role, owner.postcode) == ("PYTHON SOFTWARE FOUNDATION", Role.OWNER, "038960037")
    assert owner.address == "P.O. Box 37, Wolfeboro Falls, NEW HAMPSHIRE"
    assert (agent.name, agency.name) == (attorney, "HAYNES AND BOONE, LLP")
    assert (len(found.events), found.events[-1].title) == (events, "ASSIGNED TO EXAMINER")


def test_the_family() -> None:
    found = patents("epo_ops/family/family_input.xml")
    family = (
        Publication("EP", "1000000", "A1", date(2000, 5, 17)),
        Publication("EP", "1000000", "B1", date(2003, 2, 12)),
        Publication("AT", "232441", "T", date(2003, 2, 15)),
        Publication("DE", "69905327", "D1", date(2003, 3, 20)),
        Publication("NL", "1010536", "C2", date(2000, 5, 15)),
        Publication("US", "6093011", "A", date(2000, 7, 25)),
    )
    assert [one.publications for one in found] == [(one,) for one in family]
    assert {one.family for one in found} == {family}
    assert [one.application.number for one in found if one.application] == [
        *("99203729", "99203729", "99203729", "69905327", "1010536", "20685698")
    ]
    assert sum(bool(one.priorities) for one in found) == 5


@pytest.mark.parametrize(
    ("path", "number", "events", "last"),
    [
        ("epo_ops/legal/example_1.xml", "99203729", 50, ("PLBE", "EP", date(2003, 12, 19))),
        ("epo_ops/legal/example_2.xml", "99203729", 51, ("REG", "EP", date(2022, 9, 27))),
        ("epo_ops/legal/example_3.xml", "201815919370", 14, ("IPR", "US", date(2020, 10, 27))),
    ],
)
def test_legal_events(path: str, number: str, events: int, last: tuple[str, str, date]) -> None:
    (found,) = patents(path)
    assert found.application is not None
    assert (found.application.number, len(found.events)) == (number, events)
    assert (found.events[-1].code, found.events[-1].country, found.events[-1].date) == last


def test_an_event_of_the_first_example_in_full() -> None:
    first = patents("epo_ops/legal/example_1.xml")[0].events[0]
    assert (first.code, first.country) == ("17Q", "EP")
    assert (first.date, first.effective) == (date(2002, 6, 5), date(2002, 4, 23))
    assert (first.title, first.detail) == ("FIRST EXAMINATION REPORT DESPATCHED", "Influence: +")


def test_the_abstract_and_the_full_cycle() -> None:
    (abstract,) = patents("epo_ops/published/ep1000000_abstract_result.xml")
    assert abstract.publications == (Publication("EP", "1000000", "A1", date(2000, 5, 17)),)
    assert abstract.abstract.startswith("The invention relates to an apparatus (1)")
    first, second = patents("epo_ops/published/ep1000000_full_cycle_result.xml")
    assert [one.publications[0].kind for one in (first, second)] == ["A1", "B1"]
    assert first.application == second.application == ApplicationNumber("EP", "99203729", date(1999, 11, 8))
    assert [one.lang for one in first.titles] == ["de", "fr", "en"]
    assert [one.name for one in first.named(Role.APPLICANT)] == ["BEHEERMAATSCHAPPIJ DE BOER NIJMEGEN B.V"]
    assert [len(one.citations) for one in (first, second)] == [3, 0]
    assert [one.symbol for one in first.symbols if one.scheme == "ipc"] == [
        *("B28B 1/29", "B28B 5/02", "B28B 7/00", "H02P 6/08")
    ]


def test_the_odp_application_and_its_bibliographic_part() -> None:
    (whole,) = patents("uspto_json/odp/application.json")
    (biblio,) = patents("uspto_json/odp/biblio.json")
    for found in (whole, biblio):
        assert found.application == ApplicationNumber("US", "15123456", date(2016, 9, 2))
        assert found.publications == (Publication("US", "2017-0071586", "A1", date(2017, 3, 16)),)
        assert found.title == "TONGUE RETRACTORS FOR FRENOTOMIES"
        assert found.status_text == "Abandoned -- Failure to Respond to an Office Action"
        assert len([one for one in found.symbols if one.scheme == "cpc"]) == 6
    assert whole.pct_application == ApplicationNumber("WO", "PCT/US15/27322", date(2015, 4, 23))
    assert whole.priorities == (ApplicationNumber("US", "61983088", date(2014, 4, 23)),)
    assert (len(whole.events), whole.events[-1].code, whole.events[-1].date) == (47, "AS", date(2018, 10, 25))
    assert [len(whole.named(role)) for role in (Role.APPLICANT, Role.INVENTOR, Role.AGENT)] == [1, 1, 172]


def test_the_other_odp_answers() -> None:
    (continuity,) = patents("uspto_json/odp/continuity.json")
    assert continuity.application == ApplicationNumber("US", "15123456")
    assert continuity.pct_application == ApplicationNumber("WO", "PCT/US15/27322", date(2015, 4, 22))
    (documents,) = patents("uspto_json/odp/documents.json")
    assert documents.application == ApplicationNumber("US", "16330077")
    assert len(documents.extra) == 117
    search = patents("uspto_json/odp/search.json")
    assert len(search) == 25
    assert search[0].application == ApplicationNumber("US", "90019421", date(2024, 2, 15))
    assert search[24].title == "ROTARY GEAR PUMP WITH A CENTERED DRIVE GEAR"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("adjustment", "专利期限调整（patentTermAdjustmentData）"),
        ("assignment", "转让登记（assignmentBag）"),
        ("attorney", "代理人（recordAttorney）"),
        ("foreign_priority", "外国优先权（foreignPriorityBag）"),
        ("transactions", "审查过程（transactionContentBag）"),
    ],
)
def test_an_odp_part_without_a_number_is_refused(name: str, part: str) -> None:
    (read,) = reads(shared(f"data/uspto_json/odp/{name}.json"))
    assert refusal(read).sentence == f"这件 USPTO ODP 数据只有{part}，没有申请号，无法归入任何一件专利。"


def test_the_assignments() -> None:
    found = patents("uspto_json/assignment_1.xml")
    assert [one.application.number for one in found if one.application] == [
        *("10628795", "11400674", "09210491", "09705446", "09266394")
    ]
    assert [one.publications[-1].number for one in found] == ["7130913", "7321937", "6195024", "6309424", "6601104"]
    assert {one.events[0].date for one in found} == {date(2006, 9, 14)}
    (single,) = patents("uspto_json/assignment_2.xml")
    assert single.application == ApplicationNumber("US", "15334090", date(2016, 10, 25))
    assert [one.name for one in single.named(Role.OWNER)] == ["TESLA MOTORS, INC."]
    assert (len(single.named(Role.INVENTOR)), single.events[0].effective) == (5, date(2017, 8, 28))


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("family/family_api_output.json", "同族数据"),
        ("family/family_convert.json", "同族数据"),
        ("family/family_model_output.json", "同族数据"),
        ("legal/example_1_convert.json", "法律状态数据"),
        ("legal/example_2_convert.json", "法律状态数据"),
        ("legal/example_3_convert.json", "法律状态数据"),
        ("published/ep1000000_biblio_result.json", "著录项目"),
        ("published/ep1000000_claims_result.json", "权利要求"),
    ],
)
def test_another_librarys_output_is_refused(path: str, part: str) -> None:
    with pytest.raises(BadFile) as caught:
        reads(shared(f"data/epo_ops/{path}"))
    assert caught.value.sentence == f"这是别的程序把 EPO OPS 的{part}转换后的结果，不是 EPO 的原始数据。"
