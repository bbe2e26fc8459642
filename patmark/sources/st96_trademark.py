"""Trademarks in WIPO ST.96: V6 applications, the USPTO's transactions, and the drafts with other name spaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patmark.errors import BadRecord
from patmark.patent import Event, Person, Picture, Role
from patmark.sources.base import Kind, Read, Source
from patmark.sources.ledger import Element, Ledger, day, local, number, outside, whole
from patmark.sources.mark_words import goods_of, is_nice, is_registration_notice, mark_feature, mark_kind
from patmark.sources.several import Found, read_several
from patmark.sources.st96_parts import holders, media_type, person, priorities, representatives, stage
from patmark.sources.xml import tells_xml
from patmark.trademark import Goods, MarkFeature, Trademark

_RECORD = "Trademark"
_NUMBER = ("ApplicationNumber/ApplicationNumberText", "ApplicationNumber/ST13ApplicationNumber")
_IMAGE = "MarkRepresentation/MarkReproduction/MarkImageBag/MarkImage"
_WORDS = "MarkRepresentation/MarkReproduction/WordMarkSpecification"
_CLASSES = "GoodsServicesBag/GoodsServices/GoodsServicesClassificationBag/GoodsServicesClassification"
_DESCRIPTION = "MarkRepresentation/MarkDescriptionBag"
_VIENNA = "MarkImageClassification/FigurativeElementClassificationBag/ViennaClassificationBag/ViennaClassification"
_STATUS = (
    "NationalTrademarkInformation/MarkCurrentStatusExternalDescriptionText",
    "NationalTrademarkInformation/MarkCurrentStatusInternalDescriptionText",
    "MarkCurrentStatusCode",
)
_AGENTS = ("RepresentativeBag/Representative", "NationalRepresentative", "RecordAttorney", "NationalCorrespondent")
_NO_IMAGE = "No image available"
_ROUTINE = frozenset({"", "0", "National prosecution history entry"})


def trademarks(root: Element) -> Iterator[Found]:
    """Every mark of a document; raises BadRecord where it holds none."""
    marks = [root] if local(root) == _RECORD else list(root.iter("{*}" + _RECORD))
    if not marks:
        raise BadRecord("这份 ST.96 商标文献里没有 Trademark 元素，没有可以读的商标。")
    around = outside(root, marks)
    for mark in marks:
        ledger = Ledger()
        try:
            found = trademark(ledger, mark)
        except BadRecord as fault:
            yield fault
            continue
        yield replace(found, extra=(*ledger.rest(mark), *around))
        # What the document says of all its marks is kept once, with the first.
        around = ()


def trademark(ledger: Ledger, mark: Element) -> Trademark:
    """The statement of one `Trademark` element without its `extra`; raises BadRecord where nothing identifies it."""
    application, registration = ledger.text(mark, *_NUMBER), ledger.text(mark, "RegistrationNumber")
    words = " / ".join(dict.fromkeys(ledger.texts(mark, f"{_WORDS}/MarkVerbalElementText")))
    if not (application or registration or words):
        raise BadRecord("这件商标没有申请号、注册号，也没有商标文字，无法登记。", mend="请向数据提供方核对原文件。")
    office = ledger.text(mark, "RegistrationOfficeCode", "ApplicationNumber/IPOfficeCode", "ReceivingOfficeCode")
    parties, shared = _holders(ledger, mark)
    found = Trademark(
        office=office,
        kind=mark_kind(whole(one) for one in ledger.all(mark, "MarkCategory")),
        feature=_feature(ledger, mark, office),
        number=application,
        registration_number=registration,
        mark=words,
        goods=_goods(ledger, mark),
        people=(*parties, *representatives(ledger, ledger.all(mark, *_AGENTS))),
        priorities=priorities(ledger, mark),
        vienna=_vienna(ledger, mark),
        shared=shared,
        events=_events(ledger, mark, office),
        pictures=_pictures(ledger, mark),
        status_text=ledger.text(mark, *_STATUS),
    )
    return _dated(ledger, mark, _worded(ledger, mark, found))


def _worded(ledger: Ledger, mark: Element, found: Trademark) -> Trademark:
    for one in ledger.all(mark, "ApplicationNumber/IPOfficeCode", f"{_WORDS}/MarkSignificantVerbalElementText"):
        if whole(one) in (found.office, found.mark):
            ledger.take(one)
    colours = ledger.texts(mark, f"{_IMAGE}/MarkImageColourClaimedText", f"{_IMAGE}/MarkImageColourPartClaimedText")
    return replace(
        found,
        mark_transliteration=ledger.text(mark, f"{_WORDS}/MarkTransliteration", f"{_WORDS}/MarkTransliterationText"),
        mark_translation=ledger.text(mark, f"{_WORDS}/MarkTranslationText", f"{_WORDS}/MarkTranslation"),
        mark_description="\n".join(ledger.texts(mark, f"{_DESCRIPTION}/MarkDescriptionText")),
        nice_edition=ledger.text(mark, f"{_CLASSES}/ClassificationVersion"),
        colours="\n".join(dict.fromkeys(colours)),
        disclaimer="\n".join(ledger.texts(mark, "MarkDisclaimerBag/MarkDisclaimerText")),
    )


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
    for one in ledger.all(mark, "PublicationBag/Publication"):
        dates = ledger.all(one, "PublicationDate", "NationalPublication/PublicationActionDate")
        published = next((date for date in map(day, map(whole, dates)) if date), None)
        if is_registration_notice(published, registered):
            # The day itself has no field and stays unread.
            if not found.registration_publication_issue:
                found = replace(found, registration_publication_issue=ledger.text(one, "PublicationIdentifier"))
        elif found.preliminary_publication_date is None:
            issue = ledger.text(one, "PublicationIdentifier")
            published = ledger.day(one, "PublicationDate", "NationalPublication/PublicationActionDate")
            found = replace(found, preliminary_publication_date=published, preliminary_publication_issue=issue)
    return found


def _holders(ledger: Ledger, mark: Element) -> tuple[tuple[Person, ...], bool]:
    stages = [(stage(ledger, node), node) for node in ledger.all(mark, "ApplicantBag/Applicant", "HolderBag/Holder")]
    # The parties between the first and the last stage stay unread and so are kept in `extra`.
    ends = {min(at for at, _ in stages), max(at for at, _ in stages)} if stages else set()
    return holders([(at, one) for at, node in stages if at in ends and (one := person(ledger, node, Role.APPLICANT))])


def _feature(ledger: Ledger, mark: Element, office: str) -> MarkFeature:
    words = [whole(one) for one in ledger.all(mark, "MarkRepresentation/MarkFeatureCategory", "MarkFeatureDescription")]
    codes = [whole(one) for one in ledger.all(mark, f"{_DESCRIPTION}/NationalMarkDescription/MarkFeatureCode")]
    return mark_feature(" ".join(words), codes[0] if codes and office == "US" else "")


def _goods(ledger: Ledger, mark: Element) -> tuple[Goods, ...]:
    """Goods by Nice class; descriptions under another scheme's class stay unread."""
    texts: dict[int, list[str]] = {}
    for group in ledger.all(mark, "GoodsServicesBag/GoodsServices"):
        classes = []
        for one in ledger.all(group, "GoodsServicesClassificationBag/GoodsServicesClassification"):
            nice = number(ledger.text(one, "ClassNumber")) if _is_nice_scheme(ledger, one) else None
            if nice is not None and is_nice(nice):
                ledger.take(one)
                classes.append(nice)
                texts.setdefault(nice, [])
        for one in ledger.all(group, "ClassDescriptionBag/ClassDescription"):
            shown = [number(whole(node)) for node in ledger.all(one, "ClassNumber")] or list(dict.fromkeys(classes))
            if len(shown) == 1 and (nice := shown[0]) is not None and is_nice(nice):
                ledger.text(one, "ClassNumber")
                texts.setdefault(nice, []).extend(ledger.texts(one, "GoodsServicesDescriptionText"))
    return goods_of(texts)


