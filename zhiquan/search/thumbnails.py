"""The small picture beside a hit: a mark's image or the view of a design, where it is at hand and can be shown."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from django.conf import settings
from django.urls import reverse

from patmark import codes
from patmark.patent import Patent, PatentKind
from zhiquan.records import pictures, queries
from zhiquan.records.models import Record
from zhiquan.search.exporting.held import Held

_DESIGN = codes.code_of("kind", PatentKind.DESIGN)
_SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif"})


def thumbnail(held: Held) -> str:
    """The address of the picture; empty for patents that are no designs, and where no picture can be shown."""
    patent = isinstance(held.document, Patent)
    if not held.document.pictures or (patent and held.narrow.kind != _DESIGN):
        return ""
    first = held.document.pictures[0]
    if PurePosixPath(first.file.casefold()).suffix not in _SHOWN:
        return ""
    # What lies in the same archive is there; what came beside its document is looked for, once for a state of a record.
    if not first.member and not _beside(str(settings.ZHIQUAN_HOME), held.pk, held.change):
        return ""
    return reverse("patent.picture" if patent else "trademark.picture", args=[held.key, 1])


@lru_cache(maxsize=16_384)
def _beside(home: str, record: int, change: int) -> bool:
    """Whether the first picture of a record of this home, as it is since that change, is at hand."""
    whole = queries.whole(Record.objects.get(pk=record))
    return any(one.number == 1 and one.shown for one in pictures.hung(whole))
