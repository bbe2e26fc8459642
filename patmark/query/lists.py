"""The closed lists of each subject as people say their values: kinds, stages, kinds of body, Nice classes, statuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from patmark import codes
from patmark.fields import Subject
from patmark.query.context import CodeValue

_NICE_CLASSES = 45
_TABLES = {
    Subject.PATENT: {"kind": "kind", "stage": "stage", "ptype": "ptype"},
    Subject.TRADEMARK: {"kind": "mark_kind", "ptype": "ptype"},
}


@cache
def lists(subject: Subject) -> Mapping[str, Mapping[str, CodeValue]]:
    """Field → spelled word → what it means, for every list of the subject that is a table."""
    found = {field: _by_words(field, _rows(name)) for field, name in _TABLES[subject].items()}
    if subject is Subject.TRADEMARK:
        found["nice"] = _by_words("nice", ((at, f"第{at}类", _nice_words(at)) for at in range(1, _NICE_CLASSES + 1)))
    return found


def _rows(name: str) -> Iterable[tuple[int, str, tuple[str, ...]]]:
    return ((row.code, row.zh, (row.value, row.en, str(row.code), *row.aliases)) for row in codes.TABLES[name])


def _nice_words(number: int) -> tuple[str, ...]:
    return (str(number), f"{number:02}", f"{number}类", f"第{number:02}类", f"class{number}")


def _by_words(field: str, rows: Iterable[tuple[int, str, tuple[str, ...]]]) -> dict[str, CodeValue]:
    found: dict[str, CodeValue] = {}
    for code, label, words in rows:
        value = CodeValue(field, code, label)
        for word in (label, *words):
            found.setdefault(codes.spell(word), value)
    return found
