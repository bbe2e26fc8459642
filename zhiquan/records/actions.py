"""The writes of what we hold: open a batch, store a chunk, close, undo; save a mapping, load a reference table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from django.db.models import Q
from django.utils import timezone

from patmark.differences import differences
from patmark.errors import WrongState
from patmark.packing import load
from zhiquan.accounts.models import User
from zhiquan.common.action import Entry, action
from zhiquan.records import rows, storing
from zhiquan.records.home import Staged
from zhiquan.records.models import (
    Batch,
    BatchFile,
    LoadedScheme,
    Merge,
    Record,
    Restatement,
    SavedMapping,
    SchemeEntry,
    Statement,
)
from zhiquan.records.models import (
    Sequence as Counters,
)
from zhiquan.records.prepare import Chunk


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reference table: a class, a similar group, a place, an event code."""

    symbol: str
    parent: str
    level: str
    title: str
    dots: int | None = None


#: Records undone in one transaction: each costs a merge, so far fewer than an import stores.
UNDO_AT_ONCE = 100


@action("batch.open")
def open_batch(entry: Entry, name: str, files: Sequence[Staged], *, mapping: str = "", sample: bool = False) -> Batch:
    """A new batch with its files, nothing read yet."""
    user = entry.actor.user
    actor = user if isinstance(user, User) and user.is_authenticated else None
    Counters.objects.get_or_create(pk=1)
    batch = Batch.objects.create(name=name[:200], actor=actor, sample=sample)
    for one in files:
        BatchFile.objects.create(batch=batch, name=one.name[:500], sha256=one.sha256, size=one.size, mapping=mapping)
    entry.target, entry.count = f"records.batch:{batch.pk}", len(files)
    return batch


@action("batch.store")
def store_chunk(entry: Entry, file: BatchFile, chunk: Chunk) -> storing.Tally:
    """Stores a chunk and moves the file's cursor, all or nothing."""
    tally = storing.store(file, chunk)
    entry.count, entry.digest = len(chunk), chunk.digest
    entry.after = {"new": tally.new, "changed": tally.changed, "same": tally.same, "rejected": tally.rejected}
    return tally


@action("batch.start")
def start_file(entry: Entry, file: BatchFile, *, kind: str, data_date: date | None) -> None:
    """Notes what kind of file it is and that reading has begun."""
    file.kind, file.data_date, file.state = kind, data_date, BatchFile.State.RUNNING
    file.save(update_fields=["kind", "data_date", "state"])


@action("batch.finish")
def finish_file(entry: Entry, file: BatchFile, *, refusal: str = "") -> None:
    """The file is read to its end, or cannot be read (further); what it stored before stays."""
    file.state = BatchFile.State.REFUSED if refusal else BatchFile.State.DONE
    file.refusal = refusal
    file.save(update_fields=["state", "refusal"])
    entry.after = {"state": file.get_state_display(), "refusal": refusal[:200]}


@action("batch.twin")
def note_twin(entry: Entry, file: BatchFile, twin: BatchFile) -> None:
    """The same bytes were imported before and still stand: nothing is stored again."""
    file.twin, file.kind, file.data_date = twin, twin.kind, twin.data_date
    file.state = BatchFile.State.DONE
    file.same = twin.new + twin.changed + twin.same
    file.rejected = twin.rejected
    file.save()
    entry.after = {"twin": twin.pk}


@action("batch.close")
def close_batch(entry: Entry, batch: Batch) -> None:
    batch.state, batch.finished = Batch.State.DONE, timezone.now()
    batch.save(update_fields=["state", "finished"])


@action("batch.undo")
def undo_batch(entry: Entry, batch: Batch) -> int:
    """Marks a batch as being taken back; `undo_portion` does it, portion by portion, until it answers 0."""
    if batch.state not in (Batch.State.DONE, Batch.State.UNDOING, Batch.State.RUNNING):
        raise WrongState(f"{batch}已经撤销，不能再撤销一次。", mend="可在批次列表中查看它的状态。")
    batch.state = Batch.State.UNDOING
    batch.save(update_fields=["state"])
    return Statement.objects.filter(file__batch=batch, withdrawn=False).values("record").distinct().count()


@action("batch.undo.portion")
def undo_portion(entry: Entry, batch: Batch) -> int:
    """Takes back what the batch said about some records; answers how many, 0 when all is done.

    1. A merge that this batch caused is taken back first, so each record gets its own statements again.
    2. A statement that a later, standing file repeated passes to that file; every other is withdrawn.
    3. The records are merged anew from what still stands: a value set again by a later batch stays.
    """
    _split_again(batch)
    mine = Statement.objects.filter(file__batch=batch, withdrawn=False)
    records = list(mine.order_by("record_id").values_list("record_id", flat=True).distinct()[:UNDO_AT_ONCE])
    if records:
        _withdraw(batch, records)
    else:
        batch.state = Batch.State.UNDONE
        batch.save(update_fields=["state"])
    entry.count = len(records)
    entry.digest = blake2b(",".join(map(str, records)).encode(), digest_size=16).hexdigest()
    return len(records)


