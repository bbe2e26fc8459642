"""A home made by an older version is brought to the tables of this one, its database put away first.

A home that a newer version has had in its hands is refused: what this version does not know it would not keep.
"""

from __future__ import annotations

import fcntl
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from patmark.errors import WrongSetting, WrongState
from zhiquan import __version__
from zhiquan.common.console import progress
from zhiquan.site.backup.building import unknown_migrations
from zhiquan.site.backup.making import make_backup

BEFORE = "before-upgrade"
#: How many of these copies are kept, the newest.
KEPT = 3


def bring_up_to_date() -> None:
    """Apply what migrations are missing; of several processes that start together one does it, the others wait.

    WrongState where a newer version was at work here, or where the database could not be put away first.
    """
    try:
        if _is_up_to_date():
            return
        with (Path(settings.ZHIQUAN_HOME) / "migrate.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _is_up_to_date():
                _put_away()
                call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise WrongSetting(
            f"打不开 ZHIQUAN_DATABASE 所指的数据库（{reason}）。", mend="请检查地址、权限和数据库服务。"
        ) from error


def _is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    if unknown := unknown_migrations(executor.loader.applied_migrations):
        app, name = unknown[0]
        raise WrongState(
            f"{settings.ZHIQUAN_HOME} 已由更新的版本使用过（{app} {name}），{__version__} 版不能打开它。",
            mend=f"请装回较新的版本；或用 {__version__} 版恢复升级以前的备份。",
        )
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _put_away() -> None:
    """The database as it is, as a backup of its own kind; a new home has nothing to put away."""
    if not MigrationExecutor(connection).loader.applied_migrations:
        return
    folder = Path(settings.ZHIQUAN_HOME) / BEFORE
    target = folder / f"{timezone.localtime():%Y%m%dT%H%M%S}.zip"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with progress("升级前备份数据库", unit="") as bar:
            make_backup(target, complete=False, watch=bar.tell)
    except (OSError, WrongState) as error:
        raise WrongState(f"升级前没能备份数据库，没有升级：{error}", mend="请腾出磁盘空间后再试。") from error
    for old in sorted(folder.glob("*.zip"))[:-KEPT]:
        old.unlink()
