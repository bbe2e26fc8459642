"""The search pages: patents and trademarks, and the help page of the query language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patmark.engines.base import Sort
from patmark.errors import BadQuery, EngineDown
from patmark.fields import FIELDS, Subject, field
from patmark.query import caret
from zhiquan.search.answers import SORTS, Answer, ask
from zhiquan.search.hits import hits
from zhiquan.search.holdings import holdings

PER_PAGE = 20
#: A page so deep is for an export, not for reading on; the engine would still answer exactly.
LAST_PAGE = 500
EXAMPLES = {
    Subject.PATENT: ("锂电池", "ta:薄膜 AND dist:太湖县", "ipc:H01M10", "ad:[2020-01-01 TO 2022-12-31]", "申请人=示例"),
    Subject.TRADEMARK: ("mark:示例", "nice:21", "sg:2106", "goods:牙刷", "hol:桐城"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that leads to another view of the same result; without an address it is a gap."""

    name: str
    address: str = ""
    active: bool = False
    count: int = 0


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
    """How a query is written: the fields of both subjects with their names."""
    subjects = [(_("专利"), FIELDS[Subject.PATENT]), (_("商标"), FIELDS[Subject.TRADEMARK])]
    return render(request, "search/help.html", {"title": _("检索式写法"), "subjects": subjects})


def _search(request: HttpRequest, subject: Subject, title: str) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    page = _page(request.GET.get("page", ""))
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS[subject] else "relevance"
    context: dict[str, object] = {
        "title": title,
        "query": query,
        "sort": sort,
        "examples": EXAMPLES[subject],
        "holdings": holdings(subject),
    }
    status = 200
    try:
        answer = ask(query, subject, sort=Sort(sort), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
        context |= _shown(answer, query, sort, page)
    except BadQuery as problem:
        context |= {"problem": problem, "caret": caret(query, problem) if problem.end else ""}
        status = problem.status
    except EngineDown as problem:
        context |= {"problem": problem}
        status = problem.status
    return render(request, "search/page.html", context, status=status)


def _shown(answer: Answer, query: str, sort: str, page: int) -> Mapping[str, object]:
    first = (page - 1) * PER_PAGE + 1
    found = hits(answer)
    return {
        "answer": answer,
        "hits": found,
        "first": first,
        "last": first + len(found) - 1,
        "facets": [
            {
                "name": one.name,
                "more": one.more,
                "missing": one.missing,
                "rows": [
                    Choice(row.label, _address(_narrowed(query, row.clause), sort), count=row.count) for row in one.rows
                ],
            }
            for one in answer.facets
        ],
        "sorts": [
            Choice(_sort_name(answer.subject, name), _address(query, name), name == sort)
            for name in SORTS[answer.subject]
        ],
        "pages": _pages(answer.total, page, query, sort),
    }


def _narrowed(query: str, clause: str) -> str:
    """The query with one more clause; the typed form is kept where a clause can simply stand behind it."""
    if not query:
        return clause
    plain = all(word not in query for word in (" OR ", " 或 ", " 或者 "))
    return f"{query} {clause}" if plain else f"({query}) {clause}"


def _sort_name(subject: Subject, name: str) -> str:
    return _("相关度") if name == "relevance" else field(subject, name).zh


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


def _pages(total: int, page: int, query: str, sort: str) -> list[Choice]:
    """The pages around this one, the first and the last that can be reached."""
    last = min(-(-total // PER_PAGE), LAST_PAGE)
    near = sorted({1, *range(max(1, page - 2), min(last, page + 2) + 1), last} - {0})
    choices: list[Choice] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            choices.append(Choice("…"))
        choices.append(Choice(str(number), _address(query, sort, number), number == page))
    return choices
