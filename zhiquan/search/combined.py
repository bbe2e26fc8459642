"""A query, what was searched within its result and the values chosen of facets, as one tree and one query to type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from patmark.errors import BadInput
from patmark.fields import Subject
from patmark.query import write
from patmark.query.reading import Note, Reading
from patmark.query.tree import And, Code, Everything, Node, Or, leaves
from zhiquan.search import chosen
from zhiquan.search.labels import Label, field_name, labels

#: A marked list is written out as numbers to type up to so many.
_TYPED = 100
_ALL = Everything()


@dataclass(frozen=True, slots=True)
class Combined:
    """`parts` are the trees of the query and of what was searched within it; `chosen` has the values of each facet.

    `listed` are the records of a marked list, where only those are asked for.
    """

    subject: Subject
    parts: tuple[Node, ...]
    chosen: Mapping[str, Mapping[int, Label]]
    notes: tuple[Note, ...]
    listed: Node = _ALL

    @property
    def tree(self) -> Node:
        """Everything together."""
        return self.without("")

    def without(self, key: str) -> Node:
        """Everything but the values of one facet."""
        facets = (_any(values) for one, values in self.chosen.items() if one != key)
        return both(*self.parts, *facets, self.listed)

    @property
    def told(self) -> Node:
        """The tree without the records of a marked list, which nobody wants read out one by one."""
        return replace(self, listed=_ALL).tree

    def only(self, key: str) -> Node:
        """The values of one facet alone."""
        return _any(self.chosen[key])

    def values(self, key: str) -> tuple[int, ...]:
        """The chosen values of a facet."""
        return tuple(self.chosen.get(key, ()))

    @property
    def words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The chosen values as addresses say them, each once and in one spelling."""
        return tuple((key, tuple(one.word for one in values.values())) for key, values in self.chosen.items())

    @property
    def written(self) -> str:
        """The tree as a query that can be typed; empty where a name is chosen that nobody can type, or a long list."""
        typed = all(label.clause for values in self.chosen.values() for label in values.values())
        return write(self.tree) if typed and len(leaves(self.listed)) <= _TYPED else ""


def combined(
    subject: Subject, query: Reading, within: Sequence[Reading], values: Iterable[tuple[str, tuple[str, ...]]]
) -> Combined:
    """One question of its parts. Raises BadInput where a facet has no such value."""
    found = {key: _named(subject, key, words) for key, words in values}
    notes = (*query.notes, *(note for one in within for note in one.notes))
    return Combined(subject, (query.tree, *(one.tree for one in within)), found, notes)


def both(*nodes: Node) -> Node:
    """All of the nodes: one AND of their parts, without what asks for everything."""
    parts = [part for node in nodes for part in (node.items if isinstance(node, And) else (node,))]
    parts = [part for part in dict.fromkeys(parts) if not isinstance(part, Everything)]
    if len(parts) < 2:
        return parts[0] if parts else Everything()
    return And(tuple(parts))


def _any(values: Mapping[int, Label]) -> Node:
    nodes = tuple(one.node for one in values.values())
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def _named(subject: Subject, key: str, words: Sequence[str]) -> Mapping[int, Label]:
    meant = chosen.understood(subject, key, words)
    wrong = [word for word in words if word not in meant]
    if wrong:
        raise BadInput(
            _("“%(field)s”没有“%(value)s”这个值。") % {"field": field_name(subject, key), "value": wrong[0][:40]},
            mend=_("请去掉它，或者从检索页重新选择。"),
        )
    named = dict(labels(subject, key, [value for value in dict.fromkeys(meant.values()) if value >= 0]))
    # A name nobody holds keeps its own words, so that its chip can be understood and taken away.
    named |= {value: Label(word, "", Code(key, value, word), word) for word, value in meant.items() if value < 0}
    return {meant[word]: named[meant[word]] for word in words}
