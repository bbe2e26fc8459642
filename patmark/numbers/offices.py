"""The offices and countries of WIPO ST.3 with their Chinese names."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def is_office(code: str) -> bool:
    return code in offices()


def office_name(code: str) -> str:
    """The Chinese name of a ST.3 code, or the code itself when it is unknown."""
    return offices().get(code.upper(), code)


@cache
def offices() -> dict[str, str]:
    """Every ST.3 code with its Chinese name."""
    with files("patmark").joinpath("data/offices.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
