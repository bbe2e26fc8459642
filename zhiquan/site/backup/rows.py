"""The rows of a table as text both databases understand: PostgreSQL's own COPY format, moments in UTC.

One line a row, cells apart by a tab, `\\N` for nothing, a backslash before what would break a line; flags are `t` and
`f`, bytes `\\x` and hexadecimal digits. PostgreSQL writes and reads it by itself; for SQLite it is made by the SELECT
below, and read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from zhiquan.site.backup.manifest import Column, Kind

Value = str | bytes | int | None

#: Declared types of SQLite as Django writes them, and types of PostgreSQL, whose text is not the same in both.
_SQLITE: dict[str, Kind] = {
    "bool": "flag",
    "datetime": "moment",
    "blob": "bytes",
    "char(32)": "uuid",
    "real": "real",
}
_POSTGRES: dict[str, Kind] = {
    "boolean": "flag",
    "timestamp with time zone": "moment",
    "bytea": "bytes",
    "uuid": "uuid",
    "double precision": "real",
}
#: And those that read the same in both.
_PLAIN_SQLITE = re.compile(r"(integer|bigint|smallint|decimal|date|text|(var)?char\(\d+\))( unsigned)?")
_PLAIN_POSTGRES = frozenset(
    {"integer", "bigint", "smallint", "numeric", "date", "text", "character varying", "character", "jsonb", "inet"}
)
_UTC = "+00"
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_MEANT = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def kind_in_sqlite(declared: str) -> Kind:
    """What a column of this declared type holds. Raises ValueError for a type nobody has thought about."""
    return _kind(declared, _SQLITE, _PLAIN_SQLITE.fullmatch(declared.lower()) is not None)


def kind_in_postgres(declared: str) -> Kind:
    return _kind(declared, _POSTGRES, declared in _PLAIN_POSTGRES)


def _kind(declared: str, known: dict[str, Kind], plain: bool) -> Kind:
    kind = known.get(declared.lower())
    if kind is None and not plain:
        raise ValueError(declared)
    return kind or "plain"


def select(table: str, columns: Sequence[Column]) -> str:
    """The SELECT whose one column is the line of a row, in SQLite's words."""
    cells = " || char(9) || ".join(f"ifnull({_expression(one)}, '\\N')" for one in columns)
    return f'SELECT {cells} FROM "{table}" ORDER BY rowid'


def _expression(column: Column) -> str:
    name = f'"{column.name}"'
    match column.kind:
        case "flag":
            return f"CASE {name} WHEN 1 THEN 't' WHEN 0 THEN 'f' END"
        case "moment":
            return f"{name} || '{_UTC}'"
        case "bytes":
            return f"'\\\\x' || lower(hex({name}))"
        case "real":
            return f"printf('%!.17g', {name})"
        case "uuid":
            parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
            return " || '-' || ".join(f"substr({name}, {at}, {length})" for at, length in parts)
        case _:
            escaped = f"replace({name}, '\\', '\\\\')"
            for code, letter in ((9, "t"), (10, "n"), (13, "r")):
                escaped = f"replace({escaped}, char({code}), '\\{letter}')"
            return escaped


def read(portions: Iterable[bytes], columns: Sequence[Column]) -> Iterator[list[Value]]:
    """The rows of a member, as SQLite stores them. Raises ValueError where a line has not its cells."""
    readers = [_READERS[one.kind] for one in columns]
    for line in _lines(portions):
        cells = line.split(b"\t")
        yield [None if cell == b"\\N" else reads(cell) for reads, cell in zip(readers, cells, strict=True)]


def _lines(portions: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for portion in portions:
        lines = (rest + portion).split(b"\n")
        rest = lines.pop()
        yield from lines
    if rest:
        raise ValueError(rest[:80])


def _text(cell: bytes) -> str:
    if b"\\" in cell:
        cell = _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[1]), cell)
    return cell.decode()


_READERS: dict[Kind, Callable[[bytes], Value]] = {
    "plain": _text,
    "flag": lambda cell: int(cell == b"t"),
    "moment": lambda cell: cell.decode().removesuffix(_UTC),
    "bytes": lambda cell: bytes.fromhex(_text(cell)[2:]),
    "uuid": lambda cell: cell.decode().replace("-", ""),
    "real": lambda cell: cell.decode(),
}
