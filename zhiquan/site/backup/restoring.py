"""A backup is put back: read and checked whole beside the home first, then taken into use in one step.

1. Every member is unpacked into a folder of its own inside the home and compared with its hash; the database is built
   there and checked. Whatever fails until here leaves the home as it was.
2. Raw files go in beside those that are there (their names are their hashes), the old index goes aside.
3. The database takes its place in one step: a rename for SQLite, a commit for PostgreSQL. From here on the home is the
   one of the backup.
4. The index of the backup goes in, or is built from the records; raw files the backup does not know go aside.

Nothing is deleted: what was there stands in `replaced-…` (for PostgreSQL, in a schema of that name).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from patmark.errors import BadFile, WrongState
from zhiquan.records.home import held, raw_path
from zhiquan.search import index
from zhiquan.site.backup import building, postgres, sqlite
from zhiquan.site.backup.archive import Reader, is_alive, sync_folder
from zhiquan.site.backup.making import Counter, Watch, database_file, engine, raw_files, silent
from zhiquan.site.backup.manifest import DATABASE, INDEX, RAW, ROWS, Manifest, Table

#: Held by whoever writes in a home: the follower of the index, and the worker, whose module costs a second to load.
LOCKS = ("index", "work")
_STAGING, REPLACED = "restoring-", "replaced-"
_SPARE = 64 << 20
#: Tables that have rows in a home nobody has used yet.
_OF_ITS_OWN = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "django_session", "records_sequence"}
)
_SIDES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """`replaced` is where what was there before stands now, if anything was."""

    manifest: Manifest
    digest: str
    raw: int
    has_index: bool
    replaced: str


def restore(file: Path, *, force: bool = False, watch: Watch = silent) -> Restored:
    """Makes the home the one of a backup. The caller brings it to the tables of this version and its index to date.

    Raises BadFile for a backup that is damaged or of a newer version, WrongState for a home that is in use or holds
    something already.
    """
    try:
        return _restored(file, force=force, watch=watch)
    except OSError as error:
        raise WrongState(
            f"恢复没有完成（{error.strerror or error}）。", mend="请检查磁盘空间和权限，然后重新恢复。"
        ) from error


def _restored(file: Path, *, force: bool, watch: Watch) -> Restored:
    _sweep()
    with Reader(file) as reader, ExitStack() as stack:
        building.check_known(reader.manifest, str(file))
        if not all(stack.enter_context(held(name)) for name in LOCKS):
            raise WrongState("网站或另一条命令正在使用这个平台。", mend="请先停止 zhiquan serve，再恢复。")
        used = _is_used()
        if used and not force:
            raise WrongState(
                f"{settings.ZHIQUAN_HOME} 里已经有数据，没有动它。",
                mend="请恢复到一个空的 ZHIQUAN_HOME；或加 --force，现有的数据会移到一旁，不会删除。",
            )
        staging = stack.enter_context(_staging(reader.manifest))
        _unpack(reader, staging, watch)
        aside = Path(settings.ZHIQUAN_HOME) / f"{REPLACED}{timezone.localtime():%Y%m%dT%H%M%S}"
        database = _prepared(reader, staging, watch)
        return _take_into_use(reader.manifest, staging, database, _Aside(aside, used))


def _unpack(reader: Reader, staging: Path, watch: Watch) -> None:
    manifest = reader.manifest
    counter = Counter("解开并核对", sum(one.size for one in manifest.members), watch)
    for member in manifest.members:
        if member.path.startswith(ROWS):
            for _ in reader.portions(member, counter):  # read for its hash; its rows are read again when they go in
                pass
        else:
            reader.unpack(member, staging / member.path, counter)
        if member.path.startswith(RAW) and Path(member.path).name != member.sha256:
            raise BadFile(f"备份里的原始文件 {member.path} 不是它名字所说的那一个。", mend="请换一份备份文件。")


def _prepared(reader: Reader, staging: Path, watch: Watch) -> Callable[[], None]:
    """The database, checked or ready to be checked as it goes in; answers the step that takes it into use."""
    manifest = reader.manifest
    if engine() == "postgresql":
        return lambda: building.fill_postgres(manifest, _content(reader, staging), watch)
    file = staging / DATABASE
    if manifest.engine == "postgresql":
        building.build_sqlite(file, manifest, _content(reader, staging), watch)
    watch("检查数据库", 0, 0)
    building.check_sqlite(file, manifest)
    return lambda: _replace_sqlite(file)


def _content(reader: Reader, staging: Path) -> Iterator[tuple[Table, Iterable[bytes]]]:
    """Each table with the text of its rows, from whichever database the backup was made."""
    manifest = reader.manifest
    if manifest.engine == "sqlite":
        with sqlite.opened(staging / DATABASE) as link:
            for table in manifest.tables:
                yield table, sqlite.lines(link, table)
        return
    members = {one.path.removeprefix(ROWS): one for one in manifest.under(ROWS)}
    for table in manifest.tables:
        yield table, reader.portions(members[table.name])


@dataclass(frozen=True, slots=True)
class _Aside:
    """Where what was there goes, if it is worth keeping."""

    folder: Path
    used: bool

    @property
    def schema(self) -> str:
        return self.folder.name.replace("-", "_").lower()


def _take_into_use(manifest: Manifest, staging: Path, database: Callable[[], None], aside: _Aside) -> Restored:
    raw = _bring_raw(manifest, staging)
    _put_index_away(aside)
    if engine() == "postgresql":
        with _one_commit():
            if aside.used or not building.has_tables_of(manifest):
                postgres.put_aside(aside.schema)
            database()
    else:
        if aside.used:
            _keep_sqlite(aside.folder)
        database()
    if manifest.complete and aside.used:
        _raw_aside(manifest, aside.folder)
    has_index = _bring_index(manifest, staging)
    digest = hashlib.sha256(manifest.to_json()).hexdigest()
    return Restored(manifest, digest, raw, has_index, str(aside.folder) if aside.used else "")


@contextmanager
def _one_commit() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        raise WrongState(f"数据库没有接受这份备份（{str(error).splitlines()[0]}），原有的数据没有动。") from error


def _is_used() -> bool:
    """Whether anybody has brought anything into the home."""
    if engine() == "postgresql":
        found = postgres.tables()
    else:
        file = database_file()
        if not file.exists() or not file.stat().st_size:
            return False
        try:
            with sqlite.opened(file, "rw") as link:
                found = sqlite.tables(link)
        except WrongState:
            return True  # damaged: something was there
    return any(one.rows for one in found if one.name not in _OF_ITS_OWN)


def _bring_raw(manifest: Manifest, staging: Path) -> int:
    members = manifest.under(RAW)
    for member in members:
        target = raw_path(member.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / member.path).replace(target)
    return len(members)


def _raw_aside(manifest: Manifest, aside: Path) -> None:
    known = {member.sha256 for member in manifest.under(RAW)}
    for path in list(raw_files()):
        if path.name not in known:
            target = aside / "raw" / path.parent.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


def _put_index_away(aside: _Aside) -> None:
    """The index is a cache; the old one is kept only because nothing is deleted without being asked."""
    for subject in index.SUBJECTS:
        old = index.folder(subject)
        if old.exists() and aside.used:
            target = aside.folder / "index" / old.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(old, target)
        else:
            shutil.rmtree(old, ignore_errors=True)


def _bring_index(manifest: Manifest, staging: Path) -> bool:
    """Whether the backup held every index."""
    for part in manifest.index:
        target = Path(settings.ZHIQUAN_SEARCH_FOLDER) / f"{part.subject}s"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staging / INDEX / part.subject, target)
    return {one.subject for one in manifest.index} == {one.value for one in index.SUBJECTS}


def _keep_sqlite(aside: Path) -> None:
    """The old database under a second name, so that the new one can take its place without a moment of none."""
    connection.close()
    aside.mkdir(parents=True, exist_ok=True)
    file = database_file()
    with suppress(WrongState), sqlite.opened(file, "rw") as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for side in _SIDES:
        path = file.with_name(file.name + side)
        if path.exists():
            try:
                os.link(path, aside / path.name)
            except OSError:  # another disk, or one without second names
                shutil.copyfile(path, aside / path.name)


def _replace_sqlite(staged: Path) -> None:
    connection.close()
    file = database_file()
    for side in _SIDES[1:]:
        file.with_name(file.name + side).unlink(missing_ok=True)
    if staged.stat().st_dev != file.parent.stat().st_dev:
        beside = file.with_name(f".{file.name}.restoring")
        shutil.copyfile(staged, beside)
        staged = beside
    staged.replace(file)
    sync_folder(file.parent)


@contextmanager
def _staging(manifest: Manifest) -> Iterator[Path]:
    home = Path(settings.ZHIQUAN_HOME)
    need = 2 * sum(one.size for one in manifest.members) + _SPARE
    if shutil.disk_usage(home).free < need:
        raise WrongState(f"{home} 所在的磁盘空间不足，恢复需要 {need >> 20:,} MB。", mend="请腾出空间。")
    staging = home / f"{_STAGING}{os.getpid()}"
    staging.mkdir(mode=0o700)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _sweep() -> None:
    """What a killed restore left behind."""
    for left in Path(settings.ZHIQUAN_HOME).glob(f"{_STAGING}*"):
        number = left.name.removeprefix(_STAGING)
        if number.isdigit() and not is_alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)
