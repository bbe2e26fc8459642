"""A record laid out for reading: labelled values in order, each with the source it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from patmark import codes
from patmark.errors import BadNumber
from patmark.mark_status import mark_status_of
from patmark.numbers import parse_application
from patmark.patent import Patent, Person, Role
from patmark.status import BASIS_NAMES, StatusReading, StatusRow, status_of
from patmark.trademark import Trademark
from zhiquan.records.derive import completed, shown_number
from zhiquan.records.queries import Origin, Whole
from zhiquan.records.reference import event_titles, gazetteer, titles
from zhiquan.records.standing import patent_now, trademark_now

_ROLES = {
    Role.APPLICANT: "申请人",
    Role.OWNER: "当前权利人",
    Role.INVENTOR: "发明（设计）人",
    Role.AGENCY: "代理机构",
    Role.AGENT: "代理人",
    Role.EXAMINER: "审查员",
}
_SCHEMES = {"ipc": "IPC", "cpc": "CPC", "locarno": "洛迦诺分类", "uspc": "美国分类", "fi": "FI", "fterm": "F-term"}
_PARTS = {
    "field": "技术领域",
    "background": "背景技术",
    "summary": "发明内容",
    "drawings": "附图说明",
    "embodiment": "具体实施方式",
}


_TITLED = frozenset({"ipc", "cpc", "locarno"})


@dataclass(frozen=True, slots=True)
class Value:
    """A labelled value (several lines allowed) and where it comes from; `doubt` is said beside it."""

    label: str
    lines: tuple[str, ...]
    origin: Origin | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A long text under a heading of its own."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A record page: what stands above, the values, the long texts, publications and events."""

    title: str
    number: str
    status: str
    life: str
    basis: str
    sentence: str
    values: tuple[Value, ...]
    texts: tuple[Text, ...]
    publications: tuple[Row, ...]
    events: tuple[Row, ...]


def patent_paper(whole: Whole) -> Paper:
    """A patent for reading."""
    record = whole.merged.record
    assert isinstance(record, Patent)
    narrow = whole.record.patent
    values = [
        Value("申请号", (shown_number(whole.record),), whole.origin_of("application"), _check_doubt(whole.record.key)),
        Value("专利类型", (codes.label("kind", narrow.kind),)),
        Value("申请日", _days(narrow.filing_date), whole.origin_of("application")),
        Value("授权公告日", _days(narrow.grant_date)),
        Value("届满日（推算）", _days(narrow.expiry_date)),
        *_people(whole, record.people),
        _place(whole),
        *_symbols(whole, record),
        Value("优先权", tuple(f"{one.country} {one.number} {one.date or ''}".strip() for one in record.priorities)),
        Value("原案申请号", tuple(f"{one.country}{one.number}" for one in record.parents)),
        Value("国际申请", tuple(one.number for one in (record.pct_application, record.pct_publication) if one)),
        Value("引证文献", tuple(_cited(one.text, one.publication) for one in record.citations)),
        Value("同族", tuple(f"{one.country}{one.number}{one.kind}" for one in record.family)),
        Value("状态文字", (record.status_text,) if record.status_text else (), whole.origin_of("status_text")),
        Value("附图", tuple(one.file for one in record.pictures)),
        *_extra(record.extra),
    ]
    reading = status_of(completed(record, narrow), timezone.localdate())
    return _paper(whole, (patent_now(narrow), reading), values, _patent_texts(record))


def trademark_paper(whole: Whole) -> Paper:
    """A trademark for reading."""
    record = whole.merged.record
    assert isinstance(record, Trademark)
    narrow = whole.record.trademark
    named = titles("nice", [f"{one.nice:02d}" for one in record.goods])
    issue = f"第 {record.preliminary_publication_issue} 期" if record.preliminary_publication_issue else ""
    goods = tuple(f"第 {one.nice} 类 {named.get(f'{one.nice:02d}', '')}".strip() for one in record.goods)
    values = [
        Value("注册号/申请号", tuple(dict.fromkeys(one for one in (record.number, record.registration_number) if one))),
        Value("商标类型", (codes.label("mark_kind", narrow.kind),)),
        Value("国际分类", goods),
        Value("类似群", tuple(group for one in record.goods for group in one.groups)),
        *_people(whole, record.people),
        _place(whole),
        Value("申请日", _days(record.filing_date), whole.origin_of("filing_date")),
        Value("初步审定公告", tuple(filter(None, (*_days(record.preliminary_publication_date), issue)))),
        Value("注册日", _days(record.registration_date), whole.origin_of("registration_date")),
        Value("专用期止", _days(narrow.valid_to)),
        Value("图形要素", record.vienna),
        Value("说明", tuple(one for one in (record.mark_description, record.colours, record.disclaimer) if one)),
        Value("状态文字", (record.status_text,) if record.status_text else (), whole.origin_of("status_text")),
        Value("图样", tuple(one.file for one in record.pictures)),
        *_extra(record.extra),
    ]
    texts = tuple(Text(f"第 {one.nice} 类商品服务", one.text or "；".join(one.items)) for one in record.goods)
    reading = mark_status_of(record, timezone.localdate())
    return _paper(whole, (trademark_now(narrow), reading), values, texts)


