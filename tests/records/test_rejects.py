"""What could not become a record is listed with its reason, written out in its own form, mended and imported again."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from tests.records.documents import publication, write_xml
from tests.records.tables import application, counts, imported, key, live, patent, write_csv, write_xlsx
from zhiquan.records.mending import OVERVIEW, export, rejects_of
from zhiquan.records.models import Reject

pytestmark = pytest.mark.django_db

NAMELESS = {"地址": "安庆市示例路2号", "发明（设计）人": "王示例"}


def read(path, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines, delimiter=delimiter))


def exported(batch, folder):
    """The files written but the list of reasons."""
    return [path for path in export(batch, folder) if path.name != OVERVIEW]


def test_every_rejected_row_is_listed_with_file_place_reason_and_raw(tmp_path):
    batch = imported(write_csv(tmp_path / "表.csv", [patent(1), NAMELESS, patent(2), NAMELESS]))
    found = [(one.file.name, one.position, one.raw) for one in rejects_of(batch)]
    raw = ",".join(["", "", "", "", "", "", "", "", "王示例", "安庆市示例路2号"])
    assert found == [("表.csv", "第 3 行", raw), ("表.csv", "第 5 行", raw)]
    assert all("无法成为一条记录" in one.reason and one.mend for one in rejects_of(batch))


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_rejected_rows_of_a_table_are_mended_under_their_own_header(tmp_path, write):
    batch = imported(write(tmp_path / "a.table", [patent(1), NAMELESS]))
    (path,) = exported(batch, tmp_path / "out")
    header, row = read(path)
    assert header == list(patent(1)) and row[-1] == NAMELESS["地址"]
    row[header.index("申请号")] = application(2)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([header, row])
    again = imported(path)
    assert counts(again) == (1, 0, 0, 0)
    assert live() == [key(1), key(2)]


def test_a_header_below_a_title_is_found_again(tmp_path):
    path = tmp_path / "a.csv"
    lines = [
        ["2024年专利清单"],
        [],
        ["申请号", "专利名称", "地址"],
        [application(1), "一种示例装置", ""],
        ["", "", "某地"],
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(lines)
    (written,) = exported(imported(path), tmp_path / "out")
    assert read(written) == [lines[2], lines[4]]


def test_a_line_that_cannot_be_parted_stays_as_it_was_in_a_file_with_its_own_delimiter(tmp_path):
    path = tmp_path / "a.txt"
    broken = f'{application(2)}\t"一种没有收尾的名称\t安庆'
    sound = "".join(f"{application(at)}\t一种示例装置{at}\t安庆\n" for at in (1, 3, 4))
    path.write_text(
        f"申请号\t专利名称\t地址\n{sound}{broken}\n{application(5)}\t一种示例装置5\t安庆\n", encoding="utf-8"
    )
    batch = imported(path)
    assert live() == [key(at) for at in (1, 3, 4, 5)]
    (written,) = exported(batch, tmp_path / "out")
    text = written.read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["申请号\t专利名称\t地址", broken]
    written.write_text(text.replace('"', ""), encoding="utf-8")
    assert counts(imported(written)) == (1, 0, 0, 0)


def test_rows_inside_an_archive_are_found_again(tmp_path):
    inner = write_csv(tmp_path / "表 一.csv", [patent(1), NAMELESS])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(inner, "数据/表 一.csv")
    batch = imported(tmp_path / "a.zip")
    assert rejects_of(batch).get().position == "数据/表 一.csv 第 3 行"
    (written,) = exported(batch, tmp_path / "out")
    assert [row[-1] for row in read(written)] == ["地址", NAMELESS["地址"]]


@pytest.mark.parametrize("long", [False, True])
def test_a_rejected_document_is_a_file_of_its_own_and_whole(tmp_path, long):
    text = "很长的一段。" * 4000 if long else "很短的一段。"
    faulty = publication(2).replace("</cn-patent-document>", f"<x>{text}&unknown;</x></cn-patent-document>")
    batch = imported(write_xml(tmp_path / "a.xml", publication(1), faulty, publication(3)))
    assert counts(batch) == (2, 0, 0, 1)
    (written,) = exported(batch, tmp_path / "out")
    assert written.suffix == ".xml"
    written.write_text(written.read_text(encoding="utf-8").replace("&unknown;", ""), encoding="utf-8")
    assert counts(imported(written)) == (1, 0, 0, 0)
    assert live() == [key(1), key(2), key(3)]


def test_the_list_of_reasons_holds_no_formula(tmp_path, operator_client):
    batch = imported(write_csv(tmp_path / "=表.csv", [patent(1), {"地址": "=1+1", "申请号": "", "发明（设计）人": ""}]))
    Reject.objects.update(raw="@SUM(A1)")
    export(batch, tmp_path / "out")
    page = operator_client.get(reverse("batch.rejects", args=[batch.pk]))
    assert page["Content-Type"].startswith("text/csv") and "attachment" in page["Content-Disposition"]
    downloaded = list(csv.reader(io.StringIO(page.getvalue().decode("utf-8-sig"))))
    for lines in (read(tmp_path / "out" / OVERVIEW), downloaded):
        assert lines[0] == ["文件", "位置", "原因", "如何更正", "原文"]
        assert (lines[1][0], lines[1][4]) == ("'=表.csv", "'@SUM(A1)")


def test_a_batch_without_rejects_writes_nothing(tmp_path):
    assert export(imported(write_csv(tmp_path / "a.csv", [patent(1)])), tmp_path / "out") == []
    assert not (tmp_path / "out").exists()


def test_the_same_file_again_shows_the_rejects_it_had(tmp_path):
    path = write_csv(tmp_path / "a.csv", [patent(1), NAMELESS])
    imported(path)
    again = imported(path)
    assert counts(again) == (0, 0, 1, 1) and rejects_of(again).count() == 1


def test_rejects_of_a_member_that_is_gone_keep_their_place_in_the_list(tmp_path):
    batch = imported(write_csv(tmp_path / "a.csv", [patent(1), NAMELESS]))
    Reject.objects.update(position="无此文件.csv 第 3 行")
    assert exported(batch, tmp_path / "out") == []
    assert len(read(tmp_path / "out" / OVERVIEW)) == 2
