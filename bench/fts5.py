"""The peer every machine has: SQLite FTS5 on the same tokens, with the rows beside it for conditions and counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import Row
from bench.queries import Asked
from patmark.text import index_tokens, phrase

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(ti, ab, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '|.'");
CREATE TABLE record (key INTEGER PRIMARY KEY, number TEXT, pa INT, dist INT, sub INT, ady INT, ad INT);
"""
_INDEXES = "CREATE INDEX by_number ON record(number); CREATE INDEX by_sub ON record(sub); ANALYZE;"
_COLUMNS = ("pa", "dist", "sub", "ady")


class Fts5:
    """Holds the corpus in a database file; `ask` gives total, first page and four exact facets."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts5.sqlite3", isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-400000;"
            "PRAGMA mmap_size=4000000000;"
        )

    def load(self, rows: Iterable[Row]) -> None:
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN")
        for row in rows:
            words = (row.key, " ".join(index_tokens(row.title)), " ".join(index_tokens(row.abstract)))
            self._base.execute("INSERT INTO words(rowid, ti, ab) VALUES (?, ?, ?)", words)
            values = (row.key, row.number, row.firm, row.county, row.subclass, row.filed // 10_000, row.filed)
            self._base.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        self._base.execute("COMMIT")
        self._base.executescript("INSERT INTO words(words) VALUES ('optimize');" + _INDEXES)

    def ask(self, asked: Asked) -> tuple[int, list[int], list[list[tuple[int, int]]]]:
        words = " AND ".join(_match(one) for one in asked.phrases)
        conditions, values = _conditions(asked)
        where = " AND ".join(([f"words MATCH '{words}'"] if words else []) + conditions) or "1"
        source = "words JOIN record ON record.key = words.rowid" if words else "record"
        self._base.execute("DROP TABLE IF EXISTS temp.found")
        self._base.execute(
            f"CREATE TEMP TABLE found AS SELECT key, pa, dist, sub, ady FROM {source} WHERE {where}", values
        )
        (total,) = self._base.execute("SELECT count(*) FROM found").fetchone()
        order = "rank" if words else "key DESC"
        page = self._base.execute(
            f"SELECT key FROM {source} WHERE {where} ORDER BY {order} LIMIT 20", values
        ).fetchall()
        facets = [
            self._base.execute(f"SELECT {one}, count(*) FROM found GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10").fetchall()
            for one in _COLUMNS
        ]
        return total, [key for (key,) in page], facets

    def close(self) -> None:
        self._base.close()


def _match(words: str) -> str:
    asked = phrase(words)
    return f'{{ti ab}} : "{" ".join(asked.tokens)}"' + (" *" if asked.open_end else "")


def _conditions(asked: Asked) -> tuple[list[str], dict[str, object]]:
    found: list[str] = []
    values: dict[str, object] = {}
    if asked.filed:
        found.append("ad BETWEEN :low AND :high")
        values |= {"low": asked.filed[0], "high": asked.filed[1]}
    if asked.county:
        found.append("dist = :county")
        values["county"] = asked.county
    if asked.number:
        found.append("number >= :number AND number < :after")
        values |= {"number": asked.number, "after": asked.number + "\U0010ffff"}
    if asked.subclass:
        found.append("sub = :subclass")
        values["subclass"] = asked.subclass
    return found, values
