"""SQL dumps: rows of INSERT statements by the columns of their table; other tables and broken rows are told."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.errors import BadFile, BadRecord
from patmark.patent import ApplicationNumber, Publication
from tests.patmark.sources_tables.made import DATA, patents, read, write

TABLE = "CREATE TABLE `p` (`申请号` varchar(20), `专利名称` text, `摘要` text);\n"


def test_rows_become_patents_and_another_table_one_note():
    found = read(DATA / "dump.sql")
    assert [one.index for one in found] == [0, 1, 2, 3]
    note, *rows = found
    assert note.position == "表“管理员”" and isinstance(note.result, BadRecord) and "姓名" in note.result.sentence
    assert [one.position for one in rows] == ["表“专利表”第 1 行", "表“专利表”第 2 行", "表“专利表”第 3 行"]


def test_values_lose_their_quoting_and_zeros_are_no_days():
    first, second, third = (one.result for one in read(DATA / "dump.sql")[1:])
    assert first.title == "一种'双层'蒸笼"
    assert first.abstract == '第一行\n第二行，含"引号"和反斜杠\\'
    assert first.application == ApplicationNumber("CN", "201910000011.6", date(2019, 1, 3))
    assert [publication.kind for publication in first.publications] == ["A", "B"]
    assert second.publications == (Publication("CN", "211000012", "U", date(2020, 11, 20)),)
    assert third.application == ApplicationNumber("CN", "202130000013.7", None)


def test_columns_named_in_the_statement_are_taken_in_that_order():
    assert read(DATA / "dump.sql")[3].result.title == "蒸笼（竹）"


def test_many_rows_in_one_statement_longer_than_any_block(tmp_path):
    values = ",\n".join(f"('CN2012100{at:05d}.1','示例{at}','{'长' * 700}')" for at in range(4000))
    found = patents(write(tmp_path / "a.txt", f"{TABLE}INSERT INTO `p` VALUES {values};\n"))
    assert len(found) == 4000 and found[-1].title == "示例3999"


def test_one_statement_per_row(tmp_path):
    values = "".join(f"INSERT INTO `p` VALUES ('CN2012100{at:05d}.1', '示例{at}', NULL);\n" for at in range(3000))
    assert len(patents(write(tmp_path / "a.sql", TABLE + values))) == 3000


def test_a_broken_row_is_a_reject_and_the_next_ones_stay(tmp_path):
    rows = "('CN201210000001.1','甲','乙'),\n('CN201210000002.1','少了引号,'丙'),\n('CN201210000003.1','丁','戊');\n"
    last = "INSERT INTO `p` VALUES ('CN201210000004.1','己','');"
    found = read(write(tmp_path / "a.sql", f"{TABLE}INSERT INTO `p` VALUES {rows}{last}"))
    assert [isinstance(one.result, BadRecord) for one in found] == [False, True, False, False]
    assert "CN201210000002.1" in found[1].result.raw or "少了引号" in found[1].result.raw


def test_a_truncated_dump_keeps_its_rows_and_tells(tmp_path):
    text = f"{TABLE}INSERT INTO `p` VALUES ('CN201210000001.1','甲','乙'),('CN201210000002.1','没有写"
    found = read(write(tmp_path / "a.sql", text))
    assert [isinstance(one.result, BadRecord) for one in found] == [False, True]
    assert "不完整" in found[1].result.sentence


def test_a_dump_without_a_table_of_rights_is_refused_by_the_columns(tmp_path):
    text = "CREATE TABLE `u` (`id` int, `login` text);\nINSERT INTO `u` VALUES (1,'a');\n"
    with pytest.raises(BadFile, match="id、login"):
        read(write(tmp_path / "a.sql", text))


def test_a_dump_without_rows_is_refused(tmp_path):
    with pytest.raises(BadFile, match="没有内容"):
        read(write(tmp_path / "a.sql", TABLE))


def test_statements_inside_strings_and_comments_are_no_statements(tmp_path):
    comments = "-- INSERT INTO `p` VALUES ('x')\n/* INSERT INTO\n `p` */ "
    row = "('CN201210000001.1','甲;INSERT INTO `p` VALUES (1)','乙')"
    (patent,) = patents(write(tmp_path / "a.sql", f"{comments}{TABLE}INSERT INTO `p` VALUES {row};"))
    assert patent.title == "甲;INSERT INTO `p` VALUES (1)"
