"""What is done to marked lists; who holds a list's secret may change it, which its cookie proves."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from patmark.errors import BadInput
from zhiquan.common.action import Entry, action
from zhiquan.records.models import Record
from zhiquan.search.models import Marked, MarkedList

#: Records on one list: more are a result, which has an address and an export of its own.
MOST = 10_000
#: A list nobody opened for so long is thrown away, a few at a time, when others are begun.
FORGOTTEN = timedelta(days=365)
_SWEPT_AT_ONCE = 50


@action("mark.begin")
def begin_list(entry: Entry) -> tuple[MarkedList, str]:
    """A new, empty list and the secret that opens it."""
    now = timezone.now()
    old = MarkedList.objects.filter(used__lt=now - FORGOTTEN).order_by("used").values_list("pk", flat=True)
    swept = list(old[:_SWEPT_AT_ONCE])
    Marked.objects.filter(list__in=swept).delete()
    MarkedList.objects.filter(pk__in=swept).delete()
    secret = secrets.token_urlsafe(24)
    made = MarkedList.objects.create(secret=digest(secret), share=secrets.token_urlsafe(16), used=now)
    entry.after = {"swept": len(swept)}
    return made, secret


@action("mark.add")
def add_marks(entry: Entry, to: MarkedList, records: Sequence[int]) -> int:
    """Puts records on a list; answers how many were not on it before. BadInput where they would be more than `MOST`."""
    held = set(to.marks.values_list("record_id", flat=True))
    new = [one for one in dict.fromkeys(records) if one not in held]
    live = set(Record.objects.filter(pk__in=new, state=Record.State.LIVE).values_list("pk", flat=True))
    new = [one for one in new if one in live]
    if len(held) + len(new) > MOST:
        raise BadInput(
            _("一份标记清单最多 %(most)s 条，现有 %(held)s 条，放不下再加的 %(new)s 条。")
            % {"most": f"{MOST:,}", "held": f"{len(held):,}", "new": f"{len(new):,}"},
            mend=_("请先导出或移去一些，或者直接导出检索结果。"),
        )
    now = timezone.now()
    Marked.objects.bulk_create([Marked(list=to, record_id=one, at=now) for one in new], batch_size=500)
    MarkedList.objects.filter(pk=to.pk).update(used=now)
    entry.count = len(new)
    return len(new)


@action("mark.remove")
def remove_marks(entry: Entry, of: MarkedList, records: Sequence[int]) -> int:
    """Takes records off a list; answers how many were on it."""
    entry.count = of.marks.filter(record_id__in=list(records)).delete()[0]
    return entry.count


@action("mark.clear")
def clear_marks(entry: Entry, of: MarkedList) -> int:
    """Empties a list and takes the marks of records that stand no longer with it; its shared address stays."""
    entry.count = of.marks.all().delete()[0]
    return entry.count


def standing() -> Exists:
    """Whether the record of a mark stands."""
    return Exists(Record.objects.filter(pk=OuterRef("record_id"), state=Record.State.LIVE))


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
