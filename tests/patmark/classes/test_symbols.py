"""Symbols of every scheme are read from the spellings of documents, exports and people."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.classes import is_full, parents, parse_symbol, read_packed
from patmark.errors import BadSymbol
from tests.shared_data import shared


@pytest.mark.parametrize(
    "text",
    [
        "H01M 10/0525", "H01M10/0525", "h01m10/0525", "Ｈ０１Ｍ１０／０５２５", "H01M  10/0525", "H 01 M 10/0525",
        "H01M10/0525(2010.01)I", "H01M10/0525（2010.01）I", "H01M   10/0525  (2010.01)", "H01M010/0525",
        "IPC: H01M10/0525",
        "Int.Cl.8 H01M 10/0525", "H01M  10/0525      20100101AFI20200301BHCN        ", "H01M  100525  ",
        "H01M0010052500", "H01M10/0525;",
    ],
)  # fmt: skip
def test_one_ipc_symbol_in_every_spelling(text: str) -> None:
    symbol = parse_symbol("ipc", text)
    assert symbol.key == "H01M10/0525"
    assert symbol.text == "H01M 10/0525"
    assert symbol.full


def test_what_stands_around_a_symbol_is_kept() -> None:
    symbol = parse_symbol("ipc", "H01M  10/0525      20100101AFI20200301BHCN")
    assert (symbol.version, symbol.first, symbol.invention) == ("2010.01", True, True)
    symbol = parse_symbol("ipc", "H01M4/58(2010.01)N")
    assert (symbol.version, symbol.first, symbol.invention) == ("2010.01", None, False)


@pytest.mark.parametrize(
    ("text", "key", "level"),
    [
        ("H", "H", "section"), ("h01", "H01", "class"), ("H01M", "H01M", "subclass"),
        ("H01M10", "H01M10/00", "main_group"),
        ("H01M 10/", "H01M10/00", "main_group"), ("H01M10/00", "H01M10/00", "main_group"),
        ("A01B0001000000", "A01B1/00", "main_group"), ("A01B1/02", "A01B1/02", "subgroup"),
    ],
)  # fmt: skip
def test_a_truncated_symbol_names_its_level(text: str, key: str, level: str) -> None:
    symbol = parse_symbol("ipc", text)
    assert (symbol.key, symbol.level) == (key, level)


def test_a_truncated_main_group_is_not_a_full_symbol() -> None:
    assert not parse_symbol("ipc", "A01B1").full
    assert not is_full("ipc", "A01B1")
    assert is_full("ipc", "A01B 1/02")
    assert not is_full("ipc", "I01B 1/02")
    assert parse_symbol("ipc", "A01B1") == parse_symbol("ipc", "A01B 1/00")


def test_the_shared_vectors_hold() -> None:
    cases = json.loads(shared("domain/test_vectors.json").read_text(encoding="utf-8"))["ipc_symbol"]
    for case in cases:
        assert is_full("ipc", case["input"]) is case["full_symbol"], case


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("ipc", ""), ("ipc", "I01B 1/02"), ("ipc", "A01B 1/2"), ("ipc", "A00B 1/02"), ("ipc", "Y02E 60/10"),
        ("ipc", "电池"),
        ("ipc", "A01B 1/02 foo"), ("ipc", "A01B 0/02"), ("ipc", "A" * 1000), ("locarno", "33-01"), ("locarno", "H01"),
        ("nice", "46"), ("nice", "0"), ("nice", "0900"), ("vienna", "30.1"), ("uspc", "340/5"),
    ],
)  # fmt: skip
def test_what_is_no_symbol_is_refused_in_chinese(scheme: str, text: str) -> None:
    with pytest.raises(BadSymbol) as caught:
        parse_symbol(scheme, text)
    assert caught.value.sentence
    assert caught.value.mend


@pytest.mark.parametrize(
    ("scheme", "text", "key"),
    [
        ("cpc", "Y02E 60/10", "Y02E60/10"), ("cpc", "H01L2924/00", "H01L2924/00"), ("locarno", "12-16", "12-16"),
        ("locarno", "LOC(14)Cl. 12-16", "12-16"), ("locarno", "7-5", "07-05"), ("locarno", "21-01-C0123", "21-01"),
        ("locarno", "1216", "12-16"), ("locarno", "12", "12"), ("nice", "9", "09"), ("nice", "第9类", "09"),
        ("nice", "0901", "0901"), ("nice", "120092", "120092"), ("nice", "c120008", "C120008"),
        ("vienna", "26.4.2", "26.4.2"), ("vienna", "26.04.02", "26.4.2"), ("vienna", "26", "26"),
    ],
)  # fmt: skip
def test_symbols_of_other_schemes(scheme: str, text: str, key: str) -> None:
    assert parse_symbol(scheme, text).key == key


@pytest.mark.parametrize(
    ("scheme", "text", "above"),
    [
        ("ipc", "A01B 1/02", ["A01B1/00", "A01B", "A01", "A"]), ("ipc", "A01B1/00", ["A01B", "A01", "A"]),
        ("ipc", "A", []),
        ("locarno", "12-16", ["12"]), ("nice", "0901", ["09"]), ("nice", "C120008", ["12"]), ("nice", "9", []),
        ("vienna", "26.4.2", ["26.4", "26"]),
    ],
)  # fmt: skip
def test_what_stands_above_follows_from_the_symbol(scheme: str, text: str, above: list[str]) -> None:
    assert [one.key for one in parents(parse_symbol(scheme, text))] == above


def test_the_packed_form_of_old_us_files() -> None:
    assert read_packed("H04M 1100") == "H04M11/00"
    assert read_packed("A01B  102") == "A01B1/02"
    assert read_packed("H04M") == ""


keys = st.builds(
    "{}{:02d}{}{}/{}".format,
    st.sampled_from("ABCDEFGH"),
    st.integers(1, 99),
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    st.integers(1, 9999),
    st.from_regex(r"[0-9]{2,6}", fullmatch=True).filter(lambda digits: digits.isascii()),
)


@given(keys)
def test_a_symbol_survives_its_printed_form(key: str) -> None:
    symbol = parse_symbol("ipc", key)
    assert symbol.key == key
    assert parse_symbol("ipc", symbol.text) == symbol


@given(st.text(max_size=60), st.sampled_from(["ipc", "cpc", "locarno", "nice", "vienna"]))
def test_any_text_is_a_symbol_or_a_sentence(text: str, scheme: str) -> None:
    try:
        assert parse_symbol(scheme, text).key
    except BadSymbol as problem:
        assert problem.sentence
