"""What each column of a trademark table becomes: numbers, goods by class, term, people, and what is rejected."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.patent import Person, Role
from patmark.trademark import Goods, MarkFeature, MarkKind
from tests.patmark.sources_tables.made import DATA, csv_text, rejects, trademarks, write


def one(tmp_path, **cells):
    path = write(tmp_path / "a.csv", csv_text([["商标名称", "申请人", *cells], ["示例牌", "甲厂", *cells.values()]]))
    (mark,) = trademarks(path)
    return mark


def test_a_row_becomes_a_trademark():
    mark = trademarks(DATA / "trademarks.csv")[0]
    assert (mark.office, mark.number, mark.mark, mark.status_text) == ("CN", "10000001", "示例牌", "已注册")
    assert mark.goods == (Goods(30, "茶（3002）;糕点（3006）", ("3002", "3006"), ("茶", "糕点")),)
    assert mark.people[0] == Person(
        "安庆示例茶业有限公司", Role.APPLICANT, "安徽省安庆市宜秀区样例路2号", original_name="ANQING SAMPLE TEA CO"
    )
    assert mark.people[1] == Person("安庆假想商标事务所", Role.AGENCY)
    assert mark.filing_date == date(2011, 9, 20)
    assert (mark.preliminary_publication_issue, mark.preliminary_publication_date) == ("1311", date(2012, 5, 27))
    assert (mark.registration_publication_issue, mark.registration_date) == ("1323", date(2012, 8, 28))
    assert (mark.valid_from, mark.valid_to) == (date(2012, 8, 28), date(2022, 8, 27))


def test_a_mark_may_read_null():
    assert trademarks(DATA / "trademarks.csv")[1].mark == "NULL"


def test_several_classes_take_their_own_goods():
    mark = trademarks(DATA / "trademarks.csv")[1]
    assert [(goods.nice, goods.text) for goods in mark.goods] == [(9, "计算机软件"), (42, "软件设计")]


def test_a_madrid_number_without_a_name_is_a_record():
    assert trademarks(DATA / "trademarks.csv")[2].number == "G1000003"


def test_a_row_with_neither_number_nor_name_is_rejected():
    (reject,) = rejects(DATA / "trademarks.csv")
    assert reject.position == "第 6 行" and "没有申请号、注册号，也没有商标名称" in reject.sentence


def test_application_and_registration_number_in_two_columns(tmp_path):
    mark = one(tmp_path, 申请号="20000001", 注册号="20000001A")
    assert (mark.number, mark.registration_number) == ("20000001", "20000001A")
    assert one(tmp_path, 注册号="20000002").number == "20000002"


@pytest.mark.parametrize(
    ("text", "classes"), [("9", [9]), ("09", [9]), ("第9类", [9]), ("9,35;42", [9, 35, 42]), ("第 35 类", [35])]
)
def test_classes_in_the_spellings_of_exports(tmp_path, text, classes):
    assert [goods.nice for goods in one(tmp_path, 国际分类=text).goods] == classes


def test_a_class_that_does_not_exist_is_kept_in_words(tmp_path):
    mark = one(tmp_path, 国际分类="99")
    assert mark.goods == () and ("国际分类", "99") in mark.extra


def test_goods_that_name_no_class_of_several_are_kept_beside_the_record(tmp_path):
    mark = one(tmp_path, 国际分类="9;42", 商品服务="软件，设计")
    assert [goods.text for goods in mark.goods] == ["", ""]
    assert ("商品/服务", "软件，设计") in mark.extra


def test_groups_tell_the_class_where_no_column_does(tmp_path):
    assert one(tmp_path, 类似群="0901;3502").goods == (Goods(9, "", ("0901",)), Goods(35, "", ("3502",)))


@pytest.mark.parametrize("text", ["2012-08-28 至 2022-08-27", "2012年08月28日至2022年08月27日", "2012/8/28—2022/8/27"])
def test_terms_in_the_spellings_of_exports(tmp_path, text):
    mark = one(tmp_path, 专用权期限=text)
    assert (mark.valid_from, mark.valid_to) == (date(2012, 8, 28), date(2022, 8, 27))


def test_kinds_features_and_shared_marks(tmp_path):
    mark = one(tmp_path, 商标类型="集体商标", 商标形式="文字及图形", 是否共有商标="是", 共有人="乙厂")
    assert (mark.kind, mark.feature, mark.shared) == (MarkKind.COLLECTIVE, MarkFeature.COMBINED, True)
    assert [person.name for person in mark.people] == ["甲厂", "乙厂"]


def test_the_picture_of_a_mark_is_named(tmp_path):
    assert [picture.file for picture in one(tmp_path, 商标图样="10000001.jpg").pictures] == ["10000001.jpg"]
