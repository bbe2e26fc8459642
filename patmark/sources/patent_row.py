"""One row of a patent table on its way to one `Patent`: the parts gathered from its cells, and how they join."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from patmark.party import split_agencies
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Localised,
    Patent,
    PatentKind,
    Person,
    Publication,
    Role,
    Section,
    Symbol,
)
from patmark.sources import cells
from patmark.sources.claim_refs import claim

_KANA_OR_HANGUL = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7af]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class PatentDraft:
    """A row on its way to a `Patent`: what the fillers of `patent_fields.py` have gathered from its cells so far."""

    office: str
    kind: PatentKind = PatentKind.UNKNOWN
    application: str = ""
    applied: date | None = None
    publication: str = ""
    published: date | None = None
    grant_number: str = ""
    granted: date | None = None
    certified: date | None = None
    titles: tuple[Localised, ...] = ()
    abstracts: tuple[Localised, ...] = ()
    claims: tuple[Claim, ...] = ()
    first_claim: str = ""
    claim_count: int | None = None
    description: str = ""
    applicants: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    postcode: str = ""
    country: str = ""
    uscc: str = ""
    owners: tuple[str, ...] = ()
    owner_addresses: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    agency: str = ""
    agents: tuple[str, ...] = ()
    examiners: tuple[str, ...] = ()
    main: tuple[Symbol, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    priorities: tuple[ApplicationNumber, ...] = ()
    priority_days: tuple[str, ...] = ()
    priority_countries: tuple[str, ...] = ()
    pct: ApplicationNumber | None = None
    pct_day: date | None = None
    wo: Publication | None = None
    wo_day: date | None = None
    entry: date | None = None
    parents: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    status: str = ""
    extra: list[tuple[str, str]] = field(default_factory=list)

    def record(self) -> Patent | None:
        """The statement of the row; None where it has neither a number nor a title."""
        publications = self._publications()
        application = None
        if self.application:
            application = cells.application_number(self.application, self.office, self.applied)
        if application is None and not publications and not self.titles:
            return None
        if application is None and self.applied:
            self.extra.append(("申请日", self.applied.isoformat()))
        if not publications and self.published:
            self.extra.append(("公开日", self.published.isoformat()))
        pct, wo = self._international()
        return Patent(
            office=application.country if application else publications[0].country if publications else "",
            kind=self.kind,
            application=application,
            publications=publications,
            titles=self.titles,
            abstracts=self.abstracts,
            claims=self.claims or ((claim(1, self.first_claim),) if self.first_claim else ()),
            claims_lang=language(self.claims[0].text if self.claims else self.first_claim),
            description=(Section(self.description),) if self.description else (),
            description_lang=language(self.description),
            people=self._people(),
            symbols=self._symbols(),
            priorities=self._priorities(),
            pct_application=pct,
            pct_publication=wo,
            national_entry=self.entry,
            parents=tuple([cells.application_number(one, self.office) for one in self.parents]),
            family=tuple([cells.publication(one, "") for one in self.family]),
            citations=self.citations,
            status_text=self.status,
            grant_date=self.granted or self.certified,
            claim_count=self.claim_count,
            extra=tuple(self.extra),
        )

    def _publications(self) -> tuple[Publication, ...]:
        first = cells.publication(self.publication, self.office, self.published) if self.publication else None
        if not self.grant_number:
            return (first,) if first else ()
        second = cells.publication(self.grant_number, self.office, self.granted)
        if first is None:
            return (second,)
        # A utility model or design is published once: exports repeat that one number in both columns.
        if (first.number, first.kind) == (second.number, second.kind):
            return (first if first.date else second,)
        return (first, second)

    def _people(self) -> tuple[Person, ...]:
        people = _located(self.applicants, Role.APPLICANT, self.addresses, self)
        if self.owners:
            people += _located(self.owners, Role.OWNER, self.owner_addresses, None)
        elif self.owner_addresses:
            self.extra.append(("权利人地址", ";".join(self.owner_addresses)))
        people += [Person(name, Role.INVENTOR) for name in self.inventors]
        if self.agency:
            people += [Person(one.name, Role.AGENCY, code=one.code) for one in split_agencies(self.agency)]
        people += [Person(name, Role.AGENT) for name in self.agents]
        people += [Person(name, Role.EXAMINER) for name in self.examiners]
        return tuple(people)

    def _symbols(self) -> tuple[Symbol, ...]:
        if not self.main or not self.symbols:
            return self.main or self.symbols
        leading = {(one.scheme, one.symbol) for one in self.main}
        return self.main + tuple([one for one in self.symbols if (one.scheme, one.symbol) not in leading])

    def _priorities(self) -> tuple[ApplicationNumber, ...]:
        days, countries = self.priority_days, self.priority_countries
        if not (days or countries):
            return self.priorities
        if not self.priorities:
            self.extra.append(("优先权", " ".join([*countries, *days])))
        joined = []
        for at, one in enumerate(self.priorities):
            country = countries[at] if len(countries) == len(self.priorities) and not one.country else one.country
            when = one.date or (cells.day(days[at]) if len(days) == len(self.priorities) else None)
            joined.append(ApplicationNumber(country, one.number, when))
        return tuple(joined)

    def _international(self) -> tuple[ApplicationNumber | None, Publication | None]:
        pct, wo = self.pct, self.wo
        if pct and not pct.date and self.pct_day:
            pct = ApplicationNumber(pct.country, pct.number, self.pct_day)
        if wo and not wo.date and self.wo_day:
            wo = Publication(wo.country, wo.number, wo.kind, self.wo_day)
        return pct, wo


def language(text: str) -> str:
    """`zh`, `ja` or `ko` by the letters of the text; empty for other scripts, whose language letters do not tell."""
    if text.isascii():
        return ""
    start = text[:120]
    if found := _KANA_OR_HANGUL.search(start):
        return "ko" if found[0] >= "\uac00" else "ja"
    return "zh" if _HAN.search(start) else ""


def _located(names: tuple[str, ...], role: Role, addresses: tuple[str, ...], draft: PatentDraft | None) -> list[Person]:
    """Names with their addresses: one each where the counts agree, otherwise all to the first (CNIPA prints one)."""
    if not names:
        if draft and addresses:
            draft.extra.append(("地址", ";".join(addresses)))
        return []
    if len(addresses) not in {0, len(names)}:
        addresses = (";".join(addresses),)
    people = []
    for at, name in enumerate(names):
        postcode, place = cells.address(addresses[at]) if at < len(addresses) else ("", "")
        if draft and at == 0:
            people.append(Person(name, role, place, postcode or draft.postcode, draft.country, uscc=draft.uscc))
        else:
            people.append(Person(name, role, place, postcode))
    return people
