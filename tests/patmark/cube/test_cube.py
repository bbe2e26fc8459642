"""A cube answers by cell, margin, slice and share; records with several values are never counted twice in a total."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.cube import Cube, Unit, selections

CUBE = Cube(
    ("pa", "kind"),
    4,
    {
        ("pa",): {(0,): 1, (5,): 3, (7,): 1, (None,): 1},
        ("kind",): {(1,): 3, (2,): 1},
        ("pa", "kind"): {(0, 1): 1, (5, 1): 2, (5, 2): 1, (7, 1): 1, (None, 1): 1},
    },
)

RECORDS = st.lists(
    st.tuples(st.sets(st.integers(0, 3), max_size=2), st.sets(st.integers(0, 2), max_size=2)), max_size=9
)


def counted(records: list[tuple[set[int], set[int]]]) -> Cube:
    """A cube counted by hand over (a, b) values of records."""
    groups: dict[tuple[str, ...], dict[tuple[int | None, ...], int]] = {}
    for group in selections(("a", "b")):
        cells = groups.setdefault(group, {})
        for a, b in records:
            held = {"a": a or {None}, "b": b or {None}}
            for key in product(*(held[field] for field in group)):
                cells[key] = cells.get(key, 0) + 1
    return Cube(("a", "b"), len(records), groups)


def test_cells_margins_and_what_is_missing_are_read_by_field_names_in_any_order():
    assert CUBE.at({}) == 4
    assert CUBE.at({"kind": 1, "pa": 5}) == 2
    assert CUBE.at({"pa": 6, "kind": 1}) == 0
    assert CUBE.missing("pa") == 1 and CUBE.missing("kind") == 0
    assert CUBE.unit is Unit.APPLICATION


def test_a_field_the_cube_has_not_is_an_error_and_no_zero():
    with pytest.raises(KeyError):
        CUBE.at({"ady": 2020})
    with pytest.raises(KeyError):
        CUBE.slice("ady", 2020)


def test_values_come_most_frequent_first_and_the_smaller_first_among_equals():
    assert CUBE.values("pa") == (5, 0, 7)
    assert CUBE.values("pa", top=2) == (5, 0)


def test_fields_with_several_values_overlap():
    assert CUBE.overlaps("pa")
    assert not CUBE.overlaps("kind")


def test_a_slice_is_the_cube_of_the_records_with_that_value():
    assert CUBE.slice("kind", 2) == Cube(("pa",), 1, {("pa",): {(5,): 1}})
    assert CUBE.slice("pa", None) == Cube(("kind",), 1, {("kind",): {(1,): 1}})
    assert CUBE.along("kind") == Cube(("kind",), 4, {("kind",): {(1,): 3, (2,): 1}})


def test_a_share_says_of_what_and_has_no_value_without_a_whole():
    assert CUBE.share({"kind": 1}) == 0.75
    assert CUBE.share({"kind": 1}, {"pa": 5}) == pytest.approx(2 / 3)
    assert CUBE.share({"kind": 1}, {"pa": 6}) is None


def test_a_table_has_the_records_without_a_value_last_and_totals_of_records():
    table = CUBE.table("pa", "kind")
    assert (table.rows, table.columns) == ((5, 0, 7, None), (1, 2))
    assert table.cells == ((2, 1), (1, 0), (1, 0), (1, 0))
    assert (table.row_totals, table.column_totals, table.total) == ((3, 1, 1, 1), (3, 1), 4)
    few = CUBE.table("kind", "pa", row_values=(2, 9), column_values=(5,))
    assert (few.cells, few.row_totals) == (((1,), (0,)), (1, 0))


@given(RECORDS)
def test_slices_are_the_cubes_of_the_records_they_say(records):
    cube = counted(records)
    for value in (0, 1, 2, 3, None):
        chosen = [one for one in records if (value in one[0] if value is not None else not one[0])]
        assert cube.slice("a", value) == counted(chosen).along("b")
    assert cube.total <= sum(cube.at({"a": value}) for value in (0, 1, 2, 3, None))
    assert cube.overlaps("a") == any(len(a) > 1 for a, _ in records)
