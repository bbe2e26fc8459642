"""The exchange form: what is written is read again equal, lines stand alone, and a wrong line says what is wrong."""

from __future__ import annotations

import zipfile
from datetime import date

import orjson
import pytest
from hypothesis import given

from patmark.errors import BadRecord
from patmark.exchange import line_of, record_of
from patmark.patent import ApplicationNumber, Claim, Localised, Patent, PatentKind, Picture, Publication
from patmark.sources.all import open_source, read_file, tell
from patmark.sources.exchange_lines import LONGEST
from patmark.trademark import Goods, Trademark
from tests.patmark.merging.records import patents, trademarks

PATENT = Patent(
    office="CN",
    kind=PatentKind.INVENTION,
    application=ApplicationNumber("CN", "202098765432", date(2020, 5, 6)),
    publications=(Publication("CN", "190000001", "A", date(2021, 1, 5)),),
    titles=(Localised("一种虚构的装置", "zh"),),
    claims=(Claim(1, "一种虚构的装置。"), Claim(2, "根据权利要求1所述的装置。", (1,))),
)
MARK = Trademark(office="CN", number="99000001", mark="岫禾", goods=(Goods(21, "牙刷"),), pictures=(Picture("a.png"),))


@given(patents)
def test_a_patent_comes_back_as_it_was(patent):
    assert record_of(line_of(patent)) == patent


@given(trademarks)
def test_a_trademark_comes_back_as_it_was(mark):
    assert record_of(line_of(mark)) == mark


def test_a_line_holds_what_has_a_value_and_nothing_else():
    assert orjson.loads(line_of(MARK)) == {
        "zhiquan": 1,
        "record": "trademark",
        "office": "CN",
        "number": "99000001",
        "mark": "岫禾",
        "goods": [{"nice": 21, "text": "牙刷"}],
        "pictures": [{"file": "a.png"}],
    }


def test_what_a_later_version_adds_is_kept():
    line = line_of(MARK).replace(b'"mark"', b'"sounds":["a",1],"mark"')
    assert record_of(line).extra == (("sounds", '["a",1]'),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "不是完整的 JSON"),
        ("[1]", "不是 JSON 对象"),
        ('{"record":"patent"}', "“zhiquan”应当是 1，写作空"),
        ('{"zhiquan":2,"record":"patent"}', "写作“2”"),
        ('{"zhiquan":1,"record":"design"}', "写作“design”"),
        ('{"zhiquan":1,"record":"patent","kind":"invented"}', "“kind”应当是 invention、"),
        ('{"zhiquan":1,"record":"patent","office":5}', "“office”应当是文字"),
        ('{"zhiquan":1,"record":"patent","claims":{}}', "“claims”应当是列表"),
        ('{"zhiquan":1,"record":"patent","claims":[{"number":1},{"number":"2"}]}', "“claims.2.number”应当是整数"),
        ('{"zhiquan":1,"record":"patent","claims":[{"text":"一"}]}', "“claims.1.number”应当是必有的字段"),
        ('{"zhiquan":1,"record":"patent","grant_date":"2020-02-30"}', "“grant_date”应当是写作 YYYY-MM-DD 的日期"),
        ('{"zhiquan":1,"record":"patent","extra":[["a"]]}', "“extra.1”应当是[名称, 值]"),
        ('{"zhiquan":1,"record":"patent","application":[]}', "“application”应当是对象"),
        ('{"zhiquan":1,"record":"patent","application":{"no":1}}', "“application.no”应当是它的字段之一"),
        ('{"zhiquan":1,"record":"trademark","shared":1}', "“shared”应当是 true 或 false"),
        ('{"zhiquan":1,"record":"patent","claim_count":' + "9" * 17 + "}", "“claim_count”应当是整数"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(line, said):
    with pytest.raises(BadRecord) as refused:
        record_of(line.encode())
    assert said in refused.value.sentence


def test_what_json_cannot_hold_is_refused_when_written():
    with pytest.raises(BadRecord):
        line_of(Patent(titles=(Localised("\ud800"),)))


def test_a_file_is_told_by_its_first_line_and_read_line_by_line(tmp_path):
    file = tmp_path / "anything.txt"
    file.write_bytes(b"\xef\xbb\xbf" + line_of(PATENT) + b"\n{broken\n" + line_of(MARK).rstrip())
    assert tell(open_source(file)).code == "zhiquan"
    reads = list(read_file(file))
    assert [one.result for one in reads[::2]] == [PATENT, MARK]
    assert isinstance(reads[1].result, BadRecord)
    assert [(one.index, one.position) for one in reads] == [(0, "第 1 条"), (1, "第 3 条"), (2, "第 4 条")]
    assert [one.index for one in read_file(file, after=1)] == [2]


def test_a_line_without_end_is_passed_over_and_the_next_one_read(tmp_path):
    file = tmp_path / "long.jsonl"
    with file.open("wb") as out:
        out.write(line_of(PATENT))
        out.write(b'{"zhiquan":1,"record":"patent","office":"' + b"a" * (LONGEST + 10) + b'"}\n')
        out.write(line_of(MARK))
    first, long, last = (one.result for one in read_file(file))
    assert (first, last) == (PATENT, MARK)
    assert isinstance(long, BadRecord)
    assert "没有读取" in long.sentence


def test_pictures_are_found_among_the_members_of_the_zip(tmp_path):
    file = tmp_path / "demo.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("marks.jsonl", line_of(MARK))
        archive.writestr("a.png", b"\x89PNG\r\n\x1a\n")
    (read,) = read_file(file)
    assert read.result.pictures == (Picture("a.png", member="a.png"),)
