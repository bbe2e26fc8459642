"""The shipped tables of facts under `patmark/data/`, read row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files


def shipped_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `patmark/data/<name>` (CSV with a header); lines that begin with `#` are remarks."""
    lines = files("patmark").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if line and not line.startswith("#"))


def day_or_none(cell: str) -> date | None:
    """A cell that holds an ISO date or nothing."""
    return date.fromisoformat(cell) if cell else None
