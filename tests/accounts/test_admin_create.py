"""`zhiquan admin create` makes the first administrator."""

from __future__ import annotations

import io
import json

import pytest

from zhiquan.accounts.models import User
from zhiquan.common.models import AuditEntry
from zhiquan.site.cli import main

pytestmark = pytest.mark.django_db


def create(monkeypatch, password, *arguments):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["admin", "create", *arguments])


def test_it_makes_an_administrator_through_the_door(monkeypatch, capsys):
    assert create(monkeypatch, "correct-horse-77", "li", "--password-stdin", "--json") == 0
    li = User.objects.get(username="li")
    assert json.loads(capsys.readouterr().out) == {"username": "li", "id": li.pk}
    assert li.is_superuser and li.check_password("correct-horse-77")
    assert AuditEntry.objects.get().action == "administrator.create"


@pytest.mark.parametrize(("password", "sentence"), [("short", "密码太短"), ("1234567890123", "数字")])
def test_a_weak_password_is_refused_with_a_sentence(monkeypatch, capsys, password, sentence):
    assert create(monkeypatch, password, "li", "--password-stdin") == 1
    assert sentence in capsys.readouterr().err and not User.objects.exists()


def test_a_name_that_is_taken_is_refused(monkeypatch, capsys):
    create(monkeypatch, "correct-horse-77", "li", "--password-stdin")
    assert create(monkeypatch, "correct-horse-77", "li", "--password-stdin") == 1
    assert "已存在" in capsys.readouterr().err


def test_without_a_terminal_it_says_how_to_hand_in_the_password(monkeypatch, capsys):
    assert create(monkeypatch, "", "li") == 1
    assert "--password-stdin" in capsys.readouterr().err
