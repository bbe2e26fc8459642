"""Records as plain values for people: one account of a record, and rows for export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TextIO

import orjson

from patmark import codes
from patmark.fields import Subject
from patmark.patent import Patent, Person, Role
from patmark.status import BASIS_NAMES, Basis
from patmark.trademark import Trademark
from zhiquan.records import derive, models, queries
from zhiquan.records.queries import Whole
from zhiquan.records.standing import patent_now, trademark_now
from zhiquan.records.storing import merged

Row = Mapping[str, Any]

#: What a spreadsheet would run as a formula is written behind an apostrophe.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def account(whole: Whole) -> dict[str, Any]:
    """A record with its values in Chinese words, its publications, events and sources."""
    record = whole.merged.record
    found = dict(_row(whole.record, record))
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


def rows_of(subject: Subject, records: Sequence[int]) -> Iterator[Row]:
    """The export rows of these records, in their order."""
    related = "patent" if subject is Subject.PATENT else "trademark"
    held = {one.pk: one for one in models.Record.objects.filter(pk__in=records).select_related(related)}
    documents = queries.documents_of(records)
    for pk in records:
        record = merged(documents.get(pk, ()))
        if record is not None and pk in held:
            yield _row(held[pk], record)


def _row(held: models.Record, record: Patent | Trademark) -> Row:
    return _patent(held, record) if isinstance(record, Patent) else _trademark(held, record)


def _patent(held: models.Record, record: Patent) -> Row:
    narrow = held.patent
    now = patent_now(narrow)
    filing = record.application.date if record.application else None
    return {
        "号码": held.key,
        "申请号": derive.shown_number(held) if not held.provisional else "",
        "名称": record.title,
        "专利类型": codes.label("kind", narrow.kind),
        "申请日": filing,
        "公开（公告）号": "；".join(one.number for one in held.publications.order_by("date")),
        "公开（公告）日": narrow.publication_date,
        "授权公告日": narrow.grant_date,
        "申请人": _names(record.people, Role.APPLICANT),
        "当前权利人": _names(record.people, Role.OWNER),
        "发明人": _names(record.people, Role.INVENTOR),
        "代理机构": _names(record.people, Role.AGENCY),
        "地址": "；".join(one.address for one in record.named(Role.APPLICANT) if one.address),
        "分类号": "；".join(one.symbol for one in record.symbols),
        "法律状态": now.zh,
        "状态依据": BASIS_NAMES[Basis(narrow.status_basis)],
        "届满日": narrow.expiry_date,
        "摘要": record.abstract,
    }


def _trademark(held: models.Record, record: Trademark) -> Row:
    narrow = held.trademark
    now = trademark_now(narrow)
    return {
        "号码": held.key,
        "注册号": record.registration_number or record.number,
        "商标名称": record.mark,
        "国际分类": "；".join(str(one.nice) for one in record.goods),
        "类似群": "；".join(group for one in record.goods for group in one.groups),
        "商品服务": "；".join(one.text or "、".join(one.items) for one in record.goods),
        "申请人": _names(record.people, Role.APPLICANT),
        "地址": "；".join(one.address for one in record.people if one.address and one.role is Role.APPLICANT),
        "代理机构": _names(record.people, Role.AGENCY),
        "申请日": record.filing_date,
        "初步审定公告日": record.preliminary_publication_date,
        "注册日": record.registration_date,
        "专用期止": narrow.valid_to,
        "状态": now.zh,
        "状态依据": BASIS_NAMES[Basis(narrow.status_basis)],
    }


def _names(people: Sequence[Person], role: Role) -> str:
    return "；".join(one.name for one in people if one.role is role)


def _csv(writer: Any, subject: Subject) -> Callable[[Row], None]:
    started: list[bool] = []

    def put(row: Row) -> None:
        if not started:
            writer.writerow(row.keys())
            started.append(True)
        writer.writerow([_safe(value) for value in row.values()])

    return put


def _safe(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _lines(out: TextIO, subject: Subject) -> Callable[[Row], None]:
    def put(row: Row) -> None:
        out.write(orjson.dumps(row).decode() + "\n")

    return put


FORMATS: Mapping[str, Callable[[Any, Subject], Callable[[Row], None]]] = {".csv": _csv, ".jsonl": _lines}
