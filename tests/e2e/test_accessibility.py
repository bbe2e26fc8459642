"""Every public page can be used by everybody: axe finds nothing, nothing scrolls sideways, nothing jumps, little is loaded.

Four ways of looking cover every pair of width, colours and language; usual pages are looked at in large print too. A page
that is added to the table of pages is looked at from then on.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.architecture.test_pages import ARGUMENTS
from zhiquan.common.page import ANYONE, pages

#: (width, colours, language)
WAYS = {
    "320 px": (320, "light", "zh-hans"),
    "1440 px dark": (1440, "dark", "zh-hans"),
    "320 px dark, English": (320, "dark", "en"),
    "1440 px, English": (1440, "light", "en"),
}
#: Records of the sample, for pages that show one; other pages with parameters are asked what the page tests ask.
EXISTING = {"patent": {"number": "CN2016199001769"}, "trademark": {"number": "CN99000048"}}
#: Beside the bare pages: a result, nothing found, a wrong query, a page that is not there, a page for staff only.
MORE = [
    "/patents/?q=示例",
    "/patents/?q=没有这样的词",
    "/patents/?q=(膜",
    "/trademarks/?q=刷",
    "/nowhere/",
    "/batches/",
]
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
        .observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => setTimeout(() => done(sum), 0));
})"""


def addresses():
    public = [page for page in pages() if page.may == ANYONE and not page.why]
    own = [reverse(page.name, kwargs=EXISTING.get(page.name) or ARGUMENTS.get(page.name)) for page in public]
    return [*own, *MORE]


@pytest.fixture(scope="module", params=WAYS.values(), ids=WAYS)
def looked(browser: Browser, address: str, request: pytest.FixtureRequest):
    """A page that is looked at in one of the ways."""
    width, colours, language = request.param
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800}, color_scheme=colours)
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("where", addresses())
def test_a_page_has_no_faults_and_fits(looked: Page, where: str):
    answer = looked.request.get(where, max_redirects=0, fail_on_status_code=False)
    if "text/html" not in answer.headers.get("content-type", "") or answer.status in (301, 302, 405):
        return  # a file, a picture, a form's target: no page to look at
    look(looked, where)


def look(page: Page, where: str):
    page.goto(where)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
    assert page.locator("h1").count() == 1


LIGHT = {"viewport": {"width": 1440, "height": 900}}
SMALL = {"viewport": {"width": 320, "height": 640}}
NARROW_AND_WIDE = pytest.mark.parametrize("seen", [SMALL, LIGHT], indirect=True, ids=["320 px", "1440 px"])
USUAL = ["/", "/patents/?q=示例", "/patents/CN2016199001769/", "/trademarks/?q=刷"]


@NARROW_AND_WIDE
def test_large_print_has_no_faults_and_fits(seen, address):
    seen.context.add_cookies([{"name": "display", "value": "large.system", "url": address}])
    for where in USUAL:
        look(seen, where)


@NARROW_AND_WIDE
def test_nothing_jumps_while_a_page_loads(seen):
    for where in USUAL:
        seen.goto(where)
        assert seen.evaluate(SHIFTS) == 0, where


@pytest.mark.parametrize("where", USUAL)
def test_a_first_page_is_at_most_120_kilobytes_with_everything_it_loads(seen, where):
    asked = []
    seen.on("requestfinished", lambda one: asked.append(one))
    seen.goto(where, wait_until="networkidle")
    sizes = [one.sizes() for one in asked]
    loaded = [one["responseBodySize"] + one["responseHeadersSize"] for one in sizes]
    assert len(loaded) > 5 and 10_000 < sum(loaded) <= 120_000, sum(loaded)


@NARROW_AND_WIDE
def test_the_search_box_and_the_menu_are_reached_by_keyboard(seen):
    seen.goto("/about/")
    reached = []
    while not reached or reached[-1] not in ("body", "main"):
        seen.keyboard.press("Tab")
        reached.append(seen.evaluate("document.activeElement.id || document.activeElement.tagName.toLowerCase()"))
        ring = seen.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert reached[-1] == "body" or ring == "solid", reached[-1]
    assert reached.count("header-q") == 1 and "summary" in reached


@pytest.mark.parametrize("seen", [SMALL | {"java_script_enabled": False}], indirect=True, ids=["no script"])
def test_the_menu_of_a_small_screen_needs_no_script(seen):
    seen.goto("/")
    seen.locator(".menu > summary").click()
    seen.locator(".menu nav a", has_text="无障碍说明").click()
    expect(seen.locator("h1")).to_have_text("无障碍说明")


@pytest.mark.parametrize("seen", [{"java_script_enabled": False}], indirect=True, ids=["no script"])
def test_large_print_is_switched_on_in_the_head_and_stays(seen):
    seen.goto("/patents/?q=示例")
    before = seen.locator("h1").bounding_box()["height"]
    seen.locator(".switches button", has_text="长辈版").click()
    assert seen.url.endswith(("%E7%A4%BA%E4%BE%8B", "示例"))
    assert seen.locator("h1").bounding_box()["height"] > 1.2 * before
    seen.goto("/about/")
    expect(seen.locator("html")).to_have_class("large")
    seen.locator(".switches button", has_text="标准版").click()
    expect(seen.locator("html")).not_to_have_class("large")


@pytest.mark.parametrize("seen", [{"color_scheme": "dark"}, {}], indirect=True, ids=["dark screen", "light screen"])
def test_the_switch_of_colours_shows_the_other_one(seen):
    seen.goto("/about/")
    body, other = seen.locator("body"), seen.locator(".switches button:visible", has_text=re.compile("^(深|浅)色$"))
    paper, word = seen.evaluate("getComputedStyle(document.body).backgroundColor"), other.inner_text()
    other.click()
    expect(other).not_to_have_text(word)
    expect(body).not_to_have_css("background-color", paper)
    other.click()
    expect(other).to_have_text(word)
    expect(body).to_have_css("background-color", paper)


def test_targets_are_large_enough_to_hit(seen):
    for where in USUAL:
        seen.goto(where)
        small = seen.locator(
            "header button:visible, header a:visible, footer a:visible, main button:visible"
        ).evaluate_all(
            "all => all.filter(one => { const box = one.getBoundingClientRect(); return box.height < 24 && !one.matches('.skip'); }).map(one => one.outerHTML)"
        )
        assert small == [], where
