"""Numbers: in fields, in any spelling, by their beginning, and bare ones guessed and told."""

import pytest

from patmark.query import NoteKind
from patmark.query.tree import And, Number, Or, Phrase
from tests.patmark.query.asking import TRADEMARK, notes, quote, read, refused, tree, word

FILED = Number("apno", "CN2011102977900")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apno:201110297790.0", FILED),
        ("apno:CN201110297790", FILED),
        ("申请号=ZL201110297790.0", FILED),
        ("专利号：ZL 2011 1 0297790.0", FILED),
        ("apno:ZL 2011 1 0297790.0 电池", And((FILED, word("电池")))),
        ('apno:"2011 1 0297790.0"', FILED),
        ("apno:PCT/CN2011/000001", Number("apno", "PCTCN2011000001")),
        ("pct:PCT/CN2011/000001", Number("pct", "PCTCN2011000001")),
        ("pct:WO2011/000001", Number("pct", "WO2011000001")),
        ("pn:CN102541888A", Number("pn", "CN102541888A")),
        ("公开（公告）号:CN102541888", Number("pn", "CN102541888")),
        ("pn:US 11,234,567 B2", Number("pn", "US11234567B2")),
        ("num:CN102541888A", Number("num", "CN102541888A")),
        ("num:201110297790.0", Number("num", "CN2011102977900")),
        ("prno:US62/123,456", Number("prno", "US62123456")),
        ("uscc:91110000600037341L", Number("uscc", "91110000600037341L")),
        ("apno:2011102*", Number("apno", "CN2011102", prefix=True)),
        ("apno:ZL2011102*", Number("apno", "CN2011102", prefix=True)),
        ("pn:US112*", Number("pn", "US112", prefix=True)),
        ("apno:(201110297790.0 OR 95115608.X)", Or((FILED, Number("apno", "CN95115608X")))),
        ("apno:201110297790.0;95115608.X", Or((FILED, Number("apno", "CN95115608X")))),
    ],
)
def test_a_number_in_its_field_takes_any_spelling(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("rn:12345678", "CN12345678"),
        ("注册号：第12345678号", "CN12345678"),
        ("rn:G1234567", "CNG1234567"),
        ("rn:12345678A", "CN12345678A"),
        ("rn:CN12345678", "CN12345678"),
    ],
)
def test_a_trademark_number_takes_any_spelling(text, key):
    assert tree(text, TRADEMARK) == Number("rn", key)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("201110297790.0", FILED),
        ("  ZL 2011 1 0297790.0 ", FILED),
        ("CN 201110297790.0", FILED),
        ("锂电池 201110297790.0", And((word("锂电池"), FILED))),
        ("锂电池 ZL 2011 1 0297790.0 隔膜", And((word("锂电池"), FILED, word("隔膜")))),
        ("CN102541888A", Number("pn", "CN102541888A")),
        ("PCT/CN2011/000001", Number("num", "PCTCN2011000001")),
        ("CN20111029", Number("num", "CN20111029", prefix=True)),
    ],
)
def test_a_bare_number_is_looked_for_as_a_number_and_told(text, expected):
    assert tree(text) == expected
    assert "读作" in notes(text)
    assert "若要按文字检索，请加引号" in notes(text)


def test_the_guess_names_the_field_and_the_check_digit():
    assert "中国专利申请号 CN201110297790.0（发明，校验位正确）" in notes("201110297790.0")


def test_what_may_be_a_word_too_is_looked_for_as_both():
    assert tree("102541888") == Or((Number("pn", "CN102541888"), Phrase("any", "102541888")))
    assert tree("12345678", TRADEMARK) == Or((Number("rn", "CN12345678"), Phrase("any", "12345678")))
    assert "也可能是文字" in notes("102541888")


def test_a_wrong_check_digit_is_looked_for_and_the_right_one_offered():
    reading = read("apno:201110297790.9")
    assert reading.tree == Number("apno", "CN2011102977909")
    assert reading.notes[0].kind is NoteKind.NUMBER
    assert "校验位应为 0" in notes("apno:201110297790.9")
    assert "是否想查：CN201110297790.0" in notes("apno:201110297790.9")
    assert "是否想查：CN201110297790.0" in notes("201110297790.9")


@pytest.mark.parametrize("text", ["2020", "20200101", "5G", "LiFePO4", "100", "3.14", "ISO9001", "2024年"])
def test_years_quantities_and_names_with_digits_are_words(text):
    assert tree(text) == word(text)


def test_a_quoted_number_is_text():
    assert tree('"201110297790.0"') == quote("201110297790.0")
    assert tree("ti:12345678") == word("12345678", "ti")
    assert tree("any:201110297790.0") == word("201110297790.0")


@pytest.mark.parametrize(
    ("text", "span", "suggestion"),
    [
        ("apno:123", "123", "apno:123*"),
        ("apno:电池 AND 甲", "电池", 'any:"电池" AND 甲'),
        ("pn:20", "20", "pn:20*"),
        ("uscc:9134", "9134", "uscc:9134*"),
        ("apno>=2011", "apno>=2011", "apno:2011*"),
    ],
)
def test_a_text_that_is_no_number_is_pointed_at_and_mended(text, span, suggestion):
    error = refused(text)
    assert text[error.start : error.end] == span
    assert error.suggestion == suggestion
