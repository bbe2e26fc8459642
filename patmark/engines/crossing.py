"""Which facets can be crossed: the check every engine makes before it counts a cube."""

from __future__ import annotations

from collections.abc import Sequence

from patmark import fields
from patmark.errors import BadQuery
from patmark.fields import Subject

#: Three fields and their margins are eight counts; more is a question for a spreadsheet.
MOST_FIELDS = 3


def checked_crossing(subject: Subject, by: Sequence[str]) -> None:
    """Raises BadQuery where a field is no facet or stands twice, or where there are more than `MOST_FIELDS`."""
    if len(by) > MOST_FIELDS:
        raise BadQuery(f"一次最多按 {MOST_FIELDS} 个字段交叉统计。", mend="请去掉一个字段，或先缩小范围再统计。")
    for field in by:
        row = fields.field(subject, field)
        if not row.facet:
            raise BadQuery(f"不能按“{row.zh}”统计。")
    if len(set(by)) < len(by):
        raise BadQuery("不能用一个字段与它自己交叉统计。", mend="请换一个字段。")
