"""Which field of the table gets what from a record: the one place where records become the Documents engines hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from patmark import codes
from patmark.bodies import body_of
from patmark.classes import parse_symbol
from patmark.engines.base import Document
from patmark.engines.turns import number_of
from patmark.errors import BadNumber, BadSymbol
from patmark.kinds import stage_of
from patmark.numbers import parse_application, parse_publication, parse_trademark
from patmark.patent import ApplicationNumber, Patent, PatentKind, Person, Publication, Role, Stage
from patmark.trademark import Trademark

LabelOf = Callable[[str], int]
_Value = TypeVar("_Value", int, str)

_PARTS = {"field": "field", "background": "bg", "summary": "sum", "embodiment": "emb"}
_SCHEMES = {"ipc": "ipc", "cpc": "cpc", "locarno": "loc"}
_ROLES = {
    Role.APPLICANT: "pa",
    Role.OWNER: "own",
    Role.INVENTOR: "in",
    Role.AGENCY: "agc",
    Role.AGENT: "agt",
    Role.EXAMINER: "exr",
}
_MARK_ROLES = {Role.APPLICANT: "hol", Role.AGENCY: "rep"}
_LABELLED = frozenset({"pa", "own", "in", "agc", "hol", "rep"})
_NOT_NUMBER = re.compile(r"[\W_]+")
_PLACES = ("prov", "city", "dist", "zone")
_LONGEST_TERM = 80
_GRANT = codes.code_of("stage", Stage.GRANT.value)


@dataclass(frozen=True, slots=True)
class Derived:
    """What is worked out about a record before it is indexed, so that it is worked out once.

    kind      the kind of right its numbers and publications tell, where the source does not
    granted   the day of the grant, the same way
    places    of every applicant or holder: (province, city, county, zone) as whole numbers, 0 where unknown
              (`patmark.regions.Place.ids`)
    status    the status its events gave it, before anything turns with the calendar (patmark/status.py)
    expiry    the day the right ends: 届满日 of a patent; of a mark the last day of its term, where it is not stated
    events    what its legal events were about beside the status: pledge, transfer … (`OVERLAYS` of legal_events.py)
    sources   codes of the sources it came from
    """

    kind: PatentKind = PatentKind.UNKNOWN
    granted: date | None = None
    places: tuple[tuple[int, int, int, int], ...] = ()
    status: int | None = None
    expiry: date | None = None
    events: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()


NOTHING = Derived()


def patent_document(key: int, patent: Patent, *, label_of: LabelOf, derived: Derived = NOTHING) -> Document:
    """The Document of a merged patent record; `label_of` gives a name's facet id (its raw party id)."""
    texts: dict[str, Sequence[str]] = {}
    labels: dict[str, list[int]] = {}
    if patent.titles:
        texts["ti"] = _distinct(one.text for one in patent.titles)
    if patent.abstracts:
        texts["ab"] = _distinct(one.text for one in patent.abstracts)
    if patent.claims:
        texts["clm"] = [claim.text for claim in patent.claims]
        texts["iclm"] = [claim.text for claim in patent.claims if not claim.depends_on]
    if patent.description:
        _add_description(texts, patent)
    _add_people(texts, labels, patent.people, roles=_ROLES, label_of=label_of)
    applicants = patent.named(Role.APPLICANT)
    numbers = _patent_numbers(patent)
    if ids := _credit_codes(patent.people):
        numbers["uscc"] = ids
    symbols = _patent_symbols(patent)
    return Document(
        key=key,
        title=patent.title,
        texts=texts,
        numbers=numbers,
        symbols=symbols,
        integers=_patent_integers(patent, applicants, symbols, derived),
        labels=labels,
    )


def trademark_document(key: int, mark: Trademark, *, label_of: LabelOf, derived: Derived = NOTHING) -> Document:
    """The Document of a merged trademark record."""
    texts: dict[str, Sequence[str]] = {}
    labels: dict[str, list[int]] = {}
    words = _distinct((mark.mark, mark.mark_transliteration, mark.mark_translation))
    if words:
        texts["mark"] = words
    goods = _distinct(text for one in mark.goods for text in (one.text, *one.items))
    if goods:
        texts["goods"] = goods
    _add_people(texts, labels, mark.people, roles=_MARK_ROLES, label_of=label_of)
    holders = tuple(person for person in mark.people if person.role is Role.APPLICANT)
    office = mark.office or "CN"
    numbers = {"rn": _distinct(_mark_key(one, office) for one in (mark.number, mark.registration_number) if one)}
    if ids := _credit_codes(mark.people):
        numbers["uscc"] = ids
    groups = _distinct(_symbol_key("nice", group) for one in mark.goods for group in one.groups)
    return Document(
        key=key,
        title=mark.mark,
        texts=texts,
        numbers=numbers,
        symbols={"sg": groups, "vc": _distinct(_symbol_key("vienna", one) for one in mark.vienna)},
        integers=_mark_integers(mark, holders, derived),
        labels=labels,
    )


