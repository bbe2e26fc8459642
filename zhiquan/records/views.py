"""The pages of what we hold: one record, and for staff the batches with their files and rejects."""

from __future__ import annotations

import csv
from itertools import chain

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patmark.errors import NotFound
from patmark.patent import Patent
from zhiquan.common.action import Actor
from zhiquan.records import importing, mending, pictures, queries
from zhiquan.records.models import Batch, Record, Subject
from zhiquan.records.paper import patent_paper, trademark_paper

PER_PAGE = 50


@require_safe
def patent(request: HttpRequest, number: str) -> HttpResponseBase:
    """A patent by any of its numbers; another spelling leads to the page's one address."""
    return _record(request, number, Subject.PATENT)


@require_safe
def trademark(request: HttpRequest, number: str) -> HttpResponseBase:
    """A trademark by its number."""
    return _record(request, number, Subject.TRADEMARK)


def _record(request: HttpRequest, number: str, subject: int) -> HttpResponseBase:
    record = queries.record_of(number, subject)
    if record.key != number:
        return redirect(Subject(subject).name.lower(), record.key)
    whole = queries.whole(record)
    paper = patent_paper(whole) if isinstance(whole.merged.record, Patent) else trademark_paper(whole)
    context = {
        "paper": paper,
        "record": record,
        "pictures": pictures.hung(whole),
        "origins": whole.origins,
        "history": queries.history(record),
    }
    return render(request, "records/record.html", context)


@require_safe
def patent_picture(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """A drawing of a patent."""
    return _picture(queries.record_of(number, Subject.PATENT), n)


@require_safe
def trademark_picture(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """The image of a mark."""
    return _picture(queries.record_of(number, Subject.TRADEMARK), n)


def _picture(record: Record, n: int) -> HttpResponse:
    image = pictures.image(queries.whole(record), n)
    response = HttpResponse(image.content, content_type=image.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    if image.media_type not in pictures.SHOWN:
        response["Content-Disposition"] = f'attachment; filename="{record.pk}-{n}.tif"'
    return response


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """All batches, the newest first, with their counts."""
    page = Paginator(queries.batches(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/batches.html", {"title": _("数据批次"), "page": page})


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: its files, counts, and what was rejected with the reasons."""
    found = _batch(pk)
    page = Paginator(mending.rejects_of(found), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/batch.html", {"title": str(found), "batch": found, "page": page})


@require_safe
def rejects(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rejects of a batch as CSV: file, place, reason, how to mend it, raw text."""
    lines = mending.overview(mending.rejects_of(_batch(pk)).iterator())
    writer = csv.writer(_Echo())
    text = chain(["\ufeff"], map(writer.writerow, lines))
    response = StreamingHttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="batch-{pk}-rejects.csv"'
    return response


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a batch back."""
    importing.undo(Actor.of(request), _batch(pk))
    return redirect("batch", pk)


def _batch(pk: int) -> Batch:
    found = Batch.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这个批次。", mend="请从批次列表中选择。")
    return found


class _Echo:
    """What a csv.writer writes to, so that its lines can be sent one by one."""

    def write(self, line: str) -> str:
        return line
