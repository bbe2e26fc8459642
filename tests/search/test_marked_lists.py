"""Marked lists: kept for a browser without an account, put on and taken off by forms, shared to be read, searched, exported."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.search.pages import Site
from tests.search.sample import patents, trademarks
from zhiquan.common.models import AuditEntry
from zhiquan.records.models import Record
from zhiquan.search import actions
from zhiquan.search.models import Marked, MarkedList


def pk_of(title):
    return Record.objects.get(title=title).pk


def press(site, label, page, **more):
    """Presses a button of the form the hits stand in, as a browser without script does."""
    form = next(one for one in page.tree.xpath("//form[@method='post']") if label in one.text_content())
    button = next(one for one in form.xpath(".//button") if label in one.text_content())
    fields: dict[str, list[str]] = {}
    for one in form.xpath(".//input[@name]"):
        fields.setdefault(one.get("name"), []).append(one.get("value") or "")
    if button.get("name"):
        fields.setdefault(button.get("name"), []).append(button.get("value") or "")
    return site.client.post(form.get("action"), fields | more, follow=True)


def test_a_record_is_marked_and_the_page_comes_back_as_it_was(site):
    page = site.ask("锂离子电池正极材料", **{"f.kind": "invention"})
    back = press(site, "☆ 标记", page)
    assert back.request["PATH_INFO"] == "/patents/" and "f.kind=invention" in back.request["QUERY_STRING"]
    assert "★ 已标记" in back.content.decode()
    assert Site(site.client).open("/marks/").titles == ["一种锂离子电池正极材料及其制备方法"]


def test_nothing_is_written_and_no_list_begun_by_looking(site):
    site.ask("示例")
    site.open("/marks/")
    assert MarkedList.objects.count() == 0 and "zhiquan_marks" not in site.client.cookies


def test_a_whole_page_is_marked_at_once_and_taken_off_one_by_one(site):
    page = site.ask("薄膜")
    press(site, "标记本页全部", page)
    mine = site.open("/marks/")
    assert sorted(mine.titles) == sorted(page.titles)
    press(site, "★ 已标记", mine)
    assert len(site.open("/marks/").titles) == len(page.titles) - 1


def test_both_subjects_stand_on_one_list_each_under_its_tab(site):
    site.client.post("/marks/change/", {"add": [pk_of(patents()[0]["名称"]), pk_of("宜刷示例")]})
    page = site.open("/marks/")
    assert page.words("//nav[@class='tabs']/a") == ["专利 1", "商标 1"]
    assert site.open("/marks/?subject=trademark").titles == ["宜刷示例"]


def test_five_hundred_and_more_find_room(own_many):
    site, keys = own_many
    site.client.post("/marks/change/", {"add": keys})
    assert Marked.objects.count() == len(keys) > 500
    page = site.open("/marks/?page=12")
    assert page.words("//nav[@class='tabs']/a")[0] == f"专利 {len(keys)}"
    assert page.words("//nav[@class='pages']/strong") == ["12"]


@pytest.fixture
def own_many(db):
    keys = list(range(1_000_001, 1_000_601))
    Record.objects.bulk_create(Record(id=pk, subject=1, key=f"X{pk}", title="甲", change=pk) for pk in keys)
    return Site(Client()), keys


def test_others_read_a_shared_list_and_take_it_over_but_cannot_change_it(site):
    press(site, "标记本页全部", site.ask("薄膜"))
    mine = site.open("/marks/")
    address = mine.tree.xpath("//input[@id='share']/@value")[0].partition("testserver")[2]
    other = Site(Client())
    theirs = other.open(address)
    assert sorted(theirs.titles) == sorted(mine.titles) and "全部清空" not in theirs.text
    other.client.post("/marks/clear/")
    other.client.post("/marks/change/", {"remove": pk_of(mine.titles[0]), "next": address})
    assert len(site.open("/marks/").titles) == len(mine.titles)
    press(other, "加入我的标记", theirs)
    assert sorted(other.open("/marks/").titles) == sorted(mine.titles)
    press(other, "全部清空", other.open("/marks/"))
    assert other.open("/marks/").titles == [] and len(site.open("/marks/").titles) == len(mine.titles)


def test_ones_own_shared_address_leads_home(site):
    press(site, "标记本页全部", site.ask("薄膜"))
    share = MarkedList.objects.get().share
    assert site.client.get(f"/marks/{share}/")["Location"] == "/marks/"


def test_a_list_is_searched_and_narrowed_like_any_result(site):
    press(site, "标记本页全部", site.ask("薄膜"))
    share = MarkedList.objects.get().share
    every = site.ask("", marks=share)
    assert every.total == site.ask("薄膜").total and "只看标记的记录" in every.text
    kinds = every.facet("专利类型")
    assert site.ask("", marks=share, **{"f.kind": "invention"}).total == kinds["发明"]
    assert site.ask("收卷", marks=share).total == site.ask("薄膜 收卷").total > 0
    assert site.ask_marks("", marks=share).total == 0
    assert site.ask("", marks="made-up").status == 404


def test_a_marked_list_is_exported(site):
    press(site, "标记本页全部", site.ask("薄膜"))
    titles = site.open("/marks/").titles
    rows = b"".join(site.client.get(f"/patents/export.csv?bare=1&col=ti&marks={MarkedList.objects.get().share}"))
    assert sorted(rows.decode("utf-8-sig").splitlines()[1:]) == sorted(titles)


def test_htmx_gets_the_button_back(site):
    answer = site.client.post("/marks/change/", {"add": pk_of("宜刷示例")}, headers={"HX-Request": "true"})
    assert (
        answer.status_code == 200 and answer.content.decode().startswith("<button") and "★" in answer.content.decode()
    )


@pytest.mark.parametrize("wrong", ["", "x", "0", "-1", "9" * 30, "１", "1 OR 1=1"])
def test_what_is_no_record_is_passed_over(site, wrong):
    assert site.client.post("/marks/change/", {"add": wrong}).status_code == 302
    assert Marked.objects.count() == 0


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_a_form_leads_back_to_our_own_pages_only(site, back):
    assert site.client.post("/marks/change/", {"add": "1", "next": back})["Location"] == "/marks/"


@pytest.mark.parametrize("secret", ["x", "", "a" * 5000, "\x00"])
def test_a_made_up_secret_opens_nothing(site, secret):
    site.client.cookies["zhiquan_marks"] = secret
    assert site.ask("示例").status == 200 and site.open("/marks/").titles == []


def test_forged_forms_are_refused(db):
    strict = Client(enforce_csrf_checks=True)
    for address in ("/marks/change/", "/marks/clear/", "/numbers/"):
        assert strict.post(address, {"add": "1"}).status_code == 403


def test_a_full_list_says_so_and_takes_none(site, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 3)
    page = press(site, "标记本页全部", site.ask("薄膜"))
    assert page.status_code == 400 and "最多 3 条" in page.content.decode() and Marked.objects.count() == 0


def test_every_change_is_recorded_without_naming_anybody(site):
    press(site, "☆ 标记", site.ask("锂离子电池正极材料"))
    entries = AuditEntry.objects.filter(action__startswith="mark.")
    assert [one.action for one in entries.order_by("pk")] == ["mark.begin", "mark.add"]
    assert {one.actor for one in entries} == {"stranger"}


def test_what_stands_no_longer_is_not_shown(site):
    site.client.post("/marks/change/", {"add": [pk_of("宜刷示例"), pk_of(trademarks()[1]["商标名称"])]})
    Record.objects.filter(title="宜刷示例").update(state=Record.State.GONE)
    assert site.open("/marks/?subject=trademark").titles == [trademarks()[1]["商标名称"]]
