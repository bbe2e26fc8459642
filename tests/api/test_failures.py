"""Whatever is wrong is answered in one shape with a sentence; nothing is ignored, nothing breaks."""

from __future__ import annotations

import pytest

from patmark.engines.base import Sort
from patmark.fields import Subject
from zhiquan.search.api import cursors

WRONG = [
    ("patents/search", {"colour": "red"}, 422, "bad_parameter", "colour"),
    ("patents/search", {"f.colour": "red"}, 422, "bad_parameter", "f.colour"),
    ("trademarks/search", {"f.sub": "H01M"}, 422, "bad_parameter", "f.sub"),
    ("patents/search", {"limit": "many"}, 422, "bad_parameter", "limit"),
    ("patents/search", {"limit": "1001"}, 422, "bad_parameter", "limit"),
    ("patents/search", {"limit": "-1"}, 422, "bad_parameter", "limit"),
    ("patents/search", {"limit": ["1", "2"]}, 422, "bad_parameter", "limit"),
    ("patents/search", {"order": "up"}, 422, "bad_parameter", "order"),
    ("patents/search", {"lang": "fr"}, 422, "bad_parameter", "lang"),
    ("patents/search", {"sort": "ti"}, 422, "bad_parameter", "sort"),
    ("patents/search", {"columns": "colour"}, 400, "bad_input", "columns"),
    ("patents/search", {"q": "x" * 7001}, 422, "bad_parameter", "q"),
    ("patents/search", {"f.kind": "teapot"}, 400, "bad_input", ""),
    ("patents/search", {"marks": "nobodys"}, 404, "not_found", ""),
    ("patents/search", {"page": "2"}, 422, "bad_parameter", "page"),
    ("designs/search", {}, 422, "bad_parameter", "subject"),
    ("patents/record", {}, 422, "bad_parameter", "number"),
    ("patents/record", {"number": "CN209912345678.9"}, 404, "not_found", ""),
    ("patents/record", {"number": "\x00"}, 404, "not_found", ""),
    ("patents/count", {}, 422, "bad_parameter", "by"),
    ("patents/count", {"by": "ti"}, 422, "bad_parameter", "by"),
    ("patents/count", {"by": "ady,kind,dist"}, 422, "bad_parameter", "by"),
    ("patents/count", {"by": "kind,kind"}, 422, "bad_parameter", "by"),
    ("patents/export", {"format": "pdf"}, 422, "bad_parameter", "format"),
    ("patents/export", {"after": "CN209912345678.9"}, 404, "not_found", ""),
    ("patents/export", {"after": "CN201619900176.9", "format": "xlsx"}, 400, "bad_input", "after"),
    ("patents/suggest", {"field": "ad", "beginning": "2"}, 422, "bad_parameter", "field"),
    ("status", {"q": "x"}, 422, "bad_parameter", "q"),
    ("nothing/here", {}, 404, "not_found", "/nothing/here"),
]


@pytest.mark.parametrize(("path", "given", "status", "code", "where"), WRONG)
def test_a_wrong_request_is_told_what_and_where(program, path, given, status, code, where):
    told = program.error(path, status, **given)
    assert told["code"] == code and told["sentence"] and where in told["where"]


def test_a_wrong_query_is_told_with_a_caret_under_the_place(program):
    told = program.error("patents/search", 400, q="ti:(电池")
    assert told["code"] == "bad_query" and told["where"].startswith("q\nti:(电池\n") and "^" in told["where"]
    assert "可以改为" in told["mend"]


def test_a_wrong_search_within_is_pointed_to_too(program):
    told = program.error("patents/count", 400, q="电池", within="ti:(", by="ady")
    assert told["where"].startswith("within\nti:(")


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_the_api_is_only_read(program, verb):
    response = getattr(program.client, verb)("/api/v1/patents/search")
    assert response.status_code == 405 and response.json()["error"]["code"] == "wrong_method"


def test_failures_are_json_whatever_is_accepted(program):
    response = program.ask("patents/search", headers={"Accept": "text/html"}, colour="red")
    assert response.status_code == 422 and response["Content-Type"] == "application/json"


MADE_UP = ["x", "a.b.c", "eyJhIjoxfQ:1abc:xyz", "0" * 599, "é中文", "..", ":::"]


@pytest.mark.parametrize("cursor", MADE_UP)
def test_a_made_up_cursor_is_refused(program, cursor):
    told = program.error("patents/search", 400, cursor=cursor)
    assert told["where"] == "cursor" and "cursor" in told["mend"]


def test_a_changed_cursor_is_refused(program):
    cursor = program.data("patents/search", limit=1)["next"]
    for at in range(0, len(cursor), 7):
        changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        assert program.error("patents/search", 400, cursor=changed, limit=1)["code"] == "bad_input"


def test_a_cursor_of_another_question_is_refused(program):
    cursor = program.data("patents/search", q="一种", limit=1)["next"]
    for other in ({"q": "薄膜"}, {"q": "一种", "sort": "ad"}, {"q": "一种", "f.kind": "design"}):
        assert "另一个检索" in program.error("patents/search", 400, cursor=cursor, limit=1, **other)["sentence"]
    assert program.data("patents/search", q="一种", limit=5, cursor=cursor)["records"], (
        "the length of a page may change"
    )


def test_a_cursor_of_older_data_goes_on_and_says_that_they_changed(program):
    first = program.data("patents/search", sort="ad", limit=3)
    held = cursors.read(first["next"], _identity())
    older = cursors.written(cursors.Cursor(held.change - 1, held.given, held.place), _identity())
    assert program.data("patents/search", sort="ad", limit=3, cursor=older)["changed"] is True


def _identity():
    """What a cursor of everything by filing date belongs to."""

    return (Subject.PATENT, [("q", "")], Sort("ad"))
