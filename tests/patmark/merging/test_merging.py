"""Statements about one application become one record, and every value knows where it came from."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.merging import Stated, merge_patents, merge_trademarks
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Event,
    Localised,
    Patent,
    PatentKind,
    Person,
    Publication,
    Role,
    Symbol,
)
from patmark.trademark import Goods, MarkKind, Trademark
from tests.patmark.merging.records import patents, trademarks

A = Publication("CN", "109000111", "A", date(2019, 3, 1))
B = Publication("CN", "109000111", "B", date(2021, 6, 4))


def merged(*records):
    return merge_patents([Stated(record, order) for order, record in enumerate(records)])


def test_application_and_grant_become_one_record():
    application = Patent(
        office="CN",
        kind=PatentKind.INVENTION,
        application=ApplicationNumber("CN", "201811111111.1", date(2018, 9, 2)),
        publications=(A,),
        titles=(Localised("一种蓄热砖", "zh"), Localised("Heat brick", "en")),
        abstracts=(Localised("本发明公开一种蓄热砖。", "zh"),),
        claims=(Claim(1, "一种砖。"), Claim(2, "如权利要求1的砖。", (1,))),
        symbols=(Symbol("ipc", "F28D 20/00", main=True),),
    )
    grant = Patent(
        office="CN",
        publications=(B,),
        titles=(Localised("一种高温蓄热砖", "zh"),),
        claims=(Claim(1, "一种高温砖。"),),
        claims_lang="zh",
        symbols=(Symbol("ipc", "C04B 35/00", main=True), Symbol("cpc", "C04B 35/01")),
    )
    result = merged(grant, application)
    record = result.record
    assert record.publications == (A, B)
    assert record.title == "一种高温蓄热砖"
    assert {one.lang for one in record.titles} == {"zh", "en"}
    assert record.abstract == "本发明公开一种蓄热砖。"
    assert record.claims == (Claim(1, "一种高温砖。"),)
    assert [one.symbol for one in record.symbols] == ["C04B 35/00", "C04B 35/01"]
    assert record.application == application.application
    assert record.kind is PatentKind.INVENTION
    assert result.sources["titles.zh"] == 0
    assert result.sources["titles.en"] == 1
    assert result.sources["application"] == 1
    assert result.origins["publications"] == (1, 0)


def test_the_sequence_they_come_in_decides_nothing():
    statements = [
        Stated(Patent(publications=(A,), titles=(Localised("甲", "zh"),), status_text="公开"), 1),
        Stated(Patent(publications=(B,), titles=(Localised("乙", "zh"),)), 2),
        Stated(Patent(data_date=date(2024, 1, 1), titles=(Localised("丙", "zh"),), status_text="有权"), 3),
    ]
    results = [merge_patents(list(one)).record for one in permutations(statements)]
    assert all(one == results[0] for one in results)
    assert results[0].title == "乙"
    assert results[0].status_text == "有权"


def test_an_empty_value_never_replaces_a_filled_one():
    assert merged(
        Patent(status_text="授权", data_date=date(2020, 1, 1)), Patent(data_date=date(2024, 1, 1))
    ).record == (Patent(status_text="授权", data_date=date(2024, 1, 1)))


def test_of_two_equal_documents_the_later_import_is_taken():
    one, other = (Patent(publications=(A,), titles=(Localised(title, "zh"),)) for title in ("旧名", "新名"))
    assert merged(one, other).record.title == "新名"
    assert merged(other, one).record.title == "旧名"


def test_an_unmarked_chinese_title_is_not_held_beside_the_marked_one():
    result = merged(
        Patent(titles=(Localised("蓄热砖"),)), Patent(publications=(B,), titles=(Localised("高温蓄热砖", "zh"),))
    )
    assert result.record.titles == (Localised("高温蓄热砖", "zh"),)


def test_people_are_taken_by_role_and_their_gaps_filled():
    first = Patent(
        people=(
            Person(
                "安庆云杉机械(集团)有限公司", Role.APPLICANT, address="安徽省安庆市迎江区某路1号", postcode="246001"
            ),
            Person("李四", Role.INVENTOR),
        ),
    )
    second = Patent(
        publications=(B,),
        people=(Person("安庆云杉机械（集团）有限公司", Role.APPLICANT, country="CN"),),
    )
    result = merged(first, second)
    applicant, inventor = result.record.people
    assert applicant.name == "安庆云杉机械（集团）有限公司"
    assert (applicant.postcode, applicant.country) == ("246001", "CN")
    assert inventor.name == "李四"
    assert result.sources["people.applicant"] == 1
    assert result.sources["people.inventor"] == 0


def test_the_same_event_from_two_sources_is_one_and_different_details_stay_two():
    day = date(2022, 1, 4)
    result = merged(
        Patent(events=(Event("LICC", "CN", day, detail="合同备案号甲"), Event("GR01", "CN", date(2021, 6, 4)))),
        Patent(
            events=(Event("LICC", "CN", day, detail="合同备案号乙"), Event("GR01", "", date(2021, 6, 4), title="授权"))
        ),
    )
    assert [one.code for one in result.record.events] == ["GR01", "LICC", "LICC"]
    assert result.record.events[0].title == "授权"
    assert result.record.events[0].country == "CN"


def test_a_publication_without_its_kind_meets_the_one_with_it():
    bare = Publication("CN", "CN109000111", "", date(2019, 3, 1))
    assert merged(Patent(publications=(bare,)), Patent(publications=(B, A))).record.publications == (A, B)


def test_citations_and_priorities_are_united():
    cited = Citation(publication=Publication("US", "2001002", "A1"), category="X")
    result = merged(
        Patent(citations=(cited, Citation("某手册,第3页")), priorities=(ApplicationNumber("JP", "2018-1234"),)),
        Patent(
            citations=(Citation(publication=Publication("US", "2001002")),),
            priorities=(ApplicationNumber("JP", "20181234"),),
        ),
    ).record
    assert len(result.citations) == 2
    assert len(result.priorities) == 1


def test_a_claim_count_of_the_application_does_not_stand_beside_the_claims_of_the_grant():
    result = merged(
        Patent(publications=(A,), claim_count=10), Patent(publications=(B,), claims=(Claim(1, "一种砖。"),))
    )
    assert result.record.claim_count is None


def test_rows_of_one_trademark_number_become_one_mark_with_all_its_classes():
    result = merge_trademarks(
        [
            Stated(Trademark(number="90000001", mark="云杉岭", goods=(Goods(30, "茶"),)), 0),
            Stated(Trademark(number="90000001", kind=MarkKind.CERTIFICATION, goods=(Goods(5, "药茶"),)), 1),
        ]
    )
    assert [one.nice for one in result.record.goods] == [5, 30]
    assert result.record.kind is MarkKind.CERTIFICATION
    assert result.record.mark == "云杉岭"
    assert result.origins["goods"] == (1, 0)


def test_the_newer_data_date_wins_for_a_mark():
    new = Trademark(number="1", valid_to=date(2034, 5, 6), data_date=date(2024, 6, 1))
    old = Trademark(number="1", valid_to=date(2024, 5, 6), data_date=date(2020, 6, 1))
    assert merge_trademarks([Stated(new, 0), Stated(old, 1)]).record.valid_to == date(2034, 5, 6)


def test_nothing_cannot_be_merged():
    with pytest.raises(ValueError, match="nothing"):
        merge_patents([])


@given(patents)
def test_merging_a_record_with_itself_changes_nothing(patent):
    once = merge_patents([Stated(patent, 1)])
    assert merge_patents([Stated(patent, 1), Stated(patent, 1)]).record == once.record
    assert merge_patents([Stated(once.record, 1)]).record == once.record


@given(trademarks)
def test_merging_a_mark_with_itself_changes_nothing(mark):
    once = merge_trademarks([Stated(mark, 1)]).record
    assert merge_trademarks([Stated(mark, 1), Stated(mark, 1)]).record == once


@given(st.lists(patents, min_size=1, max_size=4))
def test_no_publication_number_and_no_event_code_is_lost(records):
    result = merged(*records)
    for name, what in (("events", lambda one: one.code), ("publications", lambda one: one.kind)):
        said = {what(one) for record in records for one in getattr(record, name)} - {""}
        assert said == {what(one) for one in getattr(result.record, name)} - {""}
        assert len(result.origins.get(name, ())) == len(getattr(result.record, name))
