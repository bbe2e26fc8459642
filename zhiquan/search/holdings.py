"""The honesty strip: what is held of a subject, how new it is, and how much of it says what people ask for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patmark.fields import Subject
from patmark.status import Basis
from zhiquan.records import queries
from zhiquan.records.models import Batch, Patent, Record, Statement, Trademark
from zhiquan.records.models import Subject as Held
from zhiquan.search.labels import code_name

#: The counts run over whole tables. Where that takes longer than this (seconds), what was found is kept for a while.
QUICK = 0.02
KEEP = 30
#: What a status stands on where somebody stated it; the others are worked out from dates.
SOURCED = (Basis.EVENT, Basis.IMPORTED)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the held records carry something, in percent, rounded down so that 100 means all."""

    key: str
    name: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """`newest` names each kind with the newest publication day held; `warnings` are what turns the strip amber."""

    records: int
    provisional: int
    files: int
    loaded: datetime | None
    sample: bool
    newest: tuple[tuple[str, date | None], ...]
    shares: tuple[Share, ...]
    warnings: tuple[str, ...]

    @property
    def amber(self) -> bool:
        return bool(self.warnings)


def holdings(subject: Subject) -> Holdings:
    """What is held of a subject now; of large tables at most half a minute ago."""
    key = f"holdings:{subject.value}:{get_language()}"
    kept = cache.get(key)
    if isinstance(kept, Holdings):
        return kept
    began = time.monotonic()
    found = _patents() if subject is Subject.PATENT else _trademarks()
    if time.monotonic() - began > QUICK:
        cache.set(key, found, KEEP)
    return found


def _patents() -> Holdings:
    held = Patent.objects.filter(record__state=Record.State.LIVE)
    newest = held.values_list("kind").annotate(Max("publication_date")).order_by("kind")
    sums = held.aggregate(
        claims=Count("pk", filter=Q(has_claims=True)),
        status=Count("pk", filter=Q(status_basis__in=SOURCED)),
        address=Count("pk", filter=Q(has_address=True)),
        description=Count("pk", filter=Q(has_description=True)),
    )
    shares = (
        (_("有权利要求"), "claims"),
        (_("有说明书"), "description"),
        (_("法律状态有来源"), "status"),
        (_("有地址"), "address"),
    )
    return _strip(Held.PATENT, tuple((code_name("kind", kind), day) for kind, day in newest), shares, sums)


def _trademarks() -> Holdings:
    held = Trademark.objects.filter(record__state=Record.State.LIVE)
    newest = held.aggregate(Max("filing_date"), Max("preliminary_date"), Max("registration_date"))
    sums = held.aggregate(
        goods=Count("pk", filter=Q(has_goods=True)),
        image=Count("pk", filter=Q(has_image=True)),
        status=Count("pk", filter=Q(status_basis__in=SOURCED)),
        address=Count("pk", filter=Q(has_address=True)),
    )
    days = zip((_("申请日"), _("初步审定公告日"), _("注册日")), newest.values(), strict=True)
    shares = ((_("有商品服务"), "goods"), (_("有图样"), "image"), (_("状态有来源"), "status"), (_("有地址"), "address"))
    return _strip(Held.TRADEMARK, tuple(days), shares, sums)


def _strip(
    subject: int,
    newest: tuple[tuple[str, date | None], ...],
    shares: tuple[tuple[str, str], ...],
    sums: dict[str, int],
) -> Holdings:
    live = Record.objects.filter(subject=subject, state=Record.State.LIVE)
    counts = live.aggregate(records=Count("pk"), provisional=Count("pk", filter=Q(provisional=True)))
    total = counts["records"]
    shown = tuple(Share(key, name, sums[key], 100 * sums[key] // total) for name, key in shares) if total else ()
    return Holdings(
        records=total,
        provisional=counts["provisional"],
        files=_files(subject),
        loaded=Batch.objects.filter(finished__isnull=False).aggregate(Max("finished"))["finished__max"],
        sample=Batch.objects.filter(sample=True).exclude(state=Batch.State.UNDONE).exists(),
        newest=newest,
        shares=shown,
        warnings=_warnings(total, counts["provisional"], shown),
    )


def _files(subject: int) -> int:
    """Files that brought records, each told by its first statement: no more than a look-up a file."""
    first = Statement.objects.filter(file=OuterRef("pk")).values("record__subject")[:1]
    return queries.standing_files().annotate(first=Subquery(first)).filter(first=subject).count()


def _warnings(total: int, provisional: int, shares: tuple[Share, ...]) -> tuple[str, ...]:
    if not total:
        return (_("还没有装入任何记录。"),)
    found = [
        _("状态都是由日期推算的，没有一条有官方事件或来源文字。")
        if share.key == "status"
        else _("没有一条记录%(name)s，按它检索不会有结果。") % {"name": share.name}
        for share in shares
        if not share.count
    ]
    if provisional:
        found.append(_("%(count)s 条记录没有申请号，暂存待核。") % {"count": f"{provisional:,}"})
    if queries.unfinished():
        found.append(_("有导入正在进行或中断，数据尚不完整。"))
    return tuple(found)
