"""Bench of importing: file → database → index through the command people use, memory as the file grows, XML to records.

python -m bench.imports --rows 10000 300000
python -m bench.imports --xml
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import etree

from bench.corpus import Corpus, Row, firm_name
from bench.fts5 import Fts5
from bench.machine import Stopwatch, keep, machine
from patmark.sources.all import read_file

XML = Path(__file__).resolve().parents[2] / "shared/data/patent_xml"
HEADERS = ("申请号", "专利名称", "申请人", "发明人", "申请日", "主分类号", "摘要")
#: Bytes of documents read for one figure: the files are read again until so many have passed.
XML_BYTES = 60_000_000
LOOK_EVERY = 0.2


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 300_000])
    parser.add_argument("--xml", action="store_true", help="XML to records, from the real files")
    given = parser.parse_args(arguments)
    if given.xml:
        print(keep("import-xml", {"machine": machine(), "kinds": xml()}))
        return
    runs = [table(rows) for rows in given.rows]
    for run in runs:
        print(run)
    print(keep("import-csv", {"machine": machine(), "runs": runs}))


def table(rows: int) -> dict[str, object]:
    """One generated export through `zhiquan import`, the index following, into an empty home."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "export.csv"
        written = write_table(path, rows)
        environment = os.environ | {"ZHIQUAN_HOME": str(Path(folder) / "home")}
        subprocess.run([*_zhiquan(), "status", "--json"], env=environment, check=True, capture_output=True)
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        child = subprocess.Popen([*_zhiquan(), "import", str(path), "--json"], env=environment, stdout=subprocess.PIPE)
        peak = _Peak(child.pid)
        out, _ = child.communicate()
        wall = time.perf_counter() - began
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime
        report = json.loads(out)[0]
        assert report["new"] == rows, report
        return {
            "rows": rows,
            "megabytes": round(written / 1e6, 1),
            "seconds": round(wall, 1),
            "cpu_seconds": round(cpu, 1),
            "records_per_second": round(rows / wall),
            "fts5_seconds": round(fts5(Path(folder), rows), 1),
            "peak_megabytes": {name: round(size / 1e6) for name, size in peak.stop().items()},
        }


def fts5(folder: Path, rows: int) -> float:
    """Seconds in which SQLite FTS5 takes the same rows, ready in memory, into its index and a table beside it."""
    made = list(Corpus().rows(rows))
    began = time.perf_counter()
    peer = Fts5(folder)
    peer.load(made)
    peer.close()
    return time.perf_counter() - began


def write_table(path: Path, rows: int) -> int:
    """A generated export as people have them; answers its bytes."""
    corpus = Corpus()
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADERS)
        for row in corpus.rows(rows):
            writer.writerow(_cells(row))
    return path.stat().st_size


def _cells(row: Row) -> tuple[str, ...]:
    inventors = "；".join(f"生成人{one}" for one in row.inventors)
    return (row.number, row.title, firm_name(row.firm), inventors, str(row.filed), row.symbol, row.abstract)


class _Peak:
    """The largest proportional memory (PSS) of the import and of its follower, looked at while they run."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most: dict[str, int] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> dict[str, int]:
        self._done.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            children = Path(f"/proc/{self._pid}/task/{self._pid}/children")
            follower = children.read_text().split()[:1] if children.exists() else []
            for name, pid in (("import", str(self._pid)), *(("index", one) for one in follower)):
                self._most[name] = max(self._most.get(name, 0), pss(int(pid)))


def pss(pid: int) -> int:
    """The proportional set size of a process in bytes; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def xml() -> dict[str, object]:
    """Megabytes of real documents a second that become records, by kind, on one core."""
    found: dict[str, list[Path]] = {}
    for path in sorted(XML.rglob("*")):
        if path.is_file() and path.suffix.lower() == ".xml":
            found.setdefault("/".join(path.relative_to(XML).parts[:-1]), []).append(path)
    rates: dict[str, object] = {}
    for folder, paths in found.items():
        size = sum(path.stat().st_size for path in paths)
        times = max(1, XML_BYTES // max(size, 1) // 8)
        for path in paths:
            list(read_file(path))
        ours = _rate(paths, size * times, times, lambda path: list(read_file(path)))
        bare = _rate(paths, size * times, times, _parse)
        rates[folder] = {
            "files": len(paths),
            "megabytes_per_cpu_second": round(ours, 1),
            "bare_lxml_megabytes_per_cpu_second": round(bare, 1),
            "times_bare_lxml": round(bare / ours, 1),
        }
        print(folder, rates[folder])
    return rates


def _rate(paths: Sequence[Path], size: int, times: int, read: Callable[[Path], object]) -> float:
    watch = Stopwatch()
    for _ in range(times):
        for path in paths:
            read(path)
    cpu, _ = watch.read()
    return size / 1e6 / cpu


def _parse(path: Path) -> object:
    """The tree alone, nothing looked up in it: what no reader of these files can go below."""
    parser = etree.XMLParser(recover=True, no_network=True, resolve_entities=False, huge_tree=True)
    return etree.fromstring(path.read_bytes(), parser)


def _zhiquan() -> list[str]:
    return [sys.executable, "-m", "zhiquan.site.cli"]


if __name__ == "__main__":
    main()
