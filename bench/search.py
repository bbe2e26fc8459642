"""Bench of searching: 200 queries with a page of 20, exact total and four exact facets, beside peers in the same run.

python -m bench.search --rows 300000 --peers fts5 postgres trgm
python -m bench.search --real
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Protocol

from bench.corpus import Corpus, Row, document, real_rows
from bench.fts5 import Fts5
from bench.machine import Stopwatch, Timed, keep, machine, plain, summary
from bench.postgres import Cluster, Postgres, programs
from bench.queries import FACETS, Asked, mix
from patmark.engines.embedded import EmbeddedEngine
from patmark.fields import Subject

TODAY = date(2024, 6, 1)
REAL = Path(__file__).resolve().parents[2] / "shared/data/cn_patents/cn_patents_7k.csv"
#: Rows the queries are drawn from.
SAMPLE = 20_000
PEERS = ("fts5", "postgres", "trgm")

Answer = tuple[int, list[int], list[list[tuple[int, int]]]]


class Peer(Protocol):
    name: str

    def load(self, rows: Iterable[Row]) -> None: ...
    def ask(self, asked: Asked) -> Answer: ...
    def close(self) -> None: ...


class Embedded:
    """The product's own engine."""

    name = "embedded (tantivy)"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "index"
        self._engine = EmbeddedEngine.create(self._folder, Subject.PATENT)

    def load(self, rows: Iterable[Row]) -> None:
        self._engine.put(document(row) for row in rows)
        self._engine.commit(1)
        self._engine.close()
        self._engine = EmbeddedEngine(self._folder, Subject.PATENT)

    def ask(self, asked: Asked) -> Answer:
        found = self._engine.find(asked.tree, today=TODAY, limit=20, facets=FACETS, top=10)
        facets = [[(bucket.value, bucket.count) for bucket in facet.buckets] for facet in found.facets]
        return found.total, [hit.key for hit in found.hits], facets

    def close(self) -> None:
        self._engine.close()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--real", action="store_true", help="the real export instead of a generated corpus")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=["fts5"])
    parser.add_argument("--folder", type=Path, help="where to build (default: a temporary folder)")
    given = parser.parse_args(arguments)
    if given.real and not REAL.exists():
        print(f"没有 {REAL}，跳过真实数据的基准。")
        return
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="bench-") as folder:
        Path(folder).chmod(0o755)
        result = run(Path(folder), given)
    name = f"search-{'real' if given.real else given.rows}"
    print(keep(name, result))


def run(folder: Path, given: argparse.Namespace) -> dict[str, object]:
    """Builds and asks every engine; the first is the product's, the others must give the same totals."""
    asked = mix(list(_rows(given, SAMPLE)), counties=not given.real)
    engines: dict[str, object] = {}
    right: list[Answer] = []
    with ExitStack() as closing:
        for peer in _peers(folder, given, closing):
            closing.callback(peer.close)
            watch = Stopwatch()
            peer.load(_rows(given, given.rows))
            build_cpu, build_wall = watch.read()
            times, answers = ask_all(peer, asked)
            right = right or answers
            engines[peer.name] = {
                "build_seconds": round(build_wall, 1),
                "build_cpu_seconds": round(build_cpu, 1),
                "same_totals": sum(one[0] == other[0] for one, other in zip(answers, right, strict=True)),
                "same_facets": sum(one[2] == other[2] for one, other in zip(answers, right, strict=True)),
                "all": plain(summary(times)),
                **{
                    kind: plain(summary(one for one in times if one.kind == kind))
                    for kind in Counter(t.kind for t in times)
                },
            }
            print(peer.name, engines[peer.name]["all"])  # type: ignore[index]
    totals = sorted(one[0] for one in right)
    return {
        "machine": machine(),
        "rows": 7384 if given.real else given.rows,
        "queries": len(asked),
        "facets": list(FACETS),
        "hits": {"median": totals[len(totals) // 2], "mean": round(sum(totals) / len(totals)), "most": totals[-1]},
        "engines": engines,
    }


def ask_all(peer: Peer, asked: Sequence[Asked]) -> tuple[list[Timed], list[Answer]]:
    """Every query once, after a warm-up with every tenth."""
    for one in asked[::10]:
        peer.ask(one)
    times: list[Timed] = []
    answers: list[Answer] = []
    for one in asked:
        served = peer.cpu() if isinstance(peer, Postgres) else 0.0
        watch = Stopwatch()
        answer = peer.ask(one)
        cpu, wall = watch.read()
        if isinstance(peer, Postgres):
            cpu += peer.cpu() - served
        times.append(Timed(one.kind, cpu * 1000, wall * 1000, answer[0]))
        answers.append(answer)
    return times, answers


def _rows(given: argparse.Namespace, count: int) -> Iterator[Row]:
    return real_rows(REAL) if given.real else Corpus().rows(min(count, given.rows))


def _peers(folder: Path, given: argparse.Namespace, closing: ExitStack) -> Iterator[Peer]:
    yield Embedded(folder)
    if "fts5" in given.peers:
        yield Fts5(folder)
    servers = [one for one in ("postgres", "trgm") if one in given.peers]
    if servers and programs() is None:
        print("这台机器上没有 PostgreSQL，跳过。")
        return
    if servers:
        cluster = Cluster(folder / "postgres")
        closing.callback(cluster.stop)
        for one in servers:
            yield Postgres(cluster.address, trigrams=one == "trgm")


if __name__ == "__main__":
    main()
