"""Inside the transaction of one portion of an undo: withdraw statements, part what only they held together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from patmark.differences import differences
from patmark.errors import WrongState
from zhiquan.records import rows, storing
from zhiquan.records.matching import DECIDING, apart, numbers_of
from zhiquan.records.models import Batch, BatchFile, Conflict, Merge, Number, Record, Restatement, Statement
from zhiquan.records.storing import Kept, Outcome

#: Batches whose files stand.
_STANDING = [Batch.State.DONE, Batch.State.RUNNING, Batch.State.STOPPED]


def portion(batch: Batch, count: int) -> list[int]:
    """The next records of which the batch still says something, at most so many."""
    # In no order: sorting would go through everything that is left, portion after portion.
    mine = Statement.objects.filter(file__in=batch.files.order_by().values("pk"), withdrawn=False)
    return list(mine.order_by().values_list("record_id", flat=True).distinct()[:count])


def withdraw(batch: Batch, records: Sequence[int]) -> None:
    """Takes back what the batch says of these records.

    1. A statement that a standing file repeated, as a row or by being the same file, passes to that file.
    2. Every other statement of the batch is withdrawn.
    3. What hung together only by withdrawn statements is parted: an absorbed record lives again.
    4. The records are merged anew from what still stands: a value set again by a later batch stays.
    """
    stored = storing.statements_of(records)
    said_in = {one.file for kept in stored.values() for one in kept}
    own = set(batch.files.filter(pk__in=said_in).values_list("pk", flat=True))
    mine = [one for kept in stored.values() for one in kept if one.file in own]
    heirs = _heirs(batch, mine)
    withdrawn = {one.id for one in mine if one.id not in heirs}
    rows.update(Statement, ("file",), [(heirs[one.id], one.id) for one in mine if one.id in heirs])
    rows.update(Statement, ("withdrawn",), [(True, pk) for pk in withdrawn])
    parting = _Parting(withdrawn)
    for record, kept in stored.items():
        if any(one.id in withdrawn for one in kept):
            parting.part(record, kept)
    rows.update(Statement, ("record",), parting.moved)
    storing.write(parting.outcomes, batch.pk, undo=True)
    Merge.objects.filter(pk__in=parting.undone).delete()
    _settle([one.record_id for one in parting.outcomes])


def _heirs(batch: Batch, mine: Sequence[Kept]) -> dict[int, int]:
    """Statements a standing file of another batch repeats: statement → that file, the earliest."""
    standing = Q(file__batch__state__in=_STANDING) & ~Q(file__batch=batch)
    repeated = Restatement.objects.filter(standing, statement__in=[one.id for one in mine]).order_by("-file_id")
    heirs = dict(repeated.values_list("statement_id", "file_id"))
    twins = _twins(batch, {one.file for one in mine})
    return {one.id: twins[one.file] for one in mine if one.file in twins} | heirs


def _twins(batch: Batch, files: Iterable[int]) -> dict[int, int]:
    """Those of the batch's files whose very bytes stand in another batch: file → that other file."""
    found = {}
    for file in BatchFile.objects.filter(pk__in=list(files), mapping=""):
        same = BatchFile.objects.filter(sha256=file.sha256, mapping="", state=BatchFile.State.DONE)
        twin = same.filter(batch__state__in=_STANDING).exclude(batch=batch).order_by("pk").first()
        if twin is not None:
            found[file.pk] = twin.pk
    return found


@dataclass(slots=True)
class _Parting:
    """Gathers what becomes of each record without the withdrawn statements."""

    withdrawn: set[int]
    outcomes: list[Outcome] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)

    def part(self, record: int, kept: Sequence[Kept]) -> None:
        said = storing.loaded(sorted(kept, key=lambda one: one.id))
        standing = [pair for pair in said if pair[0] not in self.withdrawn]
        numbers = [numbers_of(document) for _, document in standing]
        parts = [[standing[at] for at in places] for places in apart(numbers)]
        bears = {pair[0] for pair, own in zip(standing, numbers, strict=True) if any(n.kind in DECIDING for n in own)}
        # The record's address stays with the application number, else with what was said first.
        parts.sort(key=lambda part: (not any(order in bears for order, _ in part), part[0][0]))
        before, after = storing.merged(said), storing.merged(parts[0] if parts else [])
        changes = differences(before, after) if before and after else []
        self.outcomes.append(Outcome(record, after, fresh=False, changes=changes))
        merges = _merges_into(record) if len(parts) > 1 else []
        for part in parts[1:]:
            self._revive(part, merges)

    def _revive(self, part: Sequence[tuple[int, storing.Document]], merges: list[Merge]) -> None:
        """A part lives on as the record it was before a merge, else as a new one."""
        orders = {order for order, _ in part}
        merge = next((one for one in merges if orders & set(one.statements)), None)
        if merge is None:
            record = storing.take("record", 1) + 1
        else:
            merges.remove(merge)
            self.undone.append(merge.pk)
            record = merge.absorbed_id
        self.moved += [(record, order) for order in sorted(orders)]
        self.outcomes.append(Outcome(record, storing.merged(part), fresh=merge is None))


def take_back(merge: Merge) -> int:
    """Gives an absorbed record back what it held when it was absorbed and still stands; answers how many statements.

    Raises WrongState where nothing of it stands any more, or nothing would be left of the record that took it.
    """
    said = storing.loaded(storing.statements_of([merge.kept_id]).get(merge.kept_id, ()))
    going = [pair for pair in said if pair[0] in set(merge.statements)]
    staying = [pair for pair in said if pair[0] not in set(merge.statements)]
    if merge.taken_back or not going or not staying:
        raise WrongState("这次合并已经取消，或者有一方的来源已撤销，分不开了。", mend="请查看两条记录的来源。")
    before, after = storing.merged(said), storing.merged(staying)
    changes = differences(before, after) if before and after else []
    rows.update(Statement, ("record",), [(merge.absorbed_id, order) for order, _ in going])
    storing.write(
        [
            Outcome(merge.kept_id, after, fresh=False, changes=changes),
            Outcome(merge.absorbed_id, storing.merged(going), fresh=False),
        ],
        merge.batch_id,
        undo=True,
    )
    return len(going)


def _merges_into(record: int) -> list[Merge]:
    """The merges that led to a record, directly or through others; the most particular first."""
    found: list[Merge] = []
    into = [record]
    while into:
        merges = list(Merge.objects.filter(kept__in=into, absorbed__state=Record.State.ABSORBED))
        found += merges
        into = [one.absorbed_id for one in merges]
    return sorted(found, key=lambda one: (len(one.statements), one.pk))


def _settle(records: Iterable[int]) -> None:
    """Removes the conflicts of records that no longer bear one number."""
    touched = list(records)
    for conflict in Conflict.objects.filter(Q(record__in=touched) | Q(other__in=touched)):
        both = {conflict.record_id, conflict.other_id}
        bearers = Number.objects.filter(key=conflict.number, record__in=both).values_list("record_id", flat=True)
        if set(bearers) != both:
            conflict.delete()
