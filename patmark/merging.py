"""How several statements about one application become one record, and what changed between two records.

Two orders decide. *Documents* (title, abstract, claims, description, symbols) follow the publication: a grant counts
more than an application, then the later publication, the later data date, the later import. *Facts* (people, status
text, dates) follow the day the source vouches for, then the later import. An empty value never replaces a filled one;
publications, events, priorities, citations, family and pictures are united without doubles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from patmark.differences import Difference, differences
from patmark.party import normalise_name
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Event,
    Localised,
    Patent,
    Person,
    Picture,
    Publication,
    Role,
)
from patmark.text import fold
from patmark.trademark import MarkKind, Trademark

__all__ = ["Difference", "Merged", "Stated", "differences", "merge_patents", "merge_trademarks"]

R = TypeVar("R", Patent, Trademark)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated(Generic[R]):
    """One statement as it was imported; `order` grows with every import, so the higher one came later."""

    record: R
    order: int


@dataclass(frozen=True, slots=True)
class Merged(Generic[R]):
    """The merged record and where its values come from, as positions in the sequence of statements handed in.

    `sources` names the statement of each single value: `status_text`, and by part `titles.zh`, `people.inventor`,
    `symbols.ipc`, `goods.9`, `extra.<name>`. `origins` names, for each element of a united field, the statement
    that brought it first (same order as the elements).
    """

    record: R
    sources: Mapping[str, int]
    origins: Mapping[str, tuple[int, ...]]


def merge_patents(statements: Sequence[Stated[Patent]]) -> Merged[Patent]:
    """One patent from one or more statements about the same application; the sequence they come in decides nothing."""
    board: _Board[Patent] = _Board(statements)
    documents = board.ranked(_document_rank)
    facts = board.ranked(_fact_rank)
    texts = {name: board.by_part(name, documents, _language) for name in ("titles", "abstracts")}
    record = Patent(
        office=board.first("office", documents, ""),
        kind=board.first("kind", documents, Patent().kind),
        application=board.number("application", documents),
        titles=texts["titles"],
        abstracts=texts["abstracts"],
        claims=board.first("claims", documents, ()),
        claims_lang=board.beside("claims", "claims_lang", ""),
        claim_count=board.first("claim_count", board.not_below("claims", documents), None),
        description=board.first("description", documents, ()),
        description_lang=board.beside("description", "description_lang", ""),
        people=board.people(facts),
        symbols=board.by_part("symbols", documents, lambda one: one.scheme),
        pct_application=board.number("pct_application", documents),
        pct_publication=board.first("pct_publication", documents, None),
        national_entry=board.first("national_entry", facts, None),
        status_text=board.first("status_text", facts, ""),
        grant_date=board.first("grant_date", facts, None),
        data_date=board.latest("data_date"),
        extra=board.by_part("extra", facts, lambda one: one[0]),
        **{name: board.united(name, documents, rule) for name, rule in _PATENT_UNITED.items()},
    )
    return Merged(record, board.sources, board.origins)


#: Single values of a trademark: all follow the day the source vouches for.
_MARK_SINGLES = (
    "office", "feature", "number", "registration_number", "mark", "mark_transliteration", "mark_translation",
    "mark_description", "nice_edition", "filing_date", "preliminary_publication_date",
    "preliminary_publication_issue", "registration_date", "registration_publication_issue", "valid_from", "valid_to",
    "international_registration_date", "designation_date", "vienna", "colours", "disclaimer", "shared", "status_text",
)  # fmt: skip


def merge_trademarks(statements: Sequence[Stated[Trademark]]) -> Merged[Trademark]:
    """One trademark from one or more statements about the same number; its classes are united."""
    board: _Board[Trademark] = _Board(statements)
    facts = board.ranked(_mark_rank)
    empty = Trademark()
    # "Trademark" is what a reader assumes where the source is silent, so any particular kind beats it.
    particular = [at for at in facts if board.records[at].kind not in (MarkKind.TRADEMARK, MarkKind.UNKNOWN)]
    singles: dict[str, Any] = {name: board.first(name, facts, getattr(empty, name)) for name in _MARK_SINGLES}
    unions: dict[str, Any] = {name: board.united(name, facts, rule) for name, rule in _MARK_UNITED.items()}
    record = Trademark(
        kind=board.first("kind", particular or facts, MarkKind.UNKNOWN),
        goods=tuple(sorted(board.united("goods", facts, _GOODS), key=lambda one: one.nice)),
        people=board.people(facts),
        data_date=board.latest("data_date"),
        extra=board.by_part("extra", facts, lambda one: one[0]),
        **singles,
        **unions,
    )
    return Merged(record, board.sources, board.origins)


def _always(_one: object, _other: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Rule:
    """How elements of a united field are told apart: same `key` and `fits` means the same thing said twice."""

    key: Callable[[Any], Hashable]
    fits: Callable[[Any, Any], bool] = _always
    sort: Callable[[Any], Any] | None = None


class _Board(Generic[R]):
    """The statements laid out side by side, and the ledger of what was taken from whom."""

    def __init__(self, statements: Sequence[Stated[R]]) -> None:
        if not statements:
            raise ValueError("there is nothing to merge")
        self.orders = [one.order for one in statements]
        self.records: list[Any] = [one.record for one in statements]
        self.sources: dict[str, int] = {}
        self.origins: dict[str, tuple[int, ...]] = {}

    def ranked(self, rank: Callable[[Any], tuple[Any, ...]]) -> list[int]:
        """Positions of the statements, the best first."""
        keys = [(rank(record), order) for record, order in zip(self.records, self.orders, strict=True)]
        return sorted(range(len(keys)), key=keys.__getitem__, reverse=True)

    def first(self, name: str, order: Iterable[int], empty: T) -> T:
        """The value of the best statement that says anything."""
        for at in order:
            value: T = getattr(self.records[at], name)
            if not _is_empty(value):
                self.sources[name] = at
                return value
        return empty

    def beside(self, name: str, companion: str, empty: str) -> str:
        """What the statement that gave `name` says for its companion field."""
        at = self.sources.get(name)
        return empty if at is None else str(getattr(self.records[at], companion))

    def not_below(self, name: str, order: list[int]) -> list[int]:
        """The order down to the statement that gave `name`: an older document's count would contradict newer claims."""
        at = self.sources.get(name)
        return order if at is None else order[: order.index(at) + 1]

    def latest(self, name: str) -> date | None:
        """The latest date any statement gives."""
        days = [(getattr(one, name), at) for at, one in enumerate(self.records) if getattr(one, name)]
        if not days:
            return None
        newest, self.sources[name] = max(days)
        return newest if isinstance(newest, date) else None

    def number(self, name: str, order: Sequence[int]) -> ApplicationNumber | None:
        """A number with its office and date, each from the best statement that has it."""
        said = [(getattr(self.records[at], name), at) for at in order if getattr(self.records[at], name)]
        if not said:
            return None
        best, self.sources[name] = next((pair for pair in said if pair[0].number), said[0])
        country = best.country or next((one.country for one, _ in said if one.country), "")
        dated, at = next((pair for pair in said if pair[0].date), (best, said[0][1]))
        self.sources[f"{name}.date"] = at
        return ApplicationNumber(country, best.number, dated.date)

    def by_part(self, name: str, order: Sequence[int], part_of: Callable[[Any], str]) -> tuple[Any, ...]:
        """For each part (language, scheme, name) everything the best statement says of it."""
        taken: list[Any] = []
        for at in order:
            mine = getattr(self.records[at], name)
            fresh: set[str] = set()
            for one in mine:
                part = part_of(one)
                if part not in fresh and f"{name}.{part}" not in self.sources:
                    fresh.add(part)
                    self.sources[f"{name}.{part}"] = at
                if part in fresh:
                    taken.append(one)
        return tuple(dict.fromkeys(taken)) if len(taken) > 1 else tuple(taken)

    def people(self, order: Sequence[int]) -> tuple[Person, ...]:
        """For each role the people of the best statement, their missing particulars filled from the others."""
        known: dict[tuple[Role, str], Person] = {}
        for at in order:
            for one in self.records[at].people:
                source = self.sources.setdefault(f"people.{one.role}", at)
                key = (one.role, normalise_name(one.name))
                if key in known:
                    known[key] = _filled(known[key], one)
                elif source == at:
                    known[key] = one
        return tuple(sorted(known.values(), key=lambda one: _ROLE_ORDER[one.role]))

    def united(self, name: str, order: Sequence[int], rule: _Rule) -> tuple[Any, ...]:
        """Every element any statement names, once; the better statement's spelling, gaps filled from the others."""
        if not any(getattr(one, name) for one in self.records):
            return ()
        groups: dict[Hashable, list[int]] = {}
        taken: list[Any] = []
        origins: list[int] = []
        for at in order:
            for one in getattr(self.records[at], name):
                same = groups.setdefault(rule.key(one), [])
                place = next((place for place in same if rule.fits(taken[place], one)), None)
                if place is None:
                    same.append(len(taken))
                    taken.append(one)
                    origins.append(at)
                elif taken[place] != one:
                    taken[place] = _filled(taken[place], one)
        if rule.sort is not None and len(taken) > 1:
            sort = rule.sort
            places = sorted(range(len(taken)), key=lambda place: sort(taken[place]))
            taken, origins = [taken[place] for place in places], [origins[place] for place in places]
        if taken:
            self.origins[name] = tuple(origins)
        return tuple(taken)


