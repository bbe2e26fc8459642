"""Where an address lies: province, city, county, zone, told by its words and postcode, on the filing day or today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from patmark.divisions import Divisions, Level, Region, region_of_row, shipped_divisions
from patmark.tables import shipped_rows
from patmark.text import fold

__all__ = ["Basis", "Gazetteer", "Level", "Place", "Region", "region_of_row", "shipped_gazetteer"]


class Basis(StrEnum):
    """What a place was told by."""

    WORDS = "words"
    POSTCODE = "postcode"
    BOTH = "words+postcode"
    CODE = "code"
    HAND = "hand"
    NONE = "none"


BASIS_NAMES = {
    Basis.WORDS: "地址文字",
    Basis.POSTCODE: "邮政编码",
    Basis.BOTH: "地址文字与邮政编码",
    Basis.CODE: "国省代码",
    Basis.HAND: "人工认定",
    Basis.NONE: "无",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies, as codes (empty: unknown); `ids` are the same four as whole numbers for an index (0: none).

    `zone` stands beside the county that contains it. `reasons` say in Chinese why the place is `doubtful`.
    """

    province: str = ""
    city: str = ""
    county: str = ""
    zone: str = ""
    basis: Basis = Basis.NONE
    doubtful: bool = False
    reasons: tuple[str, ...] = ()
    ids: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def code(self) -> str:
        """The finest code known, zones aside."""
        return self.county or self.city or self.province

    def unit(self, *, exclusive: bool) -> str:
        """The unit to count under: with `exclusive` a zone is taken out of its county, else it counts in the county."""
        return self.zone if self.zone and (exclusive or not self.county) else self.county


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words (and the postcode) said, before the day is considered."""

    province: Region | None = None
    city: Region | None = None
    county: Region | None = None
    zone: Region | None = None
    basis: Basis = Basis.NONE
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    """An address on its way: how far it has been read, inside what, and what was found and doubted so far."""

    text: str
    hint: Region | None
    at: int = 0
    scope: str = ""
    behind_city: str = ""
    found: dict[Level, Region] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


_NOTHING = _Words()
_CJK = re.compile("[\u4e00-\u9fff]")
_POSTCODE = re.compile(r"^\D{0,3}?(\d{6})(?!\d)|(?:邮编|邮政编码)\D{0,2}(\d{6})(?!\d)")
_LEAD = re.compile(r"^(?:[\s,.;:()·|/-]|\d{6}(?!\d)|cn(?=\W|$)|china|p\.?r\.?c|中国(?!香港|澳门|台湾)|中华人民共和国)+")
#: What makes the short name of a place a street or school that is only called after it.
_NOT_A_PLACE = re.compile(r"(?:[东西南北中]?[一二三四五六]?[路街道巷弄桥]|大道|镇|乡|村|大厦)")
_OWN_ZONE = re.compile(r"(?:经济|工业|高新)")
#: How far behind the city a county's full name is looked for when it does not stand right there.
_WINDOW, _LONGEST, _SHORTEST = 14, 14, 2
#: The last character of a city's or county's full name, and of a township's: only there a name can end.
_END = re.compile("[市区县旗盟州]")
_TOWN_END = re.compile("[镇乡道处场区局]")
_MUNICIPALITIES = {"11": "1101", "12": "1201", "31": "3101", "50": "5001"}
_WHOLE = ""
#: Provinces whose districts no table here lists; a district read there is theirs, whatever it is called.
_UNKNOWN_INSIDE = frozenset({"71", "81", "82"})


class Gazetteer(Divisions):
    """The tree of places with its postcodes and zone words; one object serves a whole process (reads are cached)."""

    def __init__(self, entries: Iterable[Region]) -> None:
        super().__init__(entries)
        self._full: dict[str, dict[str, list[Region]]] = {}
        self._brief: dict[str, dict[str, list[Region]]] = {}
        self._towns: dict[str, dict[str, list[Region]]] = {}
        for one in self.entries:
            self._enter(one)
        self._heads = {scope: self._heads_of(scope) for scope in self._full}
        self._postcodes = {row["prefix"]: row["code"] for row in shipped_rows("postcodes.csv")}
        patterns: dict[tuple[str, str], list[str]] = {}
        for row in shipped_rows("zone_words.csv"):
            patterns.setdefault((row["city"], row["zone"]), []).append(fold(row["pattern"]))
        self._zone_words: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for (city, zone), words in patterns.items():
            self._zone_words.setdefault(city, []).append((zone, re.compile("|".join(words))))
        self._read = lru_cache(maxsize=16_384)(self._read_words)
        self._today_of = lru_cache(maxsize=16_384)(self._locate_today)
        self._up = cache(self._up_from)

    def _enter(self, one: Region) -> None:
        """Enter an entry's names into the scopes in which an address may name it."""
        if one.level is Level.TOWN:
            above = self.path(one.code)
            city = next((each.code for each in above if each.level is Level.CITY), "")
            self._towns.setdefault(city, {}).setdefault(fold(one.name), []).append(one)
            return
        if one.level is Level.ZONE:
            return
        scopes = dict.fromkeys((one.parent, one.code[:2] if one.level is not Level.PROVINCE else _WHOLE, _WHOLE))
        for scope in scopes:
            self._full.setdefault(scope, {}).setdefault(fold(one.name), []).append(one)
            for name in (one.short, *one.aliases):
                if len(name) >= _SHORTEST:
                    self._brief.setdefault(scope, {}).setdefault(fold(name), []).append(one)
            if one.level is Level.COUNTY and one.name.endswith("区") and len(one.name) > _SHORTEST:
                self._brief.setdefault(scope, {}).setdefault(fold(one.name[:-1]), []).append(one)

    def _heads_of(self, scope: str) -> dict[str, list[tuple[str, bool, list[Region]]]]:
        """A scope's names by their first two characters, longest first, with whether the name is a full one."""
        heads: dict[str, list[tuple[str, bool, list[Region]]]] = {}
        for full, names in ((True, self._full[scope]), (False, self._brief.get(scope, {}))):
            for name, named in names.items():
                heads.setdefault(name[:_SHORTEST], []).append((name, full, named))
        for known in heads.values():
            known.sort(key=lambda one: (-len(one[0]), not one[1]))
        return heads

    def extended(self, rows: Iterable[Mapping[str, str]]) -> Gazetteer:
        """A gazetteer that also knows the places of a table with `code` and `name`; what is known already stays."""
        return Gazetteer((*self.entries, *(region_of_row(row) for row in rows)))

    def locate(self, address: str, postcode: str = "", on: date | None = None) -> Place:
        """Where an address lies on a day (none: today). Words decide; the postcode fills in and raises doubts.

        1. Province, city, county are read one behind the other, in full or in short.
        2. A name of several places is settled by what follows it or by the postcode, else it is doubtful.
        3. A district's full name or a township is looked for a little further on.
        4. Zone words; 5. the postcode; 6. the codes of the day asked for.
        """
        return self._place_of(self._read(address, postcode), on) if on else self._today_of(address, postcode)

    def _locate_today(self, address: str, postcode: str) -> Place:
        return self._place_of(self._read(address, postcode), None)

    def locate_code(self, cell: str, on: date | None = None) -> Place:
        """Where a 国省代码 cell of an export points to (`安徽;34`, `34(安徽)`, `中国,安徽`): words before digits."""
        text = fold(cell)
        told = [found for word in re.findall("[\u4e00-\u9fff]+", text) for found in self.find_places(word)]
        if not told:
            told = [found for code in re.findall(r"\d+", text) for found in self.find_places(code)]
        if not told:
            return Place()
        return self._place_of(self._up(told[-1], Basis.CODE), on)

    def locate_postcode(self, postcode: str, on: date | None = None) -> Place:
        """Where a postcode lies, as far as its first digits tell."""
        found = self._of_postcode(postcode)
        return self._place_of(self._up(found, Basis.POSTCODE), on) if found else Place()

    # -- reading words ------------------------------------------------------------------------------------------

    def _read_words(self, address: str, postcode: str) -> _Words:
        if not postcode:
            found = _POSTCODE.search(address)
            postcode = (found[1] or found[2]) if found else ""
        hint = self._of_postcode(postcode) if postcode else None
        words = self._walk(address, hint) if _CJK.search(address) else _NOTHING
        if hint is None:
            return words
        if words.basis is Basis.NONE:
            filled = self._up(hint, Basis.POSTCODE)
            return _Words(filled.province, filled.city, filled.county, None, filled.basis, words.reasons)
        return self._compared(words, hint, postcode)

    def _walk(self, address: str, hint: Region | None) -> _Words:
        text = "".join(fold(address).split())
        lead = _LEAD.match(text)
        walk = _Walk(text[lead.end() :] if lead else text, hint)
        while Level.COUNTY not in walk.found:
            named, end = self._match(walk.text, walk.at, walk.scope)
            if not named and walk.scope != _WHOLE:
                named, end = self._elsewhere(walk)
            one = self._pick(named, walk.text, end, hint)
            if one is None:
                if named:
                    walk.reasons.append(self._many(walk.text[walk.at : end], named))
                break
            if one.level in walk.found:
                break
            walk.found[one.level] = one
            walk.at, walk.scope = end, one.code
            if one.level is Level.CITY:
                walk.behind_city = walk.text[end:]
        if Level.COUNTY not in walk.found:
            self._look_ahead(walk)
        return self._with_zone(walk)

    def _match(self, text: str, at: int, scope: str) -> tuple[list[Region], int]:
        """The places whose name stands at a position, longest name first; short names only where no street follows."""
        for name, full, named in self._heads.get(scope, {}).get(text[at : at + _SHORTEST], ()):
            end = at + len(name)
            if not text.startswith(name, at) or (not full and _NOT_A_PLACE.match(text, end)):
                continue
            # 迎江寺 is no 迎江区, but 迎江经济开发区 lies in it.
            urban = not full and all(one.level is Level.COUNTY and one.name[-1] == "区" for one in named)
            if not urban or _OWN_ZONE.match(text, end):
                return named, end
        return [], at

    def _elsewhere(self, walk: _Walk) -> tuple[list[Region], int]:
        """A full name right here that belongs to another place than the one just read: taken, and doubted."""
        ends = [match.end() for match in _END.finditer(walk.text, walk.at, walk.at + _LONGEST)]
        for wider in (walk.scope[:2], _WHOLE) if walk.scope not in _UNKNOWN_INSIDE else ():
            for end in reversed(ends):
                named = self._full.get(wider, {}).get(walk.text[walk.at : end], [])
                named = [one for one in named if one.level is not Level.PROVINCE and one.level not in walk.found]
                if len({self._today(one) for one in named}) == 1:
                    one, before = named[0], self.name(walk.scope)
                    walk.reasons.append(f"地址先写“{before}”，而“{one.name}”属{self.full_name(one.parent)}")
                    return named, end
        return [], walk.at

    def _pick(self, named: list[Region], text: str, end: int, hint: Region | None) -> Region | None:
        """The one place meant by a name: one only, or settled by what follows, or by the postcode."""
        if len(named) == 1:
            return named[0]
        if len({self._today(one) for one in named}) <= 1 and not any(one.level is Level.CITY for one in named[1:]):
            return named[0] if named else None
        level = named[0].level
        if level is Level.PROVINCE:
            return named[0]
        followed = [one for one in named if one.level is Level.CITY and self._match(text, end, one.code)[0]]
        current = [one for one in named if one.valid_to is None]
        near = [one for one in named if hint is not None and self._together(one, hint)]
        for choice in (followed, near, named, current):
            if len({self._today(one) for one in choice}) == 1:
                return choice[0]
        cities = [one for one in current if one.level is Level.CITY]
        return cities[0] if len(cities) == 1 else None

    def _together(self, one: Region, hint: Region) -> bool:
        """Whether two places lie one in the other, or in the same city or province as far as both are known."""
        length = min(len(one.code), len(hint.code), 6)
        return any(each.code[:length] == hint.code[:length] for each in self.line(one))

    def _many(self, word: str, named: list[Region]) -> str:
        above = list(dict.fromkeys(self.full_name(one.parent) for one in named if one.valid_to is None))
        return f"“{word}”不止一处（{'、'.join(above[:4])}{'等' if len(above) > 4 else ''}），地址未写明上级地名"

    def _look_ahead(self, walk: _Walk) -> None:
        """A county's full name a little further on, else a township of the city."""
        text, found = walk.text, walk.found
        scope = next((found[level].code for level in (Level.CITY, Level.PROVINCE) if level in found), _WHOLE)
        for start, end in _spans(text, walk.at, _END):
            one = self._pick(self._full.get(scope, {}).get(text[start:end], []), text, end, walk.hint)
            if one is not None and one.level not in found and one.level is not Level.PROVINCE:
                found[one.level] = one
                if one.level is Level.COUNTY:
                    return
        towns = self._towns.get(found[Level.CITY].code, {}) if Level.CITY in found else {}
        for start, end in _spans(text, walk.at, _TOWN_END) if towns else ():
            named = towns.get(text[start:end], [])
            if len({one.parent for one in named}) == 1:
                self._take_town(named[0], found)
            elif named:
                walk.reasons.append(self._many(text[start:end], named))
            if named:
                return

    def _take_town(self, town: Region, found: dict[Level, Region]) -> None:
        above = self.region(town.parent)
        if above is not None:
            found.setdefault(above.level, above)

    def _with_zone(self, walk: _Walk) -> _Words:
        found, reasons = walk.found, walk.reasons
        city = found.get(Level.CITY)
        zone = found.get(Level.ZONE) or (self._zone(city, walk) if city else None)
        county = found.get(Level.COUNTY)
        # The 高新区 is a township-level unit of the statistics (its id), so it tells its district too.
        if county is None and zone is not None and zone.id >= 10**8:
            county = self.region(str(zone.id)[:6])
        smallest = county or city or found.get(Level.PROVINCE)
        if smallest is None:
            return _Words(reasons=tuple(reasons))
        above = self._up(smallest, Basis.WORDS)
        return _Words(above.province, above.city or city, county, zone, Basis.WORDS, tuple(reasons))

    def _zone(self, city: Region, walk: _Walk) -> Region | None:
        for code, pattern in self._zone_words.get(city.code, ()):
            if pattern.search(walk.behind_city) or pattern.search(walk.text):
                return self.region(code)
        return None

    # -- postcodes, days ----------------------------------------------------------------------------------------

    def _of_postcode(self, postcode: str) -> Region | None:
        digits = fold(postcode).strip()
        if len(digits) != 6 or not digits.isdigit():
            return None
        code = next((self._postcodes[digits[:end]] for end in range(6, 1, -1) if digits[:end] in self._postcodes), "")
        return self.region(code) if code else None

    def _compared(self, words: _Words, hint: Region, postcode: str) -> _Words:
        """The words with what the postcode adds, or doubted where the two cannot both be right."""
        smallest = words.county or words.city or words.province
        if smallest is None:
            return words
        agree = any(self._together(one, hint) for one in (smallest, words.city or smallest)) or any(
            self._together(smallest, one) for one in self.line(hint)
        )
        if not agree:
            reason = (
                f"邮政编码 {postcode.strip()} 属{self.full_name(hint.code)}，地址文字属{self.full_name(smallest.code)}"
            )
            return _Words(words.province, words.city, words.county, words.zone, Basis.WORDS, (*words.reasons, reason))
        if len(hint.code) > len(smallest.code):
            finer = self._up(hint, Basis.BOTH)
            return _Words(finer.province, finer.city, finer.county, words.zone, Basis.BOTH, words.reasons)
        return words

    def _up_from(self, region: Region, basis: Basis) -> _Words:
        """A place with the places it lies in."""
        levels = {one.level: one for one in reversed(self.path(region.code))}
        levels[region.level] = region
        return _Words(
            levels.get(Level.PROVINCE), levels.get(Level.CITY), levels.get(Level.COUNTY), levels.get(Level.ZONE), basis
        )

    def _place_of(self, words: _Words, on: date | None) -> Place:
        """The codes of the day: a county that moved takes its city of that day along."""
        if words.basis is Basis.NONE:
            return Place(doubtful=bool(words.reasons), reasons=words.reasons)
        county = self.on(words.county, on) if words.county else None
        city = self.on(words.city, on) if words.city else None
        if city is not None and city.level is not Level.CITY:
            county, city = county or city, None
        if county is not None:
            city = self.region(county.parent) or city
        province = self.region(county.code[:2]) if county else words.province
        if city is None and province is not None:
            city = self.region(_MUNICIPALITIES.get(province.code, ""))
        return Place(
            province=province.code if province else "",
            city=city.code if city else "",
            county=county.code if county else "",
            zone=words.zone.code if words.zone else "",
            basis=words.basis,
            doubtful=bool(words.reasons),
            reasons=words.reasons,
            ids=(_id(province), _id(city), _id(county), _id(words.zone)),
        )


def _spans(text: str, at: int, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches a little behind a position in which a name may stand: earlier ends first, longer ones first."""
    for match in ends.finditer(text, at, at + _WINDOW):
        for start in range(max(at, match.end() - _LONGEST), match.end() - _SHORTEST):
            yield start, match.end()


def _id(region: Region | None) -> int:
    return region.id if region else 0


@cache
def shipped_gazetteer() -> Gazetteer:
    """The gazetteer of the product's own table: provinces, Anhui in full, Anqing with its history and zones."""
    return Gazetteer(shipped_divisions())
