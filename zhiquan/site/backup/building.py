"""The database of a backup: built from rows by the migrations of its day, and compared with what the manifest says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from patmark.errors import BadFile
from zhiquan.site.backup import postgres, sqlite
from zhiquan.site.backup.manifest import Manifest, Table

Content = Iterable[tuple[Table, Iterable[bytes]]]
Watch = Callable[[str, int, int], None]
#: The name of the connection to a database that is being built.
_BUILDING = "building"
_SQLITE = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}, "CONN_HEALTH_CHECKS": False}


def unknown_migrations(applied: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those this program does not have: the database was in the hands of a newer one."""
    known = MigrationLoader(None).disk_migrations or {}
    return sorted(one for one in applied if one not in known)


def check_known(manifest: Manifest, where: str) -> None:
    """Raises BadFile where a newer program made the backup."""
    if unknown := unknown_migrations(manifest.migrations):
        app, name = unknown[0]
        raise BadFile(
            f"这份备份由更新的版本（{manifest.version}）写成：它有这一版没有的表结构（{app} {name}）。",
            where=where,
            mend="请先升级知泉，再恢复它。",
        )


def check_sqlite(file: Path, manifest: Manifest) -> None:
    """Raises BadFile where the database is damaged, or does not hold what the manifest says."""
    with sqlite.opened(file, "rw") as link:
        found = sqlite.faults(link)
        counted = sqlite.tables(link)
    if found:
        raise BadFile(f"备份里的数据库已损坏（{found[0]}）。", mend="请换一份备份文件。")
    _check_counts(counted, manifest)


def build_sqlite(file: Path, manifest: Manifest, content: Content, watch: Watch) -> None:
    """A database file with these rows."""
    file.parent.mkdir(parents=True, exist_ok=True)
    connections.databases[_BUILDING] = {**connections.databases["default"], **_SQLITE, "NAME": file}
    try:
        _migrate(connections[_BUILDING], manifest)
    finally:
        connections[_BUILDING].close()
        del connections[_BUILDING]
        del connections.databases[_BUILDING]
    sqlite.load(file, content, _telling(manifest, watch))


def fill_postgres(manifest: Manifest, content: Content, watch: Watch) -> None:
    """The empty database of the site with these rows, in the caller's transaction."""
    _migrate(connection, manifest)
    postgres.load(content, _telling(manifest, watch))
    postgres.set_counters(manifest.tables)
    _check_counts(postgres.tables(), manifest)


def has_tables_of(manifest: Manifest) -> bool:
    """Whether the site's database was made by exactly the migrations of the backup."""
    return set(MigrationExecutor(connection).loader.applied_migrations) == set(manifest.migrations)


def _migrate(where: BaseDatabaseWrapper, manifest: Manifest) -> None:
    """Brings an empty database to the tables of the backup's day."""
    executor = MigrationExecutor(where)
    wanted, nodes = set(manifest.migrations), executor.loader.graph.node_map
    # The last ones only: one that another app's has brought along already would be read as the way back.
    followed = {parent.key for one in wanted for parent in nodes[one].parents if parent.key[0] == one[0]}
    executor.migrate(sorted(wanted - followed))


def _check_counts(counted: Iterable[Table], manifest: Manifest) -> None:
    found = {one.name: one.rows for one in counted}
    for table in manifest.tables:
        if found.get(table.name) != table.rows:
            raise BadFile(
                f"备份的表 {table.name} 应有 {table.rows:,} 行，实有 {found.get(table.name, 0):,} 行。",
                mend="请换一份备份文件。",
            )


def _telling(manifest: Manifest, watch: Watch) -> Callable[[Table], None]:
    order = {one.name: at for at, one in enumerate(manifest.tables)}
    return lambda table: watch(f"表 {table.name}", order[table.name], len(order))
