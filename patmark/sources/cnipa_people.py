"""People in Chinese publications, new and old: addresses without their placeholders, agencies with their codes."""

from __future__ import annotations

import re

from patmark.patent import Person, Role
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, children, clean, line, local

_CODE = re.compile(r"(.*?\S)\s*(\d{5})")
_POSTCODE = re.compile(r"(\d{6})\s*(?=\D)")
#: From the country down, as an address is written; each is `0` where the office left it empty.
_PLACES = (
    "Province", "State", "City", "County", "AddressCity", "Street", "AddressBuilding", "AddressFloor", "AddressRoom"
)  # fmt: skip
_NAMES = ("Name", "OrganizationName")


def split_agency(text: str) -> tuple[str, str]:
    """An agency's name and its five-digit code: `北京某某知识产权代理有限公司 11999`."""
    found = _CODE.fullmatch(clean(text))
    return (found.group(1), found.group(2)) if found else (clean(text), "")


def split_postcode(text: str) -> tuple[str, str]:
    """A postcode in front of an address, and the address."""
    found = _POSTCODE.match(text)
    return (found.group(1), text[found.end() :].strip()) if found else ("", text)


def people(draft: Draft, element: Element, role: Role) -> list[Person]:
    """Everybody named in a `…Details` element, in order, with address and what else is said of each in `extra`."""
    found = []
    for one in element:
        person = _person(draft, one, role)
        if person is not None:
            found.append(person)
        elif line(one):
            draft.keep(one)
    return found


def _person(draft: Draft, element: Element, role: Role) -> Person | None:
    book = child(element, "AddressBook")
    book = element if book is None else book
    texts = children(book)
    name = next((texts[key] for key in _NAMES if texts.get(key)), "")
    name = name or clean(f"{texts.get('LastName', '')} {texts.get('FirstName', '')}") or texts.get("Text", "")
    if not name:
        return None
    address, postcode, country = _address(draft, child(book, "Address"), local(element))
    code = line(child(element, "OrganizationCode"))
    code = "" if not code.strip("0") else code
    uscc = code if len(code) == 18 else ""
    return Person(name, role, address, postcode, country, "" if uscc else code, uscc)


def _address(draft: Draft, element: Element | None, who: str) -> tuple[str, str, str]:
    if element is None:
        return "", "", ""
    texts = {name: text for name, text in children(element).items() if text.strip("0")}
    places = [texts[name] for name in _PLACES if texts.get(name)]
    whole = texts.get("Text", "")
    postcode, address = split_postcode(whole)
    if not address:
        address = "".join(dict.fromkeys(places))
    elif places:
        # Province, city and county of the office's own coding: the printed address often leaves the county out.
        draft.note(f"{who}/Address", " ".join(dict.fromkeys(places)))
    return address, texts.get("PostCode", "") or postcode, texts.get("WIPOST3Code", "")


def agents(draft: Draft, element: Element) -> list[Person]:
    """The agency with its code, and its agents."""
    found: list[Person] = []
    for one in element:
        if local(one) == "CustomerNumber":
            draft.note("AgentDetails/CustomerNumber", line(one))
            continue
        agency = child(one, "Agency")
        if agency is not None:
            texts = children(agency) | children(_book(agency))
            name, code = split_agency(next((texts[key] for key in reversed(_NAMES) if texts.get(key)), line(agency)))
            if name:
                found.append(Person(name, Role.AGENCY, code=code))
        person = _person(draft, one, Role.AGENT)
        if person is not None:
            found.append(person)
    return found


def _book(element: Element) -> Element:
    found = child(element, "AddressBook")
    return element if found is None else found
