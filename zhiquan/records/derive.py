"""The narrow rows of a record, derived from its merged statements: columns, numbers, publications, events, parties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection

from patmark import codes
from patmark.bodies import body_of
from patmark.errors import BadNumber
from patmark.kinds import kind_of, stage_of
from patmark.mark_status import stored_mark_status
from patmark.numbers import display, parse_application
from patmark.party import normalise_name
from patmark.patent import Patent, PatentKind, Person, Role
from patmark.patent import Publication as Published
from patmark.regions import Gazetteer, Place
from patmark.status import stored_status
from patmark.trademark import Trademark
from zhiquan.records import models, rows
from zhiquan.records.matching import DECIDING, Numbered, publication_key
from zhiquan.records.places import question
from zhiquan.records.reference import gazetteer

_RECORD = ("id", "subject", "key", "title", "state", "provisional", "change")
_PLACED = ("place", "place_at_filing", "zone", "place_doubtful", "address_key")
_PATENT = (
    "record", "office", "kind", "filing_date", "publication_date", "grant_date", "status", "status_basis",
    "status_since", "expiry_date", "has_claims", "has_description", "has_address", *_PLACED,
)  # fmt: skip
_TRADEMARK = (
    "record", "office", "kind", "filing_date", "preliminary_date", "registration_date", "valid_to", "status",
    "status_basis", "status_since", "has_goods", "has_image", "has_address", *_PLACED,
)  # fmt: skip
#: What hangs under a record and is written anew with it.
_SIDE = (models.Number, models.Publication, models.Event, models.PartyLink)
_LINKS = {
    Role.APPLICANT: models.PartyLink.Role.APPLICANT,
    Role.OWNER: models.PartyLink.Role.OWNER,
    Role.AGENCY: models.PartyLink.Role.AGENCY,
}
#: People whose names are counted, so that each spelling needs an id.
_COUNTED = frozenset({Role.APPLICANT, Role.OWNER, Role.AGENCY, Role.INVENTOR})
NAME_LIMIT = 300


@dataclass(slots=True)
class Bundle:
    """The rows of many records, gathered first and written at once."""

    records: list[tuple[Any, ...]] = field(default_factory=list)
    updates: list[tuple[Any, ...]] = field(default_factory=list)
    patents: list[tuple[Any, ...]] = field(default_factory=list)
    trademarks: list[tuple[Any, ...]] = field(default_factory=list)
    numbers: list[tuple[Any, ...]] = field(default_factory=list)
    publications: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    links: list[tuple[int, str, int, int]] = field(default_factory=list)
    names: dict[str, Person] = field(default_factory=dict)
    stale: list[int] = field(default_factory=list)
    places: Gazetteer = field(default_factory=gazetteer)

    def add(
        self, pk: int, record: Patent | Trademark | None, change: int, *, numbers: Sequence[Numbered], fresh: bool
    ) -> None:
        """Gathers the rows of one record; None for one of which nothing stands any more."""
        if not fresh:
            self.stale.append(pk)
        if record is None:
            self.updates.append((None, None, models.Record.State.GONE, None, change, pk))
            return
        key, provisional = _key(pk, record, numbers)
        state = models.Record.State.LIVE
        subject = models.Subject.PATENT if isinstance(record, Patent) else models.Subject.TRADEMARK
        title = record.title if isinstance(record, Patent) else record.mark
        if fresh:
            self.records.append((pk, subject, key, title, state, provisional, change))
        else:
            self.updates.append((key, title, state, provisional, change, pk))
        self.numbers += [(pk, one.kind, one.key, one.full, one.check_wrong) for one in numbers]
        self.events += [
            (pk, one.code[:60], one.date, one.effective, (one.title or one.code)[:300]) for one in record.events
        ]
        self._people(pk, record.people)
        if isinstance(record, Patent):
            self._patent(pk, record, numbers)
        else:
            self._trademark(pk, record)

    def write(self) -> None:
        """Writes what was gathered; rows that hung under changed records are replaced."""
        for model in (*_SIDE, models.Patent, models.Trademark):
            rows.delete(model, "record", self.stale)
        rows.insert(models.Record, _RECORD, self.records)
        self._update()
        rows.insert(models.Patent, _PATENT, self.patents)
        rows.insert(models.Trademark, _TRADEMARK, self.trademarks)
        rows.insert(models.Number, ("record", "kind", "key", "full", "check_wrong"), self.numbers)
        rows.insert(models.Publication, ("record", "number", "stage", "date"), self.publications)
        rows.insert(models.Event, ("record", "code", "date", "effective", "title"), self.events)
        ids = ensure_parties(self.names.values())
        rows.insert(
            models.PartyLink,
            ("record", "party", "role", "rank"),
            [(pk, ids[name], role, rank) for pk, name, role, rank in self.links],
        )

    def _update(self) -> None:
        standing = [row for row in self.updates if row[2] == models.Record.State.LIVE]
        gone = [(state, change, pk) for _, _, state, _, change, pk in self.updates if state != models.Record.State.LIVE]
        rows.update(models.Record, ("key", "title", "state", "provisional", "change"), standing)
        rows.update(models.Record, ("state", "change"), gone)

    def _people(self, pk: int, people: Sequence[Person]) -> None:
        ranks: dict[int, int] = {}
        for person in people:
            if person.role not in _COUNTED or not person.name:
                continue
            name = person.name[:NAME_LIMIT]
            self.names.setdefault(name, person)
            role = _LINKS.get(person.role)
            if role is not None:
                ranks[role] = ranks.get(role, 0) + 1
                self.links.append((pk, name, role, ranks[role]))

    def _patent(self, pk: int, record: Patent, numbers: Sequence[Numbered]) -> None:
        stored = stored_status(record)
        dates = [one.date for one in record.publications if one.date]
        filing = record.application.date if record.application else None
        self.publications += [(pk, *_published(one, record.office)) for one in record.publications if one.number]
        place = self._placed(record.people, filing)
        self.patents.append(
            (
                pk, record.office[:4], codes.code_of("kind", patent_kind(record, numbers)), filing,
                max(dates, default=None), grant_date(record), stored.status.id, stored.basis, stored.since,
                stored.dated, bool(record.claims), bool(record.description), *place,
            )
        )  # fmt: skip

    def _trademark(self, pk: int, record: Trademark) -> None:
        stored = stored_mark_status(record)
        place = self._placed(record.people, record.filing_date)
        self.trademarks.append(
            (
                pk, record.office[:4], codes.code_of("mark_kind", record.kind), record.filing_date,
                record.preliminary_publication_date, record.registration_date, stored.valid_to,
                stored.status.id, stored.basis, stored.since,
                any(one.text or one.items for one in record.goods), bool(record.pictures), *place,
            )
        )  # fmt: skip

    def _placed(
        self, people: Sequence[Person], filing: date | None
    ) -> tuple[bool, int | None, int | None, int | None, bool, int | None]:
        """(address known, place today, place at filing, zone, doubtful, address in question) of the first applicant."""
        located = [one for one in people if one.address and one.role in (Role.APPLICANT, Role.OWNER)]
        if not located or located[0].country not in ("", "CN"):
            return (bool(located), None, None, None, False, None)
        now = self.places.locate(located[0].address, located[0].postcode)
        key = question(self.places, now, located[0].address, located[0].postcode)
        then = self.places.locate(located[0].address, located[0].postcode, filing) if filing else now
        return (True, _finest(now), _finest(then), now.ids[3] or None, now.doubtful, key)


def _finest(place: Place) -> int | None:
    province, city, county, _ = place.ids
    return county or city or province or None


def _key(pk: int, record: Patent | Trademark, numbers: Sequence[Numbered]) -> tuple[str, bool]:
    """The number a record goes by, and whether it is provisional: without an application number of its own."""
    deciding = [one.key for one in numbers if one.kind in DECIDING]
    if deciding:
        return deciding[0], False
    if numbers[0].kind != models.Number.Kind.CONTENT:
        return numbers[0].full, isinstance(record, Patent)
    return f"T{pk}", True


def patent_kind(record: Patent, numbers: Sequence[Numbered]) -> PatentKind:
    """The kind a source states, else the one its numbers and kind letters tell."""
    if record.kind is not PatentKind.UNKNOWN:
        return record.kind
    digit = _type_digit(numbers[0].key) if numbers else ""
    for one in record.publications or (Published(record.office, ""),):
        kind = kind_of(one.country or record.office, one.kind, one.date, type_digit=digit, number=one.number)
        if kind is not PatentKind.UNKNOWN:
            return kind
    return PatentKind.UNKNOWN


def completed(record: Patent, narrow: models.Patent) -> Patent:
    """The merged record with the kind and grant date its numbers and publications told, where sources were silent."""
    kind = PatentKind(codes.value_of("kind", narrow.kind))
    if record.kind is kind and record.grant_date == narrow.grant_date:
        return record
    return replace(record, kind=kind, grant_date=narrow.grant_date)


def _type_digit(key: str) -> str:
    if not key.startswith("CN"):
        return ""
    return key[6] if len(key) == 15 else key[4] if len(key) == 11 else ""


def grant_date(record: Patent) -> date | None:
    """The day the grant was announced: as stated, else that of the earliest publication of a grant."""
    granted = [
        one.date
        for one in record.publications
        if one.date and stage_of(one.country or record.office, one.kind, one.date) == "grant"
    ]
    return record.grant_date or min(granted, default=None)


def _published(one: Published, office: str) -> tuple[str, int, date | None]:
    country = one.country or office
    stage = stage_of(country, one.kind, one.date, number=one.number)
    return publication_key(country, one.number, one.kind)[1][:40], codes.code_of("stage", stage), one.date


def ensure_parties(people: Iterable[Person]) -> dict[str, int]:
    """The id of every name, new ones entered; a name is one exact spelling."""
    wanted = {one.name[:NAME_LIMIT]: one for one in people}
    known = dict(rows.select(models.Party, ("name", "id"), "name", wanted))
    missing = [name for name in wanted if name not in known]
    if missing:
        table = connection.ops.quote_name(models.Party._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (name, key, body) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [(name, normalise_name(name)[:NAME_LIMIT], _body(wanted[name])) for name in missing],
            )
        known |= dict(rows.select(models.Party, ("name", "id"), "name", missing))
    return known


def _body(person: Person) -> int:
    # Inventors and designers are natural persons (细则 14); nobody need look at their names.
    if person.role is Role.INVENTOR:
        return codes.code_of("ptype", codes.BodyKind.PERSON.value)
    return codes.code_of("ptype", body_of(person.name, person.country).kind.value)


def forget(records: Iterable[int]) -> None:
    """Removes what hangs under records that no longer stand for themselves."""
    gone = list(records)
    for model in (*_SIDE, models.Patent, models.Trademark):
        rows.delete(model, "record", gone)


def shown_number(record: models.Record) -> str:
    """A record's number as people write it: `CN201711161723.X`; a Chinese mark's without its office."""
    if record.subject == models.Subject.TRADEMARK:
        return record.key.removeprefix("CN")
    try:
        return record.key if record.provisional else display(parse_application(record.key))
    except BadNumber:
        return record.key
