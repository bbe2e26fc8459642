"""The product's sample read without the product: what stands in its two files, and how its checks are counted by hand."""

from __future__ import annotations

import csv
from functools import cache

from tests.architecture.tree import ROOT

SAMPLE = ROOT / "zhiquan/records/data/sample"


@cache
def patents() -> list[dict[str, str]]:
    return _rows("patents.csv")


@cache
def trademarks() -> list[dict[str, str]]:
    return _rows("trademarks.csv")


def _rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
