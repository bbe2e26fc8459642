"""A statistic as a drawing: the shape that fits its fields, the values that become series, what it says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patmark.analysis.drawing import Drawing, Shape, Theme
from patmark.analysis.palette import SERIES
from patmark.fields import FieldKind, field
from zhiquan.search.holdings import holdings
from zhiquan.search.statistics import Axis, Figure, newest, unit
from zhiquan.search.statistics_wanted import YEARS

#: Columns of a heat map on a wide page and on a narrow one; rows of it and bars.
_CELLS, _FEW_CELLS, _ROWS = 16, 7, 20
#: Few enough parts to be stacked in a lying bar.
_PARTS = 6
WIDE, HALF, NARROW = 820, 560, 360


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is wanted: `alone` in a file it carries its title and where it comes from.

    `linked` counts have addresses, behind `host` where they must be whole.
    """

    theme: Theme = Theme.LIGHT
    width: int = WIDE
    letter: int = 13
    alone: bool = False
    linked: bool = True
    host: str = ""


@dataclass(frozen=True, slots=True)
class _Plot:
    """What lies along the picture, what makes its series, and whether these parts make a whole."""

    shape: Shape
    along: Axis
    beside: Axis | None
    stacked: bool


def drawing(figure: Figure, look: Look) -> Drawing:
    """The statistic as a picture of this look."""
    plot = _plot(figure)
    categories = tuple(_categories(plot, look))
    series = _series(plot, look)
    counts = [[figure.cube.at(_where(plot, one, other)) for other in series] for one in categories]
    names = _unlike([plot.beside.label(one) for one in series]) if plot.beside else []
    linked = categories if look.linked else ()
    addresses = [[_behind(look.host, figure.address(_where(plot, one, other))) for other in series] for one in linked]
    wholes = [figure.cube.at({plot.along.key: one}) for one in categories]
    if plot.stacked and plot.beside:
        rest = [whole - sum(row) for whole, row in zip(wholes, counts, strict=True)]
        if any(rest):
            names.append(_rest_name(plot.beside, len(series)))
            counts = [[*row, more] for row, more in zip(counts, rest, strict=True)]
            addresses = [[*row, ""] for row in addresses]
    return Drawing(
        shape=plot.shape,
        category=plot.along.name,
        value=unit(figure.asked.subject),
        categories=tuple(_unlike([plot.along.label(one) for one in categories])),
        counts=tuple(map(tuple, counts)),
        series=tuple(names),
        of_series=plot.beside.name if plot.beside else "",
        addresses=tuple(map(tuple, addresses)),
        totals=tuple(wholes) if plot.stacked else (),
        doubtful=frozenset(plot.along.label(one) for one in categories if _is_doubtful(figure, plot, one)),
        title=figure.title if look.alone else "",
        notes=tuple(f"{name}：{said}" for name, said in provenance(figure)) if look.alone else (),
        theme=look.theme,
        width=look.width,
        letter=look.letter,
        locale="en" if (get_language() or "").startswith("en") else "zh",
    )


def shape_of(figure: Figure) -> Shape:
    """The shape the statistic is drawn in: the one asked for where it fits."""
    return _plot(figure).shape


def is_overlapping(figure: Figure) -> bool:
    """Whether the parts do not make a whole, so that a row's cells sum to more than the row."""
    return any(one.overlaps for one in (figure.rows, figure.columns) if one)


def provenance(figure: Figure) -> list[tuple[str, str]]:
    """What every figure says of itself: the frozen query, how far the data reach, the unit, the change number."""
    subject = figure.asked.subject
    held, reach = holdings(subject), newest(subject)
    loaded = date_format(timezone.localtime(held.loaded), "Y-m-d H:i") if held.loaded else "—"
    return [
        (_("检索式"), figure.question.written or figure.asked.kept),
        (_("数据截至"), f"{reach or '—'}（{_('最近导入')} {loaded}）"),
        (_("计数单位"), f"{unit(subject)}；{_('共')} {figure.total.count:,}"),
        (_("变更号"), f"{figure.sequence}；{_('统计日')} {timezone.localdate()}"),
    ]


