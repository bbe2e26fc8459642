"""What an undone batch leaves behind, removed for good: withdrawn statements, records without any, their history."""

from __future__ import annotations

from collections.abc import Sequence

from patmark import codes
from patmark.packing import load
from patmark.patent import Role
from zhiquan.records import rows
from zhiquan.records.derive import NAME_LIMIT
from zhiquan.records.models import (
    Batch,
    Change,
    Conflict,
    Merge,
    Party,
    PartyLink,
    Record,
    Reject,
    Restatement,
    Statement,
)

_PERSON = codes.code_of("ptype", codes.BodyKind.PERSON.value)
#: Roles in which a name is linked to records, so that the links tell whether anybody still uses it.
_LINKED = frozenset({Role.APPLICANT, Role.OWNER, Role.AGENCY})


def purge(batch: Batch, count: int) -> int:
    """Removes the next statements of an undone batch, at most so many, and what hung on them; answers how many.

    A record goes when nothing is said of it any more. Names of bodies go with their last record; those of persons
    stay while any record does, for somebody of that name may have invented something else. The last call removes the
    rejects of the batch.
    """
    files = list(batch.files.order_by("pk").values_list("pk", flat=True))
    found = list(
        Statement.objects.filter(file__in=files, withdrawn=True).values_list("pk", "record", "payload")[:count]
    )
    if not found:
        rows.delete(Reject, "file", files)
        rows.delete(Restatement, "file", files)
        if not Record.objects.exists():
            rows.delete(Party, "pk", list(Party.objects.values_list("pk", flat=True)))
        return 0
    statements = [pk for pk, _, _ in found]
    rows.delete(Restatement, "statement", statements)
    rows.delete(Statement, "pk", statements)
    _records({record for _, record, _ in found})
    _names([bytes(payload) for _, _, payload in found])
    return len(found)


def _records(touched: set[int]) -> None:
    """Records of which nothing is said any more, with their history."""
    said = set(Statement.objects.filter(record__in=touched).values_list("record", flat=True))
    gone = list(
        Record.objects.filter(pk__in=touched - said, state=Record.State.GONE)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for model, fields in ((Change, ("record",)), (Conflict, ("record", "other")), (Merge, ("kept", "absorbed"))):
        for field in fields:
            rows.delete(model, field, gone)
    rows.delete(Record, "pk", gone)


def _names(payloads: Sequence[bytes]) -> None:
    """Bodies that no record is linked to any more."""
    named = {person.name[:NAME_LIMIT] for one in payloads for person in load(one).people if person.role in _LINKED}
    bodies = {pk for pk, body in rows.select(Party, ("id", "body"), "name", named) if body != _PERSON}
    linked = {party for (party,) in rows.select(PartyLink, ("party_id",), "party_id", bodies)}
    rows.delete(Party, "pk", bodies - linked)
