"""Before a command: Django is set up, and the database brought to the tables of this version."""

from __future__ import annotations

import fcntl
import gc
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from patmark.errors import WrongSetting


def set_up() -> None:
    """Settings read (a wrong one is a `WrongSetting`), apps loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiquan.site.settings")
    django.setup()
    # What is loaded by now stays; and records are trees, so that looking for circles every 700 objects, which takes a
    # sixth of an import's time, finds nothing.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def bring_up_to_date() -> None:
    """Apply what migrations are missing; of several processes that start together one does it, the others wait."""
    try:
        if _up_to_date():
            return
        with (Path(settings.ZHIQUAN_HOME) / "migrate.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _up_to_date():
                call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise WrongSetting(
            f"打不开 ZHIQUAN_DATABASE 所指的数据库（{reason}）。", mend="请检查地址、权限和数据库服务。"
        ) from error


def _up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
