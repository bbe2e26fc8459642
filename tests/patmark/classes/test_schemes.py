"""Loaded schemes answer titles, parents, children, descendants with their basis, and words."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from patmark.classes import (
    BY_GROUPS,
    BY_LEVELS,
    Level,
    Scheme,
    load_ipc_scheme,
    load_ipc_table,
    load_locarno_table,
    load_nice_table,
    short_titles,
    title,
)
from patmark.errors import BadFile
from tests.shared_data import shared

SMALL_XML = Path(__file__).parents[2] / "data" / "classes" / "ipc_scheme_small.xml"

IPC_CSV = """code,level,title_zh,parent_group
A01B3/02,subgroup,横的 骨,A01B3/00
A01B11/00,group,尾巴,A01B
A01B3/00,group,横骨（线轴入 A01C3/00） 注意： 只指竹子的。,A01B
A01B1/04,subgroup,· ·弯两次的,A01B1/00
A01B1/02,subgroup,·弯的,A01B1/00
A01B1/06,subgroup,·直的,A01B1/00
A01B1/00,group,主骨,A01B
A01B,subclass,风筝的骨架,
A01,class,风筝,
A,section,甲部,
,group,,
A01B11/00,group,尾巴A01B12/00翅膀A01B13/00,A01B
"""

NICE = [
    {
        "code": "09",
        "name": "第九类 玩偶的科学",
        "children": [
            {
                "code": "0901",
                "name": "会走的",
                "children": [
                    {"code": "090001", "name": "木偶"},
                    {"code": "090001", "name": "木头人"},
                    {"code": "C090002", "name": "泥人"},
                    {"code": "待定", "name": "纸人"},
                ],
            },
            {"code": "0902", "name": "会飞的", "children": [{"code": "090001", "name": "木偶"}]},
            {"code": "0903", "name": "空组"},
        ],
    }
]


def ipc() -> Scheme:
    return Scheme.from_entries("ipc", load_ipc_table(io.BytesIO(IPC_CSV.encode())), edition="2030.01")


def test_a_table_of_codes_and_titles_becomes_a_scheme() -> None:
    scheme = ipc()
    assert len(scheme) == 10
    assert scheme.title("A01B 3/02") == "横的骨"
    assert scheme.title("A01B3/00") == "横骨（线轴入A01C3/00）"
    entry = scheme.entry("A01B3/00")
    assert entry is not None
    assert entry.note.startswith("注意")
    assert [one.symbol for one in scheme.children("A01B")] == ["A01B1/00", "A01B3/00", "A01B11/00"]
    assert [one.symbol for one in scheme.parents("A01B3/02")] == ["A01B3/00", "A01B", "A01", "A"]
    assert "A01B 1/06" in scheme
    assert "A01B9/00" not in scheme


def test_of_two_rows_with_one_code_the_one_that_reads_as_a_title_stands() -> None:
    assert ipc().title("A01B11/00") == "尾巴"


def test_dots_on_every_subgroup_give_the_levels_of_a_main_group() -> None:
    scheme = ipc()
    below = scheme.descendants("A01B1/02")
    assert below.symbols == ("A01B1/02", "A01B1/04")
    assert below.basis == BY_LEVELS


def test_without_levels_a_subgroup_is_only_itself_and_the_basis_says_so() -> None:
    scheme = ipc()
    below = scheme.descendants("A01B3/02")
    assert (below.symbols, below.basis) == (("A01B3/02",), BY_GROUPS)
    below = scheme.descendants("A01B")
    assert below.symbols == (
        "A01B", "A01B1/00", "A01B1/02", "A01B1/04", "A01B1/06", "A01B3/00", "A01B3/02", "A01B11/00",
    )  # fmt: skip
    assert below.basis == BY_GROUPS


def test_the_scheme_of_wipo_in_xml_has_its_own_levels() -> None:
    with SMALL_XML.open("rb") as stream:
        scheme = Scheme.from_entries("ipc", load_ipc_scheme(stream))
    assert scheme.descendants("A01B1/02").symbols == ("A01B1/02", "A01B1/021", "A01B1/0215")
    assert scheme.descendants("A01B").basis == BY_LEVELS
    assert [one.symbol for one in scheme.parents("A01B1/0215")][:2] == ["A01B1/021", "A01B1/02"]
    assert scheme.title("A01") == "风筝；纸鸢"
    assert scheme.title("A01B") == "风筝的骨架（线轴入A01C3/00）"
    assert scheme.title("A01B1/02") == "弯的（A01B1/04至A01B1/06优先）"
    entry = scheme.entry("A01B1/0215")
    assert entry is not None
    assert (entry.dots, entry.level) == (3, Level.SUBGROUP)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<a/>", b"<IPCScheme><ipcEntry", b"not xml",
        b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>',
        b"<a>" * 100_000,
    ],
)  # fmt: skip
def test_xml_that_is_no_scheme_is_refused_in_chinese(content: bytes) -> None:
    with pytest.raises(BadFile) as caught:
        list(load_ipc_scheme(io.BytesIO(content)))
    assert caught.value.sentence


def test_nice_classes_groups_and_items_become_a_scheme() -> None:
    packed = gzip.compress(json.dumps(NICE).encode())
    scheme = Scheme.from_entries("nice", load_nice_table(io.BytesIO(packed)), edition="2030")
    assert scheme.title("第9类") == "玩偶的科学"
    assert scheme.title("0902") == "会飞的"
    assert scheme.title("090001") == "木偶；木头人"
    assert [one.symbol for one in scheme.children("0901")] == ["090001", "0901-待定", "C090002"]
    assert [one.symbol for one in scheme.children("0902")] == ["090001"]
    assert [one.symbol for one in scheme.parents("C090002")] == ["0901", "09"]
    assert len(scheme.descendants("9").symbols) == 7
    assert scheme.descendants("9").basis == BY_LEVELS


def test_a_locarno_table_becomes_a_scheme() -> None:
    table = "code,title\n12,会动的\n12-16,零件\n"
    scheme = Scheme.from_entries("locarno", load_locarno_table(io.BytesIO(table.encode())))
    assert scheme.title("LOC(14)Cl.12-16") == "零件"
    assert [one.symbol for one in scheme.children("12")] == ["12-16"]


@pytest.mark.parametrize(
    "content", [b"", b"name\nx\n", "code,title_zh\nH01,电\nXX,坏\n".encode(), "代码".encode("gb18030"), b"\x1f\x8bxx"]
)
def test_a_table_of_another_shape_is_refused_in_chinese(content: bytes) -> None:
    with pytest.raises(BadFile) as caught:
        list(load_ipc_table(io.BytesIO(content)))
    assert caught.value.sentence


@pytest.mark.parametrize(
    "content", [b"", b"{", b'[{"a": 1}]', b'[{"code": "99", "name": "x"}]', b"[1]", b"[" * 100_000]
)
def test_json_of_another_shape_is_refused_in_chinese(content: bytes) -> None:
    with pytest.raises(BadFile):
        list(load_nice_table(io.BytesIO(content)))


def test_words_are_found_in_titles_and_in_those_above() -> None:
    scheme = ipc()
    assert [one.symbol for one in scheme.search("风筝")] == ["A01", "A01B"]
    assert [one.symbol for one in scheme.search("主骨 弯")] == ["A01B1/02", "A01B1/04"]
    assert scheme.search("  ") == ()
    assert scheme.search("没有这个词") == ()


def test_titles_come_from_loaded_schemes_first_and_from_the_shipped_tables_else() -> None:
    assert title("ipc", "H01") == "基本电气元件"
    assert title("cpc", "Y02") != ""
    assert title("ipc", "H01M") == ""
    assert title("nice", "第9类") == title("nice", "09") != ""
    assert title("ipc", "A01", {"ipc": ipc()}) == "风筝"
    assert title("cpc", "A01B1/06", {"ipc": ipc()}) == "直的"
    assert title("ipc", "H01", {"ipc": ipc()}) == "基本电气元件"
    assert (len(short_titles("nice")), len(short_titles("locarno"))) == (45, 32)
    assert next(iter(short_titles("ipc"))) == "A"


def test_the_real_ipc_table_is_read_whole() -> None:
    with shared("data/reference/ipc_2026_01_zh.csv.gz").open("rb") as stream:
        scheme = Scheme.from_entries("ipc", load_ipc_table(stream), edition="2026.01")
    assert len(scheme) == 77_237
    assert [one.symbol for one in scheme.children()] == list("ABCDEFGH")
    assert "锂离子电池" in scheme.title("H01M10/0525")
    assert len(scheme.descendants("H01M").symbols) == 588
    assert set(short_titles("ipc")) >= {one.symbol for one in scheme.entries.values() if one.level is Level.CLASS}


def test_the_real_nice_table_is_read_whole() -> None:
    with shared("data/reference/nice_similar_groups_zh_2018.json.gz").open("rb") as stream:
        scheme = Scheme.from_entries("nice", load_nice_table(stream), edition="2018")
    levels = [one.level for one in scheme.entries.values()]
    assert (levels.count(Level.CLASS), levels.count(Level.SIMILAR_GROUP), levels.count(Level.ITEM)) == (45, 491, 10_634)
