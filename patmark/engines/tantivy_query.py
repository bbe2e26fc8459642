"""The query tree in tantivy's terms: every leaf becomes a tantivy query that matches exactly what the contract says."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import partial

import tantivy
from tantivy import FieldType

from patmark import fields
from patmark.engines.analyser import class_wanted, wanted, weight
from patmark.engines.tantivy_boolean import both, either, excluding, unscored
from patmark.engines.tantivy_pages import total
from patmark.engines.tantivy_positions import Candidates, Decided, decide, text_fields
from patmark.engines.tantivy_schema import FACET, KEY, LONGEST_PREFIX, UNIGRAM, is_joined
from patmark.engines.turns import Calendar, Path
from patmark.errors import BadQuery
from patmark.fields import FieldKind, Subject
from patmark.query.tree import (
    And,
    Class,
    Code,
    Everything,
    Freq,
    Leaf,
    Near,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Range,
    Wild,
)

Descendants = Callable[[str, str], Sequence[str]]

#: tantivy refuses a phrase of patterns that stand for more terms than this.
_MOST_EXPANSIONS = 16_384
#: A pattern costs memory by its length; no number is as long as this.
_LONGEST_PATTERN = 100
_LARGEST = (1 << 63) - 1
#: Up to so many candidates of a condition on positions are all looked at, so that the answer serves other queries too.
_LOOKED_AT_ONCE = 2_000
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&~-]")


class Translator:
    """Translates trees for one subject, one reader of the index and one day."""

    def __init__(
        self,
        subject: Subject,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        *,
        today: date,
        calendar: Calendar,
        descendants: Descendants | None,
        decided: Decided | None = None,
    ) -> None:
        self._subject = subject
        self._searcher = searcher
        self._schema = schema
        self._today = today
        self._calendar = calendar
        self._descendants = descendants
        self._decided = Decided() if decided is None else decided
        self._candidates = Candidates(subject, schema, self._phrase)

    def query(self, node: Node) -> tantivy.Query:
        """What a tree matches."""
        match node:
            case And(items):
                return self._all(items)
            case Or(items):
                return either([self.query(item) for item in items])
            case Not(item):
                return excluding(tantivy.Query.all_query(), [self.query(item)])
            case Everything():
                return tantivy.Query.all_query()
            case Wild() | Near() | Freq():
                return self._positional(node, (), ())
            case _:
                return either([self._leaf(node, field) for field in fields.atoms(self._subject, node.field)])

    def path(self, path: Path) -> tantivy.Query:
        """The records that went one way through the calendar (patmark/engines/turns.py)."""
        must = [self._term("st", path.base + 1)]
        must += [self.between(turn.field, None, turn.last_turned(self._today)) for turn in path.turned]
        if path.waiting is None:
            return both(must)
        waiting = self.between(path.waiting.field, None, path.waiting.last_turned(self._today))
        return excluding(both(must), [waiting])

    def between(self, field: str, low: int | None, high: int | None) -> tantivy.Query:
        """The records with a value in a range, both ends inclusive; stored values are one higher, 0 means none."""
        least = 1 if low is None else max(1, low + 1)
        most = _LARGEST if high is None else min(high + 1, _LARGEST)
        if least > most:
            return tantivy.Query.empty_query()
        return tantivy.Query.range_query(self._schema, field, FieldType.Unsigned, least, most)

    def _all(self, items: Sequence[Node]) -> tantivy.Query:
        """And: what is denied beside something asked for is taken away from it, not looked for on its own."""
        plain = [item for item in items if not isinstance(item, Not | Wild | Near | Freq)]
        asked = [self.query(item) for item in plain]
        asked += [self._positional(item, plain, asked) for item in items if isinstance(item, Wild | Near | Freq)]
        denied = [self.query(item.item) for item in items if isinstance(item, Not)]
        found = both(asked)
        return excluding(found, denied) if denied else found

    def _leaf(self, leaf: Leaf, field: str) -> tantivy.Query:
        match leaf:
            case Phrase(_, words):
                return self._phrase(field, words)
            case Code(_, value):
                return unscored(self._code(field, value))
            case Range(_, low, high):
                return unscored(self.between(field, low, high))
            case Number(_, key, prefix):
                return unscored(self._number(field, key, prefix=prefix))
            case Class():
                below = self._descendants(field, leaf.symbol) if leaf.low and self._descendants else None
                terms = class_wanted(leaf, below)
                if len(terms) == 1:
                    return unscored(self._term(field, terms[0]))
                return unscored(tantivy.Query.term_set_query(self._schema, field, list(terms)))
        raise BadQuery("检索引擎不认识这种条件。")

    def _positional(
        self, node: Wild | Near | Freq, beside: Sequence[Node], asked: Sequence[tantivy.Query]
    ) -> tantivy.Query:
        """The records of which the kept text says that the node holds, in any field of a group.

        Where many may hold it, only those are looked at that also have what is asked beside it (`beside`, translated).
        """
        parts: list[tantivy.Query] = []
        for field in text_fields(self._subject, node.field):
            candidates = self._candidates.query(node, field)
            if self._candidates.exact(node, field):
                parts.append(unscored(candidates))
                continue
            place: Hashable = (node, field)
            if asked and total(self._searcher.search(candidates, 1)) > _LOOKED_AT_ONCE:
                place = (node, field, tuple(beside), self._today)
                candidates = both([candidates, *asked])
            asking = partial(decide, self._searcher, candidates, node, subject=self._subject, field=field)
            keys = self._decided.keys(place, self._searcher, asking)
            parts.append(unscored(tantivy.Query.term_set_query(self._schema, KEY, keys)))
        return either(parts)

    def _term(self, field: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value)

    def _code(self, field: str, value: int) -> tantivy.Query:
        if field == "st":
            return either([self.path(path) for path in self._calendar.paths_to(value)])
        if field == "life":
            statuses = self._calendar.of_life(value)
            return either([self.path(path) for status in statuses for path in self._calendar.paths_to(status)])
        if fields.field(self._subject, field).kind is FieldKind.NAME:
            return self.between(field + FACET, value, value)
        return self._term(field, value + 1) if value >= 0 else tantivy.Query.empty_query()

    def _number(self, field: str, key: str, *, prefix: bool) -> tantivy.Query:
        if not prefix:
            return self._term(field, key)
        if len(key) <= LONGEST_PREFIX:
            return self._term(field, f"{key}*") if key else self._any_term(field)
        if len(key) <= _LONGEST_PATTERN:
            return tantivy.Query.regex_query(self._schema, field, f"{_escaped(key)}.*")
        found = self._searcher.terms_with_prefix(field, key)
        return tantivy.Query.term_set_query(self._schema, field, [term for term, _ in found])

    def _any_term(self, field: str) -> tantivy.Query:
        return tantivy.Query.regex_query(self._schema, field, ".+")

    def _phrase(self, field: str, words: str) -> tantivy.Query:
        phrase = wanted(self._subject, field, words)
        if phrase.empty:
            return tantivy.Query.empty_query()
        tokens = phrase.tokens
        if len(tokens) == 1:
            found = self._term(field + UNIGRAM if phrase.open_end else field, tokens[0])
        elif phrase.open_end and len(tokens) == 2 and is_joined(tokens[0]):
            found = self._term(field + UNIGRAM, tokens[0] + tokens[1])
        elif phrase.open_end:
            found = self._open_phrase(field, tokens)
        else:
            found = tantivy.Query.phrase_query(self._schema, field, list(tokens))
        return tantivy.Query.boost_query(found, weight(field))

    def _open_phrase(self, field: str, tokens: Sequence[str]) -> tantivy.Query:
        """A phrase whose last token is a character with a free continuation: all tokens that begin with it will do."""
        last = self._searcher.terms_with_prefix(field, tokens[-1], limit=_MOST_EXPANSIONS)
        if len(last) < _MOST_EXPANSIONS:
            patterns: list[str | tuple[int, str]] = [*map(_escaped, tokens[:-1]), f"{_escaped(tokens[-1])}.*"]
            return tantivy.Query.regex_phrase_query(self._schema, field, patterns)
        every = self._searcher.terms_with_prefix(field, tokens[-1])
        whole = [[*tokens[:-1], one] for one, _ in every]
        return either([tantivy.Query.phrase_query(self._schema, field, list(words)) for words in whole])


def _escaped(term: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match.group()}", term)
