"""The pages of marked lists: what this browser has marked, what others share, putting on, taking off, emptying."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patmark.fields import Subject
from zhiquan.common.action import Actor
from zhiquan.records.models import Subject as Held
from zhiquan.search import drawn, marks
from zhiquan.search.actions import add_marks, clear_marks, remove_marks
from zhiquan.search.hits import records_shown
from zhiquan.search.index import SUBJECTS
from zhiquan.search.models import MarkedList

PER_PAGE = 50


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What this browser has marked."""
    return _page(request, marks.list_of(request), own=True)


@require_safe
def shared(request: HttpRequest, number: str) -> HttpResponse:
    """A list somebody shares, to be read and taken over."""
    held = marks.shared(number)
    own = marks.list_of(request)
    return redirect("marks") if own == held else _page(request, held, own=False)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Puts records on this browser's list or takes them off; goes back to where it was asked, or answers the button."""
    held, secret = marks.list_begun(request)
    added, removed = marks.live(request.POST.getlist("add")), marks.live(request.POST.getlist("remove"))
    if "add-listed" in request.POST:
        added = marks.live(request.POST.getlist("listed"))
    if added:
        add_marks(Actor.of(request), held, added)
    if removed:
        remove_marks(Actor.of(request), held, removed)
    if "HX-Request" in request.headers and len(added) + len(removed) == 1:
        response = HttpResponse(drawn.mark_button((added or removed)[0], on=bool(added)))
    else:
        response = redirect(_back(request))
    marks.keep(response, secret)
    return response


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Empties this browser's list."""
    held = marks.list_of(request)
    if held is not None:
        clear_marks(Actor.of(request), held)
    return redirect("marks")


@require_POST
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Puts everything of a shared list on this browser's own."""
    theirs = marks.shared(number)
    own, secret = marks.list_begun(request)
    wanted = [pk for subject in Held for pk in marks.records_on(theirs, subject)]
    added = add_marks(Actor.of(request), own, wanted)
    messages.success(request, _("新加了 %(count)s 条标记。") % {"count": f"{added:,}"})
    response = redirect("marks")
    marks.keep(response, secret)
    return response


def _page(request: HttpRequest, held: MarkedList | None, *, own: bool) -> HttpResponse:
    counts = marks.subjects_on(held) if held else {}
    subject = Subject.TRADEMARK if _wants_marks(request, counts) else Subject.PATENT
    keys = marks.records_on(held, SUBJECTS[subject]) if held else []
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    shown = records_shown(subject, list(page))
    marked = frozenset(keys) if own else marks.marked_among(request, list(page))
    context = {
        "title": _("我的标记") if own else _("分享的标记"),
        "own": own,
        "list": held,
        "total": sum(counts.values()),
        "counts": [(one, counts.get(SUBJECTS[one], 0)) for one in Subject],
        "subject": subject,
        "page": page,
        "drawn": drawn.hit_list(shown, page.start_index() or 1, marked),
        "search": reverse("search" if subject is Subject.PATENT else "trademarks"),
        "export": reverse("export" if subject is Subject.PATENT else "trademarks.export"),
        "address": request.build_absolute_uri(reverse("marks.shared", args=[held.share])) if held else "",
    }
    return render(request, "search/marks.html", context)


def _wants_marks(request: HttpRequest, counts: dict[int, int]) -> bool:
    """Whether the trademarks are to be shown: as asked, else where there is nothing else."""
    asked = request.GET.get("subject", "")
    only = bool(counts.get(Held.TRADEMARK)) and not counts.get(Held.PATENT)
    return asked == Subject.TRADEMARK.value or (not asked and only)


def _back(request: HttpRequest) -> str:
    """Where the form stood, if that is a page of ours."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else reverse("marks")
