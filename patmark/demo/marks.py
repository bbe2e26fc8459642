"""The invented trademarks of the city, in the order of filing; a holder files one sign in several classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from patmark.demo import numbers
from patmark.demo.bodies import Body, city
from patmark.demo.days import END, later, mark_gazette, mark_years, years_on
from patmark.demo.draws import Draw, Ladder, stride
from patmark.demo.patents import MARK
from patmark.demo.pictures import COLOURS, SIGNS, sign_name
from patmark.demo.words import GoodsWords, table, trades, vocabulary
from patmark.mark_status import MarkStatus
from patmark.patent import Event, Person, Picture, Role
from patmark.terms import add_months, mark_valid_to
from patmark.trademark import Goods, MarkFeature, MarkKind, Trademark

_TRADEMARK = 21
#: Share of marks that are the same sign as the one before, in another class.
_AGAIN = 0.34
#: In so many groups of goods at most.
_CLASSES = 3
_WHO = Ladder.of((("firm", 0.72), ("person", 0.26), ("other", 0.02)))
_FEATURES = Ladder.of(((MarkFeature.WORD, 0.36), (MarkFeature.COMBINED, 0.52), (MarkFeature.FIGURATIVE, 0.12)))
#: Of a hundred that could be registered: what became of them [DESIGN].
_FATES = Ladder.of(
    (("registered", 74), ("refused", 13), ("review", 1), ("opposed", 2), ("withdrawn", 2), ("invalidated", 1.5),
     ("revoked", 3), ("cancelled", 1.5), ("not_accepted", 2))
)  # fmt: skip
_SYLLABLES = tuple("an bai cheng dan en fan guo hao jia kai lan ming ning ou pan qing rui shan tai wan xin yun".split())  # noqa: SIM905 (reads as a list)


@dataclass(frozen=True, slots=True)
class MadeMark:
    """A trademark, and what was meant by it: its status at the end of the data, its industry, its holder's unit."""

    record: Trademark
    status: str
    industry: str
    unit: str


@dataclass(slots=True)
class _Sign:
    """A sign being filed, and in which groups it has been so far."""

    text: str
    feature: MarkFeature
    picture: str
    body: Body
    industry: str
    agency: str
    used: set[str]


@dataclass(frozen=True, slots=True)
class _Course:
    """The dates, events and words of one filing."""

    status: str
    words: str = ""
    published: date | None = None
    registered: date | None = None
    valid_to: date | None = None
    events: tuple[Event, ...] = ()


def marks(size: int) -> Iterator[MadeMark]:
    """So many trademarks, always the same for one size; ValueError for more than there are numbers."""
    if size > numbers.MOST:
        raise ValueError(f"no more than {numbers.MOST} trademarks")
    signs, years = _Signs(), mark_years()
    sign: _Sign | None = None
    for rank in range(size):
        draw = Draw(_TRADEMARK, rank)
        again = sign is not None and len(sign.used) < _CLASSES and draw.chance(_AGAIN)
        groups = _left(sign) if sign is not None and again else []
        if sign is None or not groups:
            sign = signs.next(draw)
            groups = _left(sign)
        group = draw.pick(groups)
        sign.used.add(group.group)
        filed = years.day((rank + 0.5) / size)
        course = _course(draw, filed)
        yield MadeMark(
            _record(draw, rank, sign, group, filed=filed, course=course), course.status, sign.industry, sign.body.unit
        )


def _left(sign: _Sign) -> list[GoodsWords]:
    return [one for one in vocabulary(sign.industry).goods if one.group not in sign.used]


class _Signs:
    """New signs, none of them twice: two or three characters, some with Latin letters."""

    def __init__(self) -> None:
        names = table("names")
        self._first, self._second = names["first"].split(), names["second"].split()
        self._last = names["mark_last"].split()
        self._size = len(self._first) * len(self._second) * len(self._last)
        self._at = 0

    def next(self, draw: Draw) -> _Sign:
        place = self._at * stride(self._size) % self._size
        self._at += 1
        rest, first = divmod(place, len(self._first))
        last, second = divmod(rest, len(self._second))
        text = self._first[first] + self._second[second] + self._last[last]
        feature = draw.on(_FEATURES)
        if feature is MarkFeature.FIGURATIVE:
            text = "图形"
        elif draw.chance(0.22):
            text += " " + "".join(draw.some(_SYLLABLES, draw.between(2, 3))).upper()
        held = city()
        who, industry = draw.on(_WHO), draw.on(trades())
        firms = held.by_industry[industry]
        body = draw.on(firms) if who == "firm" else draw.pick(held.persons) if who == "person" else draw.on(held.others)
        picture = sign_name(draw.below(SIGNS), draw.below(len(COLOURS)))
        agency = draw.on(held.agencies).name if draw.chance(0.75) else ""
        return _Sign(text, feature, picture, body, industry, agency, set())