def _is_nice_scheme(ledger: Ledger, node: Element) -> bool:
    kinds = {whole(one).lower() for one in ledger.all(node, "ClassificationKindCode")}
    return not kinds or not kinds.isdisjoint({"nice", "primary"})


def _vienna(ledger: Ledger, mark: Element) -> tuple[str, ...]:
    found = []
    for one in ledger.all(mark, f"{_IMAGE}/{_VIENNA}"):
        parts = [ledger.text(one, name) for name in ("ViennaCategory", "ViennaDivision", "ViennaSection")]
        found.append(".".join(part for part in parts if part))
    return tuple(dict.fromkeys(code for code in found if code))


def _events(ledger: Ledger, mark: Element, office: str) -> tuple[Event, ...]:
    found = []
    for one in ledger.all(mark, "MarkEventBag/MarkEvent"):
        category = ledger.text(one, "MarkEventCategory")
        title = ledger.text(one, "NationalMarkEvent/MarkEventDescriptionText", "MarkEventDescriptionText")
        comments = ledger.texts(one, "NationalMarkEvent/MarkEventAdditionalText", "CommentText")
        details = [category if title else "", *comments]
        found.append(
            Event(
                code=ledger.text(one, "NationalMarkEvent/MarkEventCode", "MarkEventCode"),
                country=office,
                date=ledger.day(one, "MarkEventDate"),
                title=title or category,
                detail="; ".join(part for part in details if part not in _ROUTINE),
            )
        )
        # It only counts the entries, whose order is kept.
        ledger.text(one, "NationalMarkEvent/MarkEventEntryNumber")
    return tuple(found)


def _pictures(ledger: Ledger, mark: Element) -> tuple[Picture, ...]:
    found = []
    for one in ledger.all(mark, _IMAGE):
        file = ledger.text(one, "FileName", "ImageFileName", "MarkImageURI", "ImageURI")
        if file and file != _NO_IMAGE:
            form = ledger.text(one, "ImageFormatCategory", "MarkImageFormatCategory")
            found.append(Picture(file, "mark", media_type(form, file)))
    return tuple(dict.fromkeys(found))


def _read(source: Source) -> Iterator[Read]:
    return read_several(source, trademarks, frozenset({_RECORD}))


KINDS = (
    Kind(
        "st96_trademark",
        "WIPO ST.96 商标",
        tells_xml("TrademarkApplication", "TrademarkTransaction", "TrademarkTransactionBody", "TrademarkBag", _RECORD),
        _read,
    ),
)
