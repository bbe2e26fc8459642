"""A record as an export holds it while its columns are read, and what all records of an export share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from patmark.fields import Subject
from patmark.lifecycle import StatusRow
from patmark.patent import Patent, Person, Role
from patmark.regions import Gazetteer
from patmark.trademark import Trademark

#: What a cell may hold; several values of one column are a list, which a sheet shows joined.
Value = str | int | date | None | Sequence[str]


class Narrow(NamedTuple):
    """The narrow row of either subject: `announced` is the latest publication, of a mark the preliminary one."""

    record: int
    office: str
    kind: int
    filed: date | None
    announced: date | None
    granted: date | None
    status: int
    basis: str
    since: date | None
    ends: date | None
    place: int | None
    zone: int | None


@dataclass(slots=True)
class Scene:
    """What is the same for every record of an export. Names are looked up once and kept.

    `files` names the files statements came in, `invented` those that hold sample records.
    """

    subject: Subject
    today: date
    english: bool
    places: Gazetteer
    address: str = ""
    files: Mapping[int, str] = field(default_factory=dict)
    invented: frozenset[int] = frozenset()
    statuses: dict[tuple[int, date | None], StatusRow] = field(default_factory=dict)
    _names: dict[tuple[str, int], str] = field(default_factory=dict)

    def kept(self, table: str, value: int, name: Callable[[int], str]) -> str:
        """The name of a value of some table, asked for once."""
        found = self._names.get((table, value))
        if found is None:
            found = self._names[(table, value)] = name(value)
        return found

    def place(self, code: int | None) -> str:
        """The name of a division; empty for none."""
        return self.kept("place", code, self.places.name) if code else ""

    def said(self, zh: str, en: str) -> str:
        return en if self.english else zh


@dataclass(frozen=True, slots=True)
class Held:
    """One record. `document` has the fields its columns need, the others may be empty; `files` it came in, by id.

    `pk` and `change` are the record's id and the number of its last change.
    """

    key: str
    provisional: bool
    document: Patent | Trademark
    narrow: Narrow
    files: tuple[int, ...]
    scene: Scene
    pk: int = 0
    change: int = 0

    @property
    def patent(self) -> Patent:
        assert isinstance(self.document, Patent)
        return self.document

    @property
    def mark(self) -> Trademark:
        assert isinstance(self.document, Trademark)
        return self.document

    def people(self, role: Role) -> list[Person]:
        return [one for one in self.document.people if one.role is role]

    @property
    def invented(self) -> bool:
        """Whether a file of sample records says anything of it."""
        return not self.scene.invented.isdisjoint(self.files)


class Group(StrEnum):
    """The headings columns stand under where they are chosen."""

    NUMBERS = "numbers"
    TEXTS = "texts"
    DAYS = "days"
    WHO = "who"
    WHERE = "where"
    CLASSES = "classes"
    STATUS = "status"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export: its key (that of the field, where it is one), its names, how it is read from a record.

    `needs` are the fields of `patmark.patent.Patent` it reads, so that nothing else is unpacked; `usual` that people
    get it unless they choose; `group` is the heading it stands under where columns are chosen.
    """

    key: str
    zh: str
    en: str
    of: Callable[[Held], Value]
    needs: tuple[str, ...] = ()
    usual: bool = False
    group: Group = Group.MORE

    def name(self, english: bool) -> str:
        return self.en[:1].upper() + self.en[1:] if english else self.zh
