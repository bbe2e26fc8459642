"""The industries of the city's action plan: names, units, classes and a query each (`data/industries.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry: `units` are region codes, `ipc` subclasses, `locarno` and `nice` classes it is mostly filed under.

    `query` finds its patents and `mark_query` its trademarks in our query language; neither is an official definition.
    `in_plan` says that the action plan names it; `trust` is S where name and units were read there, K where they are
    general knowledge.
    """

    key: str
    zh: str
    en: str
    units: tuple[str, ...]
    ipc: tuple[str, ...]
    locarno: tuple[str, ...]
    nice: tuple[int, ...]
    query: str
    mark_query: str
    in_plan: bool
    trust: str

    @property
    def verified(self) -> bool:
        """Whether name and units were read in the plan; classes and queries are proposals in any case."""
        return self.trust != "K"


@cache
def industries() -> tuple[Industry, ...]:
    """All industries, those of the plan first, in the plan's order."""
    text = files("patmark").joinpath("data", "industries.toml").read_text(encoding="utf-8")
    return tuple(_read(row) for row in tomllib.loads(text)["industry"])


@cache
def industry(key: str) -> Industry:
    """The industry of that key; KeyError where there is none."""
    return {one.key: one for one in industries()}[key]


def industries_of(unit: str) -> tuple[Industry, ...]:
    """The industries of one county or zone, by its region code; empty where it has none."""
    return tuple(one for one in industries() if unit in one.units)


def _read(row: Mapping[str, object]) -> Industry:
    return Industry(
        key=str(row["key"]),
        zh=str(row["zh"]),
        en=str(row["en"]),
        units=_words(row["units"]),
        ipc=_words(row["ipc"]),
        locarno=_words(row["locarno"]),
        nice=tuple(int(one) for one in _words(row["nice"])),
        query=str(row["query"]),
        mark_query=str(row["mark_query"]),
        in_plan=row["plan"] is True,
        trust=str(row["trust"]),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
