"""What stands round the hits of a result: facets to choose from, chips of what is chosen, orders, sizes, pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from patmark.fields import Subject
from zhiquan.search.answers import Answer, FacetRow, FacetView
from zhiquan.search.asked import PER_PAGE, PREFIX, SORTS, VIEWS, Asked, encoded
from zhiquan.search.columns import IN_TABLE, columns, every_column, name
from zhiquan.search.combined import Combined
from zhiquan.search.exporting.held import Column
from zhiquan.search.labels import field_name

#: Beyond this many characters a query is not repeated in a link for every value of every facet.
LINKED = 1_000
_YEARS = frozenset({"ady", "pdy", "gdy", "fdy", "rdy"})
#: Stands for the values of a facet while an address is cut in two at them.
_PROBE = "0probe0"


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to another view of the same result: a link, or without an address what a form sends (`field`, `value`).

    `spot` names the element, so that the focus stays on it when the page is renewed about it.
    """

    name: str
    address: str = ""
    active: bool = False
    count: int = 0
    field: str = ""
    value: str = ""
    spot: str = ""


@dataclass(frozen=True, slots=True)
class FacetShown:
    """A facet with a choice for every value listed; `address` leads to all of its values."""

    view: FacetView
    rows: tuple[Choice, ...]
    address: str
    chosen: int


def facets(asked: Asked, answer: Answer) -> list[FacetShown]:
    """The facets of a result; following a value adds it or takes it away, the others stay."""
    linked = len(asked.query) <= LINKED
    shown = []
    for one in answer.facets:
        parameter, held = PREFIX + one.key, asked.values(one.key)
        link = _links(asked, one.key) if linked else None
        rows = tuple(
            Choice(
                row.label,
                link([word for word in held if word != row.word] if row.on else [*held, row.word]) if link else "",
                row.on,
                row.count,
                parameter,
                row.word,
                f"{one.key}-{row.value}",
            )
            for row in _sorted(one)
        )
        if rows:
            shown.append(FacetShown(one, rows, asked.kept if linked else "", len(held)))
    return shown


def _sorted(facet: FacetView) -> Sequence[FacetRow]:
    """Years in their own order, the latest first; the others by how many records they have."""
    return sorted(facet.rows, key=lambda row: -row.value) if facet.key in _YEARS else facet.rows


def _links(asked: Asked, key: str) -> Callable[[Sequence[str]], str]:
    """Addresses that differ in the values of one facet only, without writing the rest of them anew each time."""
    probe = f"{quote_plus(PREFIX + key)}={_PROBE}"
    before, after = asked.with_values(key, [_PROBE]).address.split(probe)

    def link(words: Sequence[str]) -> str:
        chosen = encoded([(PREFIX + key, word) for word in words])
        return before + chosen + after if chosen else before.removesuffix("&") + after

    return link


def chips(asked: Asked, question: Combined) -> list[Choice]:
    """What narrows the result, each with the address that takes it away."""
    found = [
        Choice(_("在结果中：%(text)s") % {"text": text}, asked.without_within(at).address)
        for at, text in enumerate(asked.within)
    ]
    if asked.marks:
        found.append(Choice(_("只看标记的记录"), replace(asked, marks="", page=1).address))
    for key, values in question.chosen.items():
        facet = field_name(asked.subject, key)
        found += [
            Choice(
                _("%(field)s：%(value)s") % {"field": facet, "value": one.text}, asked.toggled(key, one.word).address
            )
            for one in values.values()
        ]
    return found


def without_any(asked: Asked) -> str:
    """The address of the query alone, in the same order and view."""
    return replace(asked, within=(), chosen=(), marks="", page=1).address


def sorts(asked: Asked) -> list[Choice]:
    """The orders there are; following the active one turns it round."""
    found = []
    for key in SORTS[asked.subject]:
        active = key == asked.sort
        turned = active and key != "relevance" and not asked.rising
        label = _sort_name(asked.subject, key)
        if active and key != "relevance":
            label = f"{label} {'↑' if asked.rising else '↓'}"
        found.append(Choice(label, replace(asked, sort=key, rising=turned, page=1).address, active))
    return found


def sizes(asked: Asked) -> list[Choice]:
    """How many hits a page may hold."""
    return [
        Choice(str(one), _explicit(replace(asked, per=one, page=1), "per", str(one)), one == asked.per)
        for one in PER_PAGE
    ]


def views(asked: Asked) -> list[Choice]:
    """List or table."""
    names = {"list": _("列表"), "table": _("表格")}
    return [Choice(names[one], _explicit(replace(asked, view=one), "view", one), one == asked.view) for one in VIEWS]


def shown_columns(asked: Asked) -> tuple[Column, ...]:
    """The columns of the table: those chosen, else the usual ones."""
    return columns(asked.subject, asked.columns or IN_TABLE[asked.subject])


def column_choices(asked: Asked) -> list[Choice]:
    """Every column, the shown ones active."""
    shown = {one.key for one in shown_columns(asked)}
    return [Choice(name(one), active=one.key in shown, value=one.key) for one in every_column(asked.subject)]


def hidden(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """What a form repeats so that it changes one thing of the address; the page begins anew."""
    return [(one, value) for one, value in asked.parameters if one not in (*without, "page")]


def pages(last: int, asked: Asked) -> list[Choice]:
    """The pages around this one, the first and the last that can be reached."""
    page = asked.page
    near = sorted({1, *range(max(1, page - 2), min(last, page + 2) + 1), last})
    choices: list[Choice] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            choices.append(Choice("…"))
        choices.append(Choice(str(number), replace(asked, page=number).address, number == page))
    return choices


def _sort_name(subject: Subject, key: str) -> str:
    return _("相关度") if key == "relevance" else field_name(subject, key)


def _explicit(asked: Asked, parameter: str, value: str) -> str:
    """An address that says a thing even where it is the usual one, so that the browser remembers it."""
    address = asked.address
    return address if f"&{parameter}=" in address else f"{address}&{parameter}={value}"
