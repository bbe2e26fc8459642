"""What the front page shows: how much is held and how new, the newest of the city, its counties and industries."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patmark.engines.base import Sort
from patmark.errors import EngineDown
from patmark.fields import Subject
from patmark.industries import Industry, industries
from patmark.lifecycle import StatusRow
from patmark.regions import Level
from zhiquan.records.derive import shown_number
from zhiquan.records.models import PartyLink, Record
from zhiquan.records.reference import gazetteer
from zhiquan.records.standing import patent_now, trademark_now
from zhiquan.search.answers import Answer, FacetRow, FacetView, ask, today
from zhiquan.search.labels import code_name, said

#: Seconds for which a front page that took longer than QUICK to count is shown again.
QUICK, KEEP = 0.02, 60
#: Newest records of each subject; counties listed (Anqing has ten and two zones).
NEWEST, COUNTIES = 6, 14
PAGES = {Subject.PATENT: "search", Subject.TRADEMARK: "trademarks"}
#: The day by which the newest are told, and its column.
DAYS = {Subject.PATENT: ("pd", "publication_date"), Subject.TRADEMARK: ("fd", "filing_date")}


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with what it counts, the search that opens it, and the newest day among the counted (`of`: which day)."""

    what: str
    count: int
    address: str
    of: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """A record as one line; `day` is when it was published, of a trademark when it was filed."""

    title: str
    address: str
    number: str
    kind: str
    applicant: str
    day: date | None
    status: str
    life: str


@dataclass(frozen=True, slots=True)
class Chain:
    """An industry of the city with how many records its queries find."""

    name: str
    places: tuple[str, ...]
    patents: Figure
    marks: Figure


@dataclass(frozen=True, slots=True)
class Front:
    """`examples` are searches that find something now. Without an index `built` is false and the rest is empty.

    What is shown for a while has a `stamp` of its own, by which the page made of it is kept as long.
    """

    built: bool = False
    figures: tuple[Figure, ...] = ()
    patents: tuple[Newest, ...] = ()
    marks: tuple[Newest, ...] = ()
    counties: tuple[Figure, ...] = ()
    chains: tuple[Chain, ...] = ()
    examples: tuple[Figure, ...] = ()
    all_patents: str = ""
    all_marks: str = ""
    stamp: str = ""

    @property
    def empty(self) -> bool:
        return self.built and not any(one.count for one in self.figures)


def front() -> Front:
    """The front page now; of large indexes at most a minute ago."""
    key = f"front:{settings.ZHIQUAN_SEARCH_FOLDER}:{get_language()}".replace(" ", "_")
    kept = cache.get(key)
    if isinstance(kept, Front):
        return kept
    began = time.monotonic()
    try:
        found = _front()
    except EngineDown:
        return Front()
    if time.monotonic() - began > QUICK:
        found = replace(found, stamp=secrets.token_hex(8))
        cache.set(key, found, KEEP)
    return found


def _front() -> Front:
    city = _city()
    here = f"city:{city}" if city else ""
    patents = ask(here, Subject.PATENT, sort=Sort("pd"), limit=NEWEST, facets=("dist", "pa", "sub"), top=COUNTIES)
    marks = ask(here, Subject.TRADEMARK, sort=Sort("fd"), limit=NEWEST, facets=("nice",), top=1)
    shown = _newest(Subject.PATENT, patents.keys)
    facets = {one.key: one for one in patents.facets}
    return Front(
        built=True,
        figures=(*_kinds(), _marks_held(), *_in_force()),
        patents=shown,
        marks=_newest(Subject.TRADEMARK, marks.keys),
        counties=tuple(_row(Subject.PATENT, row) for row in facets["dist"].rows if row.clause),
        chains=_chains(city),
        examples=_examples(shown, facets, marks),
        all_patents=_address(Subject.PATENT, here, sort="pd"),
        all_marks=_address(Subject.TRADEMARK, here, sort="fd"),
    )


def _city() -> str:
    """The city of the setting by its name in the table of places; empty where it is none."""
    found = [one for one in gazetteer().find_places(settings.ZHIQUAN_CITY) if one.level is Level.CITY]
    return found[0].name if found else ""


