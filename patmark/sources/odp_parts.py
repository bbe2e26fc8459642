"""The parts of a USPTO ODP application: people, classes, publications, continuity, events and assignments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from patmark import codes
from patmark.patent import ApplicationNumber, Event, Person, Publication, Role, Symbol
from patmark.sources.json_head import Json
from patmark.sources.json_ledger import JsonLedger, Object, objects, scalar
from patmark.sources.uspto_transfers import Transfer

_PUBLISHED = re.compile(r"([A-Z]{2})\s*(\S+)\s+([A-Z]\d?)")
_LINES = ("addressLineOneText", "addressLineTwoText", "addressLineThreeText", "addressLineFourText")
_NAMES = ("nameLineOneText", "nameLineTwoText")
_REGION = ("geographicRegionName", "geographicRegionCode")
_PROVISIONAL, _NATIONAL_STAGE = "PRO", "NST"


@dataclass(frozen=True, slots=True)
class Related:
    """What the chain of applications before this one gives."""

    parents: tuple[ApplicationNumber, ...] = ()
    priorities: tuple[ApplicationNumber, ...] = ()
    pct: ApplicationNumber | None = None


def _bag(data: Object, name: str) -> list[Object]:
    """A bag at the top, or inside `continuityBag` as older answers have it."""
    inner = data.get("continuityBag")
    found = data.get(name) or (inner.get(name) if isinstance(inner, dict) else None)
    return objects(found)


def own_number(data: Object) -> str:
    """The application's number where only its relatives tell: parent of its children, child of its parents."""
    children = {scalar(one.get("parentApplicationNumberText")) for one in _bag(data, "childContinuityBag")}
    parents = _bag(data, "parentContinuityBag")
    above = {scalar(one.get("parentApplicationNumberText")) for one in parents}
    below = {scalar(one.get("childApplicationNumberText")) for one in parents} - above
    candidates = (children & below if children and below else children | below) - {""}
    return candidates.pop() if len(candidates) == 1 else ""


def continuity(ledger: JsonLedger, data: Object, number: str) -> Related:
    """Parents, provisional priorities and the international application; what descends from this one stays unread."""
    parents: list[ApplicationNumber] = []
    priorities: list[ApplicationNumber] = []
    pct: ApplicationNumber | None = None
    for one in _bag(data, "parentContinuityBag"):
        text = ledger.text(one, "parentApplicationNumberText")
        filed = ledger.day(one, "filingDate", "parentApplicationFilingDate")
        link = scalar(one.get("claimParentageTypeCode"))
        if scalar(one.get("childApplicationNumberText")) == number:
            ledger.take(one, "childApplicationNumberText")
        if not text:
            continue
        related = ApplicationNumber("WO" if text.startswith("PCT") else "US", text, filed)
        if link == _PROVISIONAL:
            priorities.append(related)
        elif link == _NATIONAL_STAGE and scalar(one.get("childApplicationNumberText")) == number:
            pct = related
        else:
            parents.append(related)
    return Related(tuple(dict.fromkeys(parents)), tuple(dict.fromkeys(priorities)), pct)


def foreign_priorities(ledger: JsonLedger, data: Object) -> tuple[ApplicationNumber, ...]:
    found = []
    for one in objects(data.get("foreignPriorityBag")):
        name = scalar(one.get("countryName")) or scalar(one.get("ipOfficeName"))
        code = codes.read("cc", name) if name else None
        country = codes.value_of("cc", code) if code is not None else ""
        if country:
            ledger.take(one, "countryName", "ipOfficeName")
        text = ledger.text(one, "priorityNumberText", "applicationNumberText")
        filed = ledger.day(one, "filingDate")
        if text or filed:
            found.append(ApplicationNumber(country, text, filed))
    return tuple(dict.fromkeys(found))


def publications(ledger: JsonLedger, data: Object) -> tuple[Publication, ...]:
    """The first publication of the application, and the patent."""
    found = []
    earliest = scalar(data.get("earliestPublicationNumber"))
    if match := _PUBLISHED.fullmatch(earliest):
        ledger.take(data, "earliestPublicationNumber")
        day = ledger.day(data, "earliestPublicationDate")
        found.append(Publication(match[1], match[2], match[3], day))
    if patent := ledger.text(data, "patentNumber"):
        found.append(Publication("US", patent, "", JsonLedger().day(data, "grantDate")))
    return tuple(found)


def symbols(ledger: JsonLedger, data: Object) -> tuple[Symbol, ...]:
    """CPC symbols in order, and the national class."""
    cpc = dict.fromkeys(ledger.texts(data, "cpcClassificationBag"))
    found = [Symbol("cpc", text, at == 0) for at, text in enumerate(cpc)]
    if national := ledger.text(data, "uspcSymbolText", "class/subclass"):
        ledger.take(data, "class", "subclass")
        found.append(Symbol("uspc", national, True))
    return tuple(found)


def events(ledger: JsonLedger, data: Object) -> tuple[Event, ...]:
    """The transactions of the examination, in the order of the answer."""
    found = []
    for one in (*objects(data.get("transactionContentBag")), *objects(data.get("eventDataBag"))):
        code, title = ledger.text(one, "caseActionCode", "eventCode"), ledger.text(one, *_TITLES)
        found.append(Event(code, "US", ledger.day(one, "recordedDate", "eventDate"), title=title))
    return tuple(found)


