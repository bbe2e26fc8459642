"""Whether everything is as it must be: a running home part by part, or a backup file without restoring it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils import timezone

from patmark.errors import BadFile, EngineDown, WrongState
from patmark.fields import Subject
from patmark.query.tree import And, Everything, Node, Phrase
from zhiquan.common.models import AuditEntry
from zhiquan.records import queries
from zhiquan.records.home import raw_path
from zhiquan.records.models import BatchFile, Companion, Record
from zhiquan.search import index
from zhiquan.site.backup import building, postgres, sqlite
from zhiquan.site.backup.archive import PORTION, Reader
from zhiquan.site.backup.making import Counter, Watch, database_file, engine, raw_files, silent
from zhiquan.site.backup.manifest import DATABASE, ROWS, Table

State = Literal["好", "注意", "不好"]
GOOD: State = "好"
NOTE: State = "注意"
BAD: State = "不好"
#: Records whose document is looked up by its title, evenly over all of them.
SAMPLE = 200
_TRIGGER = "audit_append_only"
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One part that was looked at: what was found, in a sentence, with its figures."""

    part: str
    state: State
    sentence: str
    figures: dict[str, int] = field(default_factory=dict)


def is_good(findings: list[Finding]) -> bool:
    return all(one.state != BAD for one in findings)


def verify_home(watch: Watch = silent) -> list[Finding]:
    """Looks at the database, the raw files, the index and the audit of this home."""
    return [_database(watch), _raw(watch), *(_index(subject, watch) for subject in index.SUBJECTS), _audit(watch)]


def verify_file(file: Path, watch: Watch = silent) -> list[Finding]:
    """Looks at a backup file: that it is whole, and that its database can be put back. Raises BadFile where not."""
    with Reader(file) as reader, _scratch() as folder:
        manifest = reader.manifest
        building.check_known(manifest, str(file))
        counter = Counter("读取并核对", sum(one.size for one in manifest.members), watch)
        for member in manifest.members:
            if member.path == DATABASE:
                reader.unpack(member, folder / "database", counter)
                continue
            lines = sum(portion.count(b"\n") for portion in reader.portions(member, counter))
            table = manifest.table(member.path.removeprefix(ROWS)) if member.path.startswith(ROWS) else None
            if table is not None and lines != table.rows:
                raise BadFile(f"备份的表 {table.name} 应有 {table.rows:,} 行，实有 {lines:,} 行。", where=str(file))
        if manifest.engine == "sqlite":
            watch("检查数据库", 0, 0)
            building.check_sqlite(folder / "database", manifest)
        size = sum(one.size for one in manifest.members)
        figures = {"members": len(manifest.members), "bytes": size, "records": manifest.records}
        whole = (
            f"{len(manifest.members):,} 个成员、{size >> 20:,} MB 与校验值一致，{len(manifest.tables)} 个表的行数相符。"
        )
        return [
            Finding("文件", GOOD, whole, figures),
            Finding("内容", GOOD, f"{manifest.made} 由 {manifest.version} 版备份，记录 {manifest.records:,} 条。"),
        ]


def tables() -> tuple[Table, ...]:
    """The tables of the site's database with their counts."""
    if engine() == "postgresql":
        return postgres.tables()
    with sqlite.opened(database_file()) as link:
        return sqlite.tables(link)


def _database(watch: Watch) -> Finding:
    watch("检查数据库", 0, 0)
    try:
        held = tables()
        found = []
        if engine() == "sqlite":
            with sqlite.opened(database_file()) as link:
                found = sqlite.faults(link)
    except WrongState as problem:
        return Finding("数据库", BAD, str(problem))
    if found:
        return Finding("数据库", BAD, f"有损坏：{'；'.join(found[:3])}。请从最近的备份恢复。", {"faults": len(found)})
    rows = sum(one.rows for one in held)
    sentence = f"{len(held)} 个表，{rows:,} 行，"
    sentence += "结构和引用完好。" if engine() == "sqlite" else "引用由 PostgreSQL 的约束保证。"
    return Finding("数据库", GOOD, sentence, {one.name: one.rows for one in held})


