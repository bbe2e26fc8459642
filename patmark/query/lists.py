"""The closed lists of each subject as people say their values: kinds, bodies, statuses, events, Nice classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from patmark import codes
from patmark.fields import Subject
from patmark.legal_events import OVERLAYS
from patmark.mark_status import MARK_STATUSES
from patmark.query.context import CodeValue
from patmark.status import LIVES, PATENT_STATUSES, Life, StatusRow

#: A row of a list: code, label, further words.
_Row = tuple[int, str, tuple[str, ...]]

_NICE_CLASSES = 45
_TABLES = {
    Subject.PATENT: {"kind": "kind", "stage": "stage", "ptype": "ptype"},
    Subject.TRADEMARK: {"kind": "mark_kind", "ptype": "ptype"},
}
_STATUSES: dict[Subject, Mapping[str, StatusRow]] = {
    Subject.PATENT: PATENT_STATUSES,
    Subject.TRADEMARK: MARK_STATUSES,
}
#: What people say for a status besides its name (PSS and other systems' menus, talk).
_STATUS_WORDS = {
    "examination": ("实审", "实质审查的生效", "审查"),
    "published": ("公布", "初步审定", "初步审定公告"),
    "granted": ("授权公告", "已授权", "专利权维持"),
    "lapsed": ("欠费终止", "未缴年费", "未缴年费专利权终止"),
    "expired": ("届满", "专利权有效期届满", "期限届满终止"),
    "invalidated": ("无效",),
    "registered": ("注册", "核准注册"),
    "opposed": ("异议",),
    "reexamination": ("复审中",),
}
_LIFE_WORDS = {
    Life.ALIVE: ("有权", "维持有效"),
    Life.PENDING: ("在审", "未决", "审查中"),
    Life.DEAD: ("无权", "已失效"),
    Life.UNKNOWN: ("未知", "未确认"),
}
_EVENT_WORDS = {"transfer": ("转让", "权利转移"), "licence": ("许可", "实施许可"), "change": ("变更",)}


@cache
def lists(subject: Subject) -> Mapping[str, Mapping[str, CodeValue]]:
    """Field → spelled word → what it means, for every list of the subject that is a table.

    A word of the status list that is none but says whether a right lives (`st:有效`) means the field `life`.
    """
    found = {field: _by_words(field, _rows(name)) for field, name in _TABLES[subject].items()}
    found["life"] = _by_words("life", _lives())
    found["st"] = found["life"] | _by_words("st", _status_rows(subject))
    if subject is Subject.TRADEMARK:
        found["nice"] = _by_words("nice", ((at, f"第{at}类", _nice_words(at)) for at in range(1, _NICE_CLASSES + 1)))
    else:
        found["ev"] = _by_words("ev", _event_rows())
    return found


def _rows(name: str) -> Iterable[_Row]:
    return ((row.code, row.zh, (row.value, row.en, str(row.code), *row.aliases)) for row in codes.TABLES[name])


def _lives() -> Iterable[_Row]:
    # Void and dead are one group to people.
    return ((row.id, row.zh, (life.value, row.en, *_LIFE_WORDS.get(life, ()))) for life, row in LIVES.items())


def _status_rows(subject: Subject) -> Iterable[_Row]:
    return (
        (row.id, row.zh, (row.status, row.en, str(row.id), *_STATUS_WORDS.get(row.status, ())))
        for row in _STATUSES[subject].values()
    )


def _event_rows() -> Iterable[_Row]:
    return (
        (row.id, row.zh, (row.overlay.value, row.en, str(row.id), *_EVENT_WORDS.get(row.overlay.value, ())))
        for row in OVERLAYS.values()
    )


def _nice_words(number: int) -> tuple[str, ...]:
    return (str(number), f"{number:02}", f"{number}类", f"第{number:02}类", f"class{number}")


def _by_words(field: str, rows: Iterable[_Row]) -> dict[str, CodeValue]:
    """Names before other words, so that a word that is one row's name and another's alias means the name."""
    held = list(rows)
    found: dict[str, CodeValue] = {}
    for code, label, _ in held:
        found.setdefault(codes.spell(label), CodeValue(field, code, label))
    for code, label, words in held:
        for word in words:
            found.setdefault(codes.spell(word), CodeValue(field, code, label))
    return found
