"""Pictures are drawn once and kept within bounds; the script of charts is served to be kept."""

from __future__ import annotations

import os

import pytest

from patmark.analysis.drawing import Drawing, Shape
from zhiquan.search import statistics_pictures

DRAWING = Drawing(Shape.BARS, "申请人", "件申请", ("甲", "乙"), ((3,), (1,)))


def test_a_picture_is_drawn_once_and_then_read(home, settings):
    made = statistics_pictures.picture(DRAWING, "json")
    (kept,) = [one for one in (home / "cache").rglob("*") if one.is_file()]
    kept.write_bytes(b"kept")
    assert made.startswith(b"{") and statistics_pictures.picture(DRAWING, "json") == b"kept"


def test_a_folder_that_cannot_be_written_costs_no_picture(home):
    (home / "cache").write_text("a file where the folder should be")
    assert statistics_pictures.picture(DRAWING, "json").startswith(b"{")


def test_the_folder_keeps_its_bounds_and_the_longest_unused_go_first(tmp_path):
    for at in range(10):
        path = tmp_path / f"{at}.svg"
        path.write_bytes(b"x" * 100)
        os.utime(path, (at, at))
    assert statistics_pictures.sweep(tmp_path, most_files=6) == 4
    assert sorted(one.name for one in tmp_path.iterdir()) == [f"{at}.svg" for at in range(4, 10)]
    assert statistics_pictures.sweep(tmp_path, most_bytes=250) == 4


@pytest.mark.django_db
def test_the_script_holds_the_charts_and_an_interpreter_and_is_kept_by_browsers(home, client):
    answer = client.get("/statistics/charts.js?v=1", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip" and "immutable" in answer["Cache-Control"]
    plain = client.get("/statistics/charts.js").content.decode()
    assert "vegaEmbed" in plain and len(answer.content) < len(plain) / 2.5
    assert answer["Content-Type"].startswith("text/javascript")
