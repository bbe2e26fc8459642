"""One row of a trademark table on its way to one `Trademark`: the parts gathered from its cells, and how they join."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from patmark.party import split_agencies
from patmark.patent import ApplicationNumber, Person, Picture, Role
from patmark.sources import cells
from patmark.trademark import Goods, MarkFeature, MarkKind, Trademark

_GROUP = re.compile(r"[(（\[【]\s*([0-4]\d{3})\s*[)）\]】]")
_GROUP_BEFORE = re.compile(r"([0-4]\d{3})(?!\d)\s*[-—:：、.]?\s*")
_CLASS_BEFORE = re.compile(r"第?\s*(\d{1,2})\s*类\s*[:：,，、]?\s*")
_ITEMS = re.compile(r"[;；\n\r|]+")
_LOOSE_ITEMS = re.compile(r"[;；\n\r|、,，]+")
_LAST_CLASS = 45


@dataclass(slots=True)
class TrademarkDraft:
    """What the fillers of `trademark_fields.py` have gathered from a row so far."""

    office: str
    kind: MarkKind = MarkKind.TRADEMARK
    feature: MarkFeature = MarkFeature.UNKNOWN
    number: str = ""
    registration: str = ""
    mark: str = ""
    transliteration: str = ""
    translation: str = ""
    description: str = ""
    classes: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    goods: str = ""
    applicants: tuple[str, ...] = ()
    original_applicants: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    uscc: str = ""
    co_owners: tuple[str, ...] = ()
    agency: str = ""
    filed: date | None = None
    preliminary: date | None = None
    preliminary_issue: str = ""
    registered: date | None = None
    registration_issue: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    international: date | None = None
    designated: date | None = None
    priorities: tuple[ApplicationNumber, ...] = ()
    priority_date: date | None = None
    vienna: tuple[str, ...] = ()
    colours: str = ""
    disclaimer: str = ""
    shared: bool = False
    picture: str = ""
    status: str = ""
    extra: list[tuple[str, str]] = field(default_factory=list)

    def record(self) -> Trademark | None:
        """The statement of the row; None where it has neither a number nor a mark."""
        if not (self.number or self.registration or self.mark):
            return None
        goods = self._goods()
        return Trademark(
            office=self.office,
            kind=self.kind,
            feature=self.feature,
            number=self.number or self.registration,
            registration_number=self.registration,
            mark=self.mark,
            mark_transliteration=self.transliteration,
            mark_translation=self.translation,
            mark_description=self.description,
            goods=goods,
            people=self._people(),
            filing_date=self.filed,
            preliminary_publication_date=self.preliminary,
            preliminary_publication_issue=self.preliminary_issue,
            registration_date=self.registered,
            registration_publication_issue=self.registration_issue,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            international_registration_date=self.international,
            designation_date=self.designated,
            priorities=self._priorities(),
            vienna=self.vienna,
            colours=self.colours,
            disclaimer=self.disclaimer,
            shared=self.shared or bool(self.co_owners),
            pictures=(Picture(self.picture, role="mark"),) if self.picture else (),
            status_text=self.status,
            extra=tuple(self.extra),
        )

    def _goods(self) -> tuple[Goods, ...]:
        """Goods by class. Text that names no class goes to the only class, or to `extra` where there are several."""
        classes = self.classes or tuple(dict.fromkeys(class_of(one) for one in self.groups))
        shares = split_goods(self.goods, classes)
        if self.goods and not shares:
            self.extra.append(("商品/服务", self.goods))
        return tuple(
            _one_class(nice, shares.get(nice, ""), [one for one in self.groups if class_of(one) == nice])
            for nice in dict.fromkeys((*classes, *shares))
        )

    def _people(self) -> tuple[Person, ...]:
        places = self.addresses
        if len(places) not in {0, len(self.applicants)}:
            places = (";".join(places),)
        originals = self.original_applicants if len(self.original_applicants) == len(self.applicants) else ()
        if self.original_applicants and not originals:
            self.extra.append(("申请人英文名称", ";".join(self.original_applicants)))
        if places and not self.applicants:
            self.extra.append(("申请人地址", ";".join(places)))
        people = []
        for at, name in enumerate(self.applicants):
            postcode, place = cells.address(places[at]) if at < len(places) else ("", "")
            original = originals[at] if originals else ""
            uscc = "" if at else self.uscc
            people.append(Person(name, Role.APPLICANT, place, postcode, uscc=uscc, original_name=original))
        people += [Person(name, Role.APPLICANT) for name in self.co_owners if name not in self.applicants]
        people += [Person(one.name, Role.AGENCY, code=one.code) for one in split_agencies(self.agency)]
        return tuple(people)

    def _priorities(self) -> tuple[ApplicationNumber, ...]:
        if not self.priority_date:
            return self.priorities
        if not self.priorities:
            return (ApplicationNumber("", "", self.priority_date),)
        day = self.priority_date
        return tuple(ApplicationNumber(one.country, one.number, one.date or day) for one in self.priorities)


def class_of(group: str) -> int:
    """The Nice class of a 类似群: its first two digits (RULES §1.4)."""
    return int(group[:2])


def nice_classes(text: str) -> tuple[int, ...]:
    """The classes a cell names: `9`, `09`, `第9类`, `9,35`, `第9类;第35类`; classes that do not exist are left out."""
    found = (int(one) for one in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text))
    return tuple(dict.fromkeys(one for one in found if 1 <= one <= _LAST_CLASS))


def split_goods(text: str, classes: tuple[int, ...]) -> dict[int, str]:
    """The text of each class: by `第9类：` in front of items, by the group behind them, or all to the only class."""
    if not text:
        return {}
    if len(classes) == 1:
        return {classes[0]: text}
    shares: dict[int, list[str]] = {}
    nice = 0
    for item in _ITEMS.split(text):
        if named := _CLASS_BEFORE.match(item.strip()):
            nice = int(named[1])
        elif group := _group(item):
            nice = class_of(group)
        if not 1 <= nice <= _LAST_CLASS:
            return {}
        if item.strip():
            shares.setdefault(nice, []).append(_CLASS_BEFORE.sub("", item.strip(), count=1))
    return {nice: ";".join(items) for nice, items in shares.items()}


def _group(item: str) -> str:
    found = _GROUP.search(item) or _GROUP_BEFORE.match(item.strip())
    return found[1] if found and 1 <= class_of(found[1]) <= _LAST_CLASS else ""


def _one_class(nice: int, text: str, groups: list[str]) -> Goods:
    splitter = _ITEMS if re.search(r"[;；\n|]", text) else _LOOSE_ITEMS
    items = []
    for one in splitter.split(text):
        if group := _group(one):
            groups.append(group)
        if clean := _GROUP_BEFORE.sub("", _GROUP.sub("", one).strip(), count=1).strip():
            items.append(clean)
    return Goods(nice, text, tuple(dict.fromkeys(groups)), tuple(items))
