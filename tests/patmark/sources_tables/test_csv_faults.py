"""Broken CSV: the fault costs its own row, is listed with its text, and every other row stays."""

from __future__ import annotations

import pytest

from patmark.errors import BadFile, BadRecord
from patmark.sources import tables
from patmark.sources.base import LIMITS
from tests.patmark.sources_tables.made import HEADER, csv_text, patent_rows, patents, read, rejects, write


def lines(count: int) -> list[str]:
    return csv_text([HEADER, *patent_rows(count)]).splitlines(keepends=True)


@pytest.mark.parametrize("cell", range(6))
def test_an_open_quote_costs_one_row(tmp_path, cell):
    text = lines(8)
    plain = f"CN201210000{cell:03d}9,名称,甲,2012-01-05,A01B1/02,摘要"
    parts = plain.split(",")
    parts[cell] = '"' + parts[cell]
    text[4] = ",".join(parts) + "\r\n"
    found = read(write(tmp_path / "a.csv", "".join(text)))
    bad = [one for one in found if isinstance(one.result, BadRecord)]
    assert len(found) == 8
    assert [one.position for one in bad] == ["第 5 行"]
    assert bad[0].result.raw == ",".join(parts)


def test_an_open_quote_in_the_last_row_keeps_the_row(tmp_path):
    text = "".join(lines(2)) + 'CN2012100000077,名称,甲,2012-01-05,A01B1/02,"没有收尾'
    assert patents(write(tmp_path / "a.csv", text))[-1].abstract == "没有收尾"


def test_line_breaks_and_commas_inside_quotes_are_no_fault(tmp_path):
    rows = [HEADER, ["CN2012100000077", "名称", "甲", "2012-01-05", "A01B1/02", "甲,乙,丙,丁,戊,己\n1,2,3,4,5,6\n末行"]]
    assert patents(write(tmp_path / "a.csv", csv_text([*rows, *patent_rows(2)])))[0].abstract.endswith("末行")


def test_a_comma_without_quotes_is_a_reject_not_a_shifted_row(tmp_path):
    text = "".join(lines(1)) + "CN2012100000077,名称,甲,乙,2012-01-05,A01B1/02,摘要\r\n"
    (reject,) = rejects(write(tmp_path / "a.csv", text))
    assert "这一行有 7 个单元格，表头只有 6 列" in reject.sentence


def test_a_cell_too_large_is_a_reject(tmp_path):
    text = lines(2)
    text.insert(2, "CN2012100000077,名称,甲,2012-01-05,A01B1/02," + "长" * (LIMITS.cell + 1) + "\r\n")
    found = read(write(tmp_path / "a.csv", "".join(text)))
    assert [isinstance(one.result, BadRecord) for one in found] == [False, True, False]
    assert len(found[1].result.raw) == BadRecord.RAW_LIMIT


def test_a_line_without_end_is_a_reject_in_bounds(tmp_path):
    text = lines(2)
    text.insert(2, "CN2012100000077," + "," * (9 * LIMITS.cell) + "\r\n")
    found = read(write(tmp_path / "a.csv", "".join(text)))
    assert [isinstance(one.result, BadRecord) for one in found] == [False, True, False]


def test_bytes_that_fit_no_encoding_cost_one_row(tmp_path):
    content = "".join(lines(30)).encode().split(b"\r\n")
    content[10] = content[10].replace("示例".encode(), b"\xff\xfe", 1)
    found = read(write(tmp_path / "a.csv", b"\r\n".join(content)))
    bad = [one.result for one in found if isinstance(one.result, BadRecord)]
    assert len(found) == 30 and len(bad) == 1
    assert "无法按文件编码解读" in bad[0].sentence and "\ufffd" in bad[0].raw


def test_nul_bytes_are_left_out(tmp_path):
    text = "".join(lines(30)).replace("之7", "之\0 7")
    assert [one.title for one in patents(write(tmp_path / "a.csv", text))][7] == "示例装置之 7"


def test_quotes_open_everywhere_end_in_bounded_work(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_LONGEST_LINE", 100_000)
    monkeypatch.setattr(tables, "_REPEATED", 400_000)
    text = "".join(lines(3)) + 'x"y,"z\n' * 100_000
    with pytest.raises(BadFile, match="太多引号没有配对"):
        read(write(tmp_path / "a.csv", text))


def test_ten_thousand_columns_are_refused(tmp_path):
    rows = [[*HEADER, *map(str, range(10_000))], [*patent_rows(1)[0], *map(str, range(10_000))]]
    with pytest.raises(BadFile, match="2000 列"):
        read(write(tmp_path / "a.csv", csv_text(rows)))


def test_a_table_without_header_is_refused_with_a_proposal(tmp_path):
    with pytest.raises(BadFile) as refused:
        read(write(tmp_path / "a.csv", csv_text(patent_rows(30))))
    assert "没有表头" in refused.value.sentence
    assert "第1列=申请号" in refused.value.mend and "第6列" not in refused.value.sentence


def test_a_code_table_is_refused_by_its_headers(tmp_path):
    with pytest.raises(BadFile) as refused:
        read(write(tmp_path / "a.csv", csv_text([["code", "name"], ["3408", "安庆市"], ["3401", "合肥市"]])))
    assert "表头“code、name”里没有认得的专利或商标列" in refused.value.sentence
    assert "zhiquan load" in refused.value.mend


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(BadFile, match="空的"):
        read(write(tmp_path / "a.csv", ""))
