"""The watched folder: whole files are imported and put away with a note; nothing is lost, taken twice or overwritten."""

import os

import pytest

from tests.records.tables import counts, live, patent, write_csv
from zhiquan.common.action import CONSOLE
from zhiquan.records import actions, working
from zhiquan.records.inbox import STABLE, Inbox
from zhiquan.records.models import Batch

pytestmark = pytest.mark.django_db

LATER = STABLE + 1


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(folder, CONSOLE)


def lie(inbox):
    return sorted(path.relative_to(inbox.folder).as_posix() for path in inbox.folder.rglob("*") if path.is_file())


def taken(inbox, start=0.0):
    """Looks, waits in thought, looks again."""
    inbox.look(start)
    return inbox.look(start + LATER)


def read():
    while working.step(lambda: False):
        pass


def test_a_file_is_imported_and_put_away_with_a_note(inbox):
    write_csv(inbox.folder / "表.csv", [patent(1), {"地址": "某地"}])
    assert inbox.look(0) == []
    (batch,) = inbox.look(LATER)
    assert batch.name == "表.csv" and lie(inbox) == ["表.csv"]
    assert inbox.look(2 * LATER) == [], "it is taken once"
    read()
    inbox.look(3 * LATER)
    assert len(live()) == 1 and lie(inbox) == ["done/表.csv", "done/表.csv.txt"]
    note = (inbox.folder / "done/表.csv.txt").read_text("utf-8")
    assert "新增 1" in note and "拒收 1" in note and f"批次 {batch.pk}" in note


def test_what_still_grows_is_left_alone(inbox):
    path = write_csv(inbox.folder / "表.csv", [patent(1)])
    inbox.look(0)
    write_csv(path, [patent(1), patent(2)])
    assert inbox.look(LATER) == []
    assert len(inbox.look(2 * LATER)) == 1
    (inbox.folder / "b.csv.part").write_text("a")
    (inbox.folder / ".hidden").write_text("a")
    assert taken(inbox, 3 * LATER) == [] and {".hidden", "b.csv.part"} <= set(lie(inbox))


def test_a_folder_is_one_batch(inbox):
    write_csv(inbox.folder / "月报" / "a.csv", [patent(1)])
    write_csv(inbox.folder / "月报" / "b.csv", [patent(2)])
    (batch,) = taken(inbox)
    assert list(batch.files.values_list("name", flat=True)) == ["月报/a.csv", "月报/b.csv"]
    read()
    inbox.look(3 * LATER)
    assert "done/月报/a.csv" in lie(inbox) and "done/月报.txt" in lie(inbox)


def test_what_cannot_be_read_goes_to_refused_with_the_reason(inbox):
    (inbox.folder / "说明.pdf").write_bytes(b"%PDF-1.7 nothing")
    (inbox.folder / "空.csv").write_bytes(b"")
    assert len(taken(inbox)) == 2
    read()
    inbox.look(3 * LATER)
    assert {"refused/说明.pdf", "refused/空.csv"} <= set(lie(inbox))
    assert "PDF" in (inbox.folder / "refused/说明.pdf.txt").read_text("utf-8")
    assert "空" in (inbox.folder / "refused/空.csv.txt").read_text("utf-8")


def test_a_link_is_not_followed(inbox, tmp_path):
    secret = write_csv(tmp_path / "secret.csv", [patent(1)])
    (inbox.folder / "链接.csv").symlink_to(secret)
    assert taken(inbox) == [] and Batch.objects.count() == 0
    assert secret.exists() and "链接" in (inbox.folder / "refused/链接.csv.txt").read_text("utf-8")


def test_an_empty_folder_is_refused(inbox):
    (inbox.folder / "空文件夹").mkdir()
    assert taken(inbox) == []
    assert "没有可导入的文件" in (inbox.folder / "refused/空文件夹.txt").read_text("utf-8")


def test_the_same_name_again_is_a_new_file_and_overwrites_nothing(inbox):
    path = write_csv(inbox.folder / "表.csv", [patent(1)])
    taken(inbox)
    read()
    inbox.look(3 * LATER)
    write_csv(path, [patent(2)])
    os.utime(path, (5_000, 5_000))
    (second,) = taken(inbox, 4 * LATER)
    read()
    inbox.look(8 * LATER)
    assert counts(second) == (1, 0, 0, 0) and len([one for one in lie(inbox) if one.endswith("表.csv")]) == 2


def test_a_worker_killed_between_taking_and_putting_away_takes_nothing_twice(inbox):
    write_csv(inbox.folder / "表.csv", [patent(1)])
    taken(inbox)
    fresh = Inbox(inbox.folder, CONSOLE)
    assert taken(fresh) == [] and Batch.objects.count() == 1
    read()
    fresh.look(9)
    assert "done/表.csv" in lie(fresh)


def test_one_that_is_stopped_stays_and_one_that_is_undone_goes_to_refused(inbox):
    write_csv(inbox.folder / "表.csv", [patent(1)])
    (batch,) = taken(inbox)
    actions.stop_batch(CONSOLE, batch)
    inbox.look(20)
    assert lie(inbox) == ["表.csv"]
    actions.undo_batch(CONSOLE, batch)
    read()
    inbox.look(30)
    assert "refused/表.csv" in lie(inbox) and "已撤销" in (inbox.folder / "refused/表.csv.txt").read_text("utf-8")
