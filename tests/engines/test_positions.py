"""Where things stand in a text: what is near what, open words, sentences and counts, by a definition that looks at every pair."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patmark import text
from patmark.engines import positions
from patmark.errors import BadQuery
from patmark.query.tree import And, Code, Freq, Near, Or, Phrase, Wild, Within

TEXT = "一种锂离子电池，包括正极片。正极片涂有LiFePO4 active material！\n用于5G通信"


def phrase(words):
    return Phrase("ab", words)


def holds(node, *values):
    return positions.holds(node, positions.joined([text.marked(one) for one in values or (TEXT,)]), str)


@pytest.mark.parametrize(
    ("left", "right", "most", "ordered", "expected"),
    [
        ("锂", "电池", 2, True, True),
        ("锂", "电池", 1, True, False),
        ("电池", "锂", 2, True, False),
        ("电池", "锂", 2, False, True),
        ("电池", "正极", 2, True, True),  # punctuation does not count
        ("涂有", "material", 2, True, True),  # a Latin word counts one
        ("涂有", "material", 1, True, False),
        ("正极片", "正极片", 0, True, True),
        ("离子", "子电", 5, False, False),  # what overlaps is not near
    ],
)
def test_units_between_two_phrases_are_counted(left, right, most, ordered, expected):
    assert holds(Near("ab", phrase(left), phrase(right), most, ordered)) is expected


@pytest.mark.parametrize(
    ("left", "right", "within", "expected"),
    [
        ("锂", "正极", Within.SENTENCE, True),
        ("锂", "涂有", Within.SENTENCE, False),
        ("锂", "涂有", Within.PARAGRAPH, True),
        ("锂", "通信", Within.PARAGRAPH, False),
        ("锂", "通信", Within.FIELD, True),
    ],
)
def test_a_sentence_ends_with_its_mark_and_a_paragraph_with_the_line(left, right, within, expected):
    assert holds(Near("ab", phrase(left), phrase(right), within=within)) is expected


def test_nothing_is_near_across_two_values_except_in_the_field():
    values = ("锂电池", "正极片")
    assert not holds(Near("clm", phrase("电池"), phrase("正极"), 9), *values)
    assert not holds(Near("clm", phrase("电池"), phrase("正极"), within=Within.PARAGRAPH), *values)
    assert holds(Near("clm", phrase("电池"), phrase("正极"), within=Within.FIELD), *values)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("锂*池", True),
        ("锂??电池", True),
        ("锂?电池", False),
        ("锂~?离", True),
        ("电池*涂", False),  # a star does not go over punctuation
        ("lif*4", True),
        ("LIFEPO?", True),
        ("act?ve mat*", True),
        ("act*rial", False),  # nor over the end of a word
        ("5g*信", True),
        ("*po4", True),
    ],
)
def test_open_places_in_words_and_between_characters(pattern, expected):
    assert holds(Wild("ab", pattern)) is expected


def test_how_often_is_counted_without_overlaps():
    assert holds(Freq("ab", phrase("正极片"), 2))
    assert not holds(Freq("ab", phrase("正极片"), 3))
    assert holds(Freq("ab", phrase("人人"), 2), "人人人人")
    assert not holds(Freq("ab", phrase("人人"), 3), "人人人人人")
    assert holds(Freq("ab", Or((phrase("锂"), Wild("ab", "li*"))), 2))


@pytest.mark.parametrize(
    "node", [Wild("ab", "*"), Wild("ab", "??"), Wild("ab", "a*"), Wild("ab", "，*"), Near("ab", And(()), phrase("锂"))]
)
def test_what_no_text_can_decide_is_refused(node):
    with pytest.raises(BadQuery) as refused:
        positions.check(node)
    assert refused.value.mend


def test_conditions_of_other_kinds_have_no_place():
    with pytest.raises(BadQuery):
        positions.check(Near("ab", phrase("锂"), Code("dist", 340_881)))


units = st.lists(st.sampled_from(["锂", "电", "池", "Li", "5G", "，", "。"]), max_size=14)


@settings(max_examples=300, deadline=None)
@given(
    written=units,
    most=st.integers(0, 5),
    ordered=st.booleans(),
    left=st.sampled_from(["锂", "li", "电"]),
    right=st.sampled_from(["池", "5g", "锂"]),
)
def test_near_is_what_counting_every_pair_says(written, most, ordered, left, right):
    counted = [one.lower() for one in written if one not in "，。"]
    here = [at for at, one in enumerate(counted) if one == left]
    there = [at for at, one in enumerate(counted) if one == right]
    gaps = [(b - a) for a in here for b in there if a != b]
    expected = any((gap > 0 or not ordered) and abs(gap) - 1 <= most for gap in gaps)
    assert holds(Near("ab", phrase(left), phrase(right), most, ordered), " ".join(written)) == expected
