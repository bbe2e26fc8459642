"""The invented patents of the city, in the order of their filing days; nothing is kept of those already made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patmark.demo import numbers, texts
from patmark.demo.bodies import Body, city
from patmark.demo.courses import Course
from patmark.demo.days import END, gazette, later, patent_years
from patmark.demo.draws import Draw, Ladder, hashed
from patmark.demo.pictures import DRAWINGS, drawing_name
from patmark.demo.titles import Titles
from patmark.demo.words import Vocabulary, frames, table, trades, vocabulary
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Localised,
    Patent,
    PatentKind,
    Person,
    Picture,
    Publication,
    Role,
    Symbol,
)

#: What every invented record says of itself, in a field that pages and exports show.
MARK = ("演示数据", "虚构的记录，用于演示和测试；号码不在各局实际使用的范围内")
_KINDS = Ladder.of(((PatentKind.INVENTION, 0.36), (PatentKind.UTILITY_MODEL, 0.5), (PatentKind.DESIGN, 0.14)))
_OF_KIND, _OF_INDUSTRY, _PATENT = 11, 12, 13
#: Who files: firms, schools and institutes, persons [DESIGN].
_WHO = Ladder.of((("firm", 0.82), ("other", 0.09), ("person", 0.09)))
#: How many use an agency, by who files.
_AGENCY = {"firm": 0.8, "other": 0.93, "person": 0.35}
#: Shares of patents with a description, a family abroad, a domestic priority, a parent, a second applicant.
_DESCRIBED, _ABROAD, _PRIORITY, _PARENT, _TOGETHER = 0.12, 0.05, 0.025, 0.006, 0.05
_OFFICES = (("WO", 560), ("US", 610), ("EP", 700), ("JP", 740))


@dataclass(frozen=True, slots=True)
class MadePatent:
    """A patent, and what was meant by it: status at the end of the data, industry, unit of the first applicant."""

    record: Patent
    status: str
    industry: str
    unit: str


def kind_of(rank: int) -> PatentKind:
    """The kind of the patent of that rank, without making it."""
    return _KINDS.at(hashed(rank, _OF_KIND))


def industry_of(rank: int) -> str:
    """The industry of the patent of that rank, without making it."""
    return trades().at(hashed(rank, _OF_INDUSTRY))


def patents(size: int) -> Iterator[MadePatent]:
    """So many patents, always the same for one size; ValueError for more than there are numbers."""
    if size > numbers.MOST:
        raise ValueError(f"no more than {numbers.MOST} patents")
    maker = _Maker(size)
    for rank in range(size):
        yield maker.make(rank)


class _Maker:
    """Makes patents in the order of their rank; titles already given are all it remembers, as a place in each list."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._years = patent_years()
        extra = {
            "technique": tuple(table("frames")["system"]["techniques"].split()),
            "motif": frames("design").sentences["motifs"],
            "form": frames("design").sentences["forms"],
        }
        self._words = {key: vocabulary(key) for key in trades().values}
        self._titles = {key: Titles(words, extra) for key, words in self._words.items()}

    def make(self, rank: int) -> MadePatent:
        draw = Draw(_PATENT, rank)
        kind, industry = kind_of(rank), industry_of(rank)
        words = self._words[industry]
        technique = {PatentKind.INVENTION: "", PatentKind.UTILITY_MODEL: "device"}.get(kind, "design")
        technique = technique or draw.on(words.share)
        title = self._titles[industry].next(technique, draw)
        course = Course(kind, self._years.day((rank + 0.5) / self._size), numbers.publication(rank, kind), draw).run()
        who = draw.on(_WHO) if kind is not PatentKind.DESIGN or draw.chance(0.2) else "firm"
        applicants = _applicants(draw, who, industry)
        given = texts.slots(draw, words, title, technique, kind=kind) if technique != "design" else {}
        claims = texts.claims(draw, technique, given, draw.between(3, 10)) if given else ()
        note = texts.abstract(draw, technique, given) if given else ""
        described = bool(given) and draw.chance(_DESCRIBED)
        record = Patent(
            office="CN",
            kind=kind,
            application=numbers.application(rank, kind, course.filed),
            publications=tuple(course.publications),
            titles=(Localised(title.text, "zh"),),
            abstracts=(Localised(note or texts.design_note(draw, title, draw.pick(words.lists["use"])), "zh"),),
            claims=claims,
            claims_lang="zh" if claims else "",
            description=texts.description(draw, technique, given) if described else (),
            description_lang="zh" if described else "",
            people=_people(draw, who, applicants, course, industry=industry),
            symbols=_symbols(draw, technique, words),
            priorities=_priorities(draw, rank, course),
            parents=self._parents(draw, rank, course),
            family=_family(draw, rank, course),
            citations=self._citations(draw, rank, course, industry),
            events=tuple(course.events),
            pictures=_pictures(draw, technique),
            grant_date=course.granted,
            data_date=END,
            claim_count=len(claims) or None,
            extra=(MARK,),
        )
        return MadePatent(record, course.status, industry, applicants[0].unit)

    def _citations(self, draw: Draw, rank: int, course: Course, industry: str) -> tuple[Citation, ...]:
        """Earlier patents of the same industry that were published when the examiner looked."""
        if course.kind is not PatentKind.INVENTION or len(course.events) < 2:
            return ()
        before = int(self._years.share(later(course.filed, -600)) * self._size)
        found: dict[int, Citation] = {}
        for _ in range(4 * draw.below(5)):
            other = draw.below(before) if before > 0 else rank
            if other < rank and kind_of(other) is not PatentKind.DESIGN and industry_of(other) == industry:
                kind = kind_of(other)
                letter = "A" if kind is PatentKind.INVENTION else "U"
                cited = Publication("CN", numbers.publication(other, kind), letter)
                found[other] = Citation("", cited, draw.pick("XYA"), "examiner")
        return tuple(found.values())

    def _parents(self, draw: Draw, rank: int, course: Course) -> tuple[ApplicationNumber, ...]:
        if course.kind is PatentKind.DESIGN or not draw.chance(_PARENT):
            return ()
        return (numbers.priority(rank, course.kind, later(course.filed, -draw.between(150, 500))),)


