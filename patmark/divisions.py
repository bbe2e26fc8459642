"""Places as the state codes them (GB/T 2260): names, parents, history; each entry with the days it was in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from patmark.tables import day_or_none, shipped_rows
from patmark.text import fold


class Level(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"
    TOWN = "town"


_LEVELS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWN}
#: Endings that people leave out, longest first; what is left must keep two characters.
_ENDINGS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "地区",
    "林区",
    "省",
    "市",
    "县",
    "盟",
    "旗",
)
_PEOPLES = re.compile(
    "(?:土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|景颇族|白族|傈僳族|回族|蒙古族|朝鲜族|黎族|满族|瑶族|畲族|水族|"
    "仡佬族|拉祜族|佤族|布朗族|纳西族|独龙族|怒族|普米族|仫佬族|毛南族|裕固族|哈萨克族|保安族|东乡族|撒拉族|土族|锡伯|达斡尔族|"
    "各族|蒙古|哈萨克|柯尔克孜|塔吉克)+自治(?:州|县|旗)$"
)
#: Names of the statistics that stand for the city or province itself and never in an address.
_NO_NAMES = {"市辖区": "", "县": "所属县", "省直辖县级行政区划": "省直辖县", "自治区直辖县级行政区划": "区直辖县"}


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """One entry: a code with a name during a time. `id` is the whole number indexes hold, `short` what people say.

    Entries are compared as objects: every gazetteer holds each of its entries once.
    """

    code: str
    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    level: Level = Level.COUNTY
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    id: int = 0
    source: str = ""

    def holds(self, on: date) -> bool:
        """Whether the entry was in force on a day; an open end holds for ever."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


def region_of_row(row: Mapping[str, str]) -> Region:
    """An entry from a table row; only `code` and `name` must be there, the rest is told from them."""
    code = row["code"].strip()
    level = Level(row["level"]) if row.get("level") else _level_of(code)
    name = row["name"].strip()
    return Region(
        code=code,
        name=name,
        short=row.get("short") or _short(name, level),
        aliases=(*_spoken(name), *(one for one in (row.get("aliases") or "").split("|") if one)),
        level=level,
        parent=row.get("parent") or (code[:6] if level is Level.TOWN else code[: max(0, len(code) - 2)]),
        valid_from=day_or_none(row.get("valid_from") or ""),
        valid_to=day_or_none(row.get("valid_to") or ""),
        successor=row.get("successor") or "",
        id=int(row.get("id") or code),
        source=row.get("source") or "",
    )


def _level_of(code: str) -> Level:
    # The statistics number development zones as counties 71 to 79.
    return Level.ZONE if len(code) == 6 and code[4] == "7" else _LEVELS[len(code)]


def _short(name: str, level: Level) -> str:
    if level in (Level.TOWN, Level.ZONE):
        return ""
    if _PEOPLES.search(name):
        return _PEOPLES.sub("", name)
    short = next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), "")
    return short if len(short) >= 2 else ""


def _spoken(name: str) -> tuple[str, ...]:
    """恩施土家族苗族自治州 is spoken of as 恩施州."""
    short = _PEOPLES.sub("", name)
    return (short + name[-1],) if short != name and name[-1] != "旗" else ()


