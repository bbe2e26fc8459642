"""How a browser likes its lists: list or table, how many on a page, which columns; kept in a cookie, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from patmark.fields import Subject
from zhiquan.search.asked import PER_PAGE, VIEWS, Asked, asked_in, encoded
from zhiquan.search.columns import columns

COOKIE = "zhiquan_list"
_AGE = 365 * 24 * 3600
#: A cookie of ours is shorter; a longer one was made by somebody else.
_LONGEST = 400
_EXPLICIT = ("view", "per", "col")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a browser chose last; `columns` are those of one subject's tables."""

    per: int = PER_PAGE[0]
    view: str = VIEWS[0]
    columns: tuple[str, ...] = ()


def preferred(request: HttpRequest, subject: Subject) -> Preferences:
    """What the cookie says; the usual where it says nothing that can be."""
    text = request.COOKIES.get(COOKIE, "")
    kept = QueryDict(text if len(text) <= _LONGEST else "")
    per = next((one for one in PER_PAGE if kept.get("per") == str(one)), PER_PAGE[0])
    view = kept["view"] if kept.get("view") in VIEWS else VIEWS[0]
    return Preferences(per, view, _known(subject, kept.get(subject.value, "").split(".")))


def asked_with(request: HttpRequest, subject: Subject) -> Asked:
    """What a request asks for, shown as its address says, else as its browser likes it. Raises BadInput."""
    liked = preferred(request, subject)
    asked = asked_in(request.GET, subject, per=liked.per, view=liked.view)
    given = _known(subject, request.GET.getlist("col"))
    return replace(asked, columns=given or liked.columns)


def remember(request: HttpRequest, response: HttpResponse, asked: Asked) -> None:
    """Keeps what this address chose explicitly; the columns of the other subject stay as they were."""
    if not any(name in request.GET for name in _EXPLICIT):
        return
    kept = {one.value: ".".join(preferred(request, one).columns) for one in Subject}
    kept[asked.subject.value] = ".".join(asked.columns)
    values = {"view": asked.view, "per": str(asked.per), **{name: one for name, one in kept.items() if one}}
    response.set_cookie(
        COOKIE, encoded(values), max_age=_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _known(subject: Subject, keys: list[str]) -> tuple[str, ...]:
    return tuple(one.key for one in columns(subject, keys))
