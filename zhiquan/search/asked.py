"""What the address of a result asks for, and addresses for its neighbours: another page, one more value, other columns.

    q=电池                 the query as typed               sort=ad  order=asc     order; newest first without `order`
    within=正极            again within the result (often)  page=3  per=50         which page, hits on one
    f.dist=340881          a value of a facet (often)       view=table  col=pa     list or table, columns (often)
    marks=…                only what is on a marked list, by its shared number

Values of one facet are alternatives, everything else must hold together. Pages of a result, its export, its statistics
and its further values share these names, so that an address of one leads to the same result in the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from patmark.errors import BadInput
from patmark.fields import FIELDS, Subject

PREFIX = "f."
PER_PAGE = (20, 50, 100)
VIEWS = ("list", "table")
SORTS = {
    Subject.PATENT: ("relevance", "ad", "pd"),
    Subject.TRADEMARK: ("relevance", "fd", "rd"),
}
#: A page so deep is for an export, not for reading on; the engine would still answer exactly.
DEEPEST = 10_000
#: More conditions than people choose: what comes with more was not made by hand.
MOST_WITHIN = 10
MOST_CHOSEN = 200
_LONGEST_MARK = 40
#: Spelled-out addresses keep what reads well in them; the browser escapes the rest.
_PLAIN = "/:"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `chosen` holds (facet, values as the address says them) in the order they were chosen."""

    subject: Subject
    query: str = ""
    within: tuple[str, ...] = ()
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = "relevance"
    rising: bool = False
    page: int = 1
    per: int = PER_PAGE[0]
    view: str = VIEWS[0]
    columns: tuple[str, ...] = field(default=())
    marks: str = ""

    @property
    def first(self) -> int:
        """How many hits lie before this page."""
        return (self.page - 1) * self.per

    @property
    def deepest(self) -> int:
        """The last page that can be turned to."""
        return DEEPEST // self.per

    @property
    def narrowed(self) -> bool:
        """Whether the result is less than that of the query alone."""
        return bool(self.within or self.chosen or self.marks)

    def values(self, key: str) -> tuple[str, ...]:
        """What is chosen of a facet."""
        return next((values for one, values in self.chosen if one == key), ())

    def with_values(self, key: str, values: Sequence[str]) -> Asked:
        """The same with these values of a facet and no others, from the first page on."""
        if not any(one == key for one, _ in self.chosen):
            return replace(self, chosen=(*self.chosen, (key, tuple(values))) if values else self.chosen, page=1)
        kept = [(one, tuple(values) if one == key else before) for one, before in self.chosen]
        return replace(self, chosen=tuple((one, held) for one, held in kept if held), page=1)

    def toggled(self, key: str, value: str) -> Asked:
        """The same with one value more, or without it where it was chosen."""
        held = self.values(key)
        return self.with_values(key, [one for one in held if one != value] if value in held else [*held, value])

    def without_within(self, at: int) -> Asked:
        """The same without the search within the result at that place."""
        return replace(self, within=(*self.within[:at], *self.within[at + 1 :]), page=1)

    @property
    def question(self) -> list[tuple[str, str]]:
        """The parameters that decide what is found, for an export or a statistic of the same result."""
        chosen = [(PREFIX + key, value) for key, values in self.chosen for value in values]
        marks = [("marks", self.marks)] if self.marks else []
        return [("q", self.query), *(("within", one) for one in self.within), *chosen, *marks]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Every parameter that differs from what is usual, in the order of the table above."""
        shown = [("view", self.view)] if self.view != VIEWS[0] else []
        order = [("order", "asc")] if self.rising else []
        return [
            *self.question,
            *([("sort", self.sort), *order] if self.sort != "relevance" else []),
            *([("per", str(self.per))] if self.per != PER_PAGE[0] else []),
            *shown,
            *(("col", one) for one in (self.columns if self.view == "table" else ())),
            *([("page", str(self.page))] if self.page > 1 else []),
        ]

    @property
    def address(self) -> str:
        """The parameters as an address carries them behind the question mark."""
        return encoded(self.parameters)

    @property
    def kept(self) -> str:
        """The question alone as an address carries it."""
        return encoded(self.question)


def asked_in(given: QueryDict, subject: Subject, *, per: int = PER_PAGE[0], view: str = VIEWS[0]) -> Asked:
    """What a request asks for. Odd orders, pages and views are the usual ones; a condition that cannot be kept is told.

    Raises BadInput where a facet is none or more is chosen than `MOST_CHOSEN`: leaving it out would find too much.
    """
    sort = given.get("sort", "")
    asked = Asked(
        subject=subject,
        query=given.get("q", "").strip(),
        within=tuple(dict.fromkeys(text for one in given.getlist("within") if (text := one.strip()))),
        chosen=_chosen(given, subject),
        sort=sort if sort in SORTS[subject] else "relevance",
        rising=given.get("order") == "asc" and sort in SORTS[subject][1:],
        per=_one_of(given.get("per", ""), PER_PAGE, per),
        view=next((one for one in VIEWS if given.get("view") == one), view),
        marks=given.get("marks", "")[:_LONGEST_MARK],
    )
    if len(asked.within) > MOST_WITHIN:
        raise BadInput(
            _("在结果中再检索最多 %(most)s 次。") % {"most": MOST_WITHIN},
            mend=_("请去掉几个条件，或者把它们写进检索式。"),
        )
    return replace(asked, page=min(max(_whole(given.get("page", "")), 1), asked.deepest))


def _chosen(given: QueryDict, subject: Subject) -> tuple[tuple[str, tuple[str, ...]], ...]:
    facets = {row.key for row in FIELDS[subject] if row.facet}
    chosen: dict[str, tuple[str, ...]] = {}
    for name in given:
        if not name.startswith(PREFIX):
            continue
        key = name.removeprefix(PREFIX)
        if key not in facets:
            raise BadInput(
                _("地址里的条件“%(name)s”不认识。") % {"name": name[:40]}, mend=_("请去掉它，或者从检索页重新选择。")
            )
        if values := tuple(dict.fromkeys(one for one in given.getlist(name) if one)):
            chosen[key] = values
    if sum(map(len, chosen.values())) > MOST_CHOSEN:
        raise BadInput(
            _("同时选择的值最多 %(most)s 个。") % {"most": MOST_CHOSEN}, mend=_("请少选几个，或者改用检索式。")
        )
    return tuple(chosen.items())


def _one_of(text: str, known: Sequence[int], usual: int) -> int:
    return next((one for one in known if text == str(one)), usual)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def encoded(parameters: Sequence[tuple[str, str]] | Mapping[str, str]) -> str:
    """Parameters behind the question mark of an address; lone halves of characters, which no address holds, as `?`."""
    return urlencode(parameters, safe=_PLAIN, errors="replace", quote_via=quote_plus)
