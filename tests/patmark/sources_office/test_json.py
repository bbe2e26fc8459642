"""JSON in bounds: what is told at the head, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from patmark.errors import BadFile
from patmark.sources.base import Limits
from patmark.sources.json_head import keys, load
from tests.patmark.sources_office.reading import FIXTURES, reads, source


def test_keys_are_told_even_where_the_head_ends_in_the_middle() -> None:
    assert keys('{"a": {"b": [1, {"c": "x:y"}, {"d": 2}]}, "e": "{\\"f\\": 1}", "g": {"h') == {
        "a",
        "a/b",
        "a/b/c",
        "a/b/d",
        "e",
        "g",
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"patentBag": [', "JSON 不完整或有语法错误（第 1 行第 16 列）。"),
        (b'{"patentBag": ' + b"[" * 600 + b"]" * 600 + b"}", "JSON 嵌套超过 256 层。"),
        (b'{"patentBag": ' + b"[" * 200_000, "JSON 不完整或有语法错误"),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(BadFile) as caught:
        reads(tmp_path / "a")
    assert caught.value.sentence.startswith(sentence)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b'{"patentBag": []}')
    with pytest.raises(BadFile, match="不能一次读入"):
        load(source(tmp_path / "a"), Limits(document=4))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("converted_legal.json", "这是别的程序把 EPO OPS 的法律状态数据转换后的结果，不是 EPO 的原始数据。"),
        ("openapi.json", "这是接口说明（OpenAPI），里面没有记录。"),
    ],
)
def test_what_is_no_office_data_is_refused_by_what_it_is(name: str, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        reads(FIXTURES / name)
    assert caught.value.sentence == sentence
