"""`zhiquan verify`: what is as it must be is called good, and each kind of damage is found and named."""

from __future__ import annotations

import shutil

import pytest

from tests.site.service import Service


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("held")
    service = Service(folder / "home")
    service.holds(folder)
    return service


@pytest.fixture
def own(held, tmp_path):
    shutil.copytree(held.home, tmp_path / "home")
    return Service(tmp_path / "home")


def judged(service):
    done = service.run("verify")
    return done.returncode, done.stdout.splitlines()


def test_a_home_that_is_well_is_called_good_part_by_part(held):
    said = held.told("verify")
    assert said["good"] and [one["state"] for one in said["findings"]] == ["好"] * 5
    figures = {one["part"]: one["figures"] for one in said["findings"]}
    assert figures["数据库"]["records_record"] == 35
    assert figures["原始文件"] == {"files": 2, "missing": 0, "changed": 0, "unnamed": 0}
    assert figures["索引 patent"]["indexed"] == figures["索引 patent"]["live"] == 30
    assert figures["索引 patent"]["sampled"] == 30 and figures["索引 trademark"]["sampled"] == 5
    assert figures["操作记录"]["entries"] == held.counts()["common_auditentry"]


def raw_file_gone(service):
    next((service.home / "raw").glob("??/*")).unlink()


def raw_file_changed(service):
    path = next((service.home / "raw").glob("??/*"))
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))


def record_not_indexed(service):
    """A record came in past the sequence of changes, as after a fault of ours."""
    service.ask("UPDATE records_record SET state = 3 WHERE id = (SELECT min(id) FROM records_record)")


def audit_without_its_trigger(service):
    service.ask("DROP TRIGGER audit_append_only")


def audit_rewritten(service):
    [(trigger,)] = service.ask("SELECT sql FROM sqlite_master WHERE name = 'audit_append_only'")
    service.ask("DROP TRIGGER audit_append_only")
    service.ask("UPDATE common_auditentry SET payload = '{}' WHERE id = 2")
    service.ask(trigger)


def row_that_points_nowhere(service):
    service.ask("PRAGMA foreign_keys=OFF")
    service.ask("DELETE FROM records_batchfile")


DAMAGE = {
    raw_file_gone: ("原始文件", "缺 1 个"),
    raw_file_changed: ("原始文件", "内容变了 1 个"),
    record_not_indexed: ("索引", "与记录不符：缺 0 条，多 1 条"),
    audit_without_its_trigger: ("操作记录", "触发器不见了"),
    audit_rewritten: ("操作记录", "1 条与写下时不符"),
    row_that_points_nowhere: ("数据库", "指向 records_batchfile 中没有的行"),
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda one: one.__name__)
def test_damage_is_found_and_named(own, damage):
    part, sentence = DAMAGE[damage]
    damage(own)
    status, lines = judged(own)
    assert status == 1
    assert any(line.startswith("不好") and part in line and sentence in line for line in lines), lines


def test_an_index_that_is_gone_is_built_again_and_good(own):
    shutil.rmtree(own.home / "index")
    assert own.told("verify")["good"]


def test_a_backup_file_is_judged_without_touching_the_home(held, tmp_path):
    held.ok("backup", tmp_path / "a.zip")
    elsewhere = Service(tmp_path / "elsewhere")
    said = elsewhere.told("verify", tmp_path / "a.zip")
    assert said["good"] and said["findings"][0]["figures"]["records"] == 35
    assert {path.name for path in elsewhere.home.iterdir()} <= {"secret_key", "logs", "inbox"}
