"""Rows in bulk: the few SQL statements an import spends its time in, written once for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models

#: SQLite takes 32,766 variables a statement; a hundred rows of values and lists of ids stay far below.
IDS_AT_ONCE = 5_000

Value = str | int | bool | bytes | None | Any


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Adds rows given as tuples in the order of `fields` (field names; a foreign key takes the id)."""
    many = list(rows)
    if not many:
        return
    columns = ", ".join(_quoted(model, name) for name in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", many)


def update(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Sets `fields` of many rows; each tuple holds the values in order and the primary key last."""
    many = list(rows)
    if not many or not fields:
        return
    settings = ", ".join(f"{_quoted(model, name)} = %s" for name in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    key = _quoted(model, "pk")
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {settings} WHERE {key} = %s", many)


def select(
    model: type[models.Model], fields: Sequence[str], where: str, keys: Iterable[Value]
) -> Iterator[tuple[Any, ...]]:
    """Rows of which the field `where` is one of `keys`, as tuples, in portions the database takes at once.

    Written as SQL: the ORM would prepare every key by itself, which costs more than finding the row. Days come
    as days on every database.
    """
    wanted = list(keys)
    columns = ", ".join(_quoted(model, name) for name in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    days = [at for at, name in enumerate(fields) if isinstance(_field(model, name), models.DateField)]
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), IDS_AT_ONCE):
            portion = wanted[start : start + IDS_AT_ONCE]
            marks = ", ".join(["%s"] * len(portion))
            cursor.execute(f"SELECT {columns} FROM {table} WHERE {_quoted(model, where)} IN ({marks})", portion)
            yield from (_with_days(row, days) for row in cursor.fetchall()) if days else cursor.fetchall()


def tallies(model: type[models.Model], by: str, last: str) -> list[tuple[Any, ...]]:
    """For each value of `by`, in order: the value, how many rows have it, and the largest `last` among them."""
    table, column = connection.ops.quote_name(model._meta.db_table), _quoted(model, by)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}, count(*), max({_quoted(model, last)}) FROM {table} GROUP BY 1 ORDER BY 1")
        return [tuple(row) for row in cursor.fetchall()]


def _with_days(row: tuple[Any, ...], days: Sequence[int]) -> tuple[Any, ...]:
    """SQLite keeps days as text."""
    values = list(row)
    for at in days:
        if isinstance(values[at], str):
            values[at] = date.fromisoformat(values[at])
    return tuple(values)


def delete(model: type[models.Model], where: str, keys: Iterable[Value]) -> None:
    """Removes rows of which the field `where` is one of `keys`, without loading them."""
    wanted = list(keys)
    table = connection.ops.quote_name(model._meta.db_table)
    column = _quoted(model, where)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), IDS_AT_ONCE):
            portion = wanted[start : start + IDS_AT_ONCE]
            marks = ", ".join(["%s"] * len(portion))
            cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", portion)


@cache
def _quoted(model: type[models.Model], name: str) -> str:
    return str(connection.ops.quote_name(_field(model, name).column or name))


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    bare = name.removesuffix("_id")
    field = model._meta.pk if name == "pk" else model._meta.get_field(bare if bare != "" else name)
    assert isinstance(field, models.Field)
    return field
