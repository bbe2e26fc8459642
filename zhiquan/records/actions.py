"""The writes of what we hold: open a batch, store, stop, close, undo; mappings and tables; what people decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.utils import timezone

from patmark.errors import WrongState
from zhiquan.accounts.models import User
from zhiquan.common.action import Entry, action
from zhiquan.records import purging, rows, storing, withdrawing
from zhiquan.records.home import Staged
from zhiquan.records.models import (
    Batch,
    BatchFile,
    Companion,
    Conflict,
    LoadedScheme,
    Merge,
    Patent,
    PlaceDecision,
    Record,
    Reject,
    SavedMapping,
    SchemeEntry,
    Statement,
    Trademark,
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says about an address: the numbers of place and zone (both none: in none of them), and why."""

    address: str
    postcode: str
    place: int | None
    zone: int | None = None
    note: str = ""


#: Records undone in one transaction: each costs a merge, so far fewer than an import stores.
UNDO_AT_ONCE = 100
#: Statements removed in one transaction.
PURGE_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Handed:
    """How a batch came in: `background` is read by the worker, once confirmed where `held`; `inbox` see `Batch`."""

    background: bool = False
    held: bool = False
    inbox: str = ""


@action("batch.open")
def open_batch(
    entry: Entry,
    name: str,
    files: Sequence[Staged],
    *,
    mapping: str = "",
    sample: bool = False,
    handed: Handed = Handed(),
) -> Batch:
    """A new batch with its files, nothing read yet; those that are only companions of the others are kept beside."""
    Counters.objects.get_or_create(pk=1)
    state = Batch.State.HELD if handed.held else Batch.State.RUNNING
    how = {"state": state, "background": handed.background, "inbox": handed.inbox, "sample": sample}
    batch = Batch.objects.create(name=name[:200], actor=_person(entry), **how)
    for one in files:
        kept = {"batch": batch, "name": one.name[:500], "sha256": one.sha256, "size": one.size}
        if one.companion:
            Companion.objects.create(**kept, media_type=one.media_type)
        else:
            BatchFile.objects.create(**kept, mapping=mapping)
    entry.target, entry.count = f"records.batch:{batch.pk}", len(files)
    return batch


def _person(entry: Entry) -> User | None:
    user = entry.actor.user
    return user if isinstance(user, User) and user.is_authenticated else None


@action("batch.queue")
def queue_batch(entry: Entry, batch: Batch) -> None:
    """Hands a batch that is held or stopped to the worker, which reads it from where it stands."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in (Batch.State.HELD, Batch.State.STOPPED):
        raise WrongState(f"{batch}{batch.get_state_display()}，不能开始读取。", mend="请在批次页查看它的状态。")
    batch.state, batch.background, batch.halt = Batch.State.RUNNING, True, ""
    batch.save(update_fields=["state", "background", "halt"])


@action("batch.stop")
def stop_batch(entry: Entry, batch: Batch, *, because: str = "") -> None:
    """Stops the reading of a batch: what is stored stays, and it can be continued or undone. `because`: the fault."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.RUNNING:
        raise WrongState(f"{batch}{batch.get_state_display()}，没有在读取。", mend="请在批次页查看它的状态。")
    batch.state, batch.halt = Batch.State.STOPPED, because[:300]
    batch.save(update_fields=["state", "halt"])
    entry.after = {"because": because[:200]}


@action("batch.map")
def map_file(entry: Entry, file: BatchFile, mapping: str) -> None:
    """Chooses the saved mapping by which a file of a held batch will be read; empty: the shipped ones."""
    if Batch.objects.select_for_update().get(pk=file.batch_id).state != Batch.State.HELD:
        raise WrongState("这个文件已经开始读取，不能再改列对应。", mend="可以撤销批次后重新上传。")
    entry.before, entry.after = {"mapping": file.mapping}, {"mapping": mapping}
    file.mapping = mapping
    file.save(update_fields=["mapping"])


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
    batch.state = Batch.State.UNDONE if batch.state == Batch.State.HELD else Batch.State.UNDOING
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


