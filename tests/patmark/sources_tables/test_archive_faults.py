"""Hostile and broken archives: bombs, paths that climb out, passwords, too deep nesting; each with its sentence."""

from __future__ import annotations

import gzip
import zipfile

import pytest

from patmark.errors import BadFile, BadRecord
from patmark.sources import archives
from patmark.sources.archives import Budget
from tests.patmark.sources_tables.made import read, write
from tests.patmark.sources_tables.test_archives import TABLE, packed, zipped


def test_a_bomb_is_refused_by_its_directory(tmp_path):
    path = packed(tmp_path / "a.zip", {"表.csv": TABLE, "bomb.csv": b"0" * 40_000_000})
    with pytest.raises(BadFile, match="压缩炸弹"):
        read(path)


def test_a_gz_bomb_is_refused_while_it_is_unpacked(tmp_path):
    with pytest.raises(BadFile, match="压缩炸弹"):
        read(write(tmp_path / "a.gz", gzip.compress(b"0" * 40_000_000)))


def test_a_bomb_inside_an_archive_costs_only_itself(tmp_path):
    path = packed(tmp_path / "a.zip", {"bomb.zip": zipped({"b": b"0" * 40_000_000}), "表.csv": TABLE})
    found = read(path)
    assert [isinstance(one.result, BadRecord) for one in found] == [True, False, False, False]
    assert found[0].position == "bomb.zip" and "压缩炸弹" in found[0].result.sentence


def test_all_archives_of_a_file_share_one_budget():
    budget = Budget(unpacked=100, members=3)
    budget.spend(60)
    budget.enter(2)
    with pytest.raises(BadFile, match="上限"):
        budget.spend(60)
    with pytest.raises(BadFile, match="上限"):
        budget.enter(2)


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LIMITS", type(archives.LIMITS)(members=2))
    with pytest.raises(BadFile, match="超过 2 个"):
        read(packed(tmp_path / "a.zip", {"a.csv": TABLE, "b.csv": TABLE, "c.csv": TABLE}))


@pytest.mark.parametrize("name", ["../外面.csv", "/etc/外面.csv", "a/../../外面.csv", "..\\外面.csv", "C:\\外面.csv"])
def test_a_path_that_climbs_out_is_not_read(tmp_path, name):
    found = read(packed(tmp_path / "a.zip", {name: TABLE, "表.csv": TABLE}))
    assert [isinstance(one.result, BadRecord) for one in found] == [True, False, False, False]
    assert "越出了压缩包" in found[0].result.sentence


def test_an_encrypted_archive_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"表.csv": TABLE})
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    with pytest.raises(BadFile, match="加了密码"):
        read(write(tmp_path / "b.zip", bytes(content)))


def test_four_archives_in_each_other_are_too_many(tmp_path):
    content = TABLE
    for _ in range(3):
        content = zipped({"内.zip" if content != TABLE else "表.csv": content})
    assert len(read(write(tmp_path / "a.zip", content))) == 3
    (found,) = read(write(tmp_path / "b.zip", zipped({"内.zip": content})))
    assert isinstance(found.result, BadRecord) and "3 层" in found.result.sentence


def test_a_torn_zip_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", {"表.csv": TABLE})
    with pytest.raises(BadFile, match="打不开"):
        read(write(tmp_path / "b.zip", path.read_bytes()[:-40]))


def test_an_archive_of_pictures_is_refused(tmp_path):
    with pytest.raises(BadFile, match="没有可以读的"):
        read(packed(tmp_path / "a.zip", {"a.png": b"\x89PNG\r\n\x1a\n"}))


def test_a_member_that_lies_about_its_size_is_told(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("表.csv", TABLE)
    content = path.read_bytes()
    size = len(TABLE).to_bytes(4, "little")
    found = read(write(tmp_path / "b.zip", content.replace(size, (len(TABLE) - 9).to_bytes(4, "little"))))
    assert isinstance(found[0].result, BadRecord) and "已损坏" in found[0].result.sentence
