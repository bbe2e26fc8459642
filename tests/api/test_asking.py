"""What the API answers is what the pages answer: results, records, counts, files, words, what is held."""

from __future__ import annotations

import json

import pytest

from tests.search.pages import Page
from tests.search.sample import patents, trademarks
from zhiquan import __version__

NARROWED = [
    {"q": "薄膜"},
    {"q": "装置", "within": "一种"},
    {"f.kind": ["invention", "design"]},
    {"q": "ti:电池 非 ti:动力电池"},
]


def test_a_search_has_its_total_its_reading_and_its_records(program):
    found = program.data("patents/search", q="ti:薄膜", limit=2, columns="key,ti,ad,pa")
    assert found["total"] == sum("薄膜" in row["名称"] for row in patents())
    assert found["read_as"] == "名称含“薄膜”" and found["query"] == "ti:薄膜"
    assert [set(record) for record in found["records"]] == [{"key", "ti", "ad", "pa"}] * 2
    assert isinstance(found["records"][0]["pa"], list) and found["changed"] is False


@pytest.mark.parametrize("given", NARROWED)
def test_the_total_is_that_of_the_page_with_the_same_parameters(program, given):
    page = Page(program.client.get("/patents/", given))
    assert program.data("patents/search", **given)["total"] == page.total > 0


@pytest.mark.parametrize(
    "order", [{"sort": "ad"}, {"sort": "ad", "order": "asc"}, {"sort": "pd"}, {}, {"q": "一种", "sort": "relevance"}]
)
def test_pages_follow_each_other_to_the_end(program, order):
    whole = program.data("patents/search", limit=1000, columns="key", **order)
    keys, cursor = [], ""
    for _ in range(99):
        page = program.data("patents/search", limit=7, columns="key", cursor=cursor, **order)
        keys += [one["key"] for one in page["records"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert keys == [one["key"] for one in whole["records"]] and len(keys) == whole["total"] and whole["next"] is None


def test_days_are_in_order(program):
    days = [one["ad"] for one in program.data("patents/search", sort="ad", limit=100, columns="ad")["records"]]
    assert days == sorted(days, reverse=True) and len(days) == len(patents())


@pytest.mark.parametrize(
    "number", ["CN201619900176.9", "2016199001769", "CN199900176A", "ｃｎ２０１６１９９００１７６．９"]
)
def test_a_record_is_found_by_any_of_its_numbers(program, number):
    found = program.data("patents/record", number=number)
    assert found["record"]["ti"] == "一种锂离子电池正极材料及其制备方法"
    assert found["sources"][0]["position"] == "第 10 行" and found["publications"][0]["number"] == "CN199900176A"
    assert found["record"]["src"] == [found["sources"][0]["file"]] and found["record"]["sample"] == "演示数据"
    assert program.client.get(found["address"]).status_code == 200


def test_a_trademark_has_its_own_columns(program):
    record = program.data("trademarks/record", number="99000011")["record"]
    assert record["mark"] == "宜刷示例" and record["nice"] == ["21"] and isinstance(record["sg"], list)


def test_counts_by_one_field_are_those_of_the_facet(program):
    found = program.data("patents/count", by="pa", top=1000)
    told = {row["labels"][0]: row["count"] for row in found["rows"]}
    names = [row["申请（专利权）人"] for row in patents()]
    assert told == {name: names.count(name) for name in names} and found["total"] == len(names)
    assert found["distinct"] == len(told) and found["whole"]


def test_a_value_of_a_count_narrows_a_search_to_what_was_counted(program):
    for by in ("dist", "kind", "st", "ady", "pa", "sub"):
        for row in program.data("patents/count", by=by, top=3)["rows"]:
            assert program.data("patents/search", limit=0, **{f"f.{by}": row["values"][0]})["total"] == row["count"]


def test_counts_by_two_fields_are_those_of_both(program):
    found = program.data("patents/count", by="dist,kind", top=1000)
    assert found["by"] == ["dist", "kind"] and len(found["rows"]) == found["distinct"]
    for row in found["rows"]:
        place, kind = row["values"]
        if place and kind:
            narrowed = program.data("patents/search", limit=0, **{"f.dist": place, "f.kind": kind})
            assert narrowed["total"] == row["count"]
    assert sum(row["count"] for row in found["rows"]) >= found["total"]


def test_an_export_holds_the_whole_result(program):
    response = program.ask("trademarks/export", columns="key,mark")
    head, *rows, end = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
    assert {row["mark"] for row in rows} == {row["商标名称"] for row in trademarks()}
    assert end["end"]["records"] == head["about"]["records"] == len(trademarks())


def test_an_export_as_csv_is_for_programs(program):
    content = b"".join(program.ask("patents/export", format="csv", bare="true", columns="ti").streaming_content)
    assert content.splitlines()[0] == "名称".encode() and len(content.splitlines()) == len(patents()) + 1


def test_an_export_goes_on_behind_its_last_record(program):
    given = {"format": "jsonl", "bare": "true", "columns": "key"}
    whole = program.ask("patents/export", **given)
    lines = b"".join(whole.streaming_content).splitlines()
    after = json.loads(lines[10])["key"]
    rest = program.ask("patents/export", after=after, as_of=whole["Data-Change"], **given)
    assert b"".join(rest.streaming_content).splitlines() == lines[11:]
    assert program.error("patents/export", 409, after=after, as_of="0")["code"] == "wrong_state"


def test_words_are_suggested(program):
    rows = program.data("patents/suggest", field="pa", beginning="安庆")["rows"]
    assert rows and all(row["text"].startswith("安庆") for row in rows)


def test_status_says_what_is_held_and_what_is_left(program):
    found = program.data("status")
    assert found["version"] == __version__
    assert (found["patents"]["records"], found["trademarks"]["records"]) == (len(patents()), len(trademarks()))
    assert found["patents"]["indexed"] == len(patents()) and found["allowance"]["left"] > 0


def test_every_answer_says_of_which_data_it_is(program):
    about = program.ask("patents/search").told["about"]
    assert about["sample"] is True and about["change"] > 0 and about["licence"]


def test_in_english_labels_and_sentences_are_english(program):
    assert program.data("patents/search", q="ti:薄膜", lang="en")["read_as"].startswith("title")
    assert "There is no" in program.error("patents/search", 422, lang="en", colour="red")["sentence"]


def test_a_head_request_has_the_headers_only(program):
    response = program.client.head("/api/v1/patents/export")
    assert response.status_code == 200 and response["ETag"] and response["Records"] == str(len(patents()))


def test_empty_parameters_are_as_if_not_given(program):
    assert program.data("patents/search", q="", sort="", limit="", cursor="")["total"] == len(patents())
