"""Uploads by staff: kept as they arrive, told by their content, read in the background; what is wrong is said clearly."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from tests import people
from tests.records.documents import PNG, publication
from tests.records.tables import application, counts, live, patent, write_csv
from tests.search.pages import Page
from zhiquan.records import working
from zhiquan.records.home import raw_path
from zhiquan.records.models import Batch, BatchFile, SavedMapping
from zhiquan.records.receiving import clean_name

pytestmark = pytest.mark.django_db

UPLOAD = "/batches/new/"
OWN = "题目,案号,日子,谁的,手机\n"


def file(name, content):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def table(folder, *rows):
    return write_csv(folder / "t.csv", rows or [patent(1), patent(2)]).read_bytes()


def own_table(count=3):
    """A table whose headers nobody knows."""
    return OWN + "".join(
        f"一种自用示例装置{at},{application(at)},2019-03-05,安庆示例机械有限公司,13800000000\n"
        for at in range(1, count + 1)
    )


def sent(client, *files, go="look", **more):
    return client.post(UPLOAD, {"files": list(files), "go": go, **more})


def read():
    while working.step(lambda: False):
        pass


def problem(response):
    return Page(response).problem


def test_a_file_is_uploaded_looked_at_started_and_read(operator_client, tmp_path):
    answer = sent(operator_client, file("表.csv", table(tmp_path)))
    batch = Batch.objects.get()
    assert answer["Location"] == reverse("batch.file", args=[batch.pk, batch.files.get().pk])
    assert (batch.state, batch.actor.username, live()) == (Batch.State.HELD, "wang", [])
    page = Page(operator_client.get(answer["Location"]))
    assert "CSV 等分隔符表格" in page.text and "一种示例装置1" in page.text and "安徽省安庆市迎江区" in page.text
    assert operator_client.post(reverse("batch.start", args=[batch.pk])).status_code == 302
    read()
    assert counts(batch) == (2, 0, 0, 0)
    assert raw_path(batch.files.get().sha256).read_bytes() == table(tmp_path)


def test_several_files_become_one_batch_and_each_says_what_it_is(operator_client, tmp_path):
    answer = sent(
        operator_client,
        file("表.csv", table(tmp_path)),
        file("a.xml", publication(3)),
        file("空.csv", b""),
        file("图.png", PNG),
    )
    batch = Batch.objects.get()
    assert answer["Location"] == reverse("batch", args=[batch.pk])
    page = Page(operator_client.get(answer["Location"]))
    assert "早期专利文献" in page.text and "文件是空的" in page.text and "图.png" in page.text
    assert batch.companions.get().name == "图.png" and batch.files.count() == 3


def test_at_once_means_without_asking(operator_client, tmp_path):
    sent(operator_client, file("表.csv", table(tmp_path)), go="at-once", name="月报")
    batch = Batch.objects.get()
    assert (batch.state, batch.name) == (Batch.State.RUNNING, "月报")
    read()
    assert len(live()) == 2


def test_a_disguised_file_is_told_by_its_content(operator_client):
    sent(operator_client, file("数据.csv", b"%PDF-1.7 ..."))
    page = Page(operator_client.get(reverse("batch", args=[Batch.objects.get().pk])))
    assert "这是 PDF" in page.problem
    sent(operator_client, file("数据.xml", PNG), go="at-once")
    read()
    assert "这是图片" in BatchFile.objects.last().refusal


def test_no_file_is_said_on_the_same_page(operator_client):
    answer = operator_client.post(UPLOAD, {"go": "look"})
    assert answer.status_code == 400 and "没有收到文件" in problem(answer)
    assert "导入文件" in answer.content.decode() and Batch.objects.count() == 0


@override_settings(ZHIQUAN_UPLOAD_MB=1)
def test_what_is_too_large_is_refused_before_a_byte_is_read(operator_client):
    unread = file("大.csv", b"")
    answer = operator_client.generic(
        "POST", UPLOAD, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(3 << 20)
    )
    assert answer.status_code == 413 and "超过一次 1 MB 的上限" in problem(answer) and "收件文件夹" in problem(answer)
    assert Batch.objects.count() == 0 and unread.size == 0


def test_a_disk_without_room_is_said(operator_client, tmp_path, monkeypatch):
    monkeypatch.setattr("zhiquan.records.uploads.SPARE", 1 << 60)
    answer = sent(operator_client, file("表.csv", table(tmp_path)))
    assert answer.status_code == 400 and "磁盘空间" in problem(answer)


@override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=2)
def test_too_many_files_are_said(operator_client):
    answer = sent(operator_client, *(file(f"{at}.csv", b"a") for at in range(3)))
    assert answer.status_code == 400 and "一次最多上传 2 个文件" in problem(answer)


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nabc']
)
def test_a_torn_body_is_no_fault_of_ours(operator_client, body):
    answer = operator_client.generic("POST", UPLOAD, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code < 500


def test_a_forged_post_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.operator())
    answer = client.post(UPLOAD, {"files": [file("a.csv", "申请号\n1\n")]})
    assert answer.status_code == 403 and "表单已经失效" in answer.content.decode() and Batch.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "../../etc/passwd"),
        ("a\\b.csv", "a/b.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        ("a\r\nb\0.csv", "ab.csv"),
        ("  长  名 ", "长 名"),
        ("x" * 500, "x" * 200),
    ],
)
def test_names_are_made_fit_to_be_shown(name, shown):
    assert clean_name(name) == shown


def test_a_name_with_a_path_or_markup_is_harmless(operator_client, tmp_path):
    sent(operator_client, file("../../<script>alert(1)</script>.csv", table(tmp_path)))
    batch = Batch.objects.get()
    page = Page(operator_client.get(reverse("batch", args=[batch.pk])))
    assert "<script>alert" not in page.text and ".." not in batch.files.get().name


def test_a_table_nobody_knows_is_guessed_and_read_by_what_a_person_sets(operator_client):
    answer = sent(operator_client, file("台账.csv", own_table()))
    page = Page(operator_client.get(answer["Location"]))
    assert "表头不认得" in page.text and page.words("//select[@id='c1']/option[@selected]") == ["申请号"]
    chosen = {
        "record": "patent",
        "c0": "title",
        "c1": "application_number",
        "c2": "application_date",
        "c3": "applicants",
        "c4": "",
    }
    tried = Page(operator_client.post(answer["Location"], chosen | {"do": "check"}))
    assert tried.problem == "" and "一种自用示例装置1" in tried.text and SavedMapping.objects.count() == 0
    started = operator_client.post(answer["Location"], chosen | {"do": "start"})
    batch = Batch.objects.get()
    assert started["Location"] == reverse("batch", args=[batch.pk])
    assert SavedMapping.objects.get().name == batch.files.get().mapping == "台账"
    read()
    assert counts(batch) == (3, 0, 0, 0)


def test_columns_are_saved_under_a_name_and_used_for_the_next_file(operator_client):
    look = sent(operator_client, file("台账.csv", own_table()))["Location"]
    chosen = {"record": "patent", "c0": "title", "c1": "application_number", "c3": "applicants"}
    assert operator_client.post(look, chosen | {"do": "save", "name": "自家台账"}).status_code == 302
    again = sent(operator_client, file("台账2.csv", own_table(5)), mapping="自家台账")["Location"]
    page = Page(operator_client.get(again))
    assert "表头不认得" not in page.text and "自家台账" in page.text
    other = operator_client.post(look, chosen | {"c3": "inventors", "do": "save", "name": "自家台账"})
    assert other.status_code == 400 and "已有名为" in problem(other)
    assert (
        operator_client.post(
            look, chosen | {"c2": "application_date", "do": "save", "name": "自家台账", "replace": "on"}
        ).status_code
        == 302
    )
    assert "application_date" in SavedMapping.objects.get().toml


def test_a_saved_mapping_is_chosen_and_left_again(operator_client, tmp_path):
    look = sent(operator_client, file("台账.csv", own_table()))["Location"]
    operator_client.post(
        look, {"record": "patent", "c0": "title", "c1": "application_number", "do": "save", "name": "甲"}
    )
    second = sent(operator_client, file("b.csv", own_table(2)))["Location"]
    operator_client.post(second, {"do": "use", "saved": "甲"})
    assert BatchFile.objects.last().mapping == "甲"
    operator_client.post(second, {"do": "use", "saved": ""})
    assert BatchFile.objects.last().mapping == ""
    assert "没有名为" in problem(operator_client.post(second, {"do": "use", "saved": "乙"}))


def test_two_columns_for_one_field_are_refused_with_their_names(operator_client):
    look = sent(operator_client, file("台账.csv", own_table()))["Location"]
    wrong = {"record": "patent", "c0": "title", "c1": "application_number", "c3": "title"}
    for do in ("check", "save", "start"):
        answer = operator_client.post(look, wrong | {"do": do, "name": "甲"})
        assert "“专利名称”给了几列：题目、谁的" in problem(answer)
    assert SavedMapping.objects.count() == 0 and Batch.objects.get().state == Batch.State.HELD


def test_too_few_columns_are_said_and_what_was_set_stays(operator_client):
    look = sent(operator_client, file("台账.csv", own_table()))["Location"]
    page = Page(
        operator_client.post(
            look,
            {"record": "patent", "c0": "", "c1": "", "c2": "application_date", "c3": "", "do": "save", "name": "甲"},
        )
    )
    assert "至少要有一列是号码" in page.problem
    assert (
        page.words("//select[@id='c2']/option[@selected]") == ["申请日"]
        and page.words("//select[@id='c0']/option[@selected]") == []
    )


@pytest.mark.parametrize(
    "forged",
    [{"c0": "nonsense"}, {"c99999": "title"}, {"cx": "title"}, {"record": "person"}, {"do": "fly"}, {"c": "1"}],
)
def test_forged_columns_are_ignored(operator_client, forged):
    look = sent(operator_client, file("台账.csv", own_table()))["Location"]
    answer = operator_client.post(look, {"record": "patent", "c1": "application_number", "c0": "title"} | forged)
    assert answer.status_code == 200 and SavedMapping.objects.count() == 0


def test_a_file_that_was_refused_is_read_again_as_a_batch_of_its_own(operator_client):
    sent(operator_client, file("台账.csv", own_table()), go="at-once")
    read()
    first = BatchFile.objects.get()
    assert first.state == BatchFile.State.REFUSED
    look = reverse("batch.file", args=[first.batch_id, first.pk])
    assert look in operator_client.get(reverse("batch", args=[first.batch_id])).content.decode()
    again = operator_client.post(look, {"do": "again"})["Location"]
    operator_client.post(again, {"record": "patent", "c0": "title", "c1": "application_number", "do": "start"})
    read()
    assert len(live()) == 3


def test_columns_are_not_changed_once_reading_has_begun(operator_client):
    look = sent(operator_client, file("台账.csv", own_table()), go="at-once")["Location"]
    found = BatchFile.objects.get()
    look = reverse("batch.file", args=[found.batch_id, found.pk])
    answer = operator_client.post(
        look, {"do": "save", "name": "甲", "record": "patent", "c0": "title", "c1": "application_number"}
    )
    assert "已经开始读取" in problem(answer)


def test_an_upload_is_given_up(operator_client, tmp_path):
    sent(operator_client, file("表.csv", table(tmp_path)))
    batch = Batch.objects.get()
    operator_client.post(reverse("batch.undo", args=[batch.pk]))
    read()
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDONE and live() == []


def test_the_live_part_polls_while_something_happens_and_then_asks_for_the_whole_page(operator_client, tmp_path):
    sent(operator_client, file("表.csv", table(tmp_path)), go="at-once")
    address = reverse("batch.progress", args=[Batch.objects.get().pk])
    first = operator_client.get(address)
    assert (
        "hx-get" in first.content.decode()
        and "后台读取没有在运行" in first.content.decode()
        and "HX-Refresh" not in first
    )
    read()
    last = operator_client.get(address)
    assert "hx-get" not in last.content.decode() and last["HX-Refresh"] == "true"
    assert (
        Page(operator_client.get(reverse("batch", args=[Batch.objects.get().pk]))).words(
            "//section[@id='stand']//dd[@class='figure']"
        )[0]
        == "2"
    )


def test_an_archive_shows_its_first_records(operator_client, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", table(tmp_path))
    sent(operator_client, file("包.zip", packed.getvalue()))
    found = BatchFile.objects.get()
    page = Page(operator_client.get(reverse("batch.file", args=[found.batch_id, found.pk])))
    assert "zip 压缩包" in page.text and "a.csv 第 2 行" in page.text
