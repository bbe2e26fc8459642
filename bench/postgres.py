"""The peer of larger houses: PostgreSQL, once with a tsvector of the same tokens, once with pg_trgm on the raw text.

A cluster of its own is started under a folder, by a user who is not root, and taken away afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import psycopg

from bench.corpus import Row
from bench.queries import Asked
from patmark.text import canonical, index_tokens, phrase

_COLUMNS = ("pa", "dist", "sub", "ady")
_SETTINGS = (
    "shared_buffers=1GB",
    "maintenance_work_mem=1GB",
    "work_mem=64MB",
    "max_wal_size=8GB",
    "fsync=off",
    "max_parallel_workers_per_gather=0",
    "jit=off",
    "autovacuum=off",
)
#: A phrase never runs from title into abstract: positions of the abstract begin this much later.
_GAP = 10
_TICKS = os.sysconf("SC_CLK_TCK")


def programs() -> Path | None:
    """Where PostgreSQL's programs are on this machine, if they are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    onpath = shutil.which("initdb")
    return found[-1].parent if found else Path(onpath).parent if onpath else None


class Cluster:
    """A throwaway server that listens on a socket in its own folder."""

    def __init__(self, folder: Path, *, user: str = "postgres") -> None:
        found = programs()
        if found is None:
            raise FileNotFoundError("initdb")
        self._programs, self._folder = found, folder
        self._as = ["runuser", "-u", user, "--"] if os.getuid() == 0 else []
        folder.mkdir(parents=True)
        if self._as:
            shutil.chown(folder, user)
        self._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(
            f"-c {one}" for one in (*_SETTINGS, "listen_addresses=''", f"unix_socket_directories={folder}")
        )
        self._run("pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-o", options, "start")
        self.address = f"host={folder} user=bench dbname=postgres"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


class Postgres:
    """One table in a cluster; `ask` gives total, first page and four exact facets."""

    def __init__(self, address: str, *, trigrams: bool) -> None:
        self.name = "PostgreSQL pg_trgm" if trigrams else "PostgreSQL tsvector"
        self._trigrams = trigrams
        self._link = psycopg.connect(address, autocommit=True)
        self._link.execute("SET enable_seqscan = on")
        self._pid = self._link.info.backend_pid

    def load(self, rows: Iterable[Row]) -> None:
        """Both peers share the table: the first to load fills it."""
        if self._link.execute("SELECT to_regclass('record')").fetchone() != (None,):
            return
        self._link.execute(
            'CREATE TABLE record (key INT PRIMARY KEY, number TEXT COLLATE "C", pa INT, dist INT, sub INT, ady INT,'
            " ad INT, tokens TSVECTOR, words TEXT)"
        )
        copy = "COPY record FROM STDIN"
        with self._link.cursor().copy(copy) as out:
            for row in rows:
                year = row.filed // 10_000
                words = canonical(row.title) + "||" + canonical(row.abstract)
                out.write_row(
                    (row.key, row.number, row.firm, row.county, row.subclass, year, row.filed, _vector(row), words)
                )
        self._link.execute("CREATE EXTENSION pg_trgm")
        for index in (
            "ON record USING gin (tokens)",
            "ON record USING gin (words gin_trgm_ops)",
            "ON record (number)",
            "ON record (sub)",
        ):
            self._link.execute(f"CREATE INDEX {index}")
        self._link.execute("VACUUM ANALYZE record")

    def ask(self, asked: Asked) -> tuple[int, list[int], list[list[tuple[int, int]]]]:
        where, values = self._where(asked)
        rank = "ts_rank(tokens, %(query)s::tsquery) DESC, " if asked.phrases and not self._trigrams else ""
        self._link.execute("DROP TABLE IF EXISTS found")
        picked = f"SELECT key, pa, dist, sub, ady FROM record WHERE {where}"
        self._link.execute(f"CREATE TEMP TABLE found AS {picked}", values)
        total = self._rows("SELECT count(*) FROM found", {})[0][0]
        page = self._rows(f"SELECT key FROM record WHERE {where} ORDER BY {rank}key DESC LIMIT 20", values)
        facets = [
            self._rows(f"SELECT {one}, count(*) FROM found GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10", {})
            for one in _COLUMNS
        ]
        return total, [key for (key,) in page], facets

    def cpu(self) -> float:
        """Processor seconds the server has spent on this connection."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def close(self) -> None:
        self._link.close()

    def _rows(self, statement: str, values: dict[str, object]) -> list[tuple[int, ...]]:
        return self._link.execute(statement, values).fetchall()

    def _where(self, asked: Asked) -> tuple[str, dict[str, object]]:
        found: list[str] = []
        values: dict[str, object] = {}
        if asked.phrases and self._trigrams:
            for at, one in enumerate(asked.phrases):
                found.append(f"words LIKE %(like{at})s")
                values[f"like{at}"] = f"%{canonical(one).strip('|')}%"
        elif asked.phrases:
            found.append("tokens @@ %(query)s::tsquery")
            values["query"] = " & ".join(f"({_tsquery(one)})" for one in asked.phrases)
        for condition, names in (
            ("ad BETWEEN %(low)s AND %(high)s", dict(zip(("low", "high"), asked.filed or (), strict=False))),
            ("dist = %(county)s", {"county": asked.county} if asked.county else {}),
            ("number >= %(number)s AND number < %(after)s", _beginning(asked.number)),
            ("sub = %(subclass)s", {"subclass": asked.subclass} if asked.subclass else {}),
        ):
            if names:
                found.append(condition)
                values |= names
        return " AND ".join(found) or "true", values


def _beginning(number: str) -> dict[str, object]:
    return {"number": number, "after": number + "~"} if number else {}


def _vector(row: Row) -> str:
    places: dict[str, list[int]] = {}
    at = 0
    for text in (row.title, row.abstract):
        for token in index_tokens(text):
            at += 1
            places.setdefault(token, []).append(at)
        at += _GAP
    return " ".join(f"{_quoted(token)}:{','.join(map(str, found))}" for token, found in places.items())


def _tsquery(words: str) -> str:
    asked = phrase(words)
    tokens: Sequence[str] = [_quoted(token) for token in asked.tokens]
    return " <-> ".join(tokens) + (":*" if asked.open_end else "")


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def wait_idle(seconds: float = 1.0) -> None:
    """Lets a server that has just loaded come to rest."""
    time.sleep(seconds)
