"""Unified social credit codes: valid, invalid, and what their parts say."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.codes import BodyKind
from patmark.credit_code import ALPHABET, organisation_check, parse_uscc, uscc_check
from patmark.errors import BadNumber
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("code", "department", "kind"),
    [
        ("91340800000000000H", "市场监管", BodyKind.COMPANY),
        ("N2340822000000000W", "农业农村", BodyKind.OTHER),
        ("12340800000000000N", "机构编制", None),
        ("52340800MJ00000006", "民政", None),
        (" ９１３４０８００ 0000-0000 0h ", "市场监管", BodyKind.COMPANY),
    ],
)
def test_a_valid_code_is_read(code, department, kind):
    read = parse_uscc(code)
    assert (read.department_name, read.kind) == (department, kind)
    assert len(read.code) == 18


def test_its_parts_are_told():
    read = parse_uscc("N2340822000000000W")
    assert (read.division, read.class_name) == ("340822", "村级集体经济组织")
    assert (read.organisation, read.organisation_valid) == ("000000000", True)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("91340800000000000J", "校验位应为“H”"),
        ("9134080000000000IH", "第 17 位不能是“I”"),
        ("91340800000000000", "这里是 17 位"),
        ("00340800000000000H", "登记部门"),
        ("91A40800000000000H", "行政区划"),
        ("", "这里是 0 位"),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(code, reason):
    with pytest.raises(BadNumber, match=reason):
        parse_uscc(code)


@given(st.text(ALPHABET, min_size=9, max_size=9))
def test_the_check_letter_makes_a_code_valid_and_one_wrong_letter_makes_it_invalid(organisation):
    first = "91340800" + organisation
    assert parse_uscc(first + uscc_check(first)).organisation == organisation
    other = ALPHABET[(ALPHABET.index(uscc_check(first)) + 1) % 31]
    with pytest.raises(BadNumber):
        parse_uscc(first + other)


def test_the_vectors_of_the_rules_hold():
    vectors = json.loads(shared("domain/test_vectors.json").read_text(encoding="utf-8"))
    for vector in vectors["organisation_code"]:
        assert organisation_check(vector["body"]) == vector["check"]
    for vector in vectors["uscc"]:
        if vector["valid"]:
            assert parse_uscc(vector["code"]).code == vector["code"]
        else:
            with pytest.raises(BadNumber):
                parse_uscc(vector["code"])
