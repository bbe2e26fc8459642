"""SQLite: a copy taken while others write, its check, the rows of its tables out of it and into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from patmark.errors import BadFile, WrongState
from zhiquan.site.backup import rows
from zhiquan.site.backup.manifest import Column, Table

#: Pages copied between two looks at the clock: a few milliseconds' worth.
_PAGES = 4_000
_AT_ONCE = 2_000
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"

Watch = Callable[[int, int], None]


@contextmanager
def opened(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """A connection for the block; transactions are ours to begin. Raises WrongState where it is no database."""
    address = f"file:{quote(str(path))}?mode={mode}"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=20)) as link:
            yield link
    except sqlite3.DatabaseError as error:
        raise WrongState(
            f"数据库文件 {path} 有问题（{error}）。", mend="如果它已损坏，请从最近的备份恢复（zhiquan restore）。"
        ) from error


def copy(source: Path, target: Path, watch: Watch = lambda done, total: None) -> None:
    """The database as it stands at one moment, in one file, while others read and write.

    The source is held at that moment by a reading transaction, so that no writer makes the copy begin again.
    """
    with opened(source) as link, opened(target, "rwc") as out:
        link.execute("BEGIN")
        link.execute("SELECT count(*) FROM sqlite_master").fetchone()
        link.backup(out, pages=_PAGES, progress=lambda _status, left, total: watch(total - left, total))
        link.execute("COMMIT")
        # A copy of a WAL database asks for two more files beside it; what is put away is one.
        out.execute("PRAGMA journal_mode=DELETE")


def tables(link: sqlite3.Connection) -> tuple[Table, ...]:
    """Every table with its columns and the count of its rows."""
    last = dict(link.execute("SELECT name, seq FROM sqlite_sequence").fetchall()) if _counts(link) else {}
    return tuple(_table(link, name, last) for (name,) in link.execute(_TABLES).fetchall())


def _counts(link: sqlite3.Connection) -> bool:
    return link.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone() is not None


def _table(link: sqlite3.Connection, name: str, last: Mapping[str, int]) -> Table:
    columns = tuple(
        Column(column, rows.kind_in_sqlite(declared))
        for _, column, declared, *_ in link.execute(f'PRAGMA table_info("{name}")').fetchall()
    )
    count = link.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
    return Table(name, count, columns, last.get(name))


def faults(link: sqlite3.Connection) -> list[str]:
    """What SQLite's own checks find: damaged pages and indexes, rows that point at rows which are not there."""
    try:
        found = [str(line) for (line,) in link.execute("PRAGMA integrity_check(20)").fetchall() if line != "ok"]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    if not found:
        dangling = link.execute("PRAGMA foreign_key_check").fetchmany(20)
        found = [f"{table} 的第 {row} 行指向 {parent} 中没有的行" for table, row, parent, _ in dangling]
    return found


def lines(link: sqlite3.Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table as the text of rows.py."""
    answer = link.execute(rows.select(table.name, table.columns))
    while some := answer.fetchmany(_AT_ONCE):
        yield ("\n".join(line for (line,) in some) + "\n").encode()


def fill(link: sqlite3.Connection, table: Table, portions: Iterable[bytes]) -> int:
    """Puts rows into a table and answers how many. BadFile where they are not such rows."""
    names = ", ".join(f'"{one.name}"' for one in table.columns)
    marks = ", ".join("?" * len(table.columns))
    before = link.total_changes
    try:
        link.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows.read(portions, table.columns))
    except (ValueError, sqlite3.IntegrityError, sqlite3.OperationalError) as error:
        raise BadFile(f"备份里表 {table.name} 的内容放不进数据库（{error}）。") from error
    return link.total_changes - before


@contextmanager
def without_indexes(link: sqlite3.Connection) -> Iterator[None]:
    """Indexes are taken down for the block and built anew after it: that is many times faster than row by row."""
    made = link.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in made:
        link.execute(f'DROP INDEX "{name}"')
    yield
    for _, sql in made:
        link.execute(sql)


def load(path: Path, content: Iterable[tuple[Table, Iterable[bytes]]], watch: Callable[[Table], None]) -> None:
    """Fills the empty tables of a database made by the same migrations; all of it or nothing."""
    with opened(path, "rw") as link:
        link.execute("PRAGMA foreign_keys=OFF")
        link.execute("PRAGMA synchronous=OFF")
        link.execute("PRAGMA cache_size=-262144")
        link.execute("BEGIN IMMEDIATE")
        with without_indexes(link):
            for (name,) in link.execute(_TABLES).fetchall():
                link.execute(f'DELETE FROM "{name}"')
            for table, portions in content:
                watch(table)
                fill(link, table, portions)
                link.execute(
                    "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (table.last or 0, table.name)
                )
        link.execute("COMMIT")


def has_trigger(link: sqlite3.Connection, table: str, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name = ?"
    return link.execute(query, (table, name)).fetchone() is not None
