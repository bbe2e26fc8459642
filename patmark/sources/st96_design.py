"""Design applications in WIPO ST.96: one statement for an application with all its designs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patmark.errors import BadRecord
from patmark.patent import (
    ApplicationNumber,
    Claim,
    Event,
    Localised,
    Patent,
    PatentKind,
    Person,
    Picture,
    Publication,
    Role,
    Section,
    Symbol,
)
from patmark.sources.base import Kind, Read, Source
from patmark.sources.ledger import Element, Ledger, local, outside, whole
from patmark.sources.several import Found, read_several
from patmark.sources.st96_parts import cited, localised, media_type, people, priorities, representatives
from patmark.sources.xml import tells_xml

_DESCRIPTION = ("DesignDescriptionText", "DesignDescriptionBag/*")
_NUMBER = ("ApplicationNumber/ApplicationNumberText", "ApplicationNumber/ST13ApplicationNumber")


def designs(root: Element) -> Iterator[Found]:
    """Every application of a document: the root itself, or each design that bears a number of its own."""
    alone = [root] if local(root) == "Design" else list(root.iter("{*}Design"))
    applications = [one for one in root.iter("{*}DesignApplication") if local(one) == "DesignApplication"] or [root]
    if not alone and len(applications) == 1:
        raise BadRecord("这份 ST.96 外观设计文献里没有 Design 元素，没有可以读的外观设计。")
    ledger = Ledger()
    if len(applications) == 1 and not ledger.text(applications[0], *_NUMBER) and len(alone) > 1:
        applications = alone
    around = outside(root, applications)
    for node in applications:
        ledger = Ledger()
        try:
            found = design(ledger, node)
        except BadRecord as fault:
            yield fault
            continue
        yield replace(found, extra=(*ledger.rest(node), *around))
        around = ()


def design(ledger: Ledger, node: Element) -> Patent:
    """The statement of one application without its `extra`; raises BadRecord where nothing identifies it."""
    nodes = [node, *(one for one in node.iter("{*}Design") if one is not node)]
    office = _first(ledger, nodes, "RegistrationOfficeCode", "ApplicationNumber/IPOfficeCode", "ReceivingOfficeCode")
    for one in ledger.all(node, "RegistrationOfficeCode", "ReceivingOfficeCode", "ApplicationNumber/IPOfficeCode"):
        if whole(one) == office:
            ledger.take(one)
    filed = _first(ledger, nodes, *_NUMBER)
    day = next((found for one in nodes if (found := ledger.day(one, "ApplicationDate"))), None)
    titles = tuple(dict.fromkeys(title for one in nodes for title in _localised(ledger, one, "DesignTitleText")))
    publications = tuple(dict.fromkeys(found for one in nodes for found in _publications(ledger, one, office)))
    if not (filed or publications or titles):
        raise BadRecord("这件外观设计没有申请号、公告号，也没有产品名称，无法登记。", mend="请向数据提供方核对原文件。")
    claims = _claims(ledger, nodes)
    return Patent(
        office=office,
        kind=PatentKind.DESIGN,
        application=ApplicationNumber(office, filed, day) if filed or day else None,
        publications=publications,
        titles=titles,
        claims=claims,
        description=tuple(Section(text) for one in nodes for text in ledger.texts(one, *_DESCRIPTION)),
        people=_people(ledger, nodes),
        symbols=_one_main([symbol for one in nodes for symbol in _symbols(ledger, one, office)]),
        priorities=tuple(dict.fromkeys(found for one in nodes for found in priorities(ledger, one))),
        citations=tuple(
            cited(ledger, one, "")
            for each in nodes
            for one in ledger.all(each, "PatentIdentificationBag/CitedPatentDocumentIdentification")
        ),
        events=_events(ledger, nodes, office),
        pictures=tuple(picture for one in nodes for picture in _pictures(ledger, one)),
        status_text=_first(ledger, nodes, "DesignCurrentStatusCategory", "DesignCurrentStatusCode"),
        grant_date=next((found for one in nodes if (found := ledger.day(one, "RegistrationDate"))), None),
        claim_count=len(claims) or None,
    )


def _first(ledger: Ledger, nodes: list[Element], *paths: str) -> str:
    return next((text for one in nodes if (text := ledger.text(one, *paths))), "")


def _localised(ledger: Ledger, node: Element, path: str) -> list[Localised]:
    return [localised(ledger, one) for one in ledger.all(node, path) if whole(one)]


def _publications(ledger: Ledger, node: Element, office: str) -> list[Publication]:
    """The publications; a design known by its registration number alone is published under that."""
    found = []
    for one in ledger.all(node, "PublicationBag/Publication"):
        text = ledger.text(one, "PublicationIdentifier")
        kind = ledger.text(one, "PatentDocumentKindCode")
        found.append(Publication(office, text, kind, ledger.day(one, "PublicationDate")))
    if not found and (text := ledger.text(node, "RegistrationNumber")):
        found.append(Publication(office, text))
    # The identifier of the design repeats the number of its publication.
    for one in ledger.all(node, "DesignIdentifier"):
        if whole(one) in {each.number for each in found}:
            ledger.take(one)
    return [one for one in found if one.number]


def _claims(ledger: Ledger, nodes: list[Element]) -> tuple[Claim, ...]:
    texts = [text for one in nodes for text in ledger.texts(one, "DesignClaim/DesignClaimTextBag/DesignClaimText")]
    return tuple(Claim(at, text) for at, text in enumerate(dict.fromkeys(texts), 1))


def _people(ledger: Ledger, nodes: list[Element]) -> tuple[Person, ...]:
    def among(*paths: str) -> list[Element]:
        return [found for one in nodes for found in ledger.all(one, *paths)]

    staff = [
        Person(name, Role.EXAMINER)
        for one in among("StaffBag/Staff")
        if "xaminer" in whole(one) and (name := ledger.text(one, "StaffName"))
    ]
    found = (
        *people(ledger, among("ApplicantBag/Applicant"), Role.APPLICANT),
        *people(ledger, among("HolderBag/Holder", "OwnerBag/Owner"), Role.OWNER),
        *people(ledger, among("DesignerBag/Designer"), Role.INVENTOR),
        *representatives(ledger, among("RepresentativeBag/Representative")),
        *staff,
    )
    return tuple(dict.fromkeys(found))


def _one_main(symbols: list[Symbol]) -> tuple[Symbol, ...]:
    """The symbols without doubles; of several designs the first one's class is the main one."""
    main = next((one for one in symbols if one.main), None)
    return tuple(dict.fromkeys(one if one == main else replace(one, main=False) for one in symbols))


