"""Bad input end to end: bounded work, a clear sentence in Chinese, and the rest of the batch goes on."""

import re
import zipfile

import pytest
from openpyxl import Workbook

from tests.records.documents import publication, write_xml
from tests.records.tables import application, columns, counts, imported, key, live, patent, write_csv, write_xlsx
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing, storing
from zhiquan.records.home import raw_path
from zhiquan.records.models import Batch, BatchFile, Record, Reject, Statement

pytestmark = pytest.mark.django_db


def beside_a_good_one(path):
    """The file imported with a good one behind it; the good one is always in."""
    batch = imported(path, write_csv(path.parent / "zz" / "good.csv", [patent(99)]))
    bad, good = batch.files.all()
    assert good.state == BatchFile.State.DONE and good.new == 1 and key(99) in live()
    assert all(re.search("[\u4e00-\u9fff]", text) for text in [bad.refusal or "中", *reasons()])
    return bad


def reasons():
    return list(Reject.objects.order_by("index").values_list("reason", flat=True))


def test_a_torn_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(write_csv(tmp_path / "a.csv", [patent(1)]), "a.csv")
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:-30])
    bad = beside_a_good_one(tmp_path / "a.zip")
    assert bad.state == BatchFile.State.REFUSED and "zip" in bad.refusal and "可能不完整" in bad.refusal


def test_a_zip_bomb(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"\0" * (40 << 20))
    bad = beside_a_good_one(tmp_path / "a.zip")
    assert bad.state == BatchFile.State.REFUSED and "压缩炸弹" in bad.refusal


def test_a_path_that_climbs_out_of_its_archive(tmp_path):
    csv = write_csv(tmp_path / "a.csv", [patent(1)])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(csv, "../../../tmp/climbed.csv")
        archive.write(csv, "b.csv")
    bad = beside_a_good_one(tmp_path / "a.zip")
    assert bad.state == BatchFile.State.DONE and (bad.new, bad.rejected) == (1, 1)
    assert "路径越出了压缩包" in reasons()[0]


def test_a_table_without_headers(tmp_path):
    (tmp_path / "a.csv").write_text(
        "".join(f"{application(at)},一种示例装置{at},2019-03-05,安庆示例机械有限公司\n" for at in range(1, 6)), "utf-8"
    )
    bad = beside_a_good_one(tmp_path / "a.csv")
    assert bad.state == BatchFile.State.REFUSED and "没有表头" in bad.refusal


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read_as_the_same_rows(tmp_path, encoding):
    imported(write_csv(tmp_path / "a.csv", [patent(1), patent(2)]))
    again = imported(write_csv(tmp_path / "b.csv", [patent(2), patent(1)], encoding))
    assert counts(again) == (0, 0, 2, 0)


def test_broken_bytes_cost_their_row_only(tmp_path):
    path = write_csv(tmp_path / "a.csv", [patent(at) for at in range(1, 6)])
    raw = path.read_bytes()
    at = raw.index("一种示例装置3".encode())
    path.write_bytes(raw[:at] + b"\xff\xfe" + raw[at + 2 :])
    bad = beside_a_good_one(path)
    assert (bad.new, bad.rejected) == (4, 1) and "字节" in reasons()[0]


def test_a_workbook_whose_stored_dimension_is_wrong(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [patent(at) for at in range(1, 6)])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', parts[sheet])
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert beside_a_good_one(path).new == 5


def test_formulas_give_their_last_value_and_are_never_run(tmp_path):
    rows = [patent(1), patent(2, 名称='=HYPERLINK("x","一种装置")')]
    book = Workbook()
    book.active.append(columns(rows))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(tmp_path / "a.xlsx")
    assert beside_a_good_one(tmp_path / "a.xlsx").new == 2
    assert not Record.objects.filter(title__contains="HYPERLINK").exists()


def test_days_that_are_none_cost_nothing_but_themselves(tmp_path):
    days = {"申请日": "00000000", "公开（公告）日": "2019-13-45"}
    bad = beside_a_good_one(write_csv(tmp_path / "a.csv", [patent(1, **days)]))
    assert (bad.new, bad.rejected) == (1, 0)
    narrow = Record.objects.get(key=key(1)).patent
    assert (narrow.filing_date, narrow.publication_date) == (None, None)


def test_a_wrong_check_digit_is_kept_and_marked(tmp_path):
    right = application(1)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert beside_a_good_one(write_csv(tmp_path / "a.csv", [patent(1, 申请号=wrong)])).new == 1
    assert Record.objects.get(key=wrong.replace(".", "")).numbers.get(kind=1).check_wrong


@pytest.mark.parametrize("junk", ["待定", "无", "/", "第1项", "申请中"])
def test_words_in_the_column_of_numbers_join_nothing(tmp_path, junk):
    rows = [patent(at, 申请号=junk, **{"公开（公告）号": junk}) for at in (1, 2, 3)]
    assert beside_a_good_one(write_csv(tmp_path / "a.csv", rows)).new == 3
    assert Record.objects.filter(provisional=True).count() == 3


def test_one_number_for_every_row_is_stopped_at_a_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(storing, "MOST_STATEMENTS", 20)
    rows = [patent(1, 名称=f"一种装置{at}") for at in range(30)]
    bad = beside_a_good_one(write_csv(tmp_path / "a.csv", rows))
    assert (bad.new, bad.changed, bad.rejected) == (1, 19, 10)
    assert "同一个号码" in Reject.objects.first().mend
    assert Statement.objects.filter(record__key=key(1)).count() == 20


def test_hostile_xml_is_rejected_and_the_other_documents_are_in(tmp_path):
    bomb = '<!DOCTYPE cn-patent-document [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;">]>\n'
    outside = '<!DOCTYPE cn-patent-document [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    said = [
        publication(1),
        bomb + publication(2, title="&b;"),
        outside + publication(3, title="&x;"),
        publication(4).replace("</claims>", ""),
        publication(5),
    ]
    bad = beside_a_good_one(write_xml(tmp_path / "a.xml", *said))
    assert (bad.new, bad.rejected) == (2, 3)
    assert live() == sorted([key(1), key(5), key(99)])


def test_a_torn_file_keeps_what_stood_before_the_tear(tmp_path):
    path = write_xml(tmp_path / "a.xml", *(publication(at) for at in range(1, 5)))
    path.write_bytes(path.read_bytes()[:-200])
    bad = beside_a_good_one(path)
    assert (bad.new, bad.rejected) == (3, 1)


def test_characters_no_database_takes_are_kept_legible(tmp_path):
    path = write_csv(tmp_path / "a.csv", [patent(at) for at in range(1, 6)])
    path.write_bytes(path.read_bytes().replace("置3".encode(), "\0置3".encode()))
    assert beside_a_good_one(path).new == 5
    assert Record.objects.get(key=key(3)).title == "一种示例装置3"


def test_a_raw_file_that_has_gone_is_said_so_when_the_import_goes_on(tmp_path):

    batch = imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    raw_path(batch.files.get().sha256).unlink()
    Batch.objects.update(state=Batch.State.RUNNING)
    BatchFile.objects.update(state=BatchFile.State.RUNNING)
    batch.refresh_from_db()
    importing.run(CONSOLE, batch)
    assert "没有这个文件的原始内容" in batch.files.get().refusal
