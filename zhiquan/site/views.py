"""The pages that belong to no app: the front page, and what is said about the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhiquan import __version__
from zhiquan.site.front import front
from zhiquan.site.sources import sources


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: one search box, what is held, what is newest, where else one may go."""
    return render(request, "common/home.html", {"front": front(), "asks_itself": True})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the site is, what it holds and from where, and what it keeps about people."""
    known = {"sources": sources(), "version": __version__, "log_days": settings.ZHIQUAN_LOG_DAYS}
    return render(request, "common/about.html", known)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "common/accessibility.html")
