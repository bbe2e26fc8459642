"""Files too large to parse whole are cut into their records first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from patmark.errors import BadRecord
from patmark.sources.several import WHOLE
from tests.patmark.sources_office.reading import FIXTURES, reads

PADDING = f"<!--{' ' * WHOLE}-->"


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("st96_mark.xml", "    <tmk:Trademark>"),
        ("st66_us.xml", "<TradeMark>"),
        ("assignment_daily.xml", "    <patent-assignment>"),
    ],
)
def test_the_same_records_come_out(tmp_path: Path, name: str, before: str) -> None:
    text = (FIXTURES / name).read_text("utf-8")
    assert before in text
    large = tmp_path / name
    large.write_text(text.replace(before, PADDING + before, 1), "utf-8")
    small = [read.result for read in reads(FIXTURES / name)]
    found = [read.result for read in reads(large)]
    assert len(found) == len(small)
    for one, other in zip(found, small, strict=True):
        if isinstance(one, BadRecord) or isinstance(other, BadRecord):
            assert str(one) == str(other)
        else:
            # What stands around the records (parties of ST.66 too) is not kept.
            assert replace(one, extra=(), people=()) == replace(other, extra=(), people=())
