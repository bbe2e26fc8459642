"""The door for writes: allowed, all or nothing, recorded; and refusals are recorded too."""

from __future__ import annotations

import pytest

from patmark.errors import NotAllowed, WrongState
from tests import people
from zhiquan.accounts.models import User
from zhiquan.common import action as door
from zhiquan.common.action import CONSOLE, Actor, Entry, action
from zhiquan.common.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_policy_for_these_actions(settings):
    settings.POLICY = "tests.common.policy.may"


@action("test.rename")
def rename(entry: Entry, user: User, name: str, *, fail: bool = False) -> str:
    entry.before, entry.after = {"first_name": user.first_name}, {"first_name": name}
    user.first_name = name
    user.save()
    if fail:
        raise WrongState("不能改名。")
    return name


@action("test.forbidden")
def forbidden(entry: Entry, user: User) -> None:
    user.delete()


@action("test.outer")
def outer(entry: Entry, user: User, *, catch: bool) -> None:
    rename(entry.actor, user, "在外面改的")
    try:
        forbidden(entry.actor, user)
    except NotAllowed:
        if not catch:
            raise


@action("test.chunk")
def store_chunk(entry: Entry, rows: list[str]) -> None:
    entry.target, entry.count, entry.digest = "file:1", len(rows), "ab12"


def test_it_works_and_returns_what_the_action_returns():
    chen = people.citizen()
    assert rename(people.on_a_page(chen), chen, "陈") == "陈"
    chen.refresh_from_db()
    assert chen.first_name == "陈"


def test_it_records_who_did_what_to_what_from_where():
    chen = people.citizen()
    rename(people.on_a_page(chen), chen, "陈")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.outcome, entry.actor, entry.via) == ("test.rename", "done", f"user:{chen.pk}", "page")
    assert entry.target == f"accounts.user:{chen.pk}"
    assert entry.payload == {
        "name": "chen",
        "address": "127.0.0.1",
        "before": {"first_name": ""},
        "after": {"first_name": "陈"},
    }
    assert entry.verifies


def test_a_failure_leaves_neither_the_change_nor_a_record():
    chen = people.citizen()
    with pytest.raises(WrongState):
        rename(CONSOLE, chen, "陈", fail=True)
    chen.refresh_from_db()
    assert chen.first_name == "" and not AuditEntry.objects.exists()


def test_a_refused_attempt_changes_nothing_and_is_recorded():
    chen = people.citizen()
    with pytest.raises(NotAllowed):
        forbidden(CONSOLE, chen)
    assert User.objects.count() == 1
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.outcome, entry.actor) == ("test.forbidden", "refused", "console")


def test_a_refusal_inside_another_action_outlives_its_rollback():
    chen = people.citizen()
    with pytest.raises(NotAllowed):
        outer(CONSOLE, chen, catch=False)
    chen.refresh_from_db()
    assert chen.first_name == ""
    assert [(one.action, one.outcome) for one in AuditEntry.objects.all()] == [("test.forbidden", "refused")]


def test_a_refusal_that_the_outer_action_lives_with_is_recorded_after_it():
    outer(CONSOLE, people.citizen(), catch=True)
    entries = [(one.action, one.outcome) for one in AuditEntry.objects.order_by("id")]
    assert entries == [("test.rename", "done"), ("test.outer", "done"), ("test.forbidden", "refused")]


def test_a_chunk_leaves_its_count_and_digest():
    store_chunk(Actor("job"), ["a", "b"])
    entry = AuditEntry.objects.get()
    assert (entry.target, entry.count, entry.content, entry.actor) == ("file:1", 2, "ab12", "job")


def test_actions_are_listed_with_where_they_stand():
    assert door.actions()["test.rename"].endswith("test_action.rename")
