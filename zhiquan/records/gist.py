"""A read row or document in a few words, so that a person sees at once whether it was read rightly."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from patmark.errors import BadRecord
from patmark.patent import Patent, Person, Role, preferred
from patmark.sources.base import Read
from patmark.trademark import Trademark
from zhiquan.records.matching import numbers_of
from zhiquan.records.models import Number
from zhiquan.records.reference import gazetteer

_LONGEST = 80
_NAMES = 3


@dataclass(frozen=True, slots=True)
class Gist:
    """What one thing was read as: a few values in the order of `heads()`, with doubts; or why it was not."""

    position: str
    values: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    fault: BadRecord | None = None


def heads() -> tuple[str, ...]:
    """What the values of a gist are called, in their order."""
    return (_("号码"), _("名称"), _("申请日"), _("公布、注册"), _("申请人"), _("分类"), _("所在地"))


def gist(read: Read) -> Gist:
    """One read in a few words."""
    if isinstance(read.result, BadRecord):
        return Gist(read.position or read.result.position, fault=read.result)
    record = read.result
    where, doubts = _place(record.people)
    values = _patent(record) if isinstance(record, Patent) else _mark(record)
    wrong = any(one.check_wrong for one in numbers_of(record))
    nameless = numbers_of(record)[0].kind == Number.Kind.CONTENT
    told = [_("校验位不符")] * wrong + [_("没有号码，将作为暂存记录")] * nameless + list(doubts)
    return Gist(read.position, (*(_cut(one) for one in values), where), tuple(told))


def _patent(record: Patent) -> tuple[str, ...]:
    application = record.application
    published = [
        " ".join(filter(None, (one.country + one.number + one.kind, str(one.date or ""))))
        for one in record.publications
    ]
    symbols = [one.symbol for one in sorted(record.symbols, key=lambda one: not one.main)]
    return (
        (application.number if application else "") or "—",
        preferred(record.titles),
        str(application.date or "") if application else "",
        "；".join(published),
        _applicants(record.people),
        "；".join(dict.fromkeys(symbols[:_NAMES])),
    )


def _mark(record: Trademark) -> tuple[str, ...]:
    registered = " ".join(filter(None, (record.registration_number, str(record.registration_date or ""))))
    classes = "；".join(_("第 {nice} 类").format(nice=one.nice) for one in record.goods[:_NAMES])
    filed = str(record.filing_date or "")
    return (record.number or "—", record.mark, filed, registered, _applicants(record.people), classes)


def _applicants(people: tuple[Person, ...]) -> str:
    named = [one.name for one in people if one.role is Role.APPLICANT]
    return "；".join(named[:_NAMES]) + ("…" if len(named) > _NAMES else "")


def _place(people: tuple[Person, ...]) -> tuple[str, tuple[str, ...]]:
    located = [one for one in people if one.address and one.role in (Role.APPLICANT, Role.OWNER)]
    if not located or located[0].country not in ("", "CN"):
        return "", ()
    places = gazetteer()
    place = places.locate(located[0].address, located[0].postcode)
    return places.full_name(place.code) if place.code else "", place.reasons


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
