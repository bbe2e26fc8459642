"""The tree of places: Anqing's units through time, names people type, tables loaded beside the shipped one."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

from patmark.divisions import Level
from patmark.regions import shipped_gazetteer
from tests.shared_data import shared


@pytest.fixture(scope="module")
def places():
    return shipped_gazetteer()


def test_anqing_has_ten_counties_and_two_zones(places):
    units = places.units("3408")
    assert [one.code for one in units] == [
        *("340802", "340803", "340811", "340822", "340825", "340826", "340827", "340828", "340881", "340882"),
        *("340871", "3408GX"),
    ]
    assert [one.level for one in units].count(Level.ZONE) == 2


def test_its_units_of_an_earlier_day_bear_their_old_names(places):
    names = {one.name for one in places.units("3408", date(1995, 6, 1))}
    assert {"枞阳县", "桐城县", "潜山县", "郊区"} <= names
    assert not {"桐城市", "潜山市", "宜秀区"} & names


def test_every_id_is_a_whole_number_that_leads_back(places):
    for one in places.entries:
        if one.level is not Level.TOWN:
            assert places.region(one.id).code == one.code
    assert places.name(340803402) == "安庆高新技术产业开发区"


def test_a_place_knows_what_it_lies_in(places):
    assert [one.code for one in places.path("340881")] == ["340881", "3408", "34"]
    assert places.full_name("340881") == "安徽省安庆市桐城市"
    assert places.name(340881) == "桐城市"
    assert places.name("999999") == ""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("桐城", "340881"),
        ("桐城市", "340881"),
        ("桐城县", "340881"),
        ("340881", "340881"),
        ("340821", "340881"),
        ("潜山县", "340882"),
        ("枞阳", "340722"),
        ("皖", "34"),
        ("安徽", "34"),
        ("340000", "34"),
        ("安庆", "3408"),
        ("340800", "3408"),
        ("安庆高新区", "3408GX"),
        ("3408gx", "3408GX"),
        ("香港", "81"),
    ],
)
def test_a_name_or_code_finds_the_place_of_today(places, name, code):
    assert [one.code for one in places.find_places(name)][:1] == [code]


def test_a_name_of_several_places_finds_them_all_and_an_unknown_one_none(places):
    assert {one.code for one in places.find_places("郊区")} == {"340711", "340811"}
    assert places.find_places("云杉岭市") == ()


def test_a_place_is_followed_through_its_codes(places):
    moved = places.region("340722")
    assert [one.code for one in places.line(moved)] == ["340823", "340722"]
    assert places.on(moved, date(2014, 5, 1)).code == "340823"
    assert places.on(places.region("340823"), None).code == "340722"


def test_a_table_with_code_and_name_adds_places(places):
    more = places.extended([{"code": "990101", "name": "云杉县"}, {"code": "340881", "name": "别的名字"}])
    assert more.name("990101") == "云杉县"
    assert more.name("340881") == "桐城市"


def test_the_divisions_of_the_rules_are_there(places):
    vectors = json.loads(shared("domain/test_vectors.json").read_text(encoding="utf-8"))["divisions_3408"]
    known = {(one.code, one.name) for one in places.entries}
    assert {(one["code"], one["name"]) for one in vectors} <= known


def test_the_shipped_table_agrees_with_a_real_one(places):
    for name in ("provinces", "cities", "areas"):
        with shared(f"data/reference/{name}.csv").open(encoding="utf-8") as file:
            real = {row["code"]: row["name"] for row in csv.DictReader(file)}
        held = {one.code: one.name for one in places.entries if one.valid_to is None}
        wrong = {code: real[code] for code in real.keys() & held.keys() if real[code] != held[code]}
        assert set(wrong.values()) <= {"市辖区"}
