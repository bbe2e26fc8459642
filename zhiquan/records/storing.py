"""Inside the transaction of one chunk: match documents to records, keep the statements, derive the rows anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from patmark.differences import Difference, differences
from patmark.merging import Stated, merge_patents, merge_trademarks
from patmark.packing import load
from patmark.patent import Patent
from patmark.trademark import Trademark
from zhiquan.records import derive, rows
from zhiquan.records.matching import MEETING, Match, Matcher
from zhiquan.records.models import (
    BatchFile,
    Change,
    Conflict,
    Merge,
    Number,
    Record,
    Reject,
    Restatement,
    Statement,
    Subject,
)
from zhiquan.records.models import (
    Sequence as Counters,
)
from zhiquan.records.prepare import Chunk, Prepared

#: Added to statement ids to order statements of this chunk, which have none yet, behind all that are stored.
_LATER = 1 << 60


@dataclass(slots=True)
class Tally:
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0


@dataclass(slots=True)
class Kept:
    """A stored statement as a chunk needs it."""

    id: int
    record: int
    file: int
    digest: bytes
    payload: bytes


@dataclass(slots=True)
class Outcome:
    """What is to be written for one record: its merged state now, the documents added, and what that changed."""

    record_id: int
    record: Patent | Trademark | None
    fresh: bool
    added: tuple[Prepared, ...] = ()
    changes: list[Difference] = field(default_factory=list)


def merged(statements: Sequence[tuple[int, Patent | Trademark]]) -> Patent | Trademark | None:
    """The record its statements make, given as (order, document); None without any."""
    if not statements:
        return None
    if len(statements) == 1:
        return statements[0][1]
    patents = [Stated(one, order) for order, one in statements if isinstance(one, Patent)]
    if patents:
        return merge_patents(patents).record
    return merge_trademarks([Stated(one, order) for order, one in statements if isinstance(one, Trademark)]).record


def take(counter: str, count: int) -> int:
    """The next `count` numbers of a counter, as the last one before them; the row stays locked until the commit."""
    table = connection.ops.quote_name(Counters._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {counter} = {counter} + %s WHERE id = 1 RETURNING {counter}", [count])
        return int(cursor.fetchone()[0]) - count


def store(file: BatchFile, chunk: Chunk) -> Tally:
    """Stores a chunk of a file and moves its cursor; the caller's transaction makes it all or nothing."""
    tally = Tally(rejected=len(chunk.rejects))
    first_id = take("record", len(chunk.documents)) + 1
    match = _match(chunk.documents, first_id)
    stored = statements_of([one for one in match.record_of if one not in match.fresh] + list(match.absorbed))
    for absorbed, kept in match.absorbed.items():
        if absorbed not in match.fresh:
            stored[kept].extend(stored.pop(absorbed, []))
    by_record: dict[int, list[Prepared]] = defaultdict(list)
    for document, record in zip(chunk.documents, match.record_of, strict=True):
        by_record[record].append(document)
    comparison = Comparison(file, match, tally)
    told = [comparison.outcome(record, documents, stored[record]) for record, documents in by_record.items()]
    outcomes = [one for one in told if one is not None]
    write(outcomes, file.batch_id, undo=False)
    _keep(outcomes, file)
    _absorb(match, stored, file.batch_id)
    _conflicts(match, chunk, file)
    _rejects(file, chunk)
    file.new += tally.new
    file.changed += tally.changed
    file.same += tally.same
    file.rejected += tally.rejected
    file.cursor = chunk.last + 1
    rows.update(
        BatchFile,
        ("new", "changed", "same", "rejected", "cursor"),
        [(file.new, file.changed, file.same, file.rejected, file.cursor, file.pk)],
    )
    return tally


def _match(documents: Sequence[Prepared], first_id: int) -> Match:
    keys = {number.key for one in documents for number in one.numbers if number.kind in MEETING}
    known: dict[tuple[int, str], list[int]] = defaultdict(list)
    for record, kind, key in rows.select(Number, ("record_id", "kind", "key"), "key", keys):
        known[(kind, key)].append(record)
    ids = {record for records in known.values() for record in records}
    deciding = {
        record: key
        for record, kind, key in rows.select(Number, ("record_id", "kind", "key"), "record_id", ids)
        if kind in (Number.Kind.APPLICATION, Number.Kind.TRADEMARK)
    }
    matcher = Matcher(known, deciding, first_id)
    for one in documents:
        matcher.place(len(matcher.match.record_of), one.numbers)
    return matcher.match


