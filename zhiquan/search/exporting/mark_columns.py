"""The columns of trademarks: every field of the table of fields, and what an export needs beside them."""

from __future__ import annotations

from collections.abc import Callable

from patmark.fields import Subject, field
from patmark.patent import Role
from zhiquan.search.exporting import values
from zhiquan.search.exporting.held import Column, Group, Held, Value


def _of(key: str, group: Group, of: Callable[[Held], Value], *, usual: bool = False) -> Column:
    row = field(Subject.TRADEMARK, key)
    return Column(key, row.zh, row.en, of, (), usual, group)


def _registration(held: Held) -> Value:
    return held.mark.registration_number or values.number(held)


def _classes(held: Held) -> Value:
    return values.distinct(f"{one.nice:02d}" for one in held.mark.goods if one.nice)


def _groups(held: Held) -> Value:
    return values.distinct(group for one in held.mark.goods for group in one.groups)


def _goods(held: Held) -> Value:
    return values.distinct(one.text or "、".join(one.items) for one in held.mark.goods)


TRADEMARK_COLUMNS: tuple[Column, ...] = (
    Column("key", "号码", "number", lambda held: held.key, (), True, Group.NUMBERS),
    _of("rn", Group.NUMBERS, _registration, usual=True),
    _of("mark", Group.NUMBERS, lambda held: held.mark.mark, usual=True),
    _of("kind", Group.NUMBERS, values.kind("mark_kind"), usual=True),
    _of("nice", Group.CLASSES, _classes, usual=True),
    _of("sg", Group.CLASSES, _groups, usual=True),
    _of("goods", Group.CLASSES, _goods, usual=True),
    _of("vc", Group.CLASSES, lambda held: list(held.mark.vienna)),
    _of("hol", Group.WHO, values.names(Role.APPLICANT), usual=True),
    _of("rep", Group.WHO, values.names(Role.AGENCY), usual=True),
    _of("ptype", Group.WHO, values.bodies),
    _of("uscc", Group.WHO, values.credit_codes),
    _of("addr", Group.WHERE, values.addresses, usual=True),
    Column("zip", "邮编", "postcode", values.postcodes, (), False, Group.WHERE),
    _of("prov", Group.WHERE, values.province),
    _of("city", Group.WHERE, values.city),
    _of("dist", Group.WHERE, values.county, usual=True),
    _of("zone", Group.WHERE, values.zone),
    _of("cc", Group.NUMBERS, values.office),
    _of("fd", Group.DAYS, lambda held: held.narrow.filed, usual=True),
    _of("fdy", Group.DAYS, lambda held: values.year(held.narrow.filed)),
    _of("pub1", Group.DAYS, lambda held: held.narrow.announced, usual=True),
    _of("rd", Group.DAYS, lambda held: held.narrow.granted, usual=True),
    _of("rdy", Group.DAYS, lambda held: values.year(held.narrow.granted)),
    Column("begin", "专用期起", "begin of term", lambda held: held.mark.valid_from, (), False, Group.DAYS),
    _of("exp", Group.DAYS, lambda held: held.narrow.ends, usual=True),
    _of("st", Group.STATUS, values.status, usual=True),
    _of("life", Group.STATUS, values.life, usual=True),
    Column("basis", "状态依据", "basis of the status", values.basis, (), True, Group.STATUS),
    Column("since", "状态起算日", "status since", lambda held: held.narrow.since, (), False, Group.STATUS),
    Column("ev", "法律事件", "legal events", values.events, (), False, Group.STATUS),
    _of("src", Group.MORE, values.files),
    Column("day", "数据日期", "date of the data", values.data_date, (), False, Group.MORE),
    Column("sample", "演示数据", "demonstration data", values.invented, (), False, Group.MORE),
    Column("link", "记录页", "page of the record", values.link, (), False, Group.MORE),
)
