"""Result pages kept for strangers who ask alike: made once, for as long as data, index and day stay as they are."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from patmark.errors import EngineDown
from patmark.fields import Subject
from zhiquan.search import marks
from zhiquan.search.answers import today
from zhiquan.search.holdings import stamp
from zhiquan.search.index import engine

View = Callable[[HttpRequest], HttpResponse]

#: Bytes of pages a process keeps, and the seconds after which one is made again: names of classes may have been loaded.
MOST_BYTES = 32_000_000
LONGEST_KEPT = 60.0
#: A page may show what is one browser's own when it carries one of these.
_PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, marks.COOKIE, "messages"})
#: The forms of a page carry a secret of the visitor's, which is put in anew for each.
_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+(?=")')


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was made. It is good while `state` is the state of what it shows, until `until`."""

    state: Hashable
    until: float
    headers: tuple[tuple[str, str], ...]
    content: bytes


class KeptPages:
    """The pages of one process, those asked for last, up to a number of bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()

    def get(self, key: Hashable, state: Hashable) -> KeptPage | None:
        page = self._pages.get(key)
        if page is None or page.state != state or page.until < time.monotonic():
            return None
        self._pages.move_to_end(key)
        return page

    def put(self, key: Hashable, page: KeptPage) -> None:
        before = self._pages.pop(key, None)
        self._bytes += len(page.content) - (len(before.content) if before else 0)
        self._pages[key] = page
        while self._bytes > self._most:
            self._bytes -= len(self._pages.popitem(last=False)[1].content)

    def clear(self) -> None:
        self._pages.clear()
        self._bytes = 0


pages = KeptPages(MOST_BYTES)


def kept(subject: Subject) -> Callable[[View], View]:
    """A view of a result of this subject, answered from what is kept where that is the same for everybody."""

    def make(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest) -> HttpResponse:
            key = _key(request)
            state = _state(subject) if key is not None else None
            if state is None:
                return view(request)
            page = pages.get(key, state)
            if page is None:
                response = view(request)
                if response.status_code == 200 and not response.cookies:
                    until = time.monotonic() + LONGEST_KEPT
                    pages.put(key, KeptPage(state, until, tuple(response.items()), response.content))
                return response
            token = get_token(request).encode() if _TOKEN.search(page.content) else b""
            response = HttpResponse(_TOKEN.sub(token, page.content))
            for name, value in page.headers:
                response[name] = value
            return response

        return answered

    return make


def _key(request: HttpRequest) -> Hashable | None:
    """What decides how a page looks beside the data; None for one that may be somebody's own."""
    # A shared list of marks changes without any record changing.
    if not _PERSONAL.isdisjoint(request.COOKIES) or request.method != "GET" or "marks" in request.GET:
        return None
    cookies = sorted((name, value) for name, value in request.COOKIES.items() if name != settings.CSRF_COOKIE_NAME)
    asked = (request.get_full_path(), request.headers.get("HX-Target"), "HX-History-Restore-Request" in request.headers)
    return (settings.ZHIQUAN_SEARCH_FOLDER, get_language(), *asked, *cookies)


def _state(subject: Subject) -> Hashable | None:
    """What a page of results was made from; None where there is no index."""
    try:
        return (today(), stamp(), engine(subject).state)
    except EngineDown:
        return None
