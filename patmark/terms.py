"""How long rights last: expiry of patents, term, renewal, grace and opposition of trademarks, by dated rows."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from patmark.patent import PatentKind
from patmark.tables import day_or_none, shipped_rows

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """One row: `months` for rights that began between `since` and `until`; `trust` L, P or K as in the table's head."""

    right: str
    office: str
    months: int
    since: date
    until: date | None
    trust: str
    source: str


@dataclass(frozen=True, slots=True)
class Expiry:
    """The day a patent ends when nothing ends it before; `verified` is false where the rule was not read in the law."""

    day: date
    term: Term

    @property
    def verified(self) -> bool:
        return self.term.trust != "K"


@dataclass(frozen=True, slots=True)
class MarkTerm:
    """A trademark's term: last day of validity, first day of renewal, last day of grace (专用期、续展期、宽展期)."""

    valid_to: date
    renew_from: date
    grace_to: date


@cache
def terms() -> tuple[Term, ...]:
    """All rows of the shipped table."""
    return tuple(
        Term(
            row["right"],
            row["office"],
            int(row["months"]),
            date.fromisoformat(row["since"]),
            day_or_none(row["until"]),
            row["trust"],
            row["source"],
        )
        for row in shipped_rows("terms.csv")
    )


def term_of(right: str, office: str, began: date) -> Term | None:
    """The row in force for a right that began on a day; a row without office serves the offices that have none."""
    own = [one for one in terms() if one.right == right and one.office == office]
    rows = own or [one for one in terms() if one.right == right and not one.office]
    return next((one for one in rows if one.since <= began and (one.until is None or began <= one.until)), None)


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later; where there is none, the last day of the month (细则 5, 条例 12)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def patent_expiry(kind: PatentKind, filed: date | None, office: str = "CN") -> Expiry | None:
    """When a patent filed on a day ends: filing date plus the term, not moved for holidays; None where none is known.

    `filed` is the actual, for PCT cases the international filing date. Compensation terms are not in it.
    International publications (WO) are no rights and have no expiry.
    """
    if filed is None or office == "WO":
        return None
    term = term_of(kind.value, office or "CN", filed)
    return Expiry(add_months(filed, term.months), term) if term else None


def mark_valid_to(registered: date) -> date | None:
    """The last day of ten years from registration: the day before the corresponding day (商标法 39, 条例 12)."""
    term = term_of("mark", "CN", registered)
    if term is None:
        return None
    last = add_months(registered, term.months)
    # Without a corresponding day (29 February) the month's last day itself is the end.
    return last - _DAY if last.day == registered.day else last


def mark_term(valid_to: date) -> MarkTerm:
    """Renewal and grace around the last day of validity (商标法 40); not moved for holidays."""
    renewal = term_of("mark_renewal", "CN", max(valid_to, date(2014, 5, 1)))
    grace = term_of("mark_grace", "CN", valid_to)
    if renewal is None or grace is None:
        raise ValueError(f"no trademark term in force on {valid_to}")
    return MarkTerm(valid_to, add_months(valid_to, -renewal.months) + _DAY, add_months(valid_to, grace.months))


def opposition_end(published: date) -> date | None:
    """The nominal last day of opposition: three months from preliminary publication, not yet moved for rest days."""
    term = term_of("mark_opposition", "CN", published)
    return add_months(published, term.months) if term else None
