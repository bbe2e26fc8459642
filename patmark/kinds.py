"""What a kind code means: (country, code, day of publication) → stage and kind of right, from a dated table.

The letter alone never tells: a Chinese `U` is an unexamined publication before 1993 and a grant from 7 April 2010
(RULES §1.2). The rows are in `patmark/data/kind_codes.csv` with their sources and how far each can be trusted.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from patmark.numbers.spelling import kind_code
from patmark.patent import PatentKind, Stage

#: Type digit of a Chinese application or publication number (ZC 0006-2003); 8 and 9 are PCT cases in China.
_TYPES = {
    "1": PatentKind.INVENTION,
    "2": PatentKind.UTILITY_MODEL,
    "3": PatentKind.DESIGN,
    "8": PatentKind.INVENTION,
    "9": PatentKind.UTILITY_MODEL,
}
#: Nine-digit Chinese publication numbers began on this day, so such a document cannot be older.
_NINE_DIGITS_FROM = date(2007, 7, 18)


@dataclass(frozen=True, slots=True)
class KindCode:
    """One row of the table: what `code` (a regular expression) means for publications from `first` to `last`."""

    country: str
    code: re.Pattern[str]
    first: date
    last: date
    stage: Stage
    kind: PatentKind
    trust: str
    source: str


def stage_of(country: str, kind: str, published: date | None = None, *, number: str = "") -> Stage:
    """The stage a publication shows; `UNKNOWN` where the table has no row for that day or several that disagree.

    Without the day a nine-digit Chinese `number` still tells that the document is of 2007 or later.
    """
    stages = {row.stage for row in _rows(country, kind, published, len(number) == 9)}
    return stages.pop() if len(stages) == 1 else Stage.UNKNOWN


def kind_of(
    country: str, kind: str = "", published: date | None = None, *, type_digit: str = "", number: str = ""
) -> PatentKind:
    """The kind of right. The type digit of a Chinese application number decides, then the kind code, then, for CN,
    the first digit of a 7- or 9-digit publication `number`; `UNKNOWN` otherwise."""
    if type_digit in _TYPES:
        return _TYPES[type_digit]
    kinds = {row.kind for row in _rows(country, kind, published, len(number) == 9)} or {
        row.kind for row in _rows(country, kind)
    }
    if len(kinds) == 1:
        return kinds.pop()
    if country == "CN" and len(number) in (7, 9):
        return _TYPES.get(number[0], PatentKind.UNKNOWN)
    return PatentKind.UNKNOWN


@lru_cache(maxsize=8192)
def _rows(country: str, kind: str, published: date | None = None, nine_digits: bool = False) -> tuple[KindCode, ...]:
    code = kind_code(kind)
    rows = tuple(row for row in kind_codes().get(country.upper(), ()) if row.code.fullmatch(code))
    if published:
        return tuple(row for row in rows if row.first <= published <= row.last)
    if country == "CN" and nine_digits:
        return tuple(row for row in rows if row.last >= _NINE_DIGITS_FROM)
    return rows


@cache
def kind_codes() -> dict[str, tuple[KindCode, ...]]:
    """The whole table by country, in the order of the file."""
    table: dict[str, list[KindCode]] = {}
    with files("patmark").joinpath("data/kind_codes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            table.setdefault(row["country"], []).append(
                KindCode(
                    country=row["country"],
                    code=re.compile(row["code"]),
                    first=date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
                    last=date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
                    stage=Stage(row["stage"]),
                    kind=PatentKind(row["kind"]),
                    trust=row["trust"],
                    source=row["source"],
                )
            )
    return {country: tuple(rows) for country, rows in table.items()}
