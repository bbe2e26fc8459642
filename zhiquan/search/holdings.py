"""The honesty strip: what is held of a subject, how new it is, how much says what people ask for, what is lacking."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patmark.engines.base import Engine
from patmark.errors import EngineDown
from patmark.fields import Subject
from patmark.query.tree import Everything
from patmark.sources.all import KINDS
from patmark.status import Basis
from patmark.terms import add_months
from zhiquan.records import queries, rows
from zhiquan.records.models import Batch, BatchFile, Patent, Record, Statement, Trademark
from zhiquan.records.models import Sequence as Counters
from zhiquan.records.models import Subject as Held
from zhiquan.search.answers import today
from zhiquan.search.index import engine
from zhiquan.search.labels import code_name
from zhiquan.search.thresholds import threshold

#: The counts run over whole tables. While an import runs and they take longer than this (seconds), what was found is
#: kept for a while even though something changed since; else only as long as nothing has.
QUICK = 0.05
KEEP = 30
_MOST = 16
#: What a status stands on where somebody stated it; the others are worked out from dates.
SOURCED = (Basis.EVENT, Basis.IMPORTED)
#: Years of filing drawn in the strip.
YEARS = 12
#: Units of the drawing a year takes, and how high the highest bar is.
WIDTH, HEIGHT = 20, 44


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the held records carry something, in percent, rounded down so that 100 means all."""

    key: str
    name: str
    count: int
    percent: int
    low: bool = False


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest day held of one kind; `late` where what came out since was probably never loaded."""

    name: str
    day: date | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Unseen:
    """Filings from `since` on cannot all be seen yet: `months` pass until they are published, by `source`."""

    since: date
    months: int
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Year:
    """Filings held of a year, with its place in the drawing; `unseen` where the year is not all published yet."""

    year: int
    count: int
    unseen: bool
    height: int
    left: int
    told: bool

    @property
    def bar(self) -> int:
        return self.left + (WIDTH - 14) // 2

    @property
    def middle(self) -> int:
        return self.left + WIDTH // 2

    @property
    def top(self) -> int:
        return 48 - self.height


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of file: how many stand, when the last was loaded, to which day its data were vouched for."""

    name: str
    files: int
    loaded: datetime | None
    data_date: date | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """`newest` names each kind with the newest publication day held; `warnings` are what turns the strip amber."""

    records: int
    provisional: int
    files: int
    loaded: datetime | None
    sample: bool
    newest: tuple[Newest, ...]
    shares: tuple[Share, ...]
    unseen: Unseen | None
    years: tuple[Year, ...]
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]

    @property
    def amber(self) -> bool:
        return bool(self.warnings)

    @property
    def chart_width(self) -> int:
        return WIDTH * len(self.years)

    @property
    def until(self) -> date | None:
        """The newest day of all kinds."""
        return max((one.day for one in self.newest if one.day), default=None)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the tables of one subject say: the days of its kinds, and how many records carry each thing."""

    subject: Subject
    newest: Mapping[str, date | None]
    shares: Sequence[tuple[str, str]]
    sums: Mapping[str, int]
    published: str


def holdings(subject: Subject) -> Holdings:
    """What is held of a subject now; of large tables while an import runs, at most half a minute ago."""
    return _looked(subject).holdings


def strip(subject: Subject, indexed: int | None = None) -> SafeString:
    """The strip as HTML, with a word where the index holds another number of records than the database."""
    looked = _looked(subject)
    behind = None if indexed == looked.holdings.records else indexed
    if behind not in looked.drawn:
        told = {"holdings": looked.holdings, "behind": behind, "patents": subject is Subject.PATENT}
        looked.drawn[behind] = render_to_string("search/honesty.html", told)
    return mark_safe(looked.drawn[behind])  # noqa: S308 (drawn by our own template)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found when it was last looked at in a state, good beyond that state until a moment; and its drawings."""

    state: Hashable
    until: float
    holdings: Holdings
    drawn: dict[int | None, str]


#: By home, subject, language and day: a handful.
_looked_at: OrderedDict[Hashable, _Looked] = OrderedDict()


