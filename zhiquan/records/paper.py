"""A record laid out for reading: its head, and labelled values with their INID codes, links and sources."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patmark import codes
from patmark.errors import BadNumber
from patmark.mark_status import mark_status_of
from patmark.numbers import office_name, parse_application
from patmark.patent import Patent, Person, Publication, Role, preferred
from patmark.query import write
from patmark.query.tree import Code, Node
from patmark.status import BASIS_NAMES, Life, PatentStatus, StatusReading, StatusRow, status_of
from patmark.trademark import MarkFeature, Trademark
from zhiquan.records import models
from zhiquan.records.derive import completed, shown_number
from zhiquan.records.models import Subject
from zhiquan.records.pictures import FIGURE_LABEL
from zhiquan.records.queries import Whole
from zhiquan.records.reference import gazetteer
from zhiquan.records.standing import patent_now, trademark_now

#: Characters a query drops or refuses; a name that holds one gets no link.
_UNTYPED = frozenset({"Cc", "Cf", "Cs"})
_PAGES = {Subject.PATENT: "search", Subject.TRADEMARK: "trademarks"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a value: what it says, smaller what belongs to it, and where it leads."""

    text: str
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A labelled value; `inid` is its code by WIPO ST.9 or ST.60.

    `source` is the statement that gave it, from 1; 0 where there is only one or several gave it together;
    `doubt` is said beside it.
    """

    label: str
    lines: tuple[Line, ...]
    inid: str = ""
    source: int = 0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The head of a record page and its labelled values: what it is, then who stands behind it, then the rest."""

    title: str
    other_titles: tuple[str, ...]
    kind: str
    office: str
    number: str
    status: str
    life: str
    basis: str
    since: date | None
    sentence: str
    values: tuple[Value, ...]
    people: tuple[Value, ...]
    more: tuple[Value, ...]


def said(zh: str, en: str) -> str:
    """The one of two words that the reader's language asks for."""
    return en if (get_language() or "").startswith("en") else zh


def code_name(table: str, code: int) -> str:
    """What a value of a closed list of `patmark/codes.py` is called in the reader's language."""
    row = next((one for one in codes.TABLES[table] if one.code == code), None)
    return said(row.zh, row.en) if row else ""


def asking(subject: Subject, tree: Node) -> str:
    """The address of the search page that asks for a tree."""
    return f"{reverse(_PAGES[subject])}?{urlencode({'q': write(tree)})}"


def patent_paper(whole: Whole) -> Paper:
    """A patent for reading."""
    record = whole.merged.record
    assert isinstance(record, Patent)
    narrow = whole.record.patent
    reading = status_of(completed(record, narrow), timezone.localdate())
    title = preferred(record.titles)
    roles = (
        (Role.APPLICANT, "71", _("申请人"), "pa"),
        (Role.OWNER, "73", _("当前权利人"), "own"),
        (Role.INVENTOR, "72", _("发明（设计）人"), "in"),
        (Role.AGENCY, "74", _("代理机构"), "agc"),
        (Role.AGENT, "74", _("代理人"), ""),
        (Role.EXAMINER, "", _("审查员"), ""),
    )
    return _paper(
        _Sheet(whole),
        (patent_now(narrow), reading),
        title=title or whole.record.key,
        kind=code_name("kind", narrow.kind),
        other_titles=tuple(dict.fromkeys(one.text for one in record.titles if one.text != title)),
        values=_patent_values(_Sheet(whole), record),
        roles=roles,
    )


