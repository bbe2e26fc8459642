"""The engine inside the process: tantivy on a folder, exact on Chinese through the tokens of patmark/text.py."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Self

import tantivy

from patmark import text
from patmark.cube import Cube
from patmark.engines.analyser import measured, offering, ranks
from patmark.engines.base import EVERY_VALUE, Document, FacetCount, Found, Sort, Suggestion
from patmark.engines.crossing import checked_crossing
from patmark.engines.index_state import REBUILD, IndexState, new_state, read_state, write_state
from patmark.engines.sorting import BY_RELEVANCE, checked_after, checked_sort, is_relevance
from patmark.engines.tantivy_counts import Counter
from patmark.engines.tantivy_cube import Crossing
from patmark.engines.tantivy_pages import behind, best, every_in_order, every_scored, in_order, total
from patmark.engines.tantivy_positions import Decided
from patmark.engines.tantivy_query import Descendants, Translator
from patmark.engines.tantivy_schema import (
    DOWNWARDS,
    KEY,
    OFFER,
    UPWARDS,
    DocumentWriter,
    analyser,
    schema,
    schema_name,
)
from patmark.engines.turns import Calendar, calendar_of
from patmark.errors import EngineDown
from patmark.fields import Subject
from patmark.query.tree import Node

#: Bytes the writer gathers before it writes a segment; one thread, so that segments are few and memory is bounded.
WRITER_HEAP = 96_000_000
#: Words looked at for each one offered, so that words only dropped records had do not take the places.
_SUGGESTED_FOR_ONE = 8
_META = "meta.json"


class EmbeddedEngine:
    """Implements `patmark.engines.base.Engine` on a folder.

    Reading methods see the last commit of whichever process made it. `calendar` says which statuses turn by themselves
    (the subject's own where not given), `descendants(field, symbol)` what a loaded scheme holds below a subgroup.
    """

    def __init__(
        self,
        folder: Path,
        subject: Subject,
        *,
        calendar: Calendar | None = None,
        descendants: Descendants | None = None,
        heap: int = WRITER_HEAP,
    ) -> None:
        """Opens an index. EngineDown where the folder holds none, another schema's, or one that cannot be read."""
        self.subject = subject
        self._folder = folder
        self._calendar = calendar or calendar_of(subject)
        self._descendants = descendants
        self._heap = heap
        self._documents = DocumentWriter(subject)
        self._decided = Decided()
        self._writer: tantivy.IndexWriter | None = None
        self._highest = -1
        self._state = IndexState("")
        self._open()

    @classmethod
    def create(
        cls,
        folder: Path,
        subject: Subject,
        *,
        calendar: Calendar | None = None,
        descendants: Descendants | None = None,
        heap: int = WRITER_HEAP,
    ) -> Self:
        """A new, empty index in place of whatever the folder held."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        tantivy.Index(schema(subject), path=str(folder))
        write_state(folder, new_state(schema_name(subject)))
        return cls(folder, subject, calendar=calendar, descendants=descendants, heap=heap)

    @property
    def sequence(self) -> int:
        return self.state.sequence

    @property
    def state(self) -> IndexState:
        """What the folder says now; it changes with every commit."""
        return read_state(self._folder)

    @property
    def size(self) -> int:
        return int(self._reader().num_docs)

    def put(self, documents: Iterable[Document]) -> int:
        writer = self._writing()
        written = 0
        for document in documents:
            if document.key <= self._highest:
                writer.delete_documents_by_query(self._holding([document.key]))
            else:
                # Nothing that high is held, so there is nothing to replace: a rebuild never pays for deletions.
                self._highest = document.key
            writer.add_document(self._documents.tantivy_document(document))
            written += 1
        return written

    def drop(self, keys: Iterable[int]) -> None:
        dropped = list(keys)
        if dropped:
            self._writing().delete_documents_by_query(self._holding(dropped))

    def commit(self, sequence: int) -> None:
        # The sequence follows the commit: a crash between them repeats changes, which changes nothing.
        self._writing().commit()
        self._state = self._state.at(sequence)
        write_state(self._folder, self._state)
        self._reader()

    def clear(self) -> None:
        # Not tantivy's delete_all_documents: that takes the old segments away before the commit.
        self._writing().delete_documents_by_query(tantivy.Query.all_query())
        self._highest = -1

    def close(self) -> None:
        """Lets merges end and gives the writer's lock back; what was not committed is dropped."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer.wait_merging_threads()
            self._writer = None

    def find(
        self,
        query: Node,
        *,
        today: date,
        sort: Sort = BY_RELEVANCE,
        limit: int = 20,
        offset: int = 0,
        after: int | None = None,
        facets: Sequence[str] = (),
        top: int = 10,
    ) -> Found:
        checked_after(checked_sort(self.subject, sort), after)
        scored = self._is_scored(query, sort)
        searcher = self._reader()
        asked = self._translator(searcher, today).query(query)
        if scored:
            total, hits = best(searcher, asked, limit, offset)
        elif after is not None:
            total, hits = behind(searcher, self._index.schema, asked, _column(sort), after=after, limit=limit)
        else:
            total, hits = in_order(searcher, asked, _column(sort), limit=limit, offset=offset)
        counts = self._counter(searcher, today).page(asked, facets, top) if facets else ()
        return Found(total, hits, counts)

    def count(self, query: Node, by: Sequence[str], *, today: date, top: int | None = None) -> tuple[FacetCount, ...]:
        measured(self.subject, query)
        searcher = self._reader()
        asked = self._translator(searcher, today).query(query)
        return self._counter(searcher, today).whole(asked, by, top)

    def cube(
        self,
        query: Node,
        by: Sequence[str],
        *,
        today: date,
        only: Mapping[str, Collection[int]] = EVERY_VALUE,
    ) -> Cube:
        checked_crossing(self.subject, by)
        measured(self.subject, query)
        searcher = self._reader()
        translator = self._translator(searcher, today)
        crossing = Crossing(self.subject, searcher, translator=translator, calendar=self._calendar)
        return crossing.cube(translator.query(query), by, only)

    def suggest(self, field: str, beginning: str, limit: int = 10) -> list[Suggestion]:
        start = text.fold(beginning).strip()
        searcher = self._reader()
        held: dict[str, int] = {}
        for one in offering(self.subject, field) if start else ():
            column = one + OFFER
            # The dictionary still counts what was replaced or dropped; the few that come first are counted again.
            for offer, _ in searcher.terms_with_prefix(column, start, limit=limit * _SUGGESTED_FOR_ONE):
                found = searcher.search(tantivy.Query.term_query(self._index.schema, column, offer), 1)
                held[offer] = held.get(offer, 0) + total(found)
        ranked = sorted((-count, offer) for offer, count in held.items() if count)
        return [Suggestion(offer, -count) for count, offer in ranked[:limit]]

    def scan(self, query: Node, *, today: date, sort: Sort = BY_RELEVANCE, after: int | None = None) -> Iterator[int]:
        checked_after(checked_sort(self.subject, sort), after)
        scored = self._is_scored(query, sort)
        searcher = self._reader()
        asked = self._translator(searcher, today).query(query)
        if scored:
            return every_scored(searcher, asked)
        return every_in_order(searcher, self._index.schema, asked, _column(sort), after=after)

    def _is_scored(self, query: Node, sort: Sort) -> bool:
        """Relevance is a matter of phrases; without any, the newest records come first."""
        measured(self.subject, query)
        return is_relevance(sort) and ranks(query)

    def _translator(self, searcher: tantivy.Searcher, today: date) -> Translator:
        return Translator(
            self.subject,
            searcher,
            self._index.schema,
            today=today,
            calendar=self._calendar,
            descendants=self._descendants,
            decided=self._decided,
        )

    def _counter(self, searcher: tantivy.Searcher, today: date) -> Counter:
        return Counter(self.subject, searcher, today=today, calendar=self._calendar)

    def _open(self) -> None:
        self._state = read_state(self._folder)
        if self._state.schema != schema_name(self.subject):
            raise EngineDown(f"{self._folder} 里的检索索引是按另一种结构建立的。", mend=REBUILD)
        try:
            self._index = tantivy.Index.open(str(self._folder))
            self._index.config_reader("manual")
            self._index.register_tokenizer("units", analyser())
            self._searcher = self._index.searcher()
        except (OSError, ValueError) as error:
            raise EngineDown(f"{self._folder} 里的检索索引已损坏，无法打开。", mend=REBUILD) from error
        self._seen = self._stamp()
        self._highest = self._highest_key()

    def _stamp(self) -> bytes:
        """What tantivy says of its last commit. Read whole: times of files are too coarse for commits in a row."""
        try:
            return (self._folder / _META).read_bytes()
        except OSError as error:
            raise EngineDown(f"{self._folder} 里的检索索引不见了。", mend=REBUILD) from error

    def _reader(self) -> tantivy.Searcher:
        """The newest committed state; looking whether there is a newer one costs some microseconds."""
        stamp = self._stamp()
        if stamp != self._seen:
            if self._writer is None and read_state(self._folder).made != self._state.made:
                self._open()
            else:
                self._reload()
            self._seen = stamp
        return self._searcher

    def _reload(self) -> None:
        try:
            self._index.reload()
            self._searcher = self._index.searcher()
        except (OSError, ValueError) as error:
            raise EngineDown(f"{self._folder} 里的检索索引已损坏，无法读取。", mend=REBUILD) from error

    def _holding(self, keys: Sequence[int]) -> tantivy.Query:
        # Not delete_documents_by_term: it takes a number for a signed one and finds nothing in an unsigned column.
        return tantivy.Query.term_set_query(self._index.schema, KEY, keys)

    def _highest_key(self) -> int:
        found = self._searcher.search(tantivy.Query.all_query(), 1, order_by_field=KEY).hits
        return int(found[0][0]) if found else -1

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(self._heap, 1)
            except ValueError as error:
                raise EngineDown("另一个进程正在写检索索引。", mend="请等它结束，或先停止它。") from error
            self._highest = self._highest_key()
        return self._writer


def _column(sort: Sort) -> str:
    if is_relevance(sort):
        return KEY
    return sort.by + (DOWNWARDS if sort.descending else UPWARDS)
