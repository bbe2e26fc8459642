"""By what results may be ordered, checked in one place for all engines."""

from __future__ import annotations

from patmark import fields
from patmark.engines.base import Sort
from patmark.errors import BadQuery
from patmark.fields import Subject

RELEVANCE = "relevance"
#: A value and a key share one number of 64 bits when sorting: keys below 2^36, values below 2^27 (a date needs 25).
KEY_BITS = 36
KEY_MASK = (1 << KEY_BITS) - 1
VALUE_MASK = (1 << 27) - 1
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


def place(value: int | None, key: int, *, descending: bool = True) -> int:
    """Where a record stands in an order by a field, the higher the earlier: by its value, then the newest first.

    Records without a value come last whichever way the order goes.
    """
    stored = 0 if value is None else min(value + 1, VALUE_MASK)
    if not descending and stored:
        stored = VALUE_MASK - stored + 1
    return stored << KEY_BITS | key


def checked_after(sort: Sort, after: int | None) -> None:
    """Raises BadQuery where a place is given in an order that knows none."""
    if after is not None and is_relevance(sort):
        raise BadQuery("按相关度排序时不能从某一条之后继续。", mend="请按日期排序。")


def sortable(subject: Subject) -> tuple[str, ...]:
    """The keys of the fields results can be ordered by."""
    return tuple(row.key for row in fields.FIELDS[subject] if row.sortable)
