"""Publications of the European Patent Office in WIPO ST.36 (ep-patent-document): A and B documents, three languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from patmark.patent import (
    ApplicationNumber,
    Citation,
    Event,
    Localised,
    Patent,
    PatentKind,
    Person,
    Publication,
    Role,
)
from patmark.sources import body
from patmark.sources.base import Kind, Read, Source
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, children, first, line, lines, local, mark
from patmark.sources.printed_symbols import ipc
from patmark.sources.xml import read_each, tells_xml

_ROOT = "ep-patent-document"
#: ST.32 numbers of B700: who is who.
_ROLES = {"B711": Role.APPLICANT, "B721": Role.INVENTOR, "B731": Role.OWNER, "B741": Role.AGENT}
#: `EP-A- 0 529 854`, `WO-A-20/04032928`
_CITED = re.compile(r"([A-Z]{2})-([A-Z]\d?)-?\s*(\d[\d /.]*)")
#: Dates of the procedure kept as events (ST.32 numbers as codes).
_EVENTS = {
    "B241": "request for examination",
    "B242": "first examination report despatched",
    "B243": "maintained as amended",
    "B244": "deemed withdrawn",
    "B245": "withdrawn",
    "B248": "refused",
    "B236": "revoked",
    "B452EP": "intention to grant announced",
    "B453EP": "patent in amended form",
    "B472": "term of grant",
}


def patent(root: Element) -> Patent:
    """The statement of one publication."""
    mark(root)
    draft = Draft(str(root.get("country") or "EP"), body.language(root, "en"), PatentKind.INVENTION)
    for name in ("file", "status", "dtd-version"):
        draft.note(f"@{name}", str(root.get(name) or ""))
    for one in root:
        name = local(one)
        if name == "SDOBI":
            _bibliography(draft, one)
        elif name == "abstract":
            body.abstract(draft, one)
        elif name == "description":
            draft.description.extend(body.description(one))
            draft.description_lang = body.language(one, draft.lang)
        elif name == "claims":
            _claims(draft, one)
        elif name not in ("drawings", "search-report-data"):
            draft.keep(one)
    _complete(draft, root)
    draft.pictures.extend(body.pictures(root))
    return draft.patent()


def _complete(draft: Draft, root: Element) -> None:
    number = str(root.get("doc-number") or "")
    published = draft.day(str(root.get("date-publ") or ""), "@date-publ")
    kind = str(root.get("kind") or "")
    if number and not draft.publications:
        draft.publications.append(Publication(draft.office, number, kind, published))
    if kind.startswith("B") and draft.publications:
        draft.grant_date = draft.grant_date or draft.publications[0].date


def _claims(draft: Draft, element: Element) -> None:
    """Claims in the language of the proceedings; the translations of a B document are kept as text."""
    lang = body.language(element, draft.lang)
    found = body.claims(element)
    if not draft.claims:
        draft.claims.extend(found)
        draft.claims_lang = lang
    else:
        draft.note(f"claims[{lang}]", "\n".join(f"{one.number}. {one.text}" for one in found))


def _bibliography(draft: Draft, element: Element) -> None:
    for group in element:
        for one in group:
            reader = _READERS.get(local(one))
            if reader is not None:
                reader(draft, one)
            elif local(one) not in _ONLY_WITH_OTHERS:
                draft.keep(one)
    _publication(draft, element)
    _application(draft, element)
    _priorities(draft, element)


def _text(element: Element, name: str) -> str:
    return line(first(element, name))


def _publication(draft: Draft, element: Element) -> None:
    number = _text(element, "B110")
    if number:
        day = draft.day(line(child(first(element, "B140"), "date")), "B140")
        office = _text(element, "B190") or draft.office
        draft.publications.append(Publication(office, number, _text(element, "B130"), day))


def _application(draft: Draft, element: Element) -> None:
    number = _text(element, "B210")
    if number:
        day = draft.day(line(child(first(element, "B220"), "date")), "B220")
        draft.application = ApplicationNumber(draft.office, number, day)


def _priorities(draft: Draft, element: Element) -> None:
    """B310 number, B320 date, B330 country stand side by side, one after the other for each priority."""
    group = first(element, "B300")
    number, day = "", ""
    for one in group if group is not None else ():
        name = local(one)
        if name == "B310":
            number = line(one)
        elif name == "B320":
            day = _text(one, "date")
        elif name == "B330" and number:
            draft.priorities.append(ApplicationNumber(_text(one, "ctry"), number, draft.day(day, "B320")))
            number = day = ""


def _titles(draft: Draft, element: Element) -> None:
    lang = ""
    for one in element:
        if local(one) == "B541":
            lang = line(one).lower()
        elif local(one) == "B542":
            draft.titles.append(Localised(line(one), lang))
        else:
            draft.keep(one, f"B540/{local(one)}")


def _ipc(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}classification-ipcr", "{*}B511", "{*}B512", "{*}B513"):
        draft.add(ipc(line(one), main=local(one) == "B511"))


def _citations(draft: Draft, element: Element) -> None:
    for one in element:
        if text := line(child(one, "text")) or line(one):
            found = _CITED.fullmatch(text)
            number = "".join(found.group(3).split()) if found else ""
            cited = Publication(found.group(1), number, found.group(2)) if found else None
            draft.citations.append(Citation(text, cited))


def _people(draft: Draft, element: Element) -> None:
    for one in element:
        role = _ROLES.get(local(one))
        if role is None:
            draft.keep(one)
            continue
        texts = children(one)
        name = " ".join(texts[part] for part in ("snm", "fnm", "sfx") if texts.get(part))
        place = child(one, "adr")
        address = children(place) if place is not None else {}
        where = ", ".join(text for part, text in address.items() if part not in ("ctry", "pcode"))
        found = Person(name, role, where, address.get("pcode", ""), address.get("ctry", ""), texts.get("iid", ""))
        draft.people.append(found)
        if texts.get("irf"):
            draft.note(f"{local(one)}/irf", texts["irf"])


def _event(draft: Draft, element: Element) -> None:
    name = local(element)
    for one in element:
        code = local(one) if local(one) in _EVENTS else name
        if local(one) == "bnum":
            draft.note(f"{name}/bnum", line(one))
            continue
        text = line(one) if local(one) == "date" else _text(one, "date")
        day = draft.day(text, code)
        if day and code in _EVENTS:
            draft.events.append(Event(code, draft.office, day, title=_EVENTS[code]))
        elif not text:
            draft.keep(one)


def _published(draft: Draft, element: Element) -> None:
    """B405, B430, B450: the days of publication, search report apart; kept with their bulletins."""
    draft.note(local(element), " ".join(line(one) for one in element))


def _relations(draft: Draft, element: Element) -> None:
    """B620 earlier application, B620EP divisional applications, B630 continuations …"""
    name = local(element)
    for one in element.iter("{*}pdoc", "{*}cdoc"):
        number, day = _text(one, "anum"), _text(one, "date")
        if not number:
            continue
        if local(one) == "pdoc":
            draft.parents.append(ApplicationNumber(draft.office, number, draft.day(day, name)))
        draft.note(f"{name}/{local(one)}", f"{number} {day}".strip())


def _states(draft: Draft, element: Element) -> None:
    draft.note(local(element), " ".join(line(one) for one in element.iter("{*}ctry")))


def _pct_application(draft: Draft, element: Element) -> None:
    number = _text(element, "anum")
    if number:
        draft.pct_application = ApplicationNumber("WO", number, draft.day(_text(element, "date"), "B860"))


def _pct_publication(draft: Draft, element: Element) -> None:
    number = _text(element, "pnum")
    if number:
        draft.pct_publication = Publication("WO", number, "", draft.day(_text(element, "date"), "B870"))
    draft.note("B870/bnum", _text(element, "bnum"))


def _remarks(draft: Draft, element: Element) -> None:
    for one in element:
        draft.note(local(one), lines(one))


_ONLY_WITH_OTHERS = frozenset({"B110", "B130", "B140", "B190", "B210", "B220", "B310", "B320", "B330"})
_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "eptags": _remarks,
    "B240": _event,
    "B230": _event,
    "B405": _published,
    "B430": _published,
    "B450": _published,
    "B452EP": _event,
    "B510": _ipc,
    "B510EP": _ipc,
    "B540": _titles,
    "B560": _citations,
    "B620": _relations,
    "B620EP": _relations,
    "B630": _relations,
    "B710": _people,
    "B720": _people,
    "B730": _people,
    "B740": _people,
    "B840": _states,
    "B844EP": _states,
    "B860": _pct_application,
    "B870": _pct_publication,
}


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent)


KIND = Kind("st36_ep", "欧洲专利局文献（WIPO ST.36，ep-patent-document）", tells_xml(_ROOT), _read)
