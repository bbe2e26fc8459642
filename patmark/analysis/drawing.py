"""What a chart shows, as plain data: labels, counts, addresses, caption, size and theme. Nothing here draws."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Shape(StrEnum):
    """How counts are drawn."""

    COLUMNS = "columns"  # upright, for years; series stacked
    BARS = "bars"  # lying, for names; series stacked
    LINES = "lines"  # one line a series
    HEAT = "heat"  # a field of shaded cells with their numbers


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


#: Raise when patmark/analysis/charts.py draws the same drawing otherwise, so that no kept picture is taken for it.
DRAWN = 6
#: Height of a lying bar and of a row of a heat map, for letters of 13 px.
_ROW = 26
_UPRIGHT = 300
_AXES = 52
_LEGEND_ROW = 22
_NOTE_ROW = 18
#: Letters of a name shown beside lying bars and cells.
_LONGEST = {Shape.BARS: 22, Shape.HEAT: 16}
#: Width of a letter, for letters of 1 px: Chinese ones are squares.
_WIDE, _NARROW = 1.0, 0.56


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart. `counts[i][j]` belongs to `categories[i]` and `series[j]`; without series each row has one count.

    `addresses` go with the counts (empty: none). `totals` are counts of records by category, written at the end of a
    stack. Categories in `doubtful` are shaded: their counts are not complete yet. `notes` are lines below the title
    of a chart that stands alone in a file; `width` and `letter` are pixels. Frozen, compared and hashed by value.
    """

    shape: Shape
    category: str
    value: str
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    series: tuple[str, ...] = ()
    of_series: str = ""
    addresses: tuple[tuple[str, ...], ...] = ()
    totals: tuple[int, ...] = ()
    doubtful: frozenset[str] = frozenset()
    title: str = ""
    notes: tuple[str, ...] = ()
    theme: Theme = Theme.LIGHT
    width: int = 760
    letter: int = 13
    locale: str = "zh"

    @property
    def wholes(self) -> tuple[int, ...]:
        """What is written at the end of each bar; nothing where parts do not make a whole."""
        return self.totals if self.series else tuple(row[0] for row in self.counts)

    @property
    def beside(self) -> int:
        """What the names beside lying bars and cells take of the width, at most 0.42 of it."""
        if self.shape not in (Shape.BARS, Shape.HEAT):
            return 0
        longest = max((measured(one) for one in self.categories), default=1.0)
        return int(min(longest, _LONGEST[self.shape], self.width * 0.42 / self.letter) * self.letter)

    @property
    def legend_columns(self) -> int:
        """How many entries of the legend stand side by side."""
        longest = max((measured(one) for one in self.series), default=0.0)
        room = (self.width - self.beside) * 0.95
        return max(1, min(len(self.series), int(room / ((min(longest, 16) + 3.2) * self.letter))))

    @property
    def wrapped_notes(self) -> tuple[str, ...]:
        """The notes in lines no longer than the chart is wide."""
        return tuple(line for note in self.notes for line in wrapped(note, self.width / (self.letter - 1) - 1))

    @property
    def height(self) -> int:
        """The height of the whole picture in pixels, known before it is drawn."""
        scale = self.letter / 13
        legend = -(-len(self.series) // self.legend_columns) * _LEGEND_ROW + 8 if self.has_legend else 0
        if self.shape in (Shape.BARS, Shape.HEAT):
            body = _ROW * max(len(self.categories), 1) + _AXES + (24 if self.shape is Shape.HEAT else 0)
        else:
            body = _UPRIGHT if self.width > 500 else _UPRIGHT - 40
        heading = (26 if self.title else 0) + _NOTE_ROW * len(self.wrapped_notes) + (12 if self.notes else 0)
        return round((body + legend + heading) * scale)

    @property
    def has_legend(self) -> bool:
        return bool(self.series) and self.shape is not Shape.HEAT

    def data(self) -> dict[str, Any]:
        """The drawing as JSON holds it; `read` makes it again."""
        return {**asdict(self), "doubtful": sorted(self.doubtful)}

    @classmethod
    def read(cls, data: dict[str, Any]) -> Drawing:
        """The drawing that `data` wrote down."""
        given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
        for key in ("counts", "addresses"):
            given[key] = tuple(tuple(row) for row in data[key])
        doubtful = frozenset(data["doubtful"])
        return cls(**{**given, "shape": Shape(data["shape"]), "theme": Theme(data["theme"]), "doubtful": doubtful})

    @property
    def digest(self) -> str:
        """Names the drawing by what it shows."""
        text = json.dumps([DRAWN, self.data()], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def measured(text: str) -> float:
    """The width of a text in letters."""
    return sum(_WIDE if unicodedata.east_asian_width(one) in "WF" else _NARROW for one in text)


def wrapped(text: str, width: float) -> list[str]:
    """A text in lines of at most so many letters, broken anywhere as Chinese is."""
    lines, line, long = [], "", 0.0
    for one in text:
        more = measured(one)
        if line and long + more > width:
            lines.append(line)
            line, long = "", 0.0
        line += one
        long += more
    return [*lines, line] if line else lines