def _paper(
    whole: Whole, status: tuple[StatusRow, StatusReading], values: Iterable[Value], texts: Sequence[Text]
) -> Paper:
    now, reading = status
    return Paper(
        title=whole.record.title or whole.record.key,
        number=shown_number(whole.record),
        status=now.zh,
        life=now.life,
        basis=BASIS_NAMES[reading.basis],
        sentence=reading.sentence,
        values=tuple(value for value in values if value.lines),
        texts=tuple(text for text in texts if text.text),
        publications=tuple(
            Row((one.number, codes.label("stage", one.stage), str(one.date or "—")))
            for one in whole.record.publications.order_by("date", "pk")
        ),
        events=tuple(_events(whole)),
    )


def _events(whole: Whole) -> Iterable[Row]:
    """Legal events in order; one that came without words by its title in the loaded list of codes."""
    record = whole.merged.record
    offices = {one.code[:60]: one.country or record.office for one in record.events}
    named = event_titles((office, code) for code, office in offices.items())
    for one in whole.record.events.order_by("date", "pk"):
        title = named.get((offices.get(one.code, ""), one.code), one.title) if one.title == one.code else one.title
        yield Row((str(one.date or one.effective or "—"), title, one.code))


def _people(whole: Whole, people: Sequence[Person]) -> Iterable[Value]:
    for role, label in _ROLES.items():
        lines = tuple(
            " ".join(part for part in (one.name, one.code, one.country, one.address, one.postcode) if part)
            for one in people
            if one.role is role
        )
        yield Value(label, lines, whole.origin_of(f"people.{role.value}"))


def _place(whole: Whole) -> Value:
    narrow = whole.record.patent if hasattr(whole.record, "patent") else whole.record.trademark
    places = gazetteer()
    lines = [places.full_name(narrow.place)] if narrow.place else []
    if narrow.zone:
        lines.append(places.name(narrow.zone))
    if narrow.place_at_filing and narrow.place_at_filing != narrow.place:
        lines.append(f"申请时属 {places.full_name(narrow.place_at_filing)}")
    return Value("所在地", tuple(lines), doubt="存疑：请核对地址" if narrow.place_doubtful else "")


def _symbols(whole: Whole, record: Patent) -> Iterable[Value]:
    """Symbols with the title of the place itself; one the loaded table lacks has that of its subclass, said once."""
    for scheme, label in _SCHEMES.items():
        own = [one for one in record.symbols if one.scheme == scheme]
        keys = ["".join(one.symbol.split()) for one in own]
        named = titles(scheme, {*keys, *(key[:4] for key in keys)}) if scheme in _TITLED else {}
        lines, said = [], set()
        for one, key in zip(own, keys, strict=True):
            title = named.get(key) or ("" if key[:4] in said else named.get(key[:4], ""))
            said.add(key[:4])
            lines.append(f"{one.symbol}{'（主）' if one.main else ''} {title}".strip())
        yield Value(label, tuple(lines), whole.origin_of(f"symbols.{scheme}"))


def _patent_texts(record: Patent) -> list[Text]:
    texts = [Text("摘要" if one.lang in ("zh", "") else f"摘要（{one.lang}）", one.text) for one in record.abstracts]
    if record.claims:
        texts.append(Text(f"权利要求（{len(record.claims)} 项）", "\n\n".join(one.text for one in record.claims)))
    texts += [Text(_PARTS.get(one.part, one.heading or "说明书"), one.text) for one in record.description]
    return texts


def _cited(text: str, publication: object) -> str:
    number = f"{publication.country}{publication.number}{publication.kind}" if publication else ""  # type: ignore[attr-defined]
    return number or text


def _extra(extra: Sequence[tuple[str, str]]) -> Iterable[Value]:
    """What the sources say beyond the fields, under their own names."""
    return [Value(name, (text,)) for name, text in extra]


def _days(day: date | None) -> tuple[str, ...]:
    return (day.isoformat(),) if day else ()


def _check_doubt(key: str) -> str:
    try:
        wrong = parse_application(key).check_ok is False
    except BadNumber:
        return ""
    return "校验位不符，请核对号码" if wrong else ""
