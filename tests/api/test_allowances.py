"""Limits: by token, account, browser, and only last by address; counted by several processes together; told clearly."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import people
from tests.api.conftest import Program
from zhiquan.accounts import allowances
from zhiquan.accounts.actions import create_token
from zhiquan.accounts.models import Allowance, Token


@pytest.fixture(autouse=True)
def few(settings):
    settings.ZHIQUAN_API_HOURLY = 40
    settings.ZHIQUAN_API_HOURLY_ANONYMOUS = 4


def asked(program, times, **headers):
    return [program.ask("patents/search", headers=headers, limit=0).status_code for _ in range(times)]


def bearer(name="程序", owner=None):
    owner = owner or people.person(name)
    secret = create_token(people.on_a_page(owner), Token(owner=owner, name=name))
    return {"Authorization": f"Bearer {secret}"}


def test_a_browser_has_its_own_allowance_and_is_told_when_it_ends(program):
    assert asked(program, 5) == [200] * 5, "the first was the address's, and brought the cookie"
    response = program.ask("patents/search")
    assert response.status_code == 429 and response.told["error"]["code"] == "too_many"
    assert 0 < int(response["Retry-After"]) <= 3600 and "分钟后重新计算" in response.told["error"]["mend"]
    assert response["RateLimit-Limit"] == "4" and response["RateLimit-Remaining"] == "0"


def test_neighbours_behind_one_address_do_not_use_up_each_other(program):
    assert asked(program, 6)[-1] == 429
    assert asked(Program(Client()), 5) == [200] * 5


def test_who_keeps_no_cookie_is_counted_by_address_and_not_without_end(program):
    statuses = [Program(Client()).ask("patents/search", limit=0).status_code for _ in range(42)]
    assert statuses == [200] * 40 + [429] * 2
    assert Allowance.objects.filter(caller__startswith="address:").exists()
    assert not Allowance.objects.filter(caller__contains="127.0.0.1").exists(), "addresses are not kept"


def test_a_made_up_cookie_is_no_browser_of_ours(program):
    program.client.cookies["zhiquan_caller"] = "made-up"
    response = program.ask("patents/search", limit=0)
    assert response["RateLimit-Limit"] == "40" and "zhiquan_caller" in response.cookies


def test_a_token_is_counted_by_itself(program):
    one, other = bearer("甲"), bearer("乙")
    assert asked(program, 41, **one) == [200] * 40 + [429]
    assert asked(program, 1, **other) == [200] and asked(program, 1) == [200]


def test_a_signed_in_person_is_counted_by_account(program, citizen_client):
    signed_in = Program(citizen_client)
    assert signed_in.ask("status").told["data"]["allowance"] | {"reset": 0} == {
        "limit": 40, "left": 40, "reset": 0, "counted": "账号",
    }  # fmt: skip


def test_an_export_counts_for_twenty_and_status_for_none(program):
    key = bearer()
    assert program.ask("status", headers=key)["RateLimit-Remaining"] == "40"
    assert program.ask("patents/export", headers=key)["RateLimit-Remaining"] == "20"
    assert program.ask("patents/export", headers=key)["RateLimit-Remaining"] == "0"
    assert program.ask("status", headers=key).status_code == 200
    assert program.ask("patents/export", headers=key).status_code == 429


def test_processes_count_together_and_never_give_more(program, settings):
    settings.ZHIQUAN_API_HOURLY = 100
    key, allowed = bearer(), 0
    for at in range(130):
        if at % 10 == 0:
            allowances.forget()  # another process, which knows what stands in the table only
        allowed += program.ask("patents/search", headers=key, limit=0).status_code == 200
    assert 60 <= allowed <= 100


def test_most_requests_write_nothing(program, settings, django_assert_num_queries):
    settings.ZHIQUAN_API_HOURLY = 10_000
    key = bearer()
    asked(program, 50, **key)
    assert Allowance.objects.get(caller__startswith="token:").taken == 500
    assert Token.objects.get().used is not None


def test_a_new_hour_begins_anew(program, monkeypatch):
    key = bearer()
    assert asked(program, 41, **key)[-1] == 429
    Allowance.objects.update(hour=0)
    allowances.forget()
    assert asked(program, 1, **key) == [200]
    assert Allowance.objects.filter(hour=0).count() == 0, "hours nobody asks for are forgotten"


def test_behind_a_proxy_the_last_hop_is_the_address(program, settings):
    settings.HTTPS = True
    for hop in ("10.0.0.1", "10.0.0.2"):
        headers = {"X-Forwarded-For": f"1.2.3.4, {hop}"}
        assert Program(Client()).ask("status", headers=headers)["RateLimit-Remaining"] == "40"
        Program(Client()).ask("patents/search", headers=headers, limit=0)
    assert Allowance.objects.filter(caller__startswith="address:").count() == 2
