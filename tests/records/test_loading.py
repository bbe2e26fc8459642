"""`zhiquan load`: reference tables replace the loaded ones, whole or not at all; another file gets a sentence."""

import csv
import gzip
import io
from pathlib import Path

import orjson
import pytest
from openpyxl import Workbook

from patmark.errors import BadFile
from tests.records.tables import patent, write_csv
from tests.shared_data import shared
from zhiquan.common.action import CONSOLE
from zhiquan.records.loading import KINDS, load
from zhiquan.records.models import LoadedScheme, SchemeEntry
from zhiquan.records.reference import event_titles, gazetteer, titles

pytestmark = pytest.mark.django_db

SMALL_SCHEME = Path(__file__).parents[1] / "data" / "classes" / "ipc_scheme_small.xml"
EVENT_HEADERS = ["Authority", "Event-code", "Description ENG", "Description ORI", "Event-class Description"]


def table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def workbook(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("kind", "file", "least"),
    [
        ("ipc", "ipc_2026_01_zh.csv.gz", 70_000),
        ("nice", "nice_similar_groups_zh_2018.json.gz", 10_000),
        ("provinces", "provinces.csv", 31),
        ("cities", "cities.csv", 300),
        ("counties", "areas.csv", 2_800),
        ("towns", "streets_3408.csv", 100),
    ],
)
def test_a_real_table_is_loaded(kind, file, least):
    count = load(CONSOLE, kind, shared(f"data/reference/{file}"))
    scheme = KINDS[kind].scheme
    assert count >= least and SchemeEntry.objects.filter(scheme=scheme).count() == count
    assert LoadedScheme.objects.get(scheme=scheme).rows == count


def test_the_real_event_codes_are_loaded():
    assert load(CONSOLE, "events", shared("data/epo_ops/legal/legal_code_descriptions_202417.xlsx")) > 4_000
    assert event_titles([("AR", "FC"), ("CN", "none")]) == {("AR", "FC"): "REFUSAL"}


def test_event_codes_give_titles(tmp_path):
    rows = [EVENT_HEADERS, ["XX", "A1  ", "FEE PAID", "[NO DESCRIPTION]", "FEES"], ["", "", "", "", ""]]
    load(CONSOLE, "events", workbook(tmp_path / "a.xlsx", rows))
    assert event_titles([("XX", "A1")]) == {("XX", "A1"): "FEE PAID"}


def test_the_scheme_in_xml_knows_its_levels():
    assert load(CONSOLE, "ipc", SMALL_SCHEME) > 3
    assert LoadedScheme.objects.get(scheme="ipc").has_levels


def test_a_later_table_replaces_the_earlier_one(tmp_path):
    load(CONSOLE, "locarno", table(tmp_path / "a.csv", [["code", "title"], ["07-01", "甲"], ["07-02", "乙"]]))
    load(CONSOLE, "locarno", table(tmp_path / "b.csv", [["code", "title"], ["07-01", "丙"]]))
    assert list(SchemeEntry.objects.values_list("symbol", "title")) == [("07-01", "丙")]
    assert titles("locarno", ["07-01"]) == {"07-01": "丙"}


def test_places_are_known_once_loaded(tmp_path):
    load(CONSOLE, "counties", table(tmp_path / "a.csv", [["code", "name"], ["349901", "示例县"]]))
    load(CONSOLE, "cities", table(tmp_path / "b.csv", [["code", "name"], ["349900", "示例市"]]))
    assert gazetteer().name(349901) == "示例县" and gazetteer().name(3499) == "示例市"


def test_a_fault_anywhere_leaves_the_loaded_table_as_it_was(tmp_path):
    good = [["code", "name"], ["349901", "示例县"]]
    load(CONSOLE, "counties", table(tmp_path / "a.csv", good))
    with pytest.raises(BadFile, match="区划代码"):
        load(CONSOLE, "counties", table(tmp_path / "b.csv", [*good, ["349902", "又一县"], ["x", "错"]]))
    assert SchemeEntry.objects.get().title == "示例县"


def wrong_files(folder):
    write_csv(folder / "patents.csv", [patent(1)])
    (folder / "text.xml").write_text("<a><b/></a>", encoding="utf-8")
    (folder / "tree.json").write_bytes(orjson.dumps({"a": [1, 2]}))
    (folder / "bytes.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "torn.gz").write_bytes(gzip.compress(b"code,title\n" * 5000)[:60])
    (folder / "spoilt.gz").write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 400)
    (folder / "empty.csv").write_bytes(b"")
    workbook(folder / "other.xlsx", [["一", "二"], ["1", "2"]])
    return sorted(folder.iterdir())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_file_of_another_kind_is_refused_with_a_sentence_that_names_it(tmp_path, kind):
    for path in wrong_files(tmp_path):
        with pytest.raises(BadFile) as caught:
            load(CONSOLE, kind, path)
        assert path.name in str(caught.value) and caught.value.sentence.endswith("。"), path.name
    assert not LoadedScheme.objects.exists()


@pytest.mark.parametrize("path", ["missing.csv", "."])
def test_what_cannot_be_read_is_refused(tmp_path, path):
    with pytest.raises(BadFile, match="无法读取"):
        load(CONSOLE, "ipc", tmp_path / path)


def test_what_unpacks_to_more_than_any_table_is_refused(tmp_path):
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as out:
        for _ in range(201):
            out.write(bytes(1 << 20))
    (tmp_path / "a.csv.gz").write_bytes(packed.getvalue())
    with pytest.raises(BadFile, match="太大"):
        load(CONSOLE, "ipc", tmp_path / "a.csv.gz")
