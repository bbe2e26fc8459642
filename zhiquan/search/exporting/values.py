"""How values that both subjects have are read from a record: people, places, codes, status, numbers, sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from patmark import codes
from patmark.bodies import body_of
from patmark.classes import parse_symbol
from patmark.errors import BadNumber, BadSymbol
from patmark.fields import Subject
from patmark.lifecycle import BASIS_NAMES, LIVES, Basis, StatusRow
from patmark.mark_status import MARK_STATUS_IDS, MARK_STATUSES, MARK_TURNS
from patmark.numbers import display, parse_application
from patmark.patent import ApplicationNumber, Publication, Role
from patmark.status import PATENT_STATUS_IDS, PATENT_STATUSES, PATENT_TURNS, at
from zhiquan.records.matching import publication_key
from zhiquan.search.exporting.held import Held, Value

_BASIS_ENGLISH = {
    Basis.EVENT: "official event",
    Basis.COMPUTED: "computed from dates",
    Basis.IMPORTED: "words of the source",
    Basis.NONE: "none",
}
#: The form in which nearly every number of an Anqing record is held; the others go the long way.
_CN_KEY = re.compile(r"CN(?:\d{8}|20\d{10})[\dX]")

#: The same of a symbol: nothing but a space is to be taken from it.
_IPC = re.compile(r"[A-H]\d\d[A-Z] ?[1-9]\d{0,3}/\d{2,6}")


def names(role: Role) -> Callable[[Held], Value]:
    """The names of the people of one role."""
    return lambda held: [one.name for one in held.document.people if one.role is role]


def addresses(held: Held) -> Value:
    return distinct(one.address for one in held.people(Role.APPLICANT))


def postcodes(held: Held) -> Value:
    return distinct(one.postcode for one in held.people(Role.APPLICANT))


def credit_codes(held: Held) -> Value:
    return distinct(one.uscc for one in held.document.people)


def bodies(held: Held) -> Value:
    """What kind of body each applicant is."""
    kinds = [body_of(one.name, one.country).kind.value for one in held.people(Role.APPLICANT)]
    return distinct(coded(held, "ptype", kind) for kind in kinds)


def countries(held: Held) -> Value:
    return distinct(one.country for one in held.people(Role.APPLICANT))


def province(held: Held) -> Value:
    return held.scene.place(_above(held.narrow.place, 2))


def city(held: Held) -> Value:
    return held.scene.place(_above(held.narrow.place, 4))


def county(held: Held) -> Value:
    return held.scene.place(_above(held.narrow.place, 6))


def zone(held: Held) -> Value:
    return held.scene.place(held.narrow.zone)


def _above(place: int | None, digits: int) -> int | None:
    """The division a place lies in, by the length of its GB/T 2260 code; None where the place is wider than that."""
    text = str(place or "")
    return int(text[:digits]) if len(text) >= digits else None


def office(held: Held) -> Value:
    return held.narrow.office


def kind(table: str) -> Callable[[Held], Value]:
    return lambda held: _named(held, table, held.narrow.kind)


def _named(held: Held, table: str, code: int) -> str:
    def name(value: int) -> str:
        row = next(one for one in codes.TABLES[table] if one.code == value)
        return held.scene.said(row.zh, row.en)

    return held.scene.kept(table, code, name)


def coded(held: Held, table: str, value: str) -> str:
    """The words for a value of a closed list."""
    return _named(held, table, codes.code_of(table, value))


def now(held: Held) -> StatusRow:
    """The status of today: what the events gave, turned on by the calendar."""
    narrow, scene = held.narrow, held.scene
    turned = (narrow.status, narrow.ends)
    found = scene.statuses.get(turned)
    if found is None:
        found = scene.statuses[turned] = _now(scene.subject, narrow.status, narrow.ends, scene.today)
    return found


def _now(subject: Subject, status: int, ends: date | None, today: date) -> StatusRow:
    if subject is Subject.PATENT:
        return PATENT_STATUSES[at(PATENT_STATUS_IDS[status].status, ends, today, PATENT_TURNS)]
    return MARK_STATUSES[at(MARK_STATUS_IDS[status].status, ends, today, MARK_TURNS)]


def status(held: Held) -> Value:
    row = now(held)
    return held.scene.said(row.zh, row.en)


def life(held: Held) -> Value:
    row = LIVES[now(held).life]
    return held.scene.said(row.zh, row.en)


def basis(held: Held) -> Value:
    one = Basis(held.narrow.basis)
    return held.scene.said(BASIS_NAMES[one], _BASIS_ENGLISH[one])


def events(held: Held) -> Value:
    """The legal events in their order: the day, then the words, or the code where there are none."""
    ordered = sorted(held.document.events, key=lambda one: one.date or one.effective or date.max)
    return [" ".join(part for part in (str(one.date or ""), one.title or one.code) if part) for one in ordered]


def number(held: Held) -> str:
    """The application number as people write it; empty where the record has none of its own."""
    if held.provisional:
        return ""
    key = held.key
    if held.scene.subject is Subject.TRADEMARK:
        return key.removeprefix("CN")
    if _CN_KEY.fullmatch(key):
        return f"{key[:-1]}.{key[-1]}"
    try:
        return display(parse_application(key))
    except BadNumber:
        return key


def application(one: ApplicationNumber) -> str:
    """A number of another application, its office in front."""
    return one.number if one.number.startswith(one.country) else f"{one.country}{one.number}"


def publication(one: Publication, of: str) -> str:
    """A publication's full number: office, serial, kind letter."""
    country = one.country or of
    if country == "CN" and one.kind and one.number.isdecimal() and 7 <= len(one.number) <= 9:
        return f"CN{one.number}{one.kind}"
    return publication_key(country, one.number, one.kind)[1] if one.number else ""


def symbol(scheme: str, printed: str) -> str:
    """A symbol without the spaces of its source, so that the same class always reads the same."""
    return printed.replace(" ", "") if _IPC.fullmatch(printed) else _read_symbol(scheme, printed)


@lru_cache(maxsize=16_384)
def _read_symbol(scheme: str, printed: str) -> str:
    try:
        return parse_symbol(scheme, printed).key
    except BadSymbol:
        return printed


def files(held: Held) -> Value:
    """The names of the files anything of it came in."""
    return distinct(held.scene.files.get(one, "") for one in held.files)


def data_date(held: Held) -> Value:
    return held.document.data_date


def invented(held: Held) -> Value:
    return held.scene.said("演示数据", "demonstration data") if held.invented else ""


def link(held: Held) -> Value:
    """The address of the record's page."""
    page = "patents" if held.scene.subject is Subject.PATENT else "trademarks"
    return f"{held.scene.address}/{page}/{quote(held.key, safe='')}/"


def year(day: date | None) -> int | None:
    return day.year if day else None


def distinct(values: Iterable[str]) -> list[str]:
    """Each value once, in order, without empty ones."""
    return [value for value in dict.fromkeys(values) if value]
