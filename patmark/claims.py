"""The claims as a tree: which stand alone, which hang on others, and which only refer to a claim of another kind.

Readers fill `depends_on` from links and from the words (`patmark/sources/claim_refs.py`); here a claim hangs under
the lowest earlier claim it names, and the others it names are kept beside it (多项从属). In Chinese practice a claim
may name another and yet be independent, because its subject is another one: `一种制造权利要求1所述茶杯的方法` (general
knowledge of the examination guidelines, to be verified). Such claims are told by their words: a dependent one opens
with its reference (`根据权利要求1所述的…`) and keeps the category, product or method, of what it names. Claims in other
languages are not judged so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from patmark.patent import Claim

_CHINESE = re.compile(r"权利要求|權利要求")
_OPENS = re.compile(
    r"\s*(?:一种)?\s*(?:根据|按照|依照|依据|基于|如同|如|据|按)?\s*(?:前述|上述|以上|在先)?(?:任意?[一何]?)?[项个]?(?:所述)?的?\s*"
    r"(?:权利要求|權利要求)"
)
_PREAMBLE = re.compile(r"[，,；;：:。]|其特征|其改进|包括|包含")
_METHOD = re.compile(r"(?:方法|工艺|用途|应用|流程|步骤|过程)[\s）)]*$")
_PREAMBLE_LENGTH = 300


class ClaimKind(StrEnum):
    INDEPENDENT = "independent"
    #: Names another claim, yet has a subject of its own (引用其他权利要求的独立权利要求).
    REFERRING = "referring"
    DEPENDENT = "dependent"


@dataclass(frozen=True, slots=True)
class ClaimNode:
    """A claim in its tree: `place` from 0 in the document, `depth` from 0; `parent` is the number it hangs under.

    `others` are further claims it names; `missing` those it names that the document lacks; `below` counts everything
    that hangs under it.
    """

    claim: Claim
    kind: ClaimKind
    place: int
    depth: int
    parent: int | None = None
    others: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    below: int = 0


def claim_tree(claims: Sequence[Claim]) -> tuple[ClaimNode, ...]:
    """The claims in reading order: each with everything under it before the next of its level.

    A number that stands twice means the first claim that bears it; only earlier claims count, so there are no circles.
    """
    places: dict[int, int] = {}
    for place, claim in enumerate(claims):
        places.setdefault(claim.number, place)
    named = [_earlier(claim, place, places) for place, claim in enumerate(claims)]
    kinds = [
        _kind(claim, [claims[places[one]] for one in above[:1]]) for claim, above in zip(claims, named, strict=True)
    ]
    parents = [
        places[above[0]] if above and kind is ClaimKind.DEPENDENT else None
        for above, kind in zip(named, kinds, strict=True)
    ]
    below = [0] * len(claims)
    for place in range(len(claims) - 1, -1, -1):
        if (parent := parents[place]) is not None:
            below[parent] += below[place] + 1
    return tuple(
        ClaimNode(
            claim=claims[place],
            kind=kinds[place],
            place=place,
            depth=depth,
            parent=None if (parent := parents[place]) is None else claims[parent].number,
            others=named[place][1:] if parents[place] is not None else named[place],
            missing=tuple(one for one in claims[place].depends_on if one not in places),
            below=below[place],
        )
        for place, depth in _walk(parents)
    )


def _earlier(claim: Claim, place: int, places: Mapping[int, int]) -> tuple[int, ...]:
    """The numbers a claim names that the document has before it."""
    return tuple(one for one in claim.depends_on if places.get(one, place) < place)


def _walk(parents: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Places with their depth, parents before children; without recursion, for chains may be as long as a document."""
    children: dict[int | None, list[int]] = {}
    for place, parent in enumerate(parents):
        children.setdefault(parent, []).append(place)
    stack = [(place, 0) for place in reversed(children.get(None, []))]
    while stack:
        place, depth = stack.pop()
        yield place, depth
        stack += [(one, depth + 1) for one in reversed(children.get(place, []))]


def _kind(claim: Claim, above: Sequence[Claim]) -> ClaimKind:
    if not claim.depends_on:
        return ClaimKind.INDEPENDENT
    if not _CHINESE.search(claim.text[:_PREAMBLE_LENGTH]):
        return ClaimKind.DEPENDENT
    opens = _OPENS.match(claim.text) is not None
    same = not above or _is_method(claim.text) == _is_method(above[0].text)
    return ClaimKind.DEPENDENT if opens and same else ClaimKind.REFERRING


def _is_method(text: str) -> bool:
    """Whether the subject of a Chinese claim, the words before its first stop, is a method or a use."""
    return _METHOD.search(_PREAMBLE.split(text[:_PREAMBLE_LENGTH], maxsplit=1)[0]) is not None