def _add_description(texts: dict[str, Sequence[str]], patent: Patent) -> None:
    texts["desc"] = [section.text for section in patent.description]
    for part, field in _PARTS.items():
        found = [section.text for section in patent.description if section.part == part]
        if found:
            texts[field] = found


def _add_people(
    texts: dict[str, Sequence[str]],
    labels: dict[str, list[int]],
    people: Sequence[Person],
    *,
    roles: dict[Role, str],
    label_of: LabelOf,
) -> None:
    names: dict[str, list[str]] = {}
    addresses: list[str] = []
    for person in people:
        field = roles.get(person.role)
        if field is None:
            continue
        held = names.setdefault(field, [])
        held.append(person.name)
        if person.original_name and person.original_name != person.name:
            held.append(person.original_name)
        if field in _LABELLED:
            labels.setdefault(field, []).append(label_of(person.name))
        if person.address and person.role in (Role.APPLICANT, Role.OWNER):
            addresses.append(person.address)
    texts.update(names)
    if addresses:
        texts["addr"] = _distinct(addresses)


def _credit_codes(people: Sequence[Person]) -> list[str]:
    return _distinct(_bare(person.uscc) for person in people if person.uscc)


def _patent_numbers(patent: Patent) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    if patent.application:
        found["apno"] = [_application_key(patent.application)]
    if patent.publications:
        found["pn"] = _publication_keys(patent.publications)
    if patent.priorities:
        found["prno"] = _distinct(map(_application_key, patent.priorities))
    if patent.pct_application or patent.pct_publication:
        applications = [_application_key(patent.pct_application)] if patent.pct_application else []
        publications = _publication_keys([patent.pct_publication]) if patent.pct_publication else []
        found["pct"] = [*applications, *publications]
    if patent.parents:
        found["div"] = _distinct(map(_application_key, patent.parents))
    if patent.citations:
        found["cite"] = _publication_keys([one.publication for one in patent.citations if one.publication])
    if patent.family:
        found["fam"] = _publication_keys(patent.family)
    return found


def _patent_symbols(patent: Patent) -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    main = first = ""
    for one in patent.symbols:
        field = _SCHEMES.get(one.scheme)
        if field is None:
            continue
        symbol = _symbol_key(one.scheme, one.symbol)
        held = found.setdefault(field, [])
        if symbol not in held:
            held.append(symbol)
        if field == "ipc":
            first = first or symbol
            main = main or (symbol if one.main else "")
    if first:
        found["mipc"] = [main or first]
    return dict(found)


