"""A right ends with its day: in force today, expired tomorrow, on every page and in every answer, and nothing is written.

The one clock of the product is `django.utils.timezone.now`; the tests turn that and nothing else.
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from patmark.fields import Subject
from tests.records.tables import application, mark, patent
from tests.search.conftest import hold
from zhiquan.records.models import Patent, Record, Trademark
from zhiquan.search import index
from zhiquan.site.cli import main

CITY = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


class Clock:
    """What day it is for everybody."""

    def __init__(self) -> None:
        self.at(date(2024, 6, 1))

    def at(self, day: date, hour: int = 12) -> None:
        self.moment = datetime.combine(day, time(hour), CITY)
        cache.clear()


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.moment)
    return clock


@pytest.fixture
def rights(own, tmp_path, clock):
    """An invention filed on 2005-03-10 and granted, a mark registered on 2014-06-14."""
    granted = patent(
        1,
        申请号=application(1, 2005),
        申请日="2005-03-10",
        **{"公开（公告）日": "2006-09-13"},
        授权公告号="CN100500001C",
        授权公告日="2009-05-06",
    )
    hold(tmp_path, granted, head=list(granted))
    registered = mark("5000001", 申请日期="2013-02-03", 注册公告日期="2014-06-14")
    hold(tmp_path, registered, name="marks.csv", head=list(registered))
    return own


#: The last day of one status, the words for it, and the words from the next day on: (status, life).
TURNS = {
    "a patent expires": (Subject.PATENT, date(2025, 3, 9), ("授权", "有效"), ("期限届满", "失效")),
    "a mark enters its grace": (Subject.TRADEMARK, date(2024, 6, 13), ("已注册", "有效"), ("宽展期", "有效")),
    "a mark lapses": (Subject.TRADEMARK, date(2024, 12, 13), ("宽展期", "有效"), ("期满未续展", "失效")),
}


def answered(*arguments):
    """The JSON a command prints."""
    with redirect_stdout(io.StringIO()) as out:
        assert main([*arguments, "--json"]) == 0
    return json.loads(out.getvalue())


def told(site, subject, words):
    """How many records each way of asking gives for a status and a life in words."""
    status, life = words
    path, flag = ("/patents/", []) if subject is Subject.PATENT else ("/trademarks/", ["--trademarks"])
    number = Record.objects.get(subject=index.SUBJECTS[subject]).key
    record = site.open(f"{path}{number}/")
    counted = {
        field: {row["value"]: row["count"] for row in answered("count", "", "--by", field, *flag)["rows"]}
        for field in ("st", "life")
    }
    shown = answered("show", number, *flag)
    api = {
        "search": site.client.get(f"/api/v1{path}search", {"q": f"st:{status}"}).json()["data"]["total"],
        "record": site.client.get(f"/api/v1{path}record", {"number": number}).json()["data"]["record"]["st"],
    }
    return {
        "facet": site.ask("", path).facet("有效性").get(life, 0),
        "search by status": site.ask(f"st:{status}", path).total,
        "search by life": site.ask(f"life:{life}", path).total,
        "record page": sum(status == word for word in record.words("//*[contains(@class,'status')]")),
        "result page": sum(status == word for word in site.ask("", path).words("//*[contains(@class,'status')]")),
        "command search": answered("search", f"st:{status}", *flag)["total"],
        "command count by status": counted["st"].get(status, 0),
        "command count by life": counted["life"].get(life, 0),
        "api search": api["search"],
        "api record": int(api["record"] == status),
        "command show": sum(shown[name] == status for name in shown if name.endswith("状态")),
    }


def stored():
    """Everything that could have been written: the rows that say a status, the files of the indexes."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Patent, Trademark, Record)]
    files = {path: path.read_bytes() for subject in Subject for path in index.folder(subject).glob("*.*")}
    return rows, files


@pytest.mark.parametrize("turn", TURNS)
def test_it_is_told_from_its_day_on_everywhere_and_nothing_is_written(rights, clock, turn):
    subject, last, before, after = TURNS[turn]
    kept = stored()
    clock.at(last, hour=23)
    assert set(told(rights, subject, before).values()) == {1}, told(rights, subject, before)
    assert told(rights, subject, after)["search by status"] == 0
    clock.at(last + DAY, hour=0)
    assert set(told(rights, subject, after).values()) == {1}, told(rights, subject, after)
    assert told(rights, subject, before)["search by status"] == 0
    assert stored() == kept


def test_midnight_is_that_of_the_city(rights, clock):
    """At half past midnight in Anqing it is still the day before in London, and the patent is over."""
    clock.moment = datetime(2025, 3, 9, 16, 30, tzinfo=ZoneInfo("UTC"))
    assert rights.ask("st:期限届满").total == 1
    clock.moment = datetime(2025, 3, 9, 15, 30, tzinfo=ZoneInfo("UTC"))
    assert rights.ask("st:期限届满").total == 0
