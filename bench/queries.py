"""The mix of 200 queries every engine of the bench answers, drawn from the corpus with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bench.corpus import COUNTIES, SEED, Row
from patmark.query.tree import And, Class, Code, Node, Number, Phrase, Range
from patmark.text import canonical

KINDS = ("term", "and", "phrase", "boolean", "number", "class")
SHARES = {"term": 50, "and": 40, "phrase": 50, "boolean": 30, "number": 15, "class": 15}
FACETS = ("pa", "dist", "sub", "ady")


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of the mix, with what engines without a tree need: phrases (in title or abstract) and conditions."""

    kind: str
    tree: Node
    phrases: tuple[str, ...] = ()
    filed: tuple[int, int] | None = None
    county: int | None = None
    number: str = ""
    subclass: int | None = None


def mix(rows: Sequence[Row], *, counties: bool = True) -> list[Asked]:
    """200 queries from a sample of rows; without `counties` the Boolean ones ask for dates only."""
    draw = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    makers = {"term": _term, "and": _and, "phrase": _phrase, "number": _number, "class": _class}
    asked: list[Asked] = []
    for kind in KINDS:
        for _ in range(SHARES[kind]):
            row = draw.choice(rows)
            asked.append(_boolean(draw, row, counties) if kind == "boolean" else makers[kind](draw, row))
    return asked


def _span(draw: random.Random, text: str, length: int) -> str:
    """A free stretch of characters between two marks: it begins and ends anywhere, also inside words."""
    stretches = [one for one in canonical(text).replace(" ", "").split("|") if len(one) >= length]
    stretch = draw.choice(stretches) if stretches else text[:length]
    at = draw.randint(0, len(stretch) - length) if len(stretch) > length else 0
    return stretch[at : at + length]


def _ta(*phrases: str) -> tuple[Phrase, ...]:
    return tuple(Phrase("ta", phrase) for phrase in phrases)


def _term(draw: random.Random, row: Row) -> Asked:
    word = _span(draw, row.title, draw.choice((2, 2, 2, 3, 4)))
    return Asked("term", _ta(word)[0], (word,))


def _and(draw: random.Random, row: Row) -> Asked:
    words = (_span(draw, row.title, 2), _span(draw, row.abstract, 2))
    return Asked("and", And(_ta(*words)), words)


def _phrase(draw: random.Random, row: Row) -> Asked:
    words = _span(draw, row.abstract, draw.randint(4, 8))
    return Asked("phrase", _ta(words)[0], (words,))


def _boolean(draw: random.Random, row: Row, counties: bool) -> Asked:
    words = (_span(draw, row.abstract, 2),)
    year = row.filed // 10_000
    filed = (year * 10_000 + 101, (year + draw.randint(0, 4)) * 10_000 + 1231)
    county = draw.choice(COUNTIES) if counties else None
    place = (Code("dist", county),) if county else ()
    return Asked("boolean", And((*_ta(*words), Range("ad", *filed), *place)), words, filed, county)


def _number(draw: random.Random, row: Row) -> Asked:
    beginning = row.number[: draw.choice((6, 8, 9, 10, 11))]
    return Asked("number", Number("apno", beginning, prefix=True), number=beginning)


def _class(draw: random.Random, row: Row) -> Asked:
    return Asked("class", Class("ipc", row.symbol[:4], low=True), subclass=row.subclass)