def _patent_values(sheet: _Sheet, record: Patent) -> list[Value]:
    value, narrow, key = sheet.value, sheet.whole.record.patent, sheet.whole.record.key
    pct, published = record.pct_application, record.pct_publication
    return [
        value(_("申请号"), shown_number(sheet.whole.record), "application", inid="21", doubt=_check_doubt(key)),
        value(_("申请日"), narrow.filing_date, "application.date", inid="22"),
        sheet.published(),
        value(_("授权公告日"), narrow.grant_date, "grant_date", inid="45"),
        value(_("届满日（推算）"), narrow.expiry_date if _runs_out(narrow) else None),
        value(_("国际申请"), pct.number if pct else "", "pct_application", inid="86"),
        value(_("国际公布"), _document(published) if published else "", "pct_publication", inid="87"),
        value(_("进入国家阶段日"), record.national_entry, "national_entry", inid="85"),
        value(_("权利要求数"), record.claim_count or len(record.claims) or "", "claim_count"),
    ]


def _runs_out(narrow: models.Patent) -> bool:
    """Whether the term is what ends the right: one that was refused, lapsed or declared void has none to run out."""
    now = patent_now(narrow)
    return now.life not in (Life.DEAD, Life.VOID) or now.status in (PatentStatus.EXPIRED, PatentStatus.TERM_OVER)


def trademark_paper(whole: Whole) -> Paper:
    """A trademark for reading."""
    record = whole.merged.record
    assert isinstance(record, Trademark)
    narrow = whole.record.trademark
    reading = mark_status_of(record, timezone.localdate())
    return _paper(
        _Sheet(whole),
        (trademark_now(narrow), reading),
        title=record.mark or whole.record.key,
        kind=code_name("mark_kind", narrow.kind),
        values=_mark_values(_Sheet(whole), record),
        roles=((Role.APPLICANT, "732", _("申请人"), "hol"), (Role.AGENCY, "740", _("代理机构"), "rep")),
    )


def _mark_values(sheet: _Sheet, record: Trademark) -> list[Value]:
    value = sheet.value
    preliminary = _issued(record.preliminary_publication_date, record.preliminary_publication_issue)
    registered = _issued(record.registration_date, record.registration_publication_issue)
    other = record.registration_number if record.registration_number != record.number else ""
    ends = sheet.whole.record.trademark.valid_to
    return [
        value(_("申请号"), record.number, "number", inid="210"),
        value(_("注册号"), other, "registration_number", inid="111"),
        value(_("申请日"), record.filing_date, "filing_date", inid="220"),
        value(_("初步审定公告"), preliminary, "preliminary_publication_date", inid="442"),
        value(_("注册日"), registered, "registration_date", inid="151"),
        value(_("专用期止"), ends, "valid_to", inid="180", doubt="" if record.valid_to else _("由注册日推算")),
        value(_("国际注册日"), record.international_registration_date, "international_registration_date"),
        value(_("后期指定日"), record.designation_date, "designation_date", inid="891"),
        value(_("商标形式"), _feature(record.feature), "feature"),
        value(_("音译"), record.mark_transliteration, "mark_transliteration", inid="561"),
        value(_("含义"), record.mark_translation, "mark_translation", inid="566"),
        value(_("说明"), record.mark_description, "mark_description", inid="571"),
        value(_("指定颜色"), record.colours, "colours", inid="591"),
        value(_("放弃专用权部分"), record.disclaimer, "disclaimer", inid="526"),
        value(_("图形要素"), " · ".join(record.vienna), "vienna", inid="531"),
        value(_("共有商标"), _("是") if record.shared else "", "shared"),
    ]


def _paper(
    sheet: _Sheet,
    status: tuple[StatusRow, StatusReading],
    *,
    title: str,
    kind: str,
    values: Sequence[Value],
    roles: Sequence[tuple[Role, str, str, str]],
    other_titles: tuple[str, ...] = (),
) -> Paper:
    now, reading = status
    record = sheet.whole.merged.record
    told = sheet.value(_("来源所载状态"), record.status_text, "status_text")
    return Paper(
        title=title,
        other_titles=other_titles,
        kind=kind,
        office=said(office_name(record.office), record.office) if record.office else "",
        number=shown_number(sheet.whole.record),
        status=said(now.zh, now.en),
        life=now.life,
        basis=_(BASIS_NAMES[reading.basis]),
        since=reading.since,
        sentence=said(reading.sentence, reading.english),
        values=_filled([*values, told]),
        people=_filled([*sheet.people(record.people, roles), sheet.place()]),
        more=_filled(sheet.extra(record.extra)),
    )


