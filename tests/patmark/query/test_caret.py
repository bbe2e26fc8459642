"""The two-line picture that shows where a query is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.errors import BadQuery
from patmark.query import caret
from tests.patmark.query.asking import refused


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("abc AND", "abc AND\n    ^^^"),
        ("锂电池 AND", "锂电池 AND\n       ^^^"),
        ("甲 AND dist:同城 OR 乙", "甲 AND dist:同城 OR 乙\n            ^^^^"),
        ("甲 AND\n同城) 乙", "同城) 乙\n    ^"),
    ],
)
def test_wide_characters_take_two_columns(text, picture):
    assert caret(text, refused(text)) == picture


def test_a_long_line_is_cut_around_the_fault():
    text = "锂电池 " * 100 + "AND AND 甲 " + "隔膜 " * 100
    line, marks = caret(text, refused(text)).split("\n")
    assert line.startswith("…") and line.endswith("…")
    assert "AND AND 甲" in line
    assert marks.strip() == "^^^"
    assert sum(2 if one > "\u2e80" else 1 for one in line[: line.index("AND")]) == len(marks) - 3


def test_characters_that_would_move_the_cursor_are_shown_as_marks():
    assert caret("甲\x1b[2J乙", BadQuery("坏", start=1, end=2)).startswith("甲\ufffd[2J乙")


@given(st.text(max_size=300), st.integers(-5, 400), st.integers(-5, 400))
def test_every_place_has_a_picture_of_two_lines(text, start, end):
    picture = caret(text, BadQuery("坏", start=start, end=end))
    line, marks = picture.split("\n")
    assert line.isprintable()
    assert marks.strip().strip("^") == "" and "^" in marks
