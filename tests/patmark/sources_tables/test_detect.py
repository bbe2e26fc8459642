"""What is no data is refused by its content with a sentence that says what it is and what to do."""

from __future__ import annotations

import zipfile

import pytest

from patmark.errors import BadFile
from patmark.sources.all import open_source, tell
from tests.patmark.sources_tables.made import HEADER, book, csv_text, patent_rows, read, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
FILES = {
    "空的": b" \r\n",
    "图片": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "PDF": b"%PDF-1.7\n",
    "旧版 Excel": OLE + "Workbook".encode("utf-16-le"),
    "打开密码": OLE + "EncryptedPackage".encode("utf-16-le"),
    "旧版 Office": OLE + "WordDocument".encode("utf-16-le"),
    "只读 zip 和 gz": b"Rar!\x1a\x07\x01\x00",
    "二进制": bytes(range(256)) * 8,
    "DTD、XSD": b'<!-- a table of entities --><!ENTITY alpha "&#945;">',
    "XSD": b'<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>',
    "网页": "<!DOCTYPE html><html><table><tr><td>申请号</td></tr></table></html>".encode(),
    "存成 .xls": "<table><tr><td>申请号</td></tr></table>".encode("gb18030"),
    "Excel 2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "<feed>": b'<?xml version="1.0"?><!-- x --><feed><entry/></feed>',
    "GeoJSON": b'{"type":"FeatureCollection","features":[]}',
    "别的软件的输出": b'{"documents":[{"publication_number":"EP1"}]}',
    "OpenAPI": b"openapi: 3.0.1\ninfo:\n",
    "Markdown": "# 某某法\n\n第一条 为了……\n".encode(),
    "认不出专利或商标数据": "就是一段话。\n没有别的。\n".encode(),
}


@pytest.mark.parametrize("words", FILES)
def test_what_is_no_data_is_refused_in_its_words(tmp_path, words):
    with pytest.raises(BadFile) as refused:
        read(write(tmp_path / "a.csv", FILES[words]))
    assert words in str(refused.value)


def test_office_files_that_are_zips_are_no_archives(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    with pytest.raises(BadFile, match="Word"):
        read(path)


def test_kinds_are_told_by_content(tmp_path):
    rows = [HEADER, *patent_rows(2)]
    files = {
        "csv": write(tmp_path / "a.xml", csv_text(rows)),
        "xlsx": book(tmp_path / "b.csv.xlsx", {"a": rows}).rename(tmp_path / "b.csv"),
        "sql": write(tmp_path / "c.txt", "INSERT INTO `a` (`申请号`) VALUES ('1');"),
    }
    assert {code: tell(open_source(path)).code for code, path in files.items()} == {code: code for code in files}
