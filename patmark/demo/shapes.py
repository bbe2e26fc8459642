"""Outlines and figures of signs, as masks of pixels that are joined to a sign with one AND."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

#: Side of a sign in pixels.
SIDE = 160
#: An outline lets the colours of what is within through; a figure is colour 2 on colour 1.
_THROUGH, _GROUND, _DRAWN = 3, 1, 2
_TURNS = 3

Inside = Callable[[float, float], bool]


def _shield(x: float, y: float) -> bool:
    return abs(x) < 0.8 and -0.85 < y < 0.25 + 0.6 * (1 - (x / 0.8) ** 2)


def _leaf(x: float, y: float) -> bool:
    return math.hypot(x + 0.25, y) < 0.55 and math.hypot(x - 0.25, y) < 0.55


def _hills(x: float, y: float) -> bool:
    first, second = 0.6 - 1.3 * max(0.0, 1 - abs(x + 0.25) / 0.5), 0.6 - 0.9 * max(0.0, 1 - abs(x - 0.35) / 0.4)
    return min(first, second) < y < 0.6


#: Places run from -1 to 1, to the right and down.
_OUTLINES: tuple[Inside, ...] = (
    lambda x, y: math.hypot(x, y) < 0.92,
    lambda x, y: max(abs(x), abs(y)) < 0.82,
    lambda x, y: abs(x) + abs(y) < 1.0,
    lambda x, y: abs(x) < 0.86 and abs(x) / 2 + abs(y) * 0.866 < 0.86,
    lambda x, y: max(abs(x), abs(y)) < 0.84 and math.hypot(x, y) < 1.02,
    _shield,
    lambda x, y: (x / 0.94) ** 2 + (y / 0.68) ** 2 < 1,
    lambda x, y: math.hypot(x, y) < 0.82 + 0.1 * math.cos(8 * math.atan2(y, x)),
)
_FIGURES: tuple[Inside, ...] = (
    lambda x, y: math.hypot(x, y) < 0.45 + 0.35 * math.cos(5 * math.atan2(y, x)),
    lambda x, y: math.hypot(x, y) < 0.8 and (y - 0.18 * math.sin(5 * x)) % 0.4 < 0.2,
    lambda x, y: math.hypot(x, y) < 0.75 and math.hypot(x - 0.3, y - 0.1) > 0.55,
    lambda x, y: -0.7 < y < 0.6 and abs(x) < (y + 0.7) * 0.55,
    lambda x, y: 0.42 < math.hypot(x, y) < 0.75 or math.hypot(x, y) < 0.2,
    lambda x, y: min(abs(x), abs(y)) < 0.18 and max(abs(x), abs(y)) < 0.75,
    lambda x, y: abs(math.hypot(x, y) - 0.5) < 0.25 * abs(math.cos(3 * math.atan2(y, x))),
    _hills,
    _leaf,
    lambda x, y: math.hypot(x, y) < 0.8 and (x + y) % 0.5 < 0.25,
    lambda x, y: abs(y) < 0.7 and abs(abs(x) - 0.3) < 0.14 + 0.1 * y,
    lambda x, y: math.hypot(x, y) < 0.75 and math.sin(9 * math.hypot(x, y) - 2 * math.atan2(y, x)) > 0,
)
OUTLINES = len(_OUTLINES)
FIGURES = len(_FIGURES) * _TURNS


def outline(number: int) -> tuple[bytes, int]:
    """The mask of an outline, and the side of the square."""
    return _outline(number), SIDE


@cache
def _outline(number: int) -> bytes:
    return _mask(_OUTLINES[number], _THROUGH, 0)


@cache
def figure(number: int) -> bytes:
    """The mask of a figure: each of them in three turns."""
    turn, shape = divmod(number, len(_FIGURES))
    cos, sin = math.cos(turn * math.pi / 9) / 0.62, math.sin(turn * math.pi / 9) / 0.62
    drawn = _FIGURES[shape]
    return _mask(lambda x, y: drawn(x * cos + y * sin, y * cos - x * sin), _DRAWN, _GROUND)


def _mask(inside: Inside, within: int, without: int) -> bytes:
    """Line by line, with the filter byte of PNG in front of each."""
    places = [(at + 0.5) * 2 / SIDE - 1 for at in range(SIDE)]
    return b"".join(b"\0" + bytes(within if inside(x, y) else without for x in places) for y in places)