def _applicants(draw: Draw, who: str, industry: str) -> list[Body]:
    held = city()
    firms = held.by_industry[industry]
    first = draw.on(firms) if who == "firm" else draw.on(held.others) if who == "other" else draw.pick(held.persons)
    if not draw.chance(_TOGETHER):
        return [first]
    second = draw.on(held.others if who == "firm" else firms)
    return [first, second]


def _people(draw: Draw, who: str, applicants: list[Body], course: Course, *, industry: str) -> tuple[Person, ...]:
    """Applicants, owners once granted (another where the right was handed on), inventors, agency and agents."""
    held = city()
    people = [_person(one, Role.APPLICANT) for one in applicants]
    if course.granted is not None:
        owners = [draw.on(held.by_industry[industry])] if course.owner_changed else applicants
        people += [_person(one, Role.OWNER) for one in owners]
    most = 3 if course.kind is PatentKind.DESIGN else 6
    names = draw.some(applicants[0].inventors, draw.between(1, most))
    people += [Person(name, Role.INVENTOR) for name in names]
    if draw.chance(_AGENCY[who]):
        agency = draw.on(held.agencies)
        people.append(Person(agency.name, Role.AGENCY, code=agency.code))
        people += [Person(name, Role.AGENT) for name in draw.some(agency.agents, draw.between(1, 2))]
    return tuple(people)


def _person(body: Body, role: Role) -> Person:
    return Person(body.name, role, body.address, body.postcode, "CN", uscc=body.uscc)


def _symbols(draw: Draw, technique: str, words: Vocabulary) -> tuple[Symbol, ...]:
    if technique == "design":
        return (draw.pick(words.locarno),)
    chosen = draw.some(words.symbols[technique], draw.between(1, 3))
    return (Symbol(chosen[0].scheme, chosen[0].symbol, True), *chosen[1:])


def _priorities(draw: Draw, rank: int, course: Course) -> tuple[ApplicationNumber, ...]:
    if course.kind is PatentKind.DESIGN or not draw.chance(_PRIORITY):
        return ()
    return (numbers.priority(rank, course.kind, later(course.filed, -draw.between(90, 364))),)


def _family(draw: Draw, rank: int, course: Course) -> tuple[Publication, ...]:
    """Members abroad, published when eighteen months and more have passed."""
    if course.kind is not PatentKind.INVENTION or not draw.chance(_ABROAD):
        return ()
    offices = [_OFFICES[0], *draw.some(_OFFICES[1:], draw.below(4))]
    days = [(office, gazette(later(course.filed, after))) for office, after in offices]
    return tuple(numbers.abroad(office, rank, day) for office, day in days if day <= END)


def _pictures(draw: Draw, technique: str) -> tuple[Picture, ...]:
    if technique not in ("device", "design"):
        return ()
    role = "design" if technique == "design" else "drawing"
    chosen = draw.some(range(DRAWINGS), draw.between(1, 3))
    return tuple(Picture(drawing_name(role, one), role, "image/png") for one in chosen)
