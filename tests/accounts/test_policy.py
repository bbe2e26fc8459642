"""Who may do what, by role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import people
from zhiquan.accounts.policy import POLICY, may
from zhiquan.common.action import CONSOLE, Actor

pytestmark = pytest.mark.django_db


def test_a_stranger_and_a_citizen_may_write_nothing():
    for actor in (Actor("page", AnonymousUser()), people.on_a_page(people.citizen())):
        assert [name for name in POLICY if may(actor, name)] == []


def test_an_operator_works_with_batches_and_makes_no_administrator():
    actor = people.on_a_page(people.operator())
    assert may(actor, "batch.undo") and not may(actor, "administrator.create")


def test_the_administrator_and_the_console_may_do_everything_in_the_table():
    for actor in (CONSOLE, people.on_a_page(people.administrator())):
        assert all(may(actor, name) for name in POLICY)


def test_what_is_not_in_the_table_is_allowed_to_nobody():
    assert not may(CONSOLE, "batch.invented")
