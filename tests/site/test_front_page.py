"""The front page says where one is, and every page has the landmarks people find their way by."""

import pytest

pytestmark = pytest.mark.django_db


def test_it_names_the_city(client):
    assert "安庆知识产权公共服务平台" in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/nowhere/"])
def test_a_page_has_language_viewport_landmarks_and_a_way_past_the_header(client, address):
    text = client.get(address).content.decode()
    for part in (
        'lang="zh-hans"',
        'name="viewport"',
        '<a class="skip" href="#main">',
        '<main id="main"',
        "<header",
        "<nav aria",
        "<footer",
    ):
        assert part in text
    assert text.count("<h1") == 1


def test_health_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/").content.startswith(b"ok ")
