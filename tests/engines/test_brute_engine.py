"""The brute-force engine keeps the contract."""

from __future__ import annotations

from typing import Any

from patmark.engines.base import Engine
from patmark.engines.brute import BruteEngine
from patmark.engines.turns import Calendar
from patmark.fields import Subject
from tests.engines.contract import CALENDAR, EngineContract


class TestBruteEngine(EngineContract):
    def make(self, calendar: Calendar = CALENDAR, descendants: Any = None) -> Engine:
        return BruteEngine(Subject.PATENT, calendar=calendar, descendants=descendants)
