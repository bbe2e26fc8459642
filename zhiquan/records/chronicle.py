"""The life of a right on its page: the days in order with their basis, the clocks that run, and the next annual fee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from patmark.clocks import Clock, ClockKind, Phase, mark_clocks, patent_clock
from patmark.fees import FeeYear, fee_year, year_of
from patmark.legal_events import OVERLAYS, effect_of, event_title
from patmark.lifecycle import Life
from patmark.milestones import Milestone, What, mark_milestones, patent_milestones
from patmark.patent import Patent, Stage
from patmark.status import PATENT_STATUSES
from patmark.trademark import Trademark
from zhiquan.records.derive import completed
from zhiquan.records.drawing import Day, Drawing, drawn
from zhiquan.records.paper import code_name, said
from zhiquan.records.queries import Whole
from zhiquan.records.reference import event_titles
from zhiquan.records.standing import patent_now

#: So many days are shown as they are; of more the announcements that change nothing are folded away.
UNFOLDED = 14
#: Up to so many signs the title of an announcement says by itself what it is.
SHORT = 16


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on the page: what it means in a word, what is told about it, and on what it stands.

    `computed` days carry the article in `basis`; `future` ones have not come yet; `life` colours what changes the
    right. `minor` are announcements that change nothing by themselves: where there are many they lie folded.
    """

    day: date | None
    what: str
    words: str
    code: str
    basis: str
    computed: bool
    future: bool
    life: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """A clock in words: `percent` of it has gone by, `state` says where it stands today."""

    name: str
    first: date
    last: date
    percent: int
    phase: str
    state: str
    source: str
    verified: bool
    computed: bool


@dataclass(frozen=True, slots=True)
class Fee:
    """The next annual fee: its year, day and full amount in yuan."""

    now: int
    next: FeeYear


@dataclass(frozen=True, slots=True)
class Chronicle:
    moments: tuple[Moment, ...]
    drawing: Drawing | None
    gauges: tuple[Gauge, ...]
    fee: Fee | None
    today: date

    @property
    def major(self) -> tuple[Moment, ...]:
        """The moments shown at once: all of a few, of many those that change the right."""
        return self.moments if len(self.moments) <= UNFOLDED else tuple(one for one in self.moments if not one.minor)

    @property
    def is_folded(self) -> bool:
        return len(self.major) < len(self.moments)


def patent_chronicle(whole: Whole) -> Chronicle:
    """The life of a patent."""
    record = whole.merged.record
    assert isinstance(record, Patent)
    narrow, today = whole.record.patent, timezone.localdate()
    record = completed(record, narrow)
    milestones = patent_milestones(record)
    life = patent_now(narrow).life
    filed = record.application.date if record.application else None
    clock = patent_clock(record.kind, filed, record.office) if life in (Life.ALIVE, Life.PENDING) else None
    return _chronicle(whole, milestones, [clock] if clock else [], _fee(record, filed, life, today))


def mark_chronicle(whole: Whole) -> Chronicle:
    """The life of a trademark."""
    record = whole.merged.record
    assert isinstance(record, Trademark)
    return _chronicle(whole, mark_milestones(record), mark_clocks(record), None)


def _chronicle(whole: Whole, milestones: Sequence[Milestone], clocks: Iterable[Clock], fee: Fee | None) -> Chronicle:
    today = timezone.localdate()
    offices = {(one.event.country or whole.merged.record.office, one.event.code) for one in milestones if one.event}
    titles = event_titles(offices)
    moments = tuple(_moment(one, whole.merged.record.office, titles) for one in milestones)
    return Chronicle(
        moments=moments,
        drawing=drawn([Day(one.day, one.what, one.life, one.computed, one.minor) for one in moments if one.day], today),
        gauges=tuple(_gauge(one, today) for one in clocks),
        fee=fee,
        today=today,
    )


def _moment(one: Milestone, office: str, titles: Mapping[tuple[str, str], str]) -> Moment:
    what = _stage(one.stage) if one.what is What.PUBLICATION else _what(one.what)
    words, code = one.number, ""
    if one.event is not None:
        what, words = _told(one, titles.get((one.event.country or office, one.event.code), ""))
        code = one.event.code if one.event.code != words else ""
    return Moment(
        day=one.day,
        what=what,
        words=words,
        code=code,
        basis=one.source if one.computed else "",
        computed=one.computed,
        future=one.day is not None and one.day > timezone.localdate(),
        life=one.life.value if one.life else "",
        minor=one.event is not None and one.life is None,
    )


