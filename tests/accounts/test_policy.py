"""Who may do what, by role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import people
from zhiquan.accounts.models import Token
from zhiquan.accounts.policy import POLICY, Role, may
from zhiquan.common.action import CONSOLE, Actor

pytestmark = pytest.mark.django_db


def test_a_stranger_and_a_citizen_write_what_is_their_own_only():
    own = {name for name, rule in POLICY.items() if Role.ANYONE in rule.scopes}
    assert {name for name in POLICY if may(Actor("page", AnonymousUser()), name)} == own
    personal = {name for name, rule in POLICY.items() if Role.PERSON in rule.scopes}
    chen = people.on_a_page(people.citizen())
    assert {name for name in POLICY if may(chen, name)} == own | personal
    assert all(name.startswith(("mark.", "token.")) for name in own | personal)


def test_what_is_ones_own_is_nobody_elses():
    chen, wang = people.citizen(), people.operator()
    token = Token(owner=chen)
    assert may(people.on_a_page(chen), "token.revoke", token)
    assert not may(people.on_a_page(wang), "token.revoke", token)
    assert may(CONSOLE, "token.revoke", token) and may(people.on_a_page(people.administrator()), "token.revoke", token)


def test_an_operator_works_with_batches_and_makes_no_administrator():
    actor = people.on_a_page(people.operator())
    assert may(actor, "batch.undo") and not may(actor, "administrator.create")


def test_the_administrator_and_the_console_may_do_everything_in_the_table():
    for actor in (CONSOLE, people.on_a_page(people.administrator())):
        assert all(may(actor, name) for name in POLICY)


def test_what_is_not_in_the_table_is_allowed_to_nobody():
    assert not may(CONSOLE, "batch.invented")
