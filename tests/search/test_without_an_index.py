"""A site that has no index yet is being set up: nobody is shown an error; a broken index is told with the way out."""

from __future__ import annotations

from patmark.engines.index_state import FILE
from patmark.fields import Subject
from zhiquan.search import index


def test_a_new_site_says_that_its_index_is_being_built_and_asks_again(own):
    page = own.ask("薄膜")
    assert page.status == 503 and page.response["Retry-After"] == "5"
    assert "检索索引正在建立" in page.text and not page.problem
    assert page.tree.xpath("//meta[@http-equiv='refresh']/@content") == ["5"]
    assert page.tree.xpath("//textarea")[0].text_content().strip() == "薄膜"
    assert "还没有装入任何记录" in page.strip


def test_once_the_follower_has_begun_the_page_answers(own):
    own.ask()
    index.catch_up()
    page = own.ask()
    assert page.status == 200 and page.total == 0 and not page.tree.xpath("//meta[@http-equiv='refresh']")


def test_a_broken_index_is_told_with_the_way_out(own):
    index.catch_up()
    (index.folder(Subject.PATENT) / FILE).write_text("?")
    page = own.ask("薄膜")
    assert page.status == 503 and "zhiquan reindex" in page.problem
    assert own.ask_marks().status == 200


def test_an_index_of_another_release_is_built_anew_by_the_follower(own):
    index.catch_up()
    state = index.folder(Subject.PATENT) / FILE
    state.write_text(state.read_text().replace("patent-", "older-"))
    assert own.ask().status in (200, 503)
    index.catch_up()
    assert own.ask().status == 200
