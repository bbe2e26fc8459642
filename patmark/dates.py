"""Days as offices, exports and people write them, read into `date`; months and years into the days they span."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from patmark.errors import BadInput

FIRST_YEAR, LAST_YEAR = 1790, 2200
_LONGEST = 80

#: What stands in a date field when there is no date. 99991231 is the "no day" of INPADOC, 1900-01-00 that of Excel.
_EMPTY = frozenset(
    {"", "-", "--", "---", "—", "——", "/", "\\", ".", "无", "暂无", "空", "未知", "不详"}
    | {"null", "none", "nan", "nat", "n/a", "na", "99991231", "9999-12-31", "1900-01-00"}
)
_ALL_ZERO = re.compile(r"[0.\-/: T]*0[0.\-/: T]*")
#: Clock time and zone behind a day (ISO 8601, xs:date with zone, Excel's 00:00:00) say nothing about the day.
_TIME = r"(?:[T\s]+\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?"
_YMD = re.compile(rf"(\d{{4}})\s*([-./年])\s*(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})\s*日?号?\.?{_TIME}", re.IGNORECASE)
_COMPACT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:\.0)?{_TIME}", re.IGNORECASE)
_ERA = re.compile(r"(明治|大正|昭和|平成|令和)\s*(\d{1,2}|元)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日(?:\(.*\))?")
#: The Gregorian year before the first year of each Japanese era.
_ERA_BASE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}

_YEAR_MONTH = re.compile(r"(\d{4})(?:\s*[-./年]\s*(\d{1,2})\s*月?|(\d{2}))(?:[-./]?00)?")
_YEAR = re.compile(r"(\d{4})\s*年?")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


@lru_cache(maxsize=16_384)
def parse_date(text: str) -> date | None:
    """The day a text says; None for what stands for "no date" and for a month without its day (`19700600`).

    Takes 20200102, 2020-01-02, 2020.1.2, 2020/1/2, 2020年1月2日, 令和2年1月2日, Jan. 2, 2020, 2 January 2020, each with
    or without a clock time and zone behind it. Raises `BadInput` otherwise, also for days that do not exist, for years
    outside 1790–2200, and for 01/02/2020, which two halves of the world read differently.
    """
    if len(text) == 8 and text.isascii() and text.isdigit() and text[6:] != "00":
        return _day(text, int(text[:4]), int(text[4:6]), int(text[6:]))
    clean = _clean(text)
    if clean.lower() in _EMPTY or _ALL_ZERO.fullmatch(clean):
        return None
    parts = _parts(clean)
    if parts is None:
        raise BadInput(f"“{text[:40]}”不是可以识别的日期。", mend="请写成 2020-01-02、20200102 或 2020年1月2日。")
    year, month, day = parts
    if day == 0 and 0 <= month <= 12:
        _check_year(text, year)
        return None
    return _day(text, year, month, day)


def parse_period(text: str) -> Period | None:
    """The days a year, a month or a day spans: `2020`, `2020-05`, `202005`, `2020年5月`, `19700600`, `2020-01-02`.

    Days are read as by `parse_date`: None where it finds no date at all, and `BadInput` likewise.
    """
    clean = _clean(text)
    if (match := _YEAR.fullmatch(clean)) and clean != "0000":
        year = _check_year(text, int(match[1]))
        return Period(date(year, 1, 1), date(year, 12, 31))
    match = _YEAR_MONTH.fullmatch(clean)
    month = int(match[2] or match[3]) if match else 0
    if match and 1 <= month <= 12:
        year = _check_year(text, int(match[1]))
        return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    day = parse_date(text)
    return None if day is None else Period(day, day)


def _clean(text: str) -> str:
    if len(text) > _LONGEST:
        raise BadInput(f"“{text[:40]}…”太长，不是日期。", mend="请写成 2020-01-02、20200102 或 2020年1月2日。")
    return unicodedata.normalize("NFKC", text).strip().strip("'\"").strip()


def _parts(clean: str) -> tuple[int, int, int] | None:
    if match := _COMPACT.fullmatch(clean):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YMD.fullmatch(clean):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _ERA.fullmatch(clean):
        return _ERA_BASE[match[1]] + (1 if match[2] == "元" else int(match[2])), int(match[3]), int(match[4])
    if (match := _MONTH_FIRST.fullmatch(clean)) and match[1].lower() in _MONTHS:
        return int(match[3]), _MONTHS[match[1].lower()], int(match[2])
    if (match := _DAY_FIRST.fullmatch(clean)) and match[2].lower() in _MONTHS:
        return int(match[3]), _MONTHS[match[2].lower()], int(match[1])
    return None


def _check_year(text: str, year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(f"日期“{text[:40]}”的年份不在 {FIRST_YEAR}—{LAST_YEAR} 年之间。", mend="请核对年份。")
    return year


def _day(text: str, year: int, month: int, day: int) -> date | None:
    if (year, month, day) == (9999, 12, 31):
        return None
    _check_year(text, year)
    try:
        return date(year, month, day)
    except ValueError:
        sentence = f"日期“{text[:40]}”不存在：没有 {year} 年 {month} 月 {day} 日。"
        raise BadInput(sentence, mend="请核对月和日。") from None
