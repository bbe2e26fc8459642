"""Statuses that turn with the calendar: a right expires without anybody writing to the index.

A record carries the status its events gave it and the dates it turns on; what it is `today` is worked out when asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from patmark import mark_status, status
from patmark.fields import Subject


@dataclass(frozen=True, slots=True)
class Turn:
    """Records of status `base` are `becomes` from their date `field` plus `months` and `days` on.

    A record without the date does not turn. Dates are whole numbers YYYYMMDD.
    """

    base: int
    field: str
    becomes: int
    months: int = 0
    days: int = 0

    def last_turned(self, today: date) -> int:
        """The latest date that has turned: every record with `field` ≤ this one is `becomes`."""
        return number_of(status.Turn("", self.field, "", self.months, self.days).latest(today))


@dataclass(frozen=True, slots=True)
class Path:
    """How records of a base status come to be what they are: all of `turned` have happened, `waiting` has not."""

    base: int
    turned: tuple[Turn, ...] = ()
    waiting: Turn | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """All turns of a subject, and the life (`life` field) each status stands for."""

    turns: tuple[Turn, ...] = ()
    lives: Mapping[int, int] = field(default_factory=dict)

    def status(self, base: int, dates: Mapping[str, Sequence[int]], today: date) -> int:
        """What a record of this base status is today."""
        for path in self.paths_from(base):
            if all(_has_turned(turn, dates, today) for turn in path.turned) and not (
                path.waiting and _has_turned(path.waiting, dates, today)
            ):
                return path.turned[-1].becomes if path.turned else base
        return base

    def paths_from(self, base: int) -> list[Path]:
        """Every way a record of this base status can have gone, the shortest first; exactly one holds for a record."""
        found: list[Path] = []
        turned: tuple[Turn, ...] = ()
        now = base
        while True:
            waiting = next((turn for turn in self.turns if turn.base == now and turn not in turned), None)
            found.append(Path(base, turned, waiting))
            if waiting is None:
                return found
            turned = (*turned, waiting)
            now = waiting.becomes

    def paths_to(self, status: int) -> list[Path]:
        """Every way to be of this status today."""
        bases = {status} | {turn.base for turn in self.turns}
        found = [path for base in sorted(bases) for path in self.paths_from(base)]
        return [path for path in found if (path.turned[-1].becomes if path.turned else path.base) == status]

    def of_life(self, life: int) -> list[int]:
        """The statuses that stand for one life."""
        return sorted(status for status, value in self.lives.items() if value == life)


def calendar_of(subject: Subject) -> Calendar:
    """The turns and lives of a subject as the status rules have them (patmark/status.py, patmark/mark_status.py)."""
    patents = subject is Subject.PATENT
    rows = status.PATENT_STATUSES if patents else mark_status.MARK_STATUSES
    steps = status.PATENT_TURNS if patents else mark_status.MARK_TURNS
    turns = tuple(
        Turn(rows[one.status].id, one.date_field, rows[one.becomes].id, one.months, one.days) for one in steps
    )
    return Calendar(turns, {row.id: status.LIVES[row.life].id for row in rows.values()})


def number_of(day: date) -> int:
    """A day as the whole number YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


def _has_turned(turn: Turn, dates: Mapping[str, Sequence[int]], today: date) -> bool:
    values = dates.get(turn.field, ())
    return bool(values) and values[0] <= turn.last_turned(today)
