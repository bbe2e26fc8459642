"""The manifest: what a backup says of itself. The last member of the file, read first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

import orjson

from patmark.errors import BadFile

#: Raise when a reader of today could not read what is written; older formats stay readable.
FORMAT = 1
NAME = "manifest.json"
PRODUCT = "zhiquan"
#: Where things lie in the file.
DATABASE, ROWS, RAW, INDEX = "database/zhiquan.sqlite3", "database/rows/", "raw/", "index/"

Engine = Literal["sqlite", "postgresql"]
#: How the text of a column is to be read; all others are what they say.
Kind = Literal["plain", "flag", "moment", "bytes", "uuid", "real"]

_HASH = re.compile(r"[0-9a-f]{64}")
_COLUMN = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_MEND = "请换一份备份文件。"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """`last` is the highest id ever given out, where the table counts by itself."""

    name: str
    rows: int
    columns: tuple[Column, ...]
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class IndexPart:
    """An index as it was when the backup was made, possibly some changes behind the records."""

    subject: str
    schema: str
    sequence: int
    documents: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`engine` is the database it was made from: of SQLite the file itself, of PostgreSQL the rows of each table.

    `settings` are the names of the variables that were set, without their values. The key that signs sessions is
    never in a backup.
    """

    version: str
    made: str
    engine: Engine
    complete: bool
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    members: tuple[Member, ...]
    index: tuple[IndexPart, ...]
    records: int
    change: int
    data_date: str
    settings: tuple[str, ...]
    format: int = FORMAT
    product: str = PRODUCT
    secret_key: str = "不在备份内"

    def table(self, name: str) -> Table | None:
        return next((one for one in self.tables if one.name == name), None)

    def under(self, folder: str) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.path.startswith(folder))

    def to_json(self) -> bytes:
        return orjson.dumps(self, option=orjson.OPT_INDENT_2)


def read_manifest(data: bytes, where: str) -> Manifest:
    """The manifest in these bytes. BadFile where they are none, or of a format this program does not know."""
    try:
        raw = orjson.loads(data)
        if raw["product"] != PRODUCT:
            raise BadFile("这不是知泉的备份文件。", where=where, mend=_MEND)
        if raw["format"] > FORMAT:
            raise BadFile(
                f"这份备份由更新的版本（{raw['version']}）写成，这一版读不了。",
                where=where,
                mend="请先升级知泉，再恢复它。",
            )
        manifest = _manifest(raw)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadFile("备份的清单读不出来。", where=where, mend=_MEND) from error
    return manifest


def _manifest(raw: Mapping[str, Any]) -> Manifest:
    if raw["engine"] not in ("sqlite", "postgresql"):
        raise ValueError(raw["engine"])
    return Manifest(
        version=str(raw["version"]),
        made=str(raw["made"]),
        engine=raw["engine"],
        complete=bool(raw["complete"]),
        migrations=tuple((str(app), str(name)) for app, name in raw["migrations"]),
        tables=tuple(_table(one) for one in raw["tables"]),
        members=tuple(_member(one) for one in raw["members"]),
        index=tuple(
            IndexPart(str(one["subject"]), str(one["schema"]), int(one["sequence"]), int(one["documents"]))
            for one in raw["index"]
        ),
        records=int(raw["records"]),
        change=int(raw["change"]),
        data_date=str(raw["data_date"]),
        settings=tuple(map(str, raw["settings"])),
        format=int(raw["format"]),
    )


def _table(raw: Mapping[str, Any]) -> Table:
    columns = tuple(Column(_name(one["name"]), one["kind"]) for one in raw["columns"])
    if any(one.kind not in ("plain", "flag", "moment", "bytes", "uuid", "real") for one in columns):
        raise ValueError(raw["columns"])
    last = raw.get("last")
    return Table(_name(raw["name"]), int(raw["rows"]), columns, None if last is None else int(last))


def _member(raw: Mapping[str, Any]) -> Member:
    """A member stays inside the folder it is unpacked to, whoever wrote the manifest."""
    path, sha256 = str(raw["path"]), str(raw["sha256"])
    parts = PurePosixPath(path).parts
    known = path == DATABASE or path.startswith((ROWS, RAW, INDEX))
    if not known or ".." in parts or "\\" in path or "\0" in path or str(PurePosixPath(path)) != path:
        raise ValueError(path)
    if not _HASH.fullmatch(sha256) or int(raw["size"]) < 0:
        raise ValueError(sha256)
    return Member(path, int(raw["size"]), sha256)


def _name(name: str) -> str:
    if not _COLUMN.fullmatch(name):
        raise ValueError(name)
    return name
