"""Workbooks: every sheet, real days and numbers, formulas by their last value, the stored dimension not believed."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from patmark.errors import BadFile, BadRecord
from patmark.sources.all import read_file
from patmark.sources.base import LIMITS
from tests.patmark.sources_tables.made import (
    DATA,
    HEADER,
    book,
    csv_text,
    patent_rows,
    patents,
    read,
    trademarks,
    write,
)


def changed(path, part, old, new):
    """The same package with one part's text changed."""
    with zipfile.ZipFile(path) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_the_same_rows_as_csv_give_the_same_patents(tmp_path):
    rows = [HEADER, *patent_rows(20)]
    assert patents(book(tmp_path / "a.xlsx", {"Sheet1": rows})) == patents(write(tmp_path / "a.csv", csv_text(rows)))


def test_every_sheet_is_read_with_its_own_header(tmp_path):
    marks = [["注册号", "商标名称"], ["1", "牌"]]
    path = book(tmp_path / "a.xlsx", {"专利": [HEADER, *patent_rows(2)], "空": [], "商标": marks})
    assert [(one.index, one.position) for one in read(path)] == [
        (0, "工作表“专利”第 2 行"), (1, "工作表“专利”第 3 行"), (2, "工作表“商标”第 2 行"),
    ]  # fmt: skip
    assert [mark.mark for mark in trademarks(path)] == ["牌"]


def test_a_sheet_nobody_knows_is_one_reject_unless_hidden(tmp_path):
    sheets = {"说明": [["本表由某某填报"], ["联系人"]], "专利": [HEADER, *patent_rows(1)], "选项": [["男"]]}
    path = book(tmp_path / "a.xlsx", sheets)
    made = openpyxl.load_workbook(path)
    made["选项"].sheet_state = "hidden"
    made.save(path)
    found = read(path)
    assert [isinstance(one.result, BadRecord) for one in found] == [True, False]
    assert found[0].position == "工作表“说明”" and "本表由某某填报" in found[0].result.raw


def test_real_days_are_days(tmp_path):
    # A cell of a workbook knows no time zone.
    row = ["CN201220249767.4", "名称", "甲", datetime(2012, 5, 31), "A01B1/02", ""]
    other = ["CN201220249771.0", "名称", "甲", date(2012, 6, 1), "A01B1/02", ""]
    found = patents(book(tmp_path / "a.xlsx", {"a": [HEADER, row, other]}))
    assert [one.application.date for one in found] == [date(2012, 5, 31), date(2012, 6, 1)]


def test_days_as_whole_numbers(tmp_path):
    (patent,) = patents(book(tmp_path / "a.xlsx", {"a": [HEADER, ["CN201220249767.4", "名", "甲", 20120531, "", ""]]}))
    assert patent.application.date == date(2012, 5, 31)


@pytest.mark.parametrize(
    ("cell", "number", "marked"),
    [
        (201110297790.0, "201110297790", True),
        (201110297790, "201110297790", True),
        (201110297791.4, "201110297791.4", False),
        (2011102977904, "2011102977904", False),
    ],
)
def test_numbers_stored_as_numbers_keep_their_digits_and_are_marked(tmp_path, cell, number, marked):
    (patent,) = patents(book(tmp_path / "a.xlsx", {"a": [HEADER, [cell, "名", "甲", "", "", ""]]}))
    assert patent.application.number == number
    assert any("校验位可能已丢失" in value for _, value in patent.extra) is marked


def test_a_number_beyond_what_a_cell_holds_is_no_number(tmp_path):
    (patent,) = patents(book(tmp_path / "a.xlsx", {"a": [HEADER, [2.0111029779e19, "名", "甲", "", "", ""]]}))
    assert patent.application is None and any("末几位已丢失" in value for _, value in patent.extra)


def test_formulas_give_their_stored_value_and_nothing_is_calculated(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, ["CN201220249767.4", '=CONCATENATE("甲","乙")', "丙", "", "", ""]]})
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    old = sheet[sheet.index(b"<f>") : sheet.index(b"</c>", sheet.index(b"<f>"))]
    changed(path, "xl/worksheets/sheet1.xml", old, "<f>1+1</f><v>存着的值</v>".encode())
    changed(path, "xl/worksheets/sheet1.xml", b'<c r="B2"', b'<c r="B2" t="str"')
    assert patents(path)[0].title == "存着的值"


def test_a_wrong_stored_dimension_is_not_believed(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, *patent_rows(50)]})
    changed(path, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:F51"/>', b'<dimension ref="A1"/>')
    assert len(patents(path)) == 50


def test_line_breaks_in_cells_and_rich_text_and_escapes(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, ["CN201220249767.4", "甲\n乙", "丙", "", "", "含_x000D_回车"]]})
    (patent,) = patents(path)
    assert patent.title == "甲\n乙" and patent.abstract == "含\r回车"


def test_shared_strings_of_a_large_workbook_leave_memory_for_disk(tmp_path):
    rows = [[f"CN2012100{at:05d}.1", f"名称{at}", "甲", "", "", f"摘要{at}" * 900] for at in range(1200)]
    found = patents(book(tmp_path / "a.xlsx", {"a": [HEADER, *rows]}))
    assert [found[at].abstract for at in (0, 600, 1199)] == [f"摘要{at}" * 900 for at in (0, 600, 1199)]


def test_a_macro_workbook_is_read_as_data(tmp_path):
    path = book(tmp_path / "a.xlsm", {"a": [HEADER, *patent_rows(2)]})
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 no macro is ever run")
    assert len(patents(path)) == 2


def test_a_torn_workbook_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, *patent_rows(400)]})
    torn = write(tmp_path / "b.xlsx", path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(BadFile, match="不完整"):
        read(torn)


def test_rows_before_a_fault_are_read(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, *patent_rows(300)]})
    changed(path, "xl/worksheets/sheet1.xml", b'<row r="200"', b'<<row r="200"')
    reads, count = read_file(path), 0
    with pytest.raises(BadFile, match="不完整或已损坏"):
        while next(reads):
            count += 1
    assert count > 100


def test_a_doctype_in_a_workbook_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, *patent_rows(1)]})
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet '
    changed(path, "xl/worksheets/sheet1.xml", b"<worksheet ", entity)
    with pytest.raises(BadFile, match="文档类型声明"):
        read(path)


def test_cells_far_out_on_the_right_end_in_a_refusal(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, *patent_rows(2)]})
    changed(path, "xl/worksheets/sheet1.xml", b'<c r="F2"', b'<c r="ZZZ2"')
    with pytest.raises(BadFile, match=f"{LIMITS.columns} 列"):
        read(path)


def test_a_row_number_beyond_reason_costs_nothing(tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [HEADER, *patent_rows(2)]})
    changed(path, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="9999999"')
    assert [one.position for one in read(path)] == ["工作表“a”第 2 行", "工作表“a”第 1048576 行"]


def test_the_fixture_as_a_workbook_reads_alike(tmp_path):
    rows = list(csv.reader((DATA / "cnipr.csv").read_text("utf-8").splitlines(keepends=True)))
    assert patents(book(tmp_path / "a.xlsx", {"Sheet1": rows})) == patents(DATA / "cnipr.csv")
