"""Which columns a browser likes in its exports, kept in a cookie and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict

from patmark.fields import Subject
from zhiquan.search.asked import encoded
from zhiquan.search.exporting.columns import chosen, known_keys
from zhiquan.search.exporting.held import Column

COOKIE = "zhiquan_export"
_AGE = 365 * 24 * 3600
#: A cookie of ours is shorter; a longer one was made by somebody else.
_LONGEST = 1_000


def columns_for(request: HttpRequest, subject: Subject) -> tuple[Column, ...]:
    """The columns an address asks for (`col`, often), else those liked last, else the usual ones. Raises BadInput."""
    asked = request.GET.getlist("col")
    return chosen(subject, asked or _liked(request, subject))


def remember(request: HttpRequest, response: HttpResponseBase, subject: Subject) -> None:
    """Keeps the columns this address chose; those of the other subject stay as they were."""
    if "col" not in request.GET:
        return
    kept = {one.value: ".".join(_liked(request, one)) for one in Subject}
    kept[subject.value] = ".".join(one.key for one in columns_for(request, subject))
    told = encoded({name: keys for name, keys in kept.items() if keys})
    response.set_cookie(
        COOKIE, told, max_age=_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _liked(request: HttpRequest, subject: Subject) -> tuple[str, ...]:
    text = request.COOKIES.get(COOKIE, "")
    kept = QueryDict(text if len(text) <= _LONGEST else "")
    return known_keys(subject, kept.get(subject.value, "").split("."))
