"""What belongs to a record's page: its pictures, its citation as BibTeX and RIS, and its address as a QR code."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from patmark.citing import Reference, bibtex, mark_reference, patent_reference, ris
from patmark.patent import Patent
from zhiquan.records import pictures, queries
from zhiquan.records.derive import completed, shown_number
from zhiquan.records.models import Record, Subject
from zhiquan.records.paper import said
from zhiquan.records.queries import Whole
from zhiquan.records.standing import patent_now, trademark_now


@require_safe
def patent_picture(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """A drawing of a patent."""
    return _picture(queries.record_of(number, Subject.PATENT), n)


@require_safe
def trademark_picture(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """The image of a mark."""
    return _picture(queries.record_of(number, Subject.TRADEMARK), n)


@require_safe
def patent_bibtex(request: HttpRequest, number: str) -> HttpResponse:
    """A patent as a BibTeX entry."""
    return _file(request, _whole(number, Subject.PATENT), "bib")


@require_safe
def patent_ris(request: HttpRequest, number: str) -> HttpResponse:
    """A patent as a RIS record."""
    return _file(request, _whole(number, Subject.PATENT), "ris")


@require_safe
def patent_qr(request: HttpRequest, number: str) -> HttpResponse:
    """The address of a patent's page as a QR code."""
    return _qr(request, _whole(number, Subject.PATENT))


@require_safe
def trademark_bibtex(request: HttpRequest, number: str) -> HttpResponse:
    """A trademark as a BibTeX entry."""
    return _file(request, _whole(number, Subject.TRADEMARK), "bib")


@require_safe
def trademark_ris(request: HttpRequest, number: str) -> HttpResponse:
    """A trademark as a RIS record."""
    return _file(request, _whole(number, Subject.TRADEMARK), "ris")


@require_safe
def trademark_qr(request: HttpRequest, number: str) -> HttpResponse:
    """The address of a trademark's page as a QR code."""
    return _qr(request, _whole(number, Subject.TRADEMARK))


def reference_of(whole: Whole, address: str) -> Reference:
    """A record as it is cited, at the address of its page."""
    record, number = whole.merged.record, shown_number(whole.record)
    if isinstance(record, Patent):
        now = patent_now(whole.record.patent)
        record = completed(record, whole.record.patent)
        return patent_reference(record, application=number, url=address, status=said(now.zh, now.en))
    now = trademark_now(whole.record.trademark)
    return mark_reference(record, number=number, url=address, status=said(now.zh, now.en))


def address_of(request: HttpRequest, whole: Whole) -> str:
    """The whole address of a record's page, as it is shared."""
    name = Subject(whole.record.subject).name.lower()
    return request.build_absolute_uri(reverse(name, args=[whole.record.key]))


def _picture(record: Record, n: int) -> HttpResponse:
    image = pictures.image(queries.whole(record), n)
    response = HttpResponse(image.content, content_type=image.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    if image.media_type not in pictures.SHOWN:
        response["Content-Disposition"] = f'attachment; filename="{record.pk}-{n}.tif"'
    return response


def _whole(number: str, subject: Subject) -> Whole:
    return queries.whole(queries.record_of(number, subject))


_FORMS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}


def _file(request: HttpRequest, whole: Whole, ending: str) -> HttpResponse:
    write, media_type = _FORMS[ending]
    text = write(reference_of(whole, address_of(request, whole)))
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{whole.record.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _qr(request: HttpRequest, whole: Whole) -> HttpResponse:
    # Light squares are drawn too: on a dark page a code without paper is not read.
    drawn = segno.make(address_of(request, whole), error="m").svg_inline(scale=4, border=2, light="#fff")
    standing = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    response = HttpResponse(standing, content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    return response
