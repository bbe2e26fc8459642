"""How a record came together: its statements, what each gave and what of it was not taken, merges, doubts, changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from patmark.differences import LABELS, Difference, differences
from patmark.patent import Patent
from patmark.trademark import Trademark
from zhiquan.records.models import Change, Conflict, Merge, Record, Subject
from zhiquan.records.queries import Whole

#: Statements compared with what stands; a record of more is one column of numbers gone wrong.
COMPARED = 30
#: Changes shown; the oldest of more are counted only.
SHOWN = 100
#: Of these fields every statement's values are kept side by side, so that none of them is set aside.
_UNITED = frozenset({"publications", "priorities", "parents", "family", "citations", "events", "pictures", "data_date"})


@dataclass(frozen=True, slots=True)
class Source:
    """A statement, numbered from 1: where it stands, what it is, and which fields (as `LABELS` name them) it gave.

    `aside` are its values that another statement's stand in place of: what it said, and what was taken.
    """

    number: int
    batch: int
    file: str
    kind: str
    position: str
    imported: datetime
    data_date: date | None
    documents: str
    gave: tuple[str, ...]
    aside: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Another record that proved to be this one."""

    key: str
    reason: str
    batch: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that names two applications: `number` is what both bear, `key` the other record."""

    number: str
    key: str
    file: str
    position: str
    page: str


@dataclass(frozen=True, slots=True)
class Changed:
    at: datetime
    batch: int
    undo: bool
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """`older` are the changes beyond those shown."""

    sources: tuple[Source, ...]
    joined: tuple[Joined, ...]
    doubts: tuple[Doubt, ...]
    changes: tuple[Changed, ...]
    older: int


def provenance(whole: Whole) -> Provenance:
    """Everything told about where a record comes from."""
    record = whole.record
    changes = record.changes.order_by("-change", "pk")
    return Provenance(
        sources=tuple(_sources(whole)),
        joined=tuple(
            Joined(one.absorbed.key, one.reason, one.batch_id)
            for one in Merge.objects.filter(kept=record).select_related("absorbed").order_by("pk")
        ),
        doubts=tuple(_doubt(one, record) for one in _conflicts(record)),
        changes=tuple(map(_changed, changes[:SHOWN])),
        older=max(0, changes.count() - SHOWN),
    )


def _sources(whole: Whole) -> list[Source]:
    gave = _given(whole.merged.sources, whole.merged.origins)
    several = 1 < len(whole.origins) <= COMPARED
    return [
        Source(
            number=at + 1,
            batch=origin.batch,
            file=origin.file,
            kind=origin.kind,
            position=origin.position,
            imported=whole.files[at].batch.started,
            data_date=said.data_date,
            documents=_documents(said),
            gave=tuple(gave.get(at, ())) if several else (),
            aside=tuple(_aside(said, whole.merged.record)) if several else (),
        )
        for at, (origin, said) in enumerate(zip(whole.origins, whole.documents, strict=True))
    ]


def _given(sources: Mapping[str, int], origins: Mapping[str, Sequence[int]]) -> dict[int, dict[str, None]]:
    """By statement the labels of the fields it gave, in the order of the fields."""
    gave: dict[int, dict[str, None]] = {}
    for name, label in LABELS.items():
        for value, at in sources.items():
            if value.partition(".")[0] == name:
                gave.setdefault(at, {})[label] = None
        for at in origins.get(name, ()):
            gave.setdefault(at, {})[label] = None
    return gave


def _aside(said: Patent | Trademark, taken: Patent | Trademark) -> list[Difference]:
    """What a statement says otherwise than the record, the fields whose values are united left out."""
    return [one for one in differences(said, taken) if one.old and one.field not in _UNITED]


def _documents(said: Patent | Trademark) -> str:
    """The publications a statement is, as `CN199000001B`; for a mark its number."""
    if isinstance(said, Trademark):
        return said.number or said.registration_number
    return "、".join(f"{one.country}{one.number}{one.kind}" for one in said.publications[:4])


def _conflicts(record: Record) -> Sequence[Conflict]:
    mine = Q(record=record) | Q(other=record)
    found = Conflict.objects.filter(mine, settled=False).select_related("record", "other", "file")
    return list(found.order_by("pk")[:20])


def _doubt(one: Conflict, record: Record) -> Doubt:
    other = one.other if one.record_id == record.pk else one.record
    return Doubt(one.number, other.key, one.file.name, one.position, Subject(other.subject).name.lower())


def _changed(one: Change) -> Changed:
    return Changed(one.at, one.batch_id, one.undo, LABELS.get(one.field, one.field), one.old, one.new)
