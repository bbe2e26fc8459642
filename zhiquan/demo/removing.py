"""Demonstration data out of the home: the batches undone, then everything they left behind removed for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from patmark.errors import NotFound
from zhiquan.common.action import CONSOLE
from zhiquan.records import actions, importing
from zhiquan.records.home import raw_path
from zhiquan.records.models import Batch, BatchFile, Statement

Watch = Callable[[int, int], None]


def sample_batches() -> list[Batch]:
    """The batches of invented data that have left anything: rows that stand or rows that were withdrawn."""
    return [one for one in Batch.objects.filter(sample=True).order_by("pk") if not _is_gone(one)]


def _is_gone(batch: Batch) -> bool:
    return batch.state == Batch.State.UNDONE and not Statement.objects.filter(file__batch=batch).exists()


def undo(watch: Watch = lambda done, total: None) -> int:
    """Takes back every batch of invented data; answers how many records were touched. NotFound where there is none."""
    batches = sample_batches()
    if not batches:
        raise NotFound("没有装入演示数据。", mend="装入：zhiquan demo。")
    standing = [one for one in batches if one.state != Batch.State.UNDONE]
    return sum(importing.undo(CONSOLE, one, watch=watch) for one in standing)


def purge(watch: Watch = lambda done, total: None) -> int:
    """Removes what undone batches of invented data left: statements, their records, raw files. Answers the statements.

    To be called when the index has followed the undo: it can no longer be told of a record that is gone for good.
    """
    count = 0
    for batch in sample_batches():
        total = Statement.objects.filter(file__batch=batch).count()
        while portion := actions.purge_batch(CONSOLE, batch):
            count += portion
            watch(count, max(total, count))
        for file in _nobody_else_has(batch):
            raw_path(file.sha256).unlink(missing_ok=True)
    return count


def _nobody_else_has(batch: Batch) -> Iterator[BatchFile]:
    for file in batch.files.all():
        others = BatchFile.objects.filter(sha256=file.sha256).exclude(batch=batch)
        if not others.exclude(batch__state=Batch.State.UNDONE).exists():
            yield file
