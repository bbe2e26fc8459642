"""What the USPTO's grants and application publications share since 2004 (us-patent-grant, us-patent-application)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from patmark.patent import Citation, Localised, Patent, PatentKind, Publication, Role
from patmark.sources import body, ice
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, line, local, mark
from patmark.sources.printed_symbols import ipc, locarno

KINDS = {
    "utility": PatentKind.INVENTION,
    "reissue": PatentKind.INVENTION,
    "sir": PatentKind.INVENTION,
    "design": PatentKind.DESIGN,
    "plant": PatentKind.PLANT,
}
#: Relations by which this application grew out of another one.
_PARENTS = (
    "continuation", "continuation-in-part", "division", "reissue", "us-divisional-reissue", "substitution", "addition",
    "continuing-reissue", "us-reexamination-reissue-merger", "reexamination", "us-reexamination", "utility-model-basis",
)  # fmt: skip


def patent(root: Element) -> Patent:
    """The statement of one grant or application publication."""
    mark(root)
    draft = Draft("US", body.language(root, "en"))
    draft.data_date = draft.day(str(root.get("date-produced") or ""), "date-produced")
    for name in ("file", "status", "dtd-version"):
        draft.note(f"@{name}", str(root.get(name) or ""))
    files: list[str] = []
    for one in root:
        name = local(one)
        if name in ("us-chemistry", "us-math"):
            files.extend([str(value) for key, value in one.items() if str(key).endswith("-file")])
        elif name.startswith("us-bibliographic-data"):
            _bibliography(draft, one)
        elif name == "abstract":
            body.abstract(draft, one)
        elif name == "description":
            draft.description.extend(body.description(one))
        elif name == "claims":
            draft.claims.extend(body.claims(one, printed=True))
        elif name != "drawings":
            draft.keep(one)
    draft.note("files", "; ".join(files))
    draft.pictures.extend(body.pictures(root))
    if local(root) == "us-patent-grant" and draft.publications:
        draft.grant_date = draft.publications[0].date
    return draft.patent()


def _bibliography(draft: Draft, element: Element) -> None:
    for one in element:
        name = local(one)
        reader = _READERS.get(name)
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one)


def _publication(draft: Draft, element: Element) -> None:
    if found := ice.publication(draft, element, "US"):
        draft.publications.append(found)


def _application(draft: Draft, element: Element) -> None:
    draft.application = ice.application(draft, element, "US")
    said = str(element.get("appl-type") or "").lower()
    draft.kind = KINDS.get(said, PatentKind.UNKNOWN)
    if said not in ("utility", "design", "plant"):
        draft.note("application-reference/@appl-type", said)


def _title(draft: Draft, element: Element) -> None:
    if text := line(element):
        draft.titles.append(Localised(text, body.language(element, draft.lang)))


def _priorities(draft: Draft, element: Element) -> None:
    for one in element.iterchildren("{*}priority-claim"):
        if found := ice.application(draft, one):
            draft.priorities.append(found)


def _ipc_old(draft: Draft, element: Element) -> None:
    edition = line(child(element, "edition"))
    for one in element:
        if local(one) in ("main-classification", "further-classification", "main-clsf", "further-clsf"):
            draft.add(ipc(line(one), main=local(one).startswith("main"), version=edition))
        elif local(one) != "edition":
            draft.keep(one)


def _locarno(draft: Draft, element: Element) -> None:
    edition = line(child(element, "edition"))
    for one in element:
        if local(one) != "edition":
            draft.add(locarno(line(one), main=local(one).startswith("main"), version=edition))


def _citations(draft: Draft, element: Element) -> None:
    for one in element:
        if local(one) in ("citation", "us-citation"):
            draft.citations.append(ice.citation(draft, one))
        else:
            draft.citations.append(Citation(line(one)))


def _related(draft: Draft, element: Element) -> None:
    for one in element:
        name = local(one)
        if name == "us-provisional-application":
            if found := ice.application(draft, one, "US"):
                draft.priorities.append(found)
                draft.note(name, found.number)
        elif name == "related-publication":
            # The earlier publication of this very application.
            _publication(draft, one)
        elif name in _PARENTS:
            _parent(draft, one)
        else:
            draft.keep(one)


def _parent(draft: Draft, element: Element) -> None:
    for relation in element.iter("{*}relation"):
        found = ice.application(draft, child(relation, "parent-doc"), "US")
        if found is None:
            continue
        draft.parents.append(found)
        said = [found.number]
        for path, label in (
            (("parent-doc", "parent-status"), "status"),
            (("parent-doc", "parent-grant-document", "document-id", "doc-number"), "grant"),
            (("parent-doc", "parent-pct-document", "document-id", "doc-number"), "pct"),
            (("child-doc", "document-id", "doc-number"), "child"),
        ):
            if text := line(child(relation, *path)):
                said.append(f"{label} {text}")
        draft.note(local(element), "; ".join(said))


def _parties(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}applicant", "{*}us-applicant", "{*}inventor", "{*}deceased-inventor", "{*}agent"):
        name = local(one)
        if name == "agent":
            _agent(draft, one)
            continue
        role = Role.INVENTOR if "inventor" in name else Role.APPLICANT
        if found := ice.person(one, role):
            draft.people.append(found)
            # Until 2012 the inventors were the applicants, and stand in the file once.
            if role is Role.APPLICANT and one.get("app-type") == "applicant-inventor":
                draft.people.append(replace(found, role=Role.INVENTOR))
    for one in element.iter("{*}correspondence-address"):
        draft.keep(one)


def _agent(draft: Draft, element: Element) -> None:
    book = child(element, "addressbook")
    firm = line(child(book, "orgname"))
    if found := ice.person(element, Role.AGENCY if firm else Role.AGENT):
        draft.people.append(found)


def _assignees(draft: Draft, element: Element) -> None:
    for one in element:
        if found := ice.person(one, Role.OWNER):
            draft.people.append(found)
        for role in one.iter("{*}role"):
            draft.note("assignee/role", line(role))


def _examiners(draft: Draft, element: Element) -> None:
    for one in element:
        if found := ice.person(one, Role.EXAMINER):
            draft.people.append(found)
        draft.note(f"{local(one)}/department", line(child(one, "department")))


def _pct_filing(draft: Draft, element: Element) -> None:
    draft.pct_application = ice.application(draft, element, "WO")
    for one in element:
        if local(one) in ("us-371c124-date", "us-371c12-date"):
            entered = draft.day(line(one), local(one))
            draft.national_entry = draft.national_entry or entered
        elif local(one) != "document-id":
            draft.keep(one)


def _pct_publishing(draft: Draft, element: Element) -> None:
    found = ice.publication(draft, element, "WO")
    if found is not None:
        draft.pct_publication = Publication("WO", found.number, "" if found.kind == "00" else found.kind, found.date)


def _claim_count(draft: Draft, element: Element) -> None:
    draft.claim_count = body.number(line(element), 0) or None


def _searched(draft: Draft, element: Element) -> None:
    """The field of search: many classes in one note."""
    draft.note(local(element), "; ".join(text for one in element if (text := line(one).removeprefix("US").strip())))


def _nothing(draft: Draft, element: Element) -> None:
    """The series code is the beginning of the application number."""


_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "publication-reference": _publication,
    "application-reference": _application,
    "us-application-series-code": _nothing,
    "priority-claims": _priorities,
    "classification-ipc": _ipc_old,
    "classifications-ipcr": ice.classes_ipcr,
    "classifications-cpc": ice.classes_cpc,
    "classification-national": ice.classes_national,
    "classification-locarno": _locarno,
    "invention-title": _title,
    "references-cited": _citations,
    "us-references-cited": _citations,
    "number-of-claims": _claim_count,
    "field-of-search": _searched,
    "us-field-of-classification-search": _searched,
    "us-related-documents": _related,
    "parties": _parties,
    "us-parties": _parties,
    "assignees": _assignees,
    "examiners": _examiners,
    "pct-or-regional-filing-data": _pct_filing,
    "pct-or-regional-publishing-data": _pct_publishing,
}
