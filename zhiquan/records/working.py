"""The worker: reads the batches that wait, takes back those being undone, applies decisions, looks into the inbox.

The rows are the queue: whatever was going on when a worker died stands in them, and the next one goes on with it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone

from patmark.errors import Problem, WrongState
from zhiquan.common.action import Actor
from zhiquan.records import actions, importing, progress
from zhiquan.records.home import held, raw_path
from zhiquan.records.inbox import Inbox
from zhiquan.records.models import Batch, BatchFile, PlaceDecision, Statement

log = logging.getLogger(__name__)

JOB = Actor("job")
LOCK = "work"
LOOK_EVERY = 0.3
#: A batch that was not opened for the worker is left to the command that opened it for so long.
GRACE = timedelta(seconds=5)
#: Records brought to a decision in one transaction.
AT_ONCE = 200

Stop = Callable[[], bool]


class _HaltedError(Exception):
    """The worker or the batch was told to stop."""


def work(stop: Stop) -> None:
    """Works until told to stop; waits where another worker is at it."""
    inbox = Inbox(settings.ZHIQUAN_INBOX, JOB) if settings.ZHIQUAN_INBOX else None
    while not stop():
        with held(LOCK) as mine:
            while mine and not stop():
                if not step(stop, inbox):
                    time.sleep(LOOK_EVERY)
        time.sleep(LOOK_EVERY)


def is_working() -> bool:
    """Whether a worker runs now."""
    with held(LOCK) as free:
        return not free


def step(stop: Stop, inbox: Inbox | None = None) -> bool:
    """Does the next thing there is to do; False where there was none."""
    if inbox is not None:
        inbox.look_again(time.time())
    return any([_read_next(stop), _undo_next(stop), _decide_next(stop)])


def waiting() -> list[Batch]:
    """The batches to be read, the oldest first; one of them may be being read."""
    ours = Q(background=True) | Q(started__lt=timezone.now() - GRACE)
    return list(Batch.objects.filter(ours, state=Batch.State.RUNNING).order_by("pk"))


def _read_next(stop: Stop) -> bool:
    return any(_read(batch, stop) for batch in waiting() if not stop())


def _read(batch: Batch, stop: Stop) -> bool:
    """Reads one batch to its end or until it is halted; False where another process is reading it."""
    teller = progress.Teller(batch.pk, rows_of(batch))
    teller.tell(teller.rows_before, None)
    try:
        importing.run(JOB, batch, watch=partial(_watch, batch.pk, teller, stop))
    except (_HaltedError, WrongState) as told:
        return isinstance(told, _HaltedError)
    except Problem as problem:
        _stop(batch, str(problem))
    except OperationalError as fault:
        # A database that is busy is asked again; one that is full or torn is for a person to see.
        if "locked" not in str(fault):
            log.exception("%s", batch)
            _stop(batch, f"数据库出错（{fault}）。")
    except Exception:
        log.exception("%s", batch)
        _stop(batch, "读取时平台出了故障，详情在日志里；已存入的不受影响。")
    finally:
        teller.done()
    return True


def _stop(batch: Batch, because: str) -> None:
    try:
        actions.stop_batch(JOB, batch, because=because)
    except WrongState:
        log.info("%s 已由别人停止", batch)


def _watch(pk: int, teller: progress.Teller, stop: Stop, step: importing.Step) -> None:
    if stop() or Batch.objects.filter(pk=pk).values_list("state", flat=True).first() != Batch.State.RUNNING:
        raise _HaltedError
    teller.tell(rows_of(step.file.batch), _share(step.file))


def rows_of(batch: Batch) -> int:
    """How many rows and documents of a batch have been read."""
    return sum(file.new + file.changed + file.same + file.rejected for file in batch.files.all())


def _share(current: BatchFile) -> float | None:
    """How much of the whole batch has been read, by bytes."""
    sizes = dict(BatchFile.objects.filter(batch=current.batch_id).values_list("pk", "size"))
    total = sum(sizes.values())
    here = progress.read_share(raw_path(current.sha256)) if current.state == BatchFile.State.RUNNING else 1.0
    if here is None or not total:
        return None
    before = sum(size for pk, size in sizes.items() if pk < current.pk)
    return (before + here * current.size) / total


def _undo_next(stop: Stop) -> bool:
    undoing = Batch.objects.filter(state=Batch.State.UNDOING).order_by("pk")
    return any(_undo(batch, stop) for batch in undoing if not stop())


def _undo(batch: Batch, stop: Stop) -> bool:
    """Takes a batch back, portion by portion; False where another process is at it."""
    with held(f"batch-{batch.pk}") as mine:
        if not mine:
            return False
        total, done = max(1, standing_records(batch)), 0
        teller = progress.Teller(batch.pk, 0)
        while not stop() and (portion := actions.undo_portion(JOB, batch)):
            done += portion
            teller.tell(done, done / total)
        teller.done()
    return True


def standing_records(batch: Batch) -> int:
    """Of how many records the batch says something that stands."""
    mine = Statement.objects.filter(file__in=batch.files.order_by().values("pk"), withdrawn=False)
    return mine.order_by().values("record").distinct().count()


def _decide_next(stop: Stop) -> bool:
    return any(_decide(decision, stop) for decision in PlaceDecision.objects.filter(pending=True).order_by("at"))


def _decide(decision: PlaceDecision, stop: Stop) -> bool:
    while not stop() and actions.apply_place(JOB, decision, AT_ONCE):
        continue
    return True