def _is_empty(value: object) -> bool:
    if isinstance(value, Enum):
        return str(value.value) == "unknown"
    return value is None or value == "" or value == () or value is False


@lru_cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _filled(kept: T, other: object) -> T:
    """`kept` with its empty fields taken from `other`."""
    kind: Any = type(kept)
    gaps = {
        name: getattr(other, name)
        for name in _names(kind)
        if _is_empty(getattr(kept, name)) and not _is_empty(getattr(other, name))
    }
    return replace(kept, **gaps) if gaps else kept  # type: ignore[type-var]


_ROLE_ORDER = {role: place for place, role in enumerate(Role)}
_APPLICATION_GRADE, _GRANT_GRADE = 1, 2


def _grade(publication: Publication) -> int:
    """Within one application every office's A documents come before the others, whatever their letters mean."""
    return _APPLICATION_GRADE if not publication.kind or publication.kind[0] == "A" else _GRANT_GRADE


def _document_rank(record: Patent) -> tuple[int, date, date]:
    newest = max(((_grade(one), one.date or date.min) for one in record.publications), default=(0, date.min))
    return (*newest, record.data_date or date.min)


def _fact_rank(record: Patent) -> tuple[date]:
    days = [one.date for one in record.publications if one.date]
    if record.data_date:
        days.append(record.data_date)
    return (max(days, default=date.min),)


