"""Ranges of days and counts as people type them: 2020, 2020..2022, >=2020, <2021-05, 2020-01-01至2020-12-31, 3-5."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from patmark.dates import FIRST_YEAR, LAST_YEAR, parse_period
from patmark.errors import BadInput, BadQuery
from patmark.fields import Field, FieldKind
from patmark.query.mending import fault, quoted, replaced
from patmark.query.tree import Range
from patmark.query.typed import CODED, Value

_BETWEEN = re.compile(r"(.*?)\s*(?:\.{2,3}|…|至|到|~|—+|–|:|(?<![A-Za-z])(?:TO|to|To)(?![A-Za-z]))\s*(.*)", re.DOTALL)
#: A hyphen is a range only between two whole years, months or days: 2020-05 is a month.
_HYPHEN = {
    FieldKind.DATE: re.compile(r"(\d{4}年?|\d{6}|\d{8})\s*-\s*(\d{4}年?|\d{6}|\d{8})"),
    FieldKind.COUNT: re.compile(r"(\d+)\s*-\s*(\d+)"),
}
_RELATION = re.compile(r"\s*(>=|<=|=>|=<|[<>≥≤=])\s*")
_SAME = {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "=": ":"}
_OPEN = frozenset({"", "*", "今", "今天", "现在"})
_MOST = {FieldKind.DATE: 99_991_231, FieldKind.COUNT: 999_999_999}
_COUNT = re.compile(r"(\d{1,9})\s*[年个项次条人]?")
_EXPECTED = {
    FieldKind.DATE: "日期或日期范围，例如 2020、2020-05、2020-05-01、2020..2022、>=2020",
    FieldKind.COUNT: "数或数的范围，例如 10、>=10、3..5",
}


def range_of(row: Field, value: Value) -> Range:
    """The range a value of a DATE or COUNT field stands for, both ends included; raises `BadQuery`."""
    text, relation = value.plain.strip(), value.relation
    if relation == ":" and (match := _RELATION.match(text)):
        relation = _SAME.get(match[1], match[1])
        text = text[match.end() :]
    between = _HYPHEN[row.kind].fullmatch(text) or _BETWEEN.fullmatch(text)
    if relation != ":":
        if between:
            raise _wrong(row, value, f"“{value.text}”已经是范围，不能再比较大小。")
        return _compared(row, replace(value, relation=relation), _ends(row, value, text))
    if text == "*":
        return Range(row.key)
    if between is None:
        return Range(row.key, *_ends(row, value, text))
    first, last = between.groups()
    low = None if first in _OPEN else _ends(row, value, first)[0]
    high = None if last in _OPEN else _ends(row, value, last)[1]
    if low is not None and high is not None and low > high:
        raise _upside_down(row, value, (first, last))
    return Range(row.key, low, high)


def _compared(row: Field, value: Value, ends: tuple[int, int]) -> Range:
    first, last = ends
    if value.relation in (">", "<"):
        edge, step = (last, 1) if value.relation == ">" else (first, -1)
        beside = _beside(edge, step) if row.kind is FieldKind.DATE else edge + step
        if beside is None or not 0 <= beside <= _MOST[row.kind]:
            raise _wrong(row, value, f"没有{'大于' if step > 0 else '小于'}“{value.text}”的{row.zh}。")
        first = last = beside
    return Range(row.key, low=first) if value.relation[0] == ">" else Range(row.key, high=last)


def _beside(day: int, step: int) -> int | None:
    """The day before or after; None outside the years that are read as dates."""
    moved = date(day // 10_000, day // 100 % 100, day % 100) + timedelta(days=step)
    return _number(moved) if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _ends(row: Field, value: Value, text: str) -> tuple[int, int]:
    """The first and last whole number one date or count spans."""
    if row.kind is FieldKind.COUNT:
        match = _COUNT.fullmatch(text)
        if match is None:
            raise _wrong(row, value, f"{row.zh}是数，“{value.text}”不是。")
        return int(match[1]), int(match[1])
    try:
        period = parse_period(text)
    except BadInput as reason:
        raise _wrong(row, value, reason.sentence) from None
    if period is None:
        raise _wrong(row, value, f"“{value.text}”里没有日期。")
    return _number(period.first), _number(period.last)


def _wrong(row: Field, value: Value, sentence: str) -> BadQuery:
    return fault(value.span, sentence, expected=_EXPECTED[row.kind], suggestion=_mended(row, value))


def _mended(row: Field, value: Value) -> str:
    """The date cut back to the month or year that does exist; a value that is none becomes text to look for."""
    if row.kind is FieldKind.DATE and (found := re.search(r"(?<!\d)(\d{4})(?:\D{0,2}(\d{2}))?", value.plain)):
        for candidate in (f"{found[1]}-{found[2]}", found[1]):
            if _is_period(candidate):
                return replaced(value.whole, value.clause, f"{row.key}:{candidate}")
    if row.kind is FieldKind.COUNT and row.key not in CODED and (digits := re.search(r"\d{1,9}", value.plain)):
        return replaced(value.whole, value.clause, f"{row.key}:{digits[0]}")
    return replaced(value.whole, value.clause, f"any:{quoted(value.text.strip() or '*')}")


def _is_period(text: str) -> bool:
    try:
        return parse_period(text) is not None
    except BadInput:
        return False


def _upside_down(row: Field, value: Value, ends: tuple[str, str]) -> BadQuery:
    better = f"{ends[1]}..{ends[0]}"
    sentence = f"{row.zh}的范围颠倒了：“{ends[0]}”在“{ends[1]}”之后。"
    if row.kind is FieldKind.COUNT:
        sentence = f"{row.zh}的范围颠倒了：{ends[0]} 大于 {ends[1]}。"
    return fault(value.span, sentence, expected=better, suggestion=replaced(value.whole, value.span, better))
