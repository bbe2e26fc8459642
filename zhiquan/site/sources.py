"""Where the records held come from: the kinds of files that stand, how many, and how new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from patmark.sources.all import KINDS
from zhiquan.records.models import BatchFile
from zhiquan.records.queries import standing_files
from zhiquan.search.labels import said

_NAMES = {one.code: one.name for one in KINDS}


@dataclass(frozen=True, slots=True)
class Source:
    """Files of one kind: how many, the newest day their data are of where they say it, and when the last came in."""

    kind: str
    invented: bool
    files: int
    data_date: date | None
    loaded: datetime | None


def sources() -> Sequence[Source]:
    """Every kind of file that records stand on, the most frequent first."""
    read = standing_files().filter(state=BatchFile.State.DONE)
    rows = read.values_list("kind", "batch__sample").annotate(Count("pk"), Max("data_date"), Max("batch__finished"))
    found = [Source(said(_NAMES.get(kind, kind), kind), *rest) for kind, *rest in rows]
    return sorted(found, key=lambda one: (-one.files, one.kind))
