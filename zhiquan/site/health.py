"""Whether the site can do its work now: a short answer for probes, the same part by part for staff."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import django
import orjson
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from patmark.errors import EngineDown
from patmark.fields import Subject
from zhiquan import __version__
from zhiquan.common.models import AuditEntry
from zhiquan.records import queries, working
from zhiquan.records.home import held
from zhiquan.search import index

#: Megabytes free on the disk of the home below which it is told, and below which nothing more should be written.
LITTLE, NOTHING = 2_048, 256
#: Half a year: 网络安全法 asks for network logs of no less than six months.
SIX_MONTHS = 184
_MB = 1 << 20


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Part:
    """One part, with a sentence for staff and the figures a probe may see: no path, no name, no version."""

    name: str
    state: State
    sentence: str
    figures: dict[str, int]

    @property
    def title(self) -> str:
        """The part's name for people."""
        return {
            "database": _("数据库"),
            "index.patent": _("专利索引"),
            "index.trademark": _("商标索引"),
            "follower": _("索引进程"),
            "worker": _("导入进程"),
            "disk": _("磁盘"),
        }[self.name]

    @property
    def told(self) -> list[tuple[str, int]]:
        """The figures with their words."""
        words = {
            "change": _("变更号"),
            "records": _("记录"),
            "behind": _("落后"),
            "free_mb": _("剩余 MB"),
        }
        return [(words[name], figure) for name, figure in self.figures.items()]


def parts() -> list[Part]:
    """Every part, looked at now."""
    database = _database()
    if database.state is State.FAIL:
        return [database, _disk()]
    return [database, *(_index(subject) for subject in index.SUBJECTS), *_workers(), _disk()]


def _database() -> Part:
    try:
        change = queries.last_change()
    except DatabaseError:
        return Part("database", State.FAIL, _("数据库打不开。请检查数据库服务、地址和磁盘。"), {})
    return Part("database", State.OK, _("数据库有应答。"), {"change": change})


def _index(subject: Subject) -> Part:
    name = f"index.{subject.value}"
    records = queries.live_count(index.SUBJECTS[subject])
    try:
        behind = len(queries.changed_after(index.engine(subject).sequence, index.SUBJECTS[subject], index.PORTION))
    except EngineDown as problem:
        state = State.FAIL if records else State.WARN
        return Part(name, state, f"{problem.sentence} {problem.mend}", {"records": records})
    figures = {"records": records, "behind": behind}
    if behind:
        return Part(name, State.WARN, _("索引正在追赶记录，最近的变化可能还检索不到。"), figures)
    return Part(name, State.OK, _("索引与记录同步。"), figures)


def _workers() -> list[Part]:
    """What `zhiquan serve` runs beside the web server; without it the site answers, but takes in nothing new."""
    follower = _is_held("index")
    return [
        _running(
            "follower", follower, _("更新索引的进程在运行。"), _("更新索引的进程没有运行。请检查 zhiquan serve。")
        ),
        _running("worker", working.is_working(), _("导入进程在运行。"), _("导入进程没有运行。请检查 zhiquan serve。")),
    ]


def _is_held(lock: str) -> bool:
    with held(lock) as free:
        return not free


def _running(name: str, runs: bool, well: str, ill: str) -> Part:
    return Part(name, State.OK if runs else State.WARN, well if runs else ill, {})


def _disk() -> Part:
    free = shutil.disk_usage(settings.ZHIQUAN_HOME).free // _MB
    state = State.FAIL if free < NOTHING else State.WARN if free < LITTLE else State.OK
    sentence = {
        State.OK: _("数据所在的磁盘还有空间。"),
        State.WARN: _("数据所在的磁盘空间不多了，请清理或扩容。"),
        State.FAIL: _("数据所在的磁盘快满了，写入会失败。请立即清理。"),
    }[state]
    return Part("disk", state, sentence, {"free_mb": free})


def worst(found: list[Part]) -> State:
    states = {part.state for part in found}
    return next(state for state in (State.FAIL, State.WARN, State.OK) if state in states)


@never_cache
@require_safe
def probe(request: HttpRequest) -> HttpResponse:
    """JSON for supervisors and load balancers: 200 while the site can answer, 503 when a part of it cannot."""
    found = parts()
    state = worst(found)
    body = {"status": state.value, "parts": {part.name: {"status": part.state.value, **part.figures} for part in found}}
    status = 503 if state is State.FAIL else 200
    return HttpResponse(orjson.dumps(body), content_type="application/json", status=status)


@never_cache
@require_safe
def detail(request: HttpRequest) -> HttpResponse:
    """The page for staff: every part in a sentence, versions, the last backup, the logs."""
    found = parts()
    return render(request, "common/health.html", {"parts": found, "worst": worst(found), "facts": _facts()})


def _facts() -> list[tuple[str, object]]:
    logs = _folder(Path(settings.ZHIQUAN_HOME) / "logs")
    last = AuditEntry.objects.filter(action="backup.make").order_by("-pk").first()
    kept = _("保存 %(days)s 天") % {"days": settings.ZHIQUAN_LOG_DAYS}
    if settings.ZHIQUAN_LOG_DAYS < SIX_MONTHS:
        kept += " " + _("少于法律要求的六个月")
    database = f"SQLite {sqlite3.sqlite_version}" if connection.vendor == "sqlite" else "PostgreSQL"
    return [
        (_("版本"), __version__),
        (_("运行环境"), f"Python {platform.python_version()} · Django {django.get_version()} · {database}"),
        (_("最近一次备份"), last.at if last else _("还没有备份过")),
        (_("日志"), f"{logs[1] / _MB:,.1f} MB · {kept}"),
        (_("最早的日志"), logs[0]),
    ]


def _folder(folder: Path) -> tuple[str, int]:
    """The first day there is a log of, and the bytes of all."""
    files = sorted(folder.glob("*.jsonl*"), key=lambda path: path.name.split("-", 1)[-1])
    first = files[0].name.split("-", 1)[1].partition(".")[0] if files else ""
    return first, sum(path.stat().st_size for path in files)
