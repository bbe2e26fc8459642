"""The quick way through a cell of names gives what the careful one gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patmark.party import split_names
from patmark.sources.fillers import names


@given(st.text("甲乙无空暂公司;； ,，、()（）AB1n/a-", max_size=30))
def test_names_are_split_alike(text):
    assert names(text) == split_names(text)
