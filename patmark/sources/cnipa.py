"""Publications of CNIPA (business:PatentDocumentAndRelated): inventions, utility models and designs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from patmark.kinds import kind_of, stage_of
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
    Stage,
)
from patmark.sources import body
from patmark.sources.base import Kind, Read, Source
from patmark.sources.cnipa_people import agents, people
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, children, line, local, mark, vocabulary
from patmark.sources.printed_symbols import ipc, joined, locarno
from patmark.sources.xml import read_each, tells_xml

_ROOT = "PatentDocumentAndRelated"
#: applType: the type digit of the application number (ZC 0006-2003) and a zero.
_TYPES = {"1": PatentKind.INVENTION, "2": PatentKind.UTILITY_MODEL, "3": PatentKind.DESIGN}
_IPC_PARTS = ("Section", "MainClass", "Subclass", "MainGroup", "Subgroup")
_WORDS = vocabulary(
    lines="UnorderedLists OrderedLists ListItem DefinitionTerm ClaimText TableDetails Title row Row",
    breaks="Break",
    cells="entry Entry DefinitionDescription",
    raised="Sup",
)
_ATTRIBUTES = ("file", "status", "xsdVersion")


def patent(root: Element) -> Patent:
    """The statement of one publication."""
    mark(root, _WORDS)
    draft = Draft("CN", body.language(root, "zh"))
    draft.data_date = draft.day(str(root.get("dateProduced") or ""), "@dateProduced")
    for name in _ATTRIBUTES:
        draft.note(f"@{name}", str(root.get(name) or ""))
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
    """Puts in what the root alone says (older B documents lack their date inside), the kind, and the day of grant."""
    published = draft.day(str(root.get("datePublication") or ""), "@datePublication")
    number, kind = str(root.get("docNumber") or ""), str(root.get("kind") or "")
    if not draft.publications and number:
        draft.publications.append(Publication(str(root.get("country") or "CN"), number, kind, published))
    draft.publications[:] = [
        Publication(one.country, one.number, one.kind or kind, one.date or published) if one.number == number else one
        for one in draft.publications
    ]
    for one in draft.publications:
        if draft.kind is PatentKind.UNKNOWN:
            draft.kind = kind_of(one.country, one.kind, one.date, number=one.number)
        if stage_of(one.country, one.kind, one.date, number=one.number) is Stage.GRANT:
            draft.grant_date = draft.grant_date or one.date


def _bibliography(draft: Draft, element: Element) -> None:
    for one in element:
        reader = _READERS.get(local(one))
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one)


def _ids(element: Element) -> dict[str, str]:
    found = child(element, "DocumentID")
    return children(element if found is None else found)


def _publication(draft: Draft, element: Element) -> None:
    found = _published(draft, element)
    if found is None or element.get("dataFormat") == "standard":
        # The standard form repeats the original one in other clothes.
        if found is not None and found not in draft.publications:
            draft.note("PublicationReference[standard]", found.number)
        return
    draft.publications.append(found)


def _published(draft: Draft, element: Element) -> Publication | None:
    texts = _ids(element)
    if not texts.get("DocNumber"):
        return None
    day = draft.day(texts.get("Date", ""), "publication-date")
    return Publication(texts.get("WIPOST3Code", "CN"), texts["DocNumber"], texts.get("Kind", ""), day)


def _applied(draft: Draft, element: Element, country: str = "CN") -> ApplicationNumber | None:
    texts = _ids(element)
    number = texts.get("DocNumber", "")
    if not number.strip("0"):
        return None
    stated = "WO" if number.upper().startswith("PCT/") else texts.get("WIPOST3Code", country)
    return ApplicationNumber(stated, number, draft.day(texts.get("Date", ""), "application-date"))


def _application(draft: Draft, element: Element) -> None:
    found = _applied(draft, element)
    if found is None:
        return
    if element.get("dataFormat") == "standard" and draft.application is not None:
        draft.note("ApplicationReference[standard]", found.number)
        return
    draft.application = found
    draft.kind = _TYPES.get(str(element.get("applType") or "")[:1], draft.kind)


def _gazette(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}GazetteNumber"):
        draft.note("GazetteNumber", line(one))
    for each in element:
        if local(each) != "GazetteReference":
            draft.keep(each, f"PublicAvailabilityDate/{local(each)}")


def _priorities(draft: Draft, element: Element) -> None:
    stated = list(element.iter("{*}Priority"))
    original = [one for one in stated if one.get("dataFormat") != "standard"]
    for one in original or stated:
        if (found := _applied(draft, one, "")) is not None:
            draft.priorities.append(found)
    for one in stated:
        if original and one.get("dataFormat") == "standard":
            draft.note("Priority[standard]", children(one).get("DocNumber", ""))


def _ipcr(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}ClassificationIPCR"):
        texts = children(one)
        main = texts.get("SymbolPosition") == "F" or one.get("sequence") in ("1", "01", "0001")
        section, klass, subclass, group, subgroup = (texts.get(name, "") for name in _IPC_PARTS)
        printed = ipc(texts.get("Text", ""), main=main)
        version = printed.version if printed and printed.version else texts.get("IPCVersionDate", "")
        packed = joined("ipc", (section, klass, subclass, group, subgroup), main=main, version=version)
        draft.add(packed or printed)


def _ipc_old(draft: Draft, element: Element) -> None:
    edition = line(child(element, "EditionStatement"))
    for one in element:
        name = local(one)
        if name in ("MainClassification", "FurtherClassification", "Text"):
            draft.add(ipc(line(one), main=name == "MainClassification", version=edition))
        elif name != "EditionStatement":
            draft.keep(one, f"ClassificationIPC/{name}")


def _locarno(draft: Draft, element: Element) -> None:
    edition = line(child(element, "EditionStatement"))
    for one in element:
        if local(one) != "EditionStatement":
            draft.add(locarno(line(one), main=local(one) == "MainClassification", version=edition))


def _title(draft: Draft, element: Element) -> None:
    if text := line(element):
        draft.titles.append(Localised(text, body.language(element, draft.lang)))


def _citations(draft: Draft, element: Element) -> None:
    for one in element:
        if local(one) != "Citation":
            draft.keep(one, f"ReferencesCited/{local(one)}")
            continue
        reference = child(one, "ApplicationCitation", "PublicationReference")
        reference = child(one, "PatentCitation", "PublicationReference") if reference is None else reference
        cited = _published(draft, reference) if reference is not None else None
        rest = [each for each in one if local(each) != "ReferenceDocCategory"]
        words = "" if cited else " ".join(line(each) for each in rest)
        passages = " ".join(line(each) for each in one.iter("{*}RelevantPassage"))
        draft.citations.append(Citation(words or passages, cited, line(child(one, "ReferenceDocCategory")), ""))


def _related(draft: Draft, element: Element) -> None:
    for one in element:
        for parent in one.iter("{*}ParentDocument"):
            if (found := _applied(draft, parent)) is not None:
                draft.parents.append(found)
                draft.note(local(one), found.number)
        for each in one.iter("{*}ChildDocument"):
            # The child of a division is this very document; its date stands as 00000000.
            if (found := _applied(draft, each)) is not None:
                draft.note(f"{local(one)}/ChildDocument", found.number)
        if next(one.iter("{*}DocumentsRelation"), None) is None:
            draft.keep(one, f"RelatedDocuments/{local(one)}")


def _pct(draft: Draft, element: Element) -> None:
    draft.pct_application = _applied(draft, element, "WO")


def _pct_publication(draft: Draft, element: Element) -> None:
    found = _published(draft, element)
    if found is not None:
        draft.pct_publication = Publication("WO", found.number, found.kind, found.date)


def _entry(draft: Draft, element: Element) -> None:
    draft.national_entry = draft.day(line(child(element, "Date")) or line(element), "NationalStageEntryDate")


def _abstract(draft: Draft, element: Element) -> None:
    body.abstract(draft, element)


def _description(draft: Draft, element: Element) -> None:
    draft.description.extend(body.description(element))
    draft.description_lang = body.language(element, draft.lang)


def _claims(draft: Draft, element: Element) -> None:
    draft.claims.extend(body.claims(element, printed=True))
    draft.claims_lang = body.language(element, draft.lang)


def _brief(draft: Draft, element: Element) -> None:
    """The brief explanation of a design (专利法 art. 27)."""
    if text := body.paragraphs(element):
        draft.description.append(Section(text, "", line(child(element, "Heading")) or "简要说明"))


def _drawings(draft: Draft, element: Element) -> None:
    for one in element.iter("{*}Figure"):
        labels = str(one.get("figureLabels") or "")
        image = child(one, "Image")
        if labels and image is not None:
            draft.note(f"figureLabels[{image.get('file') or ''}]", labels)


def _party(role: Role) -> Callable[[Draft, Element], None]:
    def read(draft: Draft, element: Element) -> None:
        draft.people.extend(people(draft, element, role))

    return read


def _parties(draft: Draft, element: Element) -> None:
    for one in element:
        reader = _READERS.get(local(one))
        if reader is not None:
            reader(draft, one)
        else:
            draft.keep(one, f"Parties/{local(one)}")


def _agents(draft: Draft, element: Element) -> None:
    found: list[Person] = agents(draft, element)
    draft.people.extend(found)


_PARTS: dict[str, Callable[[Draft, Element], None]] = {
    "BibliographicData": _bibliography,
    "DesignBibliographicData": _bibliography,
    "Abstract": _abstract,
    "Description": _description,
    "Claims": _claims,
    "Drawings": _drawings,
    "DesignPicture": _drawings,
    "DesignBriefExplanation": _brief,
}
_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "PublicationReference": _publication,
    "ApplicationReference": _application,
    "PublicAvailabilityDate": _gazette,
    "PriorityDetails": _priorities,
    "ClassificationIPCRDetails": _ipcr,
    "ClassificationIPC": _ipc_old,
    "ClassificationLocarno": _locarno,
    "InventionTitle": _title,
    "DesignTitle": _title,
    "ReferencesCited": _citations,
    "RelatedDocuments": _related,
    "Division": _related,
    "Parties": _parties,
    "ApplicantDetails": _party(Role.APPLICANT),
    "InventorDetails": _party(Role.INVENTOR),
    "DesignerDetails": _party(Role.INVENTOR),
    "AssigneeDetails": _party(Role.OWNER),
    "PatenteeDetails": _party(Role.OWNER),
    "ExaminerDetails": _party(Role.EXAMINER),
    "AgentDetails": _agents,
    "PCTOrRegionalApplicationData": _pct,
    "PCTOrRegionalPublishingData": _pct_publication,
    "NationalStageEntryDate": _entry,
}


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent)


KIND = Kind("cnipa", "国家知识产权局专利文献（PatentDocumentAndRelated XML）", tells_xml(_ROOT), _read)