def _patent_integers(
    patent: Patent, applicants: Sequence[Person], symbols: dict[str, Sequence[str]], derived: Derived
) -> dict[str, Sequence[int]]:
    kind = patent.kind if derived.kind is PatentKind.UNKNOWN else derived.kind
    found: dict[str, Sequence[int]] = {"kind": (_code("kind", kind.value),), "cc": _offices((patent.office,))}
    if patent.application and (filed := patent.application.date):
        found["ad"], found["ady"] = (number_of(filed),), (filed.year,)
    if patent.publications:
        # Newest first: the first value is the one results are sorted by.
        published = sorted({number_of(one.date) for one in patent.publications if one.date}, reverse=True)
        found["pd"], found["pdy"] = published, _distinct(day // 10_000 for day in published)
        found["stage"] = _distinct(map(_stage, patent.publications))
    if patent.priorities:
        found["prd"] = sorted({number_of(one.date) for one in patent.priorities if one.date})
    if granted := derived.granted or patent.grant_date:
        found["gd"], found["gdy"] = (number_of(granted),), (granted.year,)
    found["exd"] = _day(derived.expiry)
    if patent.family:
        abroad = (one.country for one in patent.family if _stage(one) == _GRANT)
        found["abr"] = _offices(one for one in abroad if one != "CN")
    found["pacc"] = _offices([person.country for person in applicants])
    found["ptype"] = _distinct(_body(person.name, person.country) for person in applicants)
    if ipc := symbols.get("ipc"):
        found["sub"] = _distinct(_code("sub", one[:4]) for one in ipc)
        found["sec"] = _distinct(_code("sec", one[:1]) for one in ipc)
    if (claims := len(patent.claims) if patent.claim_count is None else patent.claim_count) > 0:
        found["nclm"] = (claims,)
    if inventors := len(patent.named(Role.INVENTOR)):
        found["nin"] = (inventors,)
    _add_derived(found, derived)
    return found


def _mark_integers(mark: Trademark, holders: Sequence[Person], derived: Derived) -> dict[str, Sequence[int]]:
    filed = mark.filing_date
    found: dict[str, Sequence[int]] = {
        "kind": [codes.code_of("mark_kind", mark.kind.value)],
        "nice": _distinct(one.nice for one in mark.goods if one.nice > 0),
        "cc": _offices([mark.office]),
        "ptype": _distinct(_body(person.name, person.country) for person in holders),
        "fd": _day(filed),
        "fdy": [filed.year] if filed else (),
        "pub1": _day(mark.preliminary_publication_date),
        "rd": _day(mark.registration_date),
        "rdy": [mark.registration_date.year] if mark.registration_date else (),
        "exp": _day(mark.valid_to or derived.expiry),
    }
    _add_derived(found, derived)
    return found


def _add_derived(found: dict[str, Sequence[int]], derived: Derived) -> None:
    if derived.places:
        for level, field in enumerate(_PLACES):
            found[field] = _distinct(place[level] for place in derived.places)
    if derived.status is not None:
        found["st"] = (derived.status,)
    if derived.sources:
        found["src"] = derived.sources
    if derived.events:
        found["ev"] = _distinct(derived.events)


def _day(day: date | None) -> Sequence[int]:
    return [number_of(day)] if day else ()


def _distinct(values: Iterable[_Value]) -> list[_Value]:
    """Each value once, in order, without empty ones and zeros."""
    return [value for value in dict.fromkeys(values) if value]


def _application_key(number: ApplicationNumber) -> str:
    return _read_application(number.country, number.number)


@lru_cache(maxsize=4_096)
def _read_application(country: str, number: str) -> str:
    """The key of a number as printed; one no rule reads is held by its letters and digits, so that it is found too."""
    try:
        return parse_application(number, country).key
    except BadNumber:
        return _bare(country + number)


def _publication_keys(publications: Sequence[Publication]) -> list[str]:
    """Each key with and without its kind code: people ask for CN102541888 and for CN102541888A."""
    return _distinct(key for one in publications for key in _read_publication(one.country, one.number, one.kind))


@lru_cache(maxsize=4_096)
def _read_publication(country: str, number: str, kind: str) -> tuple[str, ...]:
    try:
        found = parse_publication(number, country, kind)
    except BadNumber:
        return (_bare(country + number + kind),)
    return (found.key, found.stem)


@lru_cache(maxsize=4096)
def _mark_key(number: str, office: str) -> str:
    try:
        return parse_trademark(number, office).key
    except BadNumber:
        return _bare(office + number)


@lru_cache(maxsize=16_384)
def _symbol_key(scheme: str, symbol: str) -> str:
    try:
        return parse_symbol(scheme, symbol).key
    except BadSymbol:
        return "".join(symbol.upper().split())[:_LONGEST_TERM]


def _bare(text: str) -> str:
    return _NOT_NUMBER.sub("", text).upper()[:_LONGEST_TERM]


@lru_cache(maxsize=16_384)
def _stage_code(country: str, kind: str, day: date | None, nine_digits: str) -> int:
    return codes.code_of("stage", stage_of(country, kind, day, number=nine_digits).value)


def _stage(publication: Publication) -> int:
    return _stage_code(
        publication.country,
        publication.kind,
        publication.date,
        publication.number if len(publication.number) == 9 else "",
    )


def _offices(countries: Iterable[str]) -> list[int]:
    return _distinct(_code("cc", country) for country in countries if country)


@lru_cache(maxsize=4096)
def _code(name: str, value: str) -> int:
    """The code of a value in a closed list, 0 where the list has no such value."""
    try:
        return codes.code_of(name, value)
    except KeyError:
        return 0


@lru_cache(maxsize=16_384)
def _body(name: str, country: str) -> int:
    return codes.code_of("ptype", body_of(name, country).kind.value)
