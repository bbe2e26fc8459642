"""Zip and gz: members read in place, positions led by their paths, pictures kept and found again, nesting bounded."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from patmark.errors import BadFile, BadRecord, NotFound
from patmark.sources.all import read_file
from patmark.sources.archives import open_member
from patmark.trademark import Trademark
from tests.patmark.sources_tables.made import DATA, HEADER, book, csv_text, patent_rows, patents, read, write

TABLE = csv_text([HEADER, *patent_rows(3)]).encode()
MARKS = csv_text([["注册号", "商标名称", "商标图样"], ["1", "牌", "IMG/1.JPG"], ["2", "标", "none.jpg"]]).encode()
JPEG = b"\xff\xd8\xff\xe0 a picture"


def packed(path, members, mode="w"):
    with zipfile.ZipFile(path, mode, zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def zipped(members) -> bytes:
    out = io.BytesIO()
    packed(out, members)
    return out.getvalue()


def test_the_members_are_read_one_after_the_other(tmp_path):
    path = packed(tmp_path / "a.zip", {"一/甲.csv": TABLE, "乙.csv": TABLE})
    found = read(path)
    assert [one.index for one in found] == list(range(6))
    assert found[0].position == "一/甲.csv 第 2 行" and found[5].position == "乙.csv 第 4 行"


def test_gz_of_a_table_reads_as_the_table(tmp_path):
    path = write(tmp_path / "a.csv.gz", gzip.compress(TABLE))
    assert patents(path) == patents(write(tmp_path / "a.csv", TABLE))
    assert read(path)[0].position == "第 2 行"


def test_archives_inside_archives_show_the_whole_path(tmp_path):
    inner = zipped({"深/表.csv": TABLE, "表.csv.gz": gzip.compress(TABLE)})
    found = read(packed(tmp_path / "a.zip", {"内层.zip": inner}))
    assert found[0].position == "内层.zip/深/表.csv 第 2 行"
    assert found[3].position == "内层.zip/表.csv.gz 第 2 行"


def test_workbooks_inside_archives_are_tables_not_archives(tmp_path):
    path = book(tmp_path / "a.xlsx", {"Sheet1": [HEADER, *patent_rows(2)]})
    found = read(packed(tmp_path / "a.zip", {"表.xlsx": path.read_bytes()}))
    assert [one.position for one in found] == ["表.xlsx 工作表“Sheet1”第 2 行", "表.xlsx 工作表“Sheet1”第 3 行"]


def test_pictures_beside_the_table_are_kept_and_can_be_opened(tmp_path):
    inner = zipped({"数据/marks.csv": MARKS, "数据/img/1.jpg": JPEG, "数据/说明.html": "<html></html>"})
    path = packed(tmp_path / "a.zip", {"内层.zip": inner})
    first, second = (one.result for one in read(path))
    assert isinstance(first, Trademark) and first.pictures[0].member == "内层.zip/数据/img/1.jpg"
    assert second.pictures[0].member == ""
    with open_member(path, first.pictures[0].member) as stream:
        assert stream.read() == JPEG


def test_a_member_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="没有“b”"):
        open_member(packed(tmp_path / "a.zip", {"a": b"1"}), "b")


def test_names_written_by_chinese_windows(tmp_path):
    path = packed(tmp_path / "a.zip", {"xxxx.csv": TABLE})
    content = path.read_bytes().replace(b"xxxx.csv", "专利.csv".encode("gb18030"))
    assert read(write(tmp_path / "b.zip", content))[0].position == "专利.csv 第 2 行"


def test_companions_are_passed_over_and_strangers_are_told(tmp_path):
    members = {
        "__MACOSX/._a.csv": b"\0\5\x16\7", "空.txt": b"", "图.png": b"\x89PNG\r\n\x1a\n", "附件.pdf": b"%PDF-1.4",
        "格式.dtd": b"<!ELEMENT a (b)>", "样式.css": b"body { margin: 0 }", "表.csv": TABLE,
        "读我.txt": "随便写的话。".encode(),
    }  # fmt: skip
    found = read(packed(tmp_path / "a.zip", members))
    assert [isinstance(one.result, BadRecord) for one in found] == [False, False, False, True]
    assert found[3].position == "读我.txt" and "认不出" in found[3].result.sentence


def test_a_broken_member_costs_only_itself(tmp_path):
    path = packed(tmp_path / "a.zip", {"坏.csv.gz": gzip.compress(TABLE * 50)[:-30], "好.csv": TABLE})
    found = read(path)
    bad = [one for one in found if isinstance(one.result, BadRecord)]
    assert len(found) - len(bad) >= 3 + 3
    assert any(one.position.startswith("坏.csv.gz") and "不完整" in one.result.sentence for one in bad)


def test_a_torn_gz_gives_what_it_holds_and_then_refuses(tmp_path):
    rows = csv_text([HEADER, *patent_rows(2500)]).encode()
    path = write(tmp_path / "a.csv.gz", gzip.compress(rows)[:-2000])
    reads, count = read_file(path), 0
    with pytest.raises(BadFile, match="不完整"):
        while next(reads):
            count += 1
    assert count > 1000


def test_the_fixtures_zipped_give_what_they_give_alone(tmp_path):
    names = ["cnipr.csv", "trademarks.csv", "cnki.csv", "dump.sql"]
    path = packed(tmp_path / "a.zip", {name: (DATA / name).read_bytes() for name in names})
    assert len(read(path)) == sum(len(read(DATA / name)) for name in names)
