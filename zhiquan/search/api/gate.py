"""Before an operation: who calls, whether he has requests left, and that every parameter is one it knows.

A caller is counted by his token, else by his account, else by his browser (a signed cookie, given with the first
answer), and only without any of these by his address: so nobody is shut out for what others behind the same address do,
and who keeps no cookie can still not ask without end. A token is for programs; it needs an account.
"""

from __future__ import annotations

import functools
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from patmark.errors import BadToken, NotFound, Problem, TooMany, WrongMethod
from zhiquan.accounts.allowances import Spent, spend
from zhiquan.accounts.models import Token
from zhiquan.accounts.tokens import token_of
from zhiquan.common.problems import SPEAKS_JSON
from zhiquan.search.api.answers import failure
from zhiquan.search.api.wanted import strictly

COOKIE = "zhiquan_caller"
_SALT = "zhiquan.api.caller"
_AGE = 90 * 24 * 3600
#: All that call from one address without token, account or cookie together have this many times a browser's allowance.
_NEIGHBOURS = 10
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: under which name his requests are counted, how many he has an hour, by what he is known."""

    name: str
    limit: int
    counted: str
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """A caller and what his request left him."""

    caller: Caller
    spent: Spent


@dataclass(frozen=True, slots=True)
class Rule:
    """What the gate knows of an operation: its parameters, and how many requests it counts for."""

    parameters: tuple[str, ...]
    cost: int = 1


def gated(view: View, rule_of: Callable[[dict[str, Any]], Rule]) -> View:
    """The view behind the gate; whatever goes wrong is answered in the one shape, in the language asked for."""

    @functools.wraps(view)
    def gate(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        request.META[SPEAKS_JSON] = True
        language = "en" if request.GET.get("lang") == "en" else settings.LANGUAGE_CODE
        with translation.override(language):
            try:
                response = _through(view, request, arguments, rule_of(arguments))
            except Problem as problem:
                response = failure(problem)
        response["Content-Language"] = language
        _tell(request, response)
        return response

    return gate


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """What no operation stands at."""
    return failure(NotFound(_("接口里没有这个网址。"), where=f"/{rest[:80]}", mend=_("全部操作见 /api/。")))


def admission(request: HttpRequest) -> Admission:
    """Who was let in with this request."""
    found = request.META["zhiquan.admission"]
    assert isinstance(found, Admission)
    return found


def _through(view: View, request: HttpRequest, arguments: dict[str, Any], rule: Rule) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        raise WrongMethod(_("接口只读，只接受 GET。"), mend=_("参数写在网址里。"))
    caller = _caller(request)
    spent = spend(caller.name, caller.limit, rule.cost, caller.token)
    request.META["zhiquan.admission"] = Admission(caller, spent)
    if not spent.allowed:
        raise _too_many(caller, spent, rule.cost)
    request.GET = strictly(request.GET, rule.parameters)  # type: ignore[assignment]
    return view(request, **arguments)


def _caller(request: HttpRequest) -> Caller:
    secret = _shown(request)
    if secret is not None:
        token = token_of(secret)
        return Caller(f"token:{token.pk}", settings.ZHIQUAN_API_HOURLY, _("令牌"), token)
    if request.user.is_authenticated:
        return Caller(f"user:{request.user.pk}", settings.ZHIQUAN_API_HOURLY, _("账号"))
    limit = settings.ZHIQUAN_API_HOURLY_ANONYMOUS
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
        return Caller(f"browser:{known}"[:64], limit, _("浏览器"))
    except signing.BadSignature:
        return Caller(_neighbourhood(request), limit * _NEIGHBOURS, _("网络地址"))


def _shown(request: HttpRequest) -> str | None:
    """The token of a request. Raises BadToken where there are two, or one in a form that is none."""
    bearer, key = request.headers.get("Authorization"), request.headers.get("X-API-Key")
    if bearer is not None and key is not None:
        raise BadToken(_("Authorization 和 X-API-Key 只能用一个。"), where="X-API-Key")
    if bearer is None:
        return key
    kind, _space, secret = bearer.partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise BadToken(
            _("Authorization 的写法不对。"), where="Authorization", mend=_("请写成：Authorization: Bearer zq_…")
        )
    return secret.strip()


def _neighbourhood(request: HttpRequest) -> str:
    """Under what name those of one address are counted; the address itself is not kept."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.HTTPS:
        # Behind a proxy: the last hop is what the proxy saw, those before it anybody may have written.
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(errors="replace"), "sha256").hexdigest()
    return f"address:{digest[:40]}"


def _too_many(caller: Caller, spent: Spent, cost: int) -> TooMany:
    problem = TooMany(
        _("这一小时的次数用完了：按%(counted)s计算，每小时 %(limit)s 次。")
        % {"counted": caller.counted, "limit": f"{spent.limit:,}"},
        where=_("这次请求算 %(cost)s 次，还剩 %(left)s 次") % {"cost": cost, "left": spent.left},
        mend=_("%(minutes)s 分钟后重新计算。要取大量数据请用 export；登录后可建立自己的令牌，单独计算。")
        % {"minutes": -(-spent.reset // 60)},
    )
    problem.retry = spent.reset
    return problem


def _tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """What is left of the hour, and for a browser that is new here the cookie it will be known by."""
    found = request.META.get("zhiquan.admission")
    response["Cache-Control"] = "no-cache, private"
    response["X-Content-Type-Options"] = "nosniff"
    if not isinstance(found, Admission):
        return
    spent = found.spent
    response["RateLimit-Limit"], response["RateLimit-Remaining"] = str(spent.limit), str(max(spent.left, 0))
    response["RateLimit-Reset"], response["RateLimit-Policy"] = str(spent.reset), f"{spent.limit};w=3600"
    if found.caller.name.startswith("address:"):
        response.set_cookie(
            COOKIE,
            signing.dumps(secrets.token_hex(16), salt=_SALT),
            max_age=_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            path="/api/",
        )
