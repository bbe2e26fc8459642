"""A batch as its page shows it: where it stands, how fast it goes, what it brought, and what an undo would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from zhiquan.records import progress, working
from zhiquan.records.home import held
from zhiquan.records.mending import open_rejects_of
from zhiquan.records.models import Batch, BatchFile, Companion, Merge, Restatement, Statement
from zhiquan.records.progress import Progress

_COUNTS = ("new", "changed", "same", "rejected")


class Phase(StrEnum):
    """What is happening to a batch, which its state alone does not tell: one that runs may only be waiting."""

    HELD = "held"
    WAITING = "waiting"
    READING = "reading"
    STOPPED = "stopped"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


_PHASES = {
    Batch.State.DONE: Phase.DONE,
    Batch.State.UNDONE: Phase.UNDONE,
    Batch.State.UNDOING: Phase.UNDOING,
    Batch.State.STOPPED: Phase.STOPPED,
    Batch.State.HELD: Phase.HELD,
}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a batch stands now. `ahead` batches come first; `idle`: nobody is there to do the work."""

    batch: Batch
    phase: Phase
    new: int
    changed: int
    same: int
    rejected: int
    files_done: int
    files: int
    open_rejects: int = 0
    ahead: int = 0
    idle: bool = False
    progress: Progress | None = None

    @property
    def live(self) -> bool:
        """Whether the page should look again soon."""
        return self.phase in (Phase.WAITING, Phase.READING, Phase.UNDOING)

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same + self.rejected

    @property
    def percent(self) -> int | None:
        """How much is done, where that is known."""
        if self.progress is None or self.progress.share is None:
            return None
        return min(99, int(self.progress.share * 100))

    @property
    def speed(self) -> int:
        return round(self.progress.speed) if self.progress else 0

    @property
    def left(self) -> str:
        """The time left in words; empty where nothing can be said."""
        seconds = self.progress.left if self.progress else None
        if seconds is None:
            return ""
        if seconds < 60:
            return _("不到 1 分钟")
        if seconds < 5_400:
            return _("约 {minutes} 分钟").format(minutes=round(seconds / 60))
        return _("约 {hours} 小时").format(hours=round(seconds / 3_600, 1))


def stand(batch: Batch) -> Stand:
    """Where a batch stands, asked of the rows and of whoever works on it."""
    sums = batch.files.aggregate(**{name: Sum(name, default=0) for name in _COUNTS})
    states = list(batch.files.values_list("state", flat=True))
    phase = _PHASES.get(Batch.State(batch.state)) or _running(batch)
    busy = phase in (Phase.WAITING, Phase.UNDOING)
    return Stand(
        batch,
        phase,
        **sums,
        files_done=sum(state in (BatchFile.State.DONE, BatchFile.State.REFUSED) for state in states),
        files=len(states),
        open_rejects=open_rejects_of(batch).count() if sums["rejected"] else 0,
        ahead=sum(one.pk < batch.pk for one in working.waiting()) if phase is Phase.WAITING else 0,
        idle=busy and _is_free(batch) and not working.is_working(),
        progress=progress.read(batch.pk) if phase in (Phase.READING, Phase.UNDOING) else None,
    )


def _running(batch: Batch) -> Phase:
    return Phase.WAITING if _is_free(batch) else Phase.READING


def _is_free(batch: Batch) -> bool:
    """Whether no process is at work on it now."""
    with held(f"batch-{batch.pk}") as free:
        return free


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a batch back would do, in records.

    `vanish`: only this batch speaks of them. `revert`: others do too, their values return to what those say.
    `kept`: files whose very bytes stand in another batch. `parted`: records that it had brought together.
    """

    vanish: int
    revert: int
    parted: int
    companions: int
    kept: Sequence[BatchFile] = field(default_factory=tuple)

    @property
    def records(self) -> int:
        return self.vanish + self.revert


def undoing(batch: Batch) -> Undoing:
    """What taking this batch back would do as things stand now."""
    files = batch.files.order_by().values("pk")
    mine = Statement.objects.filter(file__in=files, withdrawn=False).order_by()
    touched = mine.values("record").distinct()
    standing = Q(file__batch__state__in=[Batch.State.DONE, Batch.State.RUNNING, Batch.State.STOPPED])
    elsewhere = standing & ~Q(file__batch=batch)
    others = Statement.objects.filter(record__in=touched, withdrawn=False).exclude(file__in=files).order_by()
    repeated = Restatement.objects.filter(elsewhere, statement__in=mine.values("pk")).order_by()
    kept = _kept(batch)
    heirs = Statement.objects.filter(file__in=[one.pk for one in kept], withdrawn=False).order_by()
    stay = set(others.values_list("record", flat=True).distinct())
    stay |= set(repeated.values_list("statement__record", flat=True).distinct())
    stay |= set(heirs.values_list("record", flat=True).distinct())
    total = touched.count()
    return Undoing(
        vanish=total - len(stay),
        revert=len(stay),
        parted=Merge.objects.filter(batch=batch, taken_back=None).count(),
        companions=Companion.objects.filter(batch=batch).count(),
        kept=kept,
    )


def _kept(batch: Batch) -> tuple[BatchFile, ...]:
    """Files of the batch that were handed in again, in a batch that stands: what they say passes to that one."""
    again = BatchFile.objects.filter(twin__in=batch.files.values("pk"), batch__state=Batch.State.DONE)
    return tuple(batch.files.filter(pk__in=again.values("twin")))
