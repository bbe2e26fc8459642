"""Counts for programs: the values of one field, or the pairs of two, each with its word for addresses and its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from patmark.fields import Subject
from patmark.query.tree import Node
from zhiquan.search.answers import today
from zhiquan.search.index import engine
from zhiquan.search.labels import Label, labels

#: Of a field with more values, only so many of the most frequent are crossed with another field.
CROSSED = 200


def counts(subject: Subject, tree: Node, by: Sequence[str], top: int) -> Mapping[str, Any]:
    """The rows of a count, the most frequent first, how many there are in all, how many records have no value."""
    return _one(subject, tree, by[0], top) if len(by) == 1 else _two(subject, tree, by, top)


def _one(subject: Subject, tree: Node, key: str, top: int) -> Mapping[str, Any]:
    (found,) = engine(subject).count(tree, [key], today=today(), top=top)
    named = labels(subject, key, [one.value for one in found.buckets])
    rows = [_row([named[one.value]], one.count) for one in found.buckets]
    return {"rows": rows, "distinct": found.distinct, "missing": found.missing, "whole": True}


def _two(subject: Subject, tree: Node, by: Sequence[str], top: int) -> Mapping[str, Any]:
    fields = engine(subject).count(tree, by, today=today(), top=CROSSED)
    only = {one.field: {bucket.value for bucket in one.buckets} for one in fields if one.distinct > CROSSED}
    cube = engine(subject).cube(tree, by, today=today(), only=only)
    cells = cube.groups[tuple(by)]
    ranked = sorted(cells.items(), key=lambda one: (-one[1], [value or 0 for value in one[0]]))[:top]
    named = [
        labels(subject, key, [value for value in {cell[at] for cell, _ in ranked} if value is not None])
        for at, key in enumerate(by)
    ]
    rows = [
        _row([named[at].get(value) if value is not None else None for at, value in enumerate(cell)], count)
        for cell, count in ranked
    ]
    missing = sum(count for cell, count in cells.items() if None in cell)
    return {"rows": rows, "distinct": len(cells), "missing": missing, "whole": not only}


def _row(named: Sequence[Label | None], count: int) -> dict[str, Any]:
    return {
        "values": [one.word if one else None for one in named],
        "labels": [one.text if one else "" for one in named],
        "count": count,
    }
