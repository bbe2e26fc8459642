"""Files that hold many documents: one after another, wrapped by one root, in any encoding, some of them broken."""

from __future__ import annotations

import io

import pytest

from patmark.errors import BadRecord
from patmark.sources.base import Limits
from patmark.sources.xml import Document, documents, root_name

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def split(data: bytes, *names: str, limits: Limits | None = None) -> list[str]:
    """The text of each document, or `!` and its position where it is refused."""
    found = documents(io.BytesIO(data), limits or Limits(), records=frozenset(names))
    return [
        "".join(str(part) for part in one.root.itertext()) if isinstance(one, Document) else f"!{one.position}"
        for one in found
    ]


def test_documents_one_after_another_are_cut_apart() -> None:
    doctype = b'<!DOCTYPE a SYSTEM "a.dtd" [ ]>'
    data = b"\n".join(DECLARATION + doctype + f"<a>{at}</a>".encode() for at in range(5))
    assert split(data, "a") == split(data) == list("01234")


def test_documents_without_declarations_are_cut_at_their_end_tags() -> None:
    assert split(b"<a>1</a><a>2</a>\n<!-- between --><a/><a>4</a>", "a") == ["1", "2", "", "4"]


def test_wrapped_records_come_one_by_one_with_the_name_spaces_of_their_wrappers() -> None:
    data = b'<w xmlns:p="u" day="1"><g xmlns:q="v"><p:r q:x="1">1</p:r></g><p:r>2</p:r></w>'
    found = [one for one in documents(io.BytesIO(data), records=frozenset({"r"})) if isinstance(one, Document)]
    assert [one.root.tag for one in found] == ["{u}r", "{u}r"]
    assert found[0].root.get("{v}x") == "1"
    assert found[0].root.getroottree().getroot().get("day") == "1"


def test_a_truncated_document_costs_only_itself() -> None:
    data = DECLARATION + b"<a>1</a>" + DECLARATION + b"<a>2" + DECLARATION + b"<a>3</a><a>4<a>5</a>"
    assert split(data, "a") == ["1", "!第 2 份文件", "3", "!第 4 份文件", "5"]


def test_a_refusal_says_where_and_keeps_the_raw_text() -> None:
    (fault,) = documents(io.BytesIO(b"<a><b>text</a>"))
    assert isinstance(fault, BadRecord)
    assert fault.position == "第 1 份文件"
    assert "第 0 字节" in fault.sentence
    assert fault.raw == "<a><b>text</a>"


def test_what_is_no_xml_between_documents_is_refused_and_passed_over() -> None:
    assert split(b"<a>1</a> rubbish " + DECLARATION + b"<a>2</a>", "a") == ["1", "!第 2 份文件", "2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_chinese_is_read_in_every_encoding_even_when_none_is_declared(encoding: str) -> None:
    text = "<a>一种茶杯，发明名称㐀</a>" * 3
    assert split(text.encode(encoding), "a") == ["一种茶杯，发明名称㐀"] * 3


@pytest.mark.parametrize("declared", ["GB2312", "gbk", "GB18030"])
def test_a_declared_chinese_encoding_is_read_as_gb18030(declared: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?><a>镕茶</a>'.encode("gb18030")
    assert split(data) == ["镕茶"]


def test_a_wrong_declaration_of_utf_8_over_gbk_is_seen_through() -> None:
    assert split('<?xml version="1.0" encoding="UTF-8"?><a>一种茶杯</a>'.encode("gbk")) == ["一种茶杯"]


def test_a_damaged_byte_in_utf_8_is_not_taken_for_another_encoding() -> None:
    data = ("<a>" + "一种会变色的茶杯" * 50 + "</a>").encode()
    assert split(data[:100] + b"\xff" + data[101:]) == ["!第 1 份文件"]


def test_control_characters_do_not_cost_the_document() -> None:
    assert split(b"<a>x\x02y&#3;z</a>") == ["x y z"]


def test_character_entities_come_from_the_tables_of_the_offices() -> None:
    assert split(b"<a>&mgr;&bull;&thgr;&OHgr;&agr;&minus;&lsqb;&lt;&Circlesolid;&emsp;</a>") == ["μ•θΩα−[<●\u2003"]


def test_declared_characters_are_replaced_too_and_cdata_is_left_alone() -> None:
    data = b'<!DOCTYPE a [<!ENTITY mine "&#x3bc;"><!ENTITY pic SYSTEM "p.tif" NDATA TIF>]><a>&mine;<![CDATA[&x;]]></a>'
    assert split(data) == ["μ&x;"]


def test_documents_do_not_depend_on_where_the_stream_is_cut() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(7 if size is None or size > 7 else size)

    data = b"".join(DECLARATION + f"<p:abc x='>'>{at}</p:abc>".replace("p:", "").encode() for at in range(30))
    found = documents(Slow(data), records=frozenset({"abc"}))
    assert [one.root.text if isinstance(one, Document) else "!" for one in found] == [str(at) for at in range(30)]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<a/>", "a"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><!-- <!DOCTYPE z> --><p:root xmlns:p="u">', "root"),
        (b'<!DOCTYPE long [<!ENTITY x SYSTEM "' + b"y" * 500, "long"),
        ("<?xml version='1.0'?><中文>".encode("utf-16"), "中文"),
        (b"<!ELEMENT a (b)>", ""),
        (b"PATN\nWKU  0", ""),
        (b"", ""),
    ],
)
def test_the_root_is_told_from_the_first_bytes(head: bytes, name: str) -> None:
    assert root_name(head) == name
