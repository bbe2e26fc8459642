"""Values of facets are chosen several at a time: any of one facet, all facets together; counts tell what adding gives."""

from __future__ import annotations

from itertools import product
from urllib.parse import parse_qsl

import pytest

from patmark.fields import Subject
from tests.search.sample import patents
from zhiquan.records import queries
from zhiquan.search import answers, index
from zhiquan.search.asked import Asked
from zhiquan.search.documents import documents

KEYS = ("kind", "dist", "pa", "ady", "sub")


def values_of(document, key):
    return set(document.labels.get(key, ()) if key == "pa" else document.integers.get(key, ()))


def chosen_words(counted, picks):
    """The words of the values at these places of each facet's list."""
    words = {one.key: [row.word for row in one.rows] for one in counted.facets}
    return tuple((key, tuple(words[key][at] for at in places)) for key, places in picks.items())


@pytest.mark.parametrize(
    "picks",
    [{first: (0, 2), second: (1,)} for first, second in product(KEYS, KEYS) if first != second]
    + [{"kind": (0, 1), "dist": (0, 1, 2), "ady": (0, 1, 2, 3)}, {"pa": (0, 1, 2, 3, 4, 5, 6, 7)}],
    ids=str,
)
def test_counts_and_hits_are_those_of_looking_at_every_record(site, picks):
    everything = list(documents(Subject.PATENT, queries.live_after(0, index.SUBJECTS[Subject.PATENT], 1000)))
    start = Asked(Subject.PATENT)
    asked = Asked(Subject.PATENT, chosen=chosen_words(answers.answer(start, answers.meant(start)), picks))
    question = answers.meant(asked)
    wanted = {key: set(question.values(key)) for key in picks}
    found = answers.answer(asked, question)

    def fits(document, without=""):
        return all(key == without or values & values_of(document, key) for key, values in wanted.items())

    assert found.total == sum(map(fits, everything))
    for facet in found.facets:
        if facet.key in KEYS:
            for row in facet.rows:
                carrying = [one for one in everything if row.value in values_of(one, facet.key)]
                assert row.count == sum(fits(one, facet.key) for one in carrying), (facet.key, row)
                assert row.on == (row.value in wanted.get(facet.key, ()))
    assert answers.ask(found.canonical, Subject.PATENT, limit=0, facets=()).total == found.total, found.canonical


def test_a_value_is_added_and_taken_away_by_following_its_link(site):
    kinds = site.ask("示例").facet("专利类型")
    one = follow(site, site.ask("示例"), "实用新型")
    assert one.total == kinds["实用新型"] and one.facet("专利类型") == kinds
    both = follow(site, one, "外观设计")
    assert both.total == kinds["实用新型"] + kinds["外观设计"]
    assert both.words("//aside//li[@class='on']/a") == ["实用新型", "外观设计"]
    assert follow(site, both, "实用新型").total == kinds["外观设计"]


def follow(site, page, label):
    return site.open(next(row.address for row in page.facets if row.label == label))


def test_addresses_say_what_is_chosen_in_words_that_last(site):
    page = follow(site, follow(site, site.ask("示例"), "发明"), "桐城市")
    address = page.tree.xpath("//form[contains(@action,'marks')]/input[@name='next']/@value")[0]
    assert parse_qsl(address.partition("?")[2]) == [("q", "示例"), ("f.kind", "invention"), ("f.dist", "340881")]
    assert "示例 AND kind:发明 AND dist:桐城市" in page.reading


def test_every_condition_is_a_chip_that_takes_it_away(site):
    page = site.ask("示例", **{"f.kind": ["invention", "design"], "within": "薄膜"})
    chips = page.links("//ul[@class='chips']//a")
    assert [name.split(" ×")[0] for name in chips] == [
        "在结果中：薄膜",
        "专利类型：发明",
        "专利类型：外观设计",
        "全部清除",
    ]
    assert site.open(chips["全部清除"]).total == site.ask("示例").total
    fewer = site.open(next(address for name, address in chips.items() if "外观设计" in name))
    assert fewer.total == site.ask("示例 薄膜 kind:发明").total


