"""Wildcards, nearness and frequency on tantivy: it finds the records that may match, their kept texts decide."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from itertools import groupby

import tantivy

from patmark import fields
from patmark.engines import positions
from patmark.engines.analyser import comparison
from patmark.engines.tantivy_boolean import both, either
from patmark.engines.tantivy_pages import total
from patmark.engines.tantivy_schema import KEPT, kept_text
from patmark.errors import BadQuery
from patmark.fields import FieldKind, Subject
from patmark.query.tree import Freq, Near, Node, Or, Phrase, Wild

#: Records whose text is looked at for one condition; one that needs more is refused and says so.
MOST_CANDIDATES = 100_000
_REMEMBERED = 64

PhraseQuery = Callable[[str, str], tantivy.Query]


class Candidates:
    """What may hold a Wild, Near or Freq in a field, as a tantivy query: all records that do, and some more."""

    def __init__(self, subject: Subject, schema: tantivy.Schema, phrase: PhraseQuery) -> None:
        self._subject = subject
        self._schema = schema
        self._phrase = phrase

    def query(self, node: Node, field: str) -> tantivy.Query:
        match node:
            case Phrase(_, words):
                return self._phrase(field, words)
            case Wild(_, pattern):
                return self._wild(field, pattern)
            case Or(items):
                return either([self.query(one, field) for one in items])
            case Near(_, left, right):
                return both([self.query(left, field), self.query(right, field)])
            case Freq(_, item):
                return self.query(item, field)
        raise TypeError(node)

    def exact(self, node: Node, field: str) -> bool:
        """Whether the query is the answer already: one open word in Latin letters."""
        return isinstance(node, Wild) and len(self._pieces(field, node.pattern)) == 1

    def _pieces(self, field: str, pattern: str) -> tuple[str, ...]:
        return positions.pieces(pattern, comparison(self._subject, field))

    def _wild(self, field: str, pattern: str) -> tantivy.Query:
        """What is written out must be there as phrases, open words as words; signs between characters ask nothing."""
        asked: list[tantivy.Query] = []
        for is_open, several in groupby(self._pieces(field, pattern), positions.is_open):
            if is_open:
                words = [positions.word_expression(one) for one in several if positions.letters(one)]
                asked += [tantivy.Query.regex_query(self._schema, field, one) for one in words]
            else:
                asked.append(self._phrase(field, "".join(several)))
        return both(asked)


class Decided:
    """What was decided about conditions on positions, for as long as the same state of the index is read."""

    def __init__(self) -> None:
        self._searcher: tantivy.Searcher | None = None
        self._keys: OrderedDict[Hashable, list[int]] = OrderedDict()

    def keys(self, place: Hashable, searcher: tantivy.Searcher, decide: Callable[[], list[int]]) -> list[int]:
        """The keys decided before for a place, or decided now."""
        if searcher is not self._searcher:
            self._searcher, self._keys = searcher, OrderedDict()
        found = self._keys.get(place)
        if found is None:
            found = self._keys[place] = decide()
            if len(self._keys) > _REMEMBERED:
                self._keys.popitem(last=False)
        return found


def decide(
    searcher: tantivy.Searcher, candidates: tantivy.Query, node: Node, *, subject: Subject, field: str
) -> list[int]:
    """The keys of those candidates whose kept text of the field holds. BadQuery where they are too many to look at."""
    found = searcher.search(candidates, MOST_CANDIDATES)
    if (count := total(found)) > MOST_CANDIDATES:
        raise BadQuery(
            f"位置或通配条件的范围太大：有 {count} 条记录要逐条核对，上限 {MOST_CANDIDATES} 条。",
            mend="请再加一个词、分类号或日期，用 AND 连接。",
        )
    compared = comparison(subject, field)
    keys: list[int] = []
    for _, address in found.hits:
        key, text = kept_text(searcher.doc(address)[KEPT][0], field)
        if positions.holds(node, text, compared):
            keys.append(key)
    return keys


def text_fields(subject: Subject, field: str) -> Sequence[str]:
    """The fields a position can be asked of: those of the group that hold text."""
    kinds = (FieldKind.TEXT, FieldKind.NAME)
    return [one for one in fields.atoms(subject, field) if fields.field(subject, one).kind in kinds]
