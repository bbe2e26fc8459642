"""What a result was measured on, how a run is timed, and where results are kept."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
_PACKAGES = ("django", "lxml", "opencc", "tantivy")


def machine() -> dict[str, object]:
    """Processor, memory, load and versions, for the head of a result."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 2**30, 1),
        "load_at_end": [round(one, 2) for one in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{one: version(one) for one in _PACKAGES},
        "day": datetime.now(tz=UTC).date().isoformat(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor()
    named = (line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name"))
    return next(named, platform.processor())


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer: processor time of all processes that worked on it and time on the clock, in milliseconds."""

    kind: str
    cpu: float
    wall: float
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    queries: int
    cpu_mean: float
    cpu_p50: float
    cpu_p99: float
    wall_p50: float
    wall_p99: float


def summary(times: Iterable[Timed]) -> Summary:
    """Mean and percentiles, in milliseconds."""
    found = list(times)
    cpu, wall = sorted(one.cpu for one in found), sorted(one.wall for one in found)
    return Summary(
        queries=len(found),
        cpu_mean=round(sum(cpu) / len(cpu), 3),
        cpu_p50=_percentile(cpu, 50),
        cpu_p99=_percentile(cpu, 99),
        wall_p50=_percentile(wall, 50),
        wall_p99=_percentile(wall, 99),
    )


def _percentile(ordered: list[float], percent: int) -> float:
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 3)


class Stopwatch:
    """Processor seconds of this process and seconds on the clock since it was made."""

    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def read(self) -> tuple[float, float]:
        return time.process_time() - self._cpu, time.perf_counter() - self._wall


def keep(name: str, result: dict[str, object]) -> Path:
    """Writes a result beside the earlier ones; a result of the same name is replaced."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def plain(one: Summary) -> dict[str, object]:
    return asdict(one)
