"""Where the days of a right stand on a line that can be drawn: places in per cent, labels in lanes that do not meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

#: The width labels are laid out for, in pixels: the narrowest at which the line is drawn.
NARROWEST = 640
#: Pixels of a full-width sign and of a Latin one in the labels.
WIDE_SIGN, SIGN = 13.0, 7.5
LANES = 4
_LANE = 22
_MARGIN = 3.0
_STEPS = (1, 2, 5, 10, 20, 50)
_TICKS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day to be drawn: what happened, what the right is from then on (empty: as before), computed or told.

    `minor` days get a small dot and no label.
    """

    day: date
    label: str
    life: str = ""
    computed: bool = False
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A day on the line: `x` in per cent; a label in its lane above the line, or none where no lane is free."""

    x: str
    label: str
    day: date
    life: str
    computed: bool
    label_y: int
    anchor: str
    labelled: bool
    minor: bool

    @property
    def stem_y(self) -> int:
        return self.label_y + 4


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the line in which the right was pending, alive or over."""

    x: str
    width: str
    life: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    year: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A line with its days; `line_y` and `height` in pixels, `today` in per cent."""

    dots: tuple[Dot, ...]
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    today: str
    line_y: int
    height: int

    @property
    def band_y(self) -> int:
        return self.line_y - 4

    @property
    def tick_y(self) -> int:
        return self.line_y + 9

    @property
    def year_y(self) -> int:
        return self.line_y + 24


def drawn(days: Sequence[Day], today: date) -> Drawing | None:
    """The line of days in order; None where there are fewer than two to draw."""
    if len({one.day for one in days}) < 2:
        return None
    first, last = min(days[0].day, today), max(days[-1].day, today)
    scale = _Scale(first.toordinal(), max(1, last.toordinal() - first.toordinal()))
    dots = _dots(days, scale)
    lanes = max((LANES - dot.label_y // _LANE for dot in dots if dot.labelled), default=1)
    up = _LANE * (LANES - lanes)
    dots = tuple(replace(dot, label_y=dot.label_y - up) for dot in dots)
    line = _LANE * lanes + 14
    return Drawing(dots, _bands(days, scale, today), _ticks(first, last, scale), scale.at(today), line, line + 30)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    span: int

    def place(self, day: date) -> float:
        return _MARGIN + (100 - 2 * _MARGIN) * (day.toordinal() - self.first) / self.span

    def at(self, day: date) -> str:
        return _percent(self.place(day))


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _dots(days: Sequence[Day], scale: _Scale) -> tuple[Dot, ...]:
    """One dot for each day, labelled with what happened first on it; what changes the right goes before the rest."""
    by_day: dict[date, list[Day]] = {}
    for one in days:
        by_day.setdefault(one.day, []).append(one)
    free = [-100.0] * LANES
    dots = []
    for day, several in by_day.items():
        first = max(several, key=lambda one: (bool(one.life), not one.minor, not one.computed))
        label = first.label + (f" +{len(several) - 1}" if len(several) > 1 else "")
        x = scale.place(day)
        width = 100 * sum(WIDE_SIGN if ord(sign) > 0x2E7F else SIGN for sign in label) / NARROWEST
        anchor = "start" if x < width / 2 + 1 else "end" if x > 99 - width / 2 else "middle"
        left = x if anchor == "start" else x - width if anchor == "end" else x - width / 2
        lane = None if first.minor else next((lane for lane in range(LANES) if free[lane] < left), None)
        if lane is not None:
            free[lane] = left + width + 1.5
        # The first lane lies next to the line.
        label_y = _LANE * (LANES - 1 - (lane or 0)) + 14
        dots.append(
            Dot(
                x=_percent(x),
                label=label,
                day=day,
                life=first.life,
                computed=first.computed,
                label_y=label_y,
                anchor=anchor,
                labelled=lane is not None,
                minor=first.minor,
            )
        )
    return tuple(dots)


def _bands(days: Sequence[Day], scale: _Scale, today: date) -> tuple[Band, ...]:
    """From each day that changes the right to the next one; the last runs to the end of the line."""
    turns = [(one.day, one.life) for one in days if one.life]
    turns.append((max(days[-1].day, today), ""))
    bands = []
    for (day, life), (end, _) in pairwise(turns):
        if end > day:
            bands.append(Band(scale.at(day), _percent(scale.place(end) - scale.place(day)), life))
    return tuple(bands)


def _ticks(first: date, last: date, scale: _Scale) -> tuple[Tick, ...]:
    years = last.year - first.year
    step = next((one for one in _STEPS if years / one <= _TICKS), 100)
    wanted = range(first.year + 1, last.year + 1)
    return tuple(Tick(scale.at(date(year, 1, 1)), str(year)) for year in wanted if year % step == 0)
