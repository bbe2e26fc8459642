"""The texts of a record for reading: abstracts, the tree of claims as nested lists, the parts of the description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from patmark.claims import ClaimKind, ClaimNode, claim_tree
from patmark.patent import Localised, Patent, Section

#: Claims nest so deep on the page; what hangs deeper stands beside what it hangs on, with its number said.
DEEPEST = 5
#: A description up to this many characters lies open; of a longer one only the first part does.
OPEN_UP_TO = 12_000


@dataclass(frozen=True, slots=True)
class Abstract:
    heading: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim at its place in nested lists: after it `opens` a list below it, or it ends and `closes` lists above it.

    `names` are the claims it refers to, `anchor` its own place on the page; `nested` says that it stands right under
    the only one it names, so that nobody need be told.
    """

    number: int
    anchor: str
    paragraphs: tuple[str, ...]
    independent: bool
    referring: bool
    names: tuple[tuple[int, str], ...]
    missing: tuple[int, ...]
    nested: bool
    below: int
    opens: bool
    closes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """`lang` is the language of the text where the source says it."""

    views: tuple[ClaimView, ...]
    independent: int
    lang: str

    @property
    def dependent(self) -> int:
        return len(self.views) - self.independent


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the description under its heading, at an anchor of its own."""

    anchor: str
    heading: str
    paragraphs: tuple[str, ...]
    open: bool

    @property
    def length(self) -> int:
        return sum(map(len, self.paragraphs))


def abstracts(record: Patent) -> tuple[Abstract, ...]:
    """The abstracts, the one a Chinese reader wants first before the others."""
    rank = {"zh": 0, "": 1, "en": 2}
    ordered = sorted(record.abstracts, key=lambda one: rank.get(one.lang, 3))
    return tuple(Abstract(_abstract(one), one.text, one.lang) for one in ordered)


def claims(record: Patent) -> Claims:
    """The claims as a tree."""
    nodes = claim_tree(record.claims)
    first: dict[int, int] = {}
    for place, claim in enumerate(record.claims):
        first.setdefault(claim.number, place)
    depths = [min(one.depth, DEEPEST) for one in nodes]
    following = [*depths[1:], 0][: len(depths)]
    views = tuple(
        _claim(node, first, opens=after > depth, closes=range(depth - after) if after < depth else range(0))
        for node, depth, after in zip(nodes, depths, following, strict=True)
    )
    independent = sum(one.kind is not ClaimKind.DEPENDENT for one in nodes)
    return Claims(views, independent, record.claims_lang)


def _claim(node: ClaimNode, first: dict[int, int], *, opens: bool, closes: Sequence[int]) -> ClaimView:
    named = (node.parent, *node.others) if node.parent is not None else node.others
    number = node.claim.number
    return ClaimView(
        number=number,
        # A number that stands twice leads to its first claim; the second has an anchor of its own.
        anchor=f"claim-{number}" if first[number] == node.place else f"claim-{number}-{node.place}",
        paragraphs=paragraphs(node.claim.text),
        independent=node.kind is not ClaimKind.DEPENDENT,
        referring=node.kind is ClaimKind.REFERRING,
        names=tuple((one, f"claim-{one}") for one in named),
        missing=node.missing,
        nested=len(named) <= 1 and 0 < node.depth <= DEEPEST and not node.missing,
        below=node.below,
        opens=opens,
        closes=tuple(closes),
    )


def parts(record: Patent) -> tuple[Part, ...]:
    """The parts of the description in the order of the document, under what they are or what stands above them."""
    names = {
        "field": _("技术领域"),
        "background": _("背景技术"),
        "summary": _("发明内容"),
        "drawings": _("附图说明"),
        "embodiment": _("具体实施方式"),
    }
    whole = sum(len(one.text) for one in record.description)
    return tuple(
        Part(f"part-{place}", _heading(one, names), paragraphs(one.text), place == 1 or whole <= OPEN_UP_TO)
        for place, one in enumerate(record.description, 1)
        if one.text.strip()
    )


def _heading(one: Section, names: dict[str, str]) -> str:
    return names.get(one.part) or one.heading or _("说明书")


def _abstract(one: Localised) -> str:
    return _("摘要") if one.lang in ("zh", "") else _("摘要（%(lang)s）") % {"lang": one.lang}


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, one line each; empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
