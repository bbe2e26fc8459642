"""Who files in the invented city: firms with credit codes and addresses, schools and institutes, persons, agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from patmark.credit_code import organisation_check, uscc_check
from patmark.demo.draws import Draw, Ladder, stride
from patmark.demo.words import table, trades
from patmark.industries import industry

FIRMS = 1_500
#: Persons who file for themselves, over all industries.
_PERSONS = 600
#: Share of firms that sit where the plan wants their industry [DESIGN].
_AT_HOME = 0.7
_FIRM, _PERSON, _SCHOOL = 1, 2, 3
#: Codes of zones are no GB/T 2260 codes: their firms are registered with the city.
_CITY = "340800"
_FORMS = Ladder.of((("有限公司", 80.0), ("实业有限公司", 9.0), ("股份有限公司", 5.0), ("（安庆）有限公司", 6.0)))
_COOPERATIVE = "种植专业合作社"


@dataclass(frozen=True, slots=True)
class Unit:
    """One of the twelve units: `town` is how firms call it, `begin` how its addresses begin."""

    code: str
    begin: str
    town: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody who files. `uscc` is empty for persons; `inventors` invent for it; `unit`: where it sits."""

    name: str
    address: str
    postcode: str
    uscc: str
    unit: str
    inventors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency and the names of its agents."""

    name: str
    code: str
    agents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """Everybody: firms by industry with their share of filings, other bodies, persons, agencies."""

    firms: tuple[Body, ...]
    by_industry: Mapping[str, Ladder[Body]]
    others: Ladder[Body]
    persons: tuple[Body, ...]
    agencies: Ladder[Agency]


@cache
def city() -> City:
    """The invented city, always the same."""
    names = table("names")
    units = {one["code"]: Unit(one["code"], one["begin"], one["town"], one["postcode"]) for one in names["unit"]}
    shares = Ladder.of((units[one["code"]], float(one["share"])) for one in names["unit"])
    maker = _Maker(names, units, shares)
    pairs = [maker.firm(number) for number in range(FIRMS)]
    by_industry = {
        key: Ladder.of((body, 1.0 / (3 + rank)) for rank, body in enumerate(b for k, b in pairs if k == key))
        for key in trades().values
    }
    return City(
        tuple(body for _, body in pairs),
        by_industry,
        Ladder.of((maker.body(number, one), float(one["share"])) for number, one in enumerate(names["body"])),
        tuple(maker.person(number) for number in range(_PERSONS)),
        Ladder.of((maker.agency(number, one), float(one["share"])) for number, one in enumerate(names["agency"])),
    )


class _Maker:
    """Makes the bodies of the city from the lists of names."""

    def __init__(self, names: Mapping[str, Any], units: Mapping[str, Unit], shares: Ladder[Unit]) -> None:
        self._units, self._shares = units, shares
        self._words = {one["industry"]: one["words"].split() for one in names["trade"]}
        self._first, self._second = names["first"].split(), names["second"].split()
        self._surnames: list[str] = names["surnames"].split()
        self._given: list[str] = names["given"].split()
        self._streets, self._parks = names["streets"].split(), names["parks"].split()

    def firm(self, number: int) -> tuple[str, Body]:
        """(industry, firm): each has a brand of two characters that no other firm has."""
        draw = Draw(_FIRM, number)
        key = draw.on(trades())
        home = industry(key).units
        unit = self._units[draw.pick(home)] if draw.chance(_AT_HOME) else draw.on(self._shares)
        place = number * stride(len(self._first) * len(self._second)) % (len(self._first) * len(self._second))
        brand = self._first[place % len(self._first)] + self._second[place // len(self._first)]
        front = "安徽" if draw.chance(0.5) else unit.town
        if key == "foods" and draw.chance(0.25):
            name, entity = f"{unit.town}{brand}{_COOPERATIVE}", "93"
        else:
            name, entity = f"{front}{brand}{draw.pick(self._words[key])}{draw.on(_FORMS)}", "91"
        code = _credit_code(entity, unit.code, number)
        return key, Body(name, self._address(draw, unit), unit.postcode, code, unit.code, self._people(draw, 4, 12))

    def body(self, number: int, one: Mapping[str, Any]) -> Body:
        draw = Draw(_SCHOOL, number)
        unit = self._units[one["unit"]]
        code = _credit_code(one["entity"], unit.code, 900_000 + number)
        address = self._address(draw, unit, park=False)
        return Body(one["name"], address, unit.postcode, code, unit.code, self._people(draw, 40, 60))

    def person(self, number: int) -> Body:
        draw = Draw(_PERSON, number)
        unit = draw.on(self._shares)
        name = self._name(draw)
        address = f"{unit.begin}{draw.pick(self._streets)}{draw.between(1, 180)}号"
        return Body(name, address, unit.postcode, "", unit.code, (name,))

    def agency(self, number: int, one: Mapping[str, Any]) -> Agency:
        return Agency(one["name"], one["code"], self._people(Draw(_SCHOOL, 1_000 + number), 6, 14))

    def _address(self, draw: Draw, unit: Unit, *, park: bool = True) -> str:
        street = f"{unit.begin}{draw.pick(self._streets)}{draw.between(1, 399)}号"
        return f"{street}{draw.pick(self._parks)}{draw.between(1, 18)}栋" if park and draw.chance(0.4) else street

    def _people(self, draw: Draw, least: int, most: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._name(draw) for _ in range(draw.between(least, most))))

    def _name(self, draw: Draw) -> str:
        given = draw.pick(self._given)
        return draw.pick(self._surnames) + given + (draw.pick(self._given) if draw.chance(0.72) else "")


def _credit_code(entity: str, unit: str, number: int) -> str:
    """A valid code nobody has: organisation codes beginning with YY are not given out [K]."""
    organisation = f"YY{number:06d}"
    body = entity + (unit if unit.isdigit() and unit[4] != "7" else _CITY) + organisation
    body += organisation_check(organisation)
    return body + uscc_check(body)
