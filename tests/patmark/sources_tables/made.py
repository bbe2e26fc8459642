"""Files made for the tests of tables: CSV, workbooks, zips; and what `read_file` makes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from patmark.errors import BadRecord
from patmark.patent import Patent
from patmark.sources.all import read_file
from patmark.sources.base import Read
from patmark.trademark import Trademark

DATA = Path(__file__).resolve().parents[2] / "data" / "tables"
HEADER = ["申请号", "专利名称", "申请人", "申请日", "主分类号", "摘要"]


def patent_rows(count: int) -> list[list[str]]:
    """Rows of invented patents under `HEADER`."""
    return [
        [
            f"CN2012100{at:05d}.1",
            f"示例装置之{at}",
            "示例公司;某某大学",
            "2012-01-05",
            "A01B1/02",
            f'第{at}件，逗号,引号"。',
        ]
        for at in range(count)
    ]


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def book(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def read(path: Path) -> list[Read]:
    return list(read_file(path))


def said(reads: Iterable[Read]) -> list[tuple[object, ...]]:
    """Reads that compare: rejects are exceptions, which are equal only to themselves."""
    return [
        (one.index, one.position, str(one.result), one.result.raw, one.result.position)
        if isinstance(one.result, BadRecord)
        else (one.index, one.position, one.result)
        for one in reads
    ]


def patents(path: Path) -> list[Patent]:
    """What a file holds, all of it patents."""
    results = [one.result for one in read_file(path)]
    assert all(isinstance(one, Patent) for one in results), results
    return [one for one in results if isinstance(one, Patent)]


def trademarks(path: Path) -> list[Trademark]:
    return [one.result for one in read_file(path) if isinstance(one.result, Trademark)]


def rejects(path: Path) -> list[BadRecord]:
    return [one.result for one in read_file(path) if isinstance(one.result, BadRecord)]