def _record(draw: Draw, rank: int, sign: _Sign, group: GoodsWords, *, filed: date, course: _Course) -> Trademark:
    items = tuple(draw.some(group.items, draw.between(2, len(group.items))))
    body = sign.body
    people = [Person(body.name, Role.APPLICANT, body.address, body.postcode, "CN", uscc=body.uscc)]
    if sign.agency:
        people.append(Person(sign.agency, Role.AGENCY))
    return Trademark(
        office="CN",
        kind=MarkKind.TRADEMARK,
        feature=sign.feature,
        number=numbers.trademark(rank),
        mark=sign.text,
        goods=(Goods(group.nice, "；".join(items), (group.group,), items),),
        people=tuple(people),
        filing_date=filed,
        preliminary_publication_date=course.published,
        registration_date=course.registered,
        valid_from=course.registered,
        valid_to=course.valid_to,
        events=course.events,
        pictures=(Picture(sign.picture, "mark", "image/png"),) if sign.feature is not MarkFeature.WORD else (),
        status_text=course.words,
        data_date=END,
        extra=(MARK,),
    )


def _event(title: str, day: date) -> Event:
    return Event("", "CN", day, title=title)


def _course(draw: Draw, filed: date) -> _Course:
    """From filing to the end of the data, by the articles of the law: publication, three months, ten years."""
    begun = _event("商标注册申请受理", filed)
    published = mark_gazette(later(filed, draw.between(170, 290)))
    fate = draw.on(_FATES)
    refused = later(filed, draw.between(150, 260))
    if fate == "not_accepted" and later(filed, 30) <= END:
        events = (begun, _event("商标注册申请不予受理", later(filed, 30)))
        return _Course(MarkStatus.NOT_ACCEPTED, "不予受理", events=events)
    if fate in ("refused", "withdrawn", "review") and refused <= END:
        return _without(fate, begun, refused, END)
    if published > END:
        if later(filed, 100) > END:
            return _Course(MarkStatus.FILED, events=(begun,))
        return _Course(MarkStatus.EXAMINATION, "等待实质审查", events=(begun,))
    told = [begun, _event("初步审定公告", published)]
    registered = add_months(published, 3) + timedelta(days=1)
    if fate == "opposed":
        if later(registered, 330) > END:
            if later(published, 60) <= END:
                told.append(_event("商标异议申请收文", later(published, 60)))
                return _Course(MarkStatus.OPPOSED, "异议中", published, events=tuple(told))
        else:
            told += [_event("商标异议申请收文", later(published, 60)), _event("准予注册决定", later(registered, 300))]
            registered = mark_gazette(later(registered, 320))
    if registered > END:
        return _Course(MarkStatus.PUBLISHED, "", published, events=tuple(told))
    told.append(_event("注册公告", registered))
    return _registered(draw, fate, _Course(MarkStatus.REGISTERED, "", published, registered), told)


def _without(fate: str, begun: Event, day: date, end: date) -> _Course:
    """Filings that led to no registration."""
    if fate == "withdrawn":
        return _Course(MarkStatus.WITHDRAWN, "撤回商标注册申请", events=(begun, _event("撤回商标注册申请", day)))
    told = (begun, _event("驳回通知", day))
    if fate == "review" and later(day, 250) > end:
        return _Course(
            MarkStatus.REFUSAL_REVIEW, "驳回复审中", events=(*told, _event("驳回复审申请收文", later(day, 14)))
        )
    return _Course(MarkStatus.REFUSED, "驳回", events=told)


def _registered(draw: Draw, fate: str, base: _Course, events: list[Event]) -> _Course:
    """The life of a registration: renewed or lapsed after ten years, sometimes struck out before."""
    registered = base.registered or END
    ends = mark_valid_to(registered)
    assert ends is not None  # the table of terms has no end
    someday = later(registered, draw.between(400, 2_600))
    struck = {
        "invalidated": (MarkStatus.INVALIDATED, "宣告无效", "宣告注册商标无效"),
        "revoked": (MarkStatus.REVOKED, "已撤销", "撤销连续三年不使用注册商标"),
        "cancelled": (MarkStatus.CANCELLED, "已注销", "商标注销"),
    }.get(fate)
    base = replace(base, valid_to=ends)
    if struck is not None and someday <= END:
        status, words, title = struck
        return replace(base, status=status, words=words, events=(*events, _event(title, someday)))
    while ends < END and draw.chance(0.62):
        events.append(_event("续展注册核准", later(ends, -draw.between(20, 200))))
        ends = years_on(ends, 10)
    if draw.chance(0.05) and later(registered, 500) < END:
        events.append(_event("商标转让核准", later(registered, draw.between(200, 480))))
    status = MarkStatus.REGISTERED
    if ends < END:
        status = MarkStatus.GRACE if add_months(ends, 6) >= END else MarkStatus.LAPSED
    events.sort(key=lambda one: one.date or END)
    return replace(base, status=status, valid_to=ends, events=tuple(events))
