"""A table nobody knows: its mapping is proposed, corrected, saved and used; faulty ones change nothing."""

from __future__ import annotations

import json

import pytest

from zhiquan.records.commands import import_
from zhiquan.records.models import Record, SavedMapping
from zhiquan.site.cli import main

pytestmark = pytest.mark.django_db

TABLE = "编号,题目,谁申请的,哪天申请\nCN201719900014.X,一种示例装置,示例公司,2017.01.13\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_proposal_is_saved_and_used_to_import(table, tmp_path, settings, capsys):
    settings.ZHIQUAN_HOME = tmp_path / "home"
    target = tmp_path / "own.toml"
    assert main(["mapping", "propose", str(table), "--to", str(target)]) == 0
    assert "表头不认得" in capsys.readouterr().out
    assert main(["mapping", "save", "我的", str(target)]) == 0
    # Without the index beside it: the follower is a process of its own and knows another database.
    import_.main([str(table), "--mapping", "我的", "--json"], standalone_mode=False)
    record = Record.objects.get()
    assert (record.key, record.title) == ("CN201719900014X", "一种示例装置")


def test_the_proposal_names_every_column(table, capsys):
    assert main(["mapping", "propose", str(table), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["recognised"] is False
    assert [one["header"] for one in told["columns"]] == ["编号", "题目", "谁申请的", "哪天申请"]
    assert [one["field"] for one in told["columns"]] == [
        "application_number",
        "title",
        "applicants",
        "application_date",
    ]


def test_saved_mappings_are_listed_beside_the_shipped(table, tmp_path, capsys):
    target = tmp_path / "own.toml"
    main(["mapping", "propose", str(table), "--to", str(target)])
    main(["mapping", "save", "我的", str(target)])
    capsys.readouterr()
    assert main(["mapping", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"name": "我的", "means": "自定义列对应表", "saved": True} in listed
    assert any(one["name"] == "incopat" and not one["saved"] for one in listed)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("record = ", "不是正确的 TOML"),
        ('record = "patent"\n[columns]\nno_such = ["甲"]\n', "没有“no_such”这个字段"),
        ('record = "book"\n[columns]\n', "record 应当是"),
    ],
)
def test_a_faulty_mapping_is_refused_with_its_reason(toml, sentence, tmp_path, capsys):
    path = tmp_path / "faulty.toml"
    path.write_text(toml, encoding="utf-8")
    assert main(["mapping", "save", "坏的", str(path)]) == 1
    assert sentence in capsys.readouterr().err
    assert not SavedMapping.objects.exists()


def test_a_missing_table_is_a_sentence(tmp_path, capsys):
    assert main(["mapping", "propose", str(tmp_path / "none.csv")]) == 1
    assert "找不到这个文件" in capsys.readouterr().err
