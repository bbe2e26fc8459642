"""Undoing a batch returns each value to the one before it, unless a later batch said it again."""

import pytest

from patmark.errors import WrongState
from tests.records.tables import application, counts, imported, key, live, patent, write_csv, write_xlsx
from zhiquan.common.action import CONSOLE
from zhiquan.records import actions, importing, queries
from zhiquan.records.home import held
from zhiquan.records.models import Batch, Change, Conflict, Merge, Number, Record, Statement

pytestmark = pytest.mark.django_db

NO_APPLICATION = {"申请号": "", "申请日": ""}
NO_PUBLICATION = {"公开（公告）号": "", "公开（公告）日": ""}


def undo(batch):
    done = importing.undo(CONSOLE, batch)
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDONE
    return done


def applicant(record):
    whole = queries.whole(record)
    return next(one.name for one in whole.merged.record.people if one.role == "applicant")


def owned(name):
    return patent(1, **{"申请（专利权）人": name})


def test_a_value_returns_to_the_one_before(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [owned("甲示例公司")]))
    second = imported(write_csv(tmp_path / "b.csv", [owned("乙示例公司")]))
    record = Record.objects.get()
    assert applicant(record) == "乙示例公司"
    assert undo(second) == 1
    assert applicant(record) == "甲示例公司"
    back = Change.objects.get(undo=True)
    assert "乙示例公司" in back.old and "甲示例公司" in back.new
    assert [link.party.name for link in record.parties.filter(role=1)] == ["甲示例公司"]


def test_a_value_set_again_by_a_later_batch_stays(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [owned("甲示例公司")]))
    second = imported(write_csv(tmp_path / "b.csv", [owned("乙示例公司")]))
    imported(write_csv(tmp_path / "c.csv", [owned("丙示例公司")]))
    undo(second)
    assert applicant(Record.objects.get()) == "丙示例公司"
    assert not Change.objects.filter(undo=True).exists()


@pytest.mark.parametrize("again", ["the same file", "the same row in another file", "the same row in a workbook"])
def test_what_a_later_batch_repeated_stays_until_that_is_undone_too(tmp_path, again):
    path = write_csv(tmp_path / "a.csv", [owned("甲示例公司")])
    first = imported(path)
    record = Record.objects.get()
    if again == "the same row in another file":
        path = write_csv(tmp_path / "b.csv", [owned("甲示例公司"), patent(2)])
    elif again == "the same row in a workbook":
        path = write_xlsx(tmp_path / "b.xlsx", [owned("甲示例公司")])
    second = imported(path)
    third = imported(path)
    undo(first)
    record.refresh_from_db()
    assert record.state == Record.State.LIVE and applicant(record) == "甲示例公司"
    undo(second)
    assert queries.record_of(application(1)) == record, "the third batch still says so"
    undo(third)
    assert live() == []


def test_later_batches_may_be_undone_first(tmp_path):
    path = write_csv(tmp_path / "a.csv", [patent(1)])
    first, second = imported(path), imported(path)
    undo(second)
    assert live() == [key(1)]
    undo(first)
    assert live() == []


def test_records_born_by_the_batch_leave_and_come_back_clean(tmp_path):
    path = write_csv(tmp_path / "a.csv", [patent(1), patent(2)])
    before = queries.last_change()
    assert undo(imported(path)) == 2
    assert live() == [] and queries.live_count() == 0
    assert not Number.objects.exists()
    assert {state for _, _, state in queries.changed_after(before, 1, 10)} == {Record.State.GONE}
    with pytest.raises(queries.NotFound):
        queries.record_of(application(1))
    again = imported(path)
    assert counts(again) == (2, 0, 0, 0)
    assert live() == [key(1), key(2)]
    assert queries.whole(queries.record_of(application(1))).origins[0].batch == again.pk


