"""Problems as answers: a page, a part of a page or JSON, with the right status and a sentence to act on."""

from __future__ import annotations

import logging
from collections.abc import Callable

import orjson
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from patmark.errors import BadInput, Broken, NotAllowed, NotFound, Problem

log = logging.getLogger(__name__)

#: Set in `request.META` by what answers in JSON whatever the asker accepts: then a fault of ours is told so too.
SPEAKS_JSON = "zhiquan.speaks_json"


class ProblemMiddleware:
    """Answers every problem a view raises; anything else is Django's to log and `broken` to answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Problem):
            if exception.status >= 500:
                log.error("%s %s: %s", request.method, request.path, exception)
            return answer(request, exception)
        return None


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as the asker wants it: JSON where asked for, a part of a page for HTMX, else a whole page."""
    response = as_json(problem) if _wants_json(request) else _as_page(request, problem)
    if problem.retry:
        response["Retry-After"] = str(problem.retry)
    return response


def as_json(problem: Problem) -> HttpResponse:
    """The one shape of a failure told to a program."""
    told = {"code": problem.code, "sentence": problem.sentence, "where": problem.where, "mend": problem.mend}
    return HttpResponse(orjson.dumps({"error": told}), content_type="application/json", status=problem.status)


def _as_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    template = "common/problem_part.html" if "HX-Request" in request.headers else "common/problem.html"
    # Made without its asker where that might fail again: after a fault of ours, and before it is known who asks.
    asker = None if isinstance(problem, Broken) or not hasattr(request, "user") else request
    context = {"problem": problem, "path": request.get_full_path(), "city": _(settings.ZHIQUAN_CITY)}
    return HttpResponse(render_to_string(template, context, asker), status=problem.status)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return answer(request, NotFound(_("这里没有您要找的页面。"), mend=_("请检查网址，或者回到首页重新查找。")))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotAllowed(_("您没有打开这个页面的权限。"), mend=_("请用有权限的账号登录。")))


def bad_request(request: HttpRequest, exception: BadRequest) -> HttpResponse:
    return answer(request, BadInput(_("请求的内容不完整或不正确。"), mend=_("请返回上一页重新填写。")))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's check against forged forms failed, mostly because the page lay open too long."""
    return answer(
        request, NotAllowed(_("这张表单已经失效。"), mend=_("请刷新页面后重新提交；浏览器须允许本站的 Cookie。"))
    )


def broken(request: HttpRequest) -> HttpResponse:
    mend = _("请稍后再试；如果一直如此，请告诉平台管理员。")
    if name := request.META.get("REQUEST_ID"):
        mend += " " + _("故障编号：%(id)s") % {"id": name}
    return answer(request, Broken(_("平台出了故障，您的操作没有完成。"), mend=mend))


def _wants_json(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return bool(request.META.get(SPEAKS_JSON)) or ("application/json" in accept and "text/html" not in accept)