def _filled(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(one for one in values if one.lines)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A record's values as they are entered, each with the statement it is from."""

    whole: Whole

    def value(self, label: str, told: object, name: str = "", *, inid: str = "", doubt: str = "") -> Value:
        text = told.isoformat() if isinstance(told, date) else str(told or "")
        return Value(label, (Line(text),) if text else (), inid, self.whole.number_of(name), doubt)

    def published(self) -> Value:
        """Publications as one value: number, day and what each is."""
        lines = tuple(
            Line(one.number, " ".join(filter(None, (_iso(one.date), code_name("stage", one.stage)))))
            for one in self.whole.record.publications.order_by("date", "pk")
        )
        return Value(_("公开（公告）"), lines, "10")

    def people(self, people: Sequence[Person], roles: Sequence[tuple[Role, str, str, str]]) -> Iterator[Value]:
        subject = Subject(self.whole.record.subject)
        for role, inid, label, field in roles:
            lines = tuple(
                Line(one.name, _particulars(one), named(subject, field, one.name)) for one in people if one.role is role
            )
            yield Value(label, lines, inid, self.whole.number_of(f"people.{role.value}"))

    def place(self) -> Value:
        """Where the record is counted: today, and at its filing where that was another place."""
        record = self.whole.record
        narrow = record.patent if record.subject == Subject.PATENT else record.trademark
        places = gazetteer()
        lines = [Line(places.full_name(narrow.place))] if narrow.place else []
        if narrow.zone:
            lines.append(Line(places.name(narrow.zone)))
        if narrow.place_at_filing and narrow.place_at_filing != narrow.place:
            lines.append(Line(places.full_name(narrow.place_at_filing), _("申请时所属")))
        return Value(_("所在地"), tuple(lines), doubt=_("存疑：请核对地址") if narrow.place_doubtful else "")

    def extra(self, extra: Sequence[tuple[str, str]]) -> Iterator[Value]:
        """What the sources say beyond the fields, under their own names; labels of figures stand at the figures."""
        for name, text in extra:
            if name.startswith(FIGURE_LABEL):
                continue
            yield Value(name, (Line(text),) if text else (), "", self.whole.number_of(f"extra.{name}"))


def _particulars(one: Person) -> str:
    original = one.original_name if one.original_name != one.name else ""
    parts = (original, one.uscc or one.code, one.country, one.postcode, one.address)
    return " · ".join(part for part in parts if part)


def named(subject: Subject, field: str, name: str) -> str:
    """The address of everything under one exact spelling; empty where it cannot be typed."""
    typed = field and name == name.strip() and not any(unicodedata.category(one) in _UNTYPED for one in name)
    return asking(subject, Code(field, 0, name)) if typed and name else ""


def _issued(day: date | None, issue: str) -> str:
    told = _("第 %(issue)s 期") % {"issue": issue} if issue else ""
    return " · ".join(filter(None, (_iso(day), told)))


def _feature(feature: MarkFeature) -> str:
    names = {
        MarkFeature.WORD: _("文字"),
        MarkFeature.FIGURATIVE: _("图形"),
        MarkFeature.COMBINED: _("图文组合"),
        MarkFeature.THREE_DIMENSIONAL: _("立体"),
        MarkFeature.COLOUR: _("颜色组合"),
        MarkFeature.SOUND: _("声音"),
        MarkFeature.OTHER: _("其他"),
    }
    return names.get(feature, "")


def _document(one: Publication) -> str:
    return f"{one.country}{one.number}{one.kind}"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _check_doubt(key: str) -> str:
    try:
        wrong = parse_application(key).check_ok is False
    except BadNumber:
        return ""
    return _("校验位不符，请核对号码") if wrong else ""
