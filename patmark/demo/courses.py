"""The course of a patent from filing to today: publications, events and the status they lead to, all consistent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from patmark.demo.days import END, gazette, later, years_on
from patmark.demo.draws import Draw
from patmark.legal_events import event_title
from patmark.patent import Event, PatentKind, Publication
from patmark.status import PatentStatus
from patmark.terms import patent_expiry

_GRANT_LETTER = {PatentKind.INVENTION: "B", PatentKind.UTILITY_MODEL: "U", PatentKind.DESIGN: "S"}
#: The share of rights given up at each annual fee after the grant [DESIGN].
_LAPSING = {PatentKind.INVENTION: 0.045, PatentKind.UTILITY_MODEL: 0.11, PatentKind.DESIGN: 0.13}
_BANK = "宜城岫水银行股份有限公司"


@dataclass(slots=True)
class Course:
    """What happened to an application until the end; `owner_changed` when the right went to somebody else."""

    kind: PatentKind
    filed: date
    number: str
    draw: Draw
    status: str = PatentStatus.PUBLISHED
    publications: list[Publication] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    granted: date | None = None
    owner_changed: date | None = None

    def run(self) -> Course:
        """Fills the course: publication, examination, decision, and the life of the right."""
        if self.kind is PatentKind.INVENTION:
            self._apply()
        else:
            self._grant(self._soonest(self.draw.between(95, 300)))
        if self.granted is not None:
            self._live(self.granted)
        self.events.sort(key=lambda one: one.date or END)
        return self

    def _soonest(self, days: int) -> date:
        """The gazette so many days after filing, or the first one possible where that lies behind the end."""
        day = gazette(later(self.filed, days))
        return day if day <= END else gazette(later(self.filed, 62 + self.draw.below(20)))

    def _tell(self, code: str, day: date, *, effective: date | None = None, detail: str = "") -> bool:
        """Adds an event, unless it would be announced after the end."""
        if day <= END:
            self.events.append(Event(code, "CN", day, effective or day, titles()[code], detail))
        return day <= END

    def _apply(self) -> None:
        draw = self.draw
        published = self._soonest(draw.between(90, 260) if draw.chance(0.6) else draw.between(540, 562))
        self.publications.append(Publication("CN", self.number, "A", published))
        self._tell("PB01", published)
        asked = draw.chance(0.96)
        entered = gazette(later(published, draw.between(14, 45)))
        if not asked:
            if self._tell("WD01", gazette(later(self.filed, 1_096 + draw.between(60, 150)))):
                self.status = PatentStatus.DEEMED_WITHDRAWN
            return
        if not self._tell("SE01", entered):
            return
        self.status = PatentStatus.EXAMINATION
        decided = gazette(later(entered, draw.between(230, 1_050)))
        if decided > END:
            return
        lot = draw.below(100)
        if lot < 64:
            self._grant(decided)
        elif lot < 82:
            self._end("RJ01", decided, PatentStatus.REFUSED)
        elif lot < 97:
            self._end("WD01", decided, PatentStatus.DEEMED_WITHDRAWN)
        elif lot < 99:
            self._end("WW01", decided, PatentStatus.WITHDRAWN)
        else:
            self._end("AD01", decided, PatentStatus.DEEMED_ABANDONED)

    def _end(self, code: str, day: date, status: str, effective: date | None = None) -> bool:
        if self._tell(code, day, effective=effective):
            self.status = status
            return True
        return False

    def _grant(self, day: date) -> None:
        self.granted = day
        self.status = PatentStatus.GRANTED
        self.publications.append(Publication("CN", self.number, _GRANT_LETTER[self.kind], day))
        self._tell("GR01", day)

    def _live(self, granted: date) -> None:
        """The right's life: what is recorded beside it, and how it ends if it has ended."""
        last = self._close(granted)
        expiry = patent_expiry(self.kind, self.filed)
        if expiry and expiry.day <= END and self.status in (PatentStatus.GRANTED, PatentStatus.PARTIALLY_INVALIDATED):
            self.status = PatentStatus.EXPIRED
        room = (last - granted).days
        if room > 400:
            self._record(granted, room)

    def _close(self, granted: date) -> date:
        """Ends the right where it has ended by the end of the data; answers the last day it was alive."""
        draw, kind = self.draw, self.kind
        lot = draw.below(1_000)
        someday = gazette(later(granted, draw.between(300, 1_800)))
        if kind is PatentKind.UTILITY_MODEL and lot < 25 and self._end("AR01", someday, PatentStatus.DOUBLE_PATENTING):
            return someday
        if lot < 30 and self._end("AV01", someday, PatentStatus.ABANDONED):
            return someday
        if lot < 34 and self._end("IW01", someday, PatentStatus.INVALIDATED):
            return someday
        if lot < 39 and self._end("IP01", someday, PatentStatus.PARTIALLY_INVALIDATED):
            return END
        expiry = patent_expiry(kind, self.filed)
        over = expiry.day if expiry is not None else END
        for year in range(granted.year - self.filed.year + 1, 21):
            due = years_on(self.filed, year)
            if due >= over or later(due, 300) > END:
                break
            if due > granted and draw.chance(_LAPSING[kind]):
                return self._lapse(due)
        if over <= END:
            self._tell("CX01", gazette(later(over, 60)), effective=over)
        return min(over, END)

    def _lapse(self, due: date) -> date:
        """Unpaid fees end a right on the day they were due (细则 115); the gazette says so months later."""
        announced = gazette(later(due, self.draw.between(270, 293)))
        self._end("CF01", announced, PatentStatus.LAPSED, effective=due)
        if self.draw.chance(0.03) and self._tell("RA01", gazette(later(announced, 70))):
            self.status = PatentStatus.GRANTED
        return due

    def _record(self, granted: date, room: int) -> None:
        draw = self.draw
        start = later(granted, draw.between(120, room - 200))
        lot = draw.below(1_000)
        if lot < 62:
            day = gazette(start)
            self._tell("TR01", day)
            self.owner_changed = day if day <= END else None
        elif lot < 100:
            self._tell("EE01", gazette(start), detail="许可种类：普通许可；许可期限：三年")
            if draw.chance(0.35):
                self._tell("EC01", gazette(later(start, 1_100)))
        elif lot < 132:
            self._tell("PE01", gazette(start), detail=f"质权人：{_BANK}")
            if draw.chance(0.55):
                self._tell("PC01", gazette(later(start, draw.between(300, 420))))
        elif lot < 165:
            self._tell("CP02", gazette(start), detail="变更事项：地址")
        elif lot < 172 and self.kind is not PatentKind.DESIGN:
            self._tell("OL01", gazette(start), detail="许可使用费支付方式：一次总付")


@cache
def titles() -> Mapping[str, str]:
    """What each code used here is called."""
    codes = "PB01 SE01 GR01 WD01 WW01 RJ01 AD01 AR01 AV01 IW01 IP01 CF01 RA01 CX01 TR01 EE01 EC01 PE01 PC01 CP02 OL01"
    return {code: event_title(Event(code, "CN")) for code in codes.split()}
