"""What waits for a person: addresses of which it is open where they lie, conflicts of numbers, merges, rejects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from patmark.divisions import Region
from patmark.errors import BadInput, NotFound
from patmark.patent import Person, Role
from patmark.regions import Place
from zhiquan.records import mending, storing
from zhiquan.records.models import (
    Batch,
    Conflict,
    Merge,
    Patent,
    PlaceDecision,
    Record,
    Reject,
    Trademark,
)
from zhiquan.records.places import DecidedPlaces, home_city
from zhiquan.records.reference import gazetteer


class Why(StrEnum):
    """Why an address waits: its words and postcode contradict each other or fit several places, or name no county."""

    DOUBTFUL = "doubtful"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address in question: of how many records it is, one of them, and why it waits."""

    key: int
    records: int
    example: int
    why: Why


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place an address may lie in, by which sign, with the zone in it that the words name."""

    code: str
    name: str
    by: str
    zone: str = ""
    zone_name: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An address with what the rule makes of it, and the places to choose from, the rule's own first."""

    waiting: Waiting
    applicant: str
    address: str
    postcode: str
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def waiting_places(why: Why | None = None) -> list[Waiting]:
    """Every address nobody has decided about, those of most records first."""
    decided = PlaceDecision.objects.filter(active=True).values("key")
    found: dict[int, Waiting] = {}
    for model in (Patent, Trademark):
        open_ = model.objects.exclude(address_key=None).exclude(address_key__in=decided)
        grouped = open_.order_by().values_list("address_key")
        doubtful = Count("pk", filter=Q(place_doubtful=True))
        told = grouped.annotate(many=Count("pk"), one=Min("record_id"), doubt=doubtful)
        for key, many, example, doubt in told:
            before = found.get(key)
            records = many + (before.records if before else 0)
            found[key] = Waiting(key, records, example, Why.DOUBTFUL if doubt else Why.VAGUE)
    wanted = [one for one in found.values() if why is None or one.why is why]
    return sorted(wanted, key=lambda one: (-one.records, one.example))


def questions(waiting: Sequence[Waiting]) -> list[Question]:
    """The addresses themselves, with the places to choose from."""
    people = _located([one.example for one in waiting])
    return [_question(one, people[one.example]) for one in waiting if one.example in people]


def question_of(key: int) -> Question:
    """One address by its key, decided or not. Raises NotFound where no record has it."""
    for model in (Patent, Trademark):
        held = model.objects.filter(address_key=key).order_by("record_id")
        if first := held.first():
            why = Why.DOUBTFUL if first.place_doubtful else Why.VAGUE
            many = sum(each.objects.filter(address_key=key).count() for each in (Patent, Trademark))
            found = questions([Waiting(key, many, first.record_id, why)])
            if found:
                return found[0]
    raise NotFound("没有待认定的这个地址。", mend="它可能已随批次撤销；请从地区认定的清单中选择。")


def _located(records: Iterable[int]) -> Mapping[int, Person]:
    """The person by whom each record is placed: the first applicant or owner with an address."""
    found = {}
    for record, kept in storing.statements_of(set(records)).items():
        merged = storing.merged(storing.loaded(kept))
        people = merged.people if merged is not None else ()
        person = next((one for one in people if one.address and one.role in (Role.APPLICANT, Role.OWNER)), None)
        if person is not None:
            found[record] = person
    return found


def _question(waiting: Waiting, person: Person) -> Question:
    places = _rule()
    words = places.locate(person.address, person.postcode)
    alone = places.locate(person.address)
    code = places.locate_postcode(person.postcode) if person.postcode else Place()
    told = ((words, _("规则")), (alone, _("地址文字")), (code, _("邮政编码")))
    named = {one.code: _candidate(one, by) for one, by in reversed(told) if one.code}
    order = dict.fromkeys(one.code for one, _by in told if one.code)
    reasons = words.reasons or (_("地址没有写明县（市、区）"),)
    return Question(
        waiting, person.name, person.address, person.postcode, reasons, tuple(named[code] for code in order)
    )


def _rule() -> DecidedPlaces:
    """The gazetteer without anybody's decisions."""
    places = gazetteer()
    return DecidedPlaces(places, {})


def _candidate(place: Place, by: str) -> Candidate:
    places = gazetteer()
    return Candidate(place.code, places.full_name(place.code), by, place.zone, places.name(place.zone))


def units() -> tuple[Region, ...]:
    """The counties and zones of the city this site is for; empty where its name is no city's."""
    places = gazetteer()
    city = home_city(places)
    return places.units(city) if city else ()


def place_named(text: str) -> Region:
    """The place a person means by a code or name. Raises BadInput where there is none of it, or several."""
    found = gazetteer().find_places(text.strip()[:40])
    if len({one.code for one in found}) == 1:
        return found[0]
    if not found:
        raise BadInput(_("没有“{text}”这个地方。").format(text=text[:40]), mend=_("请写全名或区划代码，例如 340881。"))
    names = "、".join(f"{gazetteer().full_name(one.code)} {one.code}" for one in found[:6])
    raise BadInput(_("“{text}”不止一处：{names}。").format(text=text[:40], names=names), mend=_("请写区划代码。"))


def records_at(key: int) -> QuerySet[Record]:
    """The records that stand with an address, patents and marks."""
    patents, marks = (model.objects.filter(address_key=key).values("pk") for model in (Patent, Trademark))
    return Record.objects.filter(Q(pk__in=patents) | Q(pk__in=marks), state=Record.State.LIVE).order_by("pk")


def open_conflicts() -> QuerySet[Conflict]:
    """Conflicts nobody has settled, between records that both stand."""
    live = {"record__state": Record.State.LIVE, "other__state": Record.State.LIVE}
    return Conflict.objects.filter(settled=False, **live).select_related("record", "other", "file").order_by("pk")


def standing_merges() -> QuerySet[Merge]:
    """Merges that hold, the newest first."""
    held = Merge.objects.filter(taken_back=None, absorbed__state=Record.State.ABSORBED)
    return held.select_related("kept", "absorbed", "batch").order_by("-pk")


def open_rejects() -> QuerySet[Reject]:
    """Rejects of batches that stand which nobody has mended."""
    gone = (Batch.State.UNDONE, Batch.State.UNDOING)
    return Reject.objects.exclude(file__batch__state__in=gone).exclude(mending.MENDED)
