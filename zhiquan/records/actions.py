"""The writes of what we hold: open a batch, store a chunk, close, undo; save a mapping, load a reference table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.utils import timezone

from patmark.errors import WrongState
from zhiquan.accounts.models import User
from zhiquan.common.action import Entry, action
from zhiquan.records import rows, storing, withdrawing
from zhiquan.records.home import Staged
from zhiquan.records.models import (
    Batch,
    BatchFile,
    Companion,
    LoadedScheme,
    Record,
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
    """A new batch with its files, nothing read yet; those that are only companions of the others are kept beside."""
    user = entry.actor.user
    actor = user if isinstance(user, User) and user.is_authenticated else None
    Counters.objects.get_or_create(pk=1)
    batch = Batch.objects.create(name=name[:200], actor=actor, sample=sample)
    for one in files:
        kept = {"batch": batch, "name": one.name[:500], "sha256": one.sha256, "size": one.size}
        if one.companion:
            Companion.objects.create(**kept, media_type=one.media_type)
        else:
            BatchFile.objects.create(**kept, mapping=mapping)
    entry.target, entry.count = f"records.batch:{batch.pk}", len(files)
    return batch


@action("batch.store")
def store_chunk(entry: Entry, file: BatchFile, chunk: Chunk) -> storing.Tally:
    """Stores a chunk and moves the file's cursor, all or nothing."""
    entry.count, entry.digest = len(chunk), chunk.digest
    tally = storing.store(file, chunk)
    entry.after = {"new": tally.new, "changed": tally.changed, "same": tally.same, "rejected": tally.rejected}
    return tally


@action("batch.start")
def start_file(entry: Entry, file: BatchFile, *, kind: str) -> None:
    """Notes what kind of file it is and that reading has begun."""
    file.kind, file.state = kind, BatchFile.State.RUNNING
    file.save(update_fields=["kind", "state"])


@action("batch.finish")
def finish_file(entry: Entry, file: BatchFile, *, refusal: str = "") -> None:
    """The file is read to its end, or cannot be read (further); what it stored before stays."""
    file.state = BatchFile.State.REFUSED if refusal else BatchFile.State.DONE
    file.refusal = refusal
    file.save(update_fields=["state", "refusal"])
    entry.after = {"state": file.get_state_display(), "refusal": refusal[:200]}


@action("batch.twin")
def note_twin(entry: Entry, file: BatchFile, twin: BatchFile) -> bool:
    """The same bytes were imported before and still stand: nothing is stored again. False where they no longer do."""
    if Batch.objects.select_for_update().get(pk=twin.batch_id).state != Batch.State.DONE:
        return False
    file.twin, file.kind, file.data_date = twin, twin.kind, twin.data_date
    file.state = BatchFile.State.DONE
    file.same = twin.new + twin.changed + twin.same
    file.rejected = twin.rejected
    file.save()
    entry.after = {"twin": twin.pk}
    return True


@action("batch.close")
def close_batch(entry: Entry, batch: Batch) -> None:
    batch.state, batch.finished = Batch.State.DONE, timezone.now()
    batch.save(update_fields=["state", "finished"])


@action("batch.undo")
def undo_batch(entry: Entry, batch: Batch) -> int:
    """Marks a batch as being taken back; `undo_portion` does it, portion by portion, until it answers 0."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == Batch.State.UNDONE:
        raise WrongState(f"{batch}已经撤销，不能再撤销一次。", mend="可在批次列表中查看它的状态。")
    batch.state = Batch.State.UNDOING
    batch.save(update_fields=["state"])
    return Statement.objects.filter(file__batch=batch, withdrawn=False).values("record").distinct().count()


@action("batch.undo.portion")
def undo_portion(entry: Entry, batch: Batch) -> int:
    """Takes back what the batch said about some records; answers how many, 0 when all is done."""
    records = withdrawing.portion(batch, UNDO_AT_ONCE)
    if records:
        withdrawing.withdraw(batch, records)
    else:
        batch.state = Batch.State.UNDONE
        batch.save(update_fields=["state"])
    entry.count = len(records)
    entry.digest = blake2b(",".join(map(str, records)).encode(), digest_size=16).hexdigest()
    return len(records)


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
        storing.Outcome(record, storing.merged(storing.loaded(kept)), fresh=False) for record, kept in stored.items()
    ]
    storing.write(outcomes, 0, undo=False)
    entry.count = len(ids)
    return ids[-1] if ids else 0
