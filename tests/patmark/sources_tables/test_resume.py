"""Reading on after an index gives exactly what a whole reading gives behind it, for every kind of table and archive."""

from __future__ import annotations

import gzip

import pytest

from patmark.sources.all import read_file
from tests.patmark.sources_tables.made import DATA, HEADER, book, csv_text, patent_rows, said, write
from tests.patmark.sources_tables.test_archives import packed

TEXT = csv_text([HEADER, *patent_rows(5), ["", "", "无名", "", "", ""], [], HEADER, *patent_rows(3)])


def files(folder):
    broken = TEXT.replace("示例公司", '"示例公司', 1)
    yield write(folder / "a.csv", TEXT)
    yield write(folder / "b.csv", broken)
    yield book(folder / "c.xlsx", {"注": [["说明"]], "一": [HEADER, *patent_rows(4)], "二": [HEADER, *patent_rows(3)]})
    yield DATA / "dump.sql"
    yield DATA / "trademarks.csv"
    yield packed(folder / "d.zip", {"a.csv": TEXT, "读我.txt": "话。", "b.csv.gz": gzip.compress(TEXT.encode())})


@pytest.mark.parametrize("number", range(6))
def test_reading_on_gives_the_rest(tmp_path, number):
    path = list(files(tmp_path))[number]
    whole = said(read_file(path))
    assert [one[0] for one in whole] == list(range(len(whole)))
    for after in range(-1, len(whole) + 1):
        assert said(read_file(path, after=after)) == whole[after + 1 :]
