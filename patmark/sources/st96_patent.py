"""Patent publications in WIPO ST.96: bibliographic data, citations, claims, description and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patmark.errors import BadRecord
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Localised,
    Patent,
    PatentKind,
    Person,
    Picture,
    Publication,
    Role,
)
from patmark.sources.base import Kind, Read, Source
from patmark.sources.ledger import Element, Ledger, attribute, day, local, number, outside, whole
from patmark.sources.several import Found, read_several
from patmark.sources.st96_parts import cited, localised, media_type, people, person, priorities, representatives
from patmark.sources.st96_texts import claims, description, paragraphs, symbols
from patmark.sources.xml import tells_xml

_ROOTS = ("PatentPublication", "PatentGrant", "PatentApplicationPublication")
_KINDS = (
    ("utility model", PatentKind.UTILITY_MODEL),
    ("design", PatentKind.DESIGN),
    ("plant", PatentKind.PLANT),
    ("utility", PatentKind.INVENTION),
    ("invention", PatentKind.INVENTION),
    ("reissue", PatentKind.INVENTION),
)
_PARENTS = ("PatentDocumentIdentification", "PCTDocumentParent")
_PARTY = "PartyBag"
_NUMBERED = "ApplicationNumber/ApplicationNumberText"


def patents(root: Element) -> Iterator[Found]:
    """Every publication of a document; raises BadRecord where it holds none."""
    nodes = [root] if local(root) in _ROOTS else [one for name in _ROOTS for one in root.iter("{*}" + name)]
    if not nodes:
        raise BadRecord("这份 ST.96 文献里没有专利公布文本（PatentPublication），没有可以读的专利。")
    around = outside(root, nodes)
    for node in nodes:
        ledger = Ledger()
        try:
            found = patent(ledger, node)
        except BadRecord as fault:
            yield fault
            continue
        yield replace(found, extra=(*ledger.rest(node), *around))
        around = ()


def patent(ledger: Ledger, node: Element) -> Patent:
    """The statement of one publication without its `extra`; raises BadRecord where nothing identifies it."""
    data = ledger.first(node, "BibliographicData")
    data = node if data is None else data
    lang = attribute(node, "languageCode").lower()
    publications = _publications(ledger, data)
    filed = _application(ledger, ledger.first(data, "ApplicationIdentification"))
    titles = [localised(ledger, one, lang) for one in _titles(ledger, data)]
    if not (publications or filed or titles):
        raise BadRecord("这份专利文献没有申请号、公开号，也没有名称，无法登记。", mend="请向数据提供方核对原文件。")
    office = publications[0].country if publications else filed.country if filed else ""
    parents, related = _related(ledger, data, office)
    found = Patent(
        office=office,
        kind=_kind(ledger, data, publications),
        application=filed,
        publications=tuple(dict.fromkeys((*publications, *related))),
        titles=tuple(titles),
        people=_people(ledger, data),
        symbols=symbols(ledger, data),
        priorities=priorities(ledger, data),
        parents=parents,
        citations=_citations(ledger, data),
        data_date=day(ledger.attribute(node, "creationDate")),
    )
    return _with_texts(ledger, node, found, number(ledger.text(data, "ClaimTotalQuantity")))


def _with_texts(ledger: Ledger, node: Element, found: Patent, claim_count: int | None) -> Patent:
    """The record with its abstract, claims, description and drawings, all in the language of the document."""
    lang = attribute(node, "languageCode").lower()
    for one in ledger.all(node, "IPOfficeCode"):
        if whole(one) == found.office:
            ledger.take(one)
    text = replace(
        found,
        claims=claims(ledger, node),
        claims_lang=lang,
        description=description(ledger, node),
        description_lang=lang,
        abstracts=tuple(
            Localised(paragraphs(ledger, one), attribute(one, "languageCode").lower() or lang)
            for one in ledger.all(node, "Abstract")
            if whole(one)
        ),
        pictures=_pictures(ledger, node),
    )
    return replace(text, claim_count=claim_count or len(text.claims) or None)


def _titles(ledger: Ledger, data: Element) -> list[Element]:
    return [one for one in ledger.all(data, "InventionTitleBag/InventionTitle", "InventionTitle") if whole(one)]


def _publications(ledger: Ledger, node: Element) -> list[Publication]:
    found = []
    for one in ledger.all(node, "PatentPublicationIdentification", "PatentGrantIdentification"):
        text = ledger.text(one, "PublicationNumber", "PatentNumber", "PatentGrantNumber")
        country, kind = ledger.text(one, "IPOfficeCode"), ledger.text(one, "PatentDocumentKindCode")
        date = ledger.day(one, "PublicationDate", "GrantDate")
        if text:
            found.append(Publication(country, text, kind, date))
    return found


def _application(ledger: Ledger, node: Element | None) -> ApplicationNumber | None:
    if node is None:
        return None
    text = ledger.text(node, _NUMBERED, "ApplicationNumber/ST13ApplicationNumber")
    country = ledger.text(node, "IPOfficeCode", "ApplicationNumber/IPOfficeCode")
    date = ledger.day(node, "FilingDate")
    return ApplicationNumber(country, text, date) if text or date else None


def _kind(ledger: Ledger, data: Element, publications: list[Publication]) -> PatentKind:
    said = ledger.text(data, "ApplicationIdentification/InventionSubjectMatterCategory").lower()
    if told := next((kind for word, kind in _KINDS if word in said), None):
        return told
    letters = {one.kind[:1] for one in publications}
    if "U" in letters or "Y" in letters:
        return PatentKind.UTILITY_MODEL
    return PatentKind.DESIGN if "S" in letters else PatentKind.UNKNOWN


def _related(
    ledger: Ledger, data: Element, office: str
) -> tuple[tuple[ApplicationNumber, ...], tuple[Publication, ...]]:
    """The parents (their international applications too), and earlier publications of this same application."""
    parents: list[ApplicationNumber] = []
    publications: list[Publication] = []
    for bag in ledger.all(data, "RelatedDocumentBag/*"):
        if local(bag) == "RelatedPublication":
            for one in ledger.all(bag, "PatentDocumentIdentification"):
                publications.extend(found for found in _publications(ledger, one) if found.country == office)
        for one in ledger.all(bag, "ParentDocument"):
            nodes = ledger.all(one, *(f"{name}/ApplicationIdentification" for name in _PARENTS))
            parents.extend(found for node in nodes if (found := _application(ledger, node)))
    return tuple(dict.fromkeys(parents)), tuple(publications)


def _people(ledger: Ledger, data: Element) -> tuple[Person, ...]:
    agents = ledger.all(
        data, f"{_PARTY}/RegisteredPractitionerBag/RegisteredPractitioner", f"{_PARTY}/RepresentativeBag/Representative"
    )
    examiners = ledger.all(data, f"{_PARTY}/ExaminerBag/PrimaryExaminer", f"{_PARTY}/ExaminerBag/AssistantExaminer")
    found = (
        *people(ledger, ledger.all(data, f"{_PARTY}/ApplicantBag/Applicant"), Role.APPLICANT),
        *people(ledger, ledger.all(data, f"{_PARTY}/AssigneeBag/Assignee", f"{_PARTY}/OwnerBag/Owner"), Role.OWNER),
        *people(ledger, ledger.all(data, f"{_PARTY}/InventorBag/Inventor"), Role.INVENTOR),
        *representatives(ledger, agents),
        *(one for node in examiners if (one := person(ledger, node, Role.EXAMINER))),
    )
    return tuple(found)


def _citations(ledger: Ledger, data: Element) -> tuple[Citation, ...]:
    found: list[Citation] = []
    for one in ledger.all(data, "ReferenceCitationBag/ReferenceCitation"):
        by = ledger.attribute(one, "citingPartyCategory").lower()
        documents = ledger.all(one, "PatentCitation/CitedPatentDocumentIdentification")
        found.extend(cited(ledger, each, by) for each in documents)
        found.extend(Citation(text, None, "", by) for text in ledger.texts(one, "NPLCitation/NPLCitationText"))
    return tuple(found)


def _pictures(ledger: Ledger, node: Element) -> tuple[Picture, ...]:
    found = []
    for one in ledger.all(node, "Drawings/PageImage", "Drawings/Figure/Image", "Drawings/Figure/FigureImage"):
        if file := ledger.text(one, "FileName"):
            found.append(Picture(file, "drawing", media_type(ledger.text(one, "ImageFormatCategory"), file)))
            ledger.text(one, "Alt")
    for one in ledger.all(node, "ExternalDocumentBag/ExternalDocument"):
        content = " ".join(whole(each) for each in ledger.all(one, "DocumentContentCategory")).lower()
        if "formula" in content and (file := ledger.text(one, "FileName")):
            found.append(Picture(file, "formula", media_type(ledger.text(one, "DocumentFormatCategory"), file)))
            ledger.take(one)
    return tuple(found)


def _read(source: Source) -> Iterator[Read]:
    return read_several(source, patents, frozenset(_ROOTS))


KINDS = (Kind("st96_patent", "WIPO ST.96 专利", tells_xml(*_ROOTS), _read),)
