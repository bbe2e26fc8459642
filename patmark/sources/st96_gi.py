"""Geographical indications in WIPO ST.96, read as marks of their own kind: the goods are the indicated products."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patmark.errors import BadRecord
from patmark.patent import Event, Role
from patmark.sources.base import Kind, Read, Source
from patmark.sources.ledger import Element, Ledger, day, local, number, outside, whole
from patmark.sources.mark_words import goods_of, is_nice, is_registration_notice
from patmark.sources.several import Found, read_several
from patmark.sources.st96_parts import people, priorities, representatives
from patmark.sources.xml import tells_xml
from patmark.trademark import Goods, MarkKind, Trademark

_RECORD = "GIData"
_NAMES = "GINameBag"
_FEATURES = "FeatureDescriptionBag/FeatureDescription/FeatureDescriptionText"
_PRODUCTS = "ProductIndicationBag/GoodsServices"


def indications(root: Element) -> Iterator[Found]:
    """Every indication of a document; raises BadRecord where it holds none."""
    nodes = [root] if local(root) == _RECORD else list(root.iter("{*}" + _RECORD))
    if not nodes:
        raise BadRecord("这份 ST.96 地理标志文献里没有 GIData 元素，没有可以读的地理标志。")
    around = outside(root, nodes) if len(nodes) > 1 else ()
    for node in nodes:
        ledger = Ledger()
        # The parties stand beside the data: they belong to it where it is the only one.
        parties = root if len(nodes) == 1 else node
        try:
            found = indication(ledger, node, parties)
        except BadRecord as fault:
            yield fault
            continue
        extra = ledger.rest(node)
        ledger.take(node)
        yield replace(found, extra=(*extra, *ledger.rest(parties), *around))
        around = ()


def indication(ledger: Ledger, node: Element, parties: Element) -> Trademark:
    """The statement of one `GIData` without its `extra`; raises BadRecord where nothing identifies it."""
    filed = ledger.text(node, "ApplicationNumber/ApplicationNumberText", "ApplicationNumber/ST13ApplicationNumber")
    registration = ledger.text(node, "RegistrationNumber", "GIRegistrationNumber")
    name = " / ".join(dict.fromkeys(ledger.texts(node, f"{_NAMES}/GINameText")))
    if not (filed or registration or name):
        raise BadRecord("这件地理标志没有申请号、注册号，也没有名称，无法登记。", mend="请向数据提供方核对原文件。")
    told = ledger.text(node, "RegistrationOfficeCode", "ApplicationNumber/IPOfficeCode")
    office = told or ledger.attribute(node, "officeCode")
    agents = ledger.all(parties, "RepresentativeBag/Representative", "NationalRepresentative")
    found = Trademark(
        office=office,
        kind=MarkKind.GEOGRAPHICAL_INDICATION,
        number=filed,
        registration_number=registration,
        mark=name,
        mark_transliteration=" / ".join(ledger.texts(node, f"{_NAMES}/GINameTransliterationText")),
        mark_translation=" / ".join(ledger.texts(node, f"{_NAMES}/GINameTranslationText")),
        mark_description="\n".join(ledger.texts(node, _FEATURES)),
        goods=_products(ledger, node),
        people=(
            *people(ledger, ledger.all(parties, "ApplicantBag/Applicant", "HolderBag/Holder"), Role.APPLICANT),
            *representatives(ledger, agents),
        ),
        priorities=priorities(ledger, node),
        events=_events(ledger, parties, node, office),
        status_text=ledger.text(node, "GICurrentStatusCategory", "GICurrentStatusCode"),
    )
    return _dated(ledger, node, found)


def _dated(ledger: Ledger, node: Element, found: Trademark) -> Trademark:
    registered = ledger.day(node, "RegistrationDate")
    found = replace(
        found,
        filing_date=ledger.day(node, "ApplicationDate"),
        registration_date=registered,
        valid_to=ledger.day(node, "ExpiryDate"),
    )
    for one in ledger.all(node, "GIPublicationBag/GIPublication"):
        published = next((date for date in map(day, map(whole, ledger.all(one, "PublicationDate"))) if date), None)
        if is_registration_notice(published, registered):
            # The day itself has no field and stays unread.
            if not found.registration_publication_issue:
                found = replace(found, registration_publication_issue=ledger.text(one, "PublicationIdentifier"))
        elif found.preliminary_publication_date is None:
            issue, published = ledger.text(one, "PublicationIdentifier"), ledger.day(one, "PublicationDate")
            found = replace(found, preliminary_publication_date=published, preliminary_publication_issue=issue)
    return found


def _products(ledger: Ledger, node: Element) -> tuple[Goods, ...]:
    texts: dict[int, list[str]] = {}
    for group in ledger.all(node, _PRODUCTS):
        for one in ledger.all(group, "GoodsServicesClassificationBag/GoodsServicesClassification"):
            kind = [whole(each).lower() for each in ledger.all(one, "ClassificationKindCode")]
            nice = [number(whole(each)) for each in ledger.all(one, "ClassNumber")]
            if nice and nice[0] is not None and is_nice(nice[0]) and kind in ([], ["nice"]):
                ledger.take(one)
                texts.setdefault(nice[0], [])
        for one in ledger.all(group, "ClassDescriptionBag/ClassDescription"):
            shown = [number(whole(each)) for each in ledger.all(one, "ClassNumber")]
            if shown and shown[0] is not None and is_nice(shown[0]):
                ledger.text(one, "ClassNumber")
                texts.setdefault(shown[0], []).extend(ledger.texts(one, "GoodsServicesDescriptionText"))
    return goods_of(texts)


def _events(ledger: Ledger, around: Element, node: Element, office: str) -> tuple[Event, ...]:
    found = []
    places = [node] if around is node else [around, node]
    for one in [event for place in places for event in ledger.all(place, "GIEventBag/GIEvent")]:
        title = ledger.text(one, "GIEventDescriptionText", "GIEventCategory", "CommentText")
        found.append(Event(ledger.text(one, "GIEventCode"), office, ledger.day(one, "GIEventDate"), title=title))
    return tuple(found)


def _read(source: Source) -> Iterator[Read]:
    return read_several(source, indications)


KINDS = (Kind("st96_gi", "WIPO ST.96 地理标志", tells_xml("GIApplication", "GIRegistration", "GIBag", _RECORD), _read),)
