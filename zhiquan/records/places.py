"""Where an address lies once people have a say: their decisions win over the rule, and what is open is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings

from patmark.divisions import Level, Region
from patmark.regions import Basis, Gazetteer, Place
from patmark.text import fold


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person said about an address: the number of the place and of the zone in it; none: outside all of them."""

    place: int | None
    zone: int | None = None


def address_key(address: str, postcode: str = "") -> int:
    """The number under which an address is decided: the same for the same words, whatever their width and spaces."""
    words = "".join(fold(address).split()) + "|" + "".join(fold(postcode).split())
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


class DecidedPlaces(Gazetteer):
    """A gazetteer that answers for the addresses people have decided, and asks the rule for all others."""

    def __init__(self, places: Gazetteer, decisions: Mapping[int, Settled]) -> None:
        self.__dict__.update(places.__dict__)
        self.decisions = decisions

    def locate(self, address: str, postcode: str = "", on: date | None = None) -> Place:
        settled = self.decisions.get(address_key(address, postcode))
        return super().locate(address, postcode, on) if settled is None else self._told(settled, on)

    def _told(self, settled: Settled, on: date | None) -> Place:
        region = self.region(settled.place) if settled.place else None
        zone = self.region(settled.zone) if settled.zone else None
        if region is None:
            return Place(basis=Basis.HAND, zone=zone.code if zone else "", ids=(0, 0, 0, zone.id if zone else 0))
        levels = {one.level: one for one in self.path(self.on(region, on).code)}
        above = [levels.get(level) for level in (Level.PROVINCE, Level.CITY, Level.COUNTY)]
        province, city, county, outskirts = (_code_and_id(one) for one in (*above, zone))
        ids = (province[1], city[1], county[1], outskirts[1])
        return Place(province[0], city[0], county[0], outskirts[0], basis=Basis.HAND, ids=ids)


def _code_and_id(region: Region | None) -> tuple[str, int]:
    return (region.code, region.id) if region else ("", 0)


def question(places: Gazetteer, place: Place, address: str, postcode: str) -> int | None:
    """The key of an address of which a person should say where it lies, or has said so; None for a clear one.

    Open are doubtful places, and those that say this site's city and none of its counties.
    """
    vague = place.city and not place.county and not place.zone and place.city == home_city(places)
    return address_key(address, postcode) if place.doubtful or vague or place.basis is Basis.HAND else None


def home_city(places: Gazetteer) -> str:
    """The code of the city this site is for; empty where its name is no city's, or nobody knows its counties."""
    return _city_named(places, settings.ZHIQUAN_CITY)


@lru_cache(maxsize=8)
def _city_named(places: Gazetteer, name: str) -> str:
    city = next((one for one in places.find_places(name) if one.level is Level.CITY), None)
    return city.code if city and places.units(city.code) else ""