_TITLES = ("caseActionDescriptionText", "eventDescriptionText")


def transfers(ledger: JsonLedger, data: Object) -> list[Transfer]:
    """The recorded assignments, in the order of the answer."""
    found = []
    for one in objects(data.get("assignmentBag")):
        assignors, executed = [], []
        for assignor in objects(one.get("assignorBag")):
            assignors.extend(ledger.texts(assignor, "assignorName"))
            if day := ledger.day(assignor, "executionDate"):
                executed.append(day)
        assignees = [_assignee(ledger, assignee) for assignee in objects(one.get("assigneeBag"))]
        reel_frame = ledger.text(one, "reelAndFrameNumber", "reelNumber/frameNumber")
        ledger.take(one, *(("reelNumber", "frameNumber") if reel_frame else ()))
        found.append(
            Transfer(
                conveyance=ledger.text(one, "conveyanceText"),
                recorded=ledger.day(one, "assignmentRecordedDate"),
                executed=tuple(executed),
                assignors=tuple(assignors),
                assignees=tuple(person for person in assignees if person.name),
                reel_frame=reel_frame,
            )
        )
    return found


def _assignee(ledger: JsonLedger, node: Object) -> Person:
    name = ledger.text(node, "assigneeNameText")
    return _addressed(ledger, node.get("assigneeAddress"), Person(name, Role.OWNER))


def people(ledger: JsonLedger, data: Object) -> tuple[Person, ...]:
    """Applicants, inventors, agents and the firm they act for, and the examiner; each once."""
    applicants = [
        _addressed(ledger, one.get("correspondenceAddressBag"), Person(name, Role.APPLICANT))
        for one in objects(data.get("applicantBag"))
        if (name := ledger.text(one, "applicantNameText", "applicant"))
    ]
    inventors = [
        _addressed(ledger, one.get("correspondenceAddressBag"), Person(name, Role.INVENTOR))
        for one in objects(data.get("inventorBag"))
        if (name := ledger.text(one, "inventorNameText") or _name(ledger, one))
    ]
    for held, name, role in (
        (applicants, "firstApplicantName", Role.APPLICANT),
        (inventors, "firstInventorName", Role.INVENTOR),
    ):
        first = scalar(data.get(name))
        if first and (not held or any(one.name == first for one in held)):
            ledger.take(data, name)
            held.extend([] if held else [Person(first, role)])
    examiner = ledger.text(data, "examinerNameText")
    examiners = [Person(examiner, Role.EXAMINER)] if examiner else []
    return tuple(dict.fromkeys((*applicants, *inventors, *_agents(ledger, data), *examiners)))


def _agents(ledger: JsonLedger, data: Object) -> list[Person]:
    found: list[Person] = []
    record = next(iter(objects(data.get("recordAttorney"))), {})
    for customer in (*objects(record.get("customerNumber")), *objects(record.get("customerNumberCorrespondenceData"))):
        found.extend(_firms(ledger, customer.get("powerOfAttorneyAddressBag")))
    found.extend(_firms(ledger, data.get("correspondenceAddressBag")))
    for one in (*objects(record.get("attorneyBag")), *objects(record.get("powerOfAttorneyBag"))):
        if name := _name(ledger, one):
            code = ledger.text(one, "registrationNumber")
            # Whether attorney or agent, whether active: both may act, and neither has a field.
            ledger.take(one, "registeredPractitionerCategory", "activeIndicator")
            found.append(_addressed(ledger, one.get("attorneyAddressBag"), Person(name, Role.AGENT, code=code)))
    firms = {one.name: one for one in reversed(found) if one.role is Role.AGENCY}
    return [*reversed(firms.values()), *(one for one in found if one.role is Role.AGENT)]


def _firms(ledger: JsonLedger, bag: Json) -> list[Person]:
    return [
        _addressed(ledger, one, Person(name, Role.AGENCY))
        for one in objects(bag)
        if (name := ledger.text(one, "nameLineOneText"))
    ]


def _name(ledger: JsonLedger, node: Object) -> str:
    text = " ".join(ledger.texts(node, "firstName", "middleName", "lastName"))
    suffix = ledger.text(node, "nameSuffix")
    return f"{text}, {suffix}" if text and suffix else text


def _addressed(ledger: JsonLedger, bag: Json, one: Person) -> Person:
    """The person with the fullest of the addresses; the others stay unread."""
    addresses = objects(bag)
    if not addresses:
        return one
    best = max(addresses, key=lambda each: sum(bool(scalar(each.get(name))) for name in (*_LINES, "postalCode")))
    region = ledger.text(best, *_REGION)
    parts = [*ledger.texts(best, *_NAMES, *_LINES, "cityName"), region]
    # Region and country stand there both as name and as code; the name of the party itself is no address.
    ledger.take(best, *_REGION, "countryName", "postalAddressCategory")
    return Person(
        one.name,
        one.role,
        address=", ".join(part for part in parts if part and part != one.name),
        postcode=ledger.text(best, "postalCode"),
        country=ledger.text(best, "countryCode"),
        code=one.code,
    )
