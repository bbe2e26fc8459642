"""Where a list of the API goes on: signed, so that nobody makes one up; good for as long as the site keeps its key.

A cursor holds which question it belongs to, the change number of the page before, and the place of its last record: in
an order by a field that place itself, so that records which come or go in between neither repeat nor hide others; by
relevance, which has no such places, how many were given.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from patmark.errors import BadInput

_SALT = "zhiquan.api.cursor.1"


@dataclass(frozen=True, slots=True)
class Cursor:
    """`place` is that of the last record in an order by a field; `given` counts the records of the pages before."""

    change: int
    given: int
    place: int | None


def written(cursor: Cursor, question: object) -> str:
    """The cursor as a caller gets it."""
    parts = [_of(question), cursor.change, cursor.given, cursor.place]
    return signing.dumps(parts, salt=_SALT, compress=False)


def read(text: str, question: object) -> Cursor:
    """The cursor a caller gives back. Raises BadInput where it is none, or that of another question."""
    mend = _("请原样使用上一页应答里的 next，或去掉 cursor 从头开始。")
    try:
        of, change, given, place = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise BadInput(_("这个 cursor 不是本站给出的，或者不完整。"), where="cursor", mend=mend) from fault
    if of != _of(question):
        raise BadInput(_("这个 cursor 属于另一个检索：翻页时其他参数要与上一页相同。"), where="cursor", mend=mend)
    return Cursor(change, given, place)


def _of(question: object) -> str:
    return hashlib.sha256(repr(question).encode(errors="replace")).hexdigest()[:16]
