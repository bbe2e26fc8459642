"""Header mappings: spellings folded, the best cover chosen, files read and written, wrong ones told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patmark.errors import BadInput
from patmark.sources.all import read_file
from patmark.sources.mapping import (
    Column,
    Mapping,
    choose_mapping,
    fields_of,
    lay,
    normalise_header,
    shipped,
    shipped_mappings,
)
from tests.patmark.sources_tables.made import csv_text, patents, read, write


@pytest.mark.parametrize(
    "header",
    [
        "公开（公告）号",
        "公开(公告)号",
        "公开 (公告) 号",
        "公开（公告）\n号",
        "\ufeff公开（公告）号：",
        "＊公开（公告）号",
    ],
)
def test_spellings_of_a_header_are_one(header):
    assert normalise_header(header) == "公开(公告)号"


@pytest.mark.parametrize(
    ("code", "headers"),
    [
        ("patent", ["专利名称", "申请号", "申请人", "申请日", "主分类号", "摘要"]),
        ("cnipr", ["申请号", "公开（公告）号", "公开（公告）日", "申请（专利权）人", "发明（设计）人", "主权项"]),
        ("incopat", ["标题 (中文)", "标题（翻译）", "摘要（翻译）", "申请号", "首权", "当前权利人", "引证专利"]),
        ("patsnap", ["公开(公告)号", "标题", "标题(译)(English)", "[标]当前申请(专利权)人", "摘要(译)(English)"]),
        ("cnki", ["title", "author", "com", "public", "sql", "quote", "ChDiv_summary", "claim_text"]),
        ("english", ["Publication Number", "Title", "Assignee", "Filing Date"]),
        ("trademark", ["注册号", "商标名称", "国际分类", "申请人", "申请日期"]),
        ("trademark", ["申请/注册号", "国际分类", "申请人名称（中文）"]),
    ],
)
def test_the_mapping_with_the_best_cover_is_chosen(code, headers):
    choice = choose_mapping(headers)
    assert (choice.mapping.code, choice.is_enough) == (code, True)


def test_headers_of_something_else_are_not_enough():
    for headers in (["code", "name"], ["title", "author", "year"], ["名称", "数量"], ["申请人", "地址"], [""]):
        assert not choose_mapping(headers).is_enough


def test_a_header_with_an_unknown_bracket_is_looked_up_without_it():
    assert choose_mapping(["申请号（必填）", "专利名称[中文]"]).fields == ("application_number", "title")


@pytest.mark.parametrize("mapping", shipped_mappings(), ids=lambda one: one.code)
def test_every_shipped_mapping_is_written_and_read_back(mapping):
    mapping.check()
    assert Mapping.from_toml(mapping.to_toml()) == mapping
    assert mapping.source


@given(
    st.lists(st.text(max_size=20).filter(normalise_header), min_size=1, max_size=8, unique_by=normalise_header),
    st.text(max_size=30), st.sampled_from(["patent", "trademark"]), st.booleans(),
)  # fmt: skip
def test_any_mapping_is_written_and_read_back(headers, name, record, has_header):
    codes = list(fields_of(record))
    columns = tuple(Column(codes[at], (header,)) for at, header in enumerate(headers))
    mapping = Mapping("own", name, record, columns, has_header=has_header)
    assert Mapping.from_toml(mapping.to_toml()) == mapping


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code = ", "TOML"),
        ('code = "a"\nrecord = "design"', "record"),
        ('code = "a"\nrecord = "patent"\n[columns]\nnumber = ["申请号"]', "没有“number”这个字段"),
        ('code = "a"\nrecord = "patent"\n[columns]\ntitle = "名称"', "columns"),
        ('code = 1\nrecord = "patent"', "code"),
        ('code = "a"\nrecord = "patent"\nbase = "none"', "base"),
        ('code = "a"\nrecord = "patent"\n[columns]\ntitle = ["名称"]\nabstract = ["名 称"]', "同时对应"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_fault(text, words):
    with pytest.raises(BadInput, match=words):
        Mapping.from_toml(text)


def test_a_mapping_of_ones_own_reads_headers_nobody_knows(tmp_path):
    path = write(tmp_path / "a.csv", csv_text([["编码", "叫什么", "谁的"], ["CN201210000001.1", "示例", "甲厂"]]))
    columns = (Column("application_number", ("编码",)), Column("title", ("叫什么",)))
    own = Mapping("own", "自定", "patent", columns, base="patent")
    (found,) = read_file(path, mapping=own)
    assert (found.result.title, found.result.extra) == ("示例", (("谁的", "甲厂"),))


def test_a_mapping_of_ones_own_reads_a_table_without_header(tmp_path):
    path = write(tmp_path / "a.csv", csv_text([["CN201210000001.1", "示例"], ["CN201210000002.1", "样例"]]))
    columns = (Column("application_number", ("第1列",)), Column("title", ("第2列",)))
    own = Mapping("own", "自定", "patent", columns, has_header=False)
    found = [(one.position, one.result.title) for one in read_file(path, mapping=own)]
    assert found == [("第 1 行", "示例"), ("第 2 行", "样例")]


def test_two_columns_of_one_field_lose_nothing(tmp_path):
    path = write(tmp_path / "a.csv", csv_text([["申请号", "名称", "专利名称"], ["CN201210000001.1", "甲", "乙"]]))
    (patent,) = patents(path)
    assert patent.title == "甲" and patent.extra == (("专利名称", "乙"),)


def test_a_mapping_nobody_ships_is_told():
    with pytest.raises(BadInput, match="incopat"):
        shipped("none")


def test_offices_left_open_stay_open(tmp_path):
    choice = lay(shipped("incopat"), ["申请号", "标题"])
    assert choice.mapping.office == ""
    path = write(tmp_path / "a.csv", csv_text([["申请号", "名称"], ["201210000001.1", "甲"]]))
    assert read(path)[0].result.office == "CN"
