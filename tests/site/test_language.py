"""Chinese unless the person chooses English, by a button that needs no script; what a browser prefers is no choice."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.django_db


def text(client, address="/", **headers):
    return client.get(address, headers=headers).content.decode()


def test_a_page_is_chinese_whatever_the_browser_prefers(client):
    page = text(client, **{"accept-language": "en-US,en;q=0.9"})
    assert 'lang="zh-hans"' in page and "安庆知识产权公共服务平台" in page


def test_every_page_offers_both_languages(client):
    page = text(client, "/sign-in/")
    foot = page[page.index("<footer") :]
    assert re.findall(r'name="language" value="([^"]+)"', foot) == ["zh-hans", "en"]
    assert 'action="/language/"' in page and 'value="/sign-in/"' in page


def test_the_chosen_language_is_kept_and_leads_back_to_the_page(client):
    answer = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    page = text(client, "/sign-in/")
    assert 'lang="en"' in page and "Anqing Intellectual Property Public Service" in page and "Sign in" in page
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    assert 'lang="zh-hans"' in text(client)


@pytest.mark.parametrize("evil", ["//example.org/", "https://example.org/", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(client, evil):
    assert client.post("/language/", {"language": "en", "next": evil})["Location"] == "/"


def test_a_language_that_is_not_offered_changes_nothing(client):
    client.post("/language/", {"language": "fr", "next": "/"})
    client.cookies["django_language"] = "../../x"
    assert 'lang="zh-hans"' in text(client)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/sign-in/",
        "/about/",
        "/accessibility/",
        "/display/",
        "/help/query/",
        "/patents/",
        "/trademarks/",
        "/patents/0/",
    ],
)
def test_an_english_page_says_its_own_words_in_english(client, address):
    client.post("/language/", {"language": "en"})
    page = text(client, address)
    body = re.sub(
        r"<code>.*?</code>|<details>.*?</details>|<section class=\"problem\".*?</section>", "", page, flags=re.DOTALL
    )
    words = re.sub(r"<[^>]*>", " ", body[body.index("<body") :])
    assert set(re.findall(r"[\u4e00-\u9fff]+", words)) <= {"简体中文", "与", "或", "非"}, address
