"""Small invented tables for the tests of records: patents and marks of firms that do not exist."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from patmark.numbers import cn_check_digit
from zhiquan.common.action import CONSOLE
from zhiquan.records.importing import import_paths
from zhiquan.records.models import Batch, BatchFile, Number, Record

Row = Mapping[str, str]


def application(serial: int, year: int = 2019) -> str:
    """An application number for an invention, with its check digit: `CN201910000007.2`."""
    body = f"{year}1{serial:07d}"
    return f"CN{body}.{cn_check_digit(body)}"


def key(serial: int) -> str:
    """The key under which `application(serial)` is held."""
    return application(serial).replace(".", "")


def patent(serial: int, **cells: str) -> dict[str, str]:
    """A row of an export: an application with its A publication; `cells` replace or add."""
    row = {
        "申请号": application(serial),
        "申请日": "2019-03-05",
        "公开（公告）号": f"CN1990{serial:05d}A",
        "公开（公告）日": "2019-11-08",
        "名称": f"一种示例装置{serial}",
        "摘要": f"本示例装置{serial}包括底座和支架。",
        "主分类号": "B65G47/24",
        "申请（专利权）人": "安庆示例机械有限公司",
        "发明（设计）人": "张示例;李示例",
        "地址": "246001 安徽省安庆市迎江区示例路1号",
    }
    return {name: value for name, value in {**row, **cells}.items() if value is not None}


def mark(number: str, **cells: str) -> dict[str, str]:
    """A row of a trademark export: one class of a mark."""
    row = {
        "注册号": number,
        "商标名称": "宜城示例",
        "国际分类": "30",
        "商品/服务": "茶；茶饮料",
        "申请人": "安庆示例茶业有限公司",
        "申请日期": "2018-05-06",
        "注册公告日期": "2019-08-14",
    }
    return {name: value for name, value in {**row, **cells}.items() if value is not None}


def columns(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def write_csv(path: Path, rows: Sequence[Row], encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, columns(rows), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Row]) -> Path:
    book = Workbook()
    sheet = book.active
    named = columns(rows)
    sheet.append(named)
    for row in rows:
        sheet.append([row.get(name, "") for name in named])
    book.save(path)
    return path


def imported(*paths: Path, **how: str) -> Batch:
    """The batch of an import by the console."""
    return import_paths(CONSOLE, list(paths), **how)


def counts(batch: Batch) -> tuple[int, int, int, int]:
    """New, changed, same, rejected over the files of a batch."""
    files = list(BatchFile.objects.filter(batch=batch))
    return tuple(sum(getattr(file, name) for file in files) for name in ("new", "changed", "same", "rejected"))


def live() -> list[str]:
    """The keys of the records that stand, in order."""
    return sorted(Record.objects.filter(state=Record.State.LIVE).values_list("key", flat=True))


def numbers_of(record: Record) -> set[str]:
    return set(Number.objects.filter(record=record).values_list("full", flat=True))
