"""Statistics of any result: every number equals the records its link opens, on the page, in the file and in the chart."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from lxml import html

from patmark.engines.brute import BruteEngine
from patmark.fields import FIELDS, Subject
from tests.search.pages import Page
from zhiquan.records import queries
from zhiquan.search import index
from zhiquan.search.answers import read, today
from zhiquan.search.documents import documents
from zhiquan.search.statistics import counted
from zhiquan.search.statistics_wanted import GROUPS

PATHS = {Subject.PATENT: "/patents/", Subject.TRADEMARK: "/trademarks/"}
ASKED = {
    Subject.PATENT: [
        {},
        {"by": "ady", "and": "kind"},
        {"by": "dist", "and": "kind"},
        {"by": "pa", "and": "ady", "top": "10"},
        {"by": "sub", "and": "dist"},
        {"q": "示例 OR 膜", "within": "NOT 薄膜", "f.kind": ["invention", "utility_model"], "by": "kind", "and": "life"},
        {"by": "life", "and": "st"},
        {"by": "gdy"},
    ],
    Subject.TRADEMARK: [{}, {"by": "nice", "and": "dist"}, {"by": "rdy", "and": "nice"}, {"f.nice": ["21"], "by": "nice"}],
}  # fmt: skip


def page(site, subject, asked) -> Page:
    return site.open(f"{PATHS[subject]}statistics/?{encoded(asked)}")


def encoded(asked) -> str:
    return urlencode(asked, doseq=True)


def numbers(one: Page) -> list[tuple[int, str]]:
    """Every number of the data table with its link, if it has one."""
    found = []
    for cell in one.tree.xpath("//table[contains(@class,'counts')]//td[@class='number']"):
        links = cell.xpath("a/@href")
        found.append((int(cell.text_content().replace(",", "")), links[0] if links else ""))
    return found


@pytest.mark.parametrize(("subject", "asked"), [(subject, one) for subject in Subject for one in ASKED[subject]])
def test_every_number_is_the_total_of_the_records_its_link_opens(site, subject, asked):
    one = page(site, subject, asked)
    counts = numbers(one)
    linked = [(count, address) for count, address in counts if address]
    assert len(linked) > 1
    assert len([count for count, address in counts if count and not address]) <= 1
    for count, address in linked[::3] if len(linked) > 60 else linked:
        assert site.open(address).total == count, address


@pytest.mark.parametrize("subject", Subject)
def test_every_two_facets_crossed_equal_the_count_by_looking_at_each_record(site, subject):
    oracle = BruteEngine(subject)
    oracle.put(documents(subject, queries.live_after(0, index.SUBJECTS[subject], 1000)))
    oracle.commit(1)
    every = [key for keys in GROUPS[subject] for key in keys]
    tree = read("示例 OR 膜", subject).tree
    for by in zip(every, reversed(every[: len(every) - 1]), strict=False):
        if by[0] == by[1]:
            continue
        assert counted(subject, tree, by) == oracle.cube(tree, by, today=today()), by


@pytest.mark.parametrize("subject", Subject)
def test_every_facet_but_the_source_can_be_chosen(site, subject):
    offered = set(page(site, subject, {}).tree.xpath("//select[@id='by']//option/@value"))
    assert offered == {row.key for row in FIELDS[subject] if row.facet} - {"src"}


def test_a_form_without_a_script_keeps_the_whole_question(site):
    one = page(site, Subject.PATENT, {"q": "膜", "within": ["示例", "NOT 刷"], "f.kind": "invention", "by": "pa"})
    kept = [
        (field.get("name"), field.get("value")) for field in one.tree.xpath("//form[@class='choose unprinted']//input")
    ]
    assert kept == [("q", "膜"), ("within", "示例"), ("within", "NOT 刷"), ("f.kind", "invention")]
    assert one.tree.xpath("//select[@id='by']//option[@selected]/@value") == ["pa"]


def test_a_file_holds_the_same_numbers_and_says_where_they_come_from(site):
    asked = {"q": "示例", "by": "dist", "and": "kind"}
    answer = site.client.get(f"/patents/statistics/figure.csv?{encoded(asked)}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    table = page(site, Subject.PATENT, asked).tree.xpath("//table[contains(@class,'counts')]/tbody/tr")
    for row, shown in zip(rows[1:], table, strict=False):
        cells = [cell.text_content().strip().replace(",", "") for cell in shown.xpath("td")]
        assert row[1 : 1 + len(cells)] == cells
    said = {row[0]: row[1] for row in rows if len(row) == 2}
    assert said["检索式"] == "示例" and str(index.engine(Subject.PATENT).sequence) in said["变更号"]
    assert "件申请" in said["计数单位"] and "数据截至" in said
    assert "attachment" in answer["Content-Disposition"]


def test_the_chart_shows_the_counts_and_leads_where_the_table_leads(site):
    asked = encoded({"by": "ady", "and": "kind"})
    spec = json.loads(site.client.get(f"/patents/statistics/figure.json?{asked}&inline=1").content)
    rows = [row for data in spec["datasets"].values() for row in data if "address" in row]
    assert len(rows) > 5 and "title" not in spec
    for row in rows[:6]:
        assert site.open(row["address"]).total == row["number"]
    alone = json.loads(site.client.get(f"/patents/statistics/figure.json?{asked}").content)
    assert alone["title"]["text"] == "申请年 × 专利类型"
    assert any("计数单位" in line for line in alone["title"]["subtitle"])


def test_pictures_come_in_their_forms_once_and_have_the_size_the_page_kept_free(site):
    asked = encoded({"by": "dist"})
    image = page(site, Subject.PATENT, {"by": "dist"}).tree.xpath("//figure//img")[0]
    answer = site.client.get(image.get("src"))
    drawn = html.fromstring(answer.content)
    assert answer["Content-Type"] == "image/svg+xml"
    assert (drawn.get("width"), drawn.get("height")) == (image.get("width"), image.get("height"))
    again = site.client.get(image.get("src"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    png = site.client.get(f"/patents/statistics/figure.png?{asked}&size=narrow&paper=dark&letters=large")
    assert png.content.startswith(b"\x89PNG") and "attachment" in png["Content-Disposition"]
    assert site.client.get("/patents/statistics/figure.exe").status_code == 404


@pytest.mark.parametrize("bad", ["by=ti", "by=kind&and=zz", "by=src", "f.xx=1", "q=ad:x", "f.kind=%00"])
def test_what_cannot_be_counted_is_told_and_breaks_nothing(site, bad):
    answer = site.client.get(f"/patents/statistics/?{bad}")
    assert answer.status_code == 400
    assert "problem" in answer.content.decode()


@pytest.mark.parametrize("odd", ["top=-1", "shape=pie", "and=kind&by=kind", "top=%F0", "by=&and=", "q=没有这样的词"])
def test_odd_choices_are_the_usual_ones(site, odd):
    assert site.client.get(f"/patents/statistics/?{odd}").status_code == 200


def test_an_empty_result_has_nothing_to_draw_and_says_so(site):
    one = page(site, Subject.PATENT, {"q": "绝对没有的词句"})
    assert not one.tree.xpath("//figure") and "没有找到" in one.text


def test_recent_years_are_marked_because_applications_show_late(site):
    one = page(site, Subject.PATENT, {"by": "ady"})
    doubtful = one.words("//tr[@class='doubtful']/th")
    assert doubtful and "18 个月" in one.text
    assert not page(site, Subject.PATENT, {"by": "kind"}).tree.xpath("//tr[@class='doubtful']")
