"""Recorded assignments of the USPTO: answers of its assignment search, and the daily files of the register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from patmark import codes
from patmark.errors import BadRecord
from patmark.patent import ApplicationNumber, Localised, Patent, Person, Publication, Role
from patmark.sources.base import Kind, Read, Source
from patmark.sources.ledger import Element, Ledger, attribute, day, local, whole
from patmark.sources.several import Found, read_several
from patmark.sources.uspto_transfers import Transfer, owners
from patmark.sources.xml import root_name, tells_xml

_RECORD = "patent-assignment"
_EMPTY = frozenset({"", "NULL", "null"})
#: Fields of the search index that repeat others: sizes, first values, facets.
_REPEATS = re.compile(r".*(?:Size|First|Facet|String)|_version_")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
_EVENT = ("conveyanceText", "recordedDate", "reelNo", "frameNo", "id", "displayId", "lastUpdateDate")
_PROPERTY = (
    *("inventionTitle", "inventionTitleLang", "applNum", "filingDate", "inventors"),
    *("issueDate", "patNum", "pctNum", "publDate", "publNum"),
)
_PARTIES = ("patAssignorName", "patAssignorExDate", "patAssignorEarliestExDate", "patAssignorDateAck")
_ASSIGNEE = ("Address1", "Address2", "City", "State")


@dataclass(frozen=True, slots=True)
class _Property:
    """One application named in an assignment, with what the register says of it."""

    number: str = ""
    filed: date | None = None
    title: str = ""
    lang: str = ""
    inventors: tuple[str, ...] = ()
    publications: tuple[Publication, ...] = ()
    pct: str = ""
    granted: date | None = None

    def statement(self, transfer: Transfer, data_date: date | None, extra: tuple[tuple[str, str], ...]) -> Found:
        if not (self.number or self.publications or self.pct):
            return BadRecord("这条转让登记没有写明申请号、公开号或专利号，无法归入任何一件专利。")
        return Patent(
            office="US",
            application=ApplicationNumber("US", self.number, self.filed) if self.number else None,
            publications=self.publications,
            titles=(Localised(self.title, self.lang),) if self.title else (),
            people=(*owners([transfer]), *(Person(name, Role.INVENTOR) for name in self.inventors)),
            pct_application=ApplicationNumber("WO", self.pct) if self.pct else None,
            events=(transfer.event,),
            grant_date=self.granted,
            data_date=data_date,
            extra=extra,
        )


def assignments(root: Element) -> Iterator[Found]:
    """Every application of every assignment; raises BadRecord where the document holds none."""
    empty = True
    for node in root.iter("doc", _RECORD):
        empty = False
        yield from _searched(node) if local(node) == "doc" else _registered(node)
    if empty:
        raise BadRecord("这份 USPTO 转让数据里没有一条登记。", mend="请核对查询条件后重新下载。")


def _searched(node: Element) -> Iterator[Found]:
    """A `doc` of the search: parallel lists, one place in each for every application."""
    fields: dict[str, list[str]] = {}
    for one in node:
        values = [whole(each) for each in one] if local(one) == "arr" else [whole(one)]
        fields[attribute(one, "name")] = ["" if value in _EMPTY or _is_void(value) else value for value in values]
    first = {name: next((value for value in values if value), "") for name, values in fields.items()}
    transfer = Transfer(
        conveyance=first.get("conveyanceText", ""),
        recorded=day(first.get("recordedDate", "")),
        executed=tuple(found for text in fields.get("patAssignorExDate", ()) if text and (found := day(text))),
        assignors=tuple(name for name in fields.get("patAssignorName", ()) if name),
        assignees=_assignees(fields),
        reel_frame="/".join(part for part in (first.get("reelNo", ""), first.get("frameNo", "")) if part),
    )
    read = {*_EVENT, *_PROPERTY, *_PARTIES, "patAssigneeName", "patAssigneePostcode", "patAssigneeCountryName"}
    read |= {f"patAssignee{part}" for part in _ASSIGNEE}
    extra = tuple(
        (name, value)
        for name, values in fields.items()
        if name not in read and not _REPEATS.fullmatch(name)
        for value in values
        if value
    )
    for at in range(max((len(fields.get(name, ())) for name in _PROPERTY), default=0)):
        yield _listed(fields, at).statement(transfer, day(first.get("lastUpdateDate", "")), extra)


def _is_void(text: str) -> bool:
    return text.startswith("0001-01-01")


def _at(fields: dict[str, list[str]], at: int) -> Callable[[str], str]:
    def value(name: str) -> str:
        values = fields.get(name, [])
        return values[at] if at < len(values) else ""

    return value


def _listed(fields: dict[str, list[str]], at: int) -> _Property:
    value = _at(fields, at)
    published = Publication("US", value("publNum"), "", day(value("publDate")))
    patent = Publication("US", value("patNum"), "", day(value("issueDate")))
    return _Property(
        number=value("applNum"),
        filed=day(value("filingDate")),
        title=value("inventionTitle"),
        lang=value("inventionTitleLang").lower(),
        inventors=_split_names(value("inventors")),
        publications=tuple(one for one in (published, patent) if one.number),
        pct=value("pctNum"),
        granted=patent.date if patent.number else None,
    )


def _split_names(text: str) -> tuple[str, ...]:
    """Names between commas, a suffix such as `Jr.` with its name."""
    found: list[str] = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        if found and _SUFFIX.fullmatch(part):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return tuple(found)


def _assignees(fields: dict[str, list[str]]) -> tuple[Person, ...]:
    found = []
    for at, name in enumerate(fields.get("patAssigneeName", ())):
        value = _at(fields, at)
        parts = [value(f"patAssignee{part}") for part in _ASSIGNEE]
        if name:
            country = _country(value("patAssigneeCountryName"))
            found.append(_owner(name, parts, value("patAssigneePostcode"), country))
    return tuple(found)


def _owner(name: str, parts: list[str], postcode: str, country: str) -> Person:
    return Person(name, Role.OWNER, ", ".join(part for part in parts if part), postcode, country)


def _country(name: str) -> str:
    code = codes.read("cc", name) if name else None
    return codes.value_of("cc", code) if code is not None else name


def _registered(node: Element) -> Iterator[Found]:
    """A `patent-assignment` of the daily files."""
    ledger = Ledger()
    record = "assignment-record/"
    assignors = ledger.all(node, "patent-assignors/patent-assignor")
    reel = [ledger.text(node, f"{record}{name}") for name in ("reel-no", "frame-no")]
    transfer = Transfer(
        conveyance=ledger.text(node, f"{record}conveyance-text"),
        recorded=ledger.day(node, f"{record}recorded-date/date"),
        executed=tuple(found for one in assignors if (found := ledger.day(one, "execution-date/date"))),
        assignors=tuple(text for one in assignors if (text := ledger.text(one, "name"))),
        assignees=tuple(
            _owner(
                ledger.text(one, "name"),
                ledger.texts(one, "address-1", "address-2", "city", "state"),
                ledger.text(one, "postcode"),
                _country(ledger.text(one, "country-name")),
            )
            for one in ledger.all(node, "patent-assignees/patent-assignee")
        ),
        reel_frame="/".join(part for part in reel if part),
    )
    data_date = ledger.day(node, f"{record}last-update-date/date")
    properties = [_documented(ledger, one) for one in ledger.all(node, "patent-properties/patent-property")]
    extra = ledger.rest(node)
    for one in properties or [_Property()]:
        yield one.statement(transfer, data_date, extra)


def _documented(ledger: Ledger, node: Element) -> _Property:
    """A property lists its documents: kind `X0` is the application, the others are publications."""
    number, filed, pct = "", None, ""
    publications: list[Publication] = []
    for one in ledger.all(node, "document-id"):
        country, text = ledger.text(one, "country"), ledger.text(one, "doc-number")
        kind, date_ = ledger.text(one, "kind"), ledger.day(one, "date")
        if text.upper().startswith("PCT"):
            pct = text
        elif kind in ("X0", ""):
            number, filed = text, date_
        elif text:
            publications.append(Publication(country or "US", text, kind, date_))
    titles = ledger.all(node, "invention-title")
    lang = attribute(titles[0], "lang").lower() if titles else ""
    title = ledger.text(node, "invention-title")
    # Kind letters of the USPTO: A and P1, P4 are applications, everything else is granted.
    granted = next((one.date for one in publications if not re.match(r"A|P[149]", one.kind)), None)
    return _Property(number, filed, title, lang, publications=tuple(publications), pct=pct, granted=granted)


def _is_search(source: Source) -> bool:
    plain = source.head.replace(b"\0", b"")
    return root_name(source.head) == "response" and b'"reelNo"' in plain


def _tells(source: Source) -> bool:
    return _is_search(source) or _is_register(source)


_is_register = tells_xml("us-patent-assignments", _RECORD)


def _read(source: Source) -> Iterator[Read]:
    return read_several(source, assignments, frozenset({_RECORD}))


KINDS = (Kind("uspto_assignment", "USPTO 转让登记（XML）", _tells, _read),)
