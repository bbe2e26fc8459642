"""`zhiquan restore`: into an empty home, the same counts and hashes; a failure leaves what was there."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from patmark.errors import BadFile
from tests.records.tables import patent, write_csv
from tests.site.service import Service
from zhiquan.records import working
from zhiquan.site.backup import restoring
from zhiquan.site.backup.archive import Reader

#: What a restore adds by itself: the note of its passage through the door.
NOTE = {"common_auditentry": 1}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    service = Service(folder / "home")
    service.holds(folder)
    service.ok("backup", folder / "a.zip")
    service.backup = folder / "a.zip"
    return service


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Another home, with three records."""
    folder = tmp_path_factory.mktemp("few")
    service = Service(folder / "home")
    service.holds(folder, patents=3, marks=0)
    return service


@pytest.fixture
def occupied(few, tmp_path):
    """A home of the test's own that holds three records."""
    shutil.copytree(few.home, tmp_path / "home")
    return Service(tmp_path / "home")


def plus(counts, more):
    return {name: count + more.get(name, 0) for name, count in counts.items()}


def searched(service, query="装置"):
    return service.told("search", query, "--limit", 100)


def rows(service):
    """Every row of what was brought in."""
    return {
        name: service.ask(f'SELECT * FROM "{name}" ORDER BY 1')
        for name in service.counts()
        if name.startswith(("records_", "accounts_"))
    }


def test_a_restored_home_holds_the_same_rows_files_and_answers(source, tmp_path):
    there = Service(tmp_path / "home")
    said = there.told("restore", source.backup)
    assert said["index"] == "restored" and said["replaced"] == ""
    assert there.counts() == plus(source.counts(), NOTE)
    assert rows(there) == rows(source) and there.raw() == source.raw()
    assert searched(there) == searched(source) and searched(there)["total"] == 30
    assert there.told("verify")["good"]
    assert (there.home / "secret_key").read_bytes() != (source.home / "secret_key").read_bytes()
    assert {path.name for path in there.home.iterdir()} >= {"zhiquan.sqlite3", "raw", "index", "secret_key"}
    assert not list(there.home.glob("restoring-*"))


def test_the_index_can_be_built_anew_instead(source, tmp_path):
    there = Service(tmp_path / "home")
    assert there.told("restore", source.backup, "--reindex")["index"] == "rebuilt"
    assert searched(there) == searched(source)


def test_a_home_that_holds_something_is_left_alone(source, occupied):
    before = occupied.counts(), occupied.raw(), searched(occupied)
    sentence = occupied.refused("restore", source.backup)
    assert "已经有数据" in sentence and "--force" in sentence
    assert (occupied.counts(), occupied.raw(), searched(occupied)) == before


def test_with_force_what_was_there_is_moved_aside_whole(source, occupied, tmp_path):
    counts, raw = occupied.counts(), occupied.raw()
    said = occupied.told("restore", source.backup, "--force")
    assert rows(occupied) == rows(source) and occupied.raw() == source.raw()
    old = Service(tmp_path / "old")
    old.home.mkdir()
    aside = occupied.home / said["replaced"].rsplit("/", 1)[1]
    for path in aside.iterdir():
        shutil.move(path, old.home / path.name)
    assert old.counts() == counts and old.raw() == raw
    assert searched(old)["total"] == 3 and old.told("verify")["good"]


def test_an_unused_home_counts_as_empty(source, tmp_path):
    there = Service(tmp_path / "home")
    there.ok("status")
    assert there.told("restore", source.backup)["replaced"] == ""
    assert rows(there) == rows(source)


def test_a_site_that_runs_is_not_pulled_away_from_under_its_feet(source, occupied):
    follower = occupied.start("follow")
    try:
        while "正在使用" not in (sentence := occupied.run("restore", source.backup, "--force").stderr):
            assert follower.poll() is None, sentence
    finally:
        follower.terminate()
        follower.wait()


def tampered(source, file, change):
    """The backup with its members changed: `change(name, data)` answers the new bytes, or None to leave it out."""
    with zipfile.ZipFile(source.backup) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return file


def in_manifest(**values):
    def change(name, data):
        return json.dumps(json.loads(data) | values).encode() if name == "manifest.json" else data

    return change


FAULTS = {
    "a raw file changed": (lambda name, data: data[:-1] + b"!" if name.startswith("raw/") else data, "校验值不符"),
    "a member left out": (lambda name, data: None if name.startswith("raw/") else data, "与清单不符"),
    "the manifest left out": (lambda name, data: None if name == "manifest.json" else data, "不是备份文件"),
    "a manifest of nonsense": (lambda name, data: b"[]" if name == "manifest.json" else data, "清单读不出来"),
    "another product": (in_manifest(product="other"), "不是知泉的备份"),
    "a newer format": (in_manifest(format=99, version="9.0"), "更新的版本（9.0）"),
    "newer tables": (in_manifest(migrations=[["records", "0999_tomorrow"]], version="9.0"), "更新的版本（9.0）"),
    "a count that is wrong": (
        in_manifest(tables=[{"name": "records_record", "rows": 7, "columns": []}]),
        "records_record 应有 7 行",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_that_was_changed_is_refused_and_nothing_happens(source, few, tmp_path, fault):
    change, sentence = FAULTS[fault]
    file = tampered(source, tmp_path / "bad.zip", change)
    before = few.counts(), few.raw()
    assert sentence in few.refused("restore", file, "--force")
    assert (few.counts(), few.raw()) == before
    assert not list(few.home.glob("re*ed-*")) and not list(few.home.glob("restoring-*"))


@pytest.mark.parametrize("path", ["raw/../../../etc/passwd", "/etc/passwd", "elsewhere/x", "index/a\\..\\b"])
def test_a_member_cannot_point_out_of_the_home(source, tmp_path, path):
    evil = {"path": path, "size": 1, "sha256": "0" * 64}
    file = tampered(source, tmp_path / "bad.zip", in_manifest(members=[evil]))
    with pytest.raises(BadFile, match="清单读不出来"):
        Reader(file)


@pytest.mark.parametrize("cut", [0, 0.1, 0.5, 0.999])
def test_a_backup_that_is_cut_off_is_refused(source, tmp_path, cut):
    data = source.backup.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(BadFile, match="没有写完"):
        Reader(tmp_path / "cut.zip")


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "没有这个文件" in Service(tmp_path / "home").refused("restore", tmp_path / "a.zip")


def test_a_restore_that_is_killed_leaves_the_old_state_or_the_new(source, occupied):
    old = rows(occupied)
    process = occupied.start("restore", source.backup, "--force")
    while process.poll() is None and not list(occupied.home.glob("restoring-*/database/*")):
        pass
    process.kill()
    process.wait()
    assert rows(occupied) in (old, rows(source))
    occupied.ok("restore", source.backup, "--force")
    assert rows(occupied) == rows(source) and occupied.told("verify")["good"]
    assert not list(occupied.home.glob("restoring-*"))


def test_what_came_in_after_the_backup_can_come_in_again(source, tmp_path):
    there = Service(tmp_path / "home")
    there.ok("restore", source.backup)
    there.ok("import", write_csv(tmp_path / "more.csv", [patent(900, 名称="后来的装置")]))
    assert searched(there, "后来的装置")["total"] == 1 and there.told("verify")["good"]


def test_the_locks_are_those_of_whoever_writes():
    assert {"index", working.LOCK} == set(restoring.LOCKS)