class Divisions:
    """The tree of places. Entries given first win over later ones with the same code (except those that have ended)."""

    def __init__(self, entries: Iterable[Region]) -> None:
        self._entries: dict[str, list[Region]] = {}
        for entry in entries:
            known = self._entries.setdefault(entry.code, [])
            # The same code again is another time of the place, unless it only repeats an entry or the open one.
            again = any(one.name == entry.name or one.valid_to is None for one in known)
            if not again or (entry.valid_to is not None and all(one.valid_to != entry.valid_to for one in known)):
                known.append(entry)
        self.entries = tuple(_named(entry, self._entries) for known in self._entries.values() for entry in known)
        self._now = {one.code: one for one in self.entries if one.valid_to is None}
        self._last = {one.code: one for one in self.entries} | self._now
        # A zone with a local code shares the number of the township-level unit it is linked to, and bears it.
        self._ids = {one.id: one for one in sorted(self._last.values(), key=lambda one: one.level is not Level.TOWN)}
        self._before: dict[str, list[Region]] = {}
        for one in self.entries:
            if one.successor:
                self._before.setdefault(one.successor, []).append(one)

    def region(self, code: str | int) -> Region | None:
        """The entry of a code or of an index's whole number: the one in force now, else the last one."""
        return self._ids.get(code) if isinstance(code, int) else self._last.get(_bare(code))

    def name(self, code: str | int) -> str:
        """The Chinese name of a code (`340881` → `桐城市`); empty when the code is unknown."""
        found = self.region(code)
        return found.name if found else ""

    def path(self, code: str | int) -> tuple[Region, ...]:
        """The place and what it lies in, the smallest first: `340881` → 桐城市, 安庆市, 安徽省."""
        found = self.region(code)
        steps: list[Region] = []
        while found is not None and found not in steps:
            steps.append(found)
            found = self.region(found.parent) if found.parent else None
        return tuple(steps)

    def full_name(self, code: str | int) -> str:
        """The name with everything above it: `340881` → `安徽省安庆市桐城市`."""
        names = list(dict.fromkeys(one.name for one in reversed(self.path(code))))
        return "".join(names)

    def units(self, city: str, on: date | None = None) -> tuple[Region, ...]:
        """The counties of a city, then its zones, by code, on a day (none: now): Anqing's twelve units."""
        inside = [one for one in self.entries if one.parent == city and one.level in (Level.COUNTY, Level.ZONE)]
        held = [one for one in inside if (one.holds(on) if on else one.valid_to is None)]
        return tuple(sorted(held, key=lambda one: (one.level is Level.ZONE, one.code)))

    def on(self, region: Region, day: date | None) -> Region:
        """The entry under which the same place stood on a day (none: stands now); itself where nothing is known."""
        if day is None:
            return self._today(region)
        if region.holds(day):
            return region
        line = self.line(region)
        return next((one for one in line if one.holds(day)), line[-1] if line else region)

    def _today(self, region: Region) -> Region:
        return self._follow(region) if region.successor else region

    def _follow(self, region: Region) -> Region:
        seen = {region}
        while region.valid_to is not None and region.successor:
            following = self._now.get(region.successor) or self._last.get(region.successor)
            if following is None or following in seen:
                break
            region = following
            seen.add(region)
        return region

    def line(self, region: Region) -> tuple[Region, ...]:
        """Every entry the place has stood under, the oldest first: 桐城县 340821, 桐城市 340881."""
        today = self._today(region)
        found: list[Region] = []
        open_ends = [today]
        while open_ends:
            one = open_ends.pop()
            if one not in found:
                found.append(one)
                open_ends.extend(self._before.get(one.code, ()))
        return tuple(sorted(found, key=lambda one: one.valid_to or date.max))

    @cached_property
    def _by_name(self) -> dict[str, list[Region]]:
        names: dict[str, list[Region]] = {}
        for one in self.entries:
            if one.level is Level.TOWN:
                continue
            for name in dict.fromkeys((one.code, one.name, one.short, *one.aliases)):
                if name:
                    names.setdefault(_spelled(name), []).append(one)
        return names

    def find_places(self, name: str) -> tuple[Region, ...]:
        """The places a person may mean by a name, short name, sign of a province or code: 桐城, 桐城市, 340881, 皖.

        Places of today, higher levels first; an old name or code leads to the place as it stands now.
        """
        told = self._by_name.get(_spelled(name)) or self._by_name.get(_spelled(_bare(name)), [])
        order = list(Level)
        today = dict.fromkeys(self._today(one) for one in told)
        return tuple(sorted(today, key=lambda one: (order.index(one.level), one.code)))


def _bare(code: str) -> str:
    """A code without the zeros that fill a province's or city's code to six digits."""
    code = code.strip().upper()
    return code.removesuffix("00").removesuffix("00") if len(code) == 6 and code.isdigit() else code


def _spelled(name: str) -> str:
    return "".join(fold(name).split())


def _named(entry: Region, entries: Mapping[str, list[Region]]) -> Region:
    """The entry with a name of its own where the statistics only say what kind of unit it is."""
    if entry.name not in _NO_NAMES or entry.code[:2] not in entries:
        return entry
    above = entries[entry.code[:2]][0].name
    return Region(entry.code, above + _NO_NAMES[entry.name], level=entry.level, parent=entry.parent, id=entry.id)


def shipped_divisions() -> list[Region]:
    """The entries of the product's own table."""
    return [region_of_row(row) for row in shipped_rows("regions.csv")]
