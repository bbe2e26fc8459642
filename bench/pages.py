"""Bench of the pages: how many a second the site answers, what one costs beside the engine, and what is transferred.

python -m bench.pages --rows 300000
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path

from bench.corpus import Corpus
from bench.imports import write_table
from bench.machine import keep, machine
from bench.queries import mix
from bench.serving import family, served
from patmark.query import write
from patmark.query.tree import Code, Node

CLIENTS = 8
#: Requests of one round; the mix is asked again and again, as people on a public site ask the same things.
REQUESTS = 4_000
#: A page with the site's head and foot and nothing to look up.
EMPTY = "/about/"
_TICK = os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.pages", description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--home", type=Path, help="a home filled before, instead of generating one")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = given.home or filled(Path(folder), given.rows)
        result = {"rows": given.rows, **inside(home), **outside(home)}
    print(json.dumps(result, ensure_ascii=False, indent=1))
    print(keep(f"pages-{given.rows}", {"machine": machine(), **result}))


def filled(folder: Path, rows: int) -> Path:
    """A home with the generated corpus in it."""
    write_table(folder / "export.csv", rows)
    environment = os.environ | {"ZHIQUAN_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "zhiquan.site.cli", "import", str(folder / "export.csv"), "--json"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return folder / "home"


def addresses() -> list[str]:
    """The mix of the search bench as addresses of the result page; the export has no column for counties."""
    sample = list(islice(Corpus().rows(2_000), 2_000))
    return [f"/patents/?q={urllib.parse.quote(_typed(one.tree))}" for one in mix(sample, counties=False)]


def _typed(tree: Node) -> str:
    if isinstance(tree, Code) and tree.field == "sub":
        return f"sub:{tree.label or tree.value}"
    return write(tree)


def inside(home: Path) -> dict[str, object]:
    """Milliseconds of one process: an empty page, and a page of the mix with and without what its engine takes."""
    code = (
        "import json, sys; from bench.page_costs import costs; print(json.dumps(costs(json.loads(sys.stdin.read()))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps({"addresses": addresses(), "empty": EMPTY}),
        env=os.environ | {"ZHIQUAN_HOME": str(home)},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def outside(home: Path) -> dict[str, object]:
    """Pages a second over HTTP, with the processor time of the site's processes and the bytes of the first page."""
    with served(os.environ | {"ZHIQUAN_HOME": str(home)}) as (address, pid):
        host = address.removeprefix("http://")
        asked = addresses()
        first = _round(host, asked, len(asked))
        before, began = _processor_seconds(pid), time.perf_counter()
        _round(host, asked, REQUESTS)
        wall = time.perf_counter() - began
        spent = _processor_seconds(pid) - before
        empty_began = time.perf_counter()
        _round(host, [EMPTY], REQUESTS)
        empty = time.perf_counter() - empty_began
    return {
        "first_round_pages_per_second": round(len(asked) / first),
        "pages_per_second": round(REQUESTS / wall),
        "empty_pages_per_second": round(REQUESTS / empty),
        "site_milliseconds_per_page": round(spent / REQUESTS * 1000, 2),
    }


def _round(host: str, asked: Sequence[str], requests: int) -> float:
    """Seconds in which several clients, each on one connection, get so many pages."""
    turns = list(islice(cycle(asked), requests))
    began = time.perf_counter()
    clients = [threading.Thread(target=_get, args=(host, turns[at::CLIENTS])) for at in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return time.perf_counter() - began


def _get(host: str, asked: Iterable[str]) -> None:
    connection = http.client.HTTPConnection(host, timeout=60)
    for one in asked:
        connection.request("GET", one, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (
            one,
            answer.status,
            gzip.decompress(body)[:300] if body[:2] == b"\x1f\x8b" else body,
        )


def _processor_seconds(pid: int) -> float:
    total = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICK


if __name__ == "__main__":
    main()
