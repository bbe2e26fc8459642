"""The logs: lines of JSON in the home, a file a day, kept half a year; what was asked, how long it took, what broke.

Kept is what the law asks for and an operator needs, and no more: the path of a request but never its query (what
somebody searches for is nobody's business), the key of an account but no name, and the address of a visitor only where
something was sent, refused or broken.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import logging
import os
import re
import secrets
import shutil
import sys
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

#: Milliseconds from which a request is called slow.
SLOW = 1_000
#: Longest path that is kept; what is longer is an attack or a mistake.
_LONGEST = 300
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_LOCAL = frozenset({"127.0.0.1", "::1", ""})
#: Asked for by machines many times a minute, and of no interest while all is well.
_QUIET = ("/static/", "/health")
_DAY = re.compile(r"[a-z]+-(\d{4}-\d\d-\d\d)\.jsonl(\.gz)?")
_MODE = 0o640

current: ContextVar[str] = ContextVar("request", default="")
requests = logging.getLogger("zhiquan.requests")
crashes = logging.getLogger("zhiquan.crashes")


class JsonLines(logging.Formatter):
    """One record as one line of JSON; what is handed over as `extra={"told": {...}}` stands in it by name."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created).astimezone()
        line: dict[str, object] = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
        }
        if request := current.get():
            line["request"] = request
        line |= getattr(record, "told", {})
        if message := record.getMessage():
            line["message"] = message
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class DailyFile(logging.Handler):
    """Appends lines to the file of the day; any number of processes may write to it.

    Each line is one write to a file opened for appending, which the system does not mix with others. Nothing is ever
    renamed: a new day is a new name. Whoever writes its first line packs the days before and drops those past keeping.
    A full disk costs lines, never an answer.
    """

    def __init__(self, folder: str | Path, name: str, days: int) -> None:
        super().__init__()
        self._folder, self._name, self._days = Path(folder), name, days
        self._day, self._file = "", -1
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        try:
            day = time.strftime("%Y-%m-%d", time.localtime(record.created))
            if day != self._day:
                self._turn(day)
            os.write(self._file, (self.format(record) + "\n").encode(errors="backslashreplace"))
        except (OSError, ValueError):
            self._complain()

    def _complain(self) -> None:
        """Said once a day on stderr, and no more."""
        if self._day != "failed":
            self._day = "failed"
            print(f"日志写不进 {self._folder}，请检查磁盘空间和权限。", file=sys.stderr)

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        super().close()

    def _turn(self, day: str) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        path = self._folder / f"{self._name}-{day}.jsonl"
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _MODE)
        self._day = day
        threading.Thread(target=tidy, args=(self._folder, day, self._days), daemon=True).start()


def tidy(folder: Path, day: str, days: int) -> None:
    """Packs the files of the days before `day` and deletes those older than `days`; one process at a time."""
    oldest = (datetime.fromisoformat(day) - timedelta(days=days)).date().isoformat()
    yesterday = (datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat()
    for path in sorted(folder.glob("*.jsonl*")):
        found = _DAY.fullmatch(path.name)
        with contextlib.suppress(OSError):
            if found and found[1] < oldest:
                path.unlink()
            elif found and not found[2] and found[1] < yesterday:  # yesterday's may still be held open
                _pack(path)


def _pack(path: Path) -> None:
    packed = path.with_name(path.name + ".gz")
    draft = path.with_name(f".{packed.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with path.open("rb") as source, gzip.open(draft, "wb", compresslevel=6) as out:
            shutil.copyfileobj(source, out)
        draft.chmod(_MODE)
        draft.replace(packed)
        path.unlink()
    finally:
        draft.unlink(missing_ok=True)


class RequestLogMiddleware:
    """Gives each request an id, answers it in `X-Request-ID`, and writes one line when it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        name = request_id(request)
        request.META["REQUEST_ID"] = name
        _take_address(request)
        token = current.set(name)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = name
            _write(request, response.status_code, round((time.perf_counter() - began) * 1000, 1))
        finally:
            current.reset(token)
        return response


def request_id(request: HttpRequest) -> str:
    """The id a proxy on this machine gave it, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    if _is_behind_proxy(request) and _ID.fullmatch(given):
        return given
    return secrets.token_hex(8)


def _is_behind_proxy(request: HttpRequest) -> bool:
    """A stranger cannot pretend to be the proxy: it speaks to us from this machine."""
    return bool(settings.HTTPS) and request.META.get("REMOTE_ADDR", "") in _LOCAL


def _take_address(request: HttpRequest) -> None:
    """Behind a proxy every visitor seems to be the proxy; who it is stands in a header only the proxy may set."""
    given = request.headers.get("X-Real-IP", "").strip()
    if given and _is_behind_proxy(request):
        request.META["REMOTE_ADDR"] = given[:45]


def _write(request: HttpRequest, status: int, milliseconds: float) -> None:
    slow = milliseconds >= SLOW
    if request.path.startswith(_QUIET) and status < 400 and not slow:
        return
    told: dict[str, object] = {
        "method": request.method,
        "path": request.path[:_LONGEST],
        "status": status,
        "milliseconds": milliseconds,
        "user": _user_key(request),
    }
    if slow:
        told["slow"] = True
    if request.method not in ("GET", "HEAD") or status in (400, 401, 403, 429) or status >= 500:
        told["address"] = request.META.get("REMOTE_ADDR", "")
    level = logging.ERROR if status >= 500 else logging.WARNING if slow else logging.INFO
    requests.log(level, "", extra={"told": told})


def _user_key(request: HttpRequest) -> str:
    """`token:3` or `user:7` for somebody known, else `stranger`; asked only where there is something to ask."""
    caller = getattr(request.META.get("zhiquan.admission"), "caller", None)
    if token := getattr(caller, "token", None):
        return f"token:{token.pk}"
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return "stranger"
    try:
        return f"user:{request.user.pk}" if request.user.is_authenticated else "stranger"
    except DatabaseError:
        return "unknown"


def log_crashes() -> None:
    """A command that ends by a fault of ours leaves it in the log too, not on the terminal alone."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            crashes.critical("%s", " ".join(sys.argv[1:2]), exc_info=(kind, fault, trace))
        sys.__excepthook__(kind, fault, trace)

    sys.excepthook = hook
