"""The population table: the newest number not of a later day, faults told by row; and the industries beside it."""

from __future__ import annotations

from datetime import date

import pytest

from patmark import emerging, population
from patmark.errors import BadFile
from patmark.fields import Subject
from patmark.query import default_context, parse
from patmark.query.tree import Class, leaves

ROW = '[[population]]\ncode = "3408"\nday = 2022-12-31\npeople = 4100000\nsource = "某年统计公报"\ntrust = "L"\n'


def test_the_newest_number_that_is_not_of_a_later_day_counts():
    rows = (*population.shipped(), *population.read(ROW))
    assert population.latest(rows, "3408", date(2023, 1, 1)).people == 4_100_000
    assert population.latest(rows, "3408", date(2022, 1, 1)).day == date(2020, 11, 1)
    assert population.latest(rows, "3408", date(2010, 1, 1)) is None
    assert population.latest(rows, "340881", date(2023, 1, 1)) is None


def test_of_one_day_the_row_that_stands_last_wins():
    again = ROW.replace("4100000", "4200000")
    rows = (*population.read(ROW), *population.read(again))
    assert population.latest(rows, "3408", date(2023, 1, 1)).people == 4_200_000


def test_the_shipped_numbers_are_marked_as_not_verified():
    assert [row.verified for row in population.shipped()] == [False]
    assert population.read(ROW)[0].verified
    assert population.per_ten_thousand(3000, 4_000_000) == 7.5


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("[[population", "TOML"),
        ("population = 3", "population"),
        (ROW.replace('"3408"', "3408"), "code"),
        (ROW.replace("2022-12-31", '"2022-12-31"'), "day"),
        (ROW.replace("4100000", "0"), "people"),
        (ROW.replace("4100000", "true"), "people"),
        (ROW.replace('"L"', '"X"'), "trust"),
        (ROW + "[[population]]\n", "第 2 行"),
    ],
)
def test_a_wrong_row_is_told(wrong, told):
    with pytest.raises(BadFile, match=told):
        population.read(wrong)


def test_the_shipped_industries_are_queries_by_class_and_no_official_table():
    for one in emerging.shipped():
        tree = parse(one.query, Subject.PATENT, default_context()).tree
        assert all(isinstance(leaf, Class) for leaf in leaves(tree)), one.zh
        assert not one.official and one.en


@pytest.mark.parametrize("wrong", ["x = [", "", '[[industry]]\nzh = "甲"', "industry = 3"])
def test_a_wrong_table_of_industries_is_told(wrong):
    with pytest.raises(BadFile):
        emerging.read(wrong)
