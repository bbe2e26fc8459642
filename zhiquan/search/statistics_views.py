"""The statistics pages of a result, and their parts: pictures, specifications, tables, the script of charts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gzip import compress

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patmark.analysis.drawing import Theme
from patmark.analysis.fonts import chinese_font
from patmark.errors import NotFound
from patmark.fields import Subject
from zhiquan.search.answers import meant
from zhiquan.search.asked import asked_in, encoded
from zhiquan.search.holdings import holdings
from zhiquan.search.statistics import RECORDS, Figure, figure, newest, unit
from zhiquan.search.statistics_charts import (
    HALF,
    NARROW,
    WIDE,
    Look,
    drawing,
    is_overlapping,
    provenance,
    shape_of,
)
from zhiquan.search.statistics_files import csv_answer, rows_of
from zhiquan.search.statistics_pictures import RELEASE, picture, script
from zhiquan.search.statistics_wanted import FILING_YEARS, address, shapes, shelves, tops, turned, wanted_in

PAGES = {Subject.PATENT: "search.statistics", Subject.TRADEMARK: "trademarks.statistics"}
FIGURES = {Subject.PATENT: "search.figure", Subject.TRADEMARK: "trademarks.figure"}
TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
WIDTHS = {"narrow": NARROW, "half": HALF}
LETTER, LARGE_LETTER = 13, 17


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on a page: its address without colours and letters, its sizes, and what it is called.

    `half` is for one of two side by side; `wide` and `narrow` are (width, height) in pixels.
    """

    svg: str
    half: bool
    wide: tuple[int, int]
    narrow: tuple[int, int]
    name: str
    page: str = ""


@require_safe
def patent_statistics(request: HttpRequest) -> HttpResponse:
    """A statistic of a result of patents."""
    return _page(request, Subject.PATENT)


@require_safe
def trademark_statistics(request: HttpRequest) -> HttpResponse:
    """A statistic of a result of trademarks."""
    return _page(request, Subject.TRADEMARK)


@require_safe
def patent_figure(request: HttpRequest, form: str) -> HttpResponse:
    """A statistic of patents as svg, png, csv, or its Vega-Lite specification."""
    return _file(request, Subject.PATENT, form)


@require_safe
def trademark_figure(request: HttpRequest, form: str) -> HttpResponse:
    """A statistic of trademarks as svg, png, csv, or its Vega-Lite specification."""
    return _file(request, Subject.TRADEMARK, form)


@require_safe
def charts_script(request: HttpRequest) -> HttpResponse:
    """The script of interactive charts; its address names its release, so that a browser keeps it."""
    made = script()
    response = HttpResponse(made, content_type="text/javascript; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = compress(made, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def picture_of(one: Figure, name: str = "", *, half: bool = False) -> Picture:
    """The chart of a statistic as a page shows it, with the sizes its pictures will have."""
    subject = one.asked.subject
    at = reverse(FIGURES[subject], kwargs={"form": "svg"})
    wide, narrow = (drawing(one, Look(width=width, linked=False)) for width in (HALF if half else WIDE, NARROW))
    return Picture(
        svg=f"{at}?{address(one.asked.question, one.wanted)}&inline=1",
        half=half,
        wide=(wide.width, wide.height),
        narrow=(narrow.width, narrow.height),
        name=name or one.title,
        page=f"{reverse(PAGES[subject])}?{address(one.asked.question, one.wanted)}",
    )


def script_address() -> str:
    return f"{reverse('charts-script')}?{encoded({'v': RELEASE})}"


def _counted(request: HttpRequest, subject: Subject) -> Figure:
    asked = asked_in(request.GET, subject)
    question = meant(asked)
    return figure(replace(asked, chosen=question.words), question, wanted_in(request.GET, subject))


def _page(request: HttpRequest, subject: Subject) -> HttpResponse:
    one = _counted(request, subject)
    wanted, asked = one.wanted, one.asked
    at, held = reverse(PAGES[subject]), holdings(subject)
    files = {form: _file_address(one, form) for form in TYPES}
    context = {
        "title": _("专利统计") if subject is Subject.PATENT else _("商标统计"),
        "records": f"{reverse(RECORDS[subject])}?{asked.kept}",
        "anew": at,
        "asked": asked,
        "figure": one,
        "column_names": [one.columns.label(value) for value in one.columns.values] if one.columns else (),
        "picture": picture_of(one),
        "shape": shape_of(one),
        "overlapping": is_overlapping(one),
        "provenance": provenance(one),
        "by": shelves(subject, wanted.by),
        "across": shelves(subject, wanted.across),
        "shapes": shapes(wanted.shape),
        "tops": tops(wanted.top),
        "turned": f"{at}?{address(asked.question, turned(wanted))}" if wanted.across else "",
        "files": files,
        "unit": unit(subject),
        "newest": newest(subject),
        "late": held.unseen if one.years in FILING_YEARS else None,
        "holdings": held,
        "font_missing": not chinese_font(),
        "charts_script": script_address(),
    }
    return render(request, "search/statistics.html", context)


def _file_address(one: Figure, form: str) -> str:
    at = reverse(FIGURES[one.asked.subject], kwargs={"form": form})
    return f"{at}?{address(one.asked.question, one.wanted)}"


def _file(request: HttpRequest, subject: Subject, form: str) -> HttpResponse:
    if form not in TYPES:
        raise NotFound(_("没有这种格式的图。"), mend=_("可用：svg、png、csv、json。"))
    one = _counted(request, subject)
    host = f"{request.scheme}://{request.get_host()}"
    name = f"{subject.value}-{'-'.join(one.wanted.names)}-{one.sequence}"
    if form == "csv":
        page = f"{reverse(PAGES[subject])}?{address(one.asked.question, one.wanted)}"
        return csv_answer(name, rows_of(one, host, page))
    look = _look(request)
    shown = drawing(one, replace(look, host=host if look.alone else "", linked=form == "json" or look.alone))
    tag = quote_etag(f"{shown.digest}.{form}")
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = HttpResponse(picture(shown, form), content_type=TYPES[form])
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    if look.alone:
        response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _look(request: HttpRequest) -> Look:
    """The look a picture is asked in; odd values are the usual ones."""
    given = request.GET
    return Look(
        theme=Theme.DARK if given.get("paper") == "dark" else Theme.LIGHT,
        width=WIDTHS.get(given.get("size", ""), WIDE),
        letter=LARGE_LETTER if given.get("letters") == "large" else LETTER,
        alone="inline" not in given,
    )
