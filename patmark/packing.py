"""How a record is kept as bytes: positional JSON, compressed when that pays, with a version byte in front.

Every stored statement goes through here, so the code is written out field by field. The order of values below IS the
stored form: new fields are appended at the end of their list (a missing tail reads as the default), never inserted.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterable
from datetime import date
from typing import Any

import orjson

from patmark.errors import BadRecord
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Event,
    Localised,
    Patent,
    PatentKind,
    Person,
    Picture,
    Publication,
    Role,
    Section,
    Symbol,
)
from patmark.trademark import Goods, MarkFeature, MarkKind, Trademark

#: First byte: what the record is and whether the rest is compressed. A changed stored form takes new letters.
PATENT, PATENT_ZLIB, TRADEMARK, TRADEMARK_ZLIB = b"p", b"P", b"t", b"T"
#: Below this size (bytes of JSON) compressing costs more than it saves: a quarter of an abstract for 80 µs.
COMPRESS_FROM = 2_000
_LEVEL = 1

#: The stored order of fields; a test holds it against the dataclasses.
PATENT_FIELDS = (
    "office", "kind", "application", "publications", "titles", "abstracts", "claims", "claims_lang", "description",
    "description_lang", "people", "symbols", "priorities", "pct_application", "pct_publication", "national_entry",
    "parents", "family", "citations", "events", "pictures", "status_text", "grant_date", "data_date", "claim_count",
    "extra",
)  # fmt: skip
TRADEMARK_FIELDS = (
    "office", "kind", "feature", "number", "registration_number", "mark", "mark_transliteration", "mark_translation",
    "mark_description", "goods", "nice_edition", "people", "filing_date", "preliminary_publication_date",
    "preliminary_publication_issue", "registration_date", "registration_publication_issue", "valid_from", "valid_to",
    "international_registration_date", "designation_date", "priorities", "vienna", "colours", "disclaimer", "shared",
    "events", "pictures", "status_text", "data_date", "extra",
)  # fmt: skip

#: A list of JSON values; its shape is the order written in this file.
Row = list[Any]

_PATENT_KINDS = {one.value: one for one in PatentKind}
_ROLES = {one.value: one for one in Role}
_MARK_KINDS = {one.value: one for one in MarkKind}
_FEATURES = {one.value: one for one in MarkFeature}
_day = date.fromisoformat


def dump(record: Patent | Trademark) -> bytes:
    """The record as bytes; `load` gives back an equal one. Values JSON cannot hold raise `BadRecord`."""
    is_patent = isinstance(record, Patent)
    try:
        packed = orjson.dumps(_patent_row(record) if isinstance(record, Patent) else _trademark_row(record))
    except orjson.JSONEncodeError as fault:
        raise BadRecord(
            "记录里有无法保存的内容（残缺的字符或过大的数）。", mend="请更正原文件的编码或该数值后重新导入。"
        ) from fault
    if len(packed) < COMPRESS_FROM:
        return (PATENT if is_patent else TRADEMARK) + packed
    return (PATENT_ZLIB if is_patent else TRADEMARK_ZLIB) + zlib.compress(packed, _LEVEL)


def load(packed: bytes, leave: tuple[int, ...] = ()) -> Patent | Trademark:
    """The record that `dump` was given; anything else raises `BadRecord`.

    `leave` (of `leaving`) names what of a patent is not wanted: it stays empty, and is not built.
    """
    letter, body = packed[:1], packed[1:]
    try:
        if letter == PATENT_ZLIB:
            return _patent(orjson.loads(zlib.decompress(body)), leave)
        if letter == PATENT:
            return _patent(orjson.loads(body), leave)
        if letter == TRADEMARK_ZLIB:
            return _trademark(orjson.loads(zlib.decompress(body)))
        if letter == TRADEMARK:
            return _trademark(orjson.loads(body))
    except (zlib.error, ValueError, TypeError, KeyError, IndexError, AttributeError) as fault:
        raise BadRecord("保存的记录已损坏，无法读出。", mend="请从原文件重新导入。") from fault
    raise BadRecord("保存的记录属于未知版本，无法读出。", mend="请升级程序后再读，或从原文件重新导入。")


def leaving(wanted: Container[str]) -> tuple[int, ...]:
    """What `load` is to leave of a patent where only these of its fields are wanted; its kind is always there."""
    return tuple(at for at, name in enumerate(PATENT_FIELDS) if name not in wanted and name != "kind")


def _trimmed(row: Row) -> Row:
    """The row without its empty tail; what is missing reads as the default."""
    while row and not row[-1] and type(row[-1]) is not int:
        row.pop()
    return row


def _patent_row(p: Patent) -> Row:
    return _trimmed(
        [
            p.office,
            p.kind,
            _number_row(p.application),
            [_publication_row(one) for one in p.publications],
            [(one.text, one.lang) for one in p.titles],
            [(one.text, one.lang) for one in p.abstracts],
            [(one.number, one.text, one.depends_on) for one in p.claims],
            p.claims_lang,
            [(one.text, one.part, one.heading) for one in p.description],
            p.description_lang,
            [_person_row(one) for one in p.people],
            [(one.scheme, one.symbol, one.main, one.version) for one in p.symbols],
            [_number_row(one) for one in p.priorities],
            _number_row(p.pct_application),
            _publication_row(p.pct_publication),
            p.national_entry,
            [_number_row(one) for one in p.parents],
            [_publication_row(one) for one in p.family],
            [(one.text, _publication_row(one.publication), one.category, one.by) for one in p.citations],
            [_event_row(one) for one in p.events],
            [_picture_row(one) for one in p.pictures],
            p.status_text,
            p.grant_date,
            p.data_date,
            p.claim_count,
            p.extra,
        ]
    )


def _patent(row: Row, leave: tuple[int, ...]) -> Patent:
    row += [None] * (len(PATENT_FIELDS) - len(row))
    for at in leave:
        row[at] = None
    return Patent(
        row[0] or "",
        _PATENT_KINDS[row[1] or "unknown"],
        _number(row[2]),
        tuple([_publication(one) for one in row[3] or ()]),
        tuple([Localised(*one) for one in row[4] or ()]),
        tuple([Localised(*one) for one in row[5] or ()]),
        tuple([Claim(number, text, tuple(depends)) for number, text, depends in row[6] or ()]),
        row[7] or "",
        tuple([Section(*one) for one in row[8] or ()]),
        row[9] or "",
        tuple([_person(one) for one in row[10] or ()]),
        tuple([Symbol(*one) for one in row[11] or ()]),
        _numbers(row[12]),
        _number(row[13]),
        _maybe_publication(row[14]),
        row[15] and _day(row[15]),
        _numbers(row[16]),
        tuple([_publication(one) for one in row[17] or ()]),
        tuple([Citation(text, _maybe_publication(it), category, by) for text, it, category, by in row[18] or ()]),
        tuple([_event(one) for one in row[19] or ()]),
        tuple([Picture(*one) for one in row[20] or ()]),
        row[21] or "",
        row[22] and _day(row[22]),
        row[23] and _day(row[23]),
        row[24],
        _pairs(row[25]),
    )


def _trademark_row(t: Trademark) -> Row:
    return _trimmed(
        [
            t.office,
            t.kind,
            t.feature,
            t.number,
            t.registration_number,
            t.mark,
            t.mark_transliteration,
            t.mark_translation,
            t.mark_description,
            [(one.nice, one.text, one.groups, one.items) for one in t.goods],
            t.nice_edition,
            [_person_row(one) for one in t.people],
            t.filing_date,
            t.preliminary_publication_date,
            t.preliminary_publication_issue,
            t.registration_date,
            t.registration_publication_issue,
            t.valid_from,
            t.valid_to,
            t.international_registration_date,
            t.designation_date,
            [_number_row(one) for one in t.priorities],
            t.vienna,
            t.colours,
            t.disclaimer,
            t.shared,
            [_event_row(one) for one in t.events],
            [_picture_row(one) for one in t.pictures],
            t.status_text,
            t.data_date,
            t.extra,
        ]
    )


def _trademark(row: Row) -> Trademark:
    row += [None] * (len(TRADEMARK_FIELDS) - len(row))
    goods = [Goods(nice, text, tuple(groups), tuple(items)) for nice, text, groups, items in row[9] or ()]
    return Trademark(
        row[0] or "",
        _MARK_KINDS[row[1] or "trademark"],
        _FEATURES[row[2] or "unknown"],
        row[3] or "",
        row[4] or "",
        row[5] or "",
        row[6] or "",
        row[7] or "",
        row[8] or "",
        tuple(goods),
        row[10] or "",
        tuple([_person(one) for one in row[11] or ()]),
        row[12] and _day(row[12]),
        row[13] and _day(row[13]),
        row[14] or "",
        row[15] and _day(row[15]),
        row[16] or "",
        row[17] and _day(row[17]),
        row[18] and _day(row[18]),
        row[19] and _day(row[19]),
        row[20] and _day(row[20]),
        _numbers(row[21]),
        tuple(row[22] or ()),
        row[23] or "",
        row[24] or "",
        bool(row[25]),
        tuple([_event(one) for one in row[26] or ()]),
        tuple([Picture(*one) for one in row[27] or ()]),
        row[28] or "",
        row[29] and _day(row[29]),
        _pairs(row[30]),
    )


def _number_row(one: ApplicationNumber | None) -> Row | None:
    return None if one is None else [one.country, one.number, one.date]


def _number(row: Row | None) -> ApplicationNumber | None:
    return None if row is None else ApplicationNumber(row[0], row[1], row[2] and _day(row[2]))


def _numbers(rows: Iterable[Row] | None) -> tuple[ApplicationNumber, ...]:
    return tuple([ApplicationNumber(row[0], row[1], row[2] and _day(row[2])) for row in rows or ()])


def _publication_row(one: Publication | None) -> Row | None:
    return None if one is None else [one.country, one.number, one.kind, one.date]


def _publication(row: Row) -> Publication:
    return Publication(row[0], row[1], row[2], row[3] and _day(row[3]))


def _maybe_publication(row: Row | None) -> Publication | None:
    return None if row is None else _publication(row)


def _person_row(one: Person) -> Row:
    return _trimmed([one.name, one.role, one.address, one.postcode, one.country, one.code, one.uscc, one.original_name])


def _person(row: Row) -> Person:
    return Person(row[0], _ROLES[row[1]], *row[2:])


def _event_row(one: Event) -> Row:
    return _trimmed([one.code, one.country, one.date, one.effective, one.title, one.detail])


def _event(row: Row) -> Event:
    row += [None] * (6 - len(row))
    return Event(
        row[0] or "", row[1] or "", row[2] and _day(row[2]), row[3] and _day(row[3]), row[4] or "", row[5] or ""
    )


def _picture_row(one: Picture) -> Row:
    return [one.file, one.role, one.media_type, one.member]


def _pairs(rows: Iterable[Row] | None) -> tuple[tuple[str, str], ...]:
    return tuple([(name, value) for name, value in rows or ()])
