"""A backup is made: database, raw files and index of one moment into one file, while the site goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from patmark.engines.embedded import EmbeddedEngine
from patmark.engines.index_copy import copy_index
from patmark.errors import EngineDown, WrongState
from zhiquan import __version__
from zhiquan.search import index
from zhiquan.site.backup import postgres, sqlite
from zhiquan.site.backup.archive import Unfinished, Writer, free_target, is_alive
from zhiquan.site.backup.manifest import DATABASE, INDEX, RAW, ROWS, Engine, IndexPart, Manifest, Table

#: Told while a backup is made or put back: what is being done, how far it is and how far it goes.
Watch = Callable[[str, int, int], None]
#: Left free on the disk, so that the site beside us can go on writing.
_SPARE = 64 << 20
_COPY, _LOCKS = ".copy-", ".tantivy-"
_RECORDS, _SEQUENCE, _FILES = "records_record", "records_sequence", "records_batchfile"


@dataclass(frozen=True, slots=True)
class Made:
    """`sha256` is that of the whole file, as `sha256sum` prints it."""

    file: Path
    size: int
    sha256: str
    manifest: Manifest
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the manifest says of the rows, read at the moment they are of."""

    tables: tuple[Table, ...]
    change: int
    data_date: str


def silent(doing: str, done: int, total: int) -> None:
    """Nobody watches."""


def engine() -> Engine:
    return "postgresql" if connection.vendor == "postgresql" else "sqlite"


def database_file() -> Path:
    """Where SQLite's database is."""
    return Path(str(settings.DATABASES["default"]["NAME"]))


def make_backup(target: Path, *, force: bool = False, complete: bool = True, watch: Watch = silent) -> Made:
    """One file with all of it; with `complete` off the database only. The target appears when it is whole, or not.

    Raises WrongState where the target is taken, the disk too small or the database damaged.
    """
    free_target(target, force=force)
    try:
        return _made(target, complete=complete, watch=watch)
    except OSError as error:
        raise WrongState(
            f"备份没有写成（{error.strerror or error}）。", mend="请检查磁盘空间、文件大小的限制和权限。"
        ) from error


def _made(target: Path, *, complete: bool, watch: Watch) -> Made:
    unfinished = Unfinished(target)
    notes: list[str] = []
    with ExitStack() as stack:
        # The index first: so it never holds a change that the rows of a later moment do not.
        indexes = stack.enter_context(_index_copies(notes)) if complete else []
        writer = stack.enter_context(Writer(target, unfinished))
        facts = _database(writer, unfinished, watch)
        if complete:
            _files(writer, indexes, watch)
        manifest = _manifest(writer, facts, tuple(one.part for one in indexes), complete=complete)
        sha256 = writer.finish(manifest)
    return Made(target, target.stat().st_size, sha256, manifest, tuple(notes))


def _database(writer: Writer, unfinished: Unfinished, watch: Watch) -> _Facts:
    if engine() == "postgresql":
        with postgres.snapshot():
            held = postgres.tables()
            for done, table in enumerate(held):
                watch(f"表 {table.name}", done, len(held))
                writer.add(f"{ROWS}{table.name}", postgres.lines(table))
            return _facts(held, postgres.value)
    with _sqlite_copy(unfinished, watch) as copied:
        with sqlite.opened(copied) as link:
            watch("检查数据库", 0, 0)
            if found := sqlite.faults(link):
                raise WrongState(
                    f"数据库已损坏，没有备份它（{found[0]}）。", mend="请从最近的备份恢复（zhiquan restore）。"
                )
            facts = _facts(sqlite.tables(link), lambda query: link.execute(query).fetchone()[0])
        writer.add_file(DATABASE, copied, Counter("数据库", copied.stat().st_size, watch))
        return facts


