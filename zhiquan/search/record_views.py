"""The page of one record: what it says and how it came together (records), with what the search knows around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from patmark.citing import page_metadata
from patmark.errors import EngineDown
from patmark.patent import Patent
from zhiquan.common.action import Actor, may
from zhiquan.records import pictures, queries, reading
from zhiquan.records.chronicle import mark_chronicle, patent_chronicle
from zhiquan.records.models import Subject
from zhiquan.records.paper import patent_paper, trademark_paper
from zhiquan.records.provenance import provenance
from zhiquan.records.queries import Whole
from zhiquan.records.related import related
from zhiquan.records.views import address_of, reference_of
from zhiquan.search import around
from zhiquan.search.around import Around

#: Pictures shown at once; of more the rest lies folded.
SHOWN = 12


@require_safe
def patent(request: HttpRequest, number: str) -> HttpResponseBase:
    """A patent by any of its numbers; another spelling leads to the page's one address."""
    return _page(request, number, Subject.PATENT)


@require_safe
def trademark(request: HttpRequest, number: str) -> HttpResponseBase:
    """A trademark by its number."""
    return _page(request, number, Subject.TRADEMARK)


def _page(request: HttpRequest, number: str, subject: Subject) -> HttpResponseBase:
    record = queries.record_of(number, subject)
    name = subject.name.lower()
    if record.key != number:
        return redirect(name, record.key)
    whole = queries.whole(record)
    shown = pictures.hung(whole)
    address = address_of(request, whole)
    context: dict[str, Any] = {
        "record": record,
        "name": name,
        "address": address,
        "metadata": page_metadata(reference_of(whole, address)),
        "pictures": shown[:SHOWN],
        "more_pictures": shown[SHOWN:],
        "absent_pictures": len(whole.merged.record.pictures) - len(shown),
        "provenance": provenance(whole),
        "reads_batches": may(Actor.of(request), "batch.read"),
        "whole": "full" in request.GET,
    }
    context |= _patent(whole) if subject is Subject.PATENT else _trademark(whole)
    return render(request, f"search/{name}.html", context)


def _patent(whole: Whole) -> Mapping[str, object]:
    record = whole.merged.record
    assert isinstance(record, Patent)
    found = _around(whole)
    return {
        "paper": patent_paper(whole),
        "chronicle": patent_chronicle(whole),
        "abstracts": reading.abstracts(record),
        "claims": reading.claims(record),
        "parts": reading.parts(record),
        "related": related(record, whole.record),
        "classes": around.class_rows(record.symbols, counted=found.built),
        "around": found,
    }


def _trademark(whole: Whole) -> Mapping[str, object]:
    record = whole.merged.record
    assert not isinstance(record, Patent)
    found = _around(whole)
    return {
        "paper": trademark_paper(whole),
        "chronicle": mark_chronicle(whole),
        "goods": around.goods_rows(record, counted=found.built),
        "around": found,
    }


def _around(whole: Whole) -> Around:
    """What lies around; a site that is being set up has no index for some moments, yet its records are read."""
    try:
        return around.patent_around(whole) if whole.record.subject == Subject.PATENT else around.trademark_around(whole)
    except EngineDown:
        return Around(None, (), built=False)
