"""Chinese publications: new ones, designs and those of the old format, from hand-written files."""

from __future__ import annotations

from datetime import date

from patmark.patent import ApplicationNumber, Claim, Localised, PatentKind, Person, Picture, Publication, Role
from tests.patmark.sources_xml.reading import extra, fixture


def test_a_grant_takes_its_missing_date_from_the_root() -> None:
    patent = fixture("cnipa_grant.xml")
    assert patent.publications == (Publication("CN", "110998877", "B", date(2023, 1, 13)),)
    assert patent.grant_date == date(2023, 1, 13)
    assert patent.data_date == date(2023, 1, 8)
    assert patent.kind is PatentKind.INVENTION


def test_numbers_are_kept_as_printed_and_a_division_names_its_parent() -> None:
    patent = fixture("cnipa_grant.xml")
    assert patent.application == ApplicationNumber("CN", "202110123456.X", date(2018, 3, 5))
    assert patent.parents == (ApplicationNumber("CN", "201810222333.4", date(2018, 3, 5)),)
    assert patent.priorities == (ApplicationNumber("JP", "2017-0987654", date(2017, 4, 1)),)
    assert extra(patent, "ApplicationReference[standard]") == ["102021000123456"]


def test_the_international_phase_is_read() -> None:
    patent = fixture("cnipa_grant.xml")
    assert patent.pct_application == ApplicationNumber("WO", "PCT/JP2018/012345", date(2018, 3, 5))
    assert patent.pct_publication == Publication("WO", "WO2018/181818", "", date(2018, 10, 4))
    assert patent.national_entry == date(2019, 1, 2)


def test_people_come_with_addresses_and_the_agency_with_its_code() -> None:
    patent = fixture("cnipa_grant.xml")
    assert patent.named(Role.APPLICANT) == (
        Person("青瓷山茶具有限公司", Role.APPLICANT, "安徽省安庆市沿江路1号", "246001", "CN"),
    )
    assert [one.name for one in patent.named(Role.INVENTOR)] == ["周一白", "吴二青"]
    assert patent.named(Role.AGENCY) == (Person("江城某某专利代理事务所(普通合伙)", Role.AGENCY, code="99999"),)
    assert [one.name for one in patent.named(Role.AGENT)] == ["郑三"]
    assert [one.name for one in patent.named(Role.EXAMINER)] == ["冯四"]
    assert patent.named(Role.OWNER)[0].postcode == "246001"
    assert extra(patent, "Applicant/Address") == ["安徽省 安庆市 迎江区"]


def test_classes_and_citations_are_read() -> None:
    patent = fixture("cnipa_grant.xml")
    assert [(one.symbol, one.main, one.version) for one in patent.symbols] == [
        ("A47G 19/22", True, "2006.01"),
        ("C04B 33/13", False, "2018.01"),
    ]
    first, second = patent.citations
    assert first.publication == Publication("CN", "101222333", "A", date(2010, 6, 9))
    assert first.category == "Y"
    assert second.text.startswith("王某某")


def test_claims_lose_their_printed_number_and_keep_what_they_depend_on() -> None:
    patent = fixture("cnipa_grant.xml")
    assert patent.claims[0] == Claim(1, "一种茶杯，其特征在于，包括：\n杯体(1)；")
    assert [one.depends_on for one in patent.claims] == [(), (1,), (1, 2), (1, 2, 3)]
    assert patent.claim_count == 4


def test_the_description_comes_in_parts_with_table_exponent_and_formula() -> None:
    patent = fixture("cnipa_grant.xml")
    assert [one.part for one in patent.description] == ["field", "background", "summary", "drawings", "embodiment"]
    assert patent.description[0].heading == "技术领域"
    assert patent.description[2].text == "釉料配比如下：\n原料\t份数\n高岭土\t30\n面积为10⁴，比例 a/(b+1) 。"


def test_a_printers_line_end_inside_chinese_text_leaves_no_blank() -> None:
    assert fixture("cnipa_grant.xml").abstracts == (Localised("一种遇热变色的茶杯，杯壁含有μm级颗粒。", "zh"),)
    assert fixture("cnipa_old.xml").abstract == "本实用新型公开了一种带滤网的茶杯，滤网为304不锈钢。"


def test_pictures_are_named_with_what_they_show() -> None:
    assert fixture("cnipa_grant.xml").pictures == (
        Picture("ABS1.JPG", "abstract", "image/jpeg"),
        Picture("MATH1.JPG", "formula", "image/jpeg"),
        Picture("FIG1.JPG", "drawing", "image/jpeg"),
    )


def test_a_design_has_locarno_classes_designers_and_its_brief_explanation() -> None:
    patent = fixture("cnipa_design.xml")
    assert patent.kind is PatentKind.DESIGN
    assert patent.grant_date == date(2022, 11, 8)
    assert patent.title == "茶杯（变色）"
    assert [(one.scheme, one.symbol, one.main) for one in patent.symbols] == [
        ("locarno", "07-01", True),
        ("locarno", "07-02", False),
    ]
    assert [one.name for one in patent.named(Role.INVENTOR)] == ["周一白"]
    assert patent.description[0].heading == "简要说明"
    assert [one.role for one in patent.pictures] == ["design", "design"]


def test_an_old_utility_model_is_read_whole() -> None:
    patent = fixture("cnipa_old.xml")
    assert patent.kind is PatentKind.UTILITY_MODEL
    assert patent.application == ApplicationNumber("CN", "201420111222.5", date(2014, 8, 19))
    assert patent.grant_date == date(2014, 12, 10)
    assert patent.priorities == (ApplicationNumber("CN", "201320999888.7", date(2013, 12, 24)),)
    assert patent.pct_application == ApplicationNumber("WO", "PCT/JP2013/054321", date(2013, 3, 31))
    assert patent.national_entry == date(2014, 7, 1)
    assert patent.named(Role.APPLICANT)[0] == Person(
        "桐城某某杯业有限公司", Role.APPLICANT, "安徽省桐城市文昌大道9号", "246700"
    )
    assert patent.named(Role.AGENCY)[0].code == "99998"
    assert [one.part for one in patent.description] == ["field", "summary", "drawings", "embodiment"]
    assert patent.description[1].text.endswith("部件\t材料\n滤网\t不锈钢")
    assert patent.claims == (
        Claim(1, "一种带滤网的茶杯，其特征在于：滤网可拆卸。"),
        Claim(2, "如权利要求1所述的茶杯，其特征在于：设有把手。", (1,)),
    )
