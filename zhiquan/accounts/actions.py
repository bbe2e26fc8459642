"""What is done to accounts and to the tokens of their programs."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from patmark.errors import BadInput
from zhiquan.accounts.models import Token, User
from zhiquan.accounts.tokens import HINT, MOST_TOKENS, PREFIX, SECRET_BYTES, digest_of
from zhiquan.common.action import Entry, action


@action("administrator.create")
def create_administrator(entry: Entry, username: str, password: str) -> User:
    """A new administrator; `BadInput` where the name is taken or not allowed, or the password too weak."""
    user = User(username=username, is_staff=True, is_superuser=True)
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), where=f"管理员“{username}”") from error
    user.save()
    entry.after = {"username": username}
    return user


@action("account.password")
def set_password(entry: Entry, user: User, password: str) -> None:
    """A new password for somebody who lost his; whoever is signed in with the old one no longer is."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), where=f"“{user.username}”的新密码") from error
    user.set_password(password)
    user.save(update_fields=["password"])


@action("token.create")
def create_token(entry: Entry, token: Token) -> str:
    """Keeps a new token of the person who acts; answers its secret, which is never seen again. Raises BadInput."""
    if token.owner_id is None:
        raise BadInput(_("令牌须有所有人。"), mend=_("请登录后建立。"))
    standing = Token.objects.filter(owner=token.owner_id, revoked=None)
    if not token.name.strip():
        raise BadInput(_("请写明令牌的用途。"), where="name", mend=_("例如“每周下载本市专利”。"))
    if standing.filter(name=token.name).exists():
        raise BadInput(
            _("您已有一个叫“%(name)s”的令牌。") % {"name": token.name},
            where="name",
            mend=_("请换一个用途，或先作废它。"),
        )
    if standing.count() >= MOST_TOKENS:
        raise BadInput(_("每人最多 %(most)s 个令牌。") % {"most": MOST_TOKENS}, mend=_("请先作废不用的。"))
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token.hint, token.digest = secret[:HINT], digest_of(secret)
    token.save()
    entry.target = f"accounts.token:{token.pk}"
    entry.after = {"name": token.name, "expires": token.expires.isoformat() if token.expires else None}
    return secret


@action("token.revoke")
def revoke_token(entry: Entry, token: Token) -> None:
    """From now on the token opens nothing; one that was taken back already stays as it is."""
    if token.revoked is None:
        token.revoked = timezone.now()
        token.save(update_fields=["revoked"])
        entry.after = {"revoked": token.revoked.isoformat()}
