"""Bench of the running site: memory of all its processes, pages a second, and how soon an import can be found.

python -m bench.serving --rows 300000
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.corpus import Corpus
from bench.imports import HEADERS, pss, write_table
from bench.machine import keep, machine

PAGES = 400
ARRIVALS = 10
PATIENCE = 180.0


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.serving", description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        result = run(Path(folder), given.rows)
    print(result)
    print(keep(f"serving-{given.rows}", {"machine": machine(), **result}))


def run(folder: Path, rows: int) -> dict[str, object]:
    """Fills a home, serves it, asks for pages, imports one record at a time and waits until it is found."""
    environment = os.environ | {"ZHIQUAN_HOME": str(folder / "home")}
    write_table(folder / "export.csv", rows)
    _zhiquan(environment, "import", str(folder / "export.csv"))
    with served(environment) as (address, pid):
        words = Corpus().words[:PAGES]
        began = time.perf_counter()
        for word in words:
            _page(f"{address}/patents/?q={urllib.parse.quote(word)}")
        seconds = time.perf_counter() - began
        memory = sum(pss(one) for one in family(pid))
        waits = sorted(_arrival(folder, environment, address, at) for at in range(ARRIVALS))
    return {
        "rows": rows,
        "pss_megabytes": round(memory / 1e6),
        "pages_per_second_one_client": round(len(words) / seconds, 1),
        "seconds_from_import_to_found": {"median": waits[len(waits) // 2], "most": waits[-1]},
    }


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """`zhiquan serve` on a free port, once it answers; stopped at the end."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    site = subprocess.Popen([*_command(), "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                _page(f"{address}/patents/")
                break
            except OSError:
                time.sleep(0.2)
        yield address, site.pid
    finally:
        site.terminate()
        site.wait(60)


def family(pid: int) -> list[int]:
    """A process and everything it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(one) for one in children.read_text().split()] if children.exists() else []
    return [pid, *(one for child in below for one in family(child))]


def _arrival(folder: Path, environment: dict[str, str], address: str, at: int) -> float:
    """Seconds from the end of an import (its commit) until the running site finds the record."""
    title = f"新到记录甲乙丙{chr(0x4E00 + 7 * at)}"
    path = folder / f"arrival-{at}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADERS)
        writer.writerow(("", title, "生成公司", "", "", "", "到达"))
    code = (
        "import sys, time; from pathlib import Path; from zhiquan.site.start import set_up; set_up()\n"
        "from zhiquan.common.action import CONSOLE; from zhiquan.records import importing\n"
        "importing.import_paths(CONSOLE, [Path(sys.argv[1])]); print(time.time())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=environment, check=True, capture_output=True, text=True
    )
    committed = float(done.stdout)
    until = time.monotonic() + PATIENCE
    question = f"{address}/patents/?q={urllib.parse.quote(title)}"
    while title not in _page(question).split("<main", 1)[1].split('class="hits"', 1)[-1]:
        assert time.monotonic() < until, title
        time.sleep(0.01)
    return round(time.time() - committed, 3)


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (our own site on this machine)
        return str(answer.read().decode())


def _zhiquan(environment: dict[str, str], *words: str) -> object:
    done = subprocess.run([*_command(), *words, "--json"], env=environment, check=True, capture_output=True)
    return json.loads(done.stdout)


def _command() -> list[str]:
    return [sys.executable, "-m", "zhiquan.site.cli"]


if __name__ == "__main__":
    main()
