"""The small picture beside a hit: a mark's image or the view of a design, where it is at hand and can be shown."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from django.conf import settings
from django.urls import reverse

from patmark import codes
from patmark.patent import Patent, PatentKind
from patmark.trademark import Trademark
from zhiquan.records import pictures, queries
from zhiquan.records.models import Record
from zhiquan.records.models import Subject as Held

_DESIGN = codes.code_of("kind", PatentKind.DESIGN)
_SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif"})


def thumbnail(row: Record, document: Patent | Trademark) -> str:
    """The address of the picture; empty for patents that are no designs, and where no picture can be shown."""
    if not document.pictures or (isinstance(document, Patent) and not _is_design(row)):
        return ""
    first = document.pictures[0]
    if PurePosixPath(first.file.casefold()).suffix not in _SHOWN:
        return ""
    # What lies in the same archive is there; what came beside its document is looked for, once for a state of a record.
    if not first.member and not _beside(str(settings.ZHIQUAN_HOME), row.pk, row.change):
        return ""
    page = "patent.picture" if isinstance(document, Patent) else "trademark.picture"
    return reverse(page, args=[row.key, 1])


def _is_design(row: Record) -> bool:
    return row.subject == Held.PATENT and row.patent.kind == _DESIGN


@lru_cache(maxsize=16_384)
def _beside(home: str, record: int, change: int) -> bool:
    """Whether the first picture of a record of this home, as it is since that change, is at hand."""
    whole = queries.whole(Record.objects.get(pk=record))
    return any(one.number == 1 and one.shown for one in pictures.hung(whole))
