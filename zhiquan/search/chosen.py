"""Values of facets as an address carries them, and back: `340881`, `invention`, `granted`, `H01M`, a whole name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patmark import codes
from patmark.fields import FieldKind, Subject, field
from patmark.lifecycle import StatusRow
from patmark.mark_status import MARK_STATUS_IDS
from patmark.status import LIVES, PATENT_STATUS_IDS
from zhiquan.records.models import Party

#: Longer texts are no name that is kept (`records.derive.NAME_LIMIT`) and no code.
_LONGEST = 300
_NUMBER_DIGITS = 9
_STATUSES: Mapping[Subject, Mapping[int, StatusRow]] = {
    Subject.PATENT: PATENT_STATUS_IDS,
    Subject.TRADEMARK: MARK_STATUS_IDS,
}


def word(subject: Subject, key: str, value: int) -> str:
    """How an address says a value of a facet that is no name, which no language changes; else its number."""
    if key == "st":
        row = _STATUSES[subject].get(value)
        return str(row.status) if row else str(value)
    if key == "life":
        return next((str(life) for life, row in LIVES.items() if row.id == value), str(value))
    table = _table(subject, key)
    try:
        return str(codes.value_of(table, value)) if table else str(value)
    except KeyError:
        return str(value)


def understood(subject: Subject, key: str, texts: Sequence[str]) -> Mapping[str, int]:
    """The value each text stands for; a text that stands for none is left out.

    Names nobody holds (any more) are -1, -2 …: no record has them, so the result is empty, and its chip says why.
    """
    texts = [text for text in texts if 0 < len(text) <= _LONGEST and "\0" not in text]
    if field(subject, key).kind is FieldKind.NAME:
        held = dict(Party.objects.filter(name__in=texts).values_list("name", "pk"))
        return {text: held.get(text, -at) for at, text in enumerate(texts, 1)}
    found = {text: _read(subject, key, text) for text in texts}
    return {text: value for text, value in found.items() if value is not None}


def _read(subject: Subject, key: str, text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) <= _NUMBER_DIGITS:
        return int(text)
    if key == "st":
        return next((row.id for row in _STATUSES[subject].values() if row.status == text), None)
    if key == "life":
        return next((row.id for life, row in LIVES.items() if life == text), None)
    table = _table(subject, key)
    return codes.read(table, text) if table else None


def _table(subject: Subject, key: str) -> str:
    """The list of `patmark/codes.py` a field's values stand in; empty where it has none (places, years, classes)."""
    if key == "kind":
        return "kind" if subject is Subject.PATENT else "mark_kind"
    if key in ("cc", "pacc", "abr"):
        return "cc"
    return key if key in ("stage", "ptype", "sub", "sec") else ""
