"""However long, deep or wide a query is: bounded work, and a sentence where it is too much."""

import pytest

from patmark.errors import BadQuery
from patmark.fields import Subject
from patmark.query import caret, explain, parse, write
from patmark.query.tree import Node, leaves
from tests.patmark.query.asking import read, refused, tree
from tests.patmark.query.trees import CONTEXT


def height(node: Node) -> int:
    level, count = [node], 0
    while level:
        count += 1
        level = [
            below for one in level for below in (getattr(one, "items", None) or [getattr(one, "item", None)]) if below
        ]
    return count


def test_five_thousand_terms_are_read():
    assert len(leaves(tree("电 " * 5000))) == 5000
    assert len(leaves(tree("a " * 4999 + "b"))) == 5000


def test_more_than_ten_thousand_characters_are_refused_where_they_begin():
    error = refused("电" * 10_001)
    assert (error.start, error.end) == (10_000, 10_001)
    assert "超过上限 10000 个" in error.sentence
    assert tree("电" * 10_000)


def test_two_hundred_brackets_are_read_and_one_more_refused():
    assert tree("(" * 200 + "电池" + ")" * 200) == tree("电池")
    error = refused("(" * 201 + "电池" + ")" * 201)
    assert "嵌套超过 200 层" in error.sentence


@pytest.mark.parametrize("layer", ["(甲 OR ", "(甲 ", "NOT (甲 OR 乙 AND ", "ti:(甲 NOT "])
def test_no_tree_is_higher_than_two_hundred_levels(layer):
    for count in (40, 60, 66, 67, 99, 100, 198, 199, 200):
        text = layer * count + "丙" + ")" * count
        try:
            found = read(text).tree
        except BadQuery as error:
            assert "嵌套超过 200 层" in error.sentence
            continue
        assert height(found) <= 200
        assert tree(write(found)) == found
        assert explain(found, Subject.PATENT)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        ")" * 10_000,
        '"' * 9_999,
        "“" * 10_000,
        "NOT " * 2_500,
        "a(b" * 3_333,
        "a:" * 5_000,
        "ti:" * 3_333,
        "x>" * 5_000,
        "[ " * 5_000,
        "ad:[" * 2_500,
        "AND " * 2_500,
        "1-" * 5_000,
        "a)b(" * 2_500,
        "'a " * 3_333,
        "".join(chr(0x4E00 + at) + "(" for at in range(5_000)),
        "ad:2020 " * 1_250,
        "dist:桐城 " * 1_250,
        "12345678 " * 1_111,
        "申请入:甲 " * 1_600,
    ],
    ids=lambda text: text[:6].encode("unicode_escape").decode(),
)
def test_hostile_texts_end_in_a_tree_or_a_sentence(text):
    try:
        assert leaves(parse(text, Subject.PATENT, CONTEXT).tree)
    except BadQuery as error:
        assert error.sentence
        assert len(caret(text, error).splitlines()) == 2
        if error.suggestion:
            read(error.suggestion)
