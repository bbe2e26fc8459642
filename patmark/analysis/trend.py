"""Counts by year: which years to show, which of them are not complete yet, and how much they changed."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date


def span(years: Collection[int], most: int) -> tuple[int, ...]:
    """Every year from the first to the last one counted, without gaps; the last `most` of them."""
    if not years:
        return ()
    last = max(years)
    return tuple(range(max(min(years), last - most + 1), last + 1))


def complete_until(newest: date, months: int = 0) -> int:
    """The last year that is complete where data reach to `newest` and things show up to `months` late."""
    year, month = divmod(newest.year * 12 + newest.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    until = date(year, month + 1, min(newest.day, last))
    return year if (until.month, until.day) == (12, 31) else year - 1


def change(before: int, now: int) -> float | None:
    """The change against before, as a share of it: (now − before) / before; None where that is 0 (RULES §5.6)."""
    return (now - before) / before if before else None
