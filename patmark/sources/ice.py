"""Bibliographic pieces in the WIPO/ICE vocabulary: document-id, addressbook, classifications, citations, relations."""

from __future__ import annotations

from patmark.patent import ApplicationNumber, Citation, Person, Publication, Role, Symbol
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, children, clean, line, local
from patmark.sources.printed_symbols import ipc, joined, uspc

_ADDRESS_END = ("postcode", "country")
_NAMES = ("prefix", "first-name", "middle-name", "last-name", "first-last-name", "second-last-name", "suffix")


def document(element: Element | None) -> dict[str, str]:
    """The texts of the document-id inside an element: country, doc-number, kind, name, date."""
    found = child(element, "document-id")
    return {} if found is None else children(found)


def publication(draft: Draft, element: Element | None, country: str = "") -> Publication | None:
    """A publication from the document-id inside an element."""
    texts = document(element)
    number = texts.get("doc-number", "")
    if not number:
        return None
    day = draft.day(texts.get("date", ""), "publication-date")
    return Publication(texts.get("country") or country, number, texts.get("kind", ""), day)


def application(draft: Draft, element: Element | None, country: str = "") -> ApplicationNumber | None:
    """An application number from the document-id inside an element, or from the element's own children."""
    texts = document(element) or (children(element) if element is not None else {})
    number = texts.get("doc-number", "")
    if not number:
        return None
    day = draft.day(texts.get("date", ""), "application-date")
    stated = texts.get("country") or country
    # A PCT case carries the designated office's code in many files; its number tells what it is.
    return ApplicationNumber("WO" if number.upper().startswith("PCT/") else stated, number, day)


def person(element: Element, role: Role) -> Person | None:
    """A person or body from an addressbook inside an element, or from the element's own children."""
    book = child(element, "addressbook")
    book = element if book is None else book
    texts = children(book)
    name = texts.get("orgname") or texts.get("name") or " ".join(texts[part] for part in _NAMES if texts.get(part))
    name = name or texts.get("text", "")
    if not name:
        return None
    address, postcode, country = _address(child(book, "address"))
    country = country or line(child(element, "residence", "country"))
    return Person(name, role, address, postcode, country, texts.get("registered-number", ""))


def _address(element: Element | None) -> tuple[str, str, str]:
    if element is None:
        return "", "", ""
    parts = [(local(one), line(one)) for one in element]
    address = ", ".join(text for name, text in parts if text and name not in _ADDRESS_END)
    texts = dict(parts)
    country = texts.get("country", "")
    return address, texts.get("postcode", ""), "" if country in ("omitted", "unknown") else country


def classes_ipcr(draft: Draft, element: Element) -> None:
    """The IPC symbols of `classifications-ipcr`, from their parts or their text."""
    for one in element.iter("{*}classification-ipcr"):
        texts = children(one)
        if texts.get("section"):
            draft.add(_from_parts("ipc", texts, one, main=texts.get("symbol-position") == "F"))
        else:
            draft.add(ipc(texts.get("text", "") or line(one)))


def classes_cpc(draft: Draft, element: Element) -> None:
    """The CPC symbols of `classifications-cpc`; symbols of combination sets are kept as sets in `extra` too."""
    for group in element:
        for one in group.iter("{*}classification-cpc"):
            draft.add(_from_parts("cpc", children(one), one, main=local(group) == "main-cpc"))
        for one in group.iter("{*}combination-set"):
            members = one.iter("{*}classification-cpc")
            ranked = (_from_parts("cpc", children(each), each, main=False) for each in members)
            draft.note("cpc-combination-set", " + ".join(each.symbol for each in ranked if each))


def _from_parts(scheme: str, texts: dict[str, str], element: Element, *, main: bool) -> Symbol | None:
    names = ("section", "class", "subclass", "main-group", "subgroup")
    section, klass, subclass, group, subgroup = (texts.get(name, "") for name in names)
    version = line(child(element, "ipc-version-indicator")) or line(child(element, "cpc-version-indicator"))
    return joined(scheme, (section, klass, subclass, group, subgroup), main=main, version=version)


def classes_national(draft: Draft, element: Element) -> None:
    """The national classes: U.S. classes as symbols, others kept as printed."""
    if line(child(element, "country")) != "US":
        draft.keep(element)
        return
    for one in element:
        if local(one) in ("main-classification", "further-classification", "main-clsf", "further-clsf"):
            # The columns of a U.S. class are in its blanks.
            draft.add(uspc(one.text or "", main=local(one).startswith("main")))
        elif local(one) not in ("country", "edition"):
            draft.keep(one)


_BY = {
    "cited by examiner": "examiner",
    "cited by applicant": "applicant",
    "cited by third party": "third party",
    "cited by opponent": "opponent",
    "cited by other": "",
    "imported from a related application": "",
}


def citation(draft: Draft, element: Element) -> Citation:
    """A cited document with its name, its category and who cited it.

    What has no place of its own (a month without a day, classes, passages) stands behind the name.
    """
    publication, category = None, ""
    words: list[str] = []
    for one in element:
        name = local(one)
        if name == "patcit":
            publication = _cited(draft, one, words)
        elif name == "category":
            category = clean(one.text or "")
        elif name == "classification-national":
            national = child(one, "main-classification")
            symbol = uspc(national.text or "") if national is not None else None
            words.append(f"[{symbol.symbol}]" if symbol else "")
        elif name.startswith("classification"):
            words.append(f"[{line(one)}]")
        else:
            words.append(line(one))
    text = " ".join(word for word in words if word)
    by = _BY.get(category)
    return Citation(text, publication, category, "") if by is None else Citation(text, publication, "", by)


def _cited(draft: Draft, element: Element, words: list[str]) -> Publication | None:
    ids = document(element)
    number, day = ids.get("doc-number"), ids.get("date", "")
    words.append(ids.get("name", "") if ids else line(element))
    words.extend([line(one) for one in element if local(one) != "document-id"])
    if not number:
        return None
    if len(day) == 8 and not day.endswith("00"):
        return Publication(ids.get("country", ""), number, ids.get("kind", ""), draft.day(day, "citation/date"))
    words.append(f"({day[:4]}-{day[4:6]})" if len(day) == 8 else f"({day})" if day else "")
    return Publication(ids.get("country", ""), number, ids.get("kind", ""))
