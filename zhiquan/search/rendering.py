"""Records as plain values for people: one account of a record, and rows for export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

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

#: What an export says of a record, in this order.
COLUMNS: Mapping[Subject, tuple[str, ...]] = {
    Subject.PATENT: (
        *("号码", "申请号", "名称", "专利类型", "申请日", "公开（公告）号", "公开（公告）日", "授权公告日", "申请人"),
        *("当前权利人", "发明人", "代理机构", "地址", "分类号", "法律状态", "状态依据", "届满日", "摘要"),
    ),
    Subject.TRADEMARK: (
        *("号码", "注册号", "商标名称", "国际分类", "类似群", "商品服务", "申请人", "地址", "代理机构", "申请日"),
        *("初步审定公告日", "注册日", "专用期止", "状态", "状态依据"),
    ),
}


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
    """The export rows of these records, in their order, each with all of `COLUMNS`."""
    held = models.Record.objects.filter(pk__in=records)
    if subject is Subject.PATENT:
        held = held.select_related("patent").prefetch_related("publications")
    else:
        held = held.select_related("trademark")
    known = {one.pk: one for one in held}
    documents = queries.documents_of(records)
    for pk in records:
        record = merged(documents.get(pk, ()))
        if record is not None and pk in known:
            yield _row(known[pk], record)


def _row(held: models.Record, record: Patent | Trademark) -> Row:
    if isinstance(record, Patent):
        return dict(zip(COLUMNS[Subject.PATENT], _patent(held, record), strict=True))
    return dict(zip(COLUMNS[Subject.TRADEMARK], _trademark(held, record), strict=True))


def _patent(held: models.Record, record: Patent) -> Sequence[Any]:
    narrow = held.patent
    published = sorted(held.publications.all(), key=lambda one: (one.date or date.max, one.pk))
    return (
        held.key,
        "" if held.provisional else derive.shown_number(held),
        record.title,
        codes.label("kind", narrow.kind),
        record.application.date if record.application else None,
        "；".join(one.number for one in published),
        narrow.publication_date,
        narrow.grant_date,
        _names(record.people, Role.APPLICANT),
        _names(record.people, Role.OWNER),
        _names(record.people, Role.INVENTOR),
        _names(record.people, Role.AGENCY),
        "；".join(one.address for one in record.named(Role.APPLICANT) if one.address),
        "；".join(one.symbol for one in record.symbols),
        patent_now(narrow).zh,
        BASIS_NAMES[Basis(narrow.status_basis)],
        narrow.expiry_date,
        record.abstract,
    )


def _trademark(held: models.Record, record: Trademark) -> Sequence[Any]:
    narrow = held.trademark
    return (
        held.key,
        record.registration_number or record.number,
        record.mark,
        "；".join(str(one.nice) for one in record.goods),
        "；".join(group for one in record.goods for group in one.groups),
        "；".join(one.text or "、".join(one.items) for one in record.goods),
        _names(record.people, Role.APPLICANT),
        "；".join(one.address for one in record.people if one.address and one.role is Role.APPLICANT),
        _names(record.people, Role.AGENCY),
        record.filing_date,
        record.preliminary_publication_date,
        record.registration_date,
        narrow.valid_to,
        trademark_now(narrow).zh,
        BASIS_NAMES[Basis(narrow.status_basis)],
    )


def _names(people: Sequence[Person], role: Role) -> str:
    return "；".join(one.name for one in people if one.role is role)
