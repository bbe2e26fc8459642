"""The reference tables that stand loaded: places as one gazetteer, titles of classes and of legal events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from patmark import classes
from patmark.regions import Gazetteer, shipped_gazetteer
from zhiquan.records import rows
from zhiquan.records.models import LoadedScheme, PlaceDecision, SchemeEntry
from zhiquan.records.places import DecidedPlaces, Settled

PLACES = ("provinces", "cities", "counties", "towns")
EVENTS = "events"


#: The places of the page that is being made.
_once: ContextVar[list[Gazetteer] | None] = ContextVar("once", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block the loaded places are looked at once, however often they are asked for."""
    token = _once.set([])
    try:
        yield
    finally:
        _once.reset(token)


def gazetteer() -> Gazetteer:
    """The shipped places and those loaded, with what people decided; made anew when another table is loaded."""
    held = _once.get()
    if held is None:
        return _read()
    if not held:
        held.append(_read())
    return held[0]


def _read() -> Gazetteer:
    # Asked several times a page: as SQL it costs a tenth of what the ORM takes to write the same questions.
    loaded = sorted(rows.select(LoadedScheme, ("scheme", "sha256"), "scheme", PLACES))
    return _decided(tuple(loaded), tuple(rows.tallies(PlaceDecision, "active", "at")))


@lru_cache(maxsize=2)
def _decided(loaded: tuple[tuple[str, str], ...], version: tuple[tuple[Any, ...], ...]) -> Gazetteer:
    if not any(active for active, *_ in version):
        return _gazetteer(loaded)
    decided = PlaceDecision.objects.filter(active=True).values_list("key", "place", "zone")
    return DecidedPlaces(_gazetteer(loaded), {key: Settled(place, zone) for key, place, zone in decided})


@lru_cache(maxsize=2)
def _gazetteer(loaded: tuple[tuple[str, str], ...]) -> Gazetteer:
    schemes = [scheme for scheme, _ in loaded]
    if not schemes:
        return shipped_gazetteer()
    places = SchemeEntry.objects.filter(scheme__in=schemes).order_by("scheme", "symbol").values_list("symbol", "title")
    return shipped_gazetteer().extended({"code": code, "name": name} for code, name in places)


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
