"""Numbers as EPO OPS writes them: one document under `docdb`, `epodoc` and `original`, of which one is chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from patmark.patent import ApplicationNumber, Publication
from patmark.sources.ledger import Element, Ledger, attribute, day, whole

_EPODOC = re.compile(r"([A-Z]{2})([0-9A-Z]+)")
_PCT = re.compile(r"((?:19|20)\d{2})0?(\d{6})")
#: DOCDB numbers are complete (country, number, kind) and the same in every answer; the others fill what is missing.
_ORDER = ("docdb", "original", "epodoc", "")


@dataclass(frozen=True, slots=True)
class DocumentId:
    """The chosen number: ST.3 office, number, kind letter, day as printed, and the name of whom it belongs to."""

    country: str
    number: str
    kind: str
    date: str
    name: str = ""


def document_id(ledger: Ledger, node: Element) -> DocumentId | None:
    """The number of a reference; a form that says something else than the chosen one stays unread."""
    alone = [node] if ledger.all(node, "doc-number") else []
    forms = [(_rank(one), _form(one), one) for one in (*alone, *ledger.all(node, "document-id"))]
    forms = sorted((form for form in forms if form[1].number), key=lambda form: form[0])
    if not forms:
        return None
    chosen = forms[0][1]
    countries = [form.country for _, form, _ in forms if form.country]
    dates = [form.date for _, form, _ in forms if form.date]
    names = [form.name for _, form, _ in forms if form.name]
    found = DocumentId(
        chosen.country or (countries[0] if countries else ""),
        chosen.number,
        chosen.kind or next((form.kind for _, form, _ in forms if form.kind), ""),
        dates[0] if dates else "",
        names[0] if names else "",
    )
    bare = found.number.lstrip("0")
    for _, form, one in forms:
        # EPODOC also drops leading zeros and may carry the kind behind the number.
        if form.number.lstrip("0") in (bare, bare + found.kind, bare + found.kind[:1]):
            ledger.take(one)
        else:
            _take_shared(ledger, one, found)
    return found


def _take_shared(ledger: Ledger, node: Element, found: DocumentId) -> None:
    """Of another form of the number, the day and the name it repeats."""
    for path, value in (("date", found.date), ("name", found.name), ("country", found.country)):
        for one in ledger.all(node, path):
            if whole(one) == value:
                ledger.take(one)


def _rank(node: Element) -> int:
    kind = attribute(node, "document-id-type")
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _form(node: Element) -> DocumentId:
    def said(name: str) -> str:
        return next((text for one in node.findall("{*}" + name) if (text := whole(one))), "")

    country, number = said("country"), said("doc-number")
    # EPODOC writes the country before the number, and sometimes the kind behind it.
    if not country and (match := _EPODOC.fullmatch(number)) and attribute(node, "document-id-type") != "original":
        country, number = match.groups()
    return DocumentId(country, number, said("kind"), said("date"), said("name"))


def publication_of(ledger: Ledger, node: Element) -> Publication | None:
    """The publication a reference names."""
    found = document_id(ledger, node)
    return Publication(found.country, found.number, found.kind, day(found.date)) if found else None


def application_of(ledger: Ledger, node: Element) -> ApplicationNumber | None:
    """The application a reference or a priority claim names; DOCDB's `W` is an international application."""
    found = document_id(ledger, node)
    if found is None:
        return None
    if found.kind == "W" and (match := _PCT.fullmatch(found.number)):
        return ApplicationNumber("WO", f"PCT/{found.country}{match[1]}/{match[2]}", day(found.date))
    return ApplicationNumber("WO" if found.kind == "W" else found.country, found.number, day(found.date))