def _kinds() -> list[Figure]:
    """Patents of each kind with the newest publication held of it."""
    held = ask("", Subject.PATENT, limit=0, facets=("kind",))
    return [
        Figure(
            row.label,
            row.count,
            _address(Subject.PATENT, row.clause),
            _("最近公布"),
            _newest_day(Subject.PATENT, row.clause),
        )
        for row in sorted(held.facets[0].rows, key=lambda one: one.value)
    ]


def _marks_held() -> Figure:
    total = ask("", Subject.TRADEMARK, limit=0, facets=()).total
    day = _newest_day(Subject.TRADEMARK, "") if total else None
    return Figure(_("商标"), total, _address(Subject.TRADEMARK, ""), _("最近申请"), day)


def _in_force() -> list[Figure]:
    """Patents in force today, as the calendar has it."""
    held = ask("", Subject.PATENT, limit=0, facets=("life",))
    return [
        Figure(_("有效专利"), row.count, _address(Subject.PATENT, row.clause), _("计至"), today())
        for row in held.facets[0].rows
        if row.word == "alive"
    ]


def _newest_day(subject: Subject, query: str) -> date | None:
    sort, column = DAYS[subject]
    keys = ask(query, subject, sort=Sort(sort), limit=1, facets=()).keys
    table = "patent" if subject is Subject.PATENT else "trademark"
    found = Record.objects.filter(pk__in=keys).values_list(f"{table}__{column}", flat=True).first()
    return found if isinstance(found, date) else None


def _newest(subject: Subject, keys: Sequence[int]) -> tuple[Newest, ...]:
    live = Record.objects.filter(pk__in=keys, state=Record.State.LIVE)
    rows = {one.pk: one for one in live.select_related("patent", "trademark")}
    links = PartyLink.objects.filter(record__in=keys, role=PartyLink.Role.APPLICANT, rank=1)
    names = dict(links.values_list("record_id", "party__name"))
    return tuple(_line(subject, rows[key], names.get(key, "")) for key in keys if key in rows)


def _line(subject: Subject, row: Record, applicant: str) -> Newest:
    now: StatusRow
    if subject is Subject.PATENT:
        now, kind, page = patent_now(row.patent), code_name("kind", row.patent.kind), "patent"
        day = row.patent.publication_date
    else:
        now, kind, page, day = trademark_now(row.trademark), "", "trademark", row.trademark.filing_date
    return Newest(
        title=(row.title or row.key)[:80],
        address=reverse(page, args=[row.key]),
        number=shown_number(row),
        kind=kind,
        applicant=applicant[:40],
        day=day,
        status=said(now.zh, now.en),
        life=now.life,
    )


def _chains(city: str) -> tuple[Chain, ...]:
    """The industries that have their place in this city."""
    places = gazetteer()
    inside = {one.code[:4] for one in places.find_places(city) if one.level is Level.CITY}
    return tuple(_chain(one, city) for one in industries() if one.units and one.units[0][:4] in inside)


def _chain(one: Industry, city: str) -> Chain:
    name = said(one.zh, one.en)
    units = tuple(place for place in (gazetteer().name(unit) for unit in one.units) if place)
    counted = []
    for subject, query, what in (
        (Subject.PATENT, one.query, _("专利")),
        (Subject.TRADEMARK, one.mark_query, _("商标")),
    ):
        here = f"({query}) AND city:{city}"
        counted.append(Figure(what, ask(here, subject, limit=0, facets=()).total, _address(subject, here)))
    return Chain(name, units, *counted)


def _examples(newest: Sequence[Newest], facets: Mapping[str, FacetView], marks: Answer) -> tuple[Figure, ...]:
    """One search of each common sort, taken from what is held so that it finds something."""
    found = [Figure(one.number, 1, _address(Subject.PATENT, one.number)) for one in newest[:1]]
    found += [_row(Subject.PATENT, row) for key in ("pa", "dist", "sub") for row in facets[key].rows[:1] if row.clause]
    return (*found, *(_row(Subject.TRADEMARK, row) for row in marks.facets[0].rows[:1] if row.clause))


def _row(subject: Subject, row: FacetRow) -> Figure:
    return Figure(row.label, row.count, _address(subject, row.clause))


def _address(subject: Subject, query: str, **more: str) -> str:
    return f"{reverse(PAGES[subject])}?{urlencode({'q': query or '*', **more})}"
