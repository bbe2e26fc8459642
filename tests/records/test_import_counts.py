"""An import makes a batch that says what came in; what is there already changes nothing, whatever file brings it."""

import hashlib

import pytest

from tests.records.documents import publication, write_xml
from tests.records.tables import application, counts, imported, key, live, patent, write_csv, write_xlsx
from zhiquan.common.models import AuditEntry
from zhiquan.records.home import raw_path
from zhiquan.records.models import Batch, BatchFile, Change, Record, Restatement, Statement
from zhiquan.records.queries import last_change, record_of

pytestmark = pytest.mark.django_db


def test_a_batch_keeps_file_hash_kind_and_counts(tmp_path):
    path = write_csv(tmp_path / "一月.csv", [patent(1), patent(2), {"申请日": "2019-03-05"}])
    batch = imported(path)
    file = batch.files.get()
    assert (batch.state, file.state) == (Batch.State.DONE, BatchFile.State.DONE)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (file.name, file.kind, file.size) == ("一月.csv", "csv", path.stat().st_size)
    assert counts(batch) == (2, 0, 0, 1)
    assert raw_path(file.sha256).read_bytes() == path.read_bytes()
    assert live() == [key(1), key(2)]


def test_the_same_file_again_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "a.csv", [patent(1), patent(2)])
    first = imported(path)
    before = last_change(), Statement.objects.count()
    again = imported(path)
    assert counts(again) == (0, 0, 2, 0)
    assert again.files.get().twin == first.files.get()
    assert (last_change(), Statement.objects.count()) == before


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_the_same_rows_in_another_file_change_nothing(tmp_path, write):
    rows = [patent(1), patent(2)]
    imported(write_csv(tmp_path / "a.csv", rows))
    before = last_change(), Statement.objects.count()
    again = imported(write(tmp_path / f"b{write.__name__}", rows[::-1]))
    assert counts(again) == (0, 0, 2, 0)
    assert (last_change(), Statement.objects.count()) == before
    assert Restatement.objects.count() == 2


def test_an_appended_row_adds_one_record_only(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1), patent(2)]))
    before = last_change()
    batch = imported(write_csv(tmp_path / "a.csv", [patent(1), patent(2), patent(3)]))
    assert counts(batch) == (1, 0, 2, 0)
    assert last_change() == before + 1
    assert live() == [key(1), key(2), key(3)]


def test_rows_without_any_number_are_provisional_and_met_again_by_what_they_say(tmp_path):
    rows = [patent(1, **{"申请号": "", "公开（公告）号": ""}), patent(2, **{"申请号": "待定", "公开（公告）号": "无"})]
    imported(write_csv(tmp_path / "a.csv", rows))
    records = list(Record.objects.order_by("pk"))
    assert [one.provisional for one in records] == [True, True]
    again = imported(write_csv(tmp_path / "b.csv", rows[::-1]))
    assert counts(again) == (0, 0, 2, 0)
    assert Record.objects.count() == 2
    assert record_of(records[0].key) == records[0]


def test_a_row_doubled_in_its_file_counts_once(tmp_path):
    batch = imported(write_csv(tmp_path / "a.csv", [patent(1), patent(1)]))
    assert counts(batch) == (1, 0, 1, 0)


def test_storing_is_cut_into_chunks_each_with_its_audit_entry(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(at) for at in range(1, 260)]))
    entries = list(AuditEntry.objects.filter(action="batch.store"))
    assert len(entries) > 1
    assert sum(entry.count for entry in entries) == 259
    assert all(len(entry.content) == 32 for entry in entries)


def test_the_data_date_of_a_file_is_the_newest_of_its_documents(tmp_path):
    documents = [publication(1, produced="20240201"), publication(2, produced="20240301"), publication(3)]
    file = imported(write_xml(tmp_path / "a.xml", *documents)).files.get()
    assert live() == [key(1), key(2), key(3)]
    assert str(file.data_date) == "2024-03-01"


def test_a_wrong_check_digit_is_kept_and_marked(tmp_path):
    right = application(1)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    imported(write_csv(tmp_path / "a.csv", [patent(1, 申请号=wrong)]))
    record = Record.objects.get()
    assert record.numbers.get(kind=1).check_wrong
    assert not Change.objects.exists()
