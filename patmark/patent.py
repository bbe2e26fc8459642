"""What a patent document says: the one shape every source is read into and every page, index and count is made from.

A `Patent` here is one *statement* about one application: a publication, a row of an export, an answer of an office.
Several statements about the same application are merged into one record by `merge_patents` in `patmark/merging.py`.
All values are as the source gave them, cleaned of white space only; numbers are normalised by `patmark/numbers.py`,
symbols by `patmark/classes.py`, names by `patmark/party.py` where they are used as keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day  # a field below is itself called `date`
from enum import StrEnum


class PatentKind(StrEnum):
    """The kind of right (专利法 art. 2; other offices' kinds mapped to the nearest)."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PLANT = "plant"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """What a publication is, from (kind letter, publication date): RULES §1.2. The letter alone never tells."""

    APPLICATION = "application"
    EXAMINED = "examined"
    GRANT = "grant"
    CORRECTION = "correction"
    PARTIAL_INVALIDATION = "partial_invalidation"
    SEARCH_REPORT = "search_report"
    UNKNOWN = "unknown"


class Role(StrEnum):
    APPLICANT = "applicant"
    OWNER = "owner"
    INVENTOR = "inventor"
    AGENT = "agent"
    AGENCY = "agency"
    EXAMINER = "examiner"


@dataclass(frozen=True, slots=True)
class Person:
    """A person or body named in a document, spelled as there. `code` is the agency's code or a source's own id."""

    name: str
    role: Role
    address: str = ""
    postcode: str = ""
    country: str = ""
    code: str = ""
    uscc: str = ""
    original_name: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """One published document of the application: `CN 102541888 A 2012-07-04`. `number` is the serial as printed."""

    country: str
    number: str
    kind: str = ""
    date: Day | None = None


@dataclass(frozen=True, slots=True)
class ApplicationNumber:
    """An application number as printed with its office (ST.3) and date: priorities, parents, PCT cases too."""

    country: str
    number: str
    date: Day | None = None


@dataclass(frozen=True, slots=True)
class Symbol:
    """A classification as printed. `scheme`: ipc, cpc, locarno, uspc, fi, fterm. `main` is the first or marked one."""

    scheme: str
    symbol: str
    main: bool = False
    version: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document: a publication, or `text` for literature. `by`: examiner, applicant, opponent or empty."""

    text: str = ""
    publication: Publication | None = None
    category: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A legal event as an office announced it. `date` is the gazette day, `effective` the day it works from."""

    code: str
    country: str = ""
    date: Day | None = None
    effective: Day | None = None
    title: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: `number` and `text` as printed; `depends_on` are the numbers it refers to (empty: independent)."""

    number: int
    text: str
    depends_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the description. `part`: field, background, summary, drawings, embodiment, or empty when unmarked."""

    text: str
    part: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or image named by the document; `member` is its path inside the archive it came in, if it did."""

    file: str
    role: str = "drawing"
    media_type: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class Localised:
    """A text in a language (ISO 639-1, lower case; empty when unsaid)."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Patent:
    """One statement about one patent application (see the module's head).

    `extra` keeps what the source says and no field here takes: (name, value) pairs in the source's own words.
    `data_date` is the day the source vouches for (dateProduced, export date); merging prefers the newer.
    """

    office: str = ""
    kind: PatentKind = PatentKind.UNKNOWN
    application: ApplicationNumber | None = None
    publications: tuple[Publication, ...] = ()
    titles: tuple[Localised, ...] = ()
    abstracts: tuple[Localised, ...] = ()
    claims: tuple[Claim, ...] = ()
    claims_lang: str = ""
    description: tuple[Section, ...] = ()
    description_lang: str = ""
    people: tuple[Person, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    priorities: tuple[ApplicationNumber, ...] = ()
    pct_application: ApplicationNumber | None = None
    pct_publication: Publication | None = None
    national_entry: Day | None = None
    parents: tuple[ApplicationNumber, ...] = ()
    family: tuple[Publication, ...] = ()
    citations: tuple[Citation, ...] = ()
    events: tuple[Event, ...] = ()
    pictures: tuple[Picture, ...] = ()
    status_text: str = ""
    grant_date: Day | None = None
    data_date: Day | None = None
    claim_count: int | None = None
    extra: tuple[tuple[str, str], ...] = field(default=())

    @property
    def title(self) -> str:
        return preferred(self.titles)

    @property
    def abstract(self) -> str:
        return preferred(self.abstracts)

    def named(self, role: Role) -> tuple[Person, ...]:
        """The people of one role, in the order of the source."""
        return tuple(person for person in self.people if person.role is role)


def preferred(texts: tuple[Localised, ...]) -> str:
    """The text a Chinese reader wants first: Chinese, then unmarked, then English, then whatever is there."""
    rank = {"zh": 0, "": 1, "en": 2}
    return min(texts, key=lambda one: rank.get(one.lang, 3)).text if texts else ""
