"""The search pages: patents and trademarks, and the help page of the query language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patmark.engines.base import Sort
from patmark.errors import BadQuery, EngineDown
from patmark.fields import FIELDS, Subject
from patmark.query import caret
from zhiquan.search.answers import Answer, FacetView, ask
from zhiquan.search.asked import SORTS
from zhiquan.search.guide import RULES
from zhiquan.search.hits import hits
from zhiquan.search.holdings import holdings
from zhiquan.search.index import engine, is_built
from zhiquan.search.labels import field_name
from zhiquan.search.narrowing import base, narrowed

PER_PAGE = 20
#: A page so deep is for an export, not for reading on; the engine would still answer exactly.
LAST_PAGE = 500
EXAMPLES = {
    Subject.PATENT: (
        "锂离子电池",
        "ta:薄膜 AND dist:太湖县",
        "ipc:H01M10",
        "ad:[2020-01-01 TO 2022-12-31]",
        "申请人=示例",
    ),
    Subject.TRADEMARK: ("mark:示例", "nice:21", "sg:2106", "goods:牙刷", "hol:桐城"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that leads to another view of the same result; without an address it is a gap."""

    name: str
    address: str = ""
    active: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the query as typed, the order, the page."""

    query: str
    sort: str
    page: int


@require_safe
def patents(request: HttpRequest) -> HttpResponse:
    """Search in patents."""
    return _search(request, Subject.PATENT, _("专利检索"))


@require_safe
def trademarks(request: HttpRequest) -> HttpResponse:
    """Search in trademarks."""
    return _search(request, Subject.TRADEMARK, _("商标检索"))


@require_safe
def query_help(request: HttpRequest) -> HttpResponse:
    """How a query is written: rules with examples to try, and the fields of both subjects with their names."""
    names = {Subject.PATENT: (_("专利"), reverse("search")), Subject.TRADEMARK: (_("商标"), reverse("trademarks"))}
    parts = [
        {"name": name, "address": address, "rules": RULES[subject], "fields": FIELDS[subject]}
        for subject, (name, address) in names.items()
    ]
    return render(request, "search/help.html", {"title": _("检索式写法"), "parts": parts})


def _search(request: HttpRequest, subject: Subject, title: str) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    sort = request.GET.get("sort", "")
    asked = Asked(query, sort if sort in SORTS[subject] else "relevance", _page(request.GET.get("page", "")))
    context: dict[str, object] = {
        "title": title,
        "asks_itself": True,
        "query": query,
        "sort": asked.sort,
        "examples": EXAMPLES[subject],
        "holdings": holdings(subject),
    }
    status = 200
    try:
        context |= _shown(subject, asked)
    except BadQuery as problem:
        context |= {"problem": problem, "caret": caret(query, problem) if problem.end else ""}
        status = problem.status
    except EngineDown as problem:
        # A site that is being set up has no index for some moments: that is no fault to show to anybody.
        context |= {"problem": problem} if is_built(subject) else {"building": True}
        status = problem.status
    response = render(request, "search/page.html", context, status=status)
    if status == EngineDown.status:
        response["Retry-After"] = "5"
    return response


def _shown(subject: Subject, asked: Asked) -> Mapping[str, object]:
    """What the template of a result needs; a page beyond the last one is the last one. Raises BadQuery, EngineDown."""
    answer = _answer(subject, asked)
    last = max(1, min(-(-answer.total // PER_PAGE), LAST_PAGE))
    if asked.page > last:
        asked = replace(asked, page=last)
        answer = _answer(subject, asked)
    first = (asked.page - 1) * PER_PAGE + 1
    found = hits(answer)
    before = base(asked.query, answer.tree, subject)
    return {
        "answer": answer,
        "hits": found,
        "first": first,
        "last": first + len(found) - 1,
        "indexed": engine(subject).size,
        "deepest": LAST_PAGE * PER_PAGE if answer.total > LAST_PAGE * PER_PAGE else 0,
        "facets": [(one, _rows(one, before, asked.sort)) for one in answer.facets],
        "sorts": [
            Choice(_sort_name(subject, name), _address(asked.query, name), name == asked.sort)
            for name in SORTS[subject]
        ],
        "pages": _pages(last, asked),
    }


def _answer(subject: Subject, asked: Asked) -> Answer:
    return ask(asked.query, subject, sort=Sort(asked.sort), limit=PER_PAGE, offset=(asked.page - 1) * PER_PAGE)


def _rows(facet: FacetView, before: str | None, sort: str) -> list[Choice]:
    queries = [narrowed(before, row.clause) for row in facet.rows]
    return [
        Choice(row.label, _address(query, sort) if query else "", count=row.count)
        for row, query in zip(facet.rows, queries, strict=True)
    ]


def _sort_name(subject: Subject, name: str) -> str:
    return _("相关度") if name == "relevance" else field_name(subject, name)


def _address(query: str, sort: str, page: int = 1) -> str:
    values = HttpRequest().GET.copy()
    values["q"] = query
    if sort != "relevance":
        values["sort"] = sort
    if page > 1:
        values["page"] = str(page)
    return values.urlencode()


def _page(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 6 else 1


def _pages(last: int, asked: Asked) -> list[Choice]:
    """The pages around this one, the first and the last that can be reached."""
    page = asked.page
    near = sorted({1, *range(max(1, page - 2), min(last, page + 2) + 1), last})
    choices: list[Choice] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            choices.append(Choice("…"))
        choices.append(Choice(str(number), _address(asked.query, asked.sort, number), number == page))
    return choices