def statements_of(records: Iterable[int]) -> dict[int, list[Kept]]:
    found: dict[int, list[Kept]] = defaultdict(list)
    fields = ("id", "record_id", "file_id", "digest", "payload", "withdrawn")
    for pk, record, file, digest, payload, withdrawn in rows.select(Statement, fields, "record_id", set(records)):
        if not withdrawn:
            found[record].append(Kept(pk, record, file, bytes(digest), bytes(payload)))
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents of a chunk held against what their records already say; counts as it goes."""

    file: BatchFile
    match: Match
    tally: Tally

    def outcome(self, record: int, documents: Sequence[Prepared], stored: Sequence[Kept]) -> Outcome | None:
        """What one record becomes by these documents; None where they say nothing it did not hold."""
        added = self._added(documents, {one.digest: one.id for one in stored})
        joined = record in self.match.absorbed.values()
        if not added and not joined:
            return None
        held = [(one.id, one.record, load(one.payload)) for one in stored]
        own = merged([(order, document) for order, under, document in held if under == record])
        every = [(order, document) for order, _, document in held]
        now = merged([*every, *((_LATER + one.index, one.record) for one in added)])
        fresh = record in self.match.fresh
        changes = differences(own, now) if own is not None and now is not None else []
        self._count(len(added), fresh=fresh, changed=bool(changes) or joined)
        return Outcome(record, now, fresh, added, changes)

    def _added(self, documents: Sequence[Prepared], known: Mapping[bytes, int]) -> tuple[Prepared, ...]:
        """The documents that say something new; one said before keeps its statement standing, should that be undone."""
        added: dict[bytes, Prepared] = {}
        again = [known[one.digest] for one in documents if one.digest in known]
        rows.insert(Restatement, ("statement", "file"), [(statement, self.file.pk) for statement in again])
        for one in documents:
            if one.digest not in known:
                added.setdefault(one.digest, one)
        self.tally.same += len(documents) - len(added)
        return tuple(added.values())

    def _count(self, added: int, *, fresh: bool, changed: bool) -> None:
        if fresh:
            self.tally.new += 1
            self.tally.changed += added - 1
        elif changed:
            self.tally.changed += added
        else:
            self.tally.same += added


def write(outcomes: Sequence[Outcome], batch: int, *, undo: bool) -> None:
    """Writes records and everything derived from them, each under a change number of its own."""
    last = take("change", len(outcomes))
    bundle = derive.Bundle()
    history: list[tuple[Any, ...]] = []
    now = timezone.now()
    for change, one in enumerate(outcomes, last + 1):
        bundle.add(one.record_id, one.record, change, fresh=one.fresh)
        history += [
            (one.record_id, change, batch, undo, each.field[:60], each.old, each.new, now) for each in one.changes
        ]
    bundle.write()
    rows.insert(Change, ("record", "change", "batch", "undo", "field", "old", "new", "at"), history)


def _keep(outcomes: Sequence[Outcome], file: BatchFile) -> None:
    """Writes the documents themselves, whole, each under its record."""
    rows.insert(
        Statement,
        ("record", "file", "index", "position", "digest", "payload", "withdrawn"),
        [
            (outcome.record_id, file.pk, one.index, one.position[:300], one.digest, one.payload, False)
            for outcome in outcomes
            for one in outcome.added
        ],
    )


def _absorb(match: Match, stored: dict[int, list[Kept]], batch: int) -> None:
    """Empties records that proved to be another one: their statements stand under that one from now on."""
    gone = {one: kept for one, kept in match.absorbed.items() if one not in match.fresh}
    if not gone:
        return
    moved = {one: [kept.id for kept in stored[into] if kept.record == one] for one, into in gone.items()}
    rows.update(Statement, ("record",), [(gone[one], pk) for one, ids in moved.items() for pk in ids])
    last = take("change", len(gone))
    rows.update(
        Record,
        ("state", "change"),
        [(Record.State.ABSORBED, change, one) for change, one in enumerate(gone, last + 1)],
    )
    derive.forget(gone)
    for one, into in gone.items():
        Merge.objects.create(
            kept_id=into, absorbed_id=one, batch_id=batch, reason="同一文件同时载有两者的号码", statements=moved[one]
        )


def _conflicts(match: Match, chunk: Chunk, file: BatchFile) -> None:
    rows.insert(
        Conflict,
        ("record", "other", "file", "position", "number", "settled"),
        [
            (record, other, file.pk, chunk.documents[at].position[:300], number, False)
            for at, record, other, number in match.conflicts
        ],
    )


def _rejects(file: BatchFile, chunk: Chunk) -> None:
    rows.insert(
        Reject,
        ("file", "index", "position", "reason", "mend", "raw"),
        [
            (file.pk, index, one.position[:300], one.sentence, one.mend, one.raw.replace("\0", "␀"))
            for index, one in chunk.rejects
        ],
    )


def subject_of(record: Patent | Trademark) -> int:
    return Subject.PATENT if isinstance(record, Patent) else Subject.TRADEMARK
