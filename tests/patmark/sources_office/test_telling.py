"""Which office reader claims a file, by its content alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.patmark.sources_office.reading import FIXTURES, reads, told

CODES = {
    "st96_patent.xml": "st96_patent",
    "st96_mark.xml": "st96_trademark",
    "st96_mark_draft.xml": "st96_trademark",
    "st96_design.xml": "st96_design",
    "st96_gi.xml": "st96_gi",
    "st66_eu.xml": "st66",
    "st66_us.xml": "st66",
    "ops_family.xml": "epo_ops",
    "ops_biblio.xml": "epo_ops",
    "ops_fulltext.xml": "epo_ops",
    "ops_search.xml": "epo_ops",
    "ops_fault.xml": "epo_ops",
    "ops_family.json": "epo_ops_json",
    "odp_application.json": "uspto_odp",
    "odp_wrapper.json": "uspto_odp",
    "odp_continuity.json": "uspto_odp",
    "odp_documents.json": "uspto_odp",
    "assignment_search.xml": "uspto_assignment",
    "assignment_daily.xml": "uspto_assignment",
    "converted_legal.json": "foreign_json",
    "openapi.json": "foreign_json",
}


def test_every_fixture_is_named_here() -> None:
    assert {path.name for path in FIXTURES.iterdir()} == set(CODES)


@pytest.mark.parametrize("name", CODES)
def test_one_reader_claims_the_file(name: str) -> None:
    assert told(FIXTURES / name) == [CODES[name]]


@pytest.mark.parametrize("name", ["st96_mark.xml", "ops_family.json", "odp_application.json", "st66_eu.xml"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_name_and_the_encoding_do_not_matter(tmp_path: Path, name: str, encoding: str) -> None:
    text = (FIXTURES / name).read_text("utf-8")
    disguised = tmp_path / "export.xml"
    disguised.write_text(text, encoding)
    assert told(disguised) == [CODES[name]]
    assert [read.result for read in reads(disguised) if not isinstance(read.result, Exception)] == [
        read.result for read in reads(FIXTURES / name) if not isinstance(read.result, Exception)
    ]


def test_gb18030_is_read(tmp_path: Path) -> None:
    text = (FIXTURES / "ops_biblio.xml").read_text("utf-8").replace("UTF-8", "GB18030")
    (tmp_path / "a.xml").write_text(text, "gb18030")
    assert reads(tmp_path / "a.xml")[0].result == reads(FIXTURES / "ops_biblio.xml")[0].result


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"[1, 2",
        b'{"patentBagX": 1}',
        b'{"a": {"b": {"ops:world-patent-data": 1}}}',
        b"<html><body>Trademark</body></html>",
        b"<response><doc/></response>",
        b"<Transaction/>",
        b"\x00\x01\x02",
        b"plain text",
    ],
)
def test_nobody_claims_other_files(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    assert told(tmp_path / "x") == []
