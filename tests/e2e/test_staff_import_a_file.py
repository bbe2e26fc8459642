"""A member of staff uploads a file, watches it go in, mends what was rejected, decides about an address, undoes it all."""

from __future__ import annotations

import csv
import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.records.tables import application, patent

pytestmark = pytest.mark.usefixtures("staff")
NAMELESS = {"地址": "安庆市示例路2号"}
SMALL = {"viewport": {"width": 320, "height": 640}}
WITHOUT_SCRIPT = {"java_script_enabled": False}


def table(*rows) -> dict[str, object]:
    """An upload of these rows, named as a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(patent(1)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return {"name": "窗口收件.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("gb18030")}


def upload(page: Page, file: dict[str, object]) -> None:
    page.goto("/batches/new/")
    page.locator("#files").set_input_files(file)
    page.locator("main button", has_text="先看一看").click()


@pytest.mark.parametrize("seen", [{}, SMALL, WITHOUT_SCRIPT], indirect=True, ids=["wide", "320 px", "no script"])
def test_from_a_file_to_records_and_back(seen, request):
    first = 7_000 + 100 * len(request.node.name)
    rows = [patent(first + at) for at in range(20)]
    upload(seen, table(*rows, NAMELESS))
    expect(seen.locator("main h1")).to_have_text("窗口收件.csv")
    expect(seen.locator("main")).to_contain_text("GB18030")
    expect(seen.locator("tbody").first).to_contain_text(f"一种示例装置{first}")
    seen.locator("main button", has_text="开始导入").first.click()
    done = seen.locator(".stand.done")
    done.wait_for(timeout=30_000)
    expect(done).to_contain_text("已读完")
    assert done.locator(".figure").all_inner_texts() == ["20", "0", "0", "1"]
    batch = seen.url

    done.locator("a", has_text="更正拒收的记录").click()
    seen.locator("ul.lines a").first.click()
    seen.get_by_label("申请号", exact=True).fill(application(first + 50))
    seen.locator("button", has_text="试读一下").click()
    expect(seen.locator("main")).to_contain_text("现在读得出来了")
    seen.locator("button", has_text="导入这一条").click()
    expect(seen.locator(".message").first).to_contain_text("已更正并导入")
    expect(seen.locator(".stand")).to_contain_text("都已更正")

    seen.goto(batch)
    seen.locator("a", has_text="看看撤销会做什么").click()
    assert seen.locator(".figure").first.inner_text() == "20"
    seen.locator("button.danger").click()
    seen.locator(".stand.undone").wait_for(timeout=30_000)
    seen.goto("/patents/" + application(first).replace(".", "") + "/")
    expect(seen.locator("h1")).to_contain_text("没有号码")


def test_columns_nobody_knows_are_set_by_hand(seen):
    text = "流水,案由,案号\n" + "".join(f"{at},一种台账装置{at},{application(9_000 + at)}\n" for at in range(3))
    upload(seen, {"name": "台账.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(seen.locator(".amber", has_text="表头不认得")).to_be_visible()
    seen.get_by_label("案由").select_option("不读取，原样保留")
    seen.get_by_label("案号").select_option("专利名称")
    seen.locator("button", has_text="试读").click()
    expect(seen.locator(".problem")).to_contain_text("至少要有一列是号码")
    seen.get_by_label("案由").select_option("专利名称")
    seen.get_by_label("案号").select_option("申请号")
    seen.locator("button", has_text="按现在的设置开始导入").click()
    seen.locator(".stand.done").wait_for(timeout=30_000)
    assert seen.locator(".stand .figure").first.inner_text() == "3"


def test_pages_fit_and_name_what_they_hold(seen):
    seen.set_viewport_size({"width": 320, "height": 640})
    upload(seen, table(patent(6_001, 地址="230000 安徽省安庆市桐城市示例路5号"), NAMELESS))
    look = seen.url
    seen.locator("main button", has_text="开始导入").first.click()
    seen.locator(".stand.done").wait_for(timeout=30_000)
    batch = seen.url
    pages = [
        look,
        batch,
        f"{batch}rejects/",
        f"{batch}undo/",
        "/batches/",
        "/batches/new/",
        "/quality/",
        "/quality/places/",
    ]
    for path in [
        *pages,
        "/quality/conflicts/",
        "/quality/merges/",
        "/quality/places/decided/",
        "/quality/records/patent-claims/",
    ]:
        seen.goto(path)
        assert seen.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert seen.locator("h1").count() == 1, path
        found = Axe().run(seen)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        unnamed = seen.locator("input:not([type=hidden]), textarea, select").evaluate_all(
            "fields => fields.filter(one => !one.labels.length && !one.ariaLabel).length"
        )
        empty = seen.locator("a, button").evaluate_all("all => all.filter(one => !one.textContent.trim()).length")
        assert (unnamed, empty) == (0, 0), path
    seen.goto("/quality/places/")
    seen.locator("article", has_text="桐城市示例路5号").locator("button").first.click()
    expect(seen.locator(".message")).to_contain_text("认定为安徽省安庆市桐城市")


def test_an_upload_over_the_limit_is_said_before_it_is_sent(seen):
    seen.goto("/batches/new/")
    seen.evaluate("document.getElementById('upload').dataset.limit = '10'")
    seen.locator("#files").set_input_files(table(patent(1)))
    assert "上限" in seen.locator("#files").evaluate("one => one.validationMessage")
