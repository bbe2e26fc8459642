"""The clocks of a right: protection of a patent; opposition, term, renewal and grace of a mark, by dated rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patmark.patent import PatentKind
from patmark.terms import add_months, mark_term, mark_valid_to, opposition_end, patent_expiry, term_of
from patmark.trademark import Trademark

_DAY = timedelta(days=1)


class ClockKind(StrEnum):
    PROTECTION = "protection"
    EXAMINATION = "examination"
    OPPOSITION = "opposition"
    NON_USE = "non_use"
    TERM = "term"
    RENEWAL = "renewal"
    GRACE = "grace"


class Phase(StrEnum):
    BEFORE = "before"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Clock:
    """A period from its first to its last day, both inside, with the article it stands on.

    Ends are nominal: none is moved for rest days. `computed`: the end was worked out, no source states it.
    """

    kind: ClockKind
    first: date
    last: date
    source: str
    verified: bool
    computed: bool = True

    def phase(self, day: date) -> Phase:
        if day < self.first:
            return Phase.BEFORE
        return Phase.RUNNING if day <= self.last else Phase.OVER

    def left(self, day: date) -> int:
        """Days from `day` to the last one; negative when it is over."""
        return (self.last - day).days

    def gone(self, day: date) -> float:
        """How much of the period has gone by, 0 to 1."""
        whole = (self.last - self.first).days + 1
        return min(1.0, max(0.0, (day - self.first).days / whole))


def patent_clock(kind: PatentKind, filed: date | None, office: str = "CN") -> Clock | None:
    """From the filing to the last day of protection, the day before expiry (专利法 42); None where no rule is known."""
    expiry = patent_expiry(kind, filed, office)
    if expiry is None or filed is None:
        return None
    return Clock(ClockKind.PROTECTION, filed, expiry.day - _DAY, expiry.term.source, expiry.verified)


def examination_clock(filed: date | None, priority: date | None, office: str = "CN") -> Clock | None:
    """In which examination of an invention must be asked for: from the priority, else the filing (专利法 35)."""
    begins = min((day for day in (priority, filed) if day), default=None)
    term = term_of("examination", office or "CN", begins) if begins else None
    if begins is None or term is None:
        return None
    return Clock(ClockKind.EXAMINATION, begins, add_months(begins, term.months), term.source, term.trust != "K")


def mark_clocks(mark: Trademark) -> tuple[Clock, ...]:
    """The clocks of a Chinese mark in the order they run; none for marks of other offices.

    Opposition counts from the preliminary publication (商标法 33), the term from the registration (39), renewal is
    open in the last twelve months and, with a surcharge, in six months of grace after them (40); three years after
    the registration anyone may ask for the revocation of a mark that is not used (49). Opposition to an international
    registration runs from WIPO's gazette (商标条例 45), whose day no source we read states: it has no such clock.
    """
    if mark.office not in ("", "CN"):
        return ()
    clocks: list[Clock] = []
    published, registered = mark.preliminary_publication_date, mark.registration_date
    national = not mark.number.upper().startswith("G") and mark.international_registration_date is None
    ends = opposition_end(published) if published and national else None
    if published is not None and ends is not None:
        clocks.append(_clock(ClockKind.OPPOSITION, "mark_opposition", published, ends))
    valid_to = mark.valid_to or (mark_valid_to(registered) if registered else None)
    if valid_to is None:
        return tuple(clocks)
    begins = mark.valid_from or registered
    if begins is not None and begins <= valid_to:
        clocks.append(_clock(ClockKind.TERM, "mark", begins, valid_to, computed=mark.valid_to is None))
    if registered is not None and national and (rule := term_of("mark_non_use", "CN", registered)):
        opens = add_months(registered, rule.months)
        if opens <= valid_to:
            clocks.append(_clock(ClockKind.NON_USE, "mark_non_use", opens, valid_to))
    around = mark_term(valid_to)
    clocks.append(_clock(ClockKind.RENEWAL, "mark_renewal", around.renew_from, valid_to))
    clocks.append(_clock(ClockKind.GRACE, "mark_grace", valid_to + _DAY, around.grace_to))
    return tuple(clocks)


def _clock(kind: ClockKind, right: str, first: date, last: date, *, computed: bool = True) -> Clock:
    term = term_of(right, "CN", max(first, date(2014, 5, 1)) if right == "mark_renewal" else first)
    return Clock(kind, first, last, term.source if term else "", term is not None and term.trust != "K", computed)
