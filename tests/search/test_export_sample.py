"""Every column of every record of the sample is written, and the file says that they are invented."""

from __future__ import annotations

import json

import openpyxl
import pytest

from zhiquan.site.cli import main


@pytest.mark.parametrize(("trademarks", "status"), [([], "法律状态"), (["--trademarks"], "状态")])
def test_every_column_of_every_record_can_be_written(site, tmp_path, trademarks, status):
    target = tmp_path / "a.xlsx"
    assert main(["export", "*", "--to", str(target), "--columns", "all", *trademarks]) == 0
    book = openpyxl.load_workbook(target)
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    said = {name for at, name in enumerate(head) if any(row[at] for row in rows)}
    assert {"号码", "申请人", "县（市、区）", "市", "省", "来源", "记录页", status} <= said
    assert all(row[head.index("演示数据")] == "演示数据" for row in rows)
    told = dict(book["说明"].iter_rows(values_only=True))
    assert (
        told["注意"] == "含演示数据（虚构），不可作为依据。"
        and told["其中演示数据"] == str(len(rows)) == told["记录数"]
    )


def test_in_the_exchange_form_each_says_that_it_is_invented(site, tmp_path):
    target = tmp_path / "a.zhiquan.jsonl"
    assert main(["export", "*", "--to", str(target)]) == 0
    assert all(["演示数据", "是"] in json.loads(line)["extra"] for line in target.read_bytes().splitlines())
