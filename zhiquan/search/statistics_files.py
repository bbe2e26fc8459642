"""Statistics as files: a table as CSV that no spreadsheet runs, with what it is and where it comes from below it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zhiquan.search.exporting.writing import safe
from zhiquan.search.statistics import Figure
from zhiquan.search.statistics_charts import is_overlapping, provenance


def csv_answer(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file to keep, with a byte-order mark, so that a spreadsheet takes it for UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([safe(one) if isinstance(one, str) else one for one in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def rows_of(figure: Figure, host: str, page: str) -> Iterable[Sequence[object]]:
    """The table of a statistic, its total, and below it what every figure says of itself."""
    columns = [figure.columns.label(one) for one in figure.columns.values] if figure.columns else []
    yield [figure.rows.name, *columns, _("合计"), _("可能不全"), _("记录")]
    for line in figure.lines:
        whole = line.whole
        address = f"{host}{whole.address}" if whole.address else ""
        yield [line.label, *(one.count for one in line.cells), whole.count, _("是") * line.doubtful, address]
    if figure.rows.missing:
        yield [_("没有此项"), *("" for _one in columns), figure.rows.missing, "", ""]
    yield [_("全部"), *(one.count for one in figure.foot), figure.total.count, "", f"{host}{figure.total.address}"]
    yield []
    for pair in provenance(figure):
        yield list(pair)
    if is_overlapping(figure):
        yield [_("说明"), _("一条记录可以有几个值，各行、各列之和会大于合计。")]
    yield [_("网址"), f"{host}{page}"]