def _symbols(ledger: Ledger, node: Element, office: str) -> list[Symbol]:
    """Locarno symbols; national ones only where the USPTO's, others have no field and stay unread."""
    found: list[Symbol] = []
    for bag in ledger.all(node, "DesignClassificationBag/LocarnoClassificationBag"):
        edition = ledger.text(bag, "LocarnoClassificationEdition")
        texts = ledger.texts(bag, "LocarnoClassificationText", "LocarnoClassification/LocarnoClassificationText")
        for one in ledger.all(bag, "LocarnoClassification"):
            parts = [ledger.text(one, *names) for names in (("LocarnoClass", "ClassNumber"), ("LocarnoSubclass",))]
            texts.extend(["-".join(parts)] if all(parts) else [])
        found.extend(Symbol("locarno", text, at == 0, edition) for at, text in enumerate(texts))
    for bag in ledger.all(node, "DesignClassificationBag/NationalDesignClassificationBag"):
        if office == "US":
            ledger.text(bag, "IPOfficeCode")
            found.extend(Symbol("uspc", text) for text in ledger.texts(bag, "NationalDesignClassification"))
    return found


def _events(ledger: Ledger, nodes: list[Element], office: str) -> tuple[Event, ...]:
    found = []
    for one in [each for node in nodes for each in ledger.all(node, "DesignApplicationEventBag/*", "DesignEventBag/*")]:
        category = ledger.text(one, "DesignApplicationEventCategory", "DesignEventCategory")
        comment = ledger.text(one, "CommentText", "DesignEventDescriptionText")
        day = ledger.day(one, "DesignApplicationEventDate", "DesignEventDate")
        code = ledger.text(one, "DesignApplicationEventCode", "DesignEventCode")
        detail = category if comment and category != "Undefined" else ""
        found.append(Event(code, office, day, title=comment or category, detail=detail))
    return tuple(found)


def _pictures(ledger: Ledger, node: Element) -> list[Picture]:
    found = []
    for one in ledger.all(node, "DesignRepresentationBag/DesignRepresentation/ViewBag/View"):
        if file := ledger.text(one, "FileName", "ViewURI"):
            form = ledger.text(one, "ViewFileFormatCategory", "ImageFormatCategory")
            found.append(Picture(file, "drawing", media_type(form, file)))
    return found


def _read(source: Source) -> Iterator[Read]:
    return read_several(source, designs, frozenset({"DesignApplication"}))


KINDS = (Kind("st96_design", "WIPO ST.96 外观设计", tells_xml("DesignApplication", "DesignBag", "Design"), _read),)
