"""`zhiquan admin password`: a lost password is replaced from the console, and old sessions end."""

from __future__ import annotations

import io

import pytest

from tests import people
from zhiquan.common.models import AuditEntry
from zhiquan.site.cli import main

pytestmark = pytest.mark.django_db


def change(monkeypatch, username, password):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return main(["admin", "password", username, "--password-stdin"])


def test_the_new_one_opens_the_door_and_the_old_sessions_are_over(operator_client, client, monkeypatch, capsys):
    assert operator_client.get("/batches/").status_code == 200
    assert change(monkeypatch, "wang", "another-long-one") == 0
    assert "已更换" in capsys.readouterr().out
    assert operator_client.get("/batches/").status_code == 403
    assert client.login(username="wang", password="another-long-one")
    assert AuditEntry.objects.get(action="account.password").actor == "console"


@pytest.mark.parametrize(
    ("username", "password", "sentence"), [("nobody", "another-long-one", "没有“nobody”"), ("wang", "short", "10")]
)
def test_what_cannot_be_is_told_and_changes_nothing(monkeypatch, capsys, username, password, sentence):
    user = people.operator()
    assert change(monkeypatch, username, password) == 1
    assert sentence in capsys.readouterr().err
    user.refresh_from_db()
    assert user.check_password(people.PASSWORD)
