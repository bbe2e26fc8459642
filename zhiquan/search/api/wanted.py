"""What a request to the API asks for, read strictly: what is unknown, doubled or wrong is told, never ignored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from patmark.engines.base import Sort
from patmark.engines.sorting import RELEVANCE, sortable
from patmark.errors import BadParameter
from patmark.fields import FIELDS, Field, FieldKind, Subject, by_name, spell
from zhiquan.search.api.shapes import Kind, Ordered, Question
from zhiquan.search.asked import PREFIX, Asked, asked_in

SUBJECTS = {Kind.PATENTS: Subject.PATENT, Kind.TRADEMARKS: Subject.TRADEMARK}
#: Parameters that may stand several times, beside the values of facets.
SEVERAL = frozenset({"within"})


def facets(subject: Subject) -> tuple[str, ...]:
    """The parameters that narrow by a facet: `f.dist`, `f.kind` …"""
    return tuple(PREFIX + row.key for row in FIELDS[subject] if row.facet)


def strictly(given: QueryDict, known: Iterable[str]) -> QueryDict:
    """The parameters that say something. Raises BadParameter for one that is unknown, or stands twice and may not."""
    kept = QueryDict(mutable=True)
    names = list(known)
    for name, values in given.lists():
        if name not in names:
            shown = "、".join(one for one in names if not one.startswith(PREFIX))
            raise BadParameter(
                _("没有“%(name)s”这个参数。") % {"name": name[:40]},
                where=name[:40],
                mend=_("这里可以用的参数：%(names)s。") % {"names": shown},
            )
        said = [one for one in values if one.strip()]
        if len(said) > 1 and name not in SEVERAL and not name.startswith(PREFIX):
            raise BadParameter(_("参数“%(name)s”只能写一次。") % {"name": name}, where=name)
        if said:
            kept.setlist(name, said)
    return kept


def asked(request: HttpRequest, subject: Subject, wanted: Question) -> Asked:
    """The question of a request, with its order. Raises BadInput, BadParameter."""
    found = asked_in(request.GET, subject)
    if not isinstance(wanted, Ordered):
        return found
    return replace(found, sort=_sort(subject, wanted.sort), rising=wanted.order == "asc")


def order(found: Asked) -> Sort:
    return Sort(found.sort, descending=not found.rising)


def _sort(subject: Subject, name: str) -> str:
    if not name or name == RELEVANCE:
        return RELEVANCE
    known = sortable(subject)
    row = by_name(subject).get(spell(name))
    if row is None or row.key not in known:
        raise BadParameter(
            _("不能按“%(name)s”排序。") % {"name": name},
            where="sort",
            mend=_("可以用：%(names)s。") % {"names": "、".join((RELEVANCE, *known))},
        )
    return row.key


def counted(subject: Subject, text: str) -> tuple[str, ...]:
    """The one or two fields to count by. Raises BadParameter."""
    names = [one for one in text.replace("，", ",").split(",") if one.strip()]
    rows = [_field(subject, one, "by", [row for row in FIELDS[subject] if row.facet]) for one in names]
    keys = tuple(dict.fromkeys(row.key for row in rows))
    if not 1 <= len(keys) <= 2 or len(keys) != len(names):
        raise BadParameter(_("请写一个或两个不同的字段。"), where="by", mend=_("例如 by=ady 或 by=dist,kind。"))
    return keys


def suggested(subject: Subject, name: str) -> str:
    """The field whose words are suggested. Raises BadParameter."""
    kinds = (FieldKind.TEXT, FieldKind.NAME)
    return _field(subject, name, "field", [row for row in FIELDS[subject] if row.kind in kinds]).key


def _field(subject: Subject, name: str, where: str, known: Sequence[Field]) -> Field:
    row = by_name(subject).get(spell(name))
    if row is None or row not in known:
        raise BadParameter(
            _("“%(name)s”不是这里可以用的字段。") % {"name": name[:40]},
            where=where,
            mend=_("可以用：%(names)s。") % {"names": "、".join(one.key for one in known)},
        )
    return row


def wrong(errors: Sequence[Mapping[str, Any]]) -> BadParameter:
    """All that is wrong with the parameters, as one failure."""
    told = [_told(one) for one in errors[:5]]
    names = [str(one["loc"][-1]) for one in errors[:5]]
    return BadParameter("".join(told), where="、".join(dict.fromkeys(names)), mend=_("各参数的写法见 /api/。"))


def _told(one: Mapping[str, Any]) -> str:
    kind, context = str(one["type"]), one.get("ctx") or {}
    name = {"name": one["loc"][-1]}
    if kind == "missing":
        return _("缺少参数“%(name)s”。") % name
    if kind in ("int_parsing", "int_type", "int_from_float", "int_parsing_size"):
        return _("参数“%(name)s”应是整数。") % name
    if kind.startswith("bool"):
        return _("参数“%(name)s”应是 true 或 false。") % name
    if kind in ("literal_error", "enum"):
        return _("参数“%(name)s”只能是 %(expected)s。") % (name | {"expected": context.get("expected", "")})
    if kind in ("greater_than_equal", "less_than_equal"):
        return _("参数“%(name)s”应在允许的范围内（%(limit)s）。") % (name | {"limit": _limit(context)})
    if kind in ("string_too_long", "string_too_short"):
        return _("参数“%(name)s”太长或太短（%(limit)s）。") % (name | {"limit": _limit(context)})
    return _("参数“%(name)s”的写法不对。") % name


def _limit(context: Mapping[str, Any]) -> str:
    signs = {"ge": "≥", "le": "≤", "max_length": "≤", "min_length": "≥"}
    return " ".join(f"{signs[key]} {value}" for key, value in context.items() if key in signs)