def _looked(subject: Subject) -> _Looked:
    key = (str(settings.ZHIQUAN_HOME), settings.ZHIQUAN_SEARCH_FOLDER, subject, get_language(), today())
    state = stamp()
    kept = _looked_at.get(key)
    if kept is not None and (kept.state == state or kept.until > time.monotonic()):
        return kept
    began = time.monotonic()
    found = _strip(_patents() if subject is Subject.PATENT else _trademarks())
    now = time.monotonic()
    waits = now - began > QUICK and queries.unfinished()
    _looked_at[key] = _Looked(state, now + KEEP if waits else now, found, {})
    while len(_looked_at) > _MOST:
        _looked_at.popitem(last=False)
    return _looked_at[key]


def stamp() -> tuple[object, ...]:
    """What changes whenever anything the strip tells has changed: the last change, the batches of each state."""
    change = rows.select(Counters, ("change",), "pk", [1])
    return (next(change, None), *rows.tallies(Batch, "state", "pk"))


def _patents() -> _Counted:
    held = Patent.objects.filter(record__state=Record.State.LIVE)
    newest = held.values_list("kind").annotate(Max("publication_date")).order_by("kind")
    sums = held.aggregate(
        claims=Count("pk", filter=Q(has_claims=True)),
        status=Count("pk", filter=Q(status_basis__in=SOURCED)),
        address=Count("pk", filter=Q(has_address=True)),
        description=Count("pk", filter=Q(has_description=True)),
    )
    shares = (
        ("claims", _("有权利要求")),
        ("description", _("有说明书")),
        ("status", _("法律状态有来源")),
        ("address", _("有地址")),
    )
    days = {code_name("kind", kind): day for kind, day in newest}
    return _Counted(Subject.PATENT, days, shares, sums, "publication")


def _trademarks() -> _Counted:
    held = Trademark.objects.filter(record__state=Record.State.LIVE)
    newest = held.aggregate(Max("filing_date"), Max("preliminary_date"), Max("registration_date"))
    sums = held.aggregate(
        goods=Count("pk", filter=Q(has_goods=True)),
        image=Count("pk", filter=Q(has_image=True)),
        status=Count("pk", filter=Q(status_basis__in=SOURCED)),
        address=Count("pk", filter=Q(has_address=True)),
    )
    days = dict(zip((_("申请日"), _("初步审定公告日"), _("注册日")), newest.values(), strict=True))
    shares = (
        ("goods", _("有商品服务")),
        ("image", _("有图样")),
        ("status", _("状态有来源")),
        ("address", _("有地址")),
    )
    return _Counted(Subject.TRADEMARK, days, shares, sums, "preliminary")


def _strip(counted: _Counted) -> Holdings:
    subject, now = counted.subject, today()
    held = Held.PATENT if subject is Subject.PATENT else Held.TRADEMARK
    live = Record.objects.filter(subject=held, state=Record.State.LIVE)
    counts = live.aggregate(records=Count("pk"), provisional=Count("pk", filter=Q(provisional=True)))
    total = counts["records"]
    standing = Batch.objects.exclude(state=Batch.State.UNDONE).aggregate(
        batches=Count("pk"), samples=Count("pk", filter=Q(sample=True))
    )
    # Invented data are as old as they are made: nobody forgot to load anything.
    invented = 0 < standing["samples"] == standing["batches"]
    newest = tuple(_newest(counted, name, day, invented=invented) for name, day in counted.newest.items())
    shares = tuple(_share(counted, key, name, total) for key, name in counted.shares) if total else ()
    unseen = _unseen(subject, now)
    loaded = Batch.objects.filter(finished__isnull=False).aggregate(Max("finished"))["finished__max"]
    old = [] if invented else _old(subject, loaded)
    return Holdings(
        records=total,
        provisional=counts["provisional"],
        files=_files(held),
        loaded=loaded,
        sample=standing["samples"] > 0,
        newest=newest,
        shares=shares,
        unseen=unseen,
        years=_years(subject, unseen),
        sources=_sources(),
        warnings=(*_warnings((total, counts["provisional"]), shares, newest), *old),
    )


def _newest(counted: _Counted, name: str, day: date | None, *, invented: bool) -> Newest:
    limit = threshold("newest", counted.subject, counted.published, today())
    watched = counted.subject is Subject.PATENT or name == _("初步审定公告日")
    late = day is not None and limit is not None and watched and (today() - day).days > limit.limit
    return Newest(name, day, late and not invented)


