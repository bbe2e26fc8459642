"""One rejected row or document mended on the page: its cells or text, tried out, then imported as a file of its own."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from patmark.errors import BadFile, BadRecord, NotFound, WrongState
from patmark.sources.again import Place, inside, place_of, rows_again
from patmark.sources.all import read_file
from patmark.sources.mapping import Mapping
from patmark.sources.mapping_guess import column_name
from zhiquan.common.action import Actor
from zhiquan.records import actions, importing, mending
from zhiquan.records.gist import Gist, gist
from zhiquan.records.home import raw_path, stage
from zhiquan.records.models import Batch, Reject

#: A longer document is mended in an editor, not on a page.
LONGEST = 300_000
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding=["']([\w.-]{1,40})["']""")
#: Things one mended text may hold: more is a file, to be uploaded as one.
MOST = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be edited, under its column's name."""

    number: int
    label: str
    text: str

    @property
    def lines(self) -> int:
        """How many lines its box has."""
        return min(6, 1 + len(self.text) // 60)


@dataclass(frozen=True, slots=True)
class Mendable:
    """A reject as it can be edited: the cells of a row under their header, or the text of a document.

    `why_not`: it cannot be edited here, and where it can.
    """

    cells: tuple[Cell, ...] = ()
    header: tuple[str, ...] = ()
    text: str = ""
    encoding: str = "utf-8"
    why_not: str = ""

    def with_cells(self, sent: Sequence[str]) -> Mendable:
        """The same row with what a person wrote into its cells."""
        cells = tuple(Cell(one.number, one.label, text) for one, text in zip(self.cells, sent, strict=False))
        return Mendable(cells, self.header, self.text, self.encoding)

    def with_text(self, sent: str) -> Mendable:
        return Mendable(self.cells, self.header, sent, self.encoding)

    @property
    def content(self) -> bytes:
        """The bytes of a file that holds nothing but this."""
        if not self.cells:
            return self.text.encode(self.encoding, "xmlcharrefreplace")
        row = [one.text for one in self.cells]
        while len(row) > max(1, len(self.header)) and not row[-1].strip():
            row.pop()
        out = io.StringIO()
        csv.writer(out).writerows([self.header, row] if self.header else [row])
        return out.getvalue().encode("utf-8-sig")

    @property
    def ending(self) -> str:
        if self.cells:
            return ".csv"
        return {"<": ".xml", "{": ".json", "[": ".json"}.get(self.text.lstrip()[:1], ".txt")


def mendable(reject: Reject) -> Mendable:
    """The reject as it can be edited."""
    place = place_of(reject.position)
    if place is None:
        return Mendable(why_not=_("这里拒收的是整张表，不是其中一行：请核对这个文件的列对应后重新读取。"))
    try:
        return _row(reject, place) if place.is_row else _document(reject, place)
    except (BadFile, NotFound, OSError):
        return Mendable(why_not=_("原始文件已读不出这一处：请在原文件里改好后重新上传。"))


def _row(reject: Reject, place: Place) -> Mendable:
    header, delimiter = _header(reject, place)
    cells = _parted(reject.raw, delimiter, len(header))
    width = max(len(header), len(cells))
    shown = [header[at].strip() if at < len(header) else "" for at in range(width)]
    return Mendable(
        tuple(
            Cell(at, shown[at] or column_name(at), cells[at].strip("\r\n") if at < len(cells) else "")
            for at in range(width)
        ),
        header,
    )


def _header(reject: Reject, place: Place) -> tuple[tuple[str, ...], str]:
    """The header over the row and the delimiter of its table; a table without one has none."""
    with inside(raw_path(reject.file.sha256), reject.file.name, place.member) as source:
        for sheet in rows_again(source, (), _mapping(reject)):
            if place.words == f"{sheet.place}第 {place.number} 行":
                return sheet.header, sheet.delimiter
    return (), ","


def _parted(raw: str, delimiter: str, width: int) -> list[str]:
    """The cells of a row from its text: as CSV, or, where a quote without its other spoils that, by the delimiter."""
    try:
        rows = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
    except csv.Error:
        rows = []
    plain = [one.strip('"') for one in raw.rstrip("\r\n").split(delimiter)]
    if len(rows) != 1 or (len(rows[0]) != width and len(plain) == width):
        return plain
    return rows[0]


def _document(reject: Reject, place: Place) -> Mendable:
    whole = mending.whole_document(reject, place) or reject.raw.encode()
    declared = _DECLARED.match(whole)
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    if len(whole) > LONGEST:
        return Mendable(why_not=_("这份文献太长，请下载后用编辑器改好，再上传。"))
    try:
        return Mendable(text=whole.decode(encoding, "replace"), encoding=encoding)
    except LookupError:
        return Mendable(text=whole.decode("utf-8", "replace"))


def _mapping(reject: Reject) -> Mapping | None:
    try:
        return importing.saved_mapping(reject.file.mapping)
    except BadFile:
        return None


def tried(reject: Reject, mended: Mendable) -> tuple[Gist, ...]:
    """How what a person wrote would be read; nothing is stored."""
    with _as_file(mended) as path:
        try:
            reads = islice(read_file(path, name=path.name, mapping=_mapping(reject)), MOST + 1)
            found = tuple(map(gist, reads))
        except BadFile as fault:
            return (Gist("", fault=BadRecord(fault.sentence, mend=fault.mend)),)
    if len(found) > MOST:
        return (Gist("", fault=BadRecord(_("内容太多。"), mend=_("请作为文件上传。"))),)
    return found or (Gist("", fault=BadRecord(_("这里面没有可以读的内容。"))),)


def import_again(actor: Actor, reject: Reject, mended: Mendable) -> Batch:
    """Imports what a person wrote as a batch of its own and notes it. Raises WrongState if it is mended.

    To be called with what `tried` found no fault with.
    """
    if Reject.objects.filter(mending.MENDED, pk=reject.pk).exists():
        raise WrongState("这一条已经更正过了。", mend="可以撤销更正它的那个批次，再重新更正。")
    name = _("更正：{file} {position}").format(file=reject.file.name, position=reject.position)
    with _as_file(mended) as path:
        staged = stage(path, f"{name[:400]}{mended.ending}")
    batch = actions.open_batch(actor, name, [staged], mapping=reject.file.mapping)
    importing.run(actor, batch)
    actions.note_mended(actor, reject, batch.files.get())
    return batch


@contextmanager
def _as_file(mended: Mendable) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="zhiquan-") as folder:
        path = Path(folder) / f"mended{mended.ending}"
        path.write_bytes(mended.content)
        yield path
