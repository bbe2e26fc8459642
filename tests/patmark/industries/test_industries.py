"""The industries: the plan's seven first, every unit of the city served, classes and queries that our parsers read."""

import pytest

from patmark.fields import Subject
from patmark.industries import industries, industries_of, industry
from patmark.query import default_context, parse

UNITS = {"340802", "340803", "340811", "340822", "340825", "340826", "340827", "340828", "340881", "340882"}
ZONES = {"340871", "3408GX"}


def test_the_seven_of_the_plan_come_first_in_its_order():
    assert [one.zh for one in industries() if one.in_plan] == [
        "化工新材料",
        "新能源与智能网联汽车",
        "汽车零配件",
        "高端装备制造",
        "刷制品",
        "功能膜",
        "现代纺织服装",
    ]
    assert all(one.in_plan for one in industries()[:7])


def test_every_unit_of_the_plan_has_an_industry_and_every_unit_named_exists():
    assert {unit for one in industries() for unit in one.units} == UNITS | ZONES
    assert industries_of("340881") == (industry("machinery"),)
    assert industries_of("110101") == ()


def test_what_was_not_read_in_the_plan_says_so():
    assert not any(one.verified for one in industries() if not one.in_plan)
    assert not industry("films").verified
    assert industry("chemicals").verified


@pytest.mark.parametrize("one", industries(), ids=lambda one: one.key)
def test_queries_are_read_without_a_remark(one):
    for text, subject in ((one.query, Subject.PATENT), (one.mark_query, Subject.TRADEMARK)):
        assert parse(text, subject, default_context()).notes == ()


def test_keys_are_unique():
    assert len({one.key for one in industries()}) == len(industries())
    with pytest.raises(KeyError):
        industry("nothing")
