"""Application publications of the USPTO 2001–2004 (patent-application-publication, PAP v1.5 and v1.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
)
from patmark.sources import body
from patmark.sources.base import Kind, Read, Source
from patmark.sources.claim_refs import claim
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, children, first, line, lines, local, mark, vocabulary
from patmark.sources.printed_symbols import ipc, uspc
from patmark.sources.uspto_ice import KINDS
from patmark.sources.xml import read_each, tells_xml

_ROOT = "patent-application-publication"
_WORDS = vocabulary(
    lines="claim-text table-cwu math-cwu chem-cwu unordered-list ordered-list list-item row title",
    breaks="br",
    cells="entry",
    raised="superscript",
)
_NAMES = ("name-prefix", "given-name", "middle-name", "family-name", "name-suffix")
_PLACES = ("military-address", "address-1", "address-2", "city", "state")


def patent(root: Element) -> Patent:
    """The statement of one application publication."""
    _unwrap(root)
    mark(root, _WORDS)
    draft = Draft("US", "en", PatentKind.INVENTION)
    for one in root:
        reader = _PARTS.get(local(one))
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one)
    draft.pictures.extend(body.pictures(root))
    return draft.patent()


def _unwrap(root: Element) -> None:
    """Takes out paragraph numbers, and the claim-text inside a reference, which is no line of its own."""
    for one in root.iter("number"):
        above = one.getparent()
        if above is not None and above.tag == "paragraph":
            one.text = None
    for one in root.iter("dependent-claim-reference"):
        for inner in one.iter("claim-text"):
            inner.tag = "reference-text"


def _bibliography(draft: Draft, element: Element) -> None:
    for one in element:
        reader = _READERS.get(local(one))
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one)


def _published(draft: Draft, element: Element, country: str = "US") -> Publication | None:
    texts = children(element)
    number = texts.get("doc-number", "")
    if not number:
        return None
    day = draft.day(texts.get("document-date", ""), "document-date")
    return Publication(texts.get("country-code", country), number, texts.get("kind-code", ""), day)


def _application_of(draft: Draft, element: Element | None) -> ApplicationNumber | None:
    """The application a document-id names; kind codes and U.S. country codes on PCT cases say nothing."""
    texts = children(element) if element is not None else {}
    number = texts.get("doc-number", "")
    if not number:
        return None
    country = "WO" if number.upper().startswith("PCT/") else texts.get("country-code", "US")
    return ApplicationNumber(country, number, draft.day(texts.get("document-date", ""), "document-date"))


def _document(draft: Draft, element: Element) -> None:
    if (found := _published(draft, element)) is not None:
        draft.publications.append(found)


def _filing_type(draft: Draft, element: Element) -> None:
    said = line(element)
    draft.note("publication-filing-type", said)
    draft.kind = next((kind for word, kind in KINDS.items() if word in said), draft.kind)


def _filing(draft: Draft, element: Element) -> None:
    number = line(first(child(element, "application-number"), "doc-number"))
    day = draft.day(line(child(element, "filing-date")), "filing-date")
    if number:
        draft.application = ApplicationNumber("US", number, day)
    for one in element:
        if local(one) not in ("application-number", "application-number-series-code", "filing-date"):
            draft.note(local(one), line(one) or "yes")


def _priority(draft: Draft, element: Element) -> None:
    number = line(first(element, "doc-number"))
    if number:
        day = draft.day(line(child(element, "filing-date")), "filing-date")
        draft.priorities.append(ApplicationNumber(line(child(element, "country-code")), number, day))


def _technical(draft: Draft, element: Element) -> None:
    edition = line(first(element, "classification-ipc-edition"))
    for one in element.iter("ipc"):
        draft.add(ipc(line(one), main=_in(one, "classification-ipc-primary"), version=edition))
    for one in element.iter("uspc"):
        texts = children(one)
        columns = texts.get("class", "").rjust(3) + texts.get("subclass", "")
        draft.add(uspc(columns, main=_in(one, "classification-us-primary")))
    for one in element:
        name = local(one)
        if name == "title-of-invention":
            draft.titles.append(Localised(line(one), "en"))
        elif name == "citation":
            draft.citations.append(Citation(line(one)))
        elif name not in ("classification-ipc", "classification-us"):
            draft.keep(one)
            if name == "botanic":
                draft.kind = PatentKind.PLANT


def _in(element: Element, name: str) -> bool:
    above = element.getparent()
    return above is not None and above.tag == name


def _continuity(draft: Draft, element: Element) -> None:
    for one in element.iter("parent-child"):
        above = one.getparent()
        relation = local(above) if above is not None else ""
        found = _application_of(draft, child(one, "parent", "document-id"))
        if found is None:
            continue
        draft.parents.append(found)
        said = [found.number, f"status {line(child(one, 'parent-status'))}"]
        grant = line(first(child(one, "parent-patent"), "doc-number"))
        draft.note(relation, "; ".join([*said, f"grant {grant}"] if grant else said))
    for one in element.iter("non-provisional-of-provisional"):
        if (found := _application_of(draft, child(one, "document-id"))) is not None:
            draft.priorities.append(found)
            draft.note(local(one), found.number)
    for one in element.iter("corrected-republication-of", "parent-pct"):
        draft.keep(one)


def _earlier(draft: Draft, element: Element) -> None:
    for one in element.iter("document-id"):
        _document(draft, one)


def _conventions(draft: Draft, element: Element) -> None:
    for one in element:
        inner = child(one, "document-id")
        found = _published(draft, one if inner is None else inner, "WO")
        if local(one) == "pct-application" and found is not None:
            draft.pct_application = ApplicationNumber("WO", found.number, found.date)
        elif local(one) == "pct-publication" and found is not None:
            draft.pct_publication = Publication("WO", found.number, found.kind, found.date)
        elif "371" in local(one):
            draft.national_entry = draft.day(line(one), local(one))


def _person(draft: Draft, element: Element, role: Role) -> Person | None:
    named = child(element, "name")
    texts = children(named) if named is not None else {}
    name = line(child(element, "organization-name")) or " ".join(texts[part] for part in _NAMES if texts.get(part))
    if not name:
        return None
    place = child(element, "address")
    residence = first(element, "residence-us")
    residence = first(element, "residence-non-us") if residence is None else residence
    where = place if place is not None and line(place) else residence
    if where is place and residence is not None:
        draft.note("residence", ", ".join(children(residence).values()))
    parts = children(where) if where is not None else {}
    address = ", ".join(parts[part] for part in _PLACES if parts.get(part))
    country = line(first(where, "country-code"))
    return Person(name, role, address, parts.get("postalcode", ""), country)


def _inventors(draft: Draft, element: Element) -> None:
    for one in element:
        found = _person(draft, one, Role.INVENTOR)
        if found is None:
            draft.keep(one)
            continue
        draft.people.append(found)
        # In these years the inventors were the applicants: authority INV.
        if line(child(one, "authority-applicant")) == "INV":
            draft.people.append(Person(found.name, Role.APPLICANT, found.address, found.postcode, found.country))


def _assignee(draft: Draft, element: Element) -> None:
    if (found := _person(draft, element, Role.OWNER)) is not None:
        draft.people.append(found)
    draft.note("assignee-type", line(child(element, "assignee-type")))


def _abstract(draft: Draft, element: Element) -> None:
    body.abstract(draft, element)


def _description(draft: Draft, element: Element) -> None:
    draft.description.extend(body.description(element))


def _claims(draft: Draft, element: Element) -> None:
    nodes = list(element.iterchildren("claim"))
    numbers = {str(node.get("id")): at for at, node in enumerate(nodes, 1)}
    for at, node in enumerate(nodes, 1):
        draft.claims.append(_claim(at, node, numbers))
    draft.note("subdoc-claims/heading", line(child(element, "heading")))


def _claim(at: int, node: Element, numbers: dict[str, int]) -> Claim:
    linked = {numbers.get(str(one.get("depends_on")), at) for one in node.iter("dependent-claim-reference")}
    return claim(at, lines(node), tuple(linked), printed=True)


def _drawings(draft: Draft, element: Element) -> None:
    draft.note("representative-figure", line(child(element, "representative-figure")))


_PARTS: dict[str, Callable[[Draft, Element], None]] = {
    "subdoc-bibliographic-information": _bibliography,
    "subdoc-abstract": _abstract,
    "subdoc-description": _description,
    "subdoc-claims": _claims,
    "subdoc-drawings": _drawings,
}
_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "document-id": _document,
    "publication-filing-type": _filing_type,
    "domestic-filing-data": _filing,
    "foreign-priority-data": _priority,
    "technical-information": _technical,
    "continuity-data": _continuity,
    "prior-publication": _earlier,
    "inventors": _inventors,
    "assignee": _assignee,
    "international-conventions": _conventions,
}


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent)


KIND = Kind("uspto_pap", "美国专利申请公布文献（PAP XML，2001—2004 年）", tells_xml(_ROOT), _read)
