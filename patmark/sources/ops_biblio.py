"""The `bibliographic-data` of EPO OPS: references, titles, parties, classes, priorities and citations."""

from __future__ import annotations

import re

from patmark.kinds import kind_of
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Localised,
    Patent,
    PatentKind,
    Person,
    Publication,
    Role,
    Symbol,
)
from patmark.sources.ledger import Element, Ledger, attribute, clean, whole
from patmark.sources.ops_ids import application_of, document_id, publication_of

_COUNTRY = re.compile(r"\s*\[([A-Z]{2})\]$")
_IPC = re.compile(r"([A-H]\d{2}[A-Z])\s*(\d{1,4})\s*/\s*(\d{1,6})\s*(?:\((\d{4}\.\d{2})\))?.*")
_SCHEMES = {"CPC": "cpc", "CPCI": "cpc", "CPCA": "cpc", "CPCNO": "cpc", "UC": "uspc", "FI": "fi", "FTERM": "fterm"}
_PARTS = ("section", "class", "subclass")


def biblio(ledger: Ledger, data: Element) -> Patent:
    """What the bibliographic data say, without `extra`."""
    references = ledger.all(data, "publication-reference")
    publications = tuple(named for node in references if (named := publication_of(ledger, node)))
    filed = ledger.all(data, "application-reference")
    applications = [found for node in filed if (found := application_of(ledger, node))]
    return Patent(
        office=publications[0].country if publications else applications[0].country if applications else "",
        kind=kind_of_all(publications),
        application=applications[0] if applications else None,
        publications=publications,
        titles=tuple(
            Localised(ledger.take(one), ledger.attribute(one, "lang").lower())
            for one in ledger.all(data, "invention-title")
            if whole(one)
        ),
        people=_people(ledger, data),
        symbols=_symbols(ledger, data),
        priorities=priorities_of(ledger, data),
        citations=_citations(ledger, data),
    )


def kind_of_all(publications: tuple[Publication, ...]) -> PatentKind:
    """The kind of right by the first publication whose kind code tells it."""
    kinds = (kind_of(one.country, one.kind, one.date, number=one.number) for one in publications)
    return next((kind for kind in kinds if kind is not PatentKind.UNKNOWN), PatentKind.UNKNOWN)


def priorities_of(ledger: Ledger, node: Element) -> tuple[ApplicationNumber, ...]:
    """The priority claims of bibliographic data or of a family member."""
    found = []
    for claim in ledger.all(node, "priority-claims/priority-claim", "priority-claim"):
        ledger.attribute(claim, "kind")
        if one := application_of(ledger, claim):
            found.append(one)
    return tuple(dict.fromkeys(found))


def _people(ledger: Ledger, data: Element) -> tuple[Person, ...]:
    return (
        *_parties(ledger, data, "applicant", Role.APPLICANT),
        *_parties(ledger, data, "inventor", Role.INVENTOR),
        *_parties(ledger, data, "agent", Role.AGENCY),
    )


def _parties(ledger: Ledger, data: Element, name: str, role: Role) -> list[Person]:
    """The parties as the document spells them; the office's standard spelling only gives the country, or stands in."""
    found: dict[str, Person] = {}
    nodes = ledger.all(data, f"parties/{name}s/{name}")
    nodes.sort(key=lambda one: attribute(one, "data-format") != "epodoc")
    for at, node in enumerate(nodes):
        text = next((whole(one) for one in ledger.all(node, f"{name}-name/name", "name") if whole(one)), "")
        match = _COUNTRY.search(text)
        country = match[1] if match else ledger.text(node, "residence/country", "addressbook/address/country")
        spelled = clean(_COUNTRY.sub("", text)).rstrip(", ")
        key = attribute(node, "sequence") or f"#{at}"
        held = found.get(key)
        if not spelled:
            continue
        if attribute(node, "data-format") != "epodoc" or held is None:
            ledger.text(node, f"{name}-name/name", "name")
            found[key] = Person(spelled, role, country=country or (held.country if held else ""))
            if held is not None:
                _release(ledger, nodes, key, f"{name}-name/name")
    return list(found.values())


def _release(ledger: Ledger, nodes: list[Element], key: str, path: str) -> None:
    """The standard spelling that the document's own has replaced is left for `extra` after all."""
    for node in nodes:
        if attribute(node, "sequence") == key and attribute(node, "data-format") == "epodoc":
            for one in ledger.all(node, path):
                ledger.leave(one)


def _symbols(ledger: Ledger, data: Element) -> tuple[Symbol, ...]:
    """IPC of the reformed scheme (the older edition only where it stands alone), then CPC and national symbols."""
    found: list[Symbol] = []
    reformed = ledger.all(data, "classifications-ipcr/classification-ipcr/text")
    for one in reformed or ledger.all(data, "classification-ipc/text"):
        if match := _IPC.fullmatch(ledger.take(one)):
            found.append(Symbol("ipc", f"{match[1]} {match[2]}/{match[3]}", not found, match[4] or ""))
        else:
            ledger.leave(one)
    for one in ledger.all(data, "patent-classifications/patent-classification"):
        symbol = _classified(ledger, one)
        if symbol:
            first = all(other.scheme != symbol.scheme for other in found)
            found.append(Symbol(symbol.scheme, symbol.symbol, first, symbol.version))
    kept: dict[tuple[str, str], Symbol] = {}
    for symbol in found:
        kept.setdefault((symbol.scheme, symbol.symbol), symbol)
    return tuple(kept.values())


def _classified(ledger: Ledger, node: Element) -> Symbol | None:
    """A symbol of a scheme we know; others stay unread. Two offices often give the same one."""
    named = [attribute(one, "scheme") for one in ledger.all(node, "classification-scheme")]
    scheme = _SCHEMES.get(named[0].upper() if named else "CPC", "")
    group, sub = ledger.all(node, "main-group"), ledger.all(node, "subgroup")
    text = "".join(whole(one) for name in _PARTS for one in ledger.all(node, name))
    if group and sub:
        text += f" {whole(group[0])}/{whole(sub[0])}"
    text = text or next((whole(one) for one in ledger.all(node, "classification-symbol")), "")
    if not (scheme and text):
        return None
    ledger.take(node)
    return Symbol(scheme, text)


def _citations(ledger: Ledger, data: Element) -> tuple[Citation, ...]:
    found = []
    for node in ledger.all(data, "references-cited/citation"):
        by = (ledger.attribute(node, "cited-by") or attribute(node, "cited-phase")).lower()
        category = " ".join(ledger.texts(node, "category"))
        for one in ledger.all(node, "patcit"):
            cited = document_id(ledger, one)
            if cited:
                ledger.take(one)
                text = "" if cited.name == cited.number else cited.name
                found.append(Citation(text, publication_of(Ledger(), one), category, by))
        found.extend(Citation(text, None, category, by) for text in ledger.texts(node, "nplcit"))
    return tuple(found)
