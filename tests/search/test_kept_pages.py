"""A page asked for again is the page that was made, until what it shows changes; nobody gets another's."""

import re

import pytest
from django.middleware.csrf import _does_token_match

from tests.search.conftest import hold
from zhiquan.search import kept_pages

ASKED = "/patents/?q=电池"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def held(own, tmp_path):
    kept_pages.pages.clear()
    hold(tmp_path, {"申请号": "202310000001.9", "名称": "一种电池", "申请（专利权）人": "示例公司"})
    return own


def without_token(page):
    return TOKEN.sub("", page.content.decode())


def test_a_page_asked_for_again_asks_little_and_is_the_same(held, client, django_assert_max_num_queries):
    first = client.get(ASKED)
    with django_assert_max_num_queries(3):
        again = client.get(ASKED)
    assert without_token(again) == without_token(first)
    assert "一种" in first.content.decode()
    assert again["Content-Type"] == first["Content-Type"]
    assert again["Vary"] == first["Vary"]


def test_each_visitor_gets_a_token_of_his_own_that_works(held, client, django_user_model):
    client.get(ASKED)
    client.cookies.clear()
    other = client.get(ASKED)
    found = set(TOKEN.findall(other.content.decode()))
    assert len(found) == 1
    assert _does_token_match(found.pop(), other.cookies["csrftoken"].value)


def test_a_new_record_is_on_the_next_page(held, client, tmp_path):
    client.get(ASKED)
    hold(tmp_path, {"申请号": "202310000002.3", "名称": "另一种电池"}, name="more.csv")
    assert "另一种" in client.get(ASKED).content.decode()


def test_languages_displays_and_preferences_have_pages_of_their_own(held, client):
    chinese = client.get(ASKED).content.decode()
    client.cookies["django_language"] = "en"
    english = client.get(ASKED).content.decode()
    client.cookies["display"] = "large.dark"
    large = client.get(ASKED).content.decode()
    assert len({chinese, english, large}) == 3
    assert '<html lang="en"' in english
    assert 'class="large"' in large


def test_who_is_signed_in_or_has_marked_something_is_never_answered_from_it(held, client, admin_user):
    stranger = client.get(ASKED).content.decode()
    client.force_login(admin_user)
    assert admin_user.get_username() in client.get(ASKED).content.decode()
    client.logout()
    client.cookies.clear()
    assert without_token(client.get(ASKED)) == TOKEN.sub("", stranger)


def test_the_bytes_kept_have_a_bound():
    pages = kept_pages.KeptPages(most=100)
    for at in range(10):
        pages.put(at, kept_pages.KeptPage("state", float("inf"), (), b"x" * 40))
    assert [at for at in range(10) if pages.get(at, "state")] == [8, 9]
    assert pages.get(9, "another state") is None
