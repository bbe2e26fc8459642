"""The export pages: what will be in the file, the file itself, going on after a break, too many at a time."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from tests.search.conftest import hold
from tests.search.pages import Page
from tests.search.sample import patents, trademarks
from zhiquan.search.exporting import sending
from zhiquan.search.exporting.remembered import COOKIE


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def lines(response):
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def test_the_page_says_how_many_and_shows_the_first_rows(site):
    page = Page(site.client.get("/patents/export/", {"q": "薄膜"}))
    total = site.ask("薄膜").total
    assert page.status == 200 and f"共 {total} 条" in page.text
    assert page.words("//table[contains(@class,'preview')]/thead//th")[:2] == ["号码", "申请号"]
    assert len(page.words("//table[contains(@class,'preview')]/tbody/tr")) == min(4, total)
    assert set(page.words("//form[contains(@class,'export')]//button[@formaction]")) == {
        "下载 Excel",
        "下载 CSV",
        "下载 JSON Lines",
        "下载 交换格式",
    }


@pytest.mark.parametrize(("path", "rows"), [("/patents", patents()), ("/trademarks", trademarks())])
@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_the_file_holds_the_whole_result(site, path, rows, form):
    response = site.client.get(f"{path}/export.{form}")
    assert response.status_code == 200 and int(response["Records"]) == len(rows)
    content = body(response)
    if form == "csv":
        found = len(content.split(b"\r\n\r\n")[0].splitlines()) - 1
    elif form == "jsonl":
        found = len(content.splitlines()) - 2
    else:
        found = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row - 1
    assert found == len(rows)


def test_the_file_is_of_the_same_result_as_the_page(site):
    narrowed = {"q": "装置", "within": "一种", "f.kind": ["invention", "utility_model"]}
    total = Page(site.client.get("/patents/", narrowed)).total
    assert 0 < total < len(patents())
    assert int(site.client.get("/patents/export.csv", narrowed)["Records"]) == total
    assert len(lines(site.client.get("/patents/export.csv", narrowed | {"bare": "1"}))) == total + 1


def test_the_name_of_the_file_says_what_of_when_and_that_it_is_invented(site):
    told = site.client.get("/patents/export.csv", {"q": "ti:电池"})["Content-Disposition"]
    assert "filename*=UTF-8''" in told and "attachment" in told
    assert "%E6%BC%94%E7%A4%BA%E6%95%B0%E6%8D%AE.csv" in told, "演示数据"


def test_columns_are_chosen_and_remembered(site):
    first = site.client.get("/patents/export.csv", {"col": ["ti", "ad"], "bare": "1"})
    assert lines(first)[0] == ["名称", "申请日"] and COOKIE in first.cookies
    assert lines(site.client.get("/patents/export.csv", {"bare": "1"}))[0] == ["名称", "申请日"]
    page = Page(site.client.get("/patents/export/"))
    assert page.tree.xpath("//input[@name='col'][@checked]/@value") == ["ti", "ad"]
    assert "注册号" in lines(site.client.get("/trademarks/export.csv"))[0], "the other subject keeps its own"


@pytest.mark.parametrize("cookie", ["patent=nonsense", "x" * 5000, "patent=" + "ti." * 200])
def test_an_odd_cookie_does_no_harm(site, cookie):
    site.client.cookies[COOKIE] = cookie
    assert site.client.get("/patents/export.csv").status_code == 200


def test_a_wrong_query_is_told_with_its_place(site):
    for path in ("/patents/export/", "/patents/export.csv"):
        response = site.client.get(path, {"q": "ti:(电池"})
        assert response.status_code == 400 and "括号" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "values", "status"),
    [
        ("/patents/export.pdf", {}, 404),
        ("/patents/export.csv", {"col": "colour"}, 400),
        ("/patents/export.csv", {"f.colour": "red"}, 400),
        ("/patents/export.csv", {"after": "CN209912345678.9"}, 404),
        ("/patents/export.csv", {"after": "CN201619900176.9", "as_of": "0"}, 409),
        ("/patents/export.csv", {"after": "CN201619900176.9", "as_of": "one"}, 400),
        ("/patents/export.xlsx", {"after": "CN201619900176.9"}, 400),
        ("/patents/export.csv", {"after": "CN201619900176.9", "sort": "pd"}, 400),
    ],
)
def test_what_cannot_be_exported_is_a_sentence(site, path, values, status):
    response = site.client.get(path, values)
    assert response.status_code == status and "problem" in response.content.decode()


def test_a_head_request_makes_no_file(site):
    response = site.client.head("/patents/export.csv")
    assert response.status_code == 200 and response["ETag"] and not body(response)


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "zhiquan.jsonl"])
def test_a_broken_download_goes_on_from_its_byte(site, form):
    address = f"/patents/export.{form}"
    whole = site.client.get(address)
    mark, content = whole["ETag"], body(whole)
    for first, last in ((0, 9), (1000, 1999), (len(content) - 5, None)):
        asked = {"Range": f"bytes={first}-{'' if last is None else last}", "If-Range": mark}
        part = site.client.get(address, headers=asked)
        assert part.status_code == 206 and body(part) == content[first : None if last is None else last + 1]
        end = len(content) - 1 if last is None else last
        assert part["Content-Range"] == f"bytes {first}-{end}/{len(content)}"
    beyond = site.client.get(address, headers={"Range": f"bytes={len(content)}-", "If-Range": mark})
    assert beyond.status_code == 416 and beyond["Content-Range"] == f"bytes */{len(content)}"


def test_after_a_change_a_broken_download_begins_anew(own, tmp_path):
    hold(tmp_path, {"申请号": "201719900001", "名称": "装置"})
    mark = own.client.get("/patents/export.csv")["ETag"]
    hold(tmp_path, {"申请号": "201719900002", "名称": "装置"}, name="more.csv")
    again = own.client.get("/patents/export.csv", headers={"Range": "bytes=10-", "If-Range": mark})
    assert again.status_code == 200 and again["ETag"] != mark and body(again).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("odd", ["bytes=a-", "bytes=-5", "bytes=0-1,3-4", "rows=1-2", "bytes=9999999999999999999-"])
def test_a_range_that_is_none_gives_the_whole(site, odd):
    assert site.client.get("/patents/export.csv", headers={"Range": odd}).status_code == 200


def test_what_is_put_behind_the_part_that_came_makes_the_whole(site):
    bare = {"bare": "1", "col": "key,ti"}
    rows = body(site.client.get("/patents/export.csv", bare)).splitlines(keepends=True)
    last = rows[20].decode().split(",")[0]
    change = site.client.get("/patents/export.csv")["Data-Change"]
    rest = site.client.get("/patents/export.csv", bare | {"after": last, "as_of": change})
    assert rows[:21] + body(rest).splitlines(keepends=True) == rows


def test_too_many_exports_at_a_time_are_told_to_come_again(site):
    streams = [site.client.get("/patents/export.csv") for _ in range(sending.AT_ONCE)]
    for stream in streams:
        next(iter(stream.streaming_content))
    refused = site.client.get("/patents/export.csv")
    assert refused.status_code == 503 and "现在导出的人太多" in refused.content.decode()
    assert refused["Retry-After"]
    for stream in streams:
        stream.close()
    assert len(lines(site.client.get("/patents/export.csv"))) > len(patents())


def test_json_lines_have_keys_and_lists(site):
    head, first, *_ = [json.loads(line) for line in body(site.client.get("/patents/export.jsonl")).splitlines()]
    assert head["about"]["records"] == len(patents()) and head["about"]["sample"] is True
    assert isinstance(first["pa"], list) and first["ad"].count("-") == 2
    assert set(first) == set(head["about"]["columns"])


def test_in_english_heads_and_words_are_english(site):
    site.client.cookies["django_language"] = "en"
    content = body(site.client.get("/patents/export.csv")).decode("utf-8-sig")
    assert content.startswith("Number,Application number,Title,Kind of patent")
    assert "# Query:" in content and content.rstrip().endswith("# End")
