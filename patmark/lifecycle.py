"""What statuses of every right share: life, basis, stored number, and the calendar that turns one into another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from patmark.terms import add_months


class Life(StrEnum):
    """Whether there is a right. Void is dead from the beginning (专利法 47)."""

    PENDING = "pending"
    ALIVE = "alive"
    DEAD = "dead"
    VOID = "void"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LifeRow:
    """A group of statuses as facets show it; void counts among the ended."""

    id: int
    zh: str
    en: str


LIVES = {
    Life.ALIVE: LifeRow(1, "有效", "in force"),
    Life.PENDING: LifeRow(2, "审中", "pending"),
    Life.DEAD: LifeRow(3, "失效", "ended"),
    Life.VOID: LifeRow(3, "失效", "ended"),
    Life.UNKNOWN: LifeRow(9, "不详", "unknown"),
}


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status with the whole number an index holds (never renumbered), its names and its life."""

    id: int
    status: str
    zh: str
    en: str
    life: Life


@dataclass(frozen=True, slots=True)
class Turn:
    """The calendar's own step: a record in `status` is in `becomes` from its date plus months and days on."""

    status: str
    date_field: str
    becomes: str
    months: int = 0
    days: int = 0

    def day(self, dated: date) -> date:
        """The first day in the new status."""
        return add_months(dated, self.months) + timedelta(days=self.days)

    def latest(self, today: date) -> date:
        """The latest date whose turn has come by today; every later date has not turned yet."""
        guess = add_months(today, -self.months) + timedelta(days=4)
        while self.day(guess) > today:
            guess -= timedelta(days=1)
        return guess


@dataclass(frozen=True, slots=True)
class Window:
    """Records with base status `base` whose date lies in first..last (none: open) show the status asked for.

    `undated`: those without a date show it too.
    """

    base: str
    date_field: str
    first: date | None
    last: date | None
    undated: bool


@cache
def _by_status(turns: tuple[Turn, ...]) -> Mapping[str, Turn]:
    return {turn.status: turn for turn in turns}


def turned(base: str, dated: date | None, today: date, turns: tuple[Turn, ...]) -> str:
    """The status on a day of a record with this base status and date: a patent's expiry, a mark's end of term."""
    if dated is None:
        return base
    status, by_status = base, _by_status(turns)
    while (turn := by_status.get(status)) is not None and turn.day(dated) <= today:
        status = turn.becomes
    return status


def windows_of(status: str, today: date, turns: tuple[Turn, ...]) -> tuple[Window, ...]:
    """How to ask an index for a status on a day: a record that fits any one of the windows shows it."""
    by_status = _by_status(turns)
    found: list[Window] = []
    for base in dict.fromkeys((status, *by_status)):
        # Walk from the base to the status asked for; each step bounds the date from above.
        here, last = base, None
        seen = {base}
        while here != status and here in by_status and by_status[here].becomes not in seen:
            step = by_status[here].latest(today)
            last = step if last is None else min(last, step)
            here = by_status[here].becomes
            seen.add(here)
        if here != status:
            continue
        leaving = by_status.get(status)
        first = leaving.latest(today) + timedelta(days=1) if leaving else None
        field = (leaving or by_status.get(base) or turns[0]).date_field
        found.append(Window(base, field, first, last, undated=base == status))
    return tuple(found)


class Basis(StrEnum):
    """What a status stands on."""

    EVENT = "event"
    COMPUTED = "computed"
    IMPORTED = "imported"
    NONE = "none"


BASIS_NAMES = {
    Basis.EVENT: "官方事件",
    Basis.COMPUTED: "按期限推算",
    Basis.IMPORTED: "来源文字",
    Basis.NONE: "无依据",
}


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status on a day for people: what, on which basis, since when, how fresh, and one honest sentence.

    `english` is the sentence again; titles of announcements stay in it as the office words them.
    """

    status: str
    basis: Basis
    since: date | None
    as_of: date | None
    sentence: str
    english: str = ""
