"""Annual fees of patents: which fee year a day lies in, when a year's fee falls due, and how much it is in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from patmark.patent import PatentKind
from patmark.tables import day_or_none, shipped_rows
from patmark.terms import add_months


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One row of the table: the full amount in yuan of fee years `first`..`last` that fall due in its time."""

    right: str
    office: str
    first: int
    last: int
    amount: int
    since: date
    until: date | None
    trust: str
    source: str


@dataclass(frozen=True, slots=True)
class FeeYear:
    """A fee year: its first and last day, the nominal due day (not moved for rest days) and the full amount in yuan.

    Reductions and surcharges are not in it, and whether it was paid no file we read says.
    """

    year: int
    first: date
    last: date
    due: date
    amount: int
    trust: str
    source: str

    @property
    def verified(self) -> bool:
        return self.trust == "L"


@cache
def fee_rows() -> tuple[FeeRow, ...]:
    """All rows of the shipped table."""
    return tuple(
        FeeRow(
            row["right"],
            row["office"],
            int(row["first_year"]),
            int(row["last_year"]),
            int(row["amount"]),
            date.fromisoformat(row["since"]),
            day_or_none(row["until"]),
            row["trust"],
            row["source"],
        )
        for row in shipped_rows("annual_fees.csv")
    )


def fee_year(kind: PatentKind, filed: date, year: int, office: str = "CN") -> FeeYear | None:
    """Fee year n runs from filing + (n-1) years and falls due on its first day; None where no row is in force."""
    first = add_months(filed, 12 * (year - 1))
    for row in fee_rows():
        if (row.right, row.office) != (kind.value, office) or not row.first <= year <= row.last:
            continue
        if row.since <= first and (row.until is None or first <= row.until):
            last = add_months(filed, 12 * year) - timedelta(days=1)
            return FeeYear(year, first, last, first, row.amount, row.trust, row.source)
    return None


def year_of(filed: date, day: date) -> int:
    """The fee year a day lies in, from 1; 0 before the filing."""
    if day < filed:
        return 0
    year = day.year - filed.year + 1
    return year if add_months(filed, 12 * (year - 1)) <= day else year - 1
