"""The front page of a site on its first day: no index, no records, then one."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.search.conftest import hold
from tests.search.pages import Page
from zhiquan.search import index

pytestmark = pytest.mark.django_db


def front(client):
    return Page(client.get("/"))


def test_an_empty_site_says_so_and_invents_no_figures(home, client):
    index.catch_up()
    page = front(client)
    assert "还没有装入任何记录" in page.text and not page.tree.xpath("//ul[@class='lines']")


def test_without_an_index_the_page_opens_and_says_what_is_missing(home, client):
    page = front(client)
    assert page.status == 200 and "检索索引正在建立" in page.text and "查专利" in page.text


def row(number, publication, day, title):
    return {
        "申请号": number,
        "公开（公告）号": publication,
        "公开（公告）日": day,
        "名称": title,
        "申请（专利权）人": "示例厂",
        "地址": "安徽省桐城市示例路1号",
    }


def test_a_new_record_stands_at_the_head_of_the_newest(home, client):
    hold(home, row("CN201619900176.9", "CN100000001A", "2024-01-02", "甲"))
    cache.clear()
    assert front(client).words("//ul[@class='lines']//h3") == ["甲"]
    hold(home, row("CN201619900177.3", "CN100000002A", "2024-01-03", "乙"), name="second.csv")
    cache.clear()
    assert front(client).words("//ul[@class='lines']//h3") == ["乙", "甲"]
