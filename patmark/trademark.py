"""What a trademark document says: the one shape every source of marks and indications of origin is read into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from patmark.patent import ApplicationNumber, Event, Person, Picture


class MarkKind(StrEnum):
    """The kind of sign right; geographical indications are held beside the marks (RULES §2.7)."""

    TRADEMARK = "trademark"
    COLLECTIVE = "collective"
    CERTIFICATION = "certification"
    GEOGRAPHICAL_INDICATION = "geographical_indication"
    UNKNOWN = "unknown"


class MarkFeature(StrEnum):
    WORD = "word"
    FIGURATIVE = "figurative"
    COMBINED = "combined"
    THREE_DIMENSIONAL = "three_dimensional"
    COLOUR = "colour"
    SOUND = "sound"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods or services of one Nice class. `groups` are the 类似群 (4 digits) where the source names them."""

    nice: int
    text: str = ""
    groups: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trademark:
    """One statement about one trademark. Key: (number, class); a number may hold several classes (RULES §1.5).

    In `people`, role applicant is the applicant or holder, agency the representative. `vienna` are figurative codes.
    """

    office: str = ""
    kind: MarkKind = MarkKind.TRADEMARK
    feature: MarkFeature = MarkFeature.UNKNOWN
    number: str = ""
    registration_number: str = ""
    mark: str = ""
    mark_transliteration: str = ""
    mark_translation: str = ""
    mark_description: str = ""
    goods: tuple[Goods, ...] = ()
    nice_edition: str = ""
    people: tuple[Person, ...] = ()
    filing_date: date | None = None
    preliminary_publication_date: date | None = None
    preliminary_publication_issue: str = ""
    registration_date: date | None = None
    registration_publication_issue: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    international_registration_date: date | None = None
    designation_date: date | None = None
    priorities: tuple[ApplicationNumber, ...] = ()
    vienna: tuple[str, ...] = ()
    colours: str = ""
    disclaimer: str = ""
    shared: bool = False
    events: tuple[Event, ...] = ()
    pictures: tuple[Picture, ...] = ()
    status_text: str = ""
    data_date: date | None = None
    extra: tuple[tuple[str, str], ...] = field(default=())
