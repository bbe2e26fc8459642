"""Records read for an export: portion by portion, three statements of SQL each, unpacked no further than is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone
from django.utils.translation import get_language

from patmark.fields import Subject
from patmark.packing import load
from patmark.patent import Patent
from patmark.trademark import Trademark
from zhiquan.records import models, queries, rows
from zhiquan.records.reference import gazetteer
from zhiquan.records.storing import merged
from zhiquan.search.exporting.held import Held, Narrow, Scene

#: Records read and written at once: enough that a query costs little, few enough that memory stays flat.
PORTION = 500
_RECORD = ("id", "key", "provisional", "state", "change")
_SHARED = ("status", "status_basis", "status_since")
_NARROW = {
    Subject.PATENT: (
        models.Patent,
        *("record_id", "office", "kind", "filing_date", "publication_date", "grant_date", *_SHARED),
        *("expiry_date", "place", "zone"),
    ),
    Subject.TRADEMARK: (
        models.Trademark,
        *("record_id", "office", "kind", "filing_date", "preliminary_date", "registration_date", *_SHARED),
        *("valid_to", "place", "zone"),
    ),
}


def scene(subject: Subject, *, address: str = "", files: bool = False) -> Scene:
    """What all records of an export share, as it is now and in the reader's language; `files`: with their names."""
    return Scene(
        subject,
        timezone.localdate(),
        (get_language() or "").startswith("en"),
        gazetteer(),
        address,
        dict(queries.standing_files().values_list("pk", "name")) if files else {},
        frozenset(queries.standing_files().filter(batch__sample=True).values_list("pk", flat=True)),
    )


@dataclass(slots=True)
class Reader:
    """Reads records of one subject; `leave` is what of a document nobody wants, `left` how many were gone by then."""

    scene: Scene
    leave: tuple[int, ...] = ()
    gone: int = field(default=0)

    def portions(self, keys: Iterable[int]) -> Iterator[list[Held]]:
        """All records of the keys in their order; one that went since the index saw it is left out and counted."""
        each = iter(keys)
        while portion := list(islice(each, PORTION)):
            found = self.records(portion)
            self.gone += len(portion) - len(found)
            yield found

    def records(self, keys: Sequence[int]) -> list[Held]:
        """The records of these keys that stand, in their order."""
        model, *columns = _NARROW[self.scene.subject]
        narrow = {row[0]: Narrow._make(row) for row in rows.select(model, columns, "record_id", keys)}
        heads = {row[0]: row for row in rows.select(models.Record, _RECORD, "id", keys)}
        stated = self._stated(keys)
        found = []
        for pk in keys:
            if pk in narrow and pk in stated and heads[pk][3] == models.Record.State.LIVE:
                documents, files = stated[pk]
                document = merged(documents)
                assert document is not None
                _, key, provisional, _, change = heads[pk]
                found.append(Held(key, bool(provisional), document, narrow[pk], tuple(files), self.scene, pk, change))
        return found

    def _stated(self, keys: Sequence[int]) -> dict[int, tuple[list[tuple[int, Patent | Trademark]], list[int]]]:
        """What stands of each record, as (order, document), and the files that say it."""
        found: dict[int, tuple[list[tuple[int, Patent | Trademark]], list[int]]] = defaultdict(lambda: ([], []))
        leave = self.leave
        for pk, record, file, payload, withdrawn in rows.select(models.Statement, _STATEMENT, "record_id", keys):
            if not withdrawn:
                documents, files = found[record]
                documents.append((pk, load(bytes(payload), leave)))
                files.append(file)
        return found


_STATEMENT = ("pk", "record_id", "file_id", "payload", "withdrawn")
