"""`zhiquan search | count | show | reindex | status`: the JSON others build on, the sentences people read, exit statuses."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.search.sample import patents, trademarks
from zhiquan.site.cli import main

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def run(capsys):
    def run(*arguments):
        status = main(list(arguments))
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def answer(run):
    def answer(*arguments):
        status, out, err = run(*arguments, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    return answer


def test_search_answers_with_query_reading_total_and_hits(answer):
    found = answer("search", "ti:薄膜")
    assert found["query"] == "ti:薄膜" and found["read_as"] == "名称含“薄膜”" and found["total"] == 2
    assert {"key": "CN2018199000924", "title": "一种高阻隔聚乳酸薄膜"} in found["hits"]
    assert all(set(hit) == {"key", "title"} for hit in found["hits"])


def test_the_total_is_exact_whatever_is_shown(answer):
    assert answer("search", "*", "--limit", "3")["total"] == len(patents())
    assert answer("search", "*", "--limit", "0")["hits"] == []
    pages = [answer("search", "*", "--limit", "20", "--offset", str(at))["hits"] for at in (0, 20, 40)]
    assert len({hit["key"] for page in pages for hit in page}) == len(patents())


def test_a_search_is_sorted_as_asked(answer):
    days = {row["名称"]: row["申请日"] for row in patents()}
    shown = [days[hit["title"]] for hit in answer("search", "*", "--sort", "ad", "--limit", "100")["hits"]]
    assert shown == sorted(days.values(), reverse=True)


def test_trademarks_are_searched_on_demand(answer):
    assert answer("search", "goods:牙刷", "--trademarks")["hits"] == [{"key": "CN99000011", "title": "宜刷示例"}]


@pytest.mark.parametrize("by", ["pa", "申请人", "applicant"])
def test_count_gives_every_value_with_its_count(answer, by):
    found = answer("count", "*", "--by", by)
    names = Counter(row["申请（专利权）人"] for row in patents())
    assert found["total"] == len(patents()) and found["distinct"] == len(names)
    assert Counter({row["value"]: row["count"] for row in found["rows"]}) == names
    assert [row["count"] for row in found["rows"]] == sorted(names.values(), reverse=True)


def test_count_of_trademarks_and_of_the_most_frequent_values(answer):
    found = answer("count", "", "--by", "nice", "--trademarks", "--top", "2")
    assert found["total"] == len(trademarks()) and len(found["rows"]) == 2 and found["distinct"] > 2


@pytest.mark.parametrize("number", ["CN201619900176.9", "2016199001769", "CN199900176A"])
def test_show_gives_the_record_of_any_of_its_numbers(answer, number):
    found = answer("show", number)
    assert found["号码"] == "CN2016199001769" and found["名称"] == "一种锂离子电池正极材料及其制备方法"
    assert found["来源"][0]["位置"] == "第 10 行" and found["公布"][0]["号码"] == "CN199900176A"


def test_show_of_a_trademark(answer):
    assert answer("show", "99000048", "--trademarks")["商标名称"] == "天柱刷匠"


def test_status_counts_what_is_held(answer):
    found = answer("status")
    assert (found["patents"], found["trademarks"], found["batches"]) == (len(patents()), len(trademarks()), 1)
    assert found["indexed"] == {"patent": len(patents()), "trademark": len(trademarks())}


def test_reindex_builds_and_derives_anew(answer):
    before = answer("search", "薄膜")
    assert answer("reindex") == {"records": 66, "derived": 0}
    assert answer("reindex", "--derive") == {"records": 66, "derived": 66}
    assert answer("search", "薄膜") == before


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["search", "薄膜"], "共 5 条"),
        (["search", "201619900176.9"], "读作中国专利申请号"),
        (["count", "*", "--by", "kind"], "发明"),
        (["show", "CN201619900176.9"], "一种锂离子电池正极材料及其制备方法"),
        (["status"], "专利 46 条，商标 20 条"),
        (["reindex"], "索引已重建，66 条记录"),
    ],
)
def test_people_read_sentences(run, arguments, part):
    status, out, _ = run(*arguments)
    assert status == 0 and part in out


@pytest.mark.parametrize(
    ("arguments", "status", "part"),
    [
        (["search", "(薄膜"], 1, "可以改为：(薄膜)"),
        (["search", "(薄膜", "--json"], 1, "没有配对的右括号"),
        (["search", "薄膜", "--sort", "ti"], 1, "不能按“名称”排序"),
        (["search", "膜" * 10_001], 1, "超过上限 10000"),
        (["count", "薄膜", "--by", "ti"], 1, "不能按“ti”统计"),
        (["count", "薄膜"], 2, "--by"),
        (["show", "CN209999999999.9"], 1, "库中没有号码为"),
        (["show", "CN201619900176.8"], 1, "201619900176.9"),
        (["export", "薄膜", "--to", "x.pdf"], 1, ".xlsx 或 .jsonl"),
        (["export", "薄膜", "--to", "/proc/nowhere/x.csv"], 1, "不能写"),
        (["export", "薄膜"], 2, "--to"),
        (["search"], 2, "检索式"),
        (["search", "薄膜", "--limit", "-1"], 2, "--limit"),
    ],
)
def test_a_problem_is_a_sentence_on_stderr_and_a_status(run, arguments, status, part):
    told, out, err = run(*arguments)
    assert (told, out) == (status, "") and part in err and "Traceback" not in err
