"""EPO OPS answers, XML and JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson
from lxml import etree

from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Event,
    Localised,
    PatentKind,
    Person,
    Publication,
    Role,
    Section,
    Symbol,
)
from tests.patmark.sources_office.reading import FIXTURES, fixture, patent, reads, refusal, told


def test_every_family_member_is_a_statement_with_the_whole_family() -> None:
    first, second = map(patent, fixture("ops_family.xml"))
    family = (
        Publication("CN", "990000001", "A", date(2021, 9, 7)),
        Publication("WO", "2022000001", "A1", date(2022, 9, 9)),
    )
    assert (first.family, second.family) == (family, family)
    assert first.application == ApplicationNumber("CN", "202110000001", date(2021, 3, 4))
    assert second.title == "WITHERING DEVICE"


def test_an_application_is_not_its_own_priority() -> None:
    first, second = map(patent, fixture("ops_family.xml"))
    assert first.priorities == ()
    assert second.priorities == (ApplicationNumber("CN", "202110000001", date(2021, 3, 4)),)


def test_an_international_application_gets_its_number_as_printed() -> None:
    second = patent(fixture("ops_family.xml")[1])
    assert second.application == ApplicationNumber("WO", "PCT/CN2022/000077", date(2022, 3, 1))


def test_legal_events_keep_their_words() -> None:
    assert patent(fixture("ops_family.xml")[0]).events == (
        Event("PB01", "CN", date(2021, 9, 7), title="PUBLICATION", detail="CN 202110000001A"),
        Event(
            "TR01",
            "CN",
            date(2022, 6, 7),
            date(2022, 5, 25),
            "TRANSFER OF PATENT RIGHT",
            "OWNER: ANQING CLOUD TEA CO LTD; Influence: +",
        ),
    )


def test_bibliographic_data_are_read() -> None:
    (read,) = fixture("ops_biblio.xml")
    found = patent(read)
    assert (found.office, found.kind) == ("CN", PatentKind.INVENTION)
    assert found.publications == (Publication("CN", "990000001", "A", date(2021, 9, 7)),)
    assert found.application == ApplicationNumber("CN", "202110000001", date(2021, 3, 4))
    assert found.titles == (Localised("一种萎凋装置", "zh"), Localised("Withering device", "en"))
    assert found.abstracts == (Localised("Leaves wither.\nSlowly.", "en"),)
    assert found.priorities == (ApplicationNumber("CN", "202010000009", date(2020, 3, 5)),)
    assert found.symbols == (
        Symbol("ipc", "A23F 3/06", True),
        Symbol("cpc", "A23F 3/06", True),
        Symbol("fterm", "4B027 FB01", True),
    )
    assert found.citations == (
        Citation("NIPPON CHA", Publication("JP", "2015000001", "A", date(2015, 1, 8)), "X", "examiner"),
        Citation("A book on tea.", by="applicant"),
    )


def test_names_are_as_the_document_spells_them_and_the_standard_spelling_is_kept() -> None:
    found = patent(fixture("ops_biblio.xml")[0])
    assert found.people == (
        Person("安庆云上茶业有限公司", Role.APPLICANT, country="CN"),
        Person("QI LAN", Role.INVENTOR, country="CN"),
    )
    name = "bibliographic-data/parties/applicants/applicant/applicant-name/name"
    assert (name, "ANQING CLOUD TEA CO LTD [CN]") in found.extra


def test_other_forms_of_a_number_and_unknown_schemes_stay_in_extra() -> None:
    extra = patent(fixture("ops_biblio.xml")[0]).extra
    values = [value for _, value in extra]
    assert "202110000001.X" in values
    assert "Q1" in values
    assert "A23F3/06" in values
    assert "something else" in values
    assert "CN990000001A" not in values


def test_full_texts_give_claims_and_description() -> None:
    (read,) = fixture("ops_fulltext.xml")
    found = patent(read)
    assert found.publications == (Publication("EP", "9000001", "A1"),)
    assert found.claims == (
        Claim(1, "1. A trough with a belt."),
        Claim(2, "2. The trough of claim 1, with a fan.", (1,)),
    )
    assert found.description == (
        Section("[0001] Tea.\n[0002] Troughs.", "", "FIELD"),
        Section("[0003] One.", "", "DRAWINGS"),
    )
    assert ("claims/claim/claim-text", "1. Trog mit Band.") in found.extra


def test_search_hits_are_statements_of_a_publication() -> None:
    first, second = map(patent, fixture("ops_search.xml"))
    assert first.publications == (Publication("KR", "20220000001", "U"),)
    assert first.kind is PatentKind.UTILITY_MODEL
    assert second.publications == (Publication("FR", "3999999", "A1"),)


def test_a_fault_says_what_the_office_said() -> None:
    (read,) = fixture("ops_fault.xml")
    assert refusal(read).sentence == (
        "这是 EPO OPS 的出错回答（SERVER.EntityNotFound：No results found），里面没有专利。"
    )


def test_an_answer_without_patents_says_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        '<ops:world-patent-data xmlns:ops="http://ops.epo.org"><ops:register/></ops:world-patent-data>'
    )
    (read,) = reads(tmp_path / "a.xml")
    assert refusal(read).sentence == "这份 EPO OPS 回答里没有专利文献（内容是 register），没有可以读的记录。"


def test_json_is_read_by_the_same_reader() -> None:
    (read,) = fixture("ops_family.json")
    found = patent(read)
    assert found.kind is PatentKind.UTILITY_MODEL
    assert found.publications == (Publication("CN", "215000001", "U", date(2021, 12, 24)),)
    assert found.application == ApplicationNumber("CN", "202120000002", date(2021, 4, 2))


def test_the_json_rendering_of_each_answer_gives_the_same_records(tmp_path: Path) -> None:
    for name in ("ops_family", "ops_biblio", "ops_search"):
        root = etree.parse(FIXTURES / f"{name}.xml").getroot()
        path = tmp_path / f"{name}.json"
        path.write_bytes(orjson.dumps({"ops:world-patent-data": rendered(root)}))
        assert told(path) == ["epo_ops_json"]
        assert [read.result for read in reads(path)] == [read.result for read in fixture(f"{name}.xml")]


def test_json_keeps_no_order_between_headings_and_paragraphs_and_so_no_headings(tmp_path: Path) -> None:
    root = etree.parse(FIXTURES / "ops_fulltext.xml").getroot()
    (tmp_path / "a.json").write_bytes(orjson.dumps({"ops:world-patent-data": rendered(root)}))
    (read,) = reads(tmp_path / "a.json")
    assert patent(read).description == (Section("[0001] Tea.\n[0002] Troughs.\n[0003] One."),)
    assert ("description/heading", "FIELD") in patent(read).extra


def rendered(node: etree._Element) -> dict[str, object]:
    """The office's own rendering: `@` attributes, `$` text, lists where a name repeats."""
    found: dict[str, object] = {f"@{etree.QName(key).localname}": value for key, value in node.attrib.items()}
    children = [one for one in node if isinstance(one.tag, str)]
    if not children and node.text:
        found["$"] = node.text
    for child in children:
        name = f"{child.prefix}:" if child.prefix else ""
        name += etree.QName(child).localname
        value = rendered(child)
        held = found.get(name)
        if isinstance(held, list):
            held.append(value)
        else:
            found[name] = value if held is None else [held, value]
    return found
