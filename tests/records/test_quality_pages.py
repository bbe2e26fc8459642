"""Data quality: every count opens its records; conflicts are settled, merges parted; strangers see none of it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.records.documents import publication, write_xml
from tests.records.tables import application, imported, key, live, mark, numbers_of, patent, write_csv
from tests.search.pages import Page
from zhiquan.common.action import CONSOLE
from zhiquan.common.models import AuditEntry
from zhiquan.records import importing, quality, queries, review
from zhiquan.records.models import Conflict, Merge, Record, Subject

pytestmark = pytest.mark.django_db

BARE = {"申请号": "", "申请日": ""}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def wrong_digit(serial):
    right = application(serial)
    return right[:-1] + ("1" if right[-1] != "1" else "2")


@pytest.fixture
def held(tmp_path):
    """One sound patent, and one for each thing that can be missing or wrong."""
    rows = [
        patent(1),
        patent(2, 地址=""),
        patent(3, 申请日="2090-01-01"),
        patent(4) | {"申请号": wrong_digit(4)},
        patent(5) | BARE,
        patent(6, **{"申请（专利权）人": ""}),
        patent(7, 申请日="1970-01-01"),
    ]
    imported(write_csv(tmp_path / "专利.csv", rows))
    imported(
        write_csv(
            tmp_path / "商标.csv",
            [mark("31999901"), mark("31999902", **{"商品/服务": "", "注册公告日期": "2010-01-01"})],
        )
    )


def listed(client, check, **narrowed):
    return Page(client.get(reverse("quality.records", args=[check]), narrowed)).words("//tbody/tr/th/a")


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ("patent-address", [2, 6]),
        ("patent-future", [3]),
        ("patent-check", [4]),
        ("patent-applicant", [6]),
        ("patent-early", [7]),
        ("patent-order", [3]),
        ("patent-title", []),
    ],
)
def test_each_check_finds_its_records(operator_client, held, check, found):
    numbers = [one.replace(".", "") for one in listed(operator_client, check)]
    assert [one[:-1] for one in numbers] == [key(serial)[:-1] for serial in found]


def test_provisional_records_and_marks_are_found(operator_client, held):
    assert listed(operator_client, "patent-number") == ["CN199000005A"]
    assert listed(operator_client, "mark-goods") == ["31999902"] == listed(operator_client, "mark-order")
    assert len(listed(operator_client, "mark-image")) == 2


def test_the_counts_of_the_page_are_those_of_the_lists(operator_client, held):
    for subject in Subject:
        for line in quality.sheet(subject).lines:
            for cell in line.cells:
                assert cell.count == quality.narrowed(line.check, kind=cell.kind).count(), line.check.code
    page = Page(operator_client.get("/quality/"))
    links = page.tree.xpath("//table//td/a/@href")
    assert len(links) > 10
    assert all(operator_client.get(one).status_code == 200 for one in set(links))


def test_a_wrong_check_digit_says_what_was_meant(operator_client, held):
    page = Page(operator_client.get(reverse("quality.records", args=["patent-check"])))
    assert (
        application(4).removeprefix("CN") in page.text.replace(".", ".") or application(4).replace(".", "") in page.text
    )


def test_counts_are_narrowed_to_a_kind_of_source(operator_client, held, tmp_path):
    imported(write_xml(tmp_path / "a.xml", publication(50)))
    assert quality.sheet(Subject.PATENT, "cnipa_old").kinds[0][2] == 1
    page = Page(operator_client.get("/quality/", {"source": "cnipa_old"}))
    assert "共 1 条" in page.text
    assert operator_client.get("/quality/", {"source": "x' OR 1"}).status_code == 200


@pytest.mark.parametrize("odd", [{"kind": "x"}, {"kind": "999"}, {"kind": "9" * 40}, {"source": "<b>"}, {"page": "-1"}])
def test_odd_addresses_are_answered(operator_client, held, odd):
    assert operator_client.get(reverse("quality.records", args=["patent-title"]), odd).status_code == 200
    assert operator_client.get(reverse("quality.records", args=["no-such"]), odd).status_code == 404


def test_an_empty_library_says_so(operator_client):
    assert "还没有记录" in operator_client.get("/quality/").content.decode()


@pytest.fixture
def conflict(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    imported(write_csv(tmp_path / "b.csv", [patent(2, **{"公开（公告）号": "CN199000001A"})]))
    return Conflict.objects.get()


def test_a_conflict_is_settled_and_the_number_leads_to_its_owner(operator_client, conflict):
    address = reverse("quality.conflict", args=[conflict.pk])
    page = Page(operator_client.get(address))
    assert "一种示例装置1" in page.text and "一种示例装置2" in page.text and "CN199000001" in page.text
    assert queries.record_of("CN199000001A").key == key(1)
    answer = operator_client.post(address, {"owner": "left", "note": "已查公报"})
    assert answer["Location"] == reverse("quality.conflicts")
    conflict.refresh_from_db()
    assert (conflict.settled, conflict.owner, conflict.note) == (True, conflict.record, "已查公报")
    assert queries.record_of("CN199000001A") == conflict.record
    assert review.open_conflicts().count() == 0
    assert AuditEntry.objects.get(action="conflict.settle").payload["name"] == "wang"
    operator_client.post(address, {"owner": "both"})
    conflict.refresh_from_db()
    assert conflict.settled and conflict.owner is None


@pytest.fixture
def merge(tmp_path):
    """An application and a grant known by its publication only, brought together by a document with both numbers."""
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    grant = (
        patent(1, 名称="一种授权的装置") | BARE | {"公开（公告）号": "CN1990900001B", "公开（公告）日": "2021-08-06"}
    )
    imported(write_csv(tmp_path / "b.csv", [grant]))
    assert len(live()) == 2
    both = patent(1, 授权公告号="CN1990900001B", 授权公告日="2021-08-06")
    imported(write_csv(tmp_path / "c.csv", [both]))
    assert live() == [key(1)]
    return Merge.objects.get()


def test_a_merge_is_looked_at_and_parted_and_both_records_stand(operator_client, merge):
    address = reverse("quality.merge", args=[merge.pk])
    assert "一种授权的装置" in operator_client.get(address).content.decode()
    before = queries.last_change()
    assert operator_client.post(address)["Location"] == reverse("quality.merges")
    assert len(live()) == 2 and queries.last_change() == before + 2
    parted = Record.objects.get(pk=merge.absorbed_id)
    assert parted.title == "一种授权的装置" and numbers_of(parted)
    assert AuditEntry.objects.get(action="merge.undo").payload["name"] == "wang"
    again = operator_client.post(address)
    assert again.status_code == 409 and "已经取消" in Page(again).problem
    assert review.standing_merges().count() == 0


def test_batches_are_undone_after_a_merge_was_parted(operator_client, merge):
    operator_client.post(reverse("quality.merge", args=[merge.pk]))
    for pk in (3, 2, 1):
        importing.undo(CONSOLE, type(merge.batch).objects.order_by("pk")[pk - 1])
    assert live() == []


@pytest.mark.parametrize("name", ["quality.conflict", "quality.merge"])
def test_what_is_not_there_is_not_found(operator_client, name):
    assert operator_client.get(reverse(name, args=[4711])).status_code == 404
    assert operator_client.post(reverse(name, args=[4711])).status_code == 404


@pytest.mark.parametrize("who", ["client", "citizen_client"])
def test_a_stranger_settles_and_parts_nothing(request, conflict, who):
    asking = request.getfixturevalue(who)
    assert asking.post(reverse("quality.conflict", args=[conflict.pk]), {"owner": "left"}).status_code == 403
    for name in ("quality", "quality.conflicts", "quality.merges", "quality.places", "quality.decisions"):
        assert asking.get(reverse(name)).status_code == 403
    conflict.refresh_from_db()
    assert not conflict.settled
