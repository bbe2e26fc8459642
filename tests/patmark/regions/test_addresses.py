"""Addresses and postcodes are placed; what cannot be sure is marked doubtful with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.regions import Basis, Place, shipped_gazetteer


@pytest.fixture(scope="module")
def places():
    # Two districts of one name, as the nationwide tables have them.
    return shipped_gazetteer().extended(
        [
            {"code": "320106", "name": "鼓楼区"},
            {"code": "4102", "name": "开封市"},
            {"code": "410204", "name": "鼓楼区"},
            {"code": "340822100", "name": "高河镇"},
            {"code": "340881102", "name": "范岗镇"},
        ]
    )


@pytest.mark.parametrize(
    ("address", "code", "zone"),
    [
        ("安徽省安庆市桐城市范岗镇某路1号", "340881", ""),
        ("安徽省桐城市范岗镇", "340881", ""),
        ("安徽安庆怀宁县高河镇", "340822", ""),
        ("安庆市宜秀区某某大道", "340811", ""),
        ("安徽省安庆市郊区某乡", "340811", ""),
        ("安徽省安庆市高河镇工业园", "340822", ""),
        ("安徽省安慶市懷寧縣", "340822", ""),
        ("中国安徽省安庆市迎江区", "340802", ""),
        ("安徽省安庆市迎江寺旁", "3408", ""),
        ("安徽省安庆市宜秀区菱北街道某路", "340811", "340871"),
        ("安徽省安庆市老峰镇", "3408", "340871"),
        ("安徽省安庆市经开区迎宾路", "3408", "340871"),
        ("安徽省安庆经济技术开发区某路", "3408", "340871"),
        ("安徽省安庆市高新区某路", "340803", "3408GX"),
        ("安徽省安庆市大观区高新技术产业开发区", "340803", "3408GX"),
        ("安徽省安庆市桐城经济开发区", "340881", ""),
        ("安徽省安庆市迎江经济开发区", "340802", ""),
        ("安徽省合肥市高新区某路", "3401", ""),
        ("北京市朝阳区某路", "1101", ""),
        ("广东省深圳市某区", "4403", ""),
        ("江苏路5号", "", ""),
        ("5 Spruce Road, Boston", "", ""),
        ("", "", ""),
    ],
)
def test_the_words_of_an_address_place_it(places, address, code, zone):
    place = places.locate(address)
    assert (place.code, place.zone) == (code, zone)
    assert not place.doubtful


def test_a_county_that_left_is_placed_by_the_day(places):
    address = "安徽省安庆市枞阳县某镇"
    then, now = places.locate(address, on=date(2014, 3, 1)), places.locate(address)
    assert (then.city, then.county) == ("3408", "340823")
    assert (now.city, now.county) == ("3407", "340722")
    assert places.locate("安徽省铜陵市枞阳县", on=date(2014, 3, 1)).city == "3408"


def test_a_renamed_county_has_its_code_of_the_day(places):
    assert places.locate("安徽省潜山县", on=date(2010, 1, 1)).county == "340824"
    assert places.locate("安徽省潜山县").county == "340882"
    assert places.locate("安徽省桐城市", on=date(1990, 1, 1)).county == "340821"


def test_a_postcode_in_front_of_the_address_or_beside_it_fills_in(places):
    assert places.locate("", "246400").county == "340825"
    assert places.locate("安徽省安庆市某路", "231400") == places.locate("231400 安徽省安庆市某路")
    found = places.locate("安徽省安庆市某路", "231400")
    assert (found.county, found.basis, found.doubtful) == ("340881", Basis.BOTH, False)


def test_a_postcode_of_the_city_does_not_take_a_county_away(places):
    place = places.locate("安徽省安庆市怀宁县", "246000")
    assert (place.county, place.doubtful) == ("340822", False)


def test_postcode_and_words_that_disagree_are_doubtful(places):
    place = places.locate("安徽省安庆市怀宁县", "230000")
    assert place.county == "340822"
    assert place.doubtful
    assert "230000" in place.reasons[0]
    assert "合肥市" in place.reasons[0]


def test_a_district_of_several_provinces_alone_is_doubtful_until_the_postcode_settles_it(places):
    alone = places.locate("鼓楼区某路1号")
    assert (alone.code, alone.doubtful) == ("", True)
    assert "江苏省南京市" in alone.reasons[0]
    settled = places.locate("鼓楼区某路1号", "475000")
    assert (settled.county, settled.doubtful) == ("410204", False)
    assert places.locate("江苏省鼓楼区").county == "320106"


def test_words_that_contradict_each_other_are_doubtful(places):
    place = places.locate("江苏省安庆市大观区")
    assert (place.county, place.doubtful) == ("340803", True)
    assert places.locate("安徽省安庆市肥西县").doubtful


def test_a_zone_counts_beside_its_county_or_instead_of_it(places):
    place = places.locate("安徽省安庆市宜秀区菱北街道")
    assert place.unit(exclusive=True) == "340871"
    assert place.unit(exclusive=False) == "340811"
    assert places.locate("安徽省安庆市经开区").unit(exclusive=False) == "340871"


def test_ids_are_the_codes_as_whole_numbers(places):
    assert places.locate("安徽省安庆市高新区").ids == (34, 3408, 340803, 340803402)
    assert places.locate("某处").ids == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("安徽;34", "34"),
        ("34(安徽)", "34"),
        ("中国,安徽", "34"),
        ("34", "34"),
        ("皖", "34"),
        ("深圳;94", "4403"),
        ("340881", "340881"),
        ("US", ""),
        ("", ""),
    ],
)
def test_the_code_cells_of_exports_are_read(places, cell, code):
    assert places.locate_code(cell).code == code


@given(
    st.text(alphabet="安徽省庆市桐城怀宁县区宜秀迎江鼓楼开发经济246000路街1 ,", max_size=30),
    st.sampled_from(["", "246000", "9"]),
)
def test_any_address_gives_a_place_whose_parts_belong_together(address, postcode):
    gazetteer = shipped_gazetteer()
    place = gazetteer.locate(address, postcode)
    assert isinstance(place, Place)
    assert not place.county or place.county[:2] == place.province
    assert not (place.city and place.county) or gazetteer.region(place.county).parent == place.city
