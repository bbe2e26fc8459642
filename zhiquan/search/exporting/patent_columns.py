"""The columns of patents: every field of the table of fields, and what an export needs beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from patmark.fields import Subject, field
from patmark.kinds import stage_of
from patmark.patent import Publication, Role, Stage
from zhiquan.search.exporting import values
from zhiquan.search.exporting.held import Column, Group, Held, Value

_PEOPLE = ("people",)


def _of(key: str, group: Group, of: Callable[[Held], Value], *needs: str, usual: bool = False) -> Column:
    """A column of a field, under the field's own names."""
    row = field(Subject.PATENT, key)
    return Column(key, row.zh, row.en, of, needs, usual, group)


def _publications(held: Held) -> list[Publication]:
    return sorted(held.patent.publications, key=lambda one: one.date or date.max)


def _published(held: Held) -> Value:
    return values.distinct(values.publication(one, held.narrow.office) for one in _publications(held))


def _stages(held: Held) -> Value:
    stages = (_stage_of(one, held.narrow.office) for one in _publications(held))
    return values.distinct(values.coded(held, "stage", stage) for stage in stages)


def _stage_of(one: Publication, office: str) -> str:
    return stage_of(one.country or office, one.kind, one.date, number=one.number)


def _international(held: Held) -> Value:
    patent = held.patent
    found = [values.application(patent.pct_application)] if patent.pct_application else []
    if patent.pct_publication:
        found.append(values.publication(patent.pct_publication, "WO"))
    return values.distinct(found)


def _symbols(scheme: str) -> Callable[[Held], Value]:
    return lambda held: [values.symbol(scheme, one.symbol) for one in held.patent.symbols if one.scheme == scheme]


def _main_class(held: Held) -> str:
    symbols = [one for one in held.patent.symbols if one.scheme == "ipc"]
    main = next((one for one in symbols if one.main), symbols[0] if symbols else None)
    return values.symbol("ipc", main.symbol) if main else ""


def _ipc_beginnings(length: int) -> Callable[[Held], Value]:
    def of(held: Held) -> Value:
        symbols = (values.symbol("ipc", one.symbol) for one in held.patent.symbols if one.scheme == "ipc")
        return values.distinct(symbol[:length] for symbol in symbols)

    return of


def _section(part: str) -> Callable[[Held], Value]:
    return lambda held: "\n".join(one.text for one in held.patent.description if one.part == part)


def _claims(independent: bool) -> Callable[[Held], Value]:
    def of(held: Held) -> Value:
        return "\n".join(
            f"{one.number}. {one.text}" for one in held.patent.claims if not (independent and one.depends_on)
        )

    return of


def _claim_count(held: Held) -> Value:
    patent = held.patent
    return (len(patent.claims) if patent.claim_count is None else patent.claim_count) or None


def _cited(held: Held) -> Value:
    return values.distinct(
        one.text if one.publication is None else values.publication(one.publication, "")
        for one in held.patent.citations
    )


def _granted_abroad(held: Held) -> Value:
    """The offices outside China that granted a member of the family."""
    granted = (one.country for one in held.patent.family if _stage_of(one, one.country) == Stage.GRANT)
    return values.distinct(country for country in granted if country != "CN")


def _earliest_priority(held: Held) -> Value:
    return min((one.date for one in held.patent.priorities if one.date), default=None)


def _latest_year(held: Held) -> Value:
    return values.year(held.narrow.announced)


def _text(name: str) -> Callable[[Held], Value]:
    """One of the texts of a document in the language a Chinese reader wants first."""

    def of(held: Held) -> Value:
        text: str = getattr(held.patent, name)
        return text

    return of


