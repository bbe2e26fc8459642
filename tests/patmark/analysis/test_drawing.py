"""Drawings are plain data that survive being written down; the drawing process makes pictures of exactly their size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from patmark.analysis.drawing import Drawing, Shape, Theme, measured, wrapped
from patmark.analysis.painter import Painter
from patmark.analysis.palette import PALETTES
from patmark.errors import EngineDown

KINDS = ("发明", "实用新型", "外观设计")
YEARS = ("2021", "2022", "2023", "2024")
DRAWING = Drawing(
    Shape.COLUMNS,
    "申请年",
    "件申请",
    YEARS,
    ((7, 3, 0), (9, 1, 2), (4, 4, 4), (1, 0, 0)),
    KINDS,
    "专利类型",
    addresses=tuple(
        tuple(f"https://ip.example/patents/?f.ady={year}&f.kind={kind}" for kind in (1, 2, 3)) for year in YEARS
    ),
    totals=(10, 12, 12, 1),
    doubtful=frozenset({"2024"}),
)


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    one = Painter()
    yield one
    one.close()


def size(svg: bytes) -> tuple[int, int]:
    root = etree.fromstring(svg)
    return int(root.get("width")), int(root.get("height"))


texts = st.text(max_size=12)


@given(st.lists(texts, min_size=1, max_size=5), st.lists(texts, max_size=4), st.sampled_from(Shape), texts)
def test_a_drawing_written_down_is_the_same_again(categories, series, shape, note):
    rows = tuple(tuple(range(max(1, len(series)))) for _ in categories)
    one = Drawing(
        shape, "a", "b", tuple(categories), rows, tuple(series), notes=(note,), doubtful=frozenset(categories)
    )
    again = Drawing.read(json.loads(json.dumps(one.data())))
    assert again == one and again.digest == one.digest
    assert replace(one, width=one.width + 1).digest != one.digest


@given(texts, st.integers(2, 30))
def test_lines_hold_all_of_a_text_and_are_no_longer_than_asked(text, width):
    lines = wrapped(text, width)
    assert "".join(lines) == text
    assert all(measured(line) <= width for line in lines)


@pytest.mark.parametrize("shape", Shape)
def test_a_picture_has_exactly_the_size_that_was_known_before(painter, shape):
    one = replace(DRAWING, shape=shape, width=340)
    alone = replace(one, title="专利", notes=("检索式：" + "锂离子电池 OR " * 9,), series=(), counts=((7,), (9,), (4,), (1,)), addresses=(), totals=())  # fmt: skip
    for drawing in (one, alone):
        assert size(painter.paint(drawing, "svg")) == (drawing.width, drawing.height)


def test_every_count_links_to_its_records_and_doubtful_years_are_shaded(painter):
    svg = painter.paint(DRAWING, "svg").decode()
    linked = set(re.findall(r'xlink:href="([^"]+)"', svg))
    assert {address.replace("&", "&amp;") for row in DRAWING.addresses for address in row} == linked
    assert svg.count(f'fill="{PALETTES[Theme.LIGHT].shade}"') == 1
    without_host = replace(DRAWING, addresses=tuple(tuple("/patents/" for _ in row) for row in DRAWING.addresses))
    assert b"href=" not in painter.paint(without_host, "svg")
    dark = painter.paint(replace(DRAWING, theme=Theme.DARK), "svg").decode()
    assert f'fill="{PALETTES[Theme.DARK].paper}"' in dark


def test_years_stand_in_their_order_also_behind_shading(painter):
    svg = painter.paint(DRAWING, "svg").decode()
    words = re.findall(r">(20\d\d)<", svg)
    assert words == sorted(words) and set(words) == set(YEARS)


def test_names_are_shown_as_text_whatever_they_hold(painter):
    evil = '<script>alert(1)</script>"&'
    svg = painter.paint(replace(DRAWING, categories=(evil, *YEARS[1:]), shape=Shape.BARS), "svg")
    assert not etree.fromstring(svg).xpath("//*[local-name()='script']")
    assert json.loads(painter.paint(DRAWING, "json"))["autosize"] == {"contains": "padding", "type": "fit"}
    assert painter.paint(DRAWING, "png").startswith(b"\x89PNG")


def test_a_drawing_that_cannot_be_drawn_is_told_and_the_next_one_is_drawn(painter):
    with pytest.raises(EngineDown):
        painter.paint(replace(DRAWING, counts=()), "svg")
    with pytest.raises(EngineDown):
        painter.paint(DRAWING, "gif")
    assert painter.paint(DRAWING, "svg").startswith(b"<svg")


def test_a_process_that_was_ended_is_started_again():
    painter = Painter()
    painter.paint(DRAWING, "json")
    painter.close()
    assert painter.paint(DRAWING, "json").startswith(b"{")
    painter.close()


def test_a_picture_that_takes_too_long_is_given_up():
    painter = Painter(patience=0.01)
    with pytest.raises(EngineDown):
        painter.paint(DRAWING, "svg")
    painter.close()


def test_who_comes_when_too_many_wait_is_told_at_once():
    nobody = Painter(waiting=0)
    with pytest.raises(EngineDown, match="等一等"):
        nobody.paint(DRAWING, "svg")
