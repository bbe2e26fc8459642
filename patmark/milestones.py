"""The days of a right in order: what was filed, published and announced, and what dated rules work out from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patmark.clocks import ClockKind, examination_clock, mark_clocks
from patmark.kinds import stage_of
from patmark.legal_events import RESTORED, effect_of
from patmark.lifecycle import Life, StatusRow
from patmark.mark_status import MARK_STATUSES
from patmark.patent import Event, Patent, PatentKind, Publication, Stage
from patmark.status import PATENT_STATUSES, stored_status
from patmark.terms import patent_expiry
from patmark.trademark import Trademark


class What(StrEnum):
    PRIORITY = "priority"
    FILING = "filing"
    INTERNATIONAL = "international"
    NATIONAL = "national"
    PUBLICATION = "publication"
    GRANT = "grant"
    EVENT = "event"
    EXAMINATION_END = "examination_end"
    EXPIRY = "expiry"
    DESIGNATION = "designation"
    PRELIMINARY = "preliminary"
    OPPOSITION_END = "opposition_end"
    REGISTRATION = "registration"
    NON_USE = "non_use"
    RENEWAL = "renewal"
    TERM_END = "term_end"
    GRACE_END = "grace_end"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day and what it means. `computed`: worked out by the article in `source`, announced by nobody.

    `number` is that of a priority or publication, `stage` what a publication is, `event` the announcement itself;
    `life` is what the right is from this day on where the day changes it.
    """

    day: date | None
    what: What
    number: str = ""
    stage: Stage = Stage.UNKNOWN
    event: Event | None = None
    life: Life | None = None
    computed: bool = False
    source: str = ""


def patent_milestones(patent: Patent) -> tuple[Milestone, ...]:
    """The days of a patent, the earliest first, those without a day last.

    The grant stands once, as its publication or by its date alone; the end of the examination period only while the
    application waits for the request; the expiry only where a rule is known and nothing announced ended the right
    before, when the announcement says more.
    """
    found = [
        *(Milestone(one.date, What.PRIORITY, f"{one.country}{one.number}") for one in patent.priorities),
        *_filed(patent),
        *(_published(one, patent.office) for one in patent.publications),
        *(_happened(one, PATENT_STATUSES) for one in patent.events),
    ]
    granted = any(one.what is What.PUBLICATION and one.stage is Stage.GRANT for one in found)
    if patent.grant_date and not granted:
        found.append(Milestone(patent.grant_date, What.GRANT, life=Life.ALIVE))
    return _ordered([*found, *_patent_ends(patent)])


def mark_milestones(mark: Trademark) -> tuple[Milestone, ...]:
    """The days of a mark, the earliest first, those without a day last."""
    dated = (
        (What.FILING, mark.filing_date, Life.PENDING),
        (What.INTERNATIONAL, mark.international_registration_date, None),
        (What.DESIGNATION, mark.designation_date, None),
        (What.PRELIMINARY, mark.preliminary_publication_date, None),
        (What.REGISTRATION, mark.registration_date, Life.ALIVE),
    )
    found = [
        *(Milestone(one.date, What.PRIORITY, f"{one.country}{one.number}") for one in mark.priorities),
        *(Milestone(day, what, life=life) for what, day, life in dated if day),
        *(_happened(one, MARK_STATUSES) for one in mark.events),
        *_mark_ends(mark),
    ]
    return _ordered(found)


def _filed(patent: Patent) -> Iterator[Milestone]:
    if patent.application and patent.application.date:
        yield Milestone(patent.application.date, What.FILING, life=Life.PENDING)
    if patent.pct_publication and patent.pct_publication.date:
        one = patent.pct_publication
        yield Milestone(one.date, What.INTERNATIONAL, f"{one.country}{one.number}{one.kind}")
    if patent.national_entry:
        yield Milestone(patent.national_entry, What.NATIONAL)


def _published(one: Publication, office: str) -> Milestone:
    country = one.country or office
    stage = stage_of(country, one.kind, one.date, number=one.number)
    own = not office or country == office
    life = Life.ALIVE if stage is Stage.GRANT and own else None
    return Milestone(one.date, What.PUBLICATION, f"{country}{one.number}{one.kind}", stage, life=life)


def _happened(event: Event, statuses: Mapping[str, StatusRow]) -> Milestone:
    status = effect_of(event).status
    row = statuses.get(status)
    life = row.life if row is not None else Life.ALIVE if status == RESTORED else None
    return Milestone(event.date or event.effective, What.EVENT, event=event, life=life)


def _patent_ends(patent: Patent) -> Iterator[Milestone]:
    base = stored_status(patent).status
    filed = patent.application.date if patent.application else None
    if base.life is Life.PENDING and patent.kind is PatentKind.INVENTION and base.status in ("filed", "published"):
        priority = min((one.date for one in patent.priorities if one.date), default=None)
        clock = examination_clock(filed, priority, patent.office)
        if clock is not None:
            yield Milestone(clock.last, What.EXAMINATION_END, computed=True, source=clock.source)
    expiry = patent_expiry(patent.kind, filed, patent.office)
    if expiry is not None and base.life not in (Life.DEAD, Life.VOID):
        yield Milestone(expiry.day, What.EXPIRY, life=Life.DEAD, computed=True, source=expiry.term.source)


_CLOCK_ENDS = {
    ClockKind.OPPOSITION: What.OPPOSITION_END,
    ClockKind.TERM: What.TERM_END,
    ClockKind.GRACE: What.GRACE_END,
}
_CLOCK_BEGINS = {ClockKind.RENEWAL: What.RENEWAL, ClockKind.NON_USE: What.NON_USE}


def _mark_ends(mark: Trademark) -> Iterator[Milestone]:
    for clock in mark_clocks(mark):
        if what := _CLOCK_ENDS.get(clock.kind):
            yield Milestone(clock.last, what, computed=clock.computed, source=clock.source)
        elif what := _CLOCK_BEGINS.get(clock.kind):
            yield Milestone(clock.first, what, computed=True, source=clock.source)


#: What comes first of one day: the filing before its publication, an announcement before what is worked out.
_RANK = {what: place for place, what in enumerate(What)}


def _ordered(found: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return tuple(sorted(found, key=lambda one: (one.day or date.max, one.computed, _RANK[one.what])))
