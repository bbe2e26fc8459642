"""Resident population by place and day (`data/population.toml`), the divisor of numbers per ten thousand people."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from patmark.errors import BadFile

TRUSTS = ("L", "C", "K")


@dataclass(frozen=True, slots=True)
class Population:
    """How many people lived in a place on a day; `trust` K says that nobody has checked it against the source yet."""

    code: str
    day: date
    people: int
    source: str
    trust: str

    @property
    def verified(self) -> bool:
        return self.trust != "K"


def read(text: str) -> tuple[Population, ...]:
    """The rows of a table in the form of `data/population.toml`. Raises BadFile that says which row is wrong."""
    try:
        rows = tomllib.loads(text).get("population", [])
    except tomllib.TOMLDecodeError as fault:
        raise BadFile(f"人口表不是 TOML（{fault}）。", mend="请照自带的 population.toml 的样子改。") from fault
    if not isinstance(rows, list):
        raise BadFile("人口表里没有 [[population]]。", mend="请照自带的 population.toml 的样子改。")
    return tuple(_row(row, at) for at, row in enumerate(rows, 1))


@cache
def shipped() -> tuple[Population, ...]:
    """The rows the product brings."""
    return read(files("patmark").joinpath("data", "population.toml").read_text(encoding="utf-8"))


def latest(rows: Iterable[Population], code: str, on: date) -> Population | None:
    """The newest number of a place that is not of a later day; of one day the row that stands last."""
    found = [row for row in rows if row.code == code and row.day <= on]
    return max(reversed(found), key=lambda row: row.day, default=None)


def per_ten_thousand(count: int, people: int) -> float:
    """`count` for every ten thousand people."""
    return count * 10_000 / people


def _row(row: object, at: int) -> Population:
    if not isinstance(row, dict):
        raise BadFile(f"人口表第 {at} 行不是一行数据。")
    code, day, people = row.get("code"), row.get("day"), row.get("people")
    source, trust = row.get("source"), row.get("trust", "K")
    if not (isinstance(code, str) and code):
        raise BadFile(f"人口表第 {at} 行没有 code。", mend='写区划代码，例如 code = "3408"。')
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadFile(f"人口表第 {at} 行（{code}）的 day 不是日期。", mend="写 day = 2020-11-01，不加引号。")
    if not isinstance(people, int) or isinstance(people, bool) or not 0 < people < 10_000_000_000:
        raise BadFile(
            f"人口表第 {at} 行（{code}）的 people 不是人数。", mend="写整数，单位是人，例如 people = 4165284。"
        )
    if not (isinstance(source, str) and source) or trust not in TRUSTS:
        raise BadFile(f"人口表第 {at} 行（{code}）没有写明来源，或 trust 不是 {'、'.join(TRUSTS)}。")
    return Population(code, day, people, source, trust)
