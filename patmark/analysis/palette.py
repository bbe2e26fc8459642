"""The colours of charts: twelve that stay apart for colour-blind eyes, on white and on dark, and a scale of one hue.

The twelve were searched for: any two differ by at least 0.085 in OKLab to normal, protan and deutan eyes (0.075 to
tritan ones) and each stands out 3:1 from its background; tests/patmark/analysis/test_palette.py measures both.
The order keeps the first ones furthest apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patmark.analysis.drawing import Theme

#: As many as the city has counties and zones.
SERIES = 12


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; `shade` lies behind counts that are not complete, `low` to `high` are the one-hue scale."""

    paper: str
    ink: str
    soft: str
    line: str
    shade: str
    low: str
    high: str
    series: tuple[str, ...]


PALETTES: Mapping[Theme, Palette] = {
    Theme.LIGHT: Palette(
        paper="#ffffff",
        ink="#17262d",
        soft="#4a5a62",
        line="#dde6e5",
        shade="#fdf0cf",
        low="#e2f0ee",
        high="#07434b",
        series=(
            "#0b6168", "#d3791b", "#5a92e0", "#7d2414", "#33065c", "#a8500e",
            "#45111d", "#3e79b3", "#767769", "#593589", "#8b9472", "#19434f",
        ),
    ),
    Theme.DARK: Palette(
        paper="#142124",
        ink="#e3ecec",
        soft="#a8babd",
        line="#2f4348",
        shade="#3a2e12",
        low="#17363a",
        high="#7fd6d8",
        series=(
            "#4fb3b8", "#dfa119", "#7356d0", "#75fdf5", "#be5a0a", "#e2fd84",
            "#8ed5af", "#a391f9", "#dbadfd", "#6485bb", "#ac956e", "#9b596e",
        ),
    ),
}  # fmt: skip


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, 1 to 21, as WCAG 2 counts it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def turning(palette: Palette) -> float:
    """From which part (0 to 1) of the one-hue scale on letters read better in the colour of the paper."""
    steps = [at / 100 for at in range(101)]
    return next(
        (
            at
            for at in steps
            if contrast(_mixed(palette, at), palette.paper) > contrast(_mixed(palette, at), palette.ink)
        ),
        1.0,
    )


def _mixed(palette: Palette, part: float) -> str:
    pairs = zip(_parts(palette.low), _parts(palette.high), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * part):02x}" for low, high in pairs)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _shares(colour)]
    return float(sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))


def _shares(colour: str) -> list[float]:
    return [one / 255 for one in _parts(colour)]
