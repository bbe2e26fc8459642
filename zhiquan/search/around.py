"""What the search knows around one record: who cites it, what shares its priority, its applicant and its classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from patmark.classes import parse_symbol
from patmark.engines.base import Sort
from patmark.errors import BadSymbol
from patmark.fields import Subject
from patmark.patent import Patent, Role, Symbol
from patmark.query.tree import Class, Code, Node, Number, Or, Phrase, Range
from patmark.text import fold
from patmark.trademark import Trademark
from zhiquan.records.derive import NAME_LIMIT, shown_number
from zhiquan.records.models import Party, Record
from zhiquan.records.models import Subject as Held
from zhiquan.records.paper import asking, named, said
from zhiquan.records.queries import Whole
from zhiquan.records.reference import titles
from zhiquan.records.related import application_keys, publication_keys
from zhiquan.records.standing import patent_now, trademark_now
from zhiquan.search.answers import today
from zhiquan.search.index import engine

#: Records listed of each circle, and symbols counted of each record; the rest is behind a link.
LISTED = 6
COUNTED = 16
#: Numbers asked for at once: a family of hundreds is one query still.
ASKED = 200
_HELD = {Subject.PATENT: Held.PATENT, Subject.TRADEMARK: Held.TRADEMARK}
_NEWEST = {Subject.PATENT: Sort("pd"), Subject.TRADEMARK: Sort("fd")}
_FIELDS = {"ipc": "ipc", "cpc": "cpc", "locarno": "loc"}
_SCHEMES = {"ipc": "IPC", "cpc": "CPC", "uspc": "USPC", "fi": "FI", "fterm": "F-term"}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another record as a short list shows it."""

    title: str
    number: str
    address: str
    status: str
    life: str
    day: str


@dataclass(frozen=True, slots=True)
class Circle:
    """Records that have something in common with this one: `others` of them, all behind `address` (empty: none)."""

    name: str
    others: int
    listed: tuple[Neighbour, ...]
    address: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A symbol with its titles and how many records stand under it; `above` is the title of its subclass, told once.

    `count` is None where it was not counted.
    """

    scheme: str
    symbol: str
    main: bool
    version: str
    title: str
    above: str
    count: int | None
    address: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A similar group of a Nice class."""

    code: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A Nice class of a mark: its title, goods or services, similar groups, and how many marks stand in it."""

    nice: int
    title: str
    text: str
    items: tuple[str, ...]
    groups: tuple[GroupRow, ...]
    count: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around a record; `built` is false while there is no index to ask, and then nothing is counted."""

    cited_by: Circle | None
    circles: tuple[Circle, ...]
    built: bool


def patent_around(whole: Whole) -> Around:
    """Around a patent. Raises EngineDown where there is no index."""
    record = whole.merged.record
    assert isinstance(record, Patent)
    own = {key: None for one in record.publications for key in publication_keys(one)}
    asked = _Asked(Subject.PATENT, whole.record)
    cited = asked.circle(_("引证本件的"), _numbers("cite", list(own)))
    circles = [
        asked.circle(_("同优先权或同族"), _kin(record, list(own)), itself=True),
        asked.circle(_("由本件分案的"), _numbers("div", _application(record))),
        *asked.by_name("pa", [one.name for one in record.named(Role.APPLICANT)]),
    ]
    return Around(cited, tuple(one for one in circles if one and one.others), built=True)


def trademark_around(whole: Whole) -> Around:
    """Around a trademark. Raises EngineDown where there is no index."""
    record = whole.merged.record
    assert isinstance(record, Trademark)
    asked = _Asked(Subject.TRADEMARK, whole.record)
    words = fold(record.mark).strip()
    circles = [
        asked.circle(_("含有同样文字的商标"), Phrase("mark", record.mark, True), itself=True) if words else None,
        *asked.by_name("hol", [one.name for one in record.people if one.role is Role.APPLICANT]),
    ]
    return Around(None, tuple(one for one in circles if one and one.others), built=True)


def class_rows(symbols: Sequence[Symbol], *, counted: bool) -> tuple[ClassRow, ...]:
    """The symbols of a patent with titles, and counts where there is an index to ask."""
    keys = {one: _key(one) for one in symbols}
    named_by = {
        scheme: titles(scheme, {part for one, key in keys.items() if one.scheme == scheme for part in (key, key[:4])})
        for scheme in ("ipc", "cpc", "locarno")
    }
    rows, told = [], set()
    for place, one in enumerate(symbols):
        key, known = keys[one], named_by.get(one.scheme, {})
        tree = Class(_FIELDS[one.scheme], key, low=True) if one.scheme in _FIELDS and key else None
        above = known.get(key[:4], "") if len(key) > 4 and one.scheme != "locarno" and key[:4] not in told else ""
        told.add(key[:4])
        rows.append(
            ClassRow(
                scheme=_SCHEMES.get(one.scheme) or _("洛迦诺分类"),
                symbol=one.symbol,
                main=one.main,
                version=one.version,
                title=known.get(key, ""),
                above=above,
                count=_count(Subject.PATENT, tree) if tree and counted and place < COUNTED else None,
                address=asking(Held.PATENT, tree) if tree else "",
            )
        )
    return tuple(rows)


