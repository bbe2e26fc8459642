"""From records in the database to the documents an engine takes, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from patmark import codes
from patmark.engines.base import Document
from patmark.engines.documents import Derived, patent_document, trademark_document
from patmark.fields import Subject
from patmark.legal_events import OVERLAYS, effect_of
from patmark.patent import Patent, PatentKind, Role
from patmark.trademark import Trademark
from zhiquan.records import models, queries, rows
from zhiquan.records.derive import NAME_LIMIT
from zhiquan.records.storing import merged

#: Roles whose names are facets and therefore need the id of their spelling.
_COUNTED = frozenset({Role.APPLICANT, Role.OWNER, Role.INVENTOR, Role.AGENCY})
_PATENT = ("record_id", "place", "zone", "status", "expiry_date", "kind", "grant_date")
_TRADEMARK = ("record_id", "place", "zone", "status", "valid_to", "kind", "registration_date")


def documents(subject: Subject, records: Sequence[int]) -> Iterator[Document]:
    """The documents of these records, in any order; one of which nothing stands any more is left out."""
    whole = {pk: merged(stated) for pk, stated in queries.documents_of(records).items()}
    ids = _party_ids([one for one in whole.values() if one is not None])
    patents = subject is Subject.PATENT
    narrow = rows.select(
        models.Patent if patents else models.Trademark, _PATENT if patents else _TRADEMARK, "record_id", records
    )
    for pk, place, zone, status, ends, kind, granted in narrow:
        record = whole.get(pk)
        if isinstance(record, Patent):
            told = PatentKind(codes.value_of("kind", kind))
            beside = [effect_of(event).overlay for event in record.events]
            events = tuple(OVERLAYS[one].id for one in beside if one is not None)
            derived = Derived(told, granted, places(place, zone), status, ends, events=events)
            yield patent_document(pk, record, label_of=ids.__getitem__, derived=derived)
        elif isinstance(record, Trademark):
            derived = Derived(places=places(place, zone), status=status, expiry=ends)
            yield trademark_document(pk, record, label_of=ids.__getitem__, derived=derived)


def places(place: int | None, zone: int | None) -> tuple[tuple[int, int, int, int], ...]:
    """(province, city, county, zone) from the finest code known: a GB/T 2260 code holds those above it."""
    if not place:
        return ((0, 0, 0, zone),) if zone else ()
    digits = str(place)
    county = place if len(digits) == 6 else 0
    city = int(digits[:4]) if len(digits) >= 4 else 0
    return ((int(digits[:2]), city, county, zone or 0),)


def _party_ids(whole: Sequence[Patent | Trademark]) -> dict[str, int]:
    """The id of every counted spelling, by the name as it stands in the record."""
    names = {person.name: person.name[:NAME_LIMIT] for one in whole for person in one.people if person.role in _COUNTED}
    known = dict(rows.select(models.Party, ("name", "id"), "name", set(names.values())))
    return {name: known[cut] for name, cut in names.items() if cut in known}
