"""The colours of charts stay apart for colour-blind eyes and stand out from their background."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from patmark.analysis import palette
from patmark.analysis.drawing import Theme
from patmark.analysis.palette import PALETTES, SERIES, turning

#: What is left of linear RGB to eyes without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
LEAST = {"normal": 0.085, "protan": 0.085, "deutan": 0.085, "tritan": 0.075}


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)


def seen(colour: str, eyes: str) -> tuple[float, float, float]:
    """A colour in OKLab as these eyes see it."""
    rgb = linear(colour)
    r, g, b = (min(1.0, max(0.0, sum(x * y for x, y in zip(row, rgb, strict=True)))) for row in EYES[eyes])
    l = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)  # noqa: E741
    m = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def contrast(one: str, other: str) -> float:
    low, high = sorted(
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        for colour in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", Theme)
def test_twelve_colours_stand_out_from_the_background_three_to_one(theme):
    chosen = PALETTES[theme]
    assert len(set(chosen.series)) == SERIES == 12
    assert min(contrast(colour, chosen.paper) for colour in chosen.series) >= 3


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("eyes", EYES)
def test_any_two_colours_stay_apart_to_every_kind_of_eyes(theme, eyes):
    colours = PALETTES[theme].series
    nearest = min(combinations(colours, 2), key=lambda pair: math.dist(seen(pair[0], eyes), seen(pair[1], eyes)))
    assert math.dist(seen(nearest[0], eyes), seen(nearest[1], eyes)) >= LEAST[eyes], nearest


@pytest.mark.parametrize("theme", Theme)
def test_letters_read_well_on_the_paper(theme):
    chosen = PALETTES[theme]
    for ink in (chosen.ink, chosen.soft):
        assert contrast(ink, chosen.paper) >= 4.5


@pytest.mark.parametrize("theme", Theme)
def test_numbers_on_the_scale_read_well_at_both_ends_and_turn_once(theme):
    chosen = PALETTES[theme]
    assert 0.1 < turning(chosen) < 0.9
    assert palette.contrast(chosen.low, chosen.ink) >= 7 and palette.contrast(chosen.high, chosen.paper) >= 7
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
