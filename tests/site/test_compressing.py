"""What a page is made of goes out compressed to whoever takes it; what it says is the same."""

from __future__ import annotations

import gzip

import pytest

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip, deflate, br"}


def body(response):
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize(
    "address", ["/accessibility/", "/nowhere/", "/static/common/parts.css", "/static/common/mark.svg"]
)
def test_it_says_the_same_in_fewer_bytes(client, address):
    plain = client.get(address)
    packed = client.get(address, headers=GZIP)
    again = client.get(address, headers=GZIP)
    whole = body(plain)
    assert "Accept-Encoding" in packed["Vary"] and "Accept-Encoding" in plain["Vary"]
    assert plain.status_code == packed.status_code and not plain.has_header("Content-Encoding")
    if len(whole) < 1_000:
        assert not packed.has_header("Content-Encoding")
        return
    assert packed["Content-Encoding"] == again["Content-Encoding"] == "gzip"
    assert gzip.decompress(body(packed)) == gzip.decompress(body(again)) == whole
    assert int(packed["Content-Length"]) < len(whole) / 2


@pytest.mark.parametrize("headers", [{}, {"accept-encoding": "br"}, GZIP | {"range": "bytes=10-19"}])
def test_who_takes_no_gzip_or_wants_a_part_gets_it_plain(client, headers):
    response = client.get("/static/common/parts.css", headers=headers)
    assert not response.has_header("Content-Encoding")
    assert len(body(response)) == int(response["Content-Length"])


def test_a_file_that_did_not_change_is_not_sent_again(client):
    day = client.get("/static/common/parts.css", headers=GZIP)["Last-Modified"]
    again = client.get("/static/common/parts.css", headers=GZIP | {"if-modified-since": day})
    assert again.status_code == 304 and body(again) == b""


def test_what_is_no_part_of_a_page_is_left_alone(client):
    assert not client.get("/health/", headers=GZIP).has_header("Content-Encoding")


def test_the_length_of_a_page_gives_nothing_away(client):
    assert len({client.get("/accessibility/", headers=GZIP)["Content-Length"] for _ in range(20)}) > 1
