"""The reference tables that stand loaded: places as one gazetteer, titles of classes and of legal events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max

from patmark import classes
from patmark.regions import Gazetteer, shipped_gazetteer
from zhiquan.records.models import LoadedScheme, PlaceDecision, SchemeEntry
from zhiquan.records.places import DecidedPlaces, Settled

PLACES = ("provinces", "cities", "counties", "towns")
EVENTS = "events"


def gazetteer() -> Gazetteer:
    """The shipped places and those loaded, with what people decided; made anew when another table is loaded."""
    loaded = LoadedScheme.objects.filter(scheme__in=PLACES).order_by("scheme").values_list("scheme", "sha256")
    decisions = PlaceDecision.objects.filter(active=True)
    newest = decisions.aggregate(many=Count("pk"), last=Max("at"))
    return _decided(tuple(loaded), (newest["many"], newest["last"]))


@lru_cache(maxsize=2)
def _decided(loaded: tuple[tuple[str, str], ...], version: tuple[int, datetime | None]) -> Gazetteer:
    if not version[0]:
        return _gazetteer(loaded)
    decided = PlaceDecision.objects.filter(active=True).values_list("key", "place", "zone")
    return DecidedPlaces(_gazetteer(loaded), {key: Settled(place, zone) for key, place, zone in decided})


@lru_cache(maxsize=2)
def _gazetteer(loaded: tuple[tuple[str, str], ...]) -> Gazetteer:
    schemes = [scheme for scheme, _ in loaded]
    if not schemes:
        return shipped_gazetteer()
    rows = SchemeEntry.objects.filter(scheme__in=schemes).order_by("scheme", "symbol").values_list("symbol", "title")
    return shipped_gazetteer().extended({"code": code, "name": name} for code, name in rows)


def titles(scheme: str, symbols: Iterable[str]) -> Mapping[str, str]:
    """The title of each symbol: from the loaded table, else from the product's own short ones, else empty."""
    wanted = list(symbols)
    loaded = dict(SchemeEntry.objects.filter(scheme=scheme, symbol__in=wanted).values_list("symbol", "title"))
    return {symbol: loaded.get(symbol) or classes.title(scheme, symbol) for symbol in wanted}


def event_symbol(office: str, code: str) -> str:
    """Under what a legal event code is held: `EP RBV`."""
    return f"{office} {code}"[:40]


def event_titles(events: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """What event codes are called, given as (office, code), where the loaded list has them."""
    wanted = {event_symbol(office, code): (office, code) for office, code in events}
    loaded = SchemeEntry.objects.filter(scheme=EVENTS, symbol__in=list(wanted)).values_list("symbol", "title")
    return {wanted[symbol]: title for symbol, title in loaded}
