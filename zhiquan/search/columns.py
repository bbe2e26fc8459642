"""Which columns a list or a table of records shows, out of those an export has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patmark.fields import Subject
from zhiquan.search.exporting.columns import COLUMNS
from zhiquan.search.exporting.held import Column, Held

#: What a list says below a title (the status stands beside it), and what a table shows unless told otherwise.
IN_LIST: Mapping[Subject, tuple[str, ...]] = {
    Subject.PATENT: ("apno", "kind", "pa", "ad", "pd", "mipc", "dist", "agc"),
    Subject.TRADEMARK: ("rn", "nice", "hol", "fd", "rd", "exp", "dist", "rep"),
}
IN_TABLE: Mapping[Subject, tuple[str, ...]] = {
    Subject.PATENT: ("apno", "pa", "ad", "st", "mipc", "dist"),
    Subject.TRADEMARK: ("rn", "nice", "hol", "fd", "st", "dist"),
}
#: What a table may show: the title stands in front of it anyway, long texts are for the record and the export.
LEFT_OUT = frozenset(
    {
        "key",
        "ti",
        "mark",
        "link",
        "sample",
        "ab",
        "clm",
        "iclm",
        "desc",
        "field",
        "bg",
        "sum",
        "emb",
        "goods",
        "ev",
        "src",
    }
)
#: Values said of one column in a list; the record page has them all.
VALUES = 3


def columns(subject: Subject, keys: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these keys in their order; a key that is none is left out."""
    known = {one.key: one for one in every_column(subject)}
    return tuple(known[key] for key in dict.fromkeys(keys) if key in known)


def every_column(subject: Subject) -> tuple[Column, ...]:
    """All columns a table may have."""
    return tuple(one for one in COLUMNS[subject] if one.key not in LEFT_OUT)


def name(column: Column) -> str:
    """What stands above a column; shorter than in the export where everybody knows."""
    shorter = {"dist": _("所在地"), "mipc": _("主分类")}
    return shorter.get(column.key) or column.name((get_language() or "").startswith("en"))


def told(column: Column, held: Held) -> str:
    """The value of a column as a line of text; of many values the first ones and how many there are."""
    # The finest place known says more than a county that may be empty.
    value = held.scene.place(held.narrow.place) if column.key == "dist" else column.of(held)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, int | date):
        return str(value)
    if len(value) <= VALUES:
        return "；".join(value)
    return "；".join(value[:VALUES]) + _(" 等 %(count)s 个") % {"count": len(value)}