@action("batch.purge")
def purge_batch(entry: Entry, batch: Batch) -> int:
    """Removes some of what an undone batch left behind, for good; answers how many statements, 0 when all is gone."""
    if Batch.objects.select_for_update().get(pk=batch.pk).state != Batch.State.UNDONE:
        raise WrongState(f"{batch}{batch.get_state_display()}，不能清除。", mend="请先撤销它。")
    entry.count = purging.purge(batch, PURGE_AT_ONCE)
    return entry.count


@action("reject.mend")
def note_mended(entry: Entry, reject: Reject, file: BatchFile) -> None:
    """Notes the small file with which a reject was mended."""
    entry.before, entry.after = {"file": reject.mended_id}, {"file": file.pk}
    reject.mended = file
    reject.save(update_fields=["mended"])


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
    _derive_anew(ids)
    entry.count = len(ids)
    return ids[-1] if ids else 0


def _derive_anew(ids: Sequence[int]) -> None:
    stored = storing.statements_of(ids)
    outcomes = [
        storing.Outcome(record, storing.merged(storing.loaded(kept)), fresh=False) for record, kept in stored.items()
    ]
    storing.write(outcomes, 0, undo=False)


@action("place.decide")
def decide_place(entry: Entry, key: int, answer: Answer) -> PlaceDecision:
    """Keeps what a person says about an address; `apply_place` brings its records to it."""
    before = PlaceDecision.objects.filter(key=key).first()
    said = {"place": answer.place, "zone": answer.zone}
    entry.before = {"place": before.place, "zone": before.zone} if before and before.active else {}
    entry.after = {"address": answer.address[:200], **said}
    told = {"address": answer.address, "postcode": answer.postcode[:20], "note": answer.note[:300], **said}
    state = {"actor": _person(entry), "active": True, "pending": True, "cursor": 0}
    return PlaceDecision.objects.update_or_create(key=key, defaults=told | state)[0]


@action("place.withdraw")
def withdraw_place(entry: Entry, decision: PlaceDecision) -> None:
    """Takes a decision back: the rule decides about the address again, once `apply_place` has gone through."""
    entry.before = {"place": decision.place, "zone": decision.zone}
    decision.active, decision.pending, decision.cursor = False, True, 0
    decision.save()


@action("place.apply")
def apply_place(entry: Entry, decision: PlaceDecision, limit: int) -> int:
    """Brings the next records with this address to the decision; answers how many, 0 when all of them are."""
    ids: list[int] = []
    for model in (Patent, Trademark):
        rest = model.objects.filter(address_key=decision.key, record_id__gt=decision.cursor)
        ids += rest.order_by("record_id").values_list("record_id", flat=True)[:limit]
    ids = sorted(ids)[:limit]
    _derive_anew(ids)
    decision.cursor, decision.pending = (ids[-1] if ids else decision.cursor), bool(ids)
    # Not `save`: the day of the decision stays the day it was made.
    PlaceDecision.objects.filter(pk=decision.pk).update(cursor=decision.cursor, pending=decision.pending)
    entry.count = len(ids)
    return len(ids)


@action("conflict.settle")
def settle_conflict(entry: Entry, conflict: Conflict, owner: Record | None, *, note: str = "") -> None:
    """Settles to which of two records the number belongs that both bear; none: it stays with both."""
    conflict.settled, conflict.owner, conflict.note = True, owner, note[:300]
    conflict.save(update_fields=["settled", "owner", "note"])
    entry.after = {"number": conflict.number, "owner": owner.key if owner else None}


@action("merge.undo")
def take_back_merge(entry: Entry, merge: Merge) -> None:
    """Parts two records that had become one: what the absorbed one held stands under it again."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    entry.count = withdrawing.take_back(merge)
    merge.taken_back = timezone.now()
    merge.save(update_fields=["taken_back"])
    entry.after = {"kept": merge.kept_id, "absorbed": merge.absorbed_id}
