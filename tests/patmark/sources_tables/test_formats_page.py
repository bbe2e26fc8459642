"""The pages on formats say what the code does: every kind, every field, every mapping, and each real file's records."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from patmark.errors import BadFile, BadRecord
from patmark.sources.all import KINDS, open_source, read_file, tell
from patmark.sources.mapping import fields_of, shipped_mappings
from tests.shared_data import SHARED, shared

PAGES = Path(__file__).resolve().parents[3] / "docs" / "reference"
FORMATS = (PAGES / "formats.md").read_text("utf-8")
TABLES = (PAGES / "formats-tables.md").read_text("utf-8")
COUNTED = re.findall(r"^\| `([^`]+)` \| `(\w+)` \| (\d+) \| (\d+) \| (.*) \|$", FORMATS, re.MULTILINE)
REFUSED = re.findall(r"^\| `([^`]+)` \| ([^`|]+) \|$", FORMATS.partition("整份拒收")[2], re.MULTILINE)


def test_every_kind_has_its_row():
    listed = re.findall(r"^\| `(\w+)` \|", FORMATS.partition("## 真实文件")[0], re.MULTILINE)
    assert sorted(listed) == sorted(kind.code for kind in KINDS)


def test_every_field_and_mapping_of_tables_has_its_row():
    for record, title in (("patent", "### 专利字段"), ("trademark", "### 商标字段")):
        section = TABLES.partition(title)[2].partition("\n#")[0]
        assert sorted(set(re.findall(r"`([a-z_]+)`", section)) - {"extra"}) == sorted(fields_of(record))
    section = TABLES.partition("## 随带的列对应表")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == [
        "patent", "cnipr", "incopat", "patsnap", "cnki", "english", "trademark",
    ]  # fmt: skip
    assert len(shipped_mappings()) == 7


@pytest.mark.parametrize(("path", "code", "records", "rejects", "note"), COUNTED, ids=[row[0] for row in COUNTED])
def test_a_real_file_gives_the_records_the_page_says(path, code, records, rejects, note):
    file = shared(f"data/{path}")
    assert tell(open_source(file)).code == code
    results = [one.result for one in read_file(file)]
    bad = [one for one in results if isinstance(one, BadRecord)]
    assert (len(results) - len(bad), len(bad)) == (int(records), int(rejects))
    assert not bad or bad[0].sentence == note


@pytest.mark.parametrize(("path", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_real_file_is_refused_as_the_page_says(path, sentence):
    folder = shared(f"data/{path.removesuffix('/*')}")
    for file in [folder] if folder.is_file() else sorted(folder.iterdir()):
        with pytest.raises(BadFile) as refused:
            list(read_file(file))
        assert refused.value.sentence == sentence


def test_no_real_file_is_left_out():
    data = shared("data")
    listed = {row[0] for row in COUNTED} | {row[0] for row in REFUSED}
    left = [
        str(file.relative_to(data))
        for file in data.rglob("*")
        if file.is_file()
        and file.parent != data
        and not {str(file.relative_to(data)), f"{file.parent.relative_to(data)}/*"} & listed
    ]
    assert not left, f"{SHARED}: {left}"
