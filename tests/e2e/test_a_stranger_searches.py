"""A stranger finds a patent: from the front page to the record, narrowing, paging, mending; with a mouse, without one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

SMALL = {"viewport": {"width": 320, "height": 640}}
WITHOUT_SCRIPT = {"java_script_enabled": False}
DARK = {"color_scheme": "dark"}
EVERYWHERE = pytest.mark.parametrize("seen", [WITHOUT_SCRIPT, SMALL], indirect=True, ids=["no script", "320 px"])


def total(page: Page) -> int:
    return int(re.search(r"共 ([\d,]+) 条", page.locator("#found").inner_text()).group(1).replace(",", ""))


@EVERYWHERE
def test_from_the_front_page_to_a_record(seen):
    seen.goto("/")
    seen.locator("#home-q").fill("薄膜")
    seen.locator("main button", has_text="查专利").click()
    expect(seen.locator("h1")).to_have_text("专利检索")
    expect(seen.locator(".reading")).to_contain_text("任意字段含“薄膜”")
    before = total(seen)
    assert before == 5 and seen.locator("ol.hits mark").first.inner_text() == "薄膜"
    fold = seen.locator(".facets summary")
    if fold.is_visible():
        fold.click()
    row = seen.locator(".facets li", has_text="实用新型")
    count = int(row.locator(".count").inner_text())
    row.locator("a").click()
    expect(seen.locator(".chips")).to_contain_text("专利类型：实用新型")
    assert total(seen) == count < before
    title = seen.locator("ol.hits h3 a").first.inner_text()
    seen.locator("ol.hits h3 a").first.click()
    expect(seen.locator("h1")).to_have_text(title)
    expect(seen.locator("dl.biblio").first).to_contain_text("申请号")


@pytest.mark.parametrize("seen", [DARK], indirect=True, ids=["dark"])
def test_pages_are_turned_and_the_order_is_chosen(seen):
    seen.goto("/patents/?q=*")
    assert total(seen) == 46 and seen.locator("ol.hits > li").count() == 20
    seen.locator(".sorts a", has_text="申请日").click()
    expect(seen.locator(".sorts a[aria-current]").first).to_have_text("申请日 ↓")
    first = seen.locator("ol.hits h3").first.inner_text()
    seen.locator("nav.pages a", has_text="3").click()
    expect(seen.locator("nav.pages strong")).to_have_text("3")
    assert seen.locator("ol.hits > li").count() == 6
    expect(seen.locator("#found")).to_contain_text("第 41 至 46 条")
    seen.locator("nav.pages a", has_text="1").first.click()
    expect(seen.locator("nav.pages strong")).to_have_text("1")
    assert seen.locator("ol.hits h3").first.inner_text() == first


@pytest.mark.parametrize("seen", [WITHOUT_SCRIPT, {}], indirect=True, ids=["no script", "script"])
def test_values_are_chosen_marked_and_found_again(seen):
    seen.goto("/patents/?q=示例")
    for label in ("实用新型", "外观设计"):
        seen.locator(".facets a", has_text=label).click()
        expect(seen.locator(".facets a[aria-current]", has_text=label)).to_be_visible()
    expect(seen.locator("#found")).to_contain_text("共 14 条")
    seen.locator("#within").fill("牙刷")
    seen.locator(".within button").click()
    expect(seen.locator("#found")).to_contain_text("共 1 条")
    seen.locator("button.mark").click()
    expect(seen.locator("button.mark")).to_have_text("★ 已标记")
    seen.locator(".chips a", has_text="全部清除").click()
    expect(seen.locator("#found")).to_contain_text("共 46 条")
    seen.go_back()
    expect(seen.locator("#found")).to_contain_text("共 1 条")
    seen.locator(".found a", has_text="我的标记").click()
    expect(seen.locator("ol.hits h3")).to_have_text("牙刷（竹节柄）")


@EVERYWHERE
def test_a_list_of_numbers_is_looked_up(seen):
    seen.goto("/numbers/")
    seen.locator("#numbers").fill("CN201619900176.8\n99000011\n你好")
    seen.locator("main form button", has_text="查号").click()
    expect(seen.locator(".tile", has_text="校验位不符")).to_contain_text("1")
    seen.locator(".looked a", has_text="CN201619900176.9").click()
    expect(seen.locator("h1")).to_have_text("一种锂离子电池正极材料及其制备方法")


@EVERYWHERE
def test_a_wrong_query_is_mended_by_one_click(seen):
    seen.goto("/patents/")
    seen.locator("#q").fill("(薄膜 OR 电池")
    seen.locator("form.ask button").click()
    expect(seen.locator("#fault")).to_contain_text("没有配对的右括号")
    expect(seen.locator("#fault pre")).to_contain_text("^")
    seen.locator("#fault a").click()
    assert total(seen) > 5 and seen.locator("#q").input_value() == "(薄膜 OR 电池)"


@EVERYWHERE
def test_a_trademark_is_found_from_the_front_page(seen):
    seen.goto("/")
    seen.locator("#home-q").fill("99000011")
    seen.locator("main button", has_text="查商标").click()
    expect(seen.locator("h1")).to_have_text("商标检索")
    seen.locator("ol.hits h3 a").click()
    expect(seen.locator("h1")).to_have_text("宜刷示例")


PAGES = ["/", "/patents/", "/patents/?q=示例", "/patents/?q=(膜", "/patents/?q=没有这样的词", "/trademarks/?q=刷", "/help/query/",
         "/patents/CN2016199001769/", "/trademarks/CN99000048/", "/patents/0/", "/sign-in/"]  # fmt: skip


@pytest.mark.parametrize("seen", [SMALL], indirect=True, ids=["320 px"])
def test_every_page_fits_a_small_screen_has_one_heading_and_names_its_fields_and_links(seen):
    for path in PAGES:
        seen.goto(path)
        assert seen.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert seen.locator("h1").count() == 1, path
        unnamed = seen.locator("input:not([type=hidden]), textarea, select").evaluate_all(
            "fields => fields.filter(one => !one.labels.length && !one.ariaLabel).length"
        )
        empty = seen.locator("a, button").evaluate_all("all => all.filter(one => !one.textContent.trim()).length")
        assert (unnamed, empty) == (0, 0), path


def test_the_keyboard_is_enough(seen):
    seen.goto("/patents/")
    seen.keyboard.press("Tab")
    expect(seen.locator("a.skip")).to_be_focused()
    expect(seen.locator("a.skip")).to_be_in_viewport()
    seen.keyboard.press("Enter")
    seen.keyboard.press("Tab")
    expect(seen.locator("#q")).to_be_focused()
    seen.keyboard.type("锂离子电池")
    seen.keyboard.press("Tab")
    expect(seen.locator("form.ask button")).to_be_focused()
    seen.keyboard.press("Enter")
    expect(seen.locator("#found")).to_contain_text("共 1 条")


def test_english_is_chosen_by_a_button_and_kept(seen):
    seen.goto("/patents/?q=ti:薄膜")
    seen.locator("footer button", has_text="English").click()
    expect(seen.locator("h1")).to_have_text("Patents")
    expect(seen.locator(".reading")).to_contain_text("title contains “薄膜”")
    assert seen.locator("html").get_attribute("lang") == "en" and seen.url.endswith(("%E8%86%9C", "薄膜"))
    seen.locator("ol.hits h3 a").first.click()
    expect(seen.locator("dl.biblio dt").first).to_contain_text("Application number")
    seen.locator("footer button", has_text="简体中文").click()
    expect(seen.locator("dl.biblio dt").first).to_contain_text("申请号")
