"""CSV and its kin: every row becomes its record, whatever delimiter, encoding, name or title lines."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.patent import ApplicationNumber, Localised, Person, Role, Symbol
from tests.patmark.sources_tables.made import DATA, HEADER, csv_text, patent_rows, patents, read, rejects, said, write


def test_a_row_becomes_a_patent(tmp_path):
    row = ["CN85100001", "示例犁", "示例农具厂", "1985-04-01", "A01B1/02", "犁。"]
    (patent,) = patents(write(tmp_path / "a.csv", csv_text([HEADER, row])))
    assert patent.office == "CN"
    assert patent.application == ApplicationNumber("CN", "85100001", date(1985, 4, 1))
    assert patent.titles == (Localised("示例犁", "zh"),)
    assert patent.abstracts == (Localised("犁。", "zh"),)
    assert patent.people == (Person("示例农具厂", Role.APPLICANT),)
    assert patent.symbols == (Symbol("ipc", "A01B 1/02", main=True),)


def test_positions_are_the_rows_a_spreadsheet_shows(tmp_path):
    broken = ["CN2012100000009", "带换行", "甲", "2012-01-05", "A01B", "一\n二\n三"]
    rows = [HEADER, *patent_rows(1), [], broken, *patent_rows(1)]
    path = write(tmp_path / "a.csv", csv_text(rows))
    assert [(one.index, one.position) for one in read(path)] == [(0, "第 2 行"), (1, "第 4 行"), (2, "第 5 行")]


@pytest.mark.parametrize("delimiter", list(",\t;|"))
def test_any_usual_delimiter_gives_the_same_patents(tmp_path, delimiter):
    usual = write(tmp_path / "a.csv", csv_text([HEADER, *patent_rows(5)]))
    other = write(tmp_path / "b.dat", csv_text([HEADER, *patent_rows(5)], delimiter))
    assert patents(other) == patents(usual)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("fixture", ["cnipr.csv", "trademarks.csv", "cnki.csv", "dump.sql"])
def test_any_usual_encoding_gives_the_same_records(tmp_path, encoding, fixture):
    text = (DATA / fixture).read_text("utf-8")
    assert said(read(write(tmp_path / "a.txt", text, encoding))) == said(read(DATA / fixture))


def test_an_encoding_told_only_far_behind_the_head(tmp_path):
    rows = [["Application Number", "Title"], *([f"US{10_000_000 + at}", "plain " * 20] for at in range(1000))]
    rows.append(["US1", "末尾的中文"])
    for encoding in ("utf-8", "gb18030"):
        path = write(tmp_path / "a.csv", csv_text(rows), encoding)
        assert path.stat().st_size > 100_000
        assert patents(path)[-1].title == "末尾的中文"


def test_title_lines_above_the_header_are_passed_over(tmp_path):
    titles = [["安庆市专利清单（示例）", "", ""], ["制表日期", "2020-01-01", ""]]
    rows = [*titles, ["序号", *HEADER], ["1", *patent_rows(1)[0]]]
    (patent,) = patents(write(tmp_path / "a.csv", csv_text(rows)))
    assert patent.title == "示例装置之0"
    assert ("序号", "1") in patent.extra


def test_a_header_repeated_inside_the_file_is_no_row(tmp_path):
    path = write(tmp_path / "a.csv", csv_text([HEADER, *patent_rows(2), HEADER, *patent_rows(2)]))
    assert len(read(path)) == 4


def test_columns_nobody_knows_are_kept_under_their_headers(tmp_path):
    rows = [[*HEADER, "奖励金额", ""], [*patent_rows(1)[0], "5000 元", "无表头"]]
    (patent,) = patents(write(tmp_path / "a.csv", csv_text(rows)))
    assert patent.extra == (("奖励金额", "5000 元"), ("第8列", "无表头"))


def test_telephones_and_mailboxes_are_not_kept(tmp_path):
    rows = [[*HEADER, "联系电话", "联系人邮箱", "备注"], [*patent_rows(1)[0], "000-0000", "a@example.org", "无误"]]
    (patent,) = patents(write(tmp_path / "a.csv", csv_text(rows)))
    assert patent.extra == (("备注", "无误"),)


def test_rows_without_a_number_are_records_all_the_same(tmp_path):
    (patent,) = patents(write(tmp_path / "a.csv", csv_text([HEADER, ["", "只有名称", "甲", "2012-01-05", "", ""]])))
    assert patent.application is None and patent.publications == ()
    assert ("申请日", "2012-01-05") in patent.extra


def test_a_row_with_neither_number_nor_title_is_rejected_with_its_text(tmp_path):
    path = write(tmp_path / "a.csv", csv_text([HEADER, ["", "", "甲", "2012-01-05", "", "有摘要"]]))
    (reject,) = rejects(path)
    assert reject.position == "第 2 行"
    assert reject.raw == ",,甲,2012-01-05,,有摘要"
    assert "没有申请号、公开号，也没有专利名称" in reject.sentence


def test_blank_rows_are_passed_over_in_silence(tmp_path):
    rows = [HEADER, [], [" ", "", "", "", "", ""], *patent_rows(1), []]
    assert len(read(write(tmp_path / "a.csv", csv_text(rows)))) == 1


def test_the_name_of_the_file_says_nothing(tmp_path):
    path = write(tmp_path / "图片.jpg", csv_text([HEADER, *patent_rows(2)]))
    assert len(patents(path)) == 2
