"""Narrowing a query by one more clause: the text that means the old query and the clause, and nothing else."""

from __future__ import annotations

from patmark.errors import BadQuery
from patmark.fields import Subject
from patmark.query import parse, write
from patmark.query.parse import LONGEST
from patmark.query.tree import And, Everything, Node, Or, Range
from zhiquan.search.schemes import context

#: A clause that can stand behind any query; how it is read tells how every other clause would be.
_PROBE = {Subject.PATENT: ("nin>=1", Range("nin", 1)), Subject.TRADEMARK: ("fd>=1000-01-01", Range("fd", 1000_01_01))}
#: Beyond this length a query is not repeated in a link for every row of every facet.
LINKED = 1_000


def base(query: str, tree: Node, subject: Subject) -> str | None:
    """What a clause can be written behind; None where the query is too long to be narrowed by a link.

    The typed form is kept where a clause can stand behind it, then its brackets are added, then it is written anew.
    """
    if len(query) > LINKED:
        return None
    if isinstance(tree, Everything):
        return ""
    typed, leaf = _PROBE[subject]
    meant = {And((tree, leaf)), And((*tree.items, leaf)) if isinstance(tree, And) else And((tree, leaf))}
    for text in (query, f"({query})"):
        if _read(f"{text} {typed}", subject) in meant:
            return text
    return f"({write(tree)})" if isinstance(tree, And | Or) else write(tree)


def narrowed(before: str | None, clause: str) -> str:
    """The query with one more clause; empty where it cannot be written."""
    if before is None or not clause or len(before) + len(clause) >= LONGEST:
        return ""
    return f"{before} {clause}".strip()


def _read(text: str, subject: Subject) -> Node | None:
    try:
        return parse(text, subject, context()).tree
    except BadQuery:
        return None
