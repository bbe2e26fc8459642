"""`zhiquan demo`: a file that is the same each time, options that contradict each other, a name it cannot write."""

from __future__ import annotations

import json

import pytest

from patmark.sources.all import read_file
from zhiquan.site import cli

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    def run(*arguments):
        status = cli.main(["demo", *map(str, arguments)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.mark.parametrize("ending", [".zip", ".jsonl"])
def test_a_file_is_the_same_each_time_and_read_whole(run, tmp_path, ending):
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    status, out, _ = run("--size", 90, "--to", first, "--json")
    assert (status, json.loads(out)["records"]) == (0, 90)
    run("--size", 90, "--to", second)
    assert first.read_bytes() == second.read_bytes()
    assert len([one for one in read_file(first) if hasattr(one.result, "office")]) == 90


def test_only_one_kind_where_that_is_asked(run, tmp_path):
    run("--size", 20, "--only", "patents", "--to", tmp_path / "a.jsonl")
    assert {type(one.result).__name__ for one in read_file(tmp_path / "a.jsonl")} == {"Patent"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--to", "a.txt"), 1, ".zip 或 .jsonl"),
        (("--size", "2", "--to", "nowhere/a.jsonl"), 1, "写不进这个文件"),
        (("--remove", "--background"), 2, "不能与"),
        (("--size", "0"), 2, "--size"),
        (("--size", "1000001"), 2, "--size"),
        (("--remove",), 1, "没有装入演示数据"),
    ],
)
def test_what_cannot_be_done_is_told(run, tmp_path, monkeypatch, arguments, status, said):
    monkeypatch.chdir(tmp_path)
    left, _, err = run(*arguments)
    assert left == status
    assert said in err
