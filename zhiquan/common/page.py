"""The one table of pages: each page names its route, its view and who may; what others bring is mounted with a reason.

    urlpatterns = [
        page("", views.search, name="search", menu="检索", says="按名称、号码、分类号查专利。"),
        page("batches/<int:pk>/undo/", views.undo, name="batch.undo", may="batch.undo"),
        mount("admin/", admin.site.urls, may="admin.enter", why="Django 自带的后台"),
    ]

`may` is an action of `accounts/policy.py`, or `ANYONE`; who may not is answered with `NotAllowed`, whatever the method.
A page with a `menu` word stands in the navigation, on its `shelf`; one that `says` what it is for is a door on the
front page as well.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import get_resolver
from django.utils.translation import gettext

from patmark.errors import NotAllowed
from zhiquan.common import action

ANYONE = "anyone"
#: Where pages of the staff stand in the navigation unless they say otherwise.
STAFF = "管理"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Page:
    """One line of the table: `menu` is the page's word in the navigation, `why` the reason for a mount.

    `shelf` is the group it stands under there (none: beside the groups), `says` its one sentence on the front page.
    """

    route: str
    name: str
    may: str
    menu: str = ""
    why: str = ""
    shelf: str = ""
    says: str = ""

    def open_to(self, actor: action.Actor) -> bool:
        return self.may == ANYONE or action.may(actor, self.may)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pages that stand together in the navigation; the shelf without a name holds those that stand alone."""

    name: str
    pages: tuple[Page, ...]


def page(
    route: str, view: View, *, name: str, may: str = ANYONE, menu: str = "", shelf: str = "", says: str = ""
) -> URLPattern:
    """One page of ours at this route, open to whoever may."""
    shelf = shelf or ("" if may == ANYONE else STAFF)
    return path(route, _guarded(view, Page(route, name, may, menu, shelf=shelf, says=says)), name=name)


def mount(prefix: str, urls: Any, *, may: str, why: str) -> URLResolver:
    """Pages that others bring (a list of patterns, or `admin.site.urls`), each of them open only to whoever may."""
    inner = path(prefix, urls if isinstance(urls, tuple) else include(urls))
    assert isinstance(inner, URLResolver)
    for pattern in _patterns(inner.url_patterns):
        route = f"{prefix}{pattern.pattern}"
        pattern.callback = _guarded(pattern.callback, Page(route, pattern.name or route, may, why=why))
    return inner


def pages(patterns: Sequence[URLPattern | URLResolver] | None = None) -> list[Page]:
    """Every page of the product, in the order of the table; a URL that names nobody who may is an error."""
    found = _patterns(get_resolver().url_patterns if patterns is None else patterns)
    return [getattr(pattern.callback, "page") for pattern in found]  # noqa: B009


def _patterns(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def _guarded(view: View, this: Page) -> View:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not this.open_to(action.Actor.of(request)):
            raise NotAllowed("这个页面只对有权限的工作人员开放。", mend="请登录后再试，或与平台管理员联系。")
        return view(request, *args, **kwargs)

    guarded.page = this  # type: ignore[attr-defined]
    return guarded


def surroundings(request: HttpRequest) -> dict[str, object]:
    """For every template: the city's name, and the pages in the navigation this person may open, shelf by shelf."""

    @functools.cache
    def menu() -> list[Page]:
        actor = action.Actor.of(request)
        return [page for page in pages() if page.menu and page.open_to(actor)]

    # Asked for by the head and foot of a page, which are mostly at hand already.
    return {"city": gettext(settings.ZHIQUAN_CITY), "menu": menu, "shelves": lambda: shelves(menu())}


def shelves(menu: Sequence[Page]) -> list[Shelf]:
    """The pages by their shelves, both in the order of the table."""
    names = dict.fromkeys(page.shelf for page in menu)
    return [Shelf(name, tuple(page for page in menu if page.shelf == name)) for name in names]