def _told(one: Milestone, code_title: str) -> tuple[str, str]:
    """An announcement in a word or two, and the rest of what is told about it."""
    event = one.event
    assert event is not None
    title = event.title if event.title and event.title != event.code else code_title or event_title(event)
    effect = effect_of(event)
    row = PATENT_STATUSES.get(effect.status)
    english = row.en if row else OVERLAYS[effect.overlay].en if effect.overlay else ""
    short = said(title if len(title) <= SHORT else "", english)
    late = _("%(day)s 起生效") % {"day": event.effective} if _late(one) else ""
    rest = [event.detail, late] if short == title else [title, event.detail, late]
    return short or _("法律事件"), " · ".join(part for part in rest if part)


def _late(one: Milestone) -> bool:
    return one.event is not None and one.event.effective is not None and one.event.effective != one.day


def _stage(stage: Stage) -> str:
    from_table = {
        Stage.APPLICATION: 1,
        Stage.EXAMINED: 2,
        Stage.GRANT: 3,
        Stage.CORRECTION: 4,
        Stage.PARTIAL_INVALIDATION: 5,
        Stage.SEARCH_REPORT: 6,
    }
    return code_name("stage", from_table[stage]) if stage in from_table else _("公布")


def _what(what: What) -> str:
    return {
        What.PRIORITY: _("优先权"),
        What.FILING: _("申请"),
        What.INTERNATIONAL: _("国际公布或注册"),
        What.NATIONAL: _("进入国家阶段"),
        What.GRANT: _("授权公告"),
        What.EVENT: _("法律事件"),
        What.EXAMINATION_END: _("实质审查请求期满"),
        What.EXPIRY: _("期限届满"),
        What.DESIGNATION: _("后期指定"),
        What.PRELIMINARY: _("初步审定公告"),
        What.OPPOSITION_END: _("异议期满"),
        What.REGISTRATION: _("注册"),
        What.NON_USE: _("连续三年不使用可被申请撤销"),
        What.RENEWAL: _("可以续展"),
        What.TERM_END: _("专用期止"),
        What.GRACE_END: _("宽展期止"),
    }[what]


def _gauge(clock: Clock, today: date) -> Gauge:
    phase = clock.phase(today)
    if phase is Phase.BEFORE:
        state = _("%(time)s后开始") % {"time": _length((clock.first - today).days)}
    elif phase is Phase.RUNNING:
        state = _("还剩 %(time)s") % {"time": _length(clock.left(today))}
    else:
        state = _("已于 %(time)s前结束") % {"time": _length(-clock.left(today))}
    return Gauge(
        name=_clock(clock.kind),
        first=clock.first,
        last=clock.last,
        percent=round(clock.gone(today) * 100),
        phase=phase.value,
        state=state,
        source=clock.source,
        verified=clock.verified,
        computed=clock.computed,
    )


def _clock(kind: ClockKind) -> str:
    return {
        ClockKind.PROTECTION: _("保护期（自申请日起）"),
        ClockKind.EXAMINATION: _("实质审查请求期"),
        ClockKind.OPPOSITION: _("异议期（公告起三个月）"),
        ClockKind.NON_USE: _("可因连续三年不使用被申请撤销"),
        ClockKind.TERM: _("专用期"),
        ClockKind.RENEWAL: _("续展期（期满前十二个月）"),
        ClockKind.GRACE: _("宽展期（期满后六个月，另收费）"),
    }[kind]


def _length(days: int) -> str:
    """A stretch of time as people say it: days up to three months, then months and years, roughly."""
    if days <= 92:
        return said(f"{days} 天", _counted(days, "day"))
    years, months = divmod(round(days / 30.4375), 12)
    chinese = [f"{years} 年" if years else "", f"{months} 个月" if months else ""]
    english = [_counted(years, "year") if years else "", _counted(months, "month") if months else ""]
    return said(" ".join(filter(None, chinese)), " ".join(filter(None, english)))


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _fee(record: Patent, filed: date | None, life: Life, today: date) -> Fee | None:
    """The next fee to fall due; none for applications, ended rights and offices without a table."""
    if life is not Life.ALIVE or filed is None or record.grant_date is None:
        return None
    now = year_of(filed, today)
    following = fee_year(record.kind, filed, now + 1, record.office or "CN")
    return Fee(now, following) if following else None
