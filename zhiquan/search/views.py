"""The search pages: patents and trademarks, all values of a facet, and the help page of the query language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patmark.errors import BadInput, BadQuery, EngineDown
from patmark.fields import FIELDS, Subject
from patmark.query import caret
from zhiquan.records import reference
from zhiquan.search import drawn, facet_values, result, ways_on
from zhiquan.search.answers import answer, meant, read
from zhiquan.search.asked import Asked
from zhiquan.search.columns import name
from zhiquan.search.combined import Combined
from zhiquan.search.guide import RULES
from zhiquan.search.hits import hits
from zhiquan.search.holdings import strip
from zhiquan.search.index import engine, is_built
from zhiquan.search.kept_pages import kept
from zhiquan.search.marks import marked_among
from zhiquan.search.preferences import asked_with, remember

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
PAGES = {Subject.PATENT: "search", Subject.TRADEMARK: "trademarks"}
EXPORTS = {Subject.PATENT: "export", Subject.TRADEMARK: "trademarks.export"}
STATISTICS = {Subject.PATENT: "search.statistics", Subject.TRADEMARK: "trademarks.statistics"}
VALUES = {Subject.PATENT: "search.values", Subject.TRADEMARK: "trademarks.values"}
#: Which part of the page HTMX asks for; a browser that goes back in its history gets the whole page.
PART = "result"


@require_safe
@kept(Subject.PATENT)
def patents(request: HttpRequest) -> HttpResponse:
    """Search in patents."""
    return _search(request, Subject.PATENT, _("专利检索"))


@require_safe
@kept(Subject.TRADEMARK)
def trademarks(request: HttpRequest) -> HttpResponse:
    """Search in trademarks."""
    return _search(request, Subject.TRADEMARK, _("商标检索"))


@require_safe
def patent_values(request: HttpRequest, key: str) -> HttpResponse:
    """All values of a facet of a result of patents."""
    with reference.read_once():
        return _values(request, Subject.PATENT, key)


@require_safe
def trademark_values(request: HttpRequest, key: str) -> HttpResponse:
    """All values of a facet of a result of trademarks."""
    with reference.read_once():
        return _values(request, Subject.TRADEMARK, key)


@require_safe
def query_help(request: HttpRequest) -> HttpResponse:
    """How a query is written: rules with examples to try, and the fields of both subjects with their names."""
    names = {Subject.PATENT: (_("专利"), reverse("search")), Subject.TRADEMARK: (_("商标"), reverse("trademarks"))}
    parts = [
        {"name": name, "address": address, "rules": RULES[subject], "fields": FIELDS[subject]}
        for subject, (name, address) in names.items()
    ]
    return render(request, "search/help.html", {"title": _("检索式写法"), "parts": parts})


def _values(request: HttpRequest, subject: Subject, key: str) -> HttpResponse:
    facet_values.check(subject, key)
    asked = asked_with(request, subject)
    question = meant(asked)
    asked = replace(asked, chosen=question.words, page=1)
    find = request.GET.get("find", "").strip()
    context = {
        "title": _("专利检索") if subject is Subject.PATENT else _("商标检索"),
        "back": reverse(PAGES[subject]),
        "asked": asked,
        "others": asked.with_values(key, ()).parameters,
        "values": facet_values.every_value(question, key, find),
        "find": find,
    }
    return render(request, "search/values.html", context)


def _search(request: HttpRequest, subject: Subject, title: str) -> HttpResponse:
    context: dict[str, object] = {"title": title, "asks_itself": True, "examples": EXAMPLES[subject]}
    status = 200
    asked = Asked(subject, request.GET.get("q", "").strip())
    try:
        asked = asked_with(request, subject)
        if "anew" in request.GET:
            return redirect(f"{request.path}?{result.without_any(asked)}")
        with reference.read_once():
            shown = _shown(request, asked)
        context |= shown
        asked = shown["asked"]
    except BadQuery as problem:
        context |= _mending(asked, problem)
        status = problem.status
    except BadInput as problem:
        context |= {"problem": problem}
        status = problem.status
    except EngineDown as problem:
        # A site that is being set up has no index for some moments: that is no fault to show to anybody.
        context |= {"problem": problem} if is_built(subject) else {"building": True}
        status = problem.status
    partly = _is_partly(request) and status == 200
    context |= {"asked": asked, **_tools(asked)}
    if "strip" not in context:
        context["strip"] = strip(subject)
    response = render(request, "search/part.html" if partly else "search/page.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    if status == EngineDown.status:
        response["Retry-After"] = "5"
    elif status == 200:
        remember(request, response, asked)
    return response


def _is_partly(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target") == PART and "HX-History-Restore-Request" not in request.headers


def _shown(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What the template of a result needs; a page beyond the last is the last.

    Raises BadQuery, BadInput, NotFound, EngineDown.
    """
    question = meant(asked)
    asked = replace(asked, chosen=question.words)
    found = answer(asked, question)
    last = max(1, min(-(-found.total // asked.per), asked.deepest))
    if asked.page > last:
        asked = replace(asked, page=last)
        found = answer(asked, question)
    table = result.shown_columns(asked) if asked.view == "table" else None
    listed = hits(found, table)
    draw = drawn.hit_list if table is None else drawn.table_rows
    marked = marked_among(request, [hit.pk for hit in listed])
    many = found.total > asked.deepest * asked.per
    return {
        "asked": asked,
        "answer": found,
        "drawn": draw(listed, asked.first + 1, marked) if listed else "",
        "heads": [name(one) for one in table or ()],
        "first": asked.first + 1,
        "last": asked.first + len(listed),
        "strip": strip(asked.subject, engine(asked.subject).size),
        "deepest": asked.deepest * asked.per if many else 0,
        "facets": [(one, drawn.facet_values(one.rows)) for one in result.facets(asked, found)],
        "chips": result.chips(asked, question),
        "pages": result.pages(last, asked),
        **_ways(asked, question, found.total),
    }


def _tools(asked: Asked) -> dict[str, object]:
    """Orders, sizes, views, doors to other pages of the same result."""
    return {
        "query": asked.query,
        "hidden": result.hidden(asked, "q"),
        "without_any": result.without_any(asked),
        "sorts": result.sorts(asked),
        "sizes": result.sizes(asked),
        "views": result.views(asked),
        "column_choices": result.column_choices(asked) if asked.view == "table" else (),
        "values_page": VALUES[asked.subject],
        "export_page": EXPORTS[asked.subject],
        "statistics_page": STATISTICS[asked.subject],
    }


def _ways(asked: Asked, question: Combined, total: int) -> dict[str, object]:
    if total:
        return {"ways": ways_on.from_much(asked, question, total)}
    return {"ways": ways_on.from_nothing(asked, question), "conditions": ways_on.conditions(asked, question)}


def _mending(asked: Asked, problem: BadQuery) -> Mapping[str, object]:
    """What is wrong in which text, with the place, and the address of the question with that text mended."""
    at = next((at for at, one in enumerate(asked.within) if _is_faulty(one, asked.subject)), None)
    if at is None or _is_faulty(asked.query, asked.subject):
        mended = replace(asked, query=problem.suggestion)
        text = asked.query
    else:
        text = asked.within[at]
        mended = replace(asked, within=(*asked.within[:at], problem.suggestion, *asked.within[at + 1 :]))
    return {
        "problem": problem,
        "faulty": text if text != asked.query else "",
        "caret": caret(text, problem) if problem.end else "",
        "mended": mended.address if problem.suggestion else "",
    }


def _is_faulty(text: str, subject: Subject) -> bool:
    try:
        read(text, subject)
    except BadQuery:
        return True
    return False
