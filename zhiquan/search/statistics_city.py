"""The city's numbers: who its units are, and the table of applications, grants and rights in force by unit and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from patmark.cube import Cube
from patmark.divisions import Level, Region
from patmark.fields import Subject
from patmark.lifecycle import LIVES, Life
from patmark.query import write
from patmark.query.tree import Code
from zhiquan.records.reference import gazetteer
from zhiquan.search.answers import meant, today
from zhiquan.search.asked import Asked
from zhiquan.search.labels import Label, labels, said
from zhiquan.search.statistics import Cell, address_of, counted

#: The three kinds of Chinese patents by their codes (patmark/codes.py).
KINDS = (1, 2, 3)
INVENTION = KINDS[0]
ALIVE = LIVES[Life.ALIVE].id


@dataclass(frozen=True, slots=True)
class City:
    """What the city page counts: the records of a place, or without one everything that is held."""

    region: Region | None

    @property
    def name(self) -> str:
        return said(self.region.name, _(settings.ZHIQUAN_CITY)) if self.region else _("全部数据")

    @property
    def query(self) -> str:
        """The query of its records."""
        return write(Code("city", self.region.id, self.region.name)) if self.region else ""

    def asked(self, subject: Subject, **chosen: Sequence[int]) -> Asked:
        """The question for its records that carry these values, as the address of a result carries it."""
        words = (
            (key, tuple(one.word for one in labels(subject, key, values).values())) for key, values in chosen.items()
        )
        return Asked(subject, self.query, chosen=tuple(words))

    @property
    def counties(self) -> tuple[Region, ...]:
        """Its counties as they are today, in the order of their codes."""
        return self._within(Level.COUNTY)

    @property
    def zones(self) -> tuple[Region, ...]:
        """Its development zones, whose records count in their county too."""
        return self._within(Level.ZONE)

    def _within(self, level: Level) -> tuple[Region, ...]:
        if self.region is None:
            return ()
        now = today()
        code = self.region.code
        found = [one for one in gazetteer().entries if one.level is level and one.parent == code and one.holds(now)]
        return tuple(sorted(found, key=lambda one: one.code))


def city() -> City:
    """The city of the setting ZHIQUAN_CITY, where the table of places knows it."""
    now = today()
    found = gazetteer().find_places(settings.ZHIQUAN_CITY)
    return City(next((one for one in found if one.level is Level.CITY and one.holds(now)), None))


@dataclass(frozen=True)
class Part:
    """Some columns of the table: one thing that is counted, by kind where it is patents."""

    name: str
    asked: Asked
    place: str
    cube: Cube
    words: Mapping[str, Mapping[int, Label]]

    @property
    def kinds(self) -> tuple[int, ...]:
        return KINDS if self.asked.subject is Subject.PATENT else ()

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The names of its columns, the last one all together."""
        return (*(self.words["kind"][one].text for one in self.kinds), _("合计"))

    def cells(self, unit: int | None = None) -> tuple[Cell, ...]:
        """The counts of one unit, or of all."""
        here = {} if unit is None else {self.place: unit}
        return (*(self._cell({**here, "kind": one}) for one in self.kinds), self._cell(here))

    def nowhere(self) -> tuple[Cell, ...]:
        """The counts of records whose county nobody knows."""
        unknown: dict[str, int | None] = {self.place: None}
        return tuple(
            Cell(self.cube.at(where)) for where in (*({**unknown, "kind": one} for one in self.kinds), unknown)
        )

    def _cell(self, where: Mapping[str, int]) -> Cell:
        return Cell(self.cube.at(where), address_of(self.asked, where, self.words))


@dataclass(frozen=True, slots=True)
class Unit:
    """A row: a county, a zone, or the whole city; its cells stand part by part."""

    name: str
    parts: tuple[tuple[Cell, ...], ...]
    zone: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a part and of its columns."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByUnit:
    """The table of a year. Zones count within their counties as well, so they stand apart and are not added."""

    year: int
    heads: tuple[Head, ...]
    counties: tuple[Unit, ...]
    nowhere: Unit
    zones: tuple[Unit, ...]
    whole: Unit


def by_unit(of: City, year: int) -> ByUnit:
    """Counts of a year, and of what is in force today, by county and zone. Raises EngineDown."""
    counties, zones = parts(of, year, "dist"), parts(of, year, "zone")
    return ByUnit(
        year=year,
        heads=tuple(Head(part.name, part.heads) for part in counties),
        counties=tuple(Unit(one.name, tuple(part.cells(one.id) for part in counties)) for one in of.counties),
        nowhere=Unit(_("县区不详"), tuple(part.nowhere() for part in counties)),
        zones=tuple(Unit(one.short or one.name, tuple(part.cells(one.id) for part in zones), True) for one in of.zones),
        whole=Unit(of.name, tuple(part.cells() for part in counties)),
    )


def parts(of: City, year: int, place: str) -> tuple[Part, ...]:
    """What is counted of a year and today: three things of patents, then three of marks."""
    patent, mark = Subject.PATENT, Subject.TRADEMARK
    asked = (
        (_("专利申请"), of.asked(patent, ady=(year,))),
        (_("专利授权"), of.asked(patent, gdy=(year,))),
        (_("有效专利"), of.asked(patent, life=(ALIVE,))),
        (_("商标申请"), of.asked(mark, fdy=(year,))),
        (_("商标注册"), of.asked(mark, rdy=(year,))),
        (_("有效商标"), of.asked(mark, life=(ALIVE,))),
    )
    units = [one.id for one in (of.counties if place == "dist" else of.zones)]
    return tuple(_part(name, question, place, units) for name, question in asked)


def years(of: City) -> tuple[int, ...]:
    """The years in which something of the city was filed, granted or registered, the newest first."""
    found: set[int] = set()
    for subject, keys in ((Subject.PATENT, ("ady", "gdy")), (Subject.TRADEMARK, ("fdy", "rdy"))):
        tree = meant(of.asked(subject)).tree
        for key in keys:
            found.update(counted(subject, tree, (key,)).values(key))
    return tuple(sorted(found, reverse=True))


def _part(name: str, asked: Asked, place: str, units: Sequence[int]) -> Part:
    subject = asked.subject
    by = (place, "kind") if subject is Subject.PATENT else (place,)
    words = {place: labels(subject, place, units), "kind": labels(subject, "kind", KINDS)}
    return Part(name, asked, place, counted(subject, meant(asked).tree, by), words)
