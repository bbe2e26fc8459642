"""Tokens of one person: made on a page, shown once, kept as a digest, revoked; nobody else's business."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from patmark.errors import NotAllowed
from tests import people
from tests.search.pages import Page
from zhiquan.accounts.actions import create_token, revoke_token
from zhiquan.accounts.models import Token
from zhiquan.common.models import AuditEntry


def made(client, **given):
    return client.post("/tokens/create/", {"name": "每周下载", "days": "365", **given})


def secret_of(response):
    return Page(response).words("//*[@role='status']//code")[0]


def test_a_person_makes_a_token_and_a_program_uses_it(program, citizen_client):
    secret = secret_of(made(citizen_client))
    assert secret.startswith("zq_") and len(secret) > 40
    for headers in (
        {"Authorization": f"Bearer {secret}"},
        {"X-API-Key": secret},
        {"Authorization": f"bearer {secret}"},
    ):
        assert program.ask("status", headers=headers).told["data"]["allowance"]["counted"] == "令牌"


def test_it_is_shown_once_and_only_a_digest_is_kept(citizen_client, db):
    response = made(citizen_client)
    secret = secret_of(response)
    assert response["Cache-Control"] == "no-store"
    page = citizen_client.get("/tokens/").content.decode()
    assert secret not in page and secret[:9] in page and "每周下载" in page
    assert secret not in str(list(Token.objects.values())) + str(list(AuditEntry.objects.values()))


def test_a_revoked_token_opens_nothing_at_once(program, citizen_client):
    secret = secret_of(made(citizen_client))
    token = Token.objects.get()
    assert citizen_client.post(f"/tokens/{token.pk}/revoke/").status_code == 302
    response = program.ask("status", headers={"X-API-Key": secret})
    assert response.status_code == 401 and "已经作废" in response.told["error"]["sentence"]
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_token_of_the_past_opens_nothing(program, citizen_client):
    secret = secret_of(made(citizen_client))
    Token.objects.update(expires=timezone.localdate() - timedelta(days=1))
    assert "到期" in program.ask("status", headers={"X-API-Key": secret}).told["error"]["sentence"]
    assert "已到期" in citizen_client.get("/tokens/").content.decode()


def test_a_token_of_somebody_shut_out_opens_nothing(program, citizen_client):
    secret = secret_of(made(citizen_client))
    owner = Token.objects.get().owner
    owner.is_active = False
    owner.save()
    assert program.ask("status", headers={"X-API-Key": secret}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer zq_nobodys"},
        {"Authorization": "Basic dXNlcjpwdw=="},
        {"Authorization": "Bearer"},
        {"Authorization": ""},
        {"X-API-Key": ""},
        {"X-API-Key": "zq_" + "x" * 5000},
        {"X-API-Key": "zq_\udcff".encode("utf-8", "surrogateescape").decode("latin-1")},
        {"Authorization": "Bearer zq_a", "X-API-Key": "zq_a"},
    ],
)
def test_a_token_that_is_none_is_told(program, headers):
    response = program.ask("status", headers=headers)
    assert response.status_code == 401 and response.told["error"]["code"] == "bad_token"


def test_nobody_sees_or_revokes_the_token_of_another(citizen_client, operator_client, db):
    made(citizen_client)
    token = Token.objects.get()
    assert token.hint not in operator_client.get("/tokens/").content.decode()
    assert operator_client.post(f"/tokens/{token.pk}/revoke/").status_code == 403
    token.refresh_from_db()
    assert token.revoked is None
    assert AuditEntry.objects.filter(action="token.revoke", outcome="refused").count() == 1


def test_an_administrator_may_revoke_anybodys(citizen_client, administrator_client, db):
    made(citizen_client)
    token = Token.objects.get()
    assert administrator_client.post(f"/tokens/{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked is not None


def test_nobody_makes_a_token_in_anothers_name(db):
    chen, wang = people.citizen(), people.operator()
    with pytest.raises(NotAllowed):
        create_token(people.on_a_page(wang), Token(owner=chen, name="别人的"))
    assert not Token.objects.exists()


def test_strangers_have_no_tokens(client, db):
    assert client.get("/tokens/").status_code == 403
    assert made(client).status_code == 403 and not Token.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [({"name": "  "}, "写明令牌的用途"), ({"days": "7"}, "选择有效期"), ({"days": ""}, "选择有效期")],
)
def test_a_form_filled_wrongly_says_how(citizen_client, db, given, says):
    response = made(citizen_client, **given)
    assert response.status_code == 400 and says in response.content.decode() and not Token.objects.exists()


def test_sending_the_form_again_makes_no_second_token(citizen_client, db):
    made(citizen_client)
    again = made(citizen_client)
    assert again.status_code == 400 and "已有一个叫" in again.content.decode() and Token.objects.count() == 1


def test_there_is_an_end_to_tokens(citizen_client, db):
    for at in range(20):
        assert made(citizen_client, name=f"程序{at}").status_code == 200
    assert made(citizen_client, name="再一个").status_code == 400


def test_revoking_twice_changes_nothing(db):
    chen = people.citizen()
    actor = people.on_a_page(chen)
    create_token(actor, Token(owner=chen, name="一"))
    token = Token.objects.get()
    revoke_token(actor, token)
    when = Token.objects.get().revoked
    revoke_token(actor, token)
    assert Token.objects.get().revoked == when


def test_a_name_is_shown_as_text(citizen_client, db):
    assert "<script>" not in made(citizen_client, name="<script>alert(1)</script>").content.decode().replace(
        "<script src", ""
    )
