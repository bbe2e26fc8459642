"""Tokens of the API: what they look like, and whose one is that somebody shows."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from patmark.errors import BadToken
from zhiquan.accounts.models import Token

#: By these letters a token is known for what it is wherever it turns up by mistake.
PREFIX = "zq_"
#: Bytes of chance in a token: nobody guesses one, so a plain digest keeps it as safe as a slow one would.
SECRET_BYTES = 32
#: Characters kept of a token, so that its owner knows it again.
HINT = 9
MOST_TOKENS = 20
_LONGEST = 200


def digest_of(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def token_of(secret: str) -> Token:
    """The token somebody shows. Raises BadToken where it is none, has run out, was revoked or its owner shut out."""
    mend = _("请在“我的令牌”里查看或新建；不带令牌也可以使用接口。")
    token = None
    if secret.startswith(PREFIX) and len(secret) <= _LONGEST:
        token = Token.objects.select_related("owner").filter(digest=digest_of(secret)).first()
    if token is None:
        raise BadToken(_("没有这个令牌。"), where="Authorization", mend=mend)
    if token.revoked is not None or not token.owner.is_active:
        raise BadToken(_("这个令牌已经作废。"), where="Authorization", mend=mend)
    if token.is_over:
        raise BadToken(_("这个令牌在 %(day)s 到期了。") % {"day": token.expires}, where="Authorization", mend=mend)
    return token
