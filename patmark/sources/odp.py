"""USPTO Open Data Portal (JSON): applications, their parts, search results and lists of documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import orjson

from patmark.errors import BadFile, BadRecord
from patmark.patent import ApplicationNumber, Localised, Patent, PatentKind
from patmark.sources.base import LIMITS, Kind, Limits, Read, Source
from patmark.sources.json_head import load, tells_json
from patmark.sources.json_ledger import JsonLedger, Object, objects
from patmark.sources.odp_parts import (
    continuity,
    events,
    foreign_priorities,
    own_number,
    people,
    publications,
    symbols,
    transfers,
)
from patmark.sources.several import Found
from patmark.sources.uspto_transfers import owners

_BAGS = ("patentBag", "patentFileWrapperDataBag", "patentdata")
_DOCUMENTS = "documentBag"
_KINDS = {"utility": PatentKind.INVENTION, "design": PatentKind.DESIGN, "plant": PatentKind.PLANT}
_KINDS |= {"utl": PatentKind.INVENTION, "des": PatentKind.DESIGN, "plt": PatentKind.PLANT}
_PARTS = {
    "transactionContentBag": "审查过程（transactionContentBag）",
    "eventDataBag": "审查过程（eventDataBag）",
    "assignmentBag": "转让登记（assignmentBag）",
    "recordAttorney": "代理人（recordAttorney）",
    "foreignPriorityBag": "外国优先权（foreignPriorityBag）",
    "patentTermAdjustmentData": "专利期限调整（patentTermAdjustmentData）",
    "continuityBag": "关联申请（continuityBag）",
}
_MEND = "请改用带 applicationNumberText 的完整申请数据，或把申请号补进这份文件。"


def read(source: Source, limits: Limits = LIMITS) -> Iterator[Read]:
    """Every application of the answer; an item without an application number is refused with the reason."""
    value = load(source, limits)
    if not isinstance(value, dict):
        raise BadFile("这份 JSON 不是 USPTO ODP 的回答：最外层不是对象。", where=source.name)
    index = 0
    for name in _BAGS:
        for item in objects(value.get(name)):
            position = f"第 {index + 1} 件"
            yield Read(index, position, _placed(application(item), {name: [item]}, position))
            index += 1
    for found in documents(objects(value.get(_DOCUMENTS))):
        position = f"第 {index + 1} 件"
        if isinstance(found, BadRecord):
            found.position = position
        yield Read(index, position, found)
        index += 1
    if not index:
        raise BadFile("这份 USPTO ODP 回答里没有一件专利。", where=source.name, mend="请核对查询条件后重新下载。")


def _placed(found: Found, alone: Object, position: str) -> Found:
    """A refusal with the item as an answer of its own, which can be mended and imported again."""
    if isinstance(found, BadRecord):
        raw = orjson.dumps(alone, option=orjson.OPT_INDENT_2).decode()
        return BadRecord(found.sentence, position=position, raw=raw, mend=found.mend)
    return found


def application(item: Object) -> Found:
    """One item as a statement, or the refusal of one that names no application."""
    ledger = JsonLedger()
    data = _merged(item)
    number = ledger.text(data, "applicationNumberText") or own_number(data)
    if not number:
        return BadRecord(f"这件 USPTO ODP 数据{_only(data)}，没有申请号，无法归入任何一件专利。", mend=_MEND)
    filed = ledger.day(data, "filingDate")
    kind = ledger.text(data, "applicationTypeLabelName", "applicationTypeCode").lower()
    title = ledger.text(data, "inventionTitle")
    recorded = transfers(ledger, data)
    related = continuity(ledger, data, number)
    found = Patent(
        office="US",
        kind=_KINDS.get(kind, PatentKind.UNKNOWN),
        application=ApplicationNumber("US", number, filed),
        publications=publications(ledger, data),
        titles=(Localised(title, "en"),) if title else (),
        people=(*people(ledger, data), *owners(recorded)),
        symbols=symbols(ledger, data),
        priorities=(*foreign_priorities(ledger, data), *related.priorities),
        pct_application=related.pct,
        parents=related.parents,
        events=(*events(ledger, data), *(one.event for one in recorded)),
        status_text=ledger.text(data, "applicationStatusDescriptionText"),
        grant_date=ledger.day(data, "grantDate"),
        data_date=ledger.day(data, "lastIngestionDateTime"),
    )
    return replace(found, extra=ledger.rest(data))


def _merged(item: Object) -> Object:
    """The item with its `applicationMetaData`, where newer answers keep what older ones had at the top."""
    meta = item.get("applicationMetaData")
    return {**meta, **{key: one for key, one in item.items() if one is not meta}} if isinstance(meta, dict) else item


def _only(data: Object) -> str:
    parts = [words for name, words in _PARTS.items() if data.get(name)]
    return f"只有{'、'.join(parts)}" if parts else "里没有著录项目"


def documents(items: list[Object]) -> Iterator[Found]:
    """The file wrapper's documents by application: a list in `extra`, since a paper in the file is no legal event."""
    lists: dict[str, list[tuple[str, str]]] = {}
    lost: list[Object] = []
    for item in items:
        ledger = JsonLedger()
        number = ledger.text(item, "applicationNumberText")
        if number:
            names = ("documentCode", "documentCodeDescriptionText", "directionCategory", "documentIdentifier")
            official = ledger.day(item, "officialDate")
            parts = [official.isoformat() if official else "", *(ledger.text(item, name) for name in names)]
            lists.setdefault(number, []).append((_DOCUMENTS, " ".join(part for part in parts if part)))
        else:
            lost.append(item)
    if lost:
        sentence = f"文件清单里有 {len(lost)} 份文件没有申请号，无法归入任何一件专利。"
        yield _placed(BadRecord(sentence, mend=_MEND), {_DOCUMENTS: [*lost]}, "")
    for number, extra in lists.items():
        yield Patent(office="US", application=ApplicationNumber("US", number), extra=tuple(extra))


KINDS = (Kind("uspto_odp", "USPTO ODP（JSON）", tells_json(*_BAGS, _DOCUMENTS), read),)