def _share(counted: _Counted, key: str, name: str, total: int) -> Share:
    limit, count = threshold("share", counted.subject, key, today()), counted.sums[key]
    percent = 100 * count // total
    return Share(key, name, count, percent, bool(count) and limit is not None and percent < limit.limit)


def _unseen(subject: Subject, now: date) -> Unseen | None:
    gap = threshold("gap", subject, "", now)
    return Unseen(add_months(now, -gap.limit), gap.limit, gap.trust != "K", gap.source) if gap else None


def _years(subject: Subject, unseen: Unseen | None) -> tuple[Year, ...]:
    """Filings by year up to this one, counted by the index; none where there is no index yet."""
    field = "ady" if subject is Subject.PATENT else "fdy"
    try:
        held: Engine = engine(subject)
        counted = held.count(Everything(), [field], today=today())[0]
    except EngineDown:
        return ()
    by_year = {bucket.value: bucket.count for bucket in counted.buckets}
    last = today().year
    shown = range(last - YEARS + 1, last + 1)
    most = max((by_year.get(year, 0) for year in shown), default=0)
    if not most:
        return ()
    return tuple(
        Year(
            year,
            count,
            unseen=unseen is not None and year >= unseen.since.year,
            height=-(-HEIGHT * count // most),
            left=WIDTH * at,
            told=year in (shown[0], last) or (year % 5 == 0 and last - year > 1),
        )
        for at, year in enumerate(shown)
        for count in (by_year.get(year, 0),)
    )


def _sources() -> tuple[Source, ...]:
    """The kinds of files that stand, the latest loaded first."""
    kinds = (
        queries.standing_files()
        .filter(state=BatchFile.State.DONE)
        .values_list("kind")
        .annotate(count=Count("pk"), loaded=Max("batch__finished"), until=Max("data_date"))
        .order_by("-loaded")
    )
    names = {one.code: one.name for one in KINDS}
    return tuple(Source(names.get(kind, kind) or "—", files, loaded, day) for kind, files, loaded, day in kinds)


def _files(subject: int) -> int:
    """Files that brought records, told by the first and the last of them: no more than two look-ups a file."""
    stated = Statement.objects.filter(file=OuterRef("pk"), withdrawn=False)
    ends = {
        "first": Subquery(stated.order_by("record").values("record__subject")[:1]),
        "last": Subquery(stated.order_by("-record").values("record__subject")[:1]),
    }
    return queries.standing_files().annotate(**ends).filter(Q(first=subject) | Q(last=subject)).count()


def _old(subject: Subject, loaded: datetime | None) -> list[str]:
    """What is said where nothing was loaded for long."""
    limit = threshold("loaded", subject, "", today())
    if loaded is None or limit is None or (today() - timezone.localdate(loaded)).days <= limit.limit:
        return []
    return [_("最近一次导入是 %(day)s，之后没有装入新文件。") % {"day": timezone.localdate(loaded)}]


def _warnings(counts: tuple[int, int], shares: Sequence[Share], newest: Sequence[Newest]) -> tuple[str, ...]:
    total, provisional = counts
    if not total:
        return (_("还没有装入任何记录。"),)
    found = [_lacking(share) for share in shares if not share.count or share.low]
    found += [
        _("%(name)s最近是 %(day)s，之后的多半没有装入。") % {"name": one.name, "day": one.day}
        for one in newest
        if one.late
    ]
    if provisional:
        found.append(_("%(count)s 条记录没有申请号，暂存待核。") % {"count": f"{provisional:,}"})
    if queries.unfinished():
        found.append(_("有导入正在进行或中断，数据尚不完整。"))
    return tuple(found)


def _lacking(share: Share) -> str:
    if share.count:
        return _("只有 %(percent)s%% 的记录%(name)s，按它检索和统计会漏掉其余的。") % {
            "percent": share.percent,
            "name": share.name,
        }
    if share.key == "status":
        return _("状态都是由日期推算的，没有一条有官方事件或来源文字。")
    return _("没有一条记录%(name)s，按它检索不会有结果。") % {"name": share.name}
