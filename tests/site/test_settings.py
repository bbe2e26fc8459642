"""Settings are read by type; a wrong or unknown one stops the start with a sentence that names it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from patmark.errors import WrongSetting
from tests.architecture.tree import ROOT
from zhiquan.site.env import Env, database, path_of, search_folder


def start(home, **variables):
    """`zhiquan` in a process of its own, with these settings only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIQUAN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "zhiquan.site.cli", "admin", "--help"],
        cwd=ROOT, env=kept | {"ZHIQUAN_HOME": str(home)} | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_new_home_gets_a_database_and_a_key_only_its_owner_reads(tmp_path):
    home = tmp_path / "a b%20#?" / "家"
    assert start(home).returncode == 0
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600
    key = (home / "secret_key").read_text()
    assert start(home).returncode == 0 and (home / "secret_key").read_text() == key
    assert (home / "zhiquan.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ZHIQUAN_DEBUG", "maybe", "开关值"),
        ("ZHIQUAN_DATABASE", "mysql://x/y", "sqlite://"),
        ("ZHIQUAN_DATABASE", "postgres://x@127.0.0.1:1/none", "打不开"),
        ("ZHIQUAN_SEARCH", "opensearch://x:9200", "还没有 OpenSearch"),
        ("ZHIQUAN_SEARCH", "embedded:/x", "embedded://"),
        ("ZHIQUAN_HOME", "/proc/nowhere", "不能用作文件夹"),
        ("ZHIQUAN_DATABSE", "sqlite:///x", "ZHIQUAN_DATABASE 吗"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, name, value, sentence):
    done = start(tmp_path, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr and sentence in done.stderr and "Traceback" not in done.stderr


def test_an_unknown_setting_far_from_any_points_to_the_reference():
    with pytest.raises(WrongSetting, match=r"settings\.md"):
        Env({"ZHIQUAN_QWERTYUIOP_XYZ": "1"}).close()


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("是", True), ("OFF", False), ("", False), (" ", False)])
def test_a_switch_takes_the_usual_spellings(value, expected):
    assert Env({"ZHIQUAN_DEBUG": value}).flag("ZHIQUAN_DEBUG", False, "") is expected


def test_three_strokes_are_a_relative_path_and_four_an_absolute_one():
    assert path_of(urlsplit("sqlite:////srv/a%20b/x.db")) == Path("/srv/a b/x.db")
    assert path_of(urlsplit("sqlite:///x.db")) == Path("x.db").absolute()
    assert search_folder(urlsplit("embedded:////srv/index"), name="X") == Path("/srv/index")


def test_a_postgres_address_is_taken_apart():
    pytest.importorskip("psycopg")
    parts = database(urlsplit("postgres://anqing:p%40ss@db:5433/zhiquan"), name="X")
    told = [parts[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert told == ["zhiquan", "anqing", "p@ss", "db", "5433"]


def test_sqlite_is_set_up_for_several_writers():
    parts = database(urlsplit("sqlite:////srv/x.db"), name="X")
    assert parts["CONN_MAX_AGE"] is None
    assert parts["OPTIONS"]["transaction_mode"] == "IMMEDIATE" and parts["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in parts["OPTIONS"]["init_command"]


def test_processes_that_start_together_in_a_new_home_have_one_key(tmp_path):
    def kept(at):
        return Env({}).secret("ZHIQUAN_SECRET_KEY", tmp_path / "secret_key", "")

    with ThreadPoolExecutor(8) as several:
        keys = set(several.map(kept, range(64)))
    assert len(keys) == 1 and len(keys.pop()) > 50
    assert [one.name for one in tmp_path.iterdir()] == ["secret_key"]
