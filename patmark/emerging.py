"""The strategic emerging industries as queries (`data/emerging.toml`): a coarse net until the official table is had."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from patmark.errors import BadFile


@dataclass(frozen=True, slots=True)
class Emerging:
    """One industry; `query` finds its patents in our language, by the official table only where `official`."""

    zh: str
    en: str
    query: str
    official: bool


def read(text: str) -> tuple[Emerging, ...]:
    """The rows of a table in the form of `data/emerging.toml`. Raises BadFile that says which row is wrong."""
    try:
        rows = tomllib.loads(text).get("industry", [])
    except tomllib.TOMLDecodeError as fault:
        raise BadFile(f"产业表不是 TOML（{fault}）。", mend="请照自带的 emerging.toml 的样子改。") from fault
    found = []
    for at, row in enumerate(rows if isinstance(rows, list) else [], 1):
        zh, en, query = (row.get(key) if isinstance(row, dict) else None for key in ("zh", "en", "query"))
        if not all(isinstance(one, str) and one for one in (zh, en, query)):
            raise BadFile(f"产业表第 {at} 行缺 zh、en 或 query。", mend="请照自带的 emerging.toml 的样子改。")
        found.append(Emerging(str(zh), str(en), str(query), row.get("trust") == "L"))
    if not found:
        raise BadFile("产业表里没有 [[industry]]。", mend="请照自带的 emerging.toml 的样子改。")
    return tuple(found)


@cache
def shipped() -> tuple[Emerging, ...]:
    """The rows the product brings: estimates from above."""
    return read(files("patmark").joinpath("data", "emerging.toml").read_text(encoding="utf-8"))
