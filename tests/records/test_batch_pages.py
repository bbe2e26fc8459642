"""The pages of batches: staff see files, counts and rejects and may undo; everybody else is turned away."""

import pytest
from django.urls import reverse

from patmark.errors import NotAllowed
from tests import people
from tests.records.tables import imported, live, patent, write_csv
from tests.search.pages import Page
from zhiquan.common.models import AuditEntry
from zhiquan.records import importing, working
from zhiquan.records.home import held
from zhiquan.records.models import Batch

pytestmark = pytest.mark.django_db

PAGES = [
    "batches",
    "batch",
    "batch.rejects",
    "batch.undo",
    "batch.progress",
    "batch.start",
    "batch.stop",
    "batch.reject-list",
]


@pytest.fixture
def batch(tmp_path):
    return imported(write_csv(tmp_path / "<b>表.csv", [patent(1), {"地址": "某<b>地"}]))


def address(name, batch):
    return reverse(name, args=[] if name == "batches" else [batch.pk])


def test_staff_see_what_came_in_and_what_did_not(operator_client, batch):
    listed = operator_client.get(reverse("batches")).content.decode()
    assert "&lt;b&gt;表.csv" in listed and reverse("batch", args=[batch.pk]) in listed
    shown = operator_client.get(reverse("batch", args=[batch.pk])).content.decode()
    assert batch.files.get().sha256 in shown and "第 3 行" in shown and "无法成为一条记录" in shown
    assert "某&lt;b&gt;地" in shown and "<b>" not in shown


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_sees_nothing(client, batch, name):
    assert client.get(address(name, batch)).status_code == 403
    assert client.post(address(name, batch)).status_code == 403
    assert live()


@pytest.mark.parametrize("name", PAGES)
def test_a_citizen_with_an_account_sees_nothing(citizen_client, batch, name):
    assert citizen_client.get(address(name, batch)).status_code == 403
    assert citizen_client.post(address(name, batch)).status_code == 403
    assert live()


def test_the_undo_page_says_what_it_would_do_and_does_nothing(operator_client, batch, tmp_path):
    later = imported(write_csv(tmp_path / "后.csv", [patent(1, 名称="后来的名称"), patent(2)]))
    tiles = Page(operator_client.get(address("batch.undo", later))).words("//dd[@class='figure']")
    assert tiles == ["1", "1", "0"] and len(live()) == 2
    tiles = Page(operator_client.get(address("batch.undo", batch))).words("//dd[@class='figure']")
    assert tiles == ["0", "1", "0"]


def test_staff_undo_the_worker_does_it_and_the_audit_says_who(operator_client, batch):
    answer = operator_client.post(address("batch.undo", batch))
    assert (answer.status_code, answer["Location"]) == (302, reverse("batch", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDOING and len(live()) == 1
    working.step(lambda: False)
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDONE and live() == []
    entry = AuditEntry.objects.filter(action="batch.undo").get()
    assert entry.payload["name"] == "wang" and entry.target == f"records.batch:{batch.pk}"
    again = operator_client.post(address("batch.undo", batch))
    assert again.status_code == 409 and "已经撤销" in again.content.decode()


def test_a_batch_being_read_is_not_undone(operator_client, batch):
    with held(f"batch-{batch.pk}"):
        answer = operator_client.post(address("batch.undo", batch))
    assert answer.status_code == 409 and "正在导入" in answer.content.decode()
    assert live()


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_batch_that_is_not_there_is_not_found(operator_client, name):
    ask = operator_client.post if name in ("batch.undo", "batch.start", "batch.stop") else operator_client.get
    assert ask(reverse(name, args=[12345])).status_code == 404


def test_an_import_by_a_person_is_theirs(tmp_path):
    actor = people.on_a_page(people.operator())
    batch = importing.import_paths(actor, [write_csv(tmp_path / "a.csv", [patent(1)])])
    assert batch.actor.username == "wang"
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {f"user:{batch.actor.pk}"}


def test_a_citizen_cannot_import_by_any_way(tmp_path):
    actor = people.on_a_page(people.citizen())
    with pytest.raises(NotAllowed):
        importing.import_paths(actor, [write_csv(tmp_path / "a.csv", [patent(1)])])
    assert live() == [] and AuditEntry.objects.get().outcome == AuditEntry.Outcome.REFUSED