@contextmanager
def _sqlite_copy(unfinished: Unfinished, watch: Watch) -> Iterator[Path]:
    source, copied = database_file(), unfinished.path("sqlite3")
    need = 2 * source.stat().st_size + _SPARE
    if shutil.disk_usage(copied.parent).free < need:
        raise WrongState(
            f"{copied.parent} 所在的磁盘空间不足，备份至少需要 {need >> 20:,} MB。", mend="请换一个磁盘，或腾出空间。"
        )
    try:
        os.close(os.open(copied, os.O_WRONLY | os.O_CREAT, 0o600))
        sqlite.copy(source, copied, lambda done, total: watch("复制数据库", done, total))
        yield copied
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            copied.with_name(copied.name + ending).unlink(missing_ok=True)


def _files(writer: Writer, indexes: list[_Copied], watch: Watch) -> None:
    members = [(f"{RAW}{path.parent.name}/{path.name}", path) for path in sorted(raw_files())]
    for one in indexes:
        members += [(f"{INDEX}{one.part.subject}/{path.name}", path) for path in one.files()]
    counter = Counter("原始文件和索引", sum(path.stat().st_size for _, path in members), watch)
    for name, path in members:
        # An index is packed by its engine: packing it again takes half of a backup's time and saves a quarter of it.
        writer.add_file(name, path, counter, packed=not name.startswith(INDEX))


def raw_files() -> Iterator[Path]:
    """Every raw file of the home that is whole."""
    for path in (Path(settings.ZHIQUAN_HOME) / "raw").glob("??/*"):
        if path.is_file() and path.name.startswith(path.parent.name):
            yield path


@dataclass(frozen=True, slots=True)
class _Copied:
    """A copy of one index, and what it is."""

    folder: Path
    part: IndexPart

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if not path.name.startswith(_LOCKS))


@contextmanager
def _index_copies(notes: list[str]) -> Iterator[list[_Copied]]:
    """A copy of each index, in the folder of the index itself: second names ask for the same disk."""
    base = Path(settings.ZHIQUAN_SEARCH_FOLDER)
    for left in base.glob(f"{_COPY}*"):
        if not is_alive(int(left.name.removeprefix(_COPY))):
            shutil.rmtree(left, ignore_errors=True)
    found: list[_Copied] = []
    place = base / f"{_COPY}{os.getpid()}"
    try:
        for subject in index.SUBJECTS:
            if index.is_built(subject):
                try:
                    state = copy_index(index.folder(subject), place / subject.value)
                    size = EmbeddedEngine(place / subject.value, subject).size
                except EngineDown:
                    notes.append(f"没有带上检索索引（{subject.value}），恢复时由记录重建。")
                else:
                    part = IndexPart(subject.value, state.schema, state.sequence, size)
                    found.append(_Copied(place / subject.value, part))
        yield found
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _manifest(writer: Writer, facts: _Facts, parts: tuple[IndexPart, ...], *, complete: bool) -> Manifest:
    return Manifest(
        version=__version__,
        made=timezone.localtime().isoformat(timespec="seconds"),
        engine=engine(),
        complete=complete,
        migrations=tuple(sorted(MigrationRecorder(connection).applied_migrations())),
        tables=facts.tables,
        members=writer.members,
        index=parts,
        records=next((one.rows for one in facts.tables if one.name == _RECORDS), 0),
        change=facts.change,
        data_date=facts.data_date,
        settings=tuple(sorted(name for name in os.environ if name.startswith("ZHIQUAN_"))),
    )


def _facts(held: tuple[Table, ...], ask: Callable[[str], object]) -> _Facts:
    """`ask` answers the one value of a query; a home of the first days may not have the tables yet."""
    names = {one.name for one in held}
    change = ask(f"SELECT max(change) FROM {_SEQUENCE}") if _SEQUENCE in names else 0
    newest = ask(f"SELECT max(data_date) FROM {_FILES}") if _FILES in names else ""
    return _Facts(held, int(str(change or 0)), str(newest or ""))


class Counter:
    """Adds up bytes and tells how far they are."""

    def __init__(self, doing: str, total: int, watch: Watch) -> None:
        self._doing, self._total, self._watch, self._done = doing, total, watch, 0

    def __call__(self, portion: int) -> None:
        self._done += portion
        self._watch(self._doing, self._done, self._total)