def _mark_rank(record: Trademark) -> tuple[date]:
    milestones = (
        record.filing_date,
        record.preliminary_publication_date,
        record.registration_date,
        record.valid_from,
        record.international_registration_date,
    )
    return (record.data_date or max((one for one in milestones if one), default=date.min),)


def _language(one: Localised) -> str:
    """The language of a text; an unmarked one is told by its script, so that an export and a gazette text meet."""
    if one.lang or one.text.isascii():
        return one.lang
    if re.search("[\u3040-\u30ff]", one.text):
        return "ja"
    if re.search("[\uac00-\ud7af]", one.text):
        return "ko"
    return "zh" if re.search("[\u4e00-\u9fff]", one.text) else ""


def _bare(country: str, number: str) -> str:
    """A number's letters and digits without the office in front."""
    bare = re.sub(r"[\W_]", "", number).upper()
    return bare.removeprefix(country.upper()) if country else bare


def _same_or_missing(one: object, other: object) -> bool:
    return not one or not other or one == other


def _publication_fits(one: Publication, other: Publication) -> bool:
    if not _same_or_missing(one.country, other.country):
        return False
    if one.kind and other.kind:
        return one.kind == other.kind
    return _same_or_missing(one.date, other.date)


def _number_fits(one: ApplicationNumber, other: ApplicationNumber) -> bool:
    return _same_or_missing(one.country, other.country)


def _event_fits(one: Event, other: Event) -> bool:
    return (
        _same_or_missing(one.country, other.country)
        and _same_or_missing(one.effective, other.effective)
        and _same_or_missing(one.detail, other.detail)
    )


def _citation_key(one: Citation) -> Hashable:
    if one.publication is None:
        return fold(one.text)
    return (one.publication.country, _bare(one.publication.country, one.publication.number))


def _picture_fits(one: Picture, other: Picture) -> bool:
    return _same_or_missing(one.member, other.member)


_PUBLICATIONS = _Rule(
    key=lambda one: _bare(one.country, one.number),
    fits=_publication_fits,
    sort=lambda one: (one.date or date.max, one.kind),
)
_NUMBERS = _Rule(key=lambda one: _bare(one.country, one.number) or one.date, fits=_number_fits)
_EVENTS = _Rule(
    key=lambda one: (one.code.upper() or one.title, one.date or one.effective),
    fits=_event_fits,
    sort=lambda one: one.date or one.effective or date.max,
)
_PICTURES = _Rule(key=lambda one: (one.file, one.role), fits=_picture_fits)
_GOODS = _Rule(key=lambda one: one.nice)
_PATENT_UNITED = {
    "publications": _PUBLICATIONS,
    "priorities": _NUMBERS,
    "parents": _NUMBERS,
    "family": _PUBLICATIONS,
    "citations": _Rule(key=_citation_key),
    "events": _EVENTS,
    "pictures": _PICTURES,
}
_MARK_UNITED = {"priorities": _NUMBERS, "events": _EVENTS, "pictures": _PICTURES}
