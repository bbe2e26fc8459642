"""Export: everything a search finds, in order, in memory that does not grow; nothing in it runs in a spreadsheet."""

from __future__ import annotations

import csv
import gc
import json
import tracemalloc

import pytest

from patmark.fields import Subject
from tests.search.conftest import hold
from zhiquan.search import exporting, index
from zhiquan.search.answers import read, today
from zhiquan.search.exporting import safe
from zhiquan.search.rendering import COLUMNS
from zhiquan.site.cli import main

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", " =1", '=HYPERLINK("x")']


def read_csv(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_holds_every_record_with_all_columns(own, tmp_path):
    hold(
        tmp_path,
        *({"申请号": f"20171990{at:04}", "名称": f"装置{at}", "申请（专利权）人": "甲；乙"} for at in range(1, 1203)),
    )
    target = tmp_path / "all.csv"
    assert main(["export", "*", "--to", str(target)]) == 0
    rows = read_csv(target)
    assert {row["名称"] for row in rows} == {f"装置{at}" for at in range(1, 1203)} and len(rows) == 1202
    assert tuple(rows[0]) == COLUMNS[Subject.PATENT]
    assert rows[0]["申请人"] == "甲；乙"


def test_the_newest_filed_come_first(own, tmp_path):
    days = ["2017-01-13", "2023-05-24", "2018-08-28", ""]
    hold(
        tmp_path,
        *({"申请号": f"20171990000{at}", "名称": f"装置{at}", "申请日": day} for at, day in enumerate(days, 1)),
    )
    assert main(["export", "装置", "--to", str(tmp_path / "a.csv")]) == 0
    assert [row["申请日"] for row in read_csv(tmp_path / "a.csv")] == ["2023-05-24", "2018-08-28", "2017-01-13", ""]


def test_json_lines_hold_the_same_records_in_the_same_order(own, tmp_path):
    hold(tmp_path, *({"申请号": f"20171990{at:04}", "名称": f"装置{at}"} for at in range(1, 31)))
    for name in ("a.csv", "a.jsonl"):
        assert main(["export", "装置", "--to", str(tmp_path / name)]) == 0
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [line["名称"] for line in lines] == [row["名称"] for row in read_csv(tmp_path / "a.csv")]
    assert tuple(lines[0]) == COLUMNS[Subject.PATENT]


def test_what_it_did_is_told_as_json(own, tmp_path, capsys):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    target = tmp_path / "one.jsonl"
    assert main(["export", "ti:装置", "--to", str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"query": "ti:装置", "read_as": "名称含“装置”", "rows": 1, "file": str(target)}


def test_a_result_without_records_is_a_file_with_its_head(own, tmp_path):
    index.catch_up()
    target = tmp_path / "none.csv"
    assert main(["export", "没有", "--to", str(target), "--trademarks"]) == 0
    assert target.read_text(encoding="utf-8-sig").strip() == ",".join(COLUMNS[Subject.TRADEMARK])


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["装置", "1-2", "a=b", "", None, 5, "（=）"])
def test_everything_else_is_left_as_it_is(value):
    assert safe(value) == value


def test_formulas_in_imported_records_are_defused_in_csv_and_kept_in_json(own, tmp_path):
    hold(tmp_path, {"申请号": "201719900001", "名称": "=cmd|' /C calc'!A0", "申请（专利权）人": "@SUM(1)"})
    main(["export", "*", "--to", str(tmp_path / "a.csv")])
    main(["export", "*", "--to", str(tmp_path / "a.jsonl")])
    (row,) = read_csv(tmp_path / "a.csv")
    assert not any(value.startswith(("=", "@", "+", "-")) for value in row.values())
    assert json.loads((tmp_path / "a.jsonl").read_text())["名称"] == "=cmd|' /C calc'!A0"


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(own, tmp_path, monkeypatch):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    target = tmp_path / "out" / "a.csv"
    target.parent.mkdir()
    target.write_text("旧")

    def full(out, subject, found):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(exporting.FORMATS, ".csv", full)
    assert main(["export", "*", "--to", str(target)]) == 1
    assert [one.name for one in target.parent.iterdir()] == ["a.csv"] and target.read_text() == "旧"


def test_what_was_written_is_not_kept_in_memory(own, tmp_path, monkeypatch):
    hold(
        tmp_path, *({"申请号": f"20171990{at:04}", "名称": f"装置{at}", "摘要": "文字" * 500} for at in range(1, 1001))
    )
    monkeypatch.setattr(exporting, "PORTION", 50)
    held = {}

    def watch(done):
        gc.collect()
        held[done] = tracemalloc.get_traced_memory()[0]

    for _ in range(2):  # what is kept on purpose, such as numbers that were read, is kept after the first time
        keys = index.engine(Subject.PATENT).scan(read("*", Subject.PATENT).tree, today=today())
        tracemalloc.start()
        assert exporting.export(Subject.PATENT, keys, tmp_path / "big.jsonl", watch) == 1000
        tracemalloc.stop()
    assert max(held.values()) < min(held.values()) * 1.2
