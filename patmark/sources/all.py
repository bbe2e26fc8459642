"""Every kind of file the library reads, and the one function that reads any of them: `read_file`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from patmark.sources import (
    exchange_lines,
    foreign_json,
    odp,
    ops,
    ops_json,
    patent_documents,
    sqldump,
    st66,
    st96_design,
    st96_gi,
    st96_patent,
    st96_trademark,
    tables,
    uspto_assignment,
    workbooks,
)
from patmark.sources.archives import Walk, as_source, is_gz, is_zip, read_gz, read_zip, renumbered
from patmark.sources.base import Kind, Read, Source
from patmark.sources.detect import COMPANIONS, refusal, tell_content
from patmark.sources.mapping import Mapping
from patmark.sources.rows import Opener, read_opened

#: How the tables of each kind are opened: these alone can start anywhere and take a mapping.
OPENERS: dict[str, Opener] = {
    "xlsx": workbooks.workbook_sheets,
    "sql": sqldump.dump_sheets,
    "csv": tables.table_sheets,
}


def open_source(path: Path, name: str = "") -> Source:
    """A file on disk as a source; `name` is what people call it, its own name where none is given."""
    return as_source(path, name)


def tell(source: Source) -> Kind:
    """The kind of a file by its content; raises BadFile with what it is instead when nothing reads it."""
    for kind in KINDS:
        if kind.tells(source):
            return kind
    raise refusal(source)


def read_file(path: Path, *, name: str = "", after: int = -1, mapping: Mapping | None = None) -> Iterator[Read]:
    """Everything in a file, through archives: records and rejects, indexes running on from 0.

    Those up to index `after` are left out; of tables they are not even converted. `mapping` is for its tables instead
    of the shipped ones. Raises BadFile, after what could be read, when the file as a whole cannot be.
    """
    return read_source(open_source(path, name), after=after, mapping=mapping)


def read_source(source: Source, *, after: int = -1, mapping: Mapping | None = None) -> Iterator[Read]:
    """As `read_file`, of a source."""
    kind = tell(source)
    if kind.code in OPENERS:
        yield from read_opened(source, OPENERS[kind.code], mapping, after + 1)
    else:
        yield from renumbered(_read_inside(source, _walk(mapping), mapping), after)


def _walk(mapping: Mapping | None) -> Walk:
    return Walk(partial(_read_inside, mapping=mapping), _is_companion)


def _read_inside(source: Source, walk: Walk, mapping: Mapping | None) -> Iterator[Read]:
    kind = tell(source)
    if kind.code == "zip":
        return read_zip(source, walk)
    if kind.code == "gz":
        return read_gz(source, walk)
    if kind.code in OPENERS:
        return read_opened(source, OPENERS[kind.code], mapping)
    return kind.read(source)


def _is_companion(source: Source) -> bool:
    return tell_content(source) in COMPANIONS


def _read_archive(source: Source) -> Iterator[Read]:
    return renumbered(_read_inside(source, _walk(None), None))


KINDS: tuple[Kind, ...] = (
    # A workbook is a zip too: it is asked first. Tables come last, since almost any text has commas.
    *workbooks.KINDS,
    Kind("zip", "zip 压缩包", is_zip, _read_archive),
    Kind("gz", "gz 压缩包", is_gz, _read_archive),
    *exchange_lines.KINDS,
    *patent_documents.KINDS,
    *ops_json.KINDS,
    *odp.KINDS,
    *ops.KINDS,
    *st96_patent.KINDS,
    *st96_design.KINDS,
    *st96_gi.KINDS,
    *st96_trademark.KINDS,
    *st66.KINDS,
    *uspto_assignment.KINDS,
    *foreign_json.KINDS,
    *sqldump.KINDS,
    *tables.KINDS,
)
