"""Audit entries are appended, verify, and can only be emptied of what names a person."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from zhiquan.common.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    made = AuditEntry.write(
        action="test.write", outcome="done", actor="user:1", via="page", payload={"name": "chen", "after": {"a": 1}}
    )
    return AuditEntry.objects.get(pk=made.pk)


def test_an_entry_verifies(entry):
    assert entry.verifies


def test_a_changed_payload_does_not_verify(entry):
    entry.payload["name"] = "wang"
    assert not entry.verifies


def test_the_same_payload_has_another_digest_each_time(entry):
    other = AuditEntry.write(action="test.write", outcome="done", actor="user:1", via="page", payload=entry.payload)
    assert bytes(other.digest) != bytes(entry.digest)


@pytest.mark.parametrize(
    "change", [{"actor": "user:2"}, {"payload": {"name": "wang"}}, {"payload": None}, {"payload": None, "target": "x"}]
)
def test_the_database_refuses_a_change(entry, change):
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(**change)


def test_payload_and_salt_can_be_erased_together_and_the_digest_stays(entry):
    AuditEntry.objects.filter(pk=entry.pk).update(payload=None, salt=None)
    erased = AuditEntry.objects.get(pk=entry.pk)
    assert erased.verifies and bytes(erased.digest) == bytes(entry.digest)
