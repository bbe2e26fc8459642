"""Every answer carries the headers that keep the pages to themselves."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/nowhere/", "/health/"])
def test_nothing_from_outside_no_frames_no_inline_code(client, address):
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'" and headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"


def test_a_foreign_host_name_is_refused(client):
    assert client.get("/", headers={"host": "example.org"}).status_code == 400
