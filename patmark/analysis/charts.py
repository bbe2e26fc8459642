"""A drawing as a Vega-Lite specification, made and checked by altair: one for the page, for files and for reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from patmark.analysis.drawing import Drawing, Shape, measured
from patmark.analysis.palette import PALETTES, Palette, turning

FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, sans-serif"
#: What the axis beside the columns of a chart takes of its width.
_BESIDE = 80
_CATEGORY, _SERIES, _COUNT, _ADDRESS = "category", "series", "number", "address"


def spec(drawing: Drawing) -> dict[str, Any]:
    """The Vega-Lite specification of a drawing, `width` × `height` pixels in all."""
    colours = PALETTES[drawing.theme]
    draw = {
        Shape.COLUMNS: _columns,
        Shape.BARS: _bars,
        Shape.LINES: _lines,
        Shape.HEAT: _heat,
    }[drawing.shape]
    chart = alt.layer(*draw(drawing, colours)).properties(
        width=drawing.width,
        height=drawing.height,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        description=f"{drawing.title or drawing.category}：{drawing.value}",
    )
    if drawing.title:
        chart = chart.properties(title=_title(drawing, colours))
    made: dict[str, Any] = chart.configure(**_config(drawing, colours)).to_dict()
    return made


def _rows(drawing: Drawing) -> list[dict[str, Any]]:
    series = drawing.series or (drawing.value,)
    rows = []
    for at, category in enumerate(drawing.categories):
        for beside, name in enumerate(series):
            row: dict[str, Any] = {
                _CATEGORY: category,
                _SERIES: name,
                "at": beside,
                _COUNT: drawing.counts[at][beside],
            }
            address = drawing.addresses[at][beside] if drawing.addresses else ""
            rows.append({**row, _ADDRESS: address} if address else row)
    return rows


def _base(drawing: Drawing, rows: Sequence[dict[str, Any]] | None = None) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(_rows(drawing) if rows is None else rows)))


def _tooltip(drawing: Drawing) -> list[alt.Tooltip]:
    shown = [alt.Tooltip(_CATEGORY, type="nominal", title=drawing.category)]
    if drawing.series:
        shown.append(alt.Tooltip(_SERIES, type="nominal", title=drawing.of_series))
    return [*shown, alt.Tooltip(_COUNT, type="quantitative", title=drawing.value, format=",d")]


def _linked(drawing: Drawing) -> dict[str, Any]:
    """The channels every mark of a count has: what it says when pointed at, and where it leads."""
    link = {"href": alt.Href(_ADDRESS, type="nominal")} if any(map(any, drawing.addresses)) else {}
    return {"tooltip": _tooltip(drawing), **link}


def _colour(drawing: Drawing, colours: Palette) -> dict[str, Any]:
    if not drawing.series:
        return {"color": alt.value(colours.series[0])}
    legend = alt.Legend(orient="bottom", title=None, columns=drawing.legend_columns, labelLimit=16 * drawing.letter)
    scale = alt.Scale(domain=list(drawing.series), range=list(colours.series[: len(drawing.series)]))
    return {
        "color": alt.Color(_SERIES, type="nominal", scale=scale, legend=legend, sort=None),
        "order": alt.Order("at", type="quantitative"),
    }


def _years(drawing: Drawing) -> alt.X:
    few = len(drawing.categories) <= 12 and drawing.width > 500
    axis = alt.Axis(labelAngle=0, title=drawing.category, labelOverlap=False if few else "greedy", grid=False)
    scale = alt.Scale(paddingInner=0.25, paddingOuter=0.2)
    # The order is said, not left to the data: what lies behind doubtful years comes first there.
    return alt.X(_CATEGORY, type="ordinal", sort=list(drawing.categories), axis=axis, scale=scale)


def _amount(drawing: Drawing) -> dict[str, Any]:
    axis = alt.Axis(title=drawing.value, format="~s" if drawing.locale == "en" else ",d", tickMinStep=1, tickCount=5)
    return {"field": _COUNT, "type": "quantitative", "axis": axis}


def _shading(drawing: Drawing, colours: Palette) -> list[alt.Chart]:
    """What lies behind years whose counts are not complete."""
    if not drawing.doubtful:
        return []
    rows = [{_CATEGORY: one} for one in drawing.categories if one in drawing.doubtful]
    behind = _base(drawing, rows).mark_rect(color=colours.shade, width=alt.RelativeBandSize(1.34))
    return [behind.encode(x=_years(drawing))]


def _columns(drawing: Drawing, colours: Palette) -> list[alt.Chart]:
    mark = {"cornerRadiusEnd": 2} if not drawing.series else {"stroke": colours.paper, "strokeWidth": 0.75}
    columns = (
        _base(drawing)
        .mark_bar(**mark)
        .encode(
            x=_years(drawing),
            y=alt.Y(**_amount(drawing), stack="zero"),
            **_colour(drawing, colours),
            **_linked(drawing),
        )
    )
    layers = [*_shading(drawing, colours), columns]
    totals = drawing.wholes
    longest = len(f"{max(totals, default=0):,}") * measured("0") * (drawing.letter - 2) + 4
    if (drawing.width - _BESIDE) / max(1, len(drawing.categories)) >= longest:
        rows = [{_CATEGORY: one, _COUNT: count} for one, count in zip(drawing.categories, totals, strict=False)]
        text = _base(drawing, rows).mark_text(dy=-6, color=colours.soft, fontSize=drawing.letter - 2)
        layers.append(
            text.encode(
                x=_years(drawing), y=alt.Y(**_amount(drawing)), text=alt.Text(_COUNT, type="quantitative", format=",d")
            )
        )
    return layers


def _lines(drawing: Drawing, colours: Palette) -> list[alt.Chart]:
    base = _base(drawing).encode(x=_years(drawing), y=alt.Y(**_amount(drawing)), **_colour(drawing, colours))
    points = base.mark_point(filled=True, size=44, opacity=1).encode(**_linked(drawing))
    return [*_shading(drawing, colours), base.mark_line(strokeWidth=2), points]


def _names(drawing: Drawing) -> alt.Y:
    axis = alt.Axis(title=None, labelLimit=drawing.beside, ticks=False, domain=False, labelPadding=6)
    scale = alt.Scale(paddingInner=0.28, paddingOuter=0.14)
    return alt.Y(_CATEGORY, type="ordinal", sort=list(drawing.categories), axis=axis, scale=scale)


def _bars(drawing: Drawing, colours: Palette) -> list[alt.Chart]:
    mark = {"cornerRadiusEnd": 2} if not drawing.series else {"stroke": colours.paper, "strokeWidth": 0.75}
    names = _names(drawing)
    totals = drawing.wholes
    # Room behind the longest bar for its number.
    room = max(totals, default=0) * (1 + 5 * drawing.letter / drawing.width)
    scale = alt.Scale(domainMin=0, domainMax=max(room, 1), nice=False)
    bars = (
        _base(drawing)
        .mark_bar(**mark)
        .encode(
            y=names,
            x=alt.X(**_amount(drawing), stack="zero", scale=scale),
            **_colour(drawing, colours),
            **_linked(drawing),
        )
    )
    rows = [{_CATEGORY: one, _COUNT: count} for one, count in zip(drawing.categories, totals, strict=False)]
    text = _base(drawing, rows).mark_text(align="left", dx=5, color=colours.soft, fontSize=drawing.letter - 1)
    return [
        bars,
        text.encode(
            y=names, x=alt.X(**_amount(drawing), scale=scale), text=alt.Text(_COUNT, type="quantitative", format=",d")
        ),
    ]


def _heat(drawing: Drawing, colours: Palette) -> list[alt.Chart]:
    most = max((count for row in drawing.counts for count in row), default=0)
    room = (drawing.width - drawing.beside - 24) / max(1, len(drawing.series))
    axis = alt.Axis(
        title=drawing.of_series,
        orient="top",
        labelAngle=0,
        labelLimit=max(room - 4, drawing.letter),
        labelOverlap=False,
        ticks=False,
        domain=False,
    )
    base = _base(drawing).encode(
        x=alt.X(_SERIES, type="ordinal", sort=None, axis=axis, scale=alt.Scale(padding=0.04)),
        y=_names(drawing),
    )
    scale = alt.Scale(range=[colours.low, colours.high], domain=[0, max(most, 1)], type="sqrt")
    cells = base.mark_rect().encode(
        color=alt.Color(_COUNT, type="quantitative", scale=scale, legend=None), **_linked(drawing)
    )
    # The scale goes by the square root of the count.
    dark = alt.datum[_COUNT] > most * turning(colours) ** 2
    inks = alt.condition(dark, alt.value(colours.paper), alt.value(colours.ink))
    numbers = base.mark_text(fontSize=drawing.letter - 2).encode(
        text=alt.Text(_COUNT, type="quantitative", format=",d"), color=inks
    )
    return [cells, numbers]


def _title(drawing: Drawing, colours: Palette) -> alt.TitleParams:
    return alt.TitleParams(
        text=drawing.title,
        subtitle=list(drawing.wrapped_notes),
        anchor="start",
        color=colours.ink,
        subtitleColor=colours.soft,
        fontSize=drawing.letter + 3,
        subtitleFontSize=drawing.letter - 1,
        subtitlePadding=6,
        offset=14,
    )


def _config(drawing: Drawing, colours: Palette) -> dict[str, Any]:
    """Colours and letters of everything that is not a count."""
    axis = {
        "labelColor": colours.soft,
        "titleColor": colours.soft,
        "labelFontSize": drawing.letter - 1,
        "titleFontSize": drawing.letter - 1,
        "titleFontWeight": "normal",
        "gridColor": colours.line,
        "domainColor": colours.line,
        "tickColor": colours.line,
    }
    return {
        "font": FONT,
        "background": colours.paper,
        "padding": 6,
        "axis": axis,
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "labelColor": colours.ink,
            "labelFontSize": drawing.letter - 1,
            "symbolType": "square",
            "symbolSize": 110,
            "rowPadding": 4,
            "columnPadding": 14,
        },
        "view": {"stroke": None},
    }
