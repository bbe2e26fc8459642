"""Records become bytes and come back equal."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given

from patmark.errors import BadRecord
from patmark.packing import PATENT_FIELDS, TRADEMARK_FIELDS, dump, leaving, load
from patmark.patent import Claim, Localised, Patent, PatentKind, Person, Role, Section
from patmark.trademark import Trademark
from tests.patmark.merging.records import patents, trademarks


@given(patents)
def test_a_patent_comes_back_as_it_was(patent):
    assert load(dump(patent)) == patent


@given(trademarks)
def test_a_trademark_comes_back_as_it_was(mark):
    assert load(dump(mark)) == mark


@pytest.mark.parametrize("empty", [Patent(), Trademark()])
def test_an_empty_record_is_a_few_bytes(empty):
    assert load(dump(empty)) == empty
    assert len(dump(empty)) < 40


def test_a_long_record_is_compressed():
    long = Patent(claims=tuple(Claim(n, f"根据权利要求{n}所述的储能装置，其特征在于") for n in range(1, 200)))
    assert len(dump(long)) < 5_000
    assert load(dump(long)) == long


def test_every_field_has_its_place_in_the_stored_order():
    assert set(PATENT_FIELDS) == {one.name for one in fields(Patent)}
    assert set(TRADEMARK_FIELDS) == {one.name for one in fields(Trademark)}


@pytest.mark.parametrize(
    "damaged", [b"", b"x[]", b"P123", b"p[1,2", b'p["CN","no such kind"]', b"p{}", b't["CN","none"]']
)
def test_damaged_bytes_are_refused_with_a_sentence(damaged):
    with pytest.raises(BadRecord, match="保存的记录"):
        load(damaged)


@pytest.mark.parametrize("bad", [Patent(titles=(Localised("\ud800"),)), Patent(claim_count=10**30)])
def test_what_cannot_be_kept_is_refused_when_stored(bad):
    with pytest.raises(BadRecord, match="无法保存"):
        dump(bad)


def test_what_is_left_stays_empty_and_everything_else_is_there():
    whole = Patent(
        office="CN",
        kind=PatentKind.DESIGN,
        titles=(Localised("椅子", "zh"),),
        claims=(Claim(1, "一种椅子。"),),
        description=(Section("正文"),),
        people=(Person("甲", Role.APPLICANT),),
    )
    packed = dump(whole)
    assert load(packed, leaving({"office", "titles", "people"})) == replace(whole, claims=(), description=())
    assert load(packed, leaving(())).kind is PatentKind.DESIGN
