"""Inside the transaction of one chunk: match documents to records, keep the statements, derive the rows anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from patmark.differences import Difference, differences
from patmark.errors import BadRecord
from patmark.merging import Stated, merge_patents, merge_trademarks
from patmark.packing import load
from patmark.patent import Patent
from patmark.trademark import Trademark
from zhiquan.records import derive, rows
from zhiquan.records.matching import DECIDING, MEETING, Match, Matcher, Numbered, numbers_of
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
)
from zhiquan.records.models import (
    Sequence as Counters,
)
from zhiquan.records.prepare import Chunk, Prepared

#: Added to the places of documents to order those of this chunk, which have no id yet, behind all that are stored.
_LATER = 1 << 60
#: Up to so many statements of a record each further one is compared with what stood before; merging costs by number.
_COMPARED = 64
#: No record has more statements: a column of one number for everything would cost the square of its rows.
MOST_STATEMENTS = 2_000

Document = Patent | Trademark


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
    record: Document | None
    fresh: bool
    added: tuple[Prepared, ...] = ()
    changes: list[Difference] = field(default_factory=list)

    @property
    def numbers(self) -> tuple[Numbered, ...]:
        """The numbers of the merged record; those of its one document are known already."""
        if self.fresh and len(self.added) == 1 and self.record is self.added[0].record:
            return self.added[0].numbers
        return numbers_of(self.record) if self.record is not None else ()


def merged(statements: Sequence[tuple[int, Document]]) -> Document | None:
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
    match = _match(chunk.documents, take("record", len(chunk.documents)) + 1)
    stored = statements_of({*match.record_of, *match.absorbed} - match.fresh)
    places: dict[int, list[int]] = defaultdict(list)
    for at, record in enumerate(match.record_of):
        places[record].append(at)
    comparison = Comparison(file, chunk, match, stored)
    outcomes = [one for record, own in places.items() if (one := comparison.outcome(record, own)) is not None]
    write(outcomes, file.batch_id, undo=False)
    _keep(outcomes, file)
    rows.insert(Restatement, ("statement", "file"), [(pk, file.pk) for pk in comparison.restated])
    _absorb(match, stored, file.batch_id)
    _conflicts(match, chunk, file)
    _rejects(file, chunk)
    tally = comparison.tally
    tally.rejected = len(chunk.rejects)
    _count(file, chunk, tally)
    return tally


def _count(file: BatchFile, chunk: Chunk, tally: Tally) -> None:
    """Brings the row of the file up to the end of the chunk."""
    file.new += tally.new
    file.changed += tally.changed
    file.same += tally.same
    file.rejected += tally.rejected
    file.cursor = chunk.last + 1
    days = [one.record.data_date for one in chunk.documents if one.record.data_date]
    file.data_date = max([*days, *filter(None, [file.data_date])], default=None)
    names = ("new", "changed", "same", "rejected", "cursor", "data_date")
    rows.update(BatchFile, names, [(*(getattr(file, name) for name in names), file.pk)])


def _match(documents: Sequence[Prepared], first_id: int) -> Match:
    keys = {number.key for one in documents for number in one.numbers if number.kind in MEETING}
    known: dict[tuple[int, str], list[int]] = defaultdict(list)
    for record, kind, key in rows.select(Number, ("record_id", "kind", "key"), "key", keys):
        known[(kind, key)].append(record)
    ids = {record for records in known.values() for record in records}
    deciding = {
        record: key
        for record, kind, key in rows.select(Number, ("record_id", "kind", "key"), "record_id", ids)
        if kind in DECIDING
    }
    matcher = Matcher(known, deciding, first_id)
    for one in documents:
        matcher.place(one.numbers)
    return matcher.match


def statements_of(records: Iterable[int]) -> dict[int, list[Kept]]:
    found: dict[int, list[Kept]] = defaultdict(list)
    fields = ("id", "record_id", "file_id", "digest", "payload", "withdrawn")
    for pk, record, file, digest, payload, withdrawn in rows.select(Statement, fields, "record_id", set(records)):
        if not withdrawn:
            found[record].append(Kept(pk, record, file, bytes(digest), bytes(payload)))
    return found


@dataclass(slots=True)
class Comparison:
    """The documents of a chunk held against what their records already say; counts as it goes.

    How a file is cut into chunks decides nothing: each document is counted by what it changed when its turn came.
    """

    file: BatchFile
    chunk: Chunk
    match: Match
    stored: Mapping[int, list[Kept]]
    tally: Tally = field(default_factory=Tally)
    restated: set[int] = field(default_factory=set)

    def outcome(self, record: int, places: Sequence[int]) -> Outcome | None:
        """What a record becomes by its documents; None where they say nothing it did not hold."""
        own = self.stored.get(record, [])
        joining = [one for one in self.match.absorbed if self.match.now(one) == record]
        held = [*own, *(kept for one in joining for kept in self.stored.get(one, []))]
        added = self._added(places, held)
        if not added and not joining:
            return None
        outcome = Outcome(record, None, record in self.match.fresh, tuple(self.chunk.documents[at] for at in added))
        born_here = all(one.file == self.file.pk for one in held)
        said = loaded(own)
        said += [pair for one in joining if self.match.bridges[one] not in added for pair in self._loaded(one)]
        state = merged(said)
        for at in added:
            said += [pair for one in joining if self.match.bridges[one] == at for pair in self._loaded(one)]
            said.append((_LATER + at, self.chunk.documents[at].record))
            after = merged(said) if len(said) <= _COMPARED else None
            changes = differences(state, after) if state and after and after != state else []
            self._count(at, bool(changes) or after is None)
            # A file that brings a record and then adds to it has changed nothing anybody knew.
            outcome.changes += [one for one in changes if one.old or not born_here]
            state = after or state
        outcome.record = merged(said) if len(said) > _COMPARED else state
        return outcome

    def _loaded(self, record: int) -> list[tuple[int, Document]]:
        return loaded(self.stored.get(record, []))

    def _added(self, places: Sequence[int], held: Sequence[Kept]) -> list[int]:
        """The documents that say something new; of the others it is noted who repeated what."""
        known = {one.digest: one for one in held}
        added: dict[bytes, int] = {}
        for at in places:
            document = self.chunk.documents[at]
            if document.digest in known:
                before = known[document.digest]
                self.tally.same += 1
                if before.file != self.file.pk:
                    self.restated.add(before.id)
            elif document.digest in added:
                self.tally.same += 1
            elif len(held) + len(added) >= MOST_STATEMENTS:
                self.chunk.rejects.append((document.index, _too_many(document.position)))
            else:
                added[document.digest] = at
        return list(added.values())

    def _count(self, at: int, changed: bool) -> None:
        if at in self.match.openers:
            self.tally.new += 1
        elif changed:
            self.tally.changed += 1
        else:
            self.tally.same += 1


def _too_many(position: str) -> BadRecord:
    sentence = f"这个号码下已有 {MOST_STATEMENTS} 条内容不同的记载，没有再存。"
    return BadRecord(sentence, position=position, mend="请核对号码一列：是不是许多行写了同一个号码？")


def loaded(statements: Iterable[Kept]) -> list[tuple[int, Document]]:
    """Stored statements as (order, document)."""
    return [(one.id, load(one.payload)) for one in statements]


def write(outcomes: Sequence[Outcome], batch: int, *, undo: bool) -> None:
    """Writes records and everything derived from them, each under a change number of its own."""
    last = take("change", len(outcomes))
    bundle = derive.Bundle()
    history: list[tuple[Any, ...]] = []
    now = timezone.now()
    for change, one in enumerate(outcomes, last + 1):
        bundle.add(one.record_id, one.record, change, numbers=one.numbers, fresh=one.fresh)
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


def _absorb(match: Match, stored: Mapping[int, list[Kept]], batch: int) -> None:
    """Empties records that proved to be another one: their statements stand under that one from now on."""
    gone = {one: match.now(one) for one in match.absorbed if one not in match.fresh}
    if not gone:
        return
    moved = {one: [kept.id for kept in stored.get(one, [])] for one in gone}
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
            kept_id=into, absorbed_id=one, batch_id=batch, reason="同一份文件同时载有两者的号码", statements=moved[one]
        )


def _conflicts(match: Match, chunk: Chunk, file: BatchFile) -> None:
    """Notes each pair of records that bear one number, once."""
    found = {
        (match.now(record), match.now(other), number): chunk.documents[at].position[:300]
        for at, record, other, number in reversed(match.conflicts)
    }
    if found:
        records = {record for record, _, _ in found}
        known = set(rows.select(Conflict, ("record_id", "other_id", "number"), "record_id", records))
        new = [(*key, file.pk, position, False) for key, position in found.items() if key not in known]
        rows.insert(Conflict, ("record", "other", "number", "file", "position", "settled"), reversed(new))


def _rejects(file: BatchFile, chunk: Chunk) -> None:
    rows.insert(
        Reject,
        ("file", "index", "position", "reason", "mend", "raw"),
        [
            (file.pk, index, one.position[:300], one.sentence, one.mend, one.raw.replace("\0", "␀"))
            for index, one in chunk.rejects
        ],
    )
