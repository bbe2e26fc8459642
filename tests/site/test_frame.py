"""Round every page: the same for strangers who look at it alike, a person's own for whoever has signed in."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.search.conftest import hold
from tests.search.pages import Page
from zhiquan.records.models import Batch

pytestmark = pytest.mark.django_db
FILED = {
    "ZHIQUAN_ORGANISER": "示例市市场监督管理局",
    "ZHIQUAN_PHONE": "0000-0000000",
    "ZHIQUAN_EMAIL": "help@example.org",
    "ZHIQUAN_ICP": "皖ICP备00000000号",
    "ZHIQUAN_POLICE_FILING": "皖公网安备00000000000001号",
    "ZHIQUAN_SITE_CODE": "3400000000",
}


def text(client, address="/about/"):
    return client.get(address).content.decode()


def foot(page):
    return page[page.index("<footer") :]


def test_nothing_is_said_about_filing_where_nothing_is_set(client):
    assert not any(word in foot(text(client)) for word in ("备案", "ICP", "主办单位", "标识码", "电话"))


@override_settings(**FILED)
def test_filing_numbers_and_contact_stand_in_the_foot_and_lead_where_the_law_says(client):
    page = foot(text(client))
    assert all(value in page for value in FILED.values())
    assert 'href="https://beian.miit.gov.cn/"' in page and "code=00000000000001" in page


def test_forms_of_the_frame_lead_back_to_the_page_they_stand_on_whoever_came_before(client):
    for address in ("/about/?x=1&y=%22%3E%3Cscript%3E", "/about/?x=2", "/about/"):
        page = text(client, address)
        wanted = address.replace("&", "&amp;")
        assert page.count(f'name="next" value="{wanted}"') == 3 and "<script>" not in page


def test_what_is_kept_for_strangers_is_not_shown_to_staff_nor_the_other_way_round(client, operator_client):
    for _ in range(2):
        assert "数据批次" not in text(client) and "登录" in text(client)
        staff = text(operator_client)
        assert "数据批次" in staff and "wang" in staff and "退出" in staff


def test_the_page_one_is_on_is_marked_in_the_navigation(client):
    for address, word in (("/about/", "关于本站"), ("/display/", "显示设置")):
        links = Page(client.get(address)).words("//header//a[@aria-current='page']")
        assert set(links) == {word}


def test_pages_of_the_staff_stand_on_a_shelf_of_their_own(operator_client):
    page = Page(operator_client.get("/about/"))
    shelf = page.tree.xpath("//ul[contains(@class,'menu-row')]//details[summary='管理']//a")
    assert "数据批次" in [one.text for one in shelf]


@pytest.mark.parametrize(
    ("samples", "sentence"), [([True], "全部是虚构的"), ([True, False], "含有虚构的"), ([False], ""), ([], "")]
)
def test_invented_data_are_said_on_every_page(client, home, samples, sentence):
    row = {"申请号": "CN201619900176.9", "名称": "甲"}
    for at, sample in enumerate(samples):
        batch = hold(home, row | {"摘要": str(at)}, name=f"{at}.csv")
        Batch.objects.filter(pk=batch.pk).update(sample=sample)
    cache.clear()
    for address in ("/about/", "/sign-in/", "/nowhere/", "/patents/"):
        page = text(client, address)
        assert (sentence in page) if sentence else ('class="demo"' not in page), address


def test_a_choice_of_display_is_kept_and_leads_back(client):
    answer = client.post("/display/", {"print": "large", "next": "/about/?x=1"})
    assert answer["Location"] == "/about/?x=1"
    cookie = answer.cookies["display"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("large.system", True, "Lax")
    assert 'class="large"' in text(client) and "common/large.css" in text(client)
    client.post("/display/", {"theme": "dark"})
    assert 'class="large"' in text(client) and 'dark.css" media="screen">' in text(client)
    client.post("/display/", {"print": "normal", "theme": "light"})
    assert "large.css" not in text(client) and "dark.css" not in text(client)


@pytest.mark.parametrize("value", ["", "x", "large", "large.dark.light", "../../etc", "large\x00", "x" * 5000])
def test_a_cookie_made_up_changes_no_more_than_it_could_say(client, value):
    client.cookies["display"] = value
    assert client.get("/about/").status_code == 200
    assert client.post("/display/", {"print": value, "theme": value}).status_code == 302


@pytest.mark.parametrize("evil", ["//example.org/", "https://example.org/", "javascript:alert(1)", "/\\example.org"])
def test_it_leads_to_no_other_site(client, evil):
    assert client.post("/display/", {"print": "large", "next": evil})["Location"] == "/display/"


def test_the_about_page_says_what_files_the_records_come_from(client, home):
    hold(home, {"申请号": "CN201619900176.9", "名称": "甲"})
    page = Page(client.get("/about/"))
    assert len(page.words("//tbody/tr")) == 1 and page.words("//tbody//th")[0].startswith("CSV")
    assert page.words("//tbody//td")[0] == "1"
