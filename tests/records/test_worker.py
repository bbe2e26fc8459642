"""The worker reads what waits, stops when told, goes on where it was, and never lets one bad file hold up the others."""

import time
from functools import partial

import pytest
from django.utils import timezone

from patmark.errors import WrongState
from tests.records.tables import counts, imported, key, live, patent, write_csv
from zhiquan.common.action import CONSOLE
from zhiquan.common.models import AuditEntry
from zhiquan.records import actions, importing, progress, working
from zhiquan.records.home import held, raw_path
from zhiquan.records.models import Batch, BatchFile
from zhiquan.records.prepare import Pace
from zhiquan.records.receiving import enqueue

pytestmark = pytest.mark.django_db


def never():
    return False


def after(times):
    """Says stop after having been asked so many times."""
    asked = iter(range(times))
    return lambda: next(asked, None) is None


def state(batch):
    return Batch.objects.get(pk=batch.pk).state


@pytest.fixture
def waiting(tmp_path):
    return enqueue(CONSOLE, [write_csv(tmp_path / "表.csv", [patent(at) for at in range(1, 6)])], name="五件")


def test_what_waits_is_read_to_its_end(waiting):
    assert (waiting.state, live()) == (Batch.State.RUNNING, [])
    assert working.step(never) is True
    assert state(waiting) == Batch.State.DONE and counts(waiting) == (5, 0, 0, 0)
    assert working.step(never) is False
    assert set(AuditEntry.objects.filter(action="batch.store").values_list("actor", flat=True)) == {"job"}


def test_batches_are_read_in_the_order_in_which_they_came(tmp_path, waiting):
    second = enqueue(CONSOLE, [write_csv(tmp_path / "后.csv", [patent(1, 名称="后来的名称")])])
    assert working.waiting() == [waiting, second]
    working.step(never)
    assert counts(waiting) == (5, 0, 0, 0) and counts(second) == (0, 0, 0, 0)
    working.step(never)
    assert counts(second) == (0, 1, 0, 0)


def test_one_that_is_held_waits_for_a_person(waiting):
    Batch.objects.update(state=Batch.State.HELD)
    assert working.step(never) is False and live() == []
    actions.queue_batch(CONSOLE, waiting)
    assert working.step(never) is True and len(live()) == 5


def test_a_batch_a_command_has_just_opened_is_left_to_it(waiting):
    Batch.objects.update(background=False)
    assert working.step(never) is False
    Batch.objects.update(started=timezone.now() - working.GRACE * 2)
    assert working.step(never) is True, "that command is dead"


def test_a_worker_told_to_stop_leaves_the_batch_where_it_is_and_the_next_goes_on(waiting, monkeypatch):
    monkeypatch.setattr(importing, "Pace", partial(Pace, rows=1, most=1))
    working.step(after(3))
    assert state(waiting) == Batch.State.RUNNING and 0 < len(live()) < 5
    working.step(never)
    assert counts(waiting) == (5, 0, 0, 0) and live() == [key(at) for at in range(1, 6)]


def test_a_batch_is_stopped_and_continued(waiting):
    actions.stop_batch(CONSOLE, waiting)
    assert working.step(never) is False and state(waiting) == Batch.State.STOPPED
    with pytest.raises(WrongState):
        actions.stop_batch(CONSOLE, waiting)
    actions.queue_batch(CONSOLE, waiting)
    working.step(never)
    assert counts(waiting) == (5, 0, 0, 0)
    with pytest.raises(WrongState):
        actions.queue_batch(CONSOLE, waiting)


def test_being_stopped_while_it_is_read_is_seen_after_the_next_chunk(waiting, monkeypatch):
    monkeypatch.setattr(importing, "Pace", partial(Pace, rows=1, most=1))
    asked = []

    def stop():
        asked.append(1)
        if len(asked) == 3:
            actions.stop_batch(CONSOLE, waiting)
        return False

    working.step(stop)
    assert state(waiting) == Batch.State.STOPPED and 0 < len(live()) < 5


def test_a_batch_that_cannot_be_read_is_stopped_with_the_reason_and_the_next_is_read(tmp_path, waiting, monkeypatch):
    faulty = enqueue(CONSOLE, [write_csv(tmp_path / "坏.csv", [patent(9)])])
    real = actions.store_chunk

    def store(actor, file, chunk):
        if file.batch_id == faulty.pk:
            raise ZeroDivisionError
        return real(actor, file, chunk)

    monkeypatch.setattr(actions, "store_chunk", store)
    third = enqueue(CONSOLE, [write_csv(tmp_path / "好.csv", [patent(10)])])
    while working.step(never):
        pass
    faulty.refresh_from_db()
    assert faulty.state == Batch.State.STOPPED and "出了故障" in faulty.halt
    assert state(waiting) == state(third) == Batch.State.DONE


def test_a_raw_file_that_is_gone_is_a_refusal(waiting):
    raw_path(waiting.files.get().sha256).unlink()
    working.step(never)
    assert waiting.files.get().state == BatchFile.State.REFUSED


def test_an_undo_is_taken_up_and_finished(tmp_path):
    batch = imported(write_csv(tmp_path / "a.csv", [patent(at) for at in range(1, 4)]))
    actions.undo_batch(CONSOLE, batch)
    assert working.standing_records(batch) == 3
    working.step(never)
    assert state(batch) == Batch.State.UNDONE and live() == []


def test_what_another_process_reads_or_undoes_is_left_to_it(waiting):
    with held(f"batch-{waiting.pk}"):
        assert working.step(never) is False
    Batch.objects.update(state=Batch.State.UNDOING)
    with held(f"batch-{waiting.pk}"):
        assert working.step(never) is False


def test_only_one_worker_works(tmp_path):
    assert working.is_working() is False
    with held(working.LOCK):
        assert working.is_working() is True


def test_progress_is_told_and_forgotten_at_the_end(waiting, monkeypatch):
    monkeypatch.setattr(importing, "Pace", partial(Pace, rows=1, most=1))
    monkeypatch.setattr(progress, "EVERY", 0)
    seen = []

    def stop():
        seen.append(progress.read(waiting.pk))
        return False

    working.step(stop)
    told = [one for one in seen if one is not None]
    assert [one.rows for one in told] == sorted(one.rows for one in told) and told[-1].rows > 1
    assert progress.read(waiting.pk) is None


def test_speed_and_time_left_are_those_of_this_run():
    one = progress.Progress(
        share=0.5, rows=300, rows_before=100, began=time.time() - 10, told=time.time(), share_before=0.25
    )
    assert 19 < one.speed < 21 and 19 < one.left < 21
    assert progress.Progress(None, 1, 1, 0, 0).left is None and progress.Progress(None, 1, 1, 0, 0).speed == 0


def test_an_import_by_a_command_does_not_meet_the_worker(tmp_path):
    batch = importing.import_paths(CONSOLE, [write_csv(tmp_path / "a.csv", [patent(1)])])
    assert working.waiting() == [] and batch.background is False


def test_how_far_a_file_has_been_read_is_told_by_the_system(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 1_000)
    assert progress.read_share(path) is None
    with path.open("rb", buffering=0) as stream:
        stream.read(250)
        told = progress.read_share(path)
    assert told in (0.25, None), "Linux tells, others may not"
