"""European ST.36 documents and Japanese gazettes, from hand-written files."""

from __future__ import annotations

from datetime import date

from patmark.patent import ApplicationNumber, Claim, Localised, Person, Publication, Role
from tests.patmark.sources_xml.reading import extra, fixture


def test_a_european_grant_is_read_with_all_its_titles_and_priorities() -> None:
    patent = fixture("st36_ep.xml")
    assert patent.application == ApplicationNumber("EP", "99123456.7", date(2015, 8, 11))
    assert patent.publications == (Publication("EP", "9123456", "B1", date(2019, 6, 5)),)
    assert patent.grant_date == date(2019, 6, 5)
    assert [one.lang for one in patent.titles] == ["de", "en", "fr"]
    assert patent.priorities == (
        ApplicationNumber("JP", "2014098765", date(2014, 9, 1)),
        ApplicationNumber("US", "62000111 P", date(2014, 9, 2)),
    )
    assert patent.parents == (ApplicationNumber("EP", "98765432.1", date(2014, 1, 1)),)
    assert patent.pct_publication == Publication("WO", "WO2016111222", "", date(2016, 3, 3))
    assert [(one.code, one.date) for one in patent.events] == [
        ("B241", date(2016, 1, 1)),
        ("B452EP", date(2019, 1, 14)),
    ]


def test_european_claims_are_those_of_the_proceedings_and_translations_are_kept() -> None:
    patent = fixture("st36_ep.xml")
    assert patent.claims_lang == "en"
    assert patent.claims[0] == Claim(1, "A cup comprising:\na wall; and\na handle.")
    assert [one.depends_on for one in patent.claims] == [(), (1,), (1, 2)]
    assert extra(patent, "claims[de]") == ["1. Tasse."]


def test_a_european_text_keeps_lists_and_exponents() -> None:
    first, second = fixture("st36_ep.xml").description
    assert (first.part, first.text) == ("field", "Cups, CO2 and 10⁵ Pa.")
    assert (second.part, second.text) == ("embodiment", "A list:\nfirst\nsecond")


def test_a_european_citation_is_a_publication_where_it_is_one() -> None:
    first, second = fixture("st36_ep.xml").citations
    assert first.publication == Publication("EP", "0111222", "A")
    assert second.publication is None


def test_a_japanese_grant_is_read_with_its_own_classification() -> None:
    patent = fixture("jpo.xml")
    assert patent.application == ApplicationNumber("JP", "2018111222", date(2018, 6, 9))
    assert patent.publications == (Publication("JP", "7999001", "B2", date(2022, 6, 1)),)
    assert patent.grant_date == date(2022, 6, 1)
    assert [(one.scheme, one.symbol, one.main) for one in patent.symbols] == [
        ("ipc", "A47G 19/22", True),
        ("ipc", "A47J 31/00", False),
        ("fi", "A47G19/22 A", True),
        ("fterm", "3B001AA01", False),
    ]
    assert patent.named(Role.AGENCY) == (Person("特許業務法人例示事務所", Role.AGENCY, code="110000999"),)
    assert patent.named(Role.APPLICANT)[0].original_name == "Example Chaki KK"


def test_japanese_texts_keep_their_lines_and_lose_the_printers() -> None:
    patent = fixture("jpo.xml")
    assert patent.abstracts == (Localised("【課題】色を変える。\n【解決手段】釉薬を塗る。", "ja"),)
    assert patent.description[0].text == "本発明は、湯呑みに関する。"
    assert patent.description[-1].text == "１ 湯呑み\n２ 蓋"
    assert patent.claims[1] == Claim(2, "請求項１に記載の湯呑み。", (1,))
    assert patent.citations[0].text == "特開平１−１１１号公報"
