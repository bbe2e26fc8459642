"""Export from the command line: everything a search finds, in order, with its origin; nothing runs in a spreadsheet."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from patmark.fields import FIELDS, FieldKind, Subject
from tests.search.conftest import hold, hold_marks
from zhiquan.search import index
from zhiquan.search.exporting import sending
from zhiquan.search.exporting.columns import COLUMNS, usual
from zhiquan.search.exporting.writing import safe
from zhiquan.site.cli import main

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", " =1", '=HYPERLINK("x")']


def read_csv(path):
    """The records of a CSV without what it says of itself at the end."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if not row["号码"].startswith("#")]


def names(subject):
    return [one.zh for one in usual(subject)]


def test_a_csv_holds_every_record_with_the_usual_columns(own, tmp_path):
    hold(
        tmp_path,
        *({"申请号": f"20171990{at:04}", "名称": f"装置{at}", "申请（专利权）人": "甲；乙"} for at in range(1, 1203)),
    )
    target = tmp_path / "all.csv"
    assert main(["export", "*", "--to", str(target)]) == 0
    rows = read_csv(target)
    assert {row["名称"] for row in rows} == {f"装置{at}" for at in range(1, 1203)} and len(rows) == 1202
    assert list(rows[0]) == names(Subject.PATENT)
    assert rows[0]["申请人"] == "甲；乙"


def test_the_newest_filed_come_first(own, tmp_path):
    days = ["2017-01-13", "2023-05-24", "2018-08-28", ""]
    hold(
        tmp_path,
        *({"申请号": f"20171990000{at}", "名称": f"装置{at}", "申请日": day} for at, day in enumerate(days, 1)),
    )
    assert main(["export", "装置", "--to", str(tmp_path / "a.csv")]) == 0
    assert [row["申请日"] for row in read_csv(tmp_path / "a.csv")] == ["2023-05-24", "2018-08-28", "2017-01-13", ""]


def test_all_forms_hold_the_same_records_in_the_same_order(own, tmp_path):
    hold(tmp_path, *({"申请号": f"20171990{at:04}", "名称": f"装置{at}"} for at in range(1, 31)))
    for name in ("a.csv", "a.jsonl", "a.xlsx"):
        assert main(["export", "装置", "--to", str(tmp_path / name)]) == 0
    head, *lines, end = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    titles = [row["名称"] for row in read_csv(tmp_path / "a.csv")]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["专利"]
    cells = list(sheet.iter_rows(values_only=True))
    assert list(cells[0]) == names(Subject.PATENT) == list(head["about"]["columns"].values())
    at = cells[0].index("名称")
    assert [line["ti"] for line in lines] == titles == [row[at] for row in cells[1:]] and len(titles) == 30
    assert end["end"]["records"] == 30


def test_every_field_of_the_table_of_fields_is_a_column():
    for subject in Subject:
        fields = {one.key for one in FIELDS[subject] if one.kind is not FieldKind.GROUP}
        keys = [one.key for one in COLUMNS[subject]]
        assert fields - set(keys) == set()
        assert len(keys) == len(set(keys)) and len({one.zh for one in COLUMNS[subject]}) == len(keys)


def test_columns_are_chosen_by_key_or_name(own, tmp_path):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置", "申请日": "2017-01-13"})
    target = tmp_path / "a.csv"
    assert main(["export", "*", "--to", str(target), "--columns", "ti,申请日，ady"]) == 0
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == ["名称,申请日,申请年", "装置,2017-01-13,2017"]


def test_a_column_nobody_knows_is_told(own, tmp_path, capsys):
    index.catch_up()
    assert main(["export", "*", "--to", str(tmp_path / "a.csv"), "--columns", "颜色"]) == 1
    assert "没有“颜色”这一列" in capsys.readouterr().err


def test_what_was_exported_is_noted_at_the_end_of_a_csv(own, tmp_path):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    target = tmp_path / "a.csv"
    main(["export", "ti:装置", "--to", str(target)])
    told = target.read_text(encoding="utf-8-sig").split("\n\n")[1].splitlines()
    assert "# 检索式：ti:装置" in told and "# 读作：名称含“装置”" in told and "# 已写记录：1" in told
    assert any(line.startswith("# 使用许可：") for line in told) and told[-1] == "# 完"
    assert not any("演示数据" in line for line in told)


def test_a_bare_csv_is_nothing_but_data(own, tmp_path):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    target = tmp_path / "a.csv"
    main(["export", "*", "--to", str(target), "--bare", "--columns", "ti"])
    assert target.read_bytes() == "名称\r\n装置\r\n".encode()
    main(["export", "*", "--to", str(tmp_path / "a.jsonl"), "--bare", "--columns", "ti"])
    assert json.loads((tmp_path / "a.jsonl").read_text()) == {"ti": "装置"}


