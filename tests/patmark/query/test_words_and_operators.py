"""Words, phrases, operators and brackets: which sign counts where, and what binds first."""

import pytest

from patmark.query.tree import And, Everything, Not, Or
from tests.patmark.query.asking import notes, quote, read, refused, tree, word

A, B, C, D = word("甲"), word("乙"), word("丙"), word("丁")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("锂离子电池隔膜", word("锂离子电池隔膜")),
        ("甲 乙", And((A, B))),
        ("甲\u3000乙\n丙", And((A, B, C))),
        ("甲 AND 乙", And((A, B))),
        ("甲 OR 乙", Or((A, B))),
        ("甲 NOT 乙", And((A, Not(B)))),
        ("甲 AND NOT 乙", And((A, Not(B)))),
        ("甲 OR NOT 乙", Or((A, Not(B)))),
        ("NOT 甲", Not(A)),
        ("NOT NOT 甲", Not(Not(A))),
        ("甲 与 乙", And((A, B))),
        ("甲 且 乙 并且 丙 并 丁", And((A, B, C, D))),
        ("甲 或 乙 或者 丙 、 丁", Or((A, B, C, D))),
        ("甲 非 乙", And((A, Not(B)))),
        ("甲 不含 乙", And((A, Not(B)))),
        ("甲 ＡＮＤ 乙", And((A, B))),
        ("(甲)与(乙)", And((A, B))),
        ("NOT(甲 OR 乙)", Not(Or((A, B)))),
        ('甲 AND"乙"', And((A, quote("乙")))),
    ],
)
def test_operators_stand_alone_in_capitals_or_chinese(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text", ["非平衡", "与非门", "或门电路", "并且网", "非", "AND", "ORB", "ANDROID", "电池AND电机"]
)
def test_an_operator_inside_a_word_is_part_of_the_word(text):
    if text in ("非", "AND"):
        assert refused(text).suggestion == f'"{text}"'
    else:
        assert tree(text) == word(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲 OR 乙 AND 丙 NOT 丁", Or((A, And((B, C, Not(D)))))),
        ("(甲 OR 乙) AND 丙 NOT 丁", And((Or((A, B)), C, Not(D)))),
        ("甲 OR 乙 AND (丙 NOT 丁)", Or((A, And((B, And((C, Not(D)))))))),
        ("甲 OR (乙 AND 丙) NOT 丁", Or((A, And((And((B, C)), Not(D)))))),
        ("甲 乙 OR 丙", Or((And((A, B)), C))),
        ("甲 AND (乙 AND 丙)", And((A, And((B, C))))),
        ("((甲))", A),
    ],
)
def test_not_binds_before_and_and_before_or_and_brackets_before_all(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text", ['"电 池"', "“电 池”", "「电 池」", "『电 池』", "'电 池'", "‘电 池’", "＂电 池＂", '“电 池"']
)
def test_quotes_of_every_kind_hold_a_phrase(text):
    assert tree(text) == quote("电 池")


@pytest.mark.parametrize("inside", ["甲 AND 乙", "（甲）", "ad:2020", "甲，乙", "a*b?", "ＡＢ", "[1 TO 2]"])
def test_inside_quotes_nothing_counts(inside):
    assert tree(f'"{inside}"') == quote(inside)


def test_a_straight_quote_inside_straight_quotes_is_written_twice():
    assert tree('"甲""乙"') == quote('甲"乙')
    assert tree("“甲”“乙”") == And((quote("甲"), quote("乙")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("聚(乙烯醇)薄膜", word("聚(乙烯醇)薄膜")),
        ("2-(4-氯苯基)乙醇", word("2-(4-氯苯基)乙醇")),
        ("甲 (乙)", And((A, B))),
        ("甲(乙 OR 丙)", And((A, Or((B, C))))),
        ("(甲)(乙)", And((A, B))),
        ("（甲 或 乙）丙", And((Or((A, B)), C))),
    ],
)
def test_a_bracket_touched_by_a_word_is_part_of_it_when_it_holds_one_piece(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text", ["3:1", "12:30", "https://example.org/a", "一种电池：锂", "权利要求1:一种", "pH>7", "温度>=100"]
)
def test_a_colon_or_sign_behind_no_field_is_text(text):
    assert tree(text) == word(text)
    assert "按文字理解" in notes(text) or text.startswith("https")


@pytest.mark.parametrize("text", ["电池，", "，电池。", "电池；", "电池?", "电池……"])
def test_punctuation_at_the_edges_of_a_word_is_left_out(text):
    assert tree(text) == word("电池")


def test_lone_punctuation_is_passed_over_and_said_so():
    assert tree("甲 ， 乙") == And((A, B))
    assert "单独的“，”不参与检索" in notes("甲 ， 乙")


@pytest.mark.parametrize("text", ["", "  ", "*", "\u3000", "＊"])
def test_nothing_or_a_star_asks_for_all_records(text):
    assert tree(text) == Everything()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲 and 乙", "“and”按单词检索；要作运算符，请大写成 AND"),
        ("甲 Or 乙", "请大写成 OR"),
        ("甲 not 乙", "请大写成 NOT"),
        ("甲 和 乙", "请写 与 或 AND"),
        ("电池AND电机", "请在 AND 两边加空格"),
        ("聚(乙烯醇)", "请在括号前加空格"),
        ("H01M10/0525", "请写 ipc:H01M10/0525"),
        ("（甲）", "全角的“（”按半角的“(”理解"),
        ("甲\u200b乙", "去掉了看不见的字符"),
        ("NOT 甲", "只有排除的条件"),
        ("甲 NEAR 乙", "“NEAR”按单词检索"),
    ],
)
def test_what_looks_like_something_else_is_told(text, said):
    assert said in notes(text)


def test_a_plain_query_is_read_without_remarks():
    assert read("锂电池 AND (隔膜 OR 电解液) NOT 硅").notes == ()
