"""The calendar of the invented city: when things are filed, and the days on which gazettes appear."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

#: The day the demonstration data are of: nothing in them is later.
END = date(2026, 6, 30)
#: Filings by year, as shares [DESIGN]: growing, and fewer at the end: the last eighteen months are not all published.
PATENT_YEARS = (
    (2011, 12), (2012, 16), (2013, 21), (2014, 27), (2015, 35), (2016, 45), (2017, 56), (2018, 66), (2019, 72),
    (2020, 84), (2021, 90), (2022, 88), (2023, 92), (2024, 84), (2025, 46), (2026, 5),
)  # fmt: skip
MARK_YEARS = (
    (2008, 8), (2009, 10), (2010, 14), (2011, 18), (2012, 22), (2013, 26), (2014, 34), (2015, 44), (2016, 56),
    (2017, 74), (2018, 92), (2019, 96), (2020, 104), (2021, 110), (2022, 92), (2023, 88), (2024, 90), (2025, 92),
    (2026, 44),
)  # fmt: skip
#: The last day of filing: of patents nothing younger can have been published by the end.
_LAST = {2026: 85}
_MARK_LAST = {2026: 180}
#: Days of the month on which the trademark gazette appears (RULES §1.5).
_MARK_GAZETTE = (6, 13, 20, 27)
_ONE = timedelta(days=1)


class Years:
    """Filings laid out over the years: the later the rank, the later the day, so numbers grow with time."""

    def __init__(self, shares: tuple[tuple[int, int], ...], last: dict[int, int]) -> None:
        whole = sum(share for _, share in shares)
        self._steps: list[tuple[float, float, date, int]] = []
        at = 0.0
        for year, share in shares:
            self._steps.append((at, share / whole, date(year, 1, 1), last.get(year, 365)))
            at += share / whole

    def day(self, share: float) -> date:
        """The working day at a share of all filings, 0 ≤ share < 1."""
        begin, width, first, days = next(one for one in reversed(self._steps) if one[0] <= share)
        day = first + timedelta(days=int((share - begin) / width * days))
        return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])

    def share(self, day: date) -> float:
        """The share of all filings made before a day."""
        found = 0.0
        for begin, width, first, days in self._steps:
            if first <= day:
                found = begin + width * min(1.0, (day - first).days / days)
        return found


@cache
def patent_years() -> Years:
    return Years(PATENT_YEARS, _LAST)


@cache
def mark_years() -> Years:
    return Years(MARK_YEARS, _MARK_LAST)


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def gazette(day: date) -> date:
    """The first Tuesday or Friday from a day on: patents are announced on these [K]."""
    return day + timedelta(days=(1, 0, 2, 1, 0, 3, 2)[day.weekday()])


def mark_gazette(day: date) -> date:
    """The first day of the trademark gazette from a day on."""
    for one in _MARK_GAZETTE:
        if day.day <= one:
            return day.replace(day=one)
    return (day.replace(day=28) + 7 * _ONE).replace(day=_MARK_GAZETTE[0])


def years_on(day: date, years: int) -> date:
    """The same day so many years later; 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