def test_what_it_did_is_told_as_json(own, tmp_path, capsys):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    target = tmp_path / "one.jsonl"
    assert main(["export", "ti:装置", "--to", str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "query": "ti:装置",
        "read_as": "名称含“装置”",
        "rows": 1,
        "change": told["change"],
        "file": str(target),
    }


def test_a_result_without_records_is_a_file_with_its_head(own, tmp_path):
    index.catch_up()
    target = tmp_path / "none.csv"
    assert main(["export", "没有", "--to", str(target), "--trademarks", "--bare"]) == 0
    assert target.read_text().strip() == ",".join(names(Subject.TRADEMARK))
    assert main(["export", "没有", "--to", str(tmp_path / "none.xlsx")]) == 0
    assert openpyxl.load_workbook(tmp_path / "none.xlsx").worksheets[0].max_row == 1


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["装置", "1-2", "a=b", "", "（=）", " 1"])
def test_everything_else_is_left_as_it_is(value):
    assert safe(value) == value


def test_formulas_in_imported_records_run_nowhere(own, tmp_path):
    evil = "=cmd|' /C calc'!A0"
    hold(tmp_path, {"申请号": "201719900001", "名称": evil, "申请（专利权）人": "@SUM(1)；+2"})
    for form in ("csv", "jsonl", "xlsx"):
        main(["export", "*", "--to", str(tmp_path / f"a.{form}")])
    (row,) = read_csv(tmp_path / "a.csv")
    assert row["名称"] == f"'{evil}" and not any(value.startswith(("=", "@", "+", "-")) for value in row.values())
    assert json.loads((tmp_path / "a.jsonl").read_text().splitlines()[1])["ti"] == evil
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "a.xlsx")["专利"] for cell in line]
    assert {cell.data_type for cell in cells if cell.value} == {"s"} and evil in {cell.value for cell in cells}


def test_numbers_stay_what_they_are(own, tmp_path):
    hold_marks(tmp_path, {"注册号": "99000011", "国际分类": "1", "类似群": "0101", "商标名称": "宜刷"})
    main(["export", "*", "--to", str(tmp_path / "a.xlsx"), "--trademarks"])
    head, row = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["商标"].iter_rows(values_only=True))
    told = dict(zip(head, row, strict=True))
    assert (told["注册号"], told["国际分类"], told["类似群"]) == ("99000011", "01", "0101")


def test_odd_characters_and_long_texts_make_no_broken_workbook(own, tmp_path):
    odd = '甲\x01乙<&>"_x0041_' + "长" * 40_000
    hold(tmp_path, {"申请号": "201719900001", "名称": "<b>&", "摘要": odd})
    main(["export", "*", "--to", str(tmp_path / "a.xlsx")])
    head, row = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["专利"].iter_rows(values_only=True))
    told = dict(zip(head, row, strict=True))
    assert told["名称"] == "<b>&"
    # The reader of this test leaves Excel's way of writing control characters as it is.
    assert told["摘要"].startswith('甲_x0001_乙<&>"_x005F_x0041_长') and told["摘要"].endswith("其余请看 CSV）")


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(own, tmp_path, monkeypatch):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    target = tmp_path / "out" / "a.csv"
    target.parent.mkdir()
    target.write_text("旧")

    def full(source):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(sending.MAKERS, "csv", full)
    assert main(["export", "*", "--to", str(target)]) == 1
    assert [one.name for one in target.parent.iterdir()] == ["a.csv"] and target.read_text() == "旧"


def test_a_broken_export_goes_on_behind_its_last_record(own, tmp_path, capsys):
    rows = [
        {"申请号": f"20171990{at:04}", "名称": f"装置{at}", "申请日": f"2017-01-{1 + at % 5:02}" if at % 7 else ""}
        for at in range(1, 101)
    ]
    hold(tmp_path, *rows)
    whole, rest = tmp_path / "whole.csv", tmp_path / "rest.csv"
    main(["export", "*", "--to", str(whole), "--columns", "key,ti", "--bare", "--json"])
    change = json.loads(capsys.readouterr().out)["change"]
    lines = whole.read_text().splitlines(keepends=True)
    for kept in (1, 2, 37, 90, 99):
        last = lines[kept].split(",")[0]
        told = ["--after", last, "--as-of", str(change), "--columns", "key,ti", "--bare"]
        assert main(["export", "*", "--to", str(rest), *told]) == 0
        assert rest.read_text() == "".join(lines[kept + 1 :])


def test_going_on_with_other_data_is_refused(own, tmp_path, capsys):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    go_on = ["export", "*", "--to", str(tmp_path / "rest.csv"), "--after", "201719900001"]
    now = str(index.engine(Subject.PATENT).sequence)
    assert main([*go_on, "--as-of", now]) == 0
    hold(tmp_path, {"申请号": "201719900002", "名称": "装置"}, name="more.csv")
    assert main([*go_on, "--as-of", now]) == 1
    assert "数据在上次导出之后有变化" in capsys.readouterr().err
    assert main(go_on) == 0
