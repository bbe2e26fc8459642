"""What a patent names: the documents it cites, its priorities, parents and family, each with our record where held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from patmark.errors import BadNumber
from patmark.numbers import parse_application, parse_publication
from patmark.patent import ApplicationNumber, Citation, Patent, Publication
from zhiquan.records import queries
from zhiquan.records.models import Record


@dataclass(frozen=True, slots=True)
class Named:
    """A document a record names; `address` leads to ours, under `title`, where we hold it.

    `category` is that of a search report (X, Y, A …), `by` who named it: examiner, applicant, opponent or empty; `own`
    says that it is this record itself.
    """

    text: str
    date: str = ""
    category: str = ""
    by: str = ""
    title: str = ""
    address: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    citations: tuple[Named, ...]
    priorities: tuple[Named, ...]
    parents: tuple[Named, ...]
    family: tuple[Named, ...]

    @property
    def cited_held(self) -> int:
        return sum(bool(one.address) for one in self.citations)


def related(record: Patent, own: Record) -> Related:
    """Everything a patent names, our own record left without a link to itself."""
    citations = [(_cited_keys(one), one) for one in record.citations]
    applications = [(application_keys(one), one) for one in (*record.priorities, *record.parents)]
    family = [(publication_keys(one), one) for one in record.family]
    every = (keys for keys, _ in (*citations, *applications, *family))
    ours = queries.held(key for keys in every for key in keys)
    named = [_application(one, _link(_first(keys, ours), own)) for keys, one in applications]
    return Related(
        citations=tuple(_citation(one, _link(_first(keys, ours), own)) for keys, one in citations),
        priorities=tuple(named[: len(record.priorities)]),
        parents=tuple(named[len(record.priorities) :]),
        family=tuple(_publication(one, _link(_first(keys, ours), own)) for keys, one in family),
    )


def publication_keys(one: Publication) -> tuple[str, ...]:
    """The keys a publication is held under: with its kind letter, then without."""
    try:
        found = parse_publication(one.number, one.country, one.kind)
    except BadNumber:
        return ()
    return tuple(dict.fromkeys((found.key, found.stem)))


def application_keys(one: ApplicationNumber) -> tuple[str, ...]:
    """The key an application is held under; nothing where no rule reads its number."""
    try:
        return (parse_application(one.number, one.country).key,)
    except BadNumber:
        return ()


def _cited_keys(one: Citation) -> tuple[str, ...]:
    return publication_keys(one.publication) if one.publication else ()


def _first(keys: Iterable[str], ours: Mapping[str, Record]) -> Record | None:
    return next((ours[key] for key in keys if key in ours), None)


@dataclass(frozen=True, slots=True)
class _Link:
    title: str = ""
    address: str = ""
    own: bool = False


def _link(ours: Record | None, own: Record) -> _Link:
    if ours is None or ours == own:
        return _Link(own=ours is not None)
    return _Link(ours.title, reverse("patent", args=[ours.key]))


def _citation(one: Citation, link: _Link) -> Named:
    if one.publication is None:
        return Named(one.text, category=one.category, by=one.by)
    number = f"{one.publication.country}{one.publication.number}{one.publication.kind}"
    return Named(number, _iso(one.publication.date), one.category, one.by, link.title, link.address, link.own)


def _publication(one: Publication, link: _Link) -> Named:
    return _named(f"{one.country}{one.number}{one.kind}", one.date, link)


def _application(one: ApplicationNumber, link: _Link) -> Named:
    return _named(f"{one.country} {one.number}".strip(), one.date, link)


def _named(number: str, day: date | None, link: _Link) -> Named:
    return Named(number, _iso(day), title=link.title, address=link.address, own=link.own)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