def goods_rows(record: Trademark, *, counted: bool) -> tuple[GoodsRow, ...]:
    """The classes of a mark with titles, groups and counts."""
    groups = titles("nice", {group for one in record.goods for group in one.groups})
    names = titles("nice", {f"{one.nice:02d}" for one in record.goods})
    return tuple(
        GoodsRow(
            nice=one.nice,
            title=names.get(f"{one.nice:02d}", ""),
            text=one.text,
            items=one.items,
            groups=tuple(
                GroupRow(group, groups.get(group, ""), asking(Held.TRADEMARK, Class("sg", group)))
                for group in one.groups
            ),
            count=_count(Subject.TRADEMARK, Range("nice", one.nice, one.nice)) if counted and place < COUNTED else None,
            address=asking(Held.TRADEMARK, Range("nice", one.nice, one.nice)),
        )
        for place, one in enumerate(record.goods)
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The record around which is asked."""

    subject: Subject
    own: Record

    def circle(self, name: str, tree: Node | None, *, itself: bool = False) -> Circle | None:
        """The records a tree finds; `itself` says that this record is always one of them."""
        if tree is None:
            return None
        found = engine(self.subject).find(tree, today=today(), sort=_NEWEST[self.subject], limit=LISTED + 1)
        keys = [hit.key for hit in found.hits if hit.key != self.own.pk]
        mine = itself or len(keys) < len(found.hits)
        listed = tuple(self._neighbours(keys[:LISTED]))
        return Circle(name, max(0, found.total - mine), listed, asking(_HELD[self.subject], tree))

    def by_name(self, field: str, names: Sequence[str]) -> Iterator[Circle]:
        """The other records of the first two who applied, each under his exact spelling."""
        for name in list(dict.fromkeys(names))[:2]:
            party = Party.objects.filter(name=name[:NAME_LIMIT]).values_list("pk", flat=True).first()
            if party is None:
                continue
            found = self.circle(_("%(name)s 的其他记录") % {"name": name}, Code(field, party, name), itself=True)
            if found and found.others:
                yield Circle(found.name, found.others, found.listed, named(_HELD[self.subject], field, name))

    def _neighbours(self, keys: Sequence[int]) -> Iterator[Neighbour]:
        related = "patent" if self.subject is Subject.PATENT else "trademark"
        records = {one.pk: one for one in Record.objects.filter(pk__in=keys).select_related(related)}
        for one in (records[key] for key in keys if key in records):
            narrow = one.patent if self.subject is Subject.PATENT else one.trademark
            now = patent_now(one.patent) if self.subject is Subject.PATENT else trademark_now(one.trademark)
            yield Neighbour(
                title=one.title or one.key,
                number=shown_number(one),
                address=reverse(related, args=[one.key]),
                status=said(now.zh, now.en),
                life=now.life,
                day=narrow.filing_date.isoformat() if narrow.filing_date else "",
            )


def _kin(record: Patent, own: Sequence[str]) -> Node | None:
    """What claims the same priority or this application as one, what is one, and what family tables join."""
    priorities = [key for one in record.priorities for key in application_keys(one)]
    family = [key for one in record.family for key in publication_keys(one)]
    asked: Mapping[str, Sequence[str]] = {
        "prno": [*_application(record), *priorities],
        "apno": [*_application(record), *priorities],
        "fam": own,
        "pn": family,
    }
    leaves = [Number(field, key) for field, keys in asked.items() for key in dict.fromkeys(keys)]
    return Or(tuple(leaves[:ASKED])) if len(leaves) > 1 else None


def _application(record: Patent) -> tuple[str, ...]:
    return application_keys(record.application) if record.application else ()


def _numbers(field: str, keys: Sequence[str]) -> Node | None:
    leaves = tuple(Number(field, key) for key in list(dict.fromkeys(keys))[:ASKED])
    return Or(leaves) if len(leaves) > 1 else leaves[0] if leaves else None


def _key(one: Symbol) -> str:
    try:
        return parse_symbol(one.scheme, one.symbol).key
    except BadSymbol:
        return ""


def _count(subject: Subject, tree: Node) -> int:
    return engine(subject).find(tree, today=today(), limit=0).total
