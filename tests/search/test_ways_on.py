"""Nothing found, or too much: what each condition finds alone and keeps out, and what else to ask, with true counts."""

from __future__ import annotations


def test_every_condition_is_weighed_and_its_links_find_what_they_say(site):
    page = site.ask("薄膜 刷", within="示例", **{"f.kind": "design"})
    assert page.total == 0
    rows = page.tree.xpath("//section[@class='found']//tbody/tr")
    assert [row.xpath("string(th)") for row in rows] == [
        "任意字段含“薄膜”", "任意字段含“刷”", "在结果中：示例", "专利类型：外观设计",
    ]  # fmt: skip
    for link in page.tree.xpath("//section[@class='found']//tbody//a"):
        assert site.open(link.get("href")).total == int(link.text.replace(",", "")) > 0


def test_any_of_the_words_is_proposed_where_all_find_nothing(site):
    page = site.ask("锂离子电池 牙刷")
    ways = page.links("//ul[@class='ways']//a")
    assert site.open(ways["改为任一条件符合即可（OR）"]).total > 0


def test_the_other_subject_is_proposed_where_it_has_something(site):
    page = site.ask("宜刷示例")
    assert page.total == 0
    assert site.open(page.links("//ul[@class='ways']//a")["在商标中检索"]).titles == ["宜刷示例"]


def test_one_word_that_finds_nothing_gets_no_table(site):
    page = site.ask("量子隧穿显微镜")
    assert not page.tree.xpath("//section[@class='found']//table") and "换一个词" in page.text