def _plot(figure: Figure) -> _Plot:
    """What lies along the picture and beside it: years run along, whichever field they are, but in a heat map."""
    rows, columns = figure.rows, figure.columns
    shape = _fitting(figure)
    turned = columns is not None and columns.key in YEARS and rows.key not in YEARS and shape is not Shape.HEAT
    along, beside = (columns, rows) if columns is not None and turned else (rows, columns)
    return _Plot(shape, along, beside, beside is not None and shape in (Shape.COLUMNS, Shape.BARS))


def _fitting(figure: Figure) -> Shape:
    """The shape asked for where it fits, else the usual one: parts that do not make a whole are never stacked."""
    rows, columns, asked = figure.rows, figure.columns, figure.wanted.shape
    dated = rows.key in YEARS or (columns is not None and columns.key in YEARS)
    if columns is None:
        fitting: tuple[Shape, ...] = (Shape.COLUMNS, Shape.LINES, Shape.BARS) if dated else (Shape.BARS,)
    elif dated:
        beside = columns if rows.key in YEARS else rows
        stacks = (Shape.COLUMNS, Shape.LINES, Shape.BARS)
        fitting = (Shape.HEAT, Shape.LINES) if beside.key in YEARS else (Shape.LINES,) if beside.overlaps else stacks
    else:
        few = (Shape.BARS,) if columns.distinct <= _PARTS else (Shape.HEAT, Shape.BARS)
        fitting = (Shape.HEAT,) if columns.overlaps else few
    if columns is not None:
        fitting = (*fitting, Shape.HEAT)
    return asked if asked in fitting and asked is not None else fitting[0]


def _categories(plot: _Plot, look: Look) -> Sequence[int]:
    values = plot.along.values
    if plot.along.key in YEARS and plot.shape is not Shape.HEAT:
        return values if look.width > NARROW else values[-_ROWS:]
    return values[-_ROWS:] if plot.along.key in YEARS else values[:_ROWS] if not look.alone else values


def _series(plot: _Plot, look: Look) -> Sequence[int]:
    if plot.beside is None:
        return (0,)
    values = plot.beside.values
    if plot.shape is Shape.HEAT:
        most = _CELLS if look.width > NARROW else _FEW_CELLS
        return values[-most:] if plot.beside.key in YEARS else _in_order(plot.beside, values[:most])
    rest = plot.stacked and (plot.beside.missing or plot.beside.distinct > SERIES)
    return _in_order(plot.beside, values[: SERIES - 1 if rest else SERIES])


def _in_order(axis: Axis, values: Sequence[int]) -> Sequence[int]:
    """Values of short lists in the order of their codes, so that a county keeps its colour; others as they are."""
    coded = field(axis.subject, axis.key).kind is FieldKind.CODE
    return sorted(values) if coded and axis.distinct <= SERIES else values


def _where(plot: _Plot, one: int, other: int) -> dict[str, int]:
    """The values of one cell."""
    return {plot.along.key: one, plot.beside.key: other} if plot.beside else {plot.along.key: one}


def _behind(host: str, address: str) -> str:
    """An address behind a host; where there is none there is nothing to put behind it."""
    return f"{host}{address}" if address else ""


def _is_doubtful(figure: Figure, plot: _Plot, value: int) -> bool:
    return plot.along.key == figure.years and figure.is_doubtful(value)


def _rest_name(axis: Axis, shown: int) -> str:
    if axis.distinct <= shown:
        return _("没有此项")
    return _("其他（含没有此项的）") if axis.missing else _("其他")


def _unlike(names: Sequence[str]) -> list[str]:
    """Names that can be told apart: of several alike each gets its place behind it."""
    alike = {name for name, count in Counter(names).items() if count > 1}
    return [f"{name}（{at}）" if name in alike else name for at, name in enumerate(names, 1)]
