"""The pages of one's own account: the tokens of the API."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patmark.errors import BadInput, NotFound
from zhiquan.accounts.actions import create_token, revoke_token
from zhiquan.accounts.models import Token, User
from zhiquan.common.action import Actor

#: How long a token may be good for, in days; 0 for as long as it is not revoked.
DAYS = (30, 90, 365, 0)


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens, with a form for another."""
    return _page(request)


@require_POST
def token_create(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows it, this once; nothing of the secret is kept, so the page is not to be reloaded."""
    owner = request.user
    assert isinstance(owner, User)
    days = request.POST.get("days", "")
    if days not in {str(one) for one in DAYS}:
        return _page(request, problem=BadInput(_("请选择有效期。"), where="days"))
    expires = timezone.localdate() + timedelta(days=int(days)) if days != "0" else None
    token = Token(owner=owner, name=" ".join(request.POST.get("name", "").split())[:60], expires=expires)
    try:
        secret = create_token(Actor.of(request), token)
    except BadInput as problem:
        return _page(request, problem=problem)
    response = _page(request, made=token, secret=secret)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a token back."""
    token = Token.objects.filter(pk=pk).first()
    if token is None:
        raise NotFound(_("没有这个令牌。"), mend=_("请从“我的令牌”里选择。"))
    revoke_token(Actor.of(request), token)
    return redirect("tokens")


def _page(request: HttpRequest, problem: BadInput | None = None, **made: object) -> HttpResponse:
    mine = Token.objects.filter(owner=request.user.pk)
    context = {
        "title": _("我的令牌"),
        "tokens": [one for one in mine if one.revoked is None],
        "revoked": [one for one in mine if one.revoked is not None][:20],
        "days": DAYS,
        "problem": problem,
        "name": request.POST.get("name", "") if problem else "",
        **made,
    }
    return render(request, "accounts/tokens.html", context, status=problem.status if problem else 200)