def _withdraw(batch: Batch, records: Sequence[int]) -> None:
    stored = storing.statements_of(records)
    heirs = _heirs(batch, [one.id for kept in stored.values() for one in kept])
    own = set(batch.files.values_list("pk", flat=True))
    passed = [
        (heirs[one.id], one.id) for kept in stored.values() for one in kept if one.file in own and one.id in heirs
    ]
    withdrawn = {one.id for kept in stored.values() for one in kept if one.file in own and one.id not in heirs}
    rows.update(Statement, ("file",), passed)
    rows.update(Statement, ("withdrawn",), [(True, pk) for pk in withdrawn])
    outcomes = []
    for record, kept in stored.items():
        if not any(one.id in withdrawn for one in kept):
            continue
        before = storing.merged([(one.id, load(one.payload)) for one in kept])
        after = storing.merged([(one.id, load(one.payload)) for one in kept if one.id not in withdrawn])
        changes = differences(before, after) if before and after else []
        outcomes.append(storing.Outcome(record, after, fresh=False, changes=changes))
    storing.write(outcomes, batch.pk, undo=True)


def _heirs(batch: Batch, statements: Sequence[int]) -> dict[int, int]:
    """Statements another standing file repeats, as a row or by being the same file: statement → that file."""
    standing = ~Q(file__batch=batch) & Q(file__batch__state__in=[Batch.State.DONE, Batch.State.RUNNING])
    repeated = Restatement.objects.filter(standing, statement__in=statements)
    heirs = dict(repeated.values_list("statement_id", "file_id"))
    twins = BatchFile.objects.filter(twin__batch=batch, batch__state__in=[Batch.State.DONE, Batch.State.RUNNING])
    for file, twin in twins.exclude(batch=batch).values_list("pk", "twin_id"):
        for one in Statement.objects.filter(pk__in=statements, file=twin).values_list("pk", flat=True):
            heirs.setdefault(one, file)
    return heirs


def _split_again(batch: Batch) -> None:
    """Takes back the merges of this batch: the absorbed records live again with their own statements."""
    merges = list(Merge.objects.filter(batch=batch).order_by("-pk")[:UNDO_AT_ONCE])
    for merge in merges:
        rows.update(Statement, ("record",), [(merge.absorbed_id, pk) for pk in merge.statements])
        stored = storing.statements_of([merge.absorbed_id, merge.kept_id])
        outcomes = [
            storing.Outcome(record, storing.merged([(one.id, load(one.payload)) for one in kept]), fresh=False)
            for record, kept in stored.items()
        ]
        storing.write(outcomes, batch.pk, undo=True)
        merge.delete()


@action("mapping.save")
def save_mapping(entry: Entry, name: str, toml: str) -> SavedMapping:
    """Keeps a header mapping under its name, replacing the one of that name."""
    mapping, _ = SavedMapping.objects.update_or_create(name=name, defaults={"toml": toml})
    return mapping


@action("reference.load")
def load_scheme(entry: Entry, scheme: str, entries: Iterable[Line], *, name: str, sha256: str) -> int:
    """Replaces the loaded table of a scheme as a whole; answers how many entries it has now."""
    SchemeEntry.objects.filter(scheme=scheme).delete()
    lines = {one.symbol: one for one in entries}
    rows.insert(
        SchemeEntry,
        ("scheme", "symbol", "parent", "level", "dots", "title"),
        [(scheme, one.symbol, one.parent, one.level, one.dots, one.title) for one in lines.values()],
    )
    levels = any(one.dots is not None for one in lines.values())
    LoadedScheme.objects.update_or_create(
        scheme=scheme, defaults={"name": name[:200], "sha256": sha256, "rows": len(lines), "has_levels": levels}
    )
    entry.count, entry.digest = len(lines), sha256
    return len(lines)


@action("record.touch")
def touch_records(entry: Entry, after: int, limit: int) -> int:
    """Derives the narrow rows of the records above an id anew (new tables, new rules); answers the last id, or 0."""
    ids = list(
        Record.objects.filter(pk__gt=after, state=Record.State.LIVE).order_by("pk").values_list("pk", flat=True)[:limit]
    )
    stored = storing.statements_of(ids)
    outcomes = [
        storing.Outcome(record, storing.merged([(one.id, load(one.payload)) for one in kept]), fresh=False)
        for record, kept in stored.items()
    ]
    storing.write(outcomes, 0, undo=False)
    entry.count = len(ids)
    return ids[-1] if ids else 0
