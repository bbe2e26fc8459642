"""A patent while its document is being read: lists that grow, and everything without a field kept as (name, value)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from patmark.dates import parse_date
from patmark.errors import BadInput, BadRecord
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Event,
    Localised,
    Patent,
    PatentKind,
    Person,
    Picture,
    Publication,
    Section,
    Symbol,
)
from patmark.sources.markup import Element, leaves

_NOTHING = re.compile(r"[0\s.\-/]*")


@dataclass(slots=True)
class Draft:
    """The growing statement; `patent()` closes it."""

    office: str
    lang: str = ""
    kind: PatentKind = PatentKind.UNKNOWN
    application: ApplicationNumber | None = None
    publications: list[Publication] = field(default_factory=list)
    titles: list[Localised] = field(default_factory=list)
    abstracts: list[Localised] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    claims_lang: str = ""
    description: list[Section] = field(default_factory=list)
    description_lang: str = ""
    people: list[Person] = field(default_factory=list)
    symbols: list[Symbol] = field(default_factory=list)
    priorities: list[ApplicationNumber] = field(default_factory=list)
    pct_application: ApplicationNumber | None = None
    pct_publication: Publication | None = None
    national_entry: date | None = None
    parents: list[ApplicationNumber] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    grant_date: date | None = None
    data_date: date | None = None
    claim_count: int | None = None
    extra: list[tuple[str, str]] = field(default_factory=list)

    def day(self, text: str, name: str = "date") -> date | None:
        """The day a text says; what is neither a day nor an empty date such as `00000000` is kept in `extra`."""
        if text[:1] not in ("1", "2") and _NOTHING.fullmatch(text):
            return None
        try:
            found = parse_date(text)
        except BadInput:
            found = None
        if found is None:
            self.note(name, text)
        return found

    def note(self, name: str, text: str) -> None:
        """Keeps a value no field takes."""
        if text:
            self.extra.append((name, text))

    def keep(self, element: Element, path: str = "") -> None:
        """Keeps everything an element says."""
        self.extra.extend(leaves(element, path))

    def add(self, symbol: Symbol | None) -> None:
        """Adds a symbol; the first of its scheme is the main one where the document marks none."""
        if symbol is not None:
            self.symbols.append(symbol)

    def patent(self) -> Patent:
        """The statement as read; raises BadRecord where nothing says which application it is about."""
        if self.application is None and not self.publications:
            raise BadRecord("文献里既没有申请号，也没有公布（公告）号")
        return Patent(
            office=self.office,
            kind=self.kind,
            application=self.application,
            publications=tuple(dict.fromkeys(self.publications)),
            titles=tuple(dict.fromkeys(self.titles)),
            abstracts=tuple(self.abstracts),
            claims=tuple(self.claims),
            claims_lang=self.claims_lang or (self.lang if self.claims else ""),
            description=tuple(self.description),
            description_lang=self.description_lang or (self.lang if self.description else ""),
            people=tuple(dict.fromkeys(self.people)),
            symbols=_with_main(self.symbols),
            priorities=tuple(dict.fromkeys(self.priorities)),
            pct_application=self.pct_application,
            pct_publication=self.pct_publication,
            national_entry=self.national_entry,
            parents=tuple(dict.fromkeys(self.parents)),
            citations=tuple(self.citations),
            events=tuple(self.events),
            pictures=tuple(dict.fromkeys(self.pictures)),
            grant_date=self.grant_date,
            data_date=self.data_date,
            claim_count=self.claim_count if self.claim_count is not None else (len(self.claims) or None),
            extra=tuple(self.extra),
        )


def _with_main(symbols: list[Symbol]) -> tuple[Symbol, ...]:
    """The symbols once each; the first of a scheme is the main one where none is marked."""
    marked = {one.scheme for one in symbols if one.main}
    found: dict[tuple[str, str], Symbol] = {}
    for one in symbols:
        # A list of F-terms has no first among equals.
        if one.scheme not in marked and one.scheme != "fterm":
            marked.add(one.scheme)
            one = Symbol(one.scheme, one.symbol, True, one.version)
        key = (one.scheme, one.symbol)
        if key not in found or (one.main and not found[key].main):
            found[key] = one
    return tuple(found.values())
