"""Gazettes of the Japan Patent Office (jp-official-gazette): publications, translations, grants, utility models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from patmark.patent import (
    ApplicationNumber,
    Citation,
    Localised,
    Patent,
    PatentKind,
    Person,
    Publication,
    Role,
    Section,
    Symbol,
)
from patmark.sources import body, ice
from patmark.sources.base import Kind, Read, Source
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, line, lines, local, mark
from patmark.sources.printed_symbols import ipc
from patmark.sources.xml import read_each, tells_xml

_ROOT = "jp-official-gazette"
_FIRMS = ("法人", "事務所", "国際特許")


def patent(root: Element) -> Patent:
    """The statement of one gazette document."""
    mark(root)
    draft = Draft("JP", "ja")
    draft.data_date = draft.day(str(root.get("date-produced") or ""), "@date-produced")
    for one in root:
        reader = _PARTS.get(local(one))
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one)
    _complete(draft, root)
    draft.pictures.extend(body.pictures(root))
    return draft.patent()


def _complete(draft: Draft, root: Element) -> None:
    """The kind code as ST.16 has it (the gazette's own name of the kind is kept), and what it says of the right."""
    code = next((str(v) for k, v in root.attrib.items() if str(k).endswith("kind-of-st16")), "")
    own = next((str(v) for k, v in root.attrib.items() if str(k).endswith("kind-of-jp")), "")
    draft.note("@kind-of-jp", own)
    for one in draft.publications:
        draft.note("publication-reference/kind", one.kind)
    named = " ".join(one.kind for one in draft.publications)
    draft.publications[:] = [replace(one, kind=code or one.kind) for one in draft.publications]
    if "実用新案" in named or code[:1] in ("U", "Y"):
        draft.kind = PatentKind.UTILITY_MODEL
    elif "意匠" in named or code[:1] == "S":
        draft.kind = PatentKind.DESIGN
    else:
        draft.kind = PatentKind.INVENTION
    if draft.publications and (code[:1] in ("B", "C") or own[:1] in ("B", "C", "Y") or "登録" in named):
        draft.grant_date = draft.grant_date or draft.publications[0].date


def _bibliography(draft: Draft, element: Element) -> None:
    for one in element:
        reader = _READERS.get(local(one))
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one)


def _publication(draft: Draft, element: Element) -> None:
    found = ice.publication(draft, element, "JP")
    if found is not None:
        draft.publications.append(found)


def _application(draft: Draft, element: Element) -> None:
    draft.application = ice.application(draft, element, "JP")


def _title(draft: Draft, element: Element) -> None:
    if text := line(element):
        draft.titles.append(Localised(text, "ja"))


def _priorities(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}priority-claim"):
        if (found := ice.application(draft, one)) is not None:
            draft.priorities.append(found)


def _parties(draft: Draft, element: Element) -> None:
    for one in element.iter(*(f"{{*}}{name}" for name in _ROLES)):
        found = ice.person(one, _ROLES[local(one)])
        if found is None:
            continue
        if found.role is Role.AGENT and any(word in found.name for word in _FIRMS):
            found = replace(found, role=Role.AGENCY)
        draft.people.append(_in_other_script(draft, one, found))


def _in_other_script(draft: Draft, element: Element, found: Person) -> Person:
    """A second addressbook gives a foreigner's name and address as he writes them himself."""
    for book in list(element.iterchildren("{*}addressbook"))[1:]:
        if name := line(child(book, "name")):
            found = replace(found, original_name=name)
        draft.note(f"{local(element)}/address", line(child(book, "address")))
    return found


_ROLES = {
    "applicant": Role.APPLICANT,
    "inventor": Role.INVENTOR,
    "designer": Role.INVENTOR,
    "agent": Role.AGENT,
    "registrant": Role.OWNER,
    "right-holder": Role.OWNER,
}


def _examiners(draft: Draft, element: Element) -> None:
    for one in element:
        if (found := ice.person(one, Role.EXAMINER)) is not None:
            draft.people.append(found)
        elif text := line(one):
            draft.people.append(Person(text, Role.EXAMINER))


def _ipc(draft: Draft, element: Element) -> None:
    for one in element:
        if local(one) in ("main-clsf", "further-clsf", "main-classification", "further-classification"):
            draft.add(ipc(line(one), main=local(one).startswith("main")))
        elif text := line(one):
            draft.note(f"classification-ipc/{local(one)}", text)


