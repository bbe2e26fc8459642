"""Ways on from a result of nothing or of too much: what each condition finds alone and keeps out, what else to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from patmark.errors import BadQuery
from patmark.fields import Subject
from patmark.query import explain, write
from patmark.query.tree import And, Everything, Node, Not, Or, Phrase
from zhiquan.search.answers import read, total
from zhiquan.search.asked import Asked
from zhiquan.search.combined import Combined, both
from zhiquan.search.labels import field_name, said

#: Conditions that are tried one by one; each costs two questions to the engine.
TRIED = 8
#: From so many hits on, a narrower question is proposed: nobody reads on to the end.
MANY = 1_000
_OTHER = {Subject.PATENT: Subject.TRADEMARK, Subject.TRADEMARK: Subject.PATENT}
_PAGE = {Subject.PATENT: "search", Subject.TRADEMARK: "trademarks"}
_TITLE = {Subject.PATENT: "ti", Subject.TRADEMARK: "mark"}


@dataclass(frozen=True, slots=True)
class Way:
    """Another question: in words, how many it would find, and its address."""

    says: str
    total: int
    address: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a question that found nothing: what it finds alone, and what the others find without it."""

    says: str
    alone: int
    alone_address: str
    without: int
    without_address: str


def conditions(asked: Asked, question: Combined) -> list[Condition]:
    """Every condition of a question of several; none where there is one only, or more than are looked at."""
    items = _items(question.parts[0])
    count = len(items) + len(asked.within) + len(question.chosen)
    if not 1 < count <= TRIED:
        return []
    found = [_clause(asked, question, at) for at in range(len(items)) if items != (Everything(),)]
    found += [_within(asked, question, at) for at in range(len(asked.within))]
    found += [_facet(asked, question, key) for key in question.chosen]
    return found


def from_nothing(asked: Asked, question: Combined) -> list[Way]:
    """What any of the words would find instead of all, and what the query finds among the other subject."""
    return [way for way in (*_any_word(asked, question), *_elsewhere(asked)) if way.total]


def from_much(asked: Asked, question: Combined, found: int) -> list[Way]:
    """Narrower questions for a result nobody reads to its end: the same words in the title."""
    tree = question.parts[0]
    words = [one for one in _items(tree) if isinstance(one, Phrase)]
    if found < MANY or not words or any(one.field != "any" for one in words):
        return []
    key = _TITLE[asked.subject]
    narrow = both(*(replace(one, field=key) if isinstance(one, Phrase) else one for one in _items(tree)))
    count = total(asked.subject, both(narrow, question.tree))
    if not 0 < count < found:
        return []
    name = field_name(asked.subject, key)
    return [Way(_("只在“%(field)s”里找") % {"field": name}, count, _address(asked, query=write(narrow)))]


def _clause(asked: Asked, question: Combined, at: int) -> Condition:
    """One clause of the query itself."""
    items = _items(question.parts[0])
    rest = both(*items[:at], *items[at + 1 :])
    others = replace(question, parts=(rest, *question.parts[1:])).tree
    return Condition(
        explain(items[at], asked.subject, said("zh", "en")),
        total(asked.subject, items[at]),
        _address(Asked(asked.subject), query=write(items[at])),
        total(asked.subject, others),
        _address(asked, query="" if isinstance(rest, Everything) else write(rest)),
    )


def _within(asked: Asked, question: Combined, at: int) -> Condition:
    """One search within the result."""
    own = question.parts[at + 1]
    others = replace(question, parts=(*question.parts[: at + 1], *question.parts[at + 2 :])).tree
    return Condition(
        _("在结果中：%(text)s") % {"text": asked.within[at]},
        total(asked.subject, own),
        _address(Asked(asked.subject), query=asked.within[at]),
        total(asked.subject, others),
        f"?{asked.without_within(at).address}",
    )


def _facet(asked: Asked, question: Combined, key: str) -> Condition:
    """The values chosen of one facet."""
    names = "、".join(one.text for one in question.chosen[key].values())
    alone = Asked(asked.subject).with_values(key, asked.values(key))
    return Condition(
        _("%(field)s：%(value)s") % {"field": field_name(asked.subject, key), "value": names},
        total(asked.subject, question.only(key)),
        f"?{alone.address}",
        total(asked.subject, question.without(key)),
        f"?{asked.with_values(key, ()).address}",
    )


def _any_word(asked: Asked, question: Combined) -> Iterator[Way]:
    """Clauses that all had to hold, any of them instead."""
    items = _items(question.parts[0])
    if 1 < len(items) <= TRIED and not any(isinstance(one, Not) for one in items):
        either = Or(tuple(items))
        found = total(asked.subject, replace(question, parts=(either, *question.parts[1:])).tree)
        yield Way(_("改为任一条件符合即可（OR）"), found, _address(asked, query=write(either)))


def _elsewhere(asked: Asked) -> Iterator[Way]:
    """The same query among the other subject, where it can be read there."""
    other = _OTHER[asked.subject]
    try:
        tree = read(asked.query, other).tree
    except BadQuery:
        return
    if not isinstance(tree, Everything) and not all(isinstance(one, Not) for one in _items(tree)):
        says = _("在商标中检索") if other is Subject.TRADEMARK else _("在专利中检索")
        yield Way(says, total(other, tree), f"{reverse(_PAGE[other])}?{Asked(other, asked.query).address}")


def _items(tree: Node) -> tuple[Node, ...]:
    return tree.items if isinstance(tree, And) else (tree,)


def _address(asked: Asked, *, query: str) -> str:
    return f"?{replace(asked, query=query, page=1).address}"
