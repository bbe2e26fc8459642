"""The columns a list of records may show: what each is called, and how it is read from a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from patmark.fields import Subject
from patmark.patent import Patent, Person, Role
from patmark.regions import Gazetteer
from patmark.trademark import Trademark
from zhiquan.records.derive import shown_number
from zhiquan.records.models import Record
from zhiquan.records.reference import gazetteer
from zhiquan.records.standing import patent_now, trademark_now
from zhiquan.search.labels import code_name, field_name, said

#: Names said of one role in a list; the record page has them all.
NAMES = 3
CLASSES = 6


class Places:
    """The names of places, looked up once a page."""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return gazetteer()

    def name(self, place: int | None) -> str:
        """The finest place known; empty for none."""
        return self.gazetteer.name(place) if place else ""


@dataclass(frozen=True, slots=True)
class Held:
    """A record with its narrow row and the document merged from its statements."""

    row: Record
    document: Patent | Trademark
    places: Places


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of records: the key of its field, its name in the reader's language, its value."""

    key: str
    name: str
    of: Callable[[Held], str]


def columns(subject: Subject, keys: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these keys in their order; a key that is none is left out."""
    known = _COLUMNS[subject]
    return tuple(Column(key, _name(subject, key), known[key]) for key in dict.fromkeys(keys) if key in known)


def every_column(subject: Subject) -> tuple[Column, ...]:
    """All columns there are."""
    return columns(subject, tuple(_COLUMNS[subject]))


def _name(subject: Subject, key: str) -> str:
    # What people call it above a list: a record of another office has no county, a code no list of its own.
    return {"dist": _("所在地"), "mipc": _("主分类")}.get(key) or field_name(subject, key)


def _named(people: Iterable[Person], role: Role) -> str:
    names = [one.name for one in people if one.role is role]
    more = _(" 等 %(count)s 个") % {"count": len(names)} if len(names) > NAMES else ""
    return "；".join(names[:NAMES]) + more


def _role(role: Role) -> Callable[[Held], str]:
    return lambda held: _named(held.document.people, role)


def _day(name: str) -> Callable[[Held], str]:
    """A day of the narrow row, which both subjects keep under the same names."""

    def of(held: Held) -> str:
        day: date | None = getattr(_narrow(held.row), name)
        return day.isoformat() if day else ""

    return of


def _narrow(row: Record) -> object:
    return row.patent if "patent" in row._state.fields_cache else row.trademark


def _main_class(held: Held) -> str:
    assert isinstance(held.document, Patent)
    symbols = held.document.symbols
    return next((one.symbol for one in symbols if one.main), symbols[0].symbol if symbols else "")


def _status(held: Held) -> str:
    now = patent_now(held.row.patent) if isinstance(held.document, Patent) else trademark_now(held.row.trademark)
    return said(now.zh, now.en)


def _published(held: Held) -> str:
    assert isinstance(held.document, Patent)
    last = max(held.document.publications, key=lambda one: one.date or date.min, default=None)
    return f"{last.country or held.document.office}{last.number}{last.kind}" if last and last.number else ""


def _nice(held: Held) -> str:
    assert isinstance(held.document, Trademark)
    held_classes = [str(one.nice) for one in held.document.goods]
    return "、".join(held_classes[:CLASSES]) + ("…" if len(held_classes) > CLASSES else "")


def _groups(held: Held) -> str:
    assert isinstance(held.document, Trademark)
    groups = [group for one in held.document.goods for group in one.groups]
    return "、".join(groups[:CLASSES]) + ("…" if len(groups) > CLASSES else "")


_COLUMNS: Mapping[Subject, Mapping[str, Callable[[Held], str]]] = {
    Subject.PATENT: {
        "apno": lambda held: shown_number(held.row),
        "kind": lambda held: code_name("kind", held.row.patent.kind),
        "pa": _role(Role.APPLICANT),
        "ad": _day("filing_date"),
        "pd": _day("publication_date"),
        "gd": _day("grant_date"),
        "exd": _day("expiry_date"),
        "st": _status,
        "mipc": _main_class,
        "dist": lambda held: held.places.name(held.row.patent.place),
        "agc": _role(Role.AGENCY),
        "in": _role(Role.INVENTOR),
        "own": _role(Role.OWNER),
        "pn": _published,
    },
    Subject.TRADEMARK: {
        "rn": lambda held: shown_number(held.row),
        "nice": _nice,
        "sg": _groups,
        "hol": _role(Role.APPLICANT),
        "fd": _day("filing_date"),
        "pub1": _day("preliminary_date"),
        "rd": _day("registration_date"),
        "exp": _day("valid_to"),
        "st": _status,
        "dist": lambda held: held.places.name(held.row.trademark.place),
        "rep": _role(Role.AGENCY),
    },
}
#: What a list says below a title (the status stands beside it), and what a table shows unless told otherwise.
IN_LIST: Mapping[Subject, tuple[str, ...]] = {
    Subject.PATENT: ("apno", "kind", "pa", "ad", "pd", "mipc", "dist", "agc"),
    Subject.TRADEMARK: ("rn", "nice", "hol", "fd", "rd", "exp", "dist", "rep"),
}
IN_TABLE: Mapping[Subject, tuple[str, ...]] = {
    Subject.PATENT: ("apno", "kind", "pa", "ad", "st", "mipc", "dist"),
    Subject.TRADEMARK: ("rn", "nice", "hol", "fd", "st", "dist"),
}
