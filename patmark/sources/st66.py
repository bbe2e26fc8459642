"""Trademarks in WIPO ST.66, as the USPTO and European offices write it, their extensions included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patmark.errors import BadRecord
from patmark.patent import ApplicationNumber, Event, Picture
from patmark.sources.base import Kind, Read, Source
from patmark.sources.ledger import Element, Ledger, day, local, number, outside, whole
from patmark.sources.mark_words import goods_of, is_nice, is_registration_notice, mark_feature, mark_kind
from patmark.sources.several import Found, read_several
from patmark.sources.st66_parties import Parties, applicants, representatives
from patmark.sources.st96_parts import media_type
from patmark.sources.xml import tells_xml
from patmark.trademark import Goods, MarkFeature, Trademark

_RECORD = "TradeMark"
_IMAGE = "MarkImageDetails/MarkImage"
_WORDS = "WordMarkSpecification"
_PRODUCED = ("TransactionHeader/SenderDetails/RequestProducerDateTime", ".//RequestProducedDateTime")
_STATUS = (
    "TradeMarkExt/MarkCurrentStatusExternalDescriptionText",
    "TradeMarkExt/MarkCurrentStatusInternalDescriptionText",
    "MarkCurrentStatusCode",
)
_ROUTINE = frozenset({"", "0", "Prosecution History Entry"})


def trademarks(root: Element) -> Iterator[Found]:
    """Every mark of a document; raises BadRecord where it holds none."""
    marks = [root] if local(root) == _RECORD else list(root.iter("{*}" + _RECORD))
    if not marks:
        raise BadRecord("这份 ST.66 商标文献里没有 TradeMark 元素，没有可以读的商标。")
    # The USPTO puts the applicants beside the mark: they are its own where it is the only one.
    alone = len(marks) == 1
    parties = Parties(root, alone=alone)
    named = [node for mark in marks for node in parties.all_of(Ledger(), mark)]
    around = () if alone else outside(root, (*marks, *named, *Ledger().all(root, *_PRODUCED)))
    for mark in marks:
        ledger = Ledger()
        data_date = ledger.day(root, *_PRODUCED)
        try:
            found = trademark(ledger, mark, parties)
        except BadRecord as fault:
            yield fault
            continue
        extra = ledger.rest(mark)
        ledger.take(mark)
        beside = ledger.rest(root) if alone else (*parties.rest(ledger, mark), *around)
        yield replace(found, data_date=data_date, extra=(*extra, *beside))
        around = ()


def trademark(ledger: Ledger, mark: Element, parties: Parties) -> Trademark:
    """The statement of one `TradeMark` without its `extra`; raises BadRecord where nothing identifies it."""
    application, registration = ledger.text(mark, "ApplicationNumber"), ledger.text(mark, "RegistrationNumber")
    words = " / ".join(dict.fromkeys(ledger.texts(mark, f"{_WORDS}/MarkVerbalElementText")))
    if not (application or registration or words):
        raise BadRecord("这件商标没有申请号、注册号，也没有商标文字，无法登记。", mend="请向数据提供方核对原文件。")
    office = ledger.text(mark, "RegistrationOfficeCode", "ReceivingOfficeCode")
    holders, shared = applicants(ledger, parties.of(ledger, mark, "Applicant"))
    agents = representatives(ledger, parties.of(ledger, mark, "Representative"))
    colours = ledger.texts(mark, f"{_IMAGE}/MarkImageColourClaimedText", f"{_IMAGE}/MarkImageColourPartClaimedText")
    found = Trademark(
        office=office,
        kind=mark_kind(whole(one) for one in ledger.all(mark, "KindMark")),
        feature=_feature(ledger, mark, office),
        number=application,
        registration_number=registration,
        mark=words,
        mark_transliteration=ledger.text(mark, f"{_WORDS}/MarkTransliteration"),
        mark_translation=ledger.text(mark, f"{_WORDS}/MarkTranslation"),
        mark_description="\n".join(ledger.texts(mark, "MarkDescriptionDetails/MarkDescription")),
        goods=_goods(ledger, mark),
        people=(*holders, *agents),
        priorities=_priorities(ledger, mark),
        vienna=tuple(dict.fromkeys(ledger.texts(mark, f"{_IMAGE}/MarkImageCategory/CategoryCodeDetails/CategoryCode"))),
        colours="\n".join(dict.fromkeys(colours)),
        disclaimer="\n".join(ledger.texts(mark, "MarkDisclaimerDetails/MarkDisclaimer")),
        shared=shared,
        events=_events(ledger, mark, office),
        pictures=_pictures(ledger, mark),
        status_text=ledger.text(mark, *_STATUS),
    )
    return _dated(ledger, mark, found)


def _dated(ledger: Ledger, mark: Element, found: Trademark) -> Trademark:
    registered = ledger.day(mark, "RegistrationDate")
    found = replace(
        found,
        filing_date=ledger.day(mark, "ApplicationDate"),
        registration_date=registered,
        valid_to=ledger.day(mark, "ExpiryDate"),
        international_registration_date=ledger.day(mark, ".//InternationalRegistrationDate"),
        designation_date=ledger.day(mark, ".//DesignationDate", ".//SubsequentDesignationDate"),
    )
    for one in ledger.all(mark, "PublicationDetails/Publication"):
        published = next((date for date in map(day, map(whole, ledger.all(one, "PublicationDate"))) if date), None)
        if is_registration_notice(published, registered):
            # The day itself has no field and stays unread.
            if not found.registration_publication_issue:
                found = replace(found, registration_publication_issue=ledger.text(one, "PublicationIdentifier"))
        elif found.preliminary_publication_date is None:
            issue, published = ledger.text(one, "PublicationIdentifier"), ledger.day(one, "PublicationDate")
            found = replace(found, preliminary_publication_date=published, preliminary_publication_issue=issue)
    return found


def _feature(ledger: Ledger, mark: Element, office: str) -> MarkFeature:
    words = ledger.text(mark, "MarkFeature")
    codes = [whole(one) for one in ledger.all(mark, "TradeMarkExt/MarkFeatureCode")]
    return mark_feature(words, codes[0] if codes and office == "US" else "")


def _goods(ledger: Ledger, mark: Element) -> tuple[Goods, ...]:
    """Goods by Nice class; descriptions under another scheme's class stay unread."""
    texts: dict[int, list[str]] = {}
    for one in ledger.all(mark, "GoodsServicesDetails/GoodsServices/ClassDescriptionDetails/ClassDescription"):
        nice = next((number(whole(each)) for each in ledger.all(one, "ClassNumber")), None)
        if nice is not None and is_nice(nice):
            ledger.text(one, "ClassNumber")
            texts.setdefault(nice, []).extend(ledger.texts(one, "GoodsServicesDescription"))
    return goods_of(texts)


