"""Trademarks and geographical indications in ST.96."""

from __future__ import annotations

from datetime import date

from patmark.patent import ApplicationNumber, Person, Picture, Role
from patmark.trademark import Goods, MarkFeature, MarkKind
from tests.patmark.sources_office.reading import fixture, mark, refusal


def test_a_mark_is_read_in_full() -> None:
    found = mark(fixture("st96_mark.xml")[0])
    assert (found.office, found.number, found.registration_number) == ("CN", "61234567", "61234567")
    assert (found.kind, found.feature) == (MarkKind.COLLECTIVE, MarkFeature.COMBINED)
    assert (found.mark, found.mark_transliteration) == ("皖江春", "WAN JIANG CHUN")
    assert found.mark_translation == "Spring of the Wan river"
    assert found.mark_description == "一片茶叶浮在江面上。"
    assert found.nice_edition == "11-2021"
    assert (found.colours, found.disclaimer) == ("绿、白", "放弃“春”的专用权")
    assert found.vienna == ("05.03.13", "26.01")
    assert found.pictures == (Picture("wjc-1.JPG", "mark", "image/jpeg"),)
    assert found.status_text == "Registered"
    assert found.priorities == (ApplicationNumber("JP", "2021-099001", date(2021, 8, 2)),)


def test_its_days_and_gazette_issues_are_told_apart() -> None:
    found = mark(fixture("st96_mark.xml")[0])
    assert found.filing_date == date(2021, 12, 6)
    assert (found.preliminary_publication_date, found.preliminary_publication_issue) == (date(2022, 4, 13), "1783")
    assert (found.registration_date, found.registration_publication_issue) == (date(2022, 7, 14), "1795")
    assert found.valid_to == date(2032, 7, 13)
    assert found.international_registration_date == date(2022, 9, 1)
    assert ("PublicationBag/Publication/PublicationDate", "2022-07-14") in found.extra


def test_goods_go_by_nice_class_and_lists_by_item() -> None:
    assert mark(fixture("st96_mark.xml")[0]).goods == (
        Goods(5, "药茶"),
        Goods(30, "茶；茶饮料；糕点", items=("茶", "茶饮料", "糕点")),
    )


def test_holders_and_agency_bear_their_addresses_but_no_telephone() -> None:
    found = mark(fixture("st96_mark.xml")[0])
    assert found.shared
    assert found.people == (
        Person("望江县春芽茶业协会", Role.APPLICANT, "华阳镇茶园路1号, 安庆", "246200", "CN"),
        Person("方春生", Role.APPLICANT),
        Person("安庆清风知识产权代理有限公司", Role.AGENCY),
    )
    assert not any("0556" in value for _, value in found.extra)


def test_events_keep_code_words_and_day() -> None:
    first, second = mark(fixture("st96_mark.xml")[0]).events
    assert (first.title, first.date, first.country) == ("Published", date(2022, 4, 13), "CN")
    assert (second.code, second.title, second.detail) == ("REG", "Registered", "Issue 1795")


def test_what_no_field_takes_is_kept_in_extra() -> None:
    extra = mark(fixture("st96_mark.xml")[0]).extra
    assert ("NationalTrademarkInformation/InternationalRegistrationNumber", "1690001") in extra
    assert ("RequestExamination/RequestExaminationCategory", "Normal") in extra
    assert len(extra) == 7


def test_a_mark_without_number_and_words_is_refused_and_the_next_one_read() -> None:
    _, second, third = fixture("st96_mark.xml")
    assert refusal(second).sentence == "这件商标没有申请号、注册号，也没有商标文字，无法登记。"
    assert refusal(second).position == "第 1 份文件第 2 件"
    assert "2021-12-07" in refusal(second).raw
    assert mark(third).number == "CA500000009990001"
    assert mark(third).kind is MarkKind.CERTIFICATION
    assert mark(third).extra[0] == ("ApplicationDate", "2020-13-45")


def test_the_draft_name_spaces_are_read_and_the_stages_of_the_owner_told_apart() -> None:
    (read,) = fixture("st96_mark_draft.xml")
    found = mark(read)
    assert (found.number, found.mark, found.feature) == ("70000001", "TIGERLILY", MarkFeature.COMBINED)
    assert found.filing_date == date(1996, 3, 4)
    assert found.status_text == "Registered and renewed."
    assert found.people == (
        Person("Lily Old, Inc.", Role.APPLICANT),
        Person("Lily New, Inc.", Role.OWNER),
        Person("Example & Partners LLP", Role.AGENCY, "1 Example Street, Springfield"),
        Person("Pat Example", Role.AGENT),
    )
    assert ("ApplicantBag/Applicant/Contact/Name/EntityName", "Lily Middle, Inc.") in found.extra
    assert found.pictures == ()


def test_an_indication_is_a_mark_of_its_own_kind() -> None:
    (read,) = fixture("st96_gi.xml")
    found = mark(read)
    assert found.kind is MarkKind.GEOGRAPHICAL_INDICATION
    assert (found.office, found.number, found.mark) == ("CN", "GI-0001", "天柱云雾茶")
    assert found.mark_translation == "Tianzhu cloud tea"
    assert found.mark_description == "产于海拔六百米以上的茶园。"
    assert found.goods == (Goods(30, "绿茶"),)
    assert found.people == (Person("潜山市茶叶协会", Role.APPLICANT),)
    assert (found.filing_date, found.registration_date) == (date(2019, 4, 1), date(2020, 10, 10))
    assert found.registration_publication_issue == "2020-41"
    assert dict(found.extra) == {
        "GeographicRegionDescriptionBag/GeographicRegionDescription/GeographicRegionDescriptionText": "潜山市",
        "GIPublicationBag/GIPublication/PublicationDate": "2020-10-10",
        "AuthorizedUser/Contact/Name/EntityName": "潜山云上茶厂",
    }
