"""By what results may be ordered, checked in one place for all engines."""

from __future__ import annotations

from patmark import fields
from patmark.engines.base import Sort
from patmark.errors import BadQuery
from patmark.fields import Subject

RELEVANCE = "relevance"
BY_RELEVANCE = Sort()


def is_relevance(sort: Sort) -> bool:
    return sort.by == RELEVANCE


def checked_sort(subject: Subject, sort: Sort) -> Sort:
    """The sort itself; BadQuery where the subject has no such field or it has no order."""
    if is_relevance(sort):
        return sort
    row = next((one for one in fields.FIELDS[subject] if one.key == sort.by), None)
    if row is None or not row.sortable:
        raise BadQuery(
            f"不能按“{row.zh if row else sort.by}”排序。", mend="可以按相关度，或按申请日、公开（公告）日等日期排序。"
        )
    return sort


def sortable(subject: Subject) -> tuple[str, ...]:
    """The keys of the fields results can be ordered by."""
    return tuple(row.key for row in fields.FIELDS[subject] if row.sortable)
