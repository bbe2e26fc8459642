"""What each column of a patent table becomes: numbers, days, people with addresses, symbols, priorities, claims."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.patent import ApplicationNumber, Citation, Claim, PatentKind, Person, Publication, Role, Symbol
from tests.patmark.sources_tables.made import DATA, csv_text, patents, read, write


def one(tmp_path, **cells):
    """The patent of one row with these columns beside a title."""
    path = write(tmp_path / "a.csv", csv_text([["专利名称", "摘要", *cells], ["示例", "摘要。", *cells.values()]]))
    (patent,) = patents(path)
    return patent


def test_a_row_of_the_25_column_export(tmp_path):
    first, second, design = patents(DATA / "cnipr.csv")
    assert first.application == ApplicationNumber("CN", "201310000001.2", date(2013, 1, 4))
    assert first.publications == (Publication("CN", "103000001", "A", date(2013, 3, 27)),)
    assert first.named(Role.APPLICANT) == (
        Person("安庆示例竹业有限公司", Role.APPLICANT, "安徽省安庆市大观区虚构路1号", "246000"),
    )
    assert first.named(Role.AGENCY) == (Person("安庆假想专利代理事务所(普通合伙)", Role.AGENCY, code="34999"),)
    assert [person.name for person in first.named(Role.AGENT)] == ["代一", "代二"]
    assert first.symbols == (Symbol("ipc", "D03D 29/00", True, "2006.01"), Symbol("ipc", "B27J 1/00", False, "2006.01"))
    assert first.priorities == (ApplicationNumber("US", "61/500,246", date(2012, 1, 6)),)
    assert first.claims == (Claim(1, "一种竹编鱼篓的编织装置，其特征在于：包括机架（1）。"),)
    assert first.abstract == "本发明公开了一种竹编鱼篓的编织装置，\n包括机架和导篾轮。"
    assert first.extra == (("光盘号", "D1313"), ("PCT公开", "0"))
    assert design.symbols == (Symbol("locarno", "07-01", True),)
    assert design.named(Role.APPLICANT)[0].postcode == "246100"
    assert design.named(Role.APPLICANT)[0].address == "安徽省怀宁县样例街道5号"
    assert second.parents == (ApplicationNumber("CN", "201210000009.5"),)


def test_the_columns_of_an_international_case(tmp_path):
    patent = patents(DATA / "cnipr.csv")[1]
    assert patent.pct_application == ApplicationNumber("WO", "PCT/JP2013/060001", date(2013, 6, 7))
    assert patent.pct_publication == Publication("WO", "2013/180001", "", date(2013, 12, 12))
    assert patent.national_entry == date(2014, 12, 5)
    assert patent.grant_date == date(2016, 5, 18)
    assert [number.date for number in patent.priorities] == [date(2012, 6, 8), date(2012, 7, 9)]
    assert patent.citations == (Citation(publication=Publication("CN", "101000003", "A")),)
    assert [person.name for person in patent.named(Role.EXAMINER)] == ["审某"]
    assert patent.named(Role.AGENCY) == (Person("合肥假想知识产权代理有限公司", Role.AGENCY, code="34998"),)


def test_several_publications_in_one_row(tmp_path):
    grant = {"授权公告号": "CN109000011B", "授权公告日": "2021年5月14日"}
    patent = one(tmp_path, 公开号="CN109000011A", 公开日="20190423", **grant)
    assert patent.publications == (
        Publication("CN", "109000011", "A", date(2019, 4, 23)),
        Publication("CN", "109000011", "B", date(2021, 5, 14)),
    )
    assert patent.grant_date == date(2021, 5, 14)


def test_one_publication_printed_in_both_columns_stays_one(tmp_path):
    grant = {"授权公告号": "CN211000012U", "授权公告日": "2020.11.20"}
    patent = one(tmp_path, 公开号="CN211000012U", 公开日="2020.11.20", **grant)
    assert patent.publications == (Publication("CN", "211000012", "U", date(2020, 11, 20)),)


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("CN201220249767.4", "CN", "201220249767.4"),
        ("ZL 201220249767.4", "CN", "201220249767.4"),
        ("201220249767.4", "CN", "201220249767.4"),
        ("US 61/582,143", "US", "61/582,143"),
        ("PCT/CN2010/079999", "WO", "PCT/CN2010/079999"),
    ],
)
def test_application_numbers_stay_as_printed_behind_their_office(tmp_path, text, country, number):
    assert one(tmp_path, 申请号=text).application == ApplicationNumber(country, number)


def test_a_number_in_scientific_notation_is_kept_and_marked_but_no_number(tmp_path):
    patent = one(tmp_path, 申请号="2.0111E+11")
    assert patent.application is None
    assert ("申请号", "2.0111E+11") in patent.extra
    assert any("末几位已丢失" in value for _, value in patent.extra)


def test_the_patent_number_that_differs_from_the_application_is_kept(tmp_path):
    same = one(tmp_path, 申请号="CN201220249767.4", 专利号="ZL201220249767.4")
    other = one(tmp_path, 申请号="CN201220249767.4", 专利号="ZL201220249771.0")
    assert same.extra == ()
    assert other.extra == (("专利号", "ZL201220249771.0"),)


@pytest.mark.parametrize("text", ["2012-01-05", "2012.01.05", "2012/1/5", "20120105", "2012年1月5日", "40913"])
def test_days_in_the_spellings_of_exports(tmp_path, text):
    application = one(tmp_path, 申请号="CN201220249767.4", 申请日=text).application
    assert application and application.date == date(2012, 1, 5)


def test_what_is_no_day_is_kept_and_zeros_are_none(tmp_path):
    assert one(tmp_path, 申请日="二〇一二年").extra == (("申请日", "二〇一二年"),)
    assert one(tmp_path, 申请日="00000000", 公开日="0").extra == ()


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("发明专利", PatentKind.INVENTION, False),
        ("实用新型", PatentKind.UTILITY_MODEL, False),
        ("外观设计", PatentKind.DESIGN, False),
        ("发明公开;发明授权", PatentKind.INVENTION, True),
        ("其他", PatentKind.UNKNOWN, True),
    ],
)
def test_kinds_in_words(tmp_path, text, kind, kept):
    patent = one(tmp_path, 专利类型=text)
    assert patent.kind is kind
    assert (("专利类型", text) in patent.extra) is kept


def test_addresses_go_to_their_applicants_where_the_counts_agree(tmp_path):
    both = one(tmp_path, 申请人="甲厂;乙厂", 申请人地址="246000 安庆市一路;231400桐城市二路")
    first = one(tmp_path, 申请人="甲厂;乙厂", 申请人地址="246000 安庆市一路")
    places = [[(person.postcode, person.address) for person in patent.people] for patent in (both, first)]
    assert places == [[("246000", "安庆市一路"), ("231400", "桐城市二路")], [("246000", "安庆市一路"), ("", "")]]


def test_numbered_claims_are_parted_with_what_they_refer_to(tmp_path):
    text = "1.一种锅，包括锅体。2.根据权利要求1所述的锅，其特征在于有盖。\n3.根据权利要求1或2所述的锅，直径为3.5米。"
    claims = one(tmp_path, 权利要求=text).claims
    assert [(claim.number, claim.depends_on) for claim in claims] == [(1, ()), (2, (1,)), (3, (1, 2))]
    assert claims[1].text == "根据权利要求1所述的锅，其特征在于有盖。"


def test_priorities_in_three_columns_are_joined(tmp_path):
    patent = one(tmp_path, 优先权号="2012-130001;2012-150002", 优先权日="20120608;20120709", 优先权国家="JP;JP")
    assert patent.priorities == (
        ApplicationNumber("JP", "2012-130001", date(2012, 6, 8)),
        ApplicationNumber("JP", "2012-150002", date(2012, 7, 9)),
    )


def test_owners_status_counts_family_and_literature(tmp_path):
    patent = one(
        tmp_path, 当前权利人="丙公司", 当前权利人地址="安徽省宿松县三路", 法律状态="有权-审定授权", 权利要求数="7",
        同族专利="US20130000001A1;EP2600001B1", 非专利引证="某某.某综述.某学报.2010.",
    )  # fmt: skip
    assert patent.named(Role.OWNER) == (Person("丙公司", Role.OWNER, "安徽省宿松县三路"),)
    assert (patent.status_text, patent.claim_count) == ("有权-审定授权", 7)
    assert [(member.country, member.kind) for member in patent.family] == [("US", "A1"), ("EP", "B1")]
    assert patent.citations == (Citation("某某.某综述.某学报.2010."),)


def test_two_names_in_two_languages(tmp_path):
    patent = one(tmp_path, 英文名称="SAMPLE DEVICE")
    assert [(text.lang, text.text) for text in patent.titles] == [("zh", "示例"), ("en", "SAMPLE DEVICE")]


def test_cells_that_stand_for_nothing_leave_nothing(tmp_path):
    patent = one(tmp_path, 申请号="-", 申请人="NULL", 代理机构="--", 备注="nan")
    assert (patent.application, patent.people, patent.extra) == (None, (), ())


def test_a_cnki_list_gives_its_publication_number_from_the_link(tmp_path):
    linked, bare = (found.result for found in read(DATA / "cnki.csv"))
    assert linked.publications == (Publication("CN", "108000021", "A", date(2018, 12, 11)),)
    assert bare.publications == () and ("公开日", "2018-12-12") in bare.extra
    assert [person.name for person in linked.named(Role.INVENTOR)] == ["甲某", "乙某"]