def test_a_search_within_is_read_by_itself(site):
    page = site.ask("膜 OR 刷", within="收卷 OR 牙刷")
    by_hand = site.ask("(膜 OR 刷) AND (收卷 OR 牙刷)")
    assert page.total == by_hand.total > 0 and page.titles == by_hand.titles


def test_what_is_wrong_with_a_search_within_is_shown_and_mended(site):
    page = site.ask("薄膜", within="(收卷")
    assert page.status == 400 and "在结果中检索" in page.problem
    assert page.tree.xpath("string(//pre[@class='caret'])").startswith("(收卷")
    mended = next(iter(page.links("//div[@id='fault']//a").values()))
    assert site.open(mended).total == site.ask("薄膜 收卷").total > 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("f.kind", "发名"), ("f.tix", "1"), ("f.ti", "膜"), ("f.", "x"), ("f.sub", "H01"), ("f.ady", "12345678901234"),
     ("f.dist", "x" * 5000), ("f.life", "\x00")],
)  # fmt: skip
def test_a_condition_that_is_none_is_told_and_never_left_out(site, name, value):
    page = site.ask("薄膜", **{name: value})
    assert page.status == 400 and page.problem and not page.titles
    assert page.tree.xpath("//textarea")[0].text_content().strip() == "薄膜"


def test_a_name_nobody_holds_finds_nothing_and_can_be_taken_away(site):
    page = site.ask("示例", **{"f.pa": ["查无此公司", "也无此公司"]})
    assert page.status == 200 and page.total == 0
    chips = page.links("//ul[@class='chips']//a")
    assert site.open(next(address for name, address in chips.items() if "查无此公司" in name)).total == 0
    assert site.open(chips["全部清除"]).total > 0


@pytest.mark.parametrize(
    "more", [{"within": [f"词{at}" for at in range(11)]}, {"f.ady": [str(at) for at in range(201)]}]
)
def test_more_conditions_than_anybody_makes_by_hand_are_refused(site, more):
    page = site.ask("示例", **more)
    assert page.status == 400 and "最多" in page.problem


def test_two_spellings_of_a_value_are_one(site):
    page = site.ask("", **{"f.kind": ["invention", "1", "发明"]})
    assert page.words("//ul[@class='chips']/li/a[contains(@class,'active')]") == ["专利类型：发明 ×（去掉）"]


def test_a_long_query_is_narrowed_by_buttons_of_a_form(site):
    query = "薄膜 OR " + " OR ".join(f"词{at}" for at in range(300))
    page = site.ask(query)
    form = next(one for one in page.tree.xpath("//aside//form") if one.xpath(".//button[text()='发明']"))
    fields = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    button = form.xpath(".//button[text()='发明']")[0]
    narrowed = site.ask(fields.pop("q"), **fields, **{button.get("name"): button.get("value")})
    assert narrowed.total == page.facet("专利类型")["发明"]


def test_all_values_of_a_facet_are_listed_looked_through_and_chosen(site):
    page = site.ask("")
    more = next(address for name, address in page.links("//aside//section/p/a").items() if "8 个值" in name)
    values = site.open(more)
    names = {row["申请（专利权）人"] for row in patents()}
    assert set(values.words("//ul[@class='every-value']//label")) == names
    found = site.open(f"{more}&find=太湖", base="")
    labels = found.words("//ul[@class='every-value']//label")
    assert labels and all("太湖" in one for one in labels)
    chosen = site.ask("", **{"f.pa": labels})
    assert chosen.total == sum(any(row["申请（专利权）人"] == one for one in labels) for row in patents())


@pytest.mark.parametrize("key", ["tix", "ti", "apno", "x" * 200])
def test_a_facet_that_is_none_has_no_page(site, key):
    assert site.open(f"/patents/values/{key}/").status == 404
