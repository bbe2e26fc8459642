"""`zhiquan backup`: one file with all of it, whole or not there, made while others write."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import zipfile

import pytest

from tests.site.service import Service


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A home with some records, only read by these tests."""
    folder = tmp_path_factory.mktemp("held")
    service = Service(folder / "home", ZHIQUAN_CITY="宜城", ZHIQUAN_SECRET_KEY="do-not-tell-anybody-about-this-key")
    service.holds(folder)
    return service


@pytest.fixture
def own(held, tmp_path):
    """The same home, to be written to."""
    shutil.copytree(held.home, tmp_path / "home")
    return Service(tmp_path / "home")


@pytest.fixture(scope="module")
def backed(held, tmp_path_factory):
    file = tmp_path_factory.mktemp("backed") / "a.zip"
    return held.told("backup", file) | {"path": file}


def manifest(file):
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))


def test_the_file_holds_the_database_the_raw_files_and_the_index_with_their_hashes(held, backed):
    said = manifest(backed["path"])
    with zipfile.ZipFile(backed["path"]) as archive:
        assert archive.testzip() is None
        for member in said["members"]:
            assert hashlib.sha256(archive.read(member["path"])).hexdigest() == member["sha256"], member["path"]
        raw = {name.rsplit("/", 1)[1]: archive.read(name) for name in archive.namelist() if name.startswith("raw/")}
    assert raw == held.raw() and len(raw) == 2
    kinds = {member["path"].split("/")[0] for member in said["members"]}
    assert kinds == {"database", "raw", "index"}


def test_the_manifest_says_what_it_holds(held, backed):
    said = manifest(backed["path"])
    counts = held.counts()
    assert {one["name"]: one["rows"] for one in said["tables"]} == counts
    assert said["records"] == 35 == counts["records_record"]
    assert (said["format"], said["product"], said["engine"], said["complete"]) == (1, "zhiquan", "sqlite", True)
    assert ["records", "0001_initial"] in said["migrations"]
    assert {one["subject"]: one["documents"] for one in said["index"]} == {"patent": 30, "trademark": 5}
    assert said["change"] == held.told("status")["change"]


def test_no_secret_is_in_it(held, backed):
    said = manifest(backed["path"])
    assert said["settings"] == ["ZHIQUAN_CITY", "ZHIQUAN_HOME", "ZHIQUAN_SECRET_KEY"]
    assert "do-not-tell" not in json.dumps(said) and "宜城" not in json.dumps(said)
    with zipfile.ZipFile(backed["path"]) as archive:
        assert not any("secret" in name for name in archive.namelist())


def test_what_is_printed_is_the_hash_of_the_whole_file_and_only_its_owner_may_read_it(backed):
    assert backed["sha256"] == hashlib.sha256(backed["path"].read_bytes()).hexdigest()
    assert stat.S_IMODE(backed["path"].stat().st_mode) == 0o600


def test_the_passage_through_the_door_is_in_the_backup_itself(backed, tmp_path):
    with zipfile.ZipFile(backed["path"]) as archive:
        archive.extract("database/zhiquan.sqlite3", tmp_path)
    with sqlite3.connect(tmp_path / "database/zhiquan.sqlite3") as link:
        assert link.execute("SELECT count(*) FROM common_auditentry WHERE action='backup.make'").fetchone()[0] == 1


def test_a_file_that_is_there_is_not_overwritten_without_being_told_to(held, tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(b"precious")
    assert "已存在" in held.refused("backup", file) and "--force" in held.refused("backup", file)
    assert file.read_bytes() == b"precious"
    held.ok("backup", file, "--force")
    assert manifest(file)["records"] == 35
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_what_the_disk_refuses_is_told_and_leaves_nothing(held, tmp_path):
    """A name as long as the disk takes leaves no room for the one it is first written under."""
    sentence = held.refused("backup", tmp_path / f"{'a' * 246}.zip")
    assert "备份没有写成" in sentence and "磁盘" in sentence
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("where", ["nowhere/a.zip", "."])
def test_a_place_that_cannot_be_is_told(held, tmp_path, where):
    assert "不能用作备份文件" in held.refused("backup", tmp_path / where)


def test_a_damaged_database_is_not_backed_up(own, tmp_path):
    own.damage("records_number")
    assert "数据库已损坏，没有备份它" in own.refused("backup", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


WRITER = """
import sqlite3, sys
link = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
print("on", flush=True)
at = 0
while True:
    at += 1
    link.execute("BEGIN IMMEDIATE")
    link.execute("UPDATE records_sequence SET change = change + 1")
    link.execute("INSERT INTO records_savedmapping (name, toml) VALUES (?, ?)", (f"m{at}", "x" * 4000))
    link.execute("COMMIT")
"""


def test_a_backup_of_a_home_that_is_written_to_is_of_one_moment(own, tmp_path):
    before = own.told("status")["change"]
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(own.file)], stdout=subprocess.PIPE, text=True)
    try:
        writer.stdout.readline()
        own.ok("backup", tmp_path / "a.zip")
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    said = manifest(tmp_path / "a.zip")
    written = next(one["rows"] for one in said["tables"] if one["name"] == "records_savedmapping")
    assert written > 0 and said["change"] == before + written
    assert own.told("verify", tmp_path / "a.zip")["good"]


def test_a_backup_that_is_killed_leaves_no_file_and_the_next_one_sweeps_up(held, tmp_path):
    file = tmp_path / "a.zip"
    process = held.start("backup", file)
    while process.poll() is None and not any(tmp_path.iterdir()):
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    if process.returncode == -signal.SIGKILL:
        assert not file.exists()
    held.ok("backup", file, "--force")
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]
    assert not list((held.home / "index").glob(".copy-*"))


def test_what_a_dead_process_left_is_told_from_what_a_living_one_writes(held, tmp_path):
    (tmp_path / ".a.zip.999999999.part").write_bytes(b"left")
    living = tmp_path / f".a.zip.{os.getpid()}.part"
    living.write_bytes(b"being written")
    held.ok("backup", tmp_path / "a.zip")
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([living.name, "a.zip"])
