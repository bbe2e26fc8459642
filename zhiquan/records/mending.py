"""Rejected rows and documents written out in their own form, to be mended and imported again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

from django.db.models import Q, QuerySet

from patmark.errors import BadFile, BadInput, BadRecord, NotFound
from patmark.sources.again import Place, SheetAgain, document_again, inside, place_of, rows_again
from patmark.sources.mapping import Mapping
from zhiquan.records.home import raw_path
from zhiquan.records.importing import saved_mapping
from zhiquan.records.models import Batch, BatchFile, Reject

#: Mended on the page, and the file it was mended with stands.
MENDED = Q(mended__isnull=False) & ~Q(mended__batch__state__in=[Batch.State.UNDONE, Batch.State.UNDOING])
OVERVIEW = "拒收原因.csv"
HEADER = ("文件", "位置", "原因", "如何更正", "原文")
#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNFIT = re.compile(r"[^\w.（）()【】-]+")
_NAME_LENGTH = 60
_ENDINGS = {"<": ".xml", "{": ".json", "[": ".json"}


class _Writes(Protocol):
    def write(self, text: str, /) -> object: ...


def rejects_of(batch: Batch) -> QuerySet[Reject]:
    """Every reject of a batch in the order of its files; of a file imported before, those it had then."""
    files = [twin or pk for pk, twin in batch.files.values_list("pk", "twin")]
    return Reject.objects.filter(file__in=files).select_related("file").order_by("file_id", "index")


def open_rejects_of(batch: Batch) -> QuerySet[Reject]:
    """Those of a batch that nobody has mended: what was mended by a file since undone is open again."""
    return rejects_of(batch).exclude(MENDED)


def overview(rejects: Iterable[Reject]) -> Iterator[tuple[str, ...]]:
    """The lines of the list of rejects, the header first; no cell of it is taken for a formula."""
    yield HEADER
    for one in rejects:
        yield tuple(map(_harmless, (one.file.name, one.position, one.reason, one.mend, one.raw)))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def export(batch: Batch, folder: Path) -> list[Path]:
    """Writes the rejects of a batch into a folder and answers the files written; empty where there are none.

    1. Rows of a table: one CSV for each sheet, the table's own header first, then the rows as they were.
    2. Documents: each as a file of its own, whole where the raw file still gives it.
    3. The reasons: one list of everything.
    """
    rejects = rejects_of(batch)
    if not rejects.exists():
        return []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written: list[Path] = []
        for number, pk in enumerate(rejects.order_by("file_id").values_list("file", flat=True).distinct(), 1):
            file = BatchFile.objects.get(pk=pk)
            written += _File(file, folder, f"{number:03d}-{_fit(Path(file.name).stem)}").write()
        with (folder / OVERVIEW).open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows(overview(rejects.iterator()))
    except OSError as fault:
        raise BadInput(f"写不进这个文件夹（{fault.strerror}）。", where=str(folder), mend="请换一个文件夹。") from fault
    return [*written, folder / OVERVIEW]


def _fit(name: str) -> str:
    """A name fit for any file system."""
    return _UNFIT.sub("_", name).strip("._")[:_NAME_LENGTH] or "文件"


@dataclass(slots=True)
class _File:
    """The rejects of one imported file, being written under names that begin with `stem`."""

    file: BatchFile
    folder: Path
    stem: str
    written: list[Path] = field(default_factory=list)

    def write(self) -> list[Path]:
        members: dict[str, set[str]] = {}
        for index, position in self.file.rejects.order_by("index").values_list("index", "position"):
            place = place_of(position)
            if place is not None and place.is_row:
                members.setdefault(place.member, set()).add(place.words)
            else:
                self._document(index, place)
        for member, wanted in members.items():
            self._table(member, wanted)
        return self.written

    def _table(self, member: str, wanted: set[str]) -> None:
        mapping = _mapping(self.file)
        try:
            with inside(raw_path(self.file.sha256), self.file.name, member) as source:
                for sheet in rows_again(source, wanted, mapping):
                    self._sheet(sheet)
        except (BadFile, NotFound, FileNotFoundError):
            return  # what can no longer be read again stands in the list of reasons, with its raw text

    def _sheet(self, sheet: SheetAgain) -> None:
        rows = iter(sheet.rows)
        first = next(rows, None)
        if first is None:
            return
        with self._new(".csv").open("w", encoding="utf-8-sig", newline="") as out:
            if sheet.header:
                _write_row(out, sheet.header, sheet.delimiter)
            for _, row in chain([first], rows):
                _write_row(out, row, sheet.delimiter)

    def _document(self, index: int, place: Place | None) -> None:
        reject = self.file.rejects.get(index=index)
        content = whole_document(reject, place) or reject.raw.encode()
        if content:
            ending = _ENDINGS.get(reject.raw.lstrip()[:1], ".txt")
            self._new(ending).write_bytes(content)

    def _new(self, ending: str) -> Path:
        path = self.folder / f"{self.stem}-{len(self.written) + 1:03d}{ending}"
        self.written.append(path)
        return path


def whole_document(reject: Reject, place: Place | None) -> bytes:
    """The rejected document whole where the list holds only its beginning; empty where it holds all, or it is gone."""
    # Some readers count the limit in bytes and cut inside a character.
    if len(reject.raw.encode()) < BadRecord.RAW_LIMIT - 4 or place is None:
        return b""
    try:
        with inside(raw_path(reject.file.sha256), reject.file.name, place.member) as source:
            return document_again(source, place.number, reject.raw)
    except (BadFile, NotFound, FileNotFoundError):
        return b""


def _write_row(out: _Writes, row: Sequence[str] | str, delimiter: str) -> None:
    if isinstance(row, str):
        out.write(row + "\r\n")
    else:
        csv.writer(out, delimiter=delimiter).writerow(row)


def _mapping(file: BatchFile) -> Mapping | None:
    try:
        return saved_mapping(file.mapping)
    except BadFile:
        return None
