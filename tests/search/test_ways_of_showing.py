"""List or table, how many on a page, which columns: in the address, remembered by the browser; a part for HTMX."""

from __future__ import annotations

import pytest

from tests.search.sample import patents


def test_a_table_has_the_columns_asked_for(site):
    page = site.ask("锂离子电池", view="table", col=["apno", "in", "agc"])
    heads = page.words("//table[contains(@class,'records')]/thead/tr/th")
    assert heads == ["#", "名称", "申请号", "发明人", "代理机构", "标记"]
    row = next(row for row in patents() if row["名称"] == "一种锂离子电池正极材料及其制备方法")
    cells = page.words("//table[contains(@class,'records')]/tbody/tr[1]/*")
    assert cells[1] == row["名称"] and cells[2] == row["申请号"] and row["发明（设计）人"].split(";")[0] in cells[3]


def test_what_was_chosen_is_remembered_until_something_else_is(site):
    assert (
        len(
            site.ask("", view="table", per="50", col=["apno", "gd"]).tree.xpath(
                "//table[contains(@class,'records')]/tbody/tr"
            )
        )
        == 46
    )
    again = site.ask("示例")
    assert again.words("//table[contains(@class,'records')]/thead/tr/th")[2:-1] == ["申请号", "授权公告日"]
    other = site.ask_marks("")
    assert "国际分类" in other.words("//table[contains(@class,'records')]/thead/tr/th")
    assert site.ask("", view="list").titles and site.ask("").titles


@pytest.mark.parametrize(
    "cookie", ["", "x", "per=7&view=evil", "patent=" + "a." * 5000, "%00", "view=table&patent=tix"]
)
def test_a_cookie_of_anything_is_the_usual_view(site, cookie):
    site.client.cookies["zhiquan_list"] = cookie
    page = site.ask("示例")
    assert page.status == 200 and page.total == 46


@pytest.mark.parametrize(("per", "shown"), [("20", 20), ("50", 46), ("100", 46), ("7", 20), ("10000", 20), ("-1", 20)])
def test_a_page_holds_what_can_be_chosen(site, per, shown):
    assert len(site.ask("", per=per).titles) == shown


def test_the_active_order_is_turned_round_by_its_link(site):
    days = {row["名称"]: row["申请日"] for row in patents()}
    newest = site.ask("", sort="ad", per="50")
    oldest = site.open(newest.links("//p[@class='sorts']/a")["申请日 ↓"])
    assert [days[one] for one in oldest.titles] == sorted(days.values())
    assert site.open(oldest.links("//p[@class='sorts']/a")["申请日 ↑"]).titles == newest.titles


def test_a_part_of_the_page_is_answered_to_htmx_only(site):
    whole = site.ask("薄膜")
    part = site.client.get("/patents/", {"q": "薄膜"}, headers={"HX-Request": "true", "HX-Target": "result"})
    assert "<html" in whole.text and "<html" not in part.content.decode()
    assert part.content.decode().strip().startswith('<div id="result"') and "共 5 条" in part.content.decode()
    back = {"HX-Request": "true", "HX-Target": "result", "HX-History-Restore-Request": "true"}
    assert "<html" in site.client.get("/patents/", {"q": "薄膜"}, headers=back).content.decode()
    assert "HX-Request" in whole.response["Vary"]


def test_every_hit_says_what_people_recognise_it_by(site):
    row = next(row for row in patents() if row["名称"] == "一种锂离子电池正极材料及其制备方法")
    said = site.ask("锂离子电池正极材料").words("//ol[@class='hits']/li[1]")[0]
    for part in (
        row["申请号"],
        "发明",
        row["申请（专利权）人"],
        "申请日 2016-",
        "公开（公告）日",
        "H01M",
        "所在地",
        "代理机构",
    ):
        assert part in said, part


def test_the_box_begins_anew_and_keeps_the_conditions_on_demand(site):
    kept = site.ask("电池", **{"f.kind": "invention"})
    assert kept.tree.xpath("//form[@role='search' and contains(@class,'ask')]//input[@name='f.kind']")
    anew = site.client.get("/patents/", {"q": "膜", "f.kind": "design", "sort": "ad", "anew": "1"})
    assert anew.status_code == 302 and anew["Location"] == "/patents/?q=%E8%86%9C&sort=ad"
