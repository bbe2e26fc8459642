"""What all WIPO ST.96 documents share (patents, designs, marks, indications): names, addresses, people, priorities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from patmark.patent import ApplicationNumber, Citation, Localised, Person, Publication, Role
from patmark.sources.ledger import Element, Ledger, attribute, clean, is_day, number, whole

_CONTACTS = ("PublicationContact", "Contact", ".")
_MEDIA = {"tif": "tiff", "tiff": "tiff", "jpg": "jpeg", "jpeg": "jpeg", "png": "png", "gif": "gif", "bmp": "bmp"}
_MEDIA |= {"svg": "svg+xml"}


@dataclass(frozen=True, slots=True)
class Named:
    """The names of one contact: of the body and of the person acting for it, either may be empty."""

    body: str = ""
    person: str = ""


def names(ledger: Ledger, node: Element) -> Named:
    """The names in a contact, in any of the ways ST.96 writes them."""
    body = ledger.text(
        node, "Name/OrganizationName/OrganizationStandardName", "Name/EntityName", "Name/OrganizationName", "EntityName"
    )
    # The same name usually stands in both forms; a different one stays unread and so is kept in `extra`.
    for one in ledger.all(node, "Name/EntityName"):
        if whole(one) == body:
            ledger.take(one)
    person = ledger.text(node, "Name/PersonName/PersonFullName")
    for one in ledger.all(node, "Name/PersonName/PersonStructuredName"):
        parts = [*ledger.texts(one, "FirstName"), *ledger.texts(one, "MiddleName"), *ledger.texts(one, "LastName")]
        structured = " ".join(parts)
        if suffix := ledger.text(one, "NameSuffix"):
            structured = f"{structured}, {suffix}"
        person = person or structured
    return Named(body, person)


def person(ledger: Ledger, node: Element, role: Role) -> Person | None:
    """The party of an element such as `Applicant` or `Designer`; None where it bears no name."""
    for path in _CONTACTS:
        for contact in ledger.all(node, path):
            named = names(ledger, contact)
            if name := named.body or named.person:
                return _addressed(ledger, contact, Person(name, role))
    return None


def people(ledger: Ledger, nodes: Iterable[Element], role: Role) -> list[Person]:
    """The parties of several elements, each once."""
    found = [one for node in nodes if (one := person(ledger, node, role))]
    return list(dict.fromkeys(found))


def representatives(ledger: Ledger, nodes: Iterable[Element]) -> list[Person]:
    """The bodies as agencies, with the address, and the persons as agents; each name once in each role."""
    found: dict[tuple[str, Role], Person] = {}
    for node in nodes:
        for path in _CONTACTS:
            for contact in ledger.all(node, path):
                named = names(ledger, contact)
                if named.body:
                    agency = _addressed(ledger, contact, Person(named.body, Role.AGENCY))
                    _keep(found, agency)
                if named.person:
                    agent = Person(named.person, Role.AGENT)
                    _keep(found, agent if named.body else _addressed(ledger, contact, agent))
    return list(found.values())


def _keep(found: dict[tuple[str, Role], Person], one: Person) -> None:
    """Keeps the fuller of two entries of the same name and role."""
    held = found.get((one.name, one.role))
    if held is None or (one.address and not held.address):
        found[one.name, one.role] = one


def _addressed(ledger: Ledger, contact: Element, one: Person) -> Person:
    for base in ("PostalAddressBag/PostalAddress", "PostalAddress", "."):
        for address in ledger.all(contact, base):
            found = _address(ledger, address, one)
            if found != one:
                return found
    return one


def _address(ledger: Ledger, node: Element, one: Person) -> Person:
    inner = ledger.first(node, "PostalStructuredAddress")
    place = node if inner is None else inner
    parts = ledger.texts(
        place, "AddressLineText", "PostalAddressText", "PostalAddressLineText", "CityName", "GeographicRegionName"
    )
    return replace(
        one,
        address=", ".join(parts),
        postcode=ledger.text(place, "PostalCode"),
        country=ledger.text(place, "CountryCode"),
    )


def holders(stages: list[tuple[int, Person]]) -> tuple[tuple[Person, ...], bool]:
    """The applicants, and the owners today where they are others, from (stage, party); and whether those are several.

    The USPTO repeats the party at each stage of a mark's life (10 applicant, 20 at publication, 30 registrant, 31 and
    higher later owners): the first stage is the applicant, the last one the owner. Other offices know one stage.
    """
    if not stages:
        return (), False
    first, last = min(stage for stage, _ in stages), max(stage for stage, _ in stages)
    applicants = dict.fromkeys(one for stage, one in stages if stage == first)
    owners = dict.fromkeys(one for stage, one in stages if stage == last)
    if {one.name for one in applicants} == {one.name for one in owners}:
        return tuple(owners), len(owners) > 1
    return (*applicants, *(replace(one, role=Role.OWNER) for one in owners)), len(owners) > 1


def stage(ledger: Ledger, node: Element) -> int:
    """The stage of an ST.96 applicant; 0 where its sequence number only counts co-applicants."""
    comments = ledger.all(node, "CommentText", "Version/CommentText")
    told = any(re.search("APPLICANT|OWNER|REGISTRANT", whole(one)) for one in comments)
    return (number(attribute(node, "sequenceNumber")) or 0) if told else 0


def priorities(ledger: Ledger, node: Element) -> tuple[ApplicationNumber, ...]:
    """The priorities of a mark, design or patent, in order."""
    found = []
    for claim in ledger.all(node, "PriorityBag/Priority", "PriorityClaimBag/PriorityClaim"):
        country = ledger.text(claim, "PriorityCountryCode", "IPOfficeCode", "ApplicationNumber/IPOfficeCode")
        text = ledger.text(claim, "ApplicationNumber/ApplicationNumberText", "ApplicationNumber/ST13ApplicationNumber")
        filed = ledger.day(claim, "PriorityApplicationFilingDate", "FilingDate")
        if text or filed:
            found.append(ApplicationNumber(country, text, filed))
    return tuple(dict.fromkeys(found))


def cited(ledger: Ledger, node: Element, by: str) -> Citation:
    """A cited patent document; the name and a date without a day, for which there is no field, as its text."""
    dates = [whole(one) for one in ledger.all(node, "PatentDocumentDate")]
    publication = Publication(
        ledger.text(node, "IPOfficeCode"),
        ledger.text(node, "DocumentNumber", "PublicationNumber", "ApplicationNumber/ApplicationNumberText"),
        ledger.text(node, "PatentDocumentKindCode"),
        ledger.day(node, "PatentDocumentDate", "PublicationDate"),
    )
    loose = [date for date in dates if not is_day(date)]
    text = ", ".join([*ledger.texts(node, "EntityName"), *loose])
    ledger.take(node)
    return Citation(text, publication if publication.number else None, "", by)


def localised(ledger: Ledger, node: Element, lang: str = "") -> Localised:
    """A text with the language of its element, else of the document."""
    return Localised(ledger.take(node), attribute(node, "languageCode").lower() or lang)


def media_type(text: str, file: str) -> str:
    """The media type by the format the document names, or by the ending of the file's name."""
    name = clean(text).lower() or file.rpartition(".")[2].lower()
    return f"image/{_MEDIA[name]}" if name in _MEDIA else ""
