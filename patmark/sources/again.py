"""A file read a second time by the places it was read by: whole rows under their header, whole documents."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from patmark.errors import BadFile, BadRecord
from patmark.sources.all import OPENERS, open_source, tell
from patmark.sources.archives import open_member
from patmark.sources.base import LIMITS, Source
from patmark.sources.mapping import Mapping
from patmark.sources.rows import Sheet, Table, find_table
from patmark.sources.tables import delimiter_of
from patmark.sources.xml import root_name
from patmark.sources.xml_split import Piece, pieces

#: `a/b.zip/c.csv 工作表“一”第 17 行`, `c.xml 第 3 份文件`: the member, if any, and the place in it.
_PLACE = re.compile(
    r"(?:(?P<member>.+?) )?(?P<words>(?:(?:工作)?表“.*”)?第 (?P<number>\d+) (?P<unit>行|份文件).*)", re.DOTALL
)
_UNPACKED = 4 * 1024 * 1024 * 1024
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the member of the archive (empty: the file itself), the number and the words in it."""

    member: str
    number: int
    words: str
    is_row: bool


@dataclass(frozen=True, slots=True)
class SheetAgain:
    """A sheet opened again: its header as it stands (empty where it has none), the rows asked for with their places.

    A row is its cells, or, where its line cannot be parted into cells, the line.
    """

    place: str
    delimiter: str
    header: tuple[str, ...]
    rows: Iterator[tuple[str, Sequence[str] | str]]


def place_of(position: str) -> Place | None:
    """A position as readers write it, taken apart; None for one that is neither a row nor a document."""
    found = _PLACE.fullmatch(position)
    if found is None:
        return None
    is_row = found["unit"] == "行"
    return Place(found["member"] or "", int(found["number"]), found["words"], is_row)


@contextmanager
def inside(path: Path, name: str, member: str) -> Iterator[Source]:
    """The file, or the member of it, as a source of its own; gz is unpacked. Raises NotFound or BadFile."""
    with tempfile.TemporaryDirectory(prefix="zhiquan-") as folder:
        if member:
            name = member
            unpacked = Path(folder) / "member"
            with open_member(path, member) as stream, unpacked.open("wb") as out:
                shutil.copyfileobj(stream, out)
            path = unpacked
        source = open_source(path, name)
        if tell(source).code == "gz":
            source = open_source(_unpacked(path, Path(folder) / "content"), name)
        yield source


def _unpacked(path: Path, target: Path) -> Path:
    size = 0
    try:
        with gzip.open(path) as packed, target.open("wb") as out:
            while size < min(_UNPACKED, LIMITS.unpacked) and (block := packed.read(_BLOCK)):
                size += out.write(block)
    except (OSError, EOFError):
        pass  # torn: what could be unpacked is all there is
    return target


def rows_again(source: Source, wanted: Collection[str], mapping: Mapping | None = None) -> Iterator[SheetAgain]:
    """The recognised sheets of a table with the rows at these places; what breaks off gives what stands before that."""
    kind = tell(source).code
    if kind not in OPENERS:
        return
    delimiter = delimiter_of(source) if kind == "csv" else ","
    with OPENERS[kind](source) as sheets:
        for sheet in sheets:
            found = find_table(sheet, mapping)
            if isinstance(found, Table):
                header = () if mapping and not mapping.has_header else tuple(found.choice.headers)
                yield SheetAgain(sheet.place, delimiter, header, _rows(sheet, found, wanted))


def _rows(sheet: Sheet, table: Table, wanted: Collection[str]) -> Iterator[tuple[str, Sequence[str] | str]]:
    try:
        for number, row in table.rows:
            place = sheet.position(number)
            if place in wanted:
                yield place, row.raw if isinstance(row, BadRecord) else row
    except BadFile:
        return


def document_again(source: Source, number: int, raw: str) -> bytes:
    """The document of that number (from 1) of an XML file, whole; `raw` is how it begins. Empty where it is not found.

    A record inside a wrapping root comes with that root around it.
    """
    name = root_name(raw.encode())
    if not name:
        return b""
    with source.open() as stream:
        for count, piece in enumerate(pieces(stream, frozenset({name}), LIMITS), 1):
            if count == number:
                return b"" if piece.fault else _standing_alone(piece)
    return b""


def _standing_alone(piece: Piece) -> bytes:
    encoding = f' encoding="{piece.encoding}"' if piece.encoding else ""
    body = piece.body
    if piece.shell:
        root = re.split(rb"[\s/>]", piece.shell[1:], maxsplit=1)[0]
        body = piece.shell + body + b"</shell></" + root + b">"
    return f'<?xml version="1.0"{encoding}?>\n'.encode() + piece.doctype + body