def test_a_merge_is_taken_back(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1, **NO_APPLICATION)]))
    imported(write_csv(tmp_path / "b.csv", [patent(1, **NO_PUBLICATION)]))
    before = dict(Record.objects.values_list("pk", "key"))
    bridge = imported(write_csv(tmp_path / "c.csv", [patent(1)]))
    # It names the publication only: without the bridge nothing says that it belongs to the application.
    imported(write_csv(tmp_path / "d.csv", [patent(1, **NO_APPLICATION, 代理人="陈示例")]))
    assert live() == [key(1)]
    undo(bridge)
    assert not Merge.objects.exists()
    assert dict(Record.objects.filter(state=Record.State.LIVE).values_list("pk", "key")) == before
    provisional = queries.record_of("CN199000001A")
    assert provisional.provisional and provisional.statements.count() == 2


def test_a_merge_stays_where_a_later_batch_says_the_same(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1, **NO_APPLICATION)]))
    imported(write_csv(tmp_path / "b.csv", [patent(1, **NO_PUBLICATION)]))
    bridge = imported(write_csv(tmp_path / "c.csv", [patent(1)]))
    later = imported(write_csv(tmp_path / "d.csv", [patent(1, 代理人="陈示例")]))
    undo(bridge)
    assert live() == [key(1)]
    undo(later)
    assert live() == ["CN199000001A", key(1)]


def test_what_only_the_batch_joined_is_parted_without_any_merge(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1, **NO_APPLICATION)]))
    bridge = imported(write_csv(tmp_path / "b.csv", [patent(1)]))
    imported(write_csv(tmp_path / "c.csv", [patent(1, **NO_PUBLICATION)]))
    assert live() == [key(1)]
    undo(bridge)
    assert live() == ["CN199000001A", key(1)]
    assert Statement.objects.filter(withdrawn=False).values("record").distinct().count() == 2


def test_a_conflict_goes_with_the_batch_that_made_it(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    wrong = imported(write_csv(tmp_path / "b.csv", [patent(2, **{"公开（公告）号": "CN199000001A"})]))
    assert Conflict.objects.count() == 1
    undo(wrong)
    assert not Conflict.objects.exists()


def test_an_undo_that_was_cut_off_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(actions, "UNDO_AT_ONCE", 3)
    batch = imported(write_csv(tmp_path / "a.csv", [patent(at) for at in range(1, 9)]))
    actions.undo_batch(CONSOLE, batch)
    assert actions.undo_portion(CONSOLE, batch) == 3
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDOING and queries.live_count() == 5
    path = write_csv(tmp_path / "b.csv", [patent(8)])
    assert counts(imported(path)) == (0, 0, 1, 0)
    assert undo(batch) == 5
    assert live() == [key(8)], "it was said again meanwhile"


def test_an_undone_batch_cannot_be_undone_again(tmp_path):
    batch = imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    undo(batch)
    with pytest.raises(WrongState, match="已经撤销"):
        importing.undo(CONSOLE, batch)


def test_a_batch_that_is_being_read_cannot_be_undone(tmp_path):
    batch = imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    with held(f"batch-{batch.pk}"), pytest.raises(WrongState, match="正在导入"):
        importing.undo(CONSOLE, batch)
    assert live() == [key(1)]


def test_an_undone_batch_is_not_read_on(tmp_path):
    batch = imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    undo(batch)
    with pytest.raises(WrongState, match="已撤销"):
        importing.run(CONSOLE, batch)


def test_every_batch_undone_leaves_nothing_whatever_the_order(tmp_path):
    said = [
        patent(1, **NO_APPLICATION),
        patent(1, **NO_PUBLICATION),
        patent(1),
        patent(2, **{"公开（公告）号": "CN199000001A"}),
        owned("乙示例公司"),
    ]
    made = [imported(write_csv(tmp_path / f"{at}.csv", [one])) for at, one in enumerate(said)]
    for batch in made[::2] + made[1::2]:
        undo(batch)
        for record in Record.objects.filter(state=Record.State.LIVE):
            assert record.numbers.exists()
            assert record.statements.filter(withdrawn=False).exists()
    assert live() == [] and not Number.objects.exists() and not Conflict.objects.exists()
