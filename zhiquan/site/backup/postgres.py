"""PostgreSQL: the rows of every table at one moment, and into an empty database; the old tables put aside.

No pg_dump: it must not be older than the server, it is not on every machine, and what it writes only PostgreSQL reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction

from patmark.errors import BadFile, WrongState
from zhiquan.site.backup import rows
from zhiquan.site.backup.manifest import Column, Table

_TABLES = """
    SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname COLLATE "C", a.attnum"""
_SEQUENCES = """
    SELECT c.relname, a.attname, pg_get_serial_sequence(quote_ident(c.relname), a.attname)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL"""
_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'i'
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"""
_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read in the block is of one moment, whatever others write meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        cursor.execute("SET LOCAL DateStyle TO 'ISO, YMD'")
        cursor.execute("SET LOCAL extra_float_digits TO 1")
        yield


def tables() -> tuple[Table, ...]:
    """Every table with its columns and the count of its rows."""
    found: dict[str, list[Column]] = {}
    for table, column, declared in _ask(_TABLES):
        found.setdefault(table, []).append(Column(column, rows.kind_in_postgres(declared)))
    last = {table: _last(sequence) for table, _, sequence in _ask(_SEQUENCES)}
    return tuple(
        Table(name, _ask(f'SELECT count(*) FROM "{name}"')[0][0], tuple(columns), last.get(name))
        for name, columns in found.items()
    )


def _last(sequence: str) -> int:
    value, called = _ask(f"SELECT last_value, is_called FROM {sequence}")[0]
    return int(value) if called else 0


def lines(table: Table) -> Iterator[bytes]:
    """The rows of a table as the text of rows.py."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {_named(table)} TO STDOUT") as out:
        for portion in out:
            yield bytes(portion)


def load(content: Iterable[tuple[Table, Iterable[bytes]]], watch: Callable[[Table], None]) -> None:
    """Fills the tables of a database made by the same migrations, in the caller's transaction.

    Foreign keys and indexes are taken down for it and made anew, which also proves that every row points at a row.
    """
    keys, indexes = _ask(_FOREIGN_KEYS), _ask(_INDEXES)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, key, _ in keys:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {key}")
            for index, _ in indexes:
                cursor.execute(f"DROP INDEX {index}")
            for name in dict.fromkeys(name for name, *_ in _ask(_TABLES)):
                cursor.execute(f'DELETE FROM "{name}"')
            for table, portions in content:
                watch(table)
                with cursor.copy(f"COPY {_named(table)} FROM STDIN") as into:
                    for portion in portions:
                        into.write(portion)
            for _, definition in indexes:
                cursor.execute(definition)
            for table, key, definition in keys:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {key} {definition}")
    except DatabaseError as error:
        raise BadFile(f"备份的内容放不进这个数据库（{str(error).splitlines()[0]}）。") from error


def set_counters(held: Iterable[Table]) -> None:
    """The next id of each table is one that was never given out."""
    sequences = {table: sequence for table, _, sequence in _ask(_SEQUENCES)}
    for table in held:
        if table.name in sequences and table.last is not None:
            _ask("SELECT setval(%s, %s, %s)", sequences[table.name], max(table.last, 1), table.last > 0)


def put_aside(schema: str) -> None:
    """Moves every table and function of ours into a schema of their own; nothing is deleted."""
    names = dict.fromkeys(name for name, *_ in _ask(_TABLES))
    functions = _ask(_FUNCTIONS)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{schema}"')
            for name in names:
                cursor.execute(f'ALTER TABLE "{name}" SET SCHEMA "{schema}"')
            for (function,) in functions:
                cursor.execute(f'ALTER FUNCTION {function} SET SCHEMA "{schema}"')
    except DatabaseError as error:
        raise WrongState(
            f"不能把现有的表移到一旁（{str(error).splitlines()[0]}）。",
            mend="数据库用户须是这个库的所有者；或者建一个空库，让 ZHIQUAN_DATABASE 指向它。",
        ) from error


def has_trigger(table: str, name: str) -> bool:
    """Whether the trigger stands and is not switched off."""
    query = "SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled IN ('O', 'A')"
    return bool(_ask(query, table, name))


def value(query: str) -> object:
    """The one value a query answers."""
    return _ask(query)[0][0]


def _named(table: Table) -> str:
    columns = ", ".join(f'"{one.name}"' for one in table.columns)
    return f'"{table.name}" ({columns})'


def _ask(query: str, *values: str | int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return list(cursor.fetchall())
