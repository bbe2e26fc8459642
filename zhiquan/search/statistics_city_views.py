"""The city's statistics: indicators, charts, a table by county and year, each number with its records; definitions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patmark.fields import Subject
from zhiquan.search.answers import meant, today
from zhiquan.search.holdings import holdings
from zhiquan.search.index import engine
from zhiquan.search.statistics import KEEP, Cell, figure, newest
from zhiquan.search.statistics_city import ALIVE, ByUnit, City, Unit, by_unit, city, years
from zhiquan.search.statistics_definitions import DEFINITIONS
from zhiquan.search.statistics_files import csv_answer
from zhiquan.search.statistics_indicators import HighValue, PerPeople, Tables, high_value, per_people, tables
from zhiquan.search.statistics_views import Picture, picture_of, script_address
from zhiquan.search.statistics_wanted import Wanted


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at the top: what, how many with its records, when, and where its definition stands."""

    what: str
    count: Cell
    when: str
    definition: str
    doubtful: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page of one year shows, kept until a record, the day or a table changes."""

    name: str
    placed: bool
    year: int
    years: tuple[int, ...]
    table: ByUnit
    patent_tiles: tuple[Tile, ...]
    mark_tiles: tuple[Tile, ...]
    people: PerPeople
    high_value: HighValue
    charts: tuple[Picture, ...]
    provenance: tuple[tuple[str, str], ...]


@require_safe
def city_page(request: HttpRequest) -> HttpResponse:
    """The statistics of the city, of the year asked for or the last one that is complete."""
    of, held = city(), tables()
    year = _year(request, years(of))
    changes = [engine(subject).sequence for subject in Subject]
    asked = (settings.ZHIQUAN_SEARCH_FOLDER, of.query, year, changes, today(), get_language(), held, __file__)
    key = "city:" + hashlib.sha256(repr(asked).encode()).hexdigest()
    shown = cache.get(key)
    if not isinstance(shown, Shown):
        shown = _shown(of, year, held)
        cache.set(key, shown, KEEP)
    context = {
        "title": _("%(city)s统计") % {"city": shown.name},
        "shown": shown,
        "faults": held.faults,
        "charts_script": script_address(),
    }
    return render(request, "search/city.html", context)


@require_safe
def city_table(request: HttpRequest) -> HttpResponse:
    """The table by county as CSV."""
    of = city()
    table = by_unit(of, _year(request, years(of)))
    name = f"{of.region.code if of.region else 'all'}-{table.year}"
    return csv_answer(name, _rows(of, table, tables(), f"{request.scheme}://{request.get_host()}"))


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """What every number means, with its source."""
    return render(request, "search/definitions.html", {"title": _("统计口径"), "definitions": DEFINITIONS})


def _year(request: HttpRequest, known: Sequence[int]) -> int:
    """The year asked for where something happened in it, else the last one that is complete, else the newest."""
    wanted = next((one for one in known if str(one) == request.GET.get("year")), None)
    complete = (newest(Subject.PATENT) or today()).year - 1
    return wanted or next((one for one in known if one <= complete), next(iter(known), today().year))


def _shown(of: City, year: int, held: Tables) -> Shown:
    table = by_unit(of, year)
    people, valued = per_people(of, held), high_value(of, held)
    return Shown(
        name=of.name,
        placed=of.region is not None,
        year=year,
        years=years(of),
        table=table,
        patent_tiles=_patent_tiles(table, people, valued),
        mark_tiles=_mark_tiles(table),
        people=people,
        high_value=valued,
        charts=_charts(of),
        provenance=_provenance(of),
    )


def _patent_tiles(table: ByUnit, people: PerPeople, valued: HighValue) -> tuple[Tile, ...]:
    filed, granted, alive = table.whole.parts[:3]
    year, now = str(table.year), str(today())
    held = holdings(Subject.PATENT)
    unseen = held.unseen is not None and held.until is not None and table.year >= held.until.year - 1
    ratio = "—" if people.value is None else f"{people.value:.2f}"
    return (
        Tile(_("专利申请"), filed[-1], year, "filed", unseen),
        Tile(_("专利授权"), granted[-1], year, "granted"),
        Tile(_("有效专利"), alive[-1], now, "alive"),
        Tile(_("有效发明专利"), alive[0], now, "alive"),
        Tile(_("每万人口发明专利"), people.count, now, "per-people", people.people is None, ratio),
        Tile(_("高价值发明专利（可判定的）"), valued.sure, now, "high-value"),
    )


def _mark_tiles(table: ByUnit) -> tuple[Tile, ...]:
    filed, registered, alive = (part[-1] for part in table.whole.parts[3:])
    year, now = str(table.year), str(today())
    return (
        Tile(_("商标申请"), filed, year, "marks-filed"),
        Tile(_("商标注册"), registered, year, "marks-registered"),
        Tile(_("有效注册商标"), alive, now, "marks-alive"),
    )


def _charts(of: City) -> tuple[Picture, ...]:
    patent, mark = Subject.PATENT, Subject.TRADEMARK
    wanted = (
        (_("专利申请，按申请年和类型"), of.asked(patent), Wanted("ady", "kind")),
        (_("专利授权，按授权公告年和类型"), of.asked(patent), Wanted("gdy", "kind")),
        (_("有效专利，按县（市、区）和类型"), of.asked(patent, life=(ALIVE,)), Wanted("dist", "kind")),
        (_("有效专利，按县（市、区）和 IPC 部"), of.asked(patent, life=(ALIVE,)), Wanted("dist", "sec")),
        (_("商标申请，按申请年和有效性"), of.asked(mark), Wanted("fdy", "life")),
        (_("有效商标，按国际分类"), of.asked(mark, life=(ALIVE,)), Wanted("nice", top=10)),
    )
    return tuple(picture_of(figure(asked, meant(asked), one), name, half=True) for name, asked, one in wanted)


def _provenance(of: City) -> tuple[tuple[str, str], ...]:
    """What all numbers of the page have in common."""
    said = []
    for subject, name in ((Subject.PATENT, _("专利")), (Subject.TRADEMARK, _("商标"))):
        held = holdings(subject)
        loaded = timezone.localtime(held.loaded).strftime("%Y-%m-%d %H:%M") if held.loaded else "—"
        said.append(
            (
                name,
                _("数据截至 %(until)s，最近导入 %(loaded)s；变更号 %(change)s")
                % {"until": held.until or "—", "loaded": loaded, "change": engine(subject).sequence},
            )
        )
    return (
        (_("检索式"), of.query or "*"),
        *said,
        (_("计数单位"), _("专利按件申请，商标按注册号")),
        (_("统计日"), str(today())),
    )


def _rows(of: City, table: ByUnit, held: Tables, host: str) -> Iterable[Sequence[object]]:
    heads = [f"{part.name}·{head}" for part in table.heads for head in part.columns]
    yield [_("地区"), *heads]
    units: list[Unit] = [*table.counties, table.nowhere, table.whole, *table.zones]
    for unit in units:
        name = f"{_('其中')} {unit.name}" if unit.zone else unit.name
        yield [name, *(cell.count for part in unit.parts for cell in part)]
    yield []
    people = per_people(of, held)
    if people.people and people.value is not None:
        rest = f"{people.people.people}（{people.people.day}，{people.people.source}）"
        yield [_("每万人口发明专利"), f"{people.value:.2f}", rest]
    for pair in _provenance(of):
        yield list(pair)
    yield [_("年份"), table.year]
    yield [
        _("说明"),
        _("开发区的件数也计入它所在的区（地址写明了区的），因此不相加。申请、授权、注册是这一年的，有效是统计日的。"),
    ]
    yield [_("网址"), f"{host}{reverse('statistics')}?year={table.year}"]
