"""Publications of the Chinese office until 2016 or so: cn-patent-document, an offspring of WIPO ST.36."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from patmark.kinds import kind_of, stage_of
from patmark.patent import ApplicationNumber, Localised, Patent, PatentKind, Person, Publication, Role, Stage
from patmark.sources import body, ice
from patmark.sources.base import Kind, Read, Source
from patmark.sources.cnipa_people import split_agency, split_postcode
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, line, local, mark, vocabulary
from patmark.sources.printed_symbols import ipc, locarno
from patmark.sources.xml import read_each, tells_xml

_ROOT = "cn-patent-document"
_TYPES = (("外观", PatentKind.DESIGN), ("新型", PatentKind.UTILITY_MODEL), ("发明", PatentKind.INVENTION))
#: No breaks: here they are where the printer's line ended.
_WORDS = vocabulary(lines="ul ol dl li dt row claim-text tables title pre", cells="entry dd", raised="sup")
_TYPE_DIGITS = re.compile(r"\d{4}(\d)\d{7}|\d{2}(\d)\d{5}")


def patent(root: Element) -> Patent:
    """The statement of one publication. Breaks in its text only mark how the page was printed."""
    mark(root, _WORDS)
    draft = Draft("CN", "zh")
    for name in ("file", "status", "dtd-version"):
        draft.note(f"@{name}", str(root.get(name) or ""))
    draft.data_date = draft.day(str(root.get("date-produced") or ""), "@date-produced")
    for one in root:
        if local(one) == "cn-bibliographic-data":
            _bibliography(draft, one)
        elif local(one) == "application-body":
            _texts(draft, one)
        else:
            draft.keep(one)
    _complete(draft)
    draft.pictures.extend(body.pictures(root))
    return draft.patent()


def _bibliography(draft: Draft, element: Element) -> None:
    for one in element:
        reader = _READERS.get(local(one))
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one)


def _texts(draft: Draft, element: Element) -> None:
    for one in element:
        name = local(one)
        if name == "description":
            draft.description.extend(body.description(one))
        elif name == "claims":
            draft.claims.extend(body.claims(one, printed=True))
        elif name == "abstract":
            body.abstract(draft, one)
        elif name != "drawings":
            draft.keep(one)


def _complete(draft: Draft) -> None:
    """The kind by the stated type, the type digit or the kind code; the day of grant by (kind code, day)."""
    digits = draft.application.number.removeprefix("CN").partition(".")[0] if draft.application else ""
    found = _TYPE_DIGITS.fullmatch(digits[:12])
    digit = (found.group(1) or found.group(2)) if found else ""
    for one in draft.publications:
        if draft.kind is PatentKind.UNKNOWN:
            draft.kind = kind_of(one.country, one.kind, one.date, type_digit=digit, number=one.number)
        if stage_of(one.country, one.kind, one.date, number=one.number) is Stage.GRANT:
            draft.grant_date = draft.grant_date or one.date


def _publication(draft: Draft, element: Element) -> None:
    found = ice.publication(draft, element, "CN")
    if found is not None:
        draft.publications.append(found)
    for one in element.iter("{*}gazette-num"):
        draft.note("gazette-num", line(one))


def _earlier(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}cn-publication-reference"):
        _publication(draft, one)


def _application(draft: Draft, element: Element) -> None:
    draft.application = ice.application(draft, element, "CN")
    said = str(element.get("appl-type") or "")
    draft.kind = next((kind for word, kind in _TYPES if word in said), PatentKind.UNKNOWN)


def _ipc_text(draft: Draft, element: Element) -> None:
    for one in element:
        if local(one) not in ("edition",):
            draft.add(ipc(line(one), main=local(one).startswith("main")))


def _locarno(draft: Draft, element: Element) -> None:
    for one in element:
        draft.add(locarno(line(one), main=local(one).startswith("main")))


def _title(draft: Draft, element: Element) -> None:
    if text := line(element):
        draft.titles.append(Localised(text, body.language(element, "zh")))


def _abstract(draft: Draft, element: Element) -> None:
    body.abstract(draft, element)
    for one in element.iter("{*}bio-deposit"):
        draft.keep(one)


def _priorities(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}priority-claim"):
        if (found := ice.application(draft, one)) is not None:
            draft.priorities.append(found)


def _related(draft: Draft, element: Element) -> None:
    """Domestic priorities stand as relations whose child is the earlier application; a division names its parent."""
    for one in element:
        if local(one) == "cn-domestic-priority-claims":
            for each in one.iter("{*}child-doc", "{*}parent-doc"):
                if (found := ice.application(draft, each, "CN")) is not None:
                    draft.priorities.append(found)
            continue
        parents = [ice.application(draft, each, "CN") for each in one.iter("{*}parent-doc")]
        known: list[ApplicationNumber] = [found for found in parents if found is not None]
        draft.parents.extend(known)
        for found in known:
            draft.note(local(one), found.number)
        if not known:
            draft.keep(one)


def _parties(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}cn-applicant", "{*}cn-inventor", "{*}cn-agent", "{*}cn-designer", "{*}cn-patentee"):
        name = local(one)
        if name == "cn-agent":
            _agent(draft, one)
        else:
            _person(draft, one, _ROLES[name])
    for one in element.iter("{*}customer-number", "{*}correspondence-address"):
        draft.keep(one)


_ROLES = {
    "cn-applicant": Role.APPLICANT,
    "cn-inventor": Role.INVENTOR,
    "cn-designer": Role.INVENTOR,
    "cn-patentee": Role.OWNER,
}


def _person(draft: Draft, element: Element, role: Role) -> None:
    found = ice.person(element, role)
    if found is None:
        return
    postcode, address = split_postcode(found.address)
    code = found.postcode or postcode
    draft.people.append(Person(found.name, role, address, code, found.country, found.code))


def _agent(draft: Draft, element: Element) -> None:
    agency = child(element, "cn-agency")
    name, code = split_agency(line(agency))
    if name:
        draft.people.append(Person(name, Role.AGENCY, code=code))
    _person(draft, element, Role.AGENT)


def _assignees(draft: Draft, element: Element) -> None:
    for one in element:
        _person(draft, one, Role.OWNER)


def _citations(draft: Draft, element: Element) -> None:
    for one in element:
        if local(one) == "citation":
            draft.citations.append(ice.citation(draft, one))
        else:
            draft.keep(one, f"references-cited/{local(one)}")


def _entry(draft: Draft, element: Element) -> None:
    draft.national_entry = draft.day(line(element), local(element))


def _pct(draft: Draft, element: Element) -> None:
    draft.pct_application = ice.application(draft, element, "WO")


def _pct_publication(draft: Draft, element: Element) -> None:
    found = ice.publication(draft, element, "WO")
    if found is not None:
        draft.pct_publication = Publication("WO", found.number, found.kind, found.date)


def _nothing(draft: Draft, element: Element) -> None:
    """Pictures are read for the whole document at once."""


_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "cn-publication-reference": _publication,
    "cn-related-publication": _earlier,
    "application-reference": _application,
    "priority-claims": _priorities,
    "classification-ipc": _ipc_text,
    "classifications-ipcr": ice.classes_ipcr,
    "classification-locarno": _locarno,
    "invention-title": _title,
    "abstract": _abstract,
    "cn-abstract-drawing": _nothing,
    "cn-related-documents": _related,
    "cn-parties": _parties,
    "assignees": _assignees,
    "references-cited": _citations,
    "date-pct-article-22-39-fulfilled": _entry,
    "pct-or-regional-filing-data": _pct,
    "pct-or-regional-publishing-data": _pct_publication,
}


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent)


KIND = Kind("cnipa_old", "国家知识产权局早期专利文献（cn-patent-document XML）", tells_xml(_ROOT), _read)
