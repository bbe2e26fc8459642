"""What changed between two states of a record is told in short Chinese words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from hypothesis import given

from patmark.differences import LABELS, SHOWN, Difference, differences
from patmark.patent import Event, Localised, Patent, PatentKind, Person, Role
from patmark.trademark import Trademark
from tests.patmark.merging.records import patents, trademarks


def test_equal_records_have_no_differences():
    assert differences(Patent(office="CN"), Patent(office="CN")) == []


def test_a_changed_value_is_told_with_its_label():
    assert differences(Patent(), Patent(kind=PatentKind.DESIGN)) == [Difference("kind", "类型", "未知", "外观设计")]


def test_of_many_values_only_what_came_and_went_is_told():
    old = Patent(events=(Event("PB01", "CN", date(2019, 3, 1)),))
    new = Patent(events=(*old.events, Event("GR01", "CN", date(2021, 6, 4), title="授权")))
    assert differences(old, new) == [Difference("events", "法律事件", "", "2021-06-04 GR01 授权")]


def test_a_new_order_is_told_too():
    first, second = Person("甲", Role.INVENTOR), Person("乙", Role.INVENTOR)
    (only,) = differences(Patent(people=(first, second)), Patent(people=(second, first)))
    assert only.old == "发明人 甲；发明人 乙（原顺序）"


def test_long_texts_are_cut_around_their_first_difference():
    (only,) = differences(
        Patent(abstracts=(Localised("同" * 500 + "旧" + "尾" * 500, "zh"),)),
        Patent(abstracts=(Localised("同" * 500 + "新" + "尾" * 500, "zh"),)),
    )
    assert len(only.old) <= SHOWN + 2
    assert only.old.replace("旧", "新") == only.new
    assert "旧" in only.old


def test_every_field_has_a_label():
    assert {one.name for kind in (Patent, Trademark) for one in fields(kind)} == set(LABELS)


@given(patents, patents)
def test_unequal_patents_have_differences_of_readable_length(one, other):
    assert bool(differences(one, other)) == (one != other)


@given(trademarks, trademarks)
def test_unequal_marks_have_differences(one, other):
    assert bool(differences(one, other)) == (one != other)