def _priorities(ledger: Ledger, mark: Element) -> tuple[ApplicationNumber, ...]:
    found = []
    for one in ledger.all(mark, "PriorityDetails/Priority"):
        country, text = ledger.text(one, "PriorityCountryCode"), ledger.text(one, "PriorityNumber")
        filed = ledger.day(one, "PriorityDate")
        if text or filed:
            found.append(ApplicationNumber(country, text, filed))
    return tuple(dict.fromkeys(found))


def _events(ledger: Ledger, mark: Element, office: str) -> tuple[Event, ...]:
    found = []
    for one in ledger.all(mark, "MarkEventDetails/MarkEvent"):
        title = ledger.text(
            one, "MarkEventExt/MarkEventInternalDescriptionText", "MarkEventExt/MarkEventDescriptionText", "MarkEvent"
        )
        details = ledger.texts(one, "Comment", "MarkEventExt/MarkEventProceedingNumber")
        code, date = ledger.text(one, "MarkEventCode"), ledger.day(one, "MarkEventDate")
        detail = "; ".join(part for part in details if part not in _ROUTINE)
        found.append(Event(code, office, date, title=title, detail=detail))
        # It only counts the entries, whose order is kept.
        ledger.text(one, "MarkEventExt/MarkEventEntryNumber")
    return tuple(found)


def _pictures(ledger: Ledger, mark: Element) -> tuple[Picture, ...]:
    found = []
    for one in ledger.all(mark, _IMAGE):
        if file := ledger.text(one, "MarkImageFilename", "MarkImageURI"):
            form = ledger.text(one, "MarkImageFileFormat")
            found.append(Picture(file, "mark", media_type(form, file)))
    return tuple(dict.fromkeys(found))


def _read(source: Source) -> Iterator[Read]:
    return read_several(source, trademarks, frozenset({_RECORD}))


KINDS = (Kind("st66", "WIPO ST.66 商标", tells_xml("TradeMarkTransactionBody", "TradeMarkDetails", _RECORD), _read),)
