"""Every symbol has one whole number, gives itself back, and what stands below it is one range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.classes import facet_id, facet_range, from_facet_id, parents, parse_symbol
from patmark.errors import BadSymbol

ipc_keys = st.one_of(
    st.sampled_from(["A", "H01", "G06F", "Y02E"]),
    st.builds(
        "{}{:02d}{}{}/{}".format,
        st.sampled_from("ABCDEFGHY"),
        st.integers(1, 99),
        st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        st.integers(1, 9999),
        st.from_regex(r"[0-9]{2,6}", fullmatch=True).filter(lambda digits: digits.isascii()),
    ),
)
symbols = st.one_of(
    st.tuples(st.just("cpc"), ipc_keys),
    st.tuples(st.just("locarno"), st.builds("{:02d}-{:02d}".format, st.integers(1, 32), st.integers(1, 99))),
    st.tuples(st.just("locarno"), st.integers(1, 32).map(lambda number: f"{number:02d}")),
    st.tuples(st.just("nice"), st.integers(1, 45).map(lambda number: f"{number:02d}")),
    st.tuples(st.just("nice"), st.builds("{:02d}{:02d}".format, st.integers(1, 45), st.integers(1, 99))),
    st.tuples(
        st.just("nice"),
        st.builds("{}{:02d}{:04d}".format, st.sampled_from(["", "C"]), st.integers(1, 45), st.integers(0, 9999)),
    ),
    st.tuples(
        st.just("vienna"), st.builds("{}.{}.{}".format, st.integers(1, 29), st.integers(1, 99), st.integers(1, 99))
    ),
)


@given(symbols)
def test_an_id_gives_its_symbol_back(case: tuple[str, str]) -> None:
    scheme, key = case
    number = facet_id(scheme, key)
    assert 0 < number < 2**53
    assert from_facet_id(scheme, number).key == key


@given(symbols)
def test_a_symbol_lies_in_the_range_of_everything_above_it(case: tuple[str, str]) -> None:
    scheme, key = case
    if scheme == "nice":
        return  # groups are counted as groups, items as items
    for above in parents(parse_symbol(scheme, key)):
        first, last = facet_range(scheme, above.key)
        assert first <= facet_id(scheme, key) <= last


@given(ipc_keys, ipc_keys)
def test_different_symbols_have_different_ids(one: str, other: str) -> None:
    assert (facet_id("cpc", one) == facet_id("cpc", other)) is (one == other)


def test_the_range_of_a_subclass_leaves_its_neighbour_out() -> None:
    first, last = facet_range("ipc", "H01M")
    assert first <= facet_id("ipc", "H01M50/99") <= last
    assert not first <= facet_id("ipc", "H01P1/00") <= last
    assert not first <= facet_id("ipc", "H01L9999/999999") <= last


@pytest.mark.parametrize("number", [0, 1, 2**60])
def test_a_number_that_is_no_id_is_refused(number: int) -> None:
    with pytest.raises(BadSymbol):
        from_facet_id("ipc", number)
