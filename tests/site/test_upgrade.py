"""A home of an older version is upgraded with its database put away first; one of a newer version is refused."""

from __future__ import annotations

import zipfile

import pytest

from tests.site.service import Service

#: The tables as the first version made them, with a person in them.
FIRST = """
from zhiquan.site.start import set_up
set_up()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
first = [("accounts", "0001_first"), ("common", "0002_append_only"), ("records", "0001_initial"), ("sessions", "0001_initial")]
executor.migrate(first)
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO records_batch (name, state, sample, started) VALUES ('从前的批次', 2, false, '2024-01-02 03:04:05+00')")
"""


def made_by_the_first_version(service):
    done = service.python(FIRST)
    assert done.returncode == 0, done.stderr
    return service


@pytest.fixture
def old(tmp_path):
    return made_by_the_first_version(Service(tmp_path / "home"))


def test_a_home_of_the_first_version_is_upgraded_by_any_command(old):
    assert old.told("status")["batches"] == 1
    assert old.told("batches")[0]["name"] == "从前的批次"
    assert old.told("verify")["good"]


def test_its_database_is_put_away_before(old, tmp_path):
    columns = old.ask("PRAGMA table_info(records_batch)")
    old.ok("status")
    [kept] = (old.home / "before-upgrade").glob("*.zip")
    assert old.told("verify", kept)["good"]
    with zipfile.ZipFile(kept) as archive:
        assert archive.namelist() == ["database/zhiquan.sqlite3", "manifest.json"]
        archive.extract("database/zhiquan.sqlite3", tmp_path / "was")
    was = Service(tmp_path / "was")
    was.file = tmp_path / "was/database/zhiquan.sqlite3"
    assert was.ask("PRAGMA table_info(records_batch)") == columns


def test_the_second_command_puts_nothing_away(old):
    old.ok("status")
    old.ok("status")
    assert len(list((old.home / "before-upgrade").iterdir())) == 1


def test_a_new_home_has_nothing_to_put_away(tmp_path):
    service = Service(tmp_path / "home")
    service.ok("status")
    assert not (service.home / "before-upgrade").exists()


def test_only_a_few_are_kept(old):
    folder = old.home / "before-upgrade"
    folder.mkdir()
    for day in range(1, 6):
        (folder / f"2024010{day}T000000.zip").write_bytes(b"old")
    old.ok("status")
    left = sorted(path.name for path in folder.iterdir())
    assert left[:2] == ["20240104T000000.zip", "20240105T000000.zip"] and len(left) == 3


def test_a_backup_of_the_first_version_is_restored_and_upgraded(old, tmp_path):
    old.ok("status")
    [kept] = (old.home / "before-upgrade").glob("*.zip")
    there = Service(tmp_path / "there")
    there.ok("restore", kept)
    assert there.told("batches")[0]["name"] == "从前的批次" and there.told("verify")["good"]


def test_a_home_of_a_newer_version_is_refused_in_a_sentence_and_left_alone(tmp_path):
    service = Service(tmp_path / "home")
    service.ok("status")
    service.ask("INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0999_tomorrow', '2030-01-01')")
    before = service.counts()
    sentence = service.refused("status")
    assert "更新的版本" in sentence and "0999_tomorrow" in sentence and "备份" in sentence
    assert service.counts() == before
    assert "更新的版本" in service.refused("verify")


def test_where_it_cannot_be_put_away_nothing_is_upgraded(old):
    (old.home / "before-upgrade").write_text("a file is in the way", encoding="utf-8")
    columns = old.ask("PRAGMA table_info(records_batch)")
    assert "没有升级" in old.refused("status")
    assert old.ask("PRAGMA table_info(records_batch)") == columns
