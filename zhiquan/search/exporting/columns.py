"""Which columns an export has: all there are, the usual ones, those somebody asks for by key or name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.utils.translation import gettext as _

from patmark.errors import BadInput
from patmark.fields import Subject, spell
from patmark.packing import leaving
from zhiquan.search.exporting.held import Column
from zhiquan.search.exporting.mark_columns import TRADEMARK_COLUMNS
from zhiquan.search.exporting.patent_columns import PATENT_COLUMNS

COLUMNS: Mapping[Subject, tuple[Column, ...]] = {
    Subject.PATENT: PATENT_COLUMNS,
    Subject.TRADEMARK: TRADEMARK_COLUMNS,
}
#: What decides which of several statements is believed (patmark/merging.py): always unpacked.
RANKING = ("office", "application", "publications", "data_date")


def usual(subject: Subject) -> tuple[Column, ...]:
    """The columns people get unless they choose."""
    return tuple(one for one in COLUMNS[subject] if one.usual)


def chosen(subject: Subject, asked: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these keys or names in the order of the table, `all` for every one; BadInput for one that is none.

    Nothing asked for gives the usual ones.
    """
    names = [name for one in asked for name in one.replace("，", ",").split(",") if name.strip()]
    if not names:
        return usual(subject)
    if "all" in names:
        return COLUMNS[subject]
    known = _by_name(subject)
    wrong = [name for name in names if spell(name) not in known]
    if wrong:
        keys = "、".join(one.key for one in COLUMNS[subject])
        raise BadInput(
            _("没有“%(name)s”这一列。") % {"name": wrong[0][:40]},
            where="columns",
            mend=_("可用的列：%(keys)s。") % {"keys": keys},
        )
    wanted = {known[spell(name)] for name in names}
    return tuple(one for one in COLUMNS[subject] if one.key in wanted)


def known_keys(subject: Subject, keys: Sequence[str]) -> tuple[str, ...]:
    """Those of the keys that are columns, in the order of the table."""
    return tuple(one.key for one in COLUMNS[subject] if one.key in keys)


def left_out(columns: Sequence[Column]) -> tuple[int, ...]:
    """What need not be unpacked of a patent for these columns (`patmark.packing.load`)."""
    return leaving({*RANKING, *(name for one in columns for name in one.needs)})


@cache
def _by_name(subject: Subject) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for one in COLUMNS[subject]:
        names.setdefault(spell(one.key), one.key)
    for one in COLUMNS[subject]:
        for name in (one.zh, one.en):
            names.setdefault(spell(name), one.key)
    return names
