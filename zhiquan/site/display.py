"""How a person wants pages to look: large print, dark or light, kept in a cookie that a plain form sets."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

COOKIE = "display"
YEAR = 365 * 24 * 3600
PRINTS = ("normal", "large")
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Display:
    """`print` is one of PRINTS, `theme` one of THEMES; `system` follows the screen's own wish."""

    print: str = "normal"
    theme: str = "system"

    @classmethod
    def of(cls, request: HttpRequest) -> Display:
        """What the cookie says; anything else than it may say is as if it said nothing."""
        wanted = request.COOKIES.get(COOKIE, "").split(".")
        return cls(_one_of(PRINTS, wanted, "normal"), _one_of(THEMES, wanted, "system"))

    def __str__(self) -> str:
        return f"{self.print}.{self.theme}"


# Exempt: whoever makes a visitor's browser send this form changes the size and colour of his pages, and nothing else.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The page of choices; posted, it keeps them and leads back to where the person was."""
    kept = Display.of(request)
    back = request.POST.get("next", "")
    if request.method != "POST":
        return render(request, "common/display.html", {"prints": PRINTS, "themes": THEMES})
    wanted = Display(
        _one_of(PRINTS, [request.POST.get("print", "")], kept.print),
        _one_of(THEMES, [request.POST.get("theme", "")], kept.theme),
    )
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if here else reverse("display"))
    response.set_cookie(
        COOKIE, str(wanted), max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _one_of(known: tuple[str, ...], wanted: list[str], default: str) -> str:
    return next((one for one in wanted if one in known), default)
