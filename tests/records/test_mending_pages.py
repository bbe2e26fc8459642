"""Rejects are mended in the page: cells or text edited, tried out, imported as a small file of their own, undone again."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests.records.documents import publication, write_xml
from tests.records.tables import application, counts, imported, key, live, patent, write_csv, write_xlsx
from tests.search.pages import Page
from zhiquan.common.action import CONSOLE
from zhiquan.common.models import AuditEntry
from zhiquan.records import importing, repairing
from zhiquan.records.models import Batch, BatchFile, Reject

pytestmark = pytest.mark.django_db

NAMELESS = {"地址": "安庆市示例路2号", "发明（设计）人": "王示例"}
COLUMNS = list(patent(1))


def page_of(reject):
    return reverse("reject", args=[reject.pk])


def cells(reject, **filled):
    """The form as it stands, some of its cells filled by the name of their column."""
    form = {f"c{one.number}": one.text for one in repairing.mendable(reject).cells}
    return form | {f"c{COLUMNS.index(name)}": text for name, text in filled.items()}


@pytest.fixture
def batch(tmp_path):
    return imported(write_csv(tmp_path / "表.csv", [patent(1), NAMELESS, patent(2), NAMELESS]))


@pytest.fixture
def reject(batch):
    return Reject.objects.order_by("index").first()


def test_the_cells_stand_under_their_columns(operator_client, reject):
    page = Page(operator_client.get(page_of(reject)))
    assert page.words("//main//label")[: len(COLUMNS)] == COLUMNS
    assert "王示例" in page.words("//textarea") and "无法成为一条记录" in page.text


def test_what_is_tried_is_told_and_not_stored(operator_client, reject):
    wrong = Page(operator_client.post(page_of(reject), cells(reject) | {"do": "check"}))
    assert "还读不出来" in wrong.problem
    right = Page(operator_client.post(page_of(reject), cells(reject, 申请号=application(9)) | {"do": "check"}))
    assert "现在读得出来了" in right.text and application(9).removeprefix("CN") in right.text
    assert len(live()) == 2 and Batch.objects.count() == 1


def test_a_mended_row_becomes_a_small_batch_and_leads_to_the_next(operator_client, batch, reject):
    answer = operator_client.post(
        page_of(reject), cells(reject, 申请号=application(9), 名称="一种补好的装置") | {"do": "again"}
    )
    reject.refresh_from_db()
    mended = reject.mended.batch
    assert counts(mended) == (1, 0, 0, 0) and key(9) in live() and mended.actor.username == "wang"
    assert "表.csv" in mended.name and "第 3 行" in mended.name and "表.csv" in reject.mended.name
    second = Reject.objects.order_by("index").last()
    assert answer["Location"] == page_of(second)
    entry = AuditEntry.objects.get(action="reject.mend")
    assert entry.payload["name"] == "wang" and entry.target == f"records.reject:{reject.pk}"
    assert "待更正 1 条" in operator_client.get(reverse("batch", args=[batch.pk])).content.decode()
    assert "已经更正并导入" in operator_client.get(page_of(reject)).content.decode()
    again = operator_client.post(page_of(reject), cells(reject, 申请号=application(9)) | {"do": "again"})
    assert again.status_code == 409 and "已经更正过" in Page(again).problem


def test_what_still_cannot_be_read_is_not_imported(operator_client, reject):
    answer = operator_client.post(page_of(reject), cells(reject, 地址="别的地方") | {"do": "again"})
    assert answer.status_code == 422 and "还读不出来" in Page(answer).problem and "别的地方" in answer.content.decode()
    assert Batch.objects.count() == 1


def test_a_mend_that_is_undone_opens_the_reject_again(operator_client, batch, reject):
    operator_client.post(page_of(reject), cells(reject, 申请号=application(9)) | {"do": "again"})
    reject.refresh_from_db()
    importing.undo(CONSOLE, reject.mended.batch)
    assert key(9) not in live()
    listed = Page(operator_client.get(reverse("batch.reject-list", args=[batch.pk])))
    assert listed.words("//ul[contains(@class, 'lines')]/li/a") == ["第 3 行", "第 5 行"]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_rows_of_any_table_are_mended(operator_client, tmp_path, write):
    imported(write(tmp_path / "a.table", [patent(1), NAMELESS]))
    found = Reject.objects.get()
    operator_client.post(page_of(found), cells(found, 申请号=application(5)) | {"do": "again"})
    assert live() == [key(1), key(5)]


def test_a_row_in_an_archive_is_mended(operator_client, tmp_path):
    write_csv(tmp_path / "b.csv", [patent(1), NAMELESS])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "b.csv", "内/b.csv")
    imported(tmp_path / "a.zip")
    found = Reject.objects.get()
    operator_client.post(page_of(found), cells(found, 申请号=application(5)) | {"do": "again"})
    assert live() == [key(1), key(5)]


def test_a_line_with_a_quote_too_many_is_parted_by_its_delimiter(operator_client, tmp_path):
    path = tmp_path / "a.txt"
    sound = "".join(f"{application(at)}\t一种示例装置{at}\t安庆\n" for at in (1, 3))
    path.write_text(
        f'申请号\t专利名称\t地址\n{sound}{application(2)}\t"一种没有收尾的名称\t安庆\n{application(5)}\t一种示例装置5\t安庆\n',
        encoding="utf-8",
    )
    imported(path)
    found = Reject.objects.get()
    assert [one.text for one in repairing.mendable(found).cells] == [application(2), "一种没有收尾的名称", "安庆"]
    operator_client.post(page_of(found), {"c0": application(2), "c1": "一种收了尾的名称", "c2": "安庆", "do": "again"})
    assert key(2) in live()


def test_a_document_is_mended_as_text(operator_client, tmp_path):
    broken = publication(2).replace("</cn-patent-document>", "")
    imported(write_xml(tmp_path / "a.xml", publication(1), broken, publication(3)))
    found = Reject.objects.get()
    page = Page(operator_client.get(page_of(found)))
    text = page.tree.xpath("//textarea")[0].text_content()
    assert "一种示例装置2" in text
    operator_client.post(page_of(found), {"text": text.rstrip() + "</cn-patent-document>", "do": "again"})
    assert live() == [key(1), key(2), key(3)]


def test_markup_in_a_reject_is_text(operator_client, tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1), {"地址": "</textarea><script>alert(1)</script>"}]))
    text = operator_client.get(page_of(Reject.objects.get())).content.decode()
    assert "<script>alert" not in text and "&lt;/textarea&gt;" in text


def test_hostile_text_is_a_reject_again_not_a_fault(operator_client, tmp_path):
    imported(write_xml(tmp_path / "a.xml", publication(1), publication(2).replace("</cn-patent-document>", "")))
    found = Reject.objects.get()
    for text in (
        "",
        "\0",
        "%PDF-1.7",
        "{",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "PK\x03\x04",
        "x," * 5000,
    ):
        answer = operator_client.post(page_of(found), {"text": text, "do": "again"})
        assert answer.status_code == 422, text[:20]
    assert Batch.objects.count() == 1


def test_the_list_is_narrowed(operator_client, batch):
    listed = reverse("batch.reject-list", args=[batch.pk])
    rows = "//ul[contains(@class, 'lines')]/li/a"
    assert len(Page(operator_client.get(listed)).words(rows)) == 2
    assert len(Page(operator_client.get(listed, {"q": "王示例"})).words(rows)) == 2
    assert Page(operator_client.get(listed, {"q": "没有这样的词"})).words(rows) == []
    assert Page(operator_client.get(listed, {"state": "mended"})).words(rows) == []
    reason = Reject.objects.first().reason
    assert len(Page(operator_client.get(listed, {"reason": reason})).words(rows)) == 2
    assert Page(operator_client.get(listed, {"file": "999999"})).words(rows) == []
    for odd in ({"file": "x"}, {"state": "x"}, {"page": "x"}, {"page": "99"}):
        assert operator_client.get(listed, odd).status_code == 200


def test_rejects_are_taken_away_in_their_own_form(operator_client, batch):
    answer = operator_client.get(reverse("batch.rejects-zip", args=[batch.pk]))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "拒收原因.csv" in packed.namelist() and len(packed.namelist()) == 2
    empty = imported_without_rejects()
    assert operator_client.get(reverse("batch.rejects-zip", args=[empty.pk])).status_code == 404


def imported_without_rejects():
    return Batch.objects.create(name="空")


def test_a_whole_table_that_was_not_understood_is_not_mended_by_row(operator_client, batch):
    file = BatchFile.objects.get()
    odd = Reject.objects.create(
        file=file, index=99, position="工作表“说明”", reason="表头里没有认得的列。", raw="甲,乙"
    )
    page = Page(operator_client.get(page_of(odd)))
    assert "整张表" in page.text and page.words("//textarea") == []


@pytest.mark.parametrize("who", ["client", "citizen_client"])
def test_a_stranger_mends_nothing(request, reject, who):
    asking = request.getfixturevalue(who)
    assert asking.get(page_of(reject)).status_code == 403
    assert asking.post(page_of(reject), cells(reject, 申请号=application(9)) | {"do": "again"}).status_code == 403
    assert len(live()) == 2
