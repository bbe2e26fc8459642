"""What stands round the hits of a result: facets to choose from, chips of what is chosen, orders, sizes, pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from patmark.fields import Subject
from zhiquan.search.answers import Answer, FacetView
from zhiquan.search.asked import PER_PAGE, PREFIX, SORTS, VIEWS, Asked
from zhiquan.search.columns import IN_TABLE, Column, columns, every_column
from zhiquan.search.combined import Combined
from zhiquan.search.labels import field_name

#: Beyond this many characters a query is not repeated in a link for every value of every facet.
LINKED = 1_000


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
        rows = tuple(
            Choice(
                row.label,
                asked.toggled(one.key, row.word).address if linked else "",
                row.on,
                row.count,
                PREFIX + one.key,
                row.word,
                f"{one.key}-{row.value}",
            )
            for row in one.rows
        )
        if rows:
            shown.append(FacetShown(one, rows, asked.kept if linked else "", len(asked.values(one.key))))
    return shown


def chips(asked: Asked, question: Combined) -> list[Choice]:
    """What narrows the result, each with the address that takes it away."""
    found = [
        Choice(_("在结果中：%(text)s") % {"text": text}, asked.without_within(at).address)
        for at, text in enumerate(asked.within)
    ]
    if asked.marks:
        found.append(Choice(_("只看标记的记录"), replace(asked, marks="", page=1).address))
    for key, values in question.chosen.items():
        name = field_name(asked.subject, key)
        found += [
            Choice(_("%(field)s：%(value)s") % {"field": name, "value": one.text}, asked.toggled(key, one.word).address)
            for one in values.values()
        ]
    return found


def without_any(asked: Asked) -> str:
    """The address of the query alone, in the same order and view."""
    return replace(asked, within=(), chosen=(), marks="", page=1).address


def sorts(asked: Asked) -> list[Choice]:
    """The orders there are; following the active one turns it round."""
    found = []
    for name in SORTS[asked.subject]:
        active = name == asked.sort
        turned = active and name != "relevance" and not asked.rising
        label = _sort_name(asked.subject, name)
        if active and name != "relevance":
            label = f"{label} {'↑' if asked.rising else '↓'}"
        found.append(Choice(label, replace(asked, sort=name, rising=turned, page=1).address, active))
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
    return [Choice(one.name, active=one.key in shown, value=one.key) for one in every_column(asked.subject)]


def hidden(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """What a form repeats so that it changes one thing of the address; the page begins anew."""
    return [(name, value) for name, value in asked.parameters if name not in (*without, "page")]


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


def _sort_name(subject: Subject, name: str) -> str:
    return _("相关度") if name == "relevance" else field_name(subject, name)


def _explicit(asked: Asked, name: str, value: str) -> str:
    """An address that says a thing even where it is the usual one, so that the browser remembers it."""
    address = asked.address
    return address if f"&{name}=" in address else f"{address}&{name}={value}"
