"""Before an export is taken: its first rows, and how large and how long each file will be, measured on some records."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import orjson

from patmark.exchange import line_of
from zhiquan.search.exporting.columns import left_out
from zhiquan.search.exporting.held import Held
from zhiquan.search.exporting.plan import Form, Plan
from zhiquan.search.exporting.reading import Reader, scene
from zhiquan.search.exporting.writing import JOINT, cell, row
from zhiquan.search.index import engine

#: Records the sizes are measured on (fewer where each is read whole), and those shown.
MEASURED, WHOLE, SHOWN = 50, 10, 4
#: Characters of a cell in the preview.
_LONGEST = 60
#: What a row costs to make, in seconds, by form; measured, and rounded up for slower machines.
_SECONDS = {Form.CSV: 1 / 8_000, Form.JSONL: 1 / 9_000, Form.XLSX: 1 / 5_000, Form.EXCHANGE: 1 / 5_000}
#: A workbook is compressed XML, about as large as this part of the CSV.
_WORKBOOK = 0.6


@dataclass(frozen=True, slots=True)
class Size:
    """About how many bytes a file has and how many seconds it takes."""

    form: Form
    size: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Preview:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sizes: tuple[Size, ...]


def preview(plan: Plan) -> Preview:
    """The first rows of an export as a sheet shows them, and the size of each of its forms."""
    found = engine(plan.subject).find(plan.tree, today=plan.stamp.day, sort=plan.sort, limit=MEASURED)
    wants_files = any(one.key == "src" for one in plan.columns)
    shared = scene(plan.subject, address=plan.address, files=wants_files)
    keys = [hit.key for hit in found.hits]
    held = Reader(shared, left_out(plan.columns)).records(keys)
    whole = Reader(shared).records(keys[:WHOLE])
    rows = tuple(tuple(_short(one.of(each)) for one in plan.columns) for each in held[:SHOWN])
    exchanged = sum(len(line_of(each.document)) for each in whole) / max(len(whole), 1)
    sizes = (*_sizes(plan, held), _size(plan, Form.EXCHANGE, exchanged))
    return Preview(tuple(one.name(plan.english) for one in plan.columns), rows, sizes)


def _sizes(plan: Plan, held: list[Held]) -> tuple[Size, ...]:
    out = io.StringIO()
    csv.writer(out).writerows([[cell(one.of(each)) for one in plan.columns] for each in held])
    lines = sum(len(orjson.dumps(row(plan.columns, each))) + 1 for each in held)
    sheet = len(out.getvalue().encode(errors="replace"))
    measured = {Form.CSV: sheet, Form.JSONL: lines, Form.XLSX: int(sheet * _WORKBOOK)}
    return tuple(_size(plan, form, size / max(len(held), 1)) for form, size in measured.items())


def _size(plan: Plan, form: Form, each: float) -> Size:
    return Size(form, int(plan.total * each), round(plan.total * _SECONDS[form]))


def _short(value: object) -> str:
    text = "" if value is None else JOINT.join(value) if isinstance(value, list | tuple) else str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