PATENT_COLUMNS: tuple[Column, ...] = (
    Column("key", "号码", "number", lambda held: held.key, (), True, Group.NUMBERS),
    _of("apno", Group.NUMBERS, values.number, usual=True),
    _of("ti", Group.TEXTS, _text("title"), "titles", usual=True),
    _of("kind", Group.STATUS, values.kind("kind"), usual=True),
    _of("ad", Group.DAYS, lambda held: held.narrow.filed, usual=True),
    _of("pn", Group.NUMBERS, _published, "publications", usual=True),
    _of("pd", Group.DAYS, lambda held: held.narrow.announced, usual=True),
    _of("gd", Group.DAYS, lambda held: held.narrow.granted, usual=True),
    _of("pa", Group.WHO, values.names(Role.APPLICANT), *_PEOPLE, usual=True),
    _of("own", Group.WHO, values.names(Role.OWNER), *_PEOPLE, usual=True),
    _of("in", Group.WHO, values.names(Role.INVENTOR), *_PEOPLE, usual=True),
    _of("agc", Group.WHO, values.names(Role.AGENCY), *_PEOPLE, usual=True),
    _of("agt", Group.WHO, values.names(Role.AGENT), *_PEOPLE),
    _of("exr", Group.WHO, values.names(Role.EXAMINER), *_PEOPLE),
    _of("ptype", Group.WHO, values.bodies, *_PEOPLE),
    _of("uscc", Group.WHO, values.credit_codes, *_PEOPLE),
    _of("pacc", Group.WHO, values.countries, *_PEOPLE),
    _of("nin", Group.WHO, lambda held: len(held.people(Role.INVENTOR)) or None, *_PEOPLE),
    _of("addr", Group.WHERE, values.addresses, *_PEOPLE, usual=True),
    Column("zip", "邮编", "postcode", values.postcodes, _PEOPLE, False, Group.WHERE),
    _of("prov", Group.WHERE, values.province),
    _of("city", Group.WHERE, values.city),
    _of("dist", Group.WHERE, values.county, usual=True),
    _of("zone", Group.WHERE, values.zone),
    _of("mipc", Group.CLASSES, _main_class, "symbols", usual=True),
    _of("ipc", Group.CLASSES, _symbols("ipc"), "symbols", usual=True),
    _of("cpc", Group.CLASSES, _symbols("cpc"), "symbols"),
    _of("loc", Group.CLASSES, _symbols("locarno"), "symbols", usual=True),
    _of("sub", Group.CLASSES, _ipc_beginnings(4), "symbols"),
    _of("sec", Group.CLASSES, _ipc_beginnings(1), "symbols"),
    _of("st", Group.STATUS, values.status, usual=True),
    _of("life", Group.STATUS, values.life, usual=True),
    Column("basis", "状态依据", "basis of the status", values.basis, (), True, Group.STATUS),
    Column("since", "状态起算日", "status since", lambda held: held.narrow.since, (), False, Group.STATUS),
    _of("exd", Group.STATUS, lambda held: held.narrow.ends, usual=True),
    _of("ev", Group.STATUS, values.events, "events"),
    _of("prno", Group.NUMBERS, lambda held: [values.application(one) for one in held.patent.priorities], "priorities"),
    _of("pct", Group.NUMBERS, _international, "pct_application", "pct_publication"),
    _of("div", Group.NUMBERS, lambda held: [values.application(one) for one in held.patent.parents], "parents"),
    _of("fam", Group.NUMBERS, lambda held: [values.publication(one, "") for one in held.patent.family], "family"),
    _of("abr", Group.STATUS, _granted_abroad, "family"),
    _of("cite", Group.NUMBERS, _cited, "citations"),
    _of("cc", Group.NUMBERS, values.office),
    _of("stage", Group.STATUS, _stages, "publications"),
    _of("prd", Group.DAYS, _earliest_priority, "priorities"),
    _of("ady", Group.DAYS, lambda held: values.year(held.narrow.filed)),
    _of("pdy", Group.DAYS, _latest_year),
    _of("gdy", Group.DAYS, lambda held: values.year(held.narrow.granted)),
    _of("nclm", Group.TEXTS, _claim_count, "claims", "claim_count"),
    _of("ab", Group.TEXTS, _text("abstract"), "abstracts", usual=True),
    _of("clm", Group.TEXTS, _claims(independent=False), "claims"),
    _of("iclm", Group.TEXTS, _claims(independent=True), "claims"),
    _of("desc", Group.TEXTS, lambda held: "\n".join(one.text for one in held.patent.description), "description"),
    _of("field", Group.TEXTS, _section("field"), "description"),
    _of("bg", Group.TEXTS, _section("background"), "description"),
    _of("sum", Group.TEXTS, _section("summary"), "description"),
    _of("emb", Group.TEXTS, _section("embodiment"), "description"),
    _of("src", Group.MORE, values.files),
    Column("day", "数据日期", "date of the data", values.data_date, ("data_date",), False, Group.MORE),
    Column("sample", "演示数据", "demonstration data", values.invented, (), False, Group.MORE),
    Column("link", "记录页", "page of the record", values.link, (), False, Group.MORE),
)