def _fi(draft: Draft, element: Element) -> None:
    """The office's own classification, FI."""
    for one in element:
        if local(one) in ("main-clsf", "further-clsf") and (text := line(one)):
            draft.symbols.append(Symbol("fi", text, local(one) == "main-clsf"))


def _f_terms(draft: Draft, element: Element) -> None:
    for one in element:
        if text := line(one):
            draft.symbols.append(Symbol("fterm", text))


def _claim_count(draft: Draft, element: Element) -> None:
    draft.claim_count = body.number(line(element), 0) or None


def _pct(draft: Draft, element: Element) -> None:
    found = ice.application(draft, element)
    if found is not None:
        draft.pct_application = ApplicationNumber("WO", found.number, found.date)


def _pct_publication(draft: Draft, element: Element) -> None:
    found = ice.publication(draft, element)
    if found is not None:
        draft.pct_publication = Publication("WO", found.number, found.kind, found.date)


def _entry(draft: Draft, element: Element) -> None:
    """The day the translation came in: with it the case entered Japan."""
    draft.national_entry = draft.day(line(element), local(element))


def _related(draft: Draft, element: Element) -> None:
    for one in element:
        found = ice.application(draft, child(one, "relation", "parent-doc"), "JP")
        if found is not None:
            draft.parents.append(found)
            draft.note(local(one), found.number)
        else:
            draft.keep(one)


def _registration(draft: Draft, element: Element) -> None:
    draft.grant_date = draft.day(line(child(element, "date")) or line(element), local(element))


def _citations(draft: Draft, element: Element) -> None:
    for one in element:
        if text := line(one):
            draft.citations.append(Citation(text))


def _abstract(draft: Draft, element: Element) -> None:
    body.abstract(draft, element)


def _description(draft: Draft, element: Element) -> None:
    draft.description.extend(body.description(element))
    for one in element.iter("{*}patcit", "{*}nplcit"):
        if text := line(one):
            draft.citations.append(Citation(text, by="applicant"))


def _claims(draft: Draft, element: Element) -> None:
    draft.claims.extend(body.claims(element))


def _amendments(draft: Draft, element: Element) -> None:
    """Written amendments are published with the application: their text is kept behind the description."""
    for one in element.iter("{*}amendment-group"):
        item, contents = line(child(one, "item-of-amendment")), child(one, "contents-of-amendment")
        if contents is None:
            draft.note("amendment-group", item)
            continue
        parts = [section for inner in contents for section in body.description(inner)]
        text = "\n".join("\n".join(part for part in (each.heading, each.text) if part) for each in parts)
        if text or (text := lines(contents)):
            draft.description.append(Section(text, "", f"手続補正書 {item}".strip()))
        else:
            draft.note("amendment-group", item)
    for one in element.iter("{*}written-amendment"):
        draft.note("written-amendment/date", line(child(one, "date")))


def _overflow(draft: Draft, element: Element) -> None:
    draft.note("overflow", lines(element))


def _pictures_only(draft: Draft, element: Element) -> None:
    """Pictures are read for the whole document at once."""


_PARTS: dict[str, Callable[[Draft, Element], None]] = {
    "bibliographic-data": _bibliography,
    "abstract": _abstract,
    "description": _description,
    "claims": _claims,
    "drawings": _pictures_only,
    "image-of-bibliographic-data": _pictures_only,
    "image-of-chosen-drawing": _pictures_only,
    "search-report-group": _pictures_only,
    "written-amendment-group": _amendments,
    "overflow": _overflow,
}
_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "publication-reference": _publication,
    "application-reference": _application,
    "invention-title": _title,
    "priority-claims": _priorities,
    "parties": _parties,
    "examiners": _examiners,
    "classification-ipc": _ipc,
    "classification-national": _fi,
    "f-term-info": _f_terms,
    "number-of-claims": _claim_count,
    "pct-or-regional-filing-data": _pct,
    "pct-or-regional-publishing-data": _pct_publication,
    "translation-submission-date": _entry,
    "related-documents": _related,
    "registration-date": _registration,
    "references-cited": _citations,
}


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent)


KIND = Kind("jpo", "日本特许厅公报（jp-official-gazette XML）", tells_xml(_ROOT), _read)
