"""A look at a table, and the mapping proposed where nobody knows its headers."""

from __future__ import annotations

import pytest

from patmark.errors import BadFile
from patmark.sources.all import read_file
from patmark.sources.mapping import Mapping
from patmark.sources.mapping_guess import describe, propose_mapping, rename
from patmark.sources.preview import preview
from tests.patmark.sources_tables.made import HEADER, book, csv_text, patent_rows, write


def test_a_known_table_shows_its_mapping_and_first_records(tmp_path):
    shown = preview(write(tmp_path / "a.csv", csv_text([HEADER, *patent_rows(50)])), rows=3)
    assert (shown.kind, shown.recognised, shown.choice.mapping.code) == ("csv", True, "patent")
    assert len(shown.rows) == len(shown.reads) == 3
    assert shown.reads[0].result.title == "示例装置之0" and shown.reads[0].position == "第 2 行"


def test_an_unknown_header_gets_a_mapping_by_its_cells(tmp_path):
    rows = [["A", "B", "C", "D", "E", "F"], *patent_rows(30)]
    shown = preview(book(tmp_path / "a.xlsx", {"x": rows}))
    assert shown.recognised is False and shown.place == "工作表“x”"
    found = dict(zip("ABCDEF", shown.choice.fields, strict=True))
    assert found["A"] == "application_number" and found["B"] == "title" and found["D"] == "application_date"
    assert found["E"] == "main_ipc"


def test_the_proposal_saved_and_given_back_reads_the_file(tmp_path):
    path = write(tmp_path / "a.csv", csv_text([["A", "B", "C", "D", "E", "F"], *patent_rows(30)]))
    own = Mapping.from_toml(rename(preview(path).choice.mapping, "ours", "本局台账").to_toml())
    found = list(read_file(path, mapping=own))
    assert len(found) == 30 and found[7].result.title == "示例装置之7"


def test_a_table_without_header_is_previewed_by_columns(tmp_path):
    path = write(tmp_path / "a.csv", csv_text(patent_rows(30)))
    shown = preview(path)
    assert shown.choice.mapping.has_header is False
    assert len(list(read_file(path, mapping=shown.choice.mapping))) == 30


def test_a_proposal_can_be_said_in_a_sentence():
    mapping = propose_mapping((), [["CN201210000001.1", "一种示例装置", "20120105"]] * 3)
    assert describe(mapping) == "第1列=申请号、第2列=专利名称、第3列=申请日"


def test_marks_are_proposed_for_tables_of_marks():
    rows = [["10000001", "示例牌", "2012-01-05"], ["10000002", "样品", "2012-01-06"]]
    mapping = propose_mapping(("A", "B", "C"), rows)
    assert mapping.record == "trademark"
    assert {column.field for column in mapping.columns} == {"number", "mark", "filing_date"}


def test_what_is_no_table_has_no_preview(tmp_path):
    with pytest.raises(BadFile, match="不是表格"):
        preview(write(tmp_path / "a.json", '{"ops:world-patent-data": {"ops:biblio-search": {}}}'))
