"""Class symbols: spaced, unspaced, quoted, with what stands below; which basis is told."""

import pytest

from patmark.classes import Level, Scheme, SchemeEntry
from patmark.fields import Subject
from patmark.query import NoteKind, context_over, parse
from patmark.query.tree import And, Class, Or
from patmark.regions import shipped_gazetteer
from tests.patmark.query.asking import TRADEMARK, notes, read, refused, tree, word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ipc:H01M10/0525", Class("ipc", "H01M10/0525")),
        ("ipc:h01m10/0525", Class("ipc", "H01M10/0525")),
        ("ipc:H01M 10/0525", Class("ipc", "H01M10/0525")),
        ("ipc:H01M 10/0525 电池", And((Class("ipc", "H01M10/0525"), word("电池")))),
        ('ipc:"H01M 10/0525"', Class("ipc", "H01M10/0525")),
        ("ipc=(H01M 10/0525)", Class("ipc", "H01M10/0525")),
        ("分类号：H01M", Class("ipc", "H01M")),
        ("ipc:H", Class("ipc", "H")),
        ("ipc:H01M10", Class("ipc", "H01M10")),
        ("ipc:H01M10/00", Class("ipc", "H01M10/00")),
        ("ipc:H01M*", Class("ipc", "H01M")),
        ("ipc:H01M10/low", Class("ipc", "H01M10", low=True)),
        ("ipc:H01M10/052/low", Class("ipc", "H01M10/052", low=True)),
        ("ipc:H01M 10/052/LOW", Class("ipc", "H01M10/052", low=True)),
        ('ipc:"H01M 10/052"/low', Class("ipc", "H01M10/052", low=True)),
        ('ipc:"H01M 10/052/low"', Class("ipc", "H01M10/052", low=True)),
        ("ipc:(H01M OR H01G)", Or((Class("ipc", "H01M"), Class("ipc", "H01G")))),
        ("cpc:Y02E60/10", Class("cpc", "Y02E60/10")),
        ("loc:12-16", Class("loc", "12-16")),
        ("mipc:A01B1/02", Class("mipc", "A01B1/02")),
    ],
)
def test_a_symbol_takes_any_spelling(text, expected):
    assert tree(text) == expected


def test_similar_groups_and_figurative_elements_are_classes_too():
    assert tree("sg:0901", TRADEMARK) == Class("sg", "0901")
    assert tree("vc:26.4.2", TRADEMARK) == Class("vc", "26.4.2")


def test_without_a_scheme_it_is_told_that_nothing_below_a_subgroup_is_known():
    assert read("ipc:H01M10/052/low").notes[0].kind is NoteKind.CLASS
    assert "没有载入分类表" in notes("ipc:H01M10/052/low")
    assert "这个大组的全部小组" in notes("ipc:H01M10/00/low")
    assert notes("ipc:H01M") == ""


def test_with_a_scheme_its_levels_are_told():
    rows = [("H01M10/05", "H01M10/00", 1), ("H01M10/052", "H01M10/05", 2), ("H01M10/0525", "H01M10/052", 3)]
    entries = [SchemeEntry("ipc", one, above, Level.SUBGROUP, "", dots) for one, above, dots in rows]
    context = context_over(shipped_gazetteer(), {"ipc": Scheme.from_entries("ipc", entries)})
    reading = parse("ipc:H01M10/05/low", Subject.PATENT, context)
    assert reading.notes[0].sentence == "H01M10/05 及其下位共 3 个分类号：按分类表自身的层级。"


@pytest.mark.parametrize(
    ("text", "span", "suggestion"),
    [
        ("ipc:Z99", "Z99", 'any:"Z99"'),
        ("ipc:H01M10-525", "H01M10-525", 'ipc:"H01M10"'),
        ("ipc:H01M10/05*", "H01M10/05*", 'ipc:"H01M10/05/low"'),
        ("ipc:电池 甲", "电池", 'any:"电池" 甲'),
        ("ipc>H01M", "ipc>H01M", 'ipc:"H01M"'),
    ],
)
def test_a_wrong_symbol_is_pointed_at_and_mended(text, span, suggestion):
    error = refused(text)
    assert text[error.start : error.end] == span
    assert error.suggestion == suggestion
