"""The marked list of a browser: which it is, what is on it, and what others see of it by its shared address."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from patmark.errors import NotFound
from patmark.fields import Subject
from patmark.query.tree import Code, Node, Number, Or
from zhiquan.common.action import Actor
from zhiquan.records.models import Record
from zhiquan.search.actions import begin_list, digest, standing
from zhiquan.search.index import SUBJECTS
from zhiquan.search.models import MarkedList

COOKIE = "zhiquan_marks"
_AGE = 365 * 24 * 3600
_LONGEST = 64


def list_of(request: HttpRequest) -> MarkedList | None:
    """The list this browser began; None where it has none (any more)."""
    secret = request.COOKIES.get(COOKIE, "")
    if not secret or len(secret) > _LONGEST:
        return None
    return MarkedList.objects.filter(secret=digest(secret)).first()


def list_begun(request: HttpRequest) -> tuple[MarkedList, str]:
    """The list of this browser, or a new one; the secret is to be handed to `keep`, empty where it is kept already."""
    held = list_of(request)
    return (held, "") if held is not None else begin_list(Actor.of(request))


def keep(response: HttpResponse, secret: str) -> None:
    """Leaves the secret of a new list with the browser."""
    if secret:
        response.set_cookie(
            COOKIE, secret, max_age=_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def shared(number: str) -> MarkedList:
    """The list of a shared address. Raises NotFound."""
    held = MarkedList.objects.filter(share=number[:_LONGEST]).first()
    if held is None:
        raise NotFound(_("没有这份标记清单。"), mend=_("它可能已经很久没有人用而清理了；请向分享的人再要一次地址。"))
    return held


def marked_among(request: HttpRequest, records: Iterable[int]) -> frozenset[int]:
    """Which of these records this browser has marked; asks nothing of the database where it has marked none ever."""
    secret = request.COOKIES.get(COOKIE, "")
    if not secret or len(secret) > _LONGEST:
        return frozenset()
    held = MarkedList.objects.filter(secret=digest(secret), marks__record__in=list(records))
    return frozenset(held.values_list("marks__record_id", flat=True))


def records_on(marked: MarkedList, subject: int) -> list[int]:
    """The standing records of a subject on a list, those marked last first."""
    marks = marked.marks.filter(standing(), record__subject=subject).order_by("-at", "pk")
    return list(marks.values_list("record_id", flat=True))


def on_list(number: str, subject: Subject) -> Node:
    """The records of a list as a condition: each by the number it goes by. Raises NotFound for an unknown list."""
    held = records_on(shared(number), SUBJECTS[subject])
    rows = Record.objects.filter(pk__in=held).values_list("key", "provisional")
    nodes = tuple(Number(_number_field(subject, provisional=provisional), key) for key, provisional in rows)
    if len(nodes) < 2:
        return nodes[0] if nodes else Code("kind", -1, _("空的标记清单"))
    return Or(nodes)


def _number_field(subject: Subject, *, provisional: bool) -> str:
    """Where the number a record goes by stands: one without an application goes by its publication."""
    if subject is Subject.TRADEMARK:
        return "rn"
    return "pn" if provisional else "apno"


def subjects_on(marked: MarkedList) -> dict[int, int]:
    """How many standing records of each subject a list holds."""
    counts: dict[int, int] = {}
    for subject in marked.marks.filter(standing()).values_list("record__subject", flat=True):
        counts[subject] = counts.get(subject, 0) + 1
    return counts


def live(records: Iterable[str]) -> list[int]:
    """The records a form names by their ids, as numbers; what is none is left out."""
    wanted = [int(one) for one in records if one.isascii() and one.isdigit() and len(one) < 16]
    return list(Record.objects.filter(pk__in=wanted, state=Record.State.LIVE).values_list("pk", flat=True))
