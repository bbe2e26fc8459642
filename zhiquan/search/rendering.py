"""A record as plain values for people at a terminal: the columns of an export, publications, events and sources."""

from __future__ import annotations

from typing import Any

from patmark import codes
from patmark.fields import Subject
from zhiquan.records.models import Subject as Held
from zhiquan.records.queries import Whole
from zhiquan.search.exporting.columns import COLUMNS
from zhiquan.search.exporting.reading import Reader, scene

#: What is told anew below, or is of use in a sheet only.
_ELSEWHERE = frozenset({"ev", "src", "link", "iclm", "field", "bg", "sum", "emb"})


def account(whole: Whole) -> dict[str, Any]:
    """A record with its values in Chinese words, its publications, events and sources."""
    subject = Subject.PATENT if whole.record.subject == Held.PATENT else Subject.TRADEMARK
    (held,) = Reader(scene(subject)).records([whole.record.pk])
    found: dict[str, Any] = {}
    for column in COLUMNS[subject]:
        if column.key not in _ELSEWHERE:
            value = column.of(held)
            found[column.zh] = "；".join(value) if isinstance(value, list) else value
    found["公布"] = [
        {"号码": one.number, "阶段": codes.label("stage", one.stage), "日期": one.date}
        for one in whole.record.publications.order_by("date")
    ]
    found["事件"] = [
        {"代码": one.code, "事件": one.title, "公告日": one.date, "生效日": one.effective}
        for one in whole.record.events.order_by("date")
    ]
    found["来源"] = [
        {"批次": one.batch, "文件": one.file, "种类": one.kind, "位置": one.position} for one in whole.origins
    ]
    return found