def _raw(watch: Watch) -> Finding:
    named = set(BatchFile.objects.values_list("sha256", flat=True)) | set(
        Companion.objects.values_list("sha256", flat=True)
    )
    there = {path.name: path for path in raw_files()}
    missing = sorted(one for one in named if one not in there)
    changed: list[str] = []
    counter = Counter("核对原始文件", sum(path.stat().st_size for path in there.values()), watch)
    for name, path in there.items():
        if _sha256(path, counter) != name:
            changed.append(name)
    figures = {
        "files": len(there),
        "missing": len(missing),
        "changed": len(changed),
        "unnamed": len(there.keys() - named),
    }
    if missing or changed:
        first = raw_path((missing or changed)[0])
        sentence = f"缺 {len(missing):,} 个，内容变了 {len(changed):,} 个（例如 {first}）。请从备份取回同名文件。"
        return Finding("原始文件", BAD, sentence, figures)
    return Finding("原始文件", GOOD, f"{len(there):,} 个，内容与校验值一致。", figures)


def _sha256(path: Path, advance: Callable[[int], None]) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as source:
        while portion := source.read(PORTION):
            whole.update(portion)
            advance(len(portion))
    return whole.hexdigest()


def _index(subject: Subject, watch: Watch) -> Finding:
    part = f"索引 {subject.value}"
    current = index.catch_up()
    try:
        engine_ = index.engine(subject)
        watch(f"核对{part}", 0, 0)
        indexed = set(engine_.scan(Everything(), today=timezone.localdate()))
        live = set(_live(subject))
        lost = _lost(subject, sorted(live & indexed))
    except EngineDown as problem:
        return Finding(part, BAD, str(problem))
    figures = {
        "sequence": engine_.sequence,
        "change": queries.last_change(),
        "indexed": len(indexed),
        "live": len(live),
        "missing": len(live - indexed),
        "extra": len(indexed - live),
        "sampled": min(SAMPLE, len(live & indexed)),
        "lost": len(lost),
    }
    if indexed == live and not lost:
        return Finding(part, GOOD, f"{len(indexed):,} 条，与记录一致；抽查 {figures['sampled']} 条都查得到。", figures)
    if not current:
        return Finding(part, NOTE, "索引还在追赶记录，请稍后再核对。", figures)
    sentence = f"与记录不符：缺 {len(live - indexed):,} 条，多 {len(indexed - live):,} 条，抽查查不到 {len(lost)} 条。"
    return Finding(part, BAD, sentence + "请停止网站后运行 zhiquan reindex。", figures)


def _live(subject: Subject) -> Iterator[int]:
    live = Record.objects.filter(subject=index.SUBJECTS[subject], state=Record.State.LIVE)
    return live.values_list("pk", flat=True).iterator(_AT_ONCE)


def _lost(subject: Subject, keys: list[int]) -> list[int]:
    """Of some records evenly over all: those whose own title does not find them."""
    step = max(1, len(keys) // SAMPLE)
    lost = []
    for pk, title in Record.objects.filter(pk__in=keys[::step][:SAMPLE]).values_list("pk", "title"):
        if title.strip() and pk not in set(
            index.engine(subject).scan(_titled(subject, title), today=timezone.localdate())
        ):
            lost.append(pk)
    return lost


def _titled(subject: Subject, title: str) -> Node:
    return And((Phrase("ti" if subject is Subject.PATENT else "mark", title),))


def _audit(watch: Watch) -> Finding:
    total = AuditEntry.objects.count()
    wrong = 0
    for done, entry in enumerate(AuditEntry.objects.iterator(_AT_ONCE)):
        wrong += not entry.verifies
        if not done % _AT_ONCE:
            watch("核对操作记录", done, total)
    figures = {"entries": total, "wrong": wrong}
    if not _has_trigger():
        return Finding(
            "操作记录", BAD, "数据库里阻止修改操作记录的触发器不见了。请从备份恢复，并查明是谁去掉的。", figures
        )
    if wrong:
        return Finding("操作记录", BAD, f"{wrong:,} 条与写下时不符，有人改过。请从备份取回，并查明经过。", figures)
    return Finding("操作记录", GOOD, f"{total:,} 条，内容与写下时一致，只能追加。", figures)


def _has_trigger() -> bool:
    if engine() == "postgresql":
        return postgres.has_trigger(AuditEntry._meta.db_table, _TRIGGER)
    with sqlite.opened(database_file()) as link:
        return sqlite.has_trigger(link, AuditEntry._meta.db_table, _TRIGGER)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for what has to be unpacked to be looked at: in the home, whose disk is the one meant for data."""
    folder = Path(settings.ZHIQUAN_HOME) / f"restoring-{os.getpid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
