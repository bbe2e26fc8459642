"""The dated table of limits behind the honesty strip: when it turns amber, how long filings stay unseen."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from patmark.fields import Subject


@dataclass(frozen=True, slots=True)
class Threshold:
    """One row; `trust` is L (read in the law), K (general knowledge, unverified) or D (chosen here)."""

    check: str
    subject: Subject
    key: str
    limit: int
    since: date
    trust: str
    source: str


@cache
def thresholds() -> tuple[Threshold, ...]:
    """All rows of the shipped table."""
    lines = files("zhiquan.search").joinpath("data", "thresholds.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Threshold(
            row["check"],
            Subject(row["subject"]),
            row["key"],
            int(row["limit"]),
            date.fromisoformat(row["since"]),
            row["trust"],
            row["source"],
        )
        for row in csv.DictReader(line for line in lines if line and not line.startswith("#"))
    )


def threshold(check: str, subject: Subject, key: str, day: date) -> Threshold | None:
    """The limit of a check in force on a day; None where there is none."""
    rows = [
        row for row in thresholds() if (row.check, row.subject, row.key) == (check, subject, key) and row.since <= day
    ]
    return max(rows, key=lambda row: row.since, default=None)
