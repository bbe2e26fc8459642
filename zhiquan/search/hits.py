"""A page of hits with what people recognise a record by, the words found marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from patmark.fields import Subject
from patmark.packing import leaving
from patmark.patent import Patent
from patmark.text import contains, matches
from patmark.trademark import Trademark
from zhiquan.search.answers import Answer
from zhiquan.search.columns import IN_LIST, columns, name, told
from zhiquan.search.exporting.columns import RANKING
from zhiquan.search.exporting.held import Column, Held
from zhiquan.search.exporting.reading import Reader, scene
from zhiquan.search.exporting.values import now
from zhiquan.search.labels import said
from zhiquan.search.thumbnails import thumbnail

#: Characters of the abstract or goods shown under a hit, and how far into the text a phrase is looked for.
SNIPPET = 140
SEARCHED = 4_000
#: Characters of a title or of names shown in a list; the record page has them whole.
LONGEST = 200
#: What of a patent a hit itself says, besides its columns.
_OWN = ("titles", "abstracts", "pictures")
_HAN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a hit under the name of its column; `key` is the field."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit; `cells` are what the list says of it, or the columns of the table."""

    pk: int
    key: str
    address: str
    title: SafeString
    status: str
    life: str
    cells: tuple[Cell, ...]
    snippet: SafeString
    picture: str
    provisional: bool


def hits(answer: Answer, shown: Sequence[Column] | None = None) -> list[HitView]:
    """The hits of an answer in its order, for a list or with the columns of a table.

    One that was withdrawn since the index saw it is left out.
    """
    return records_shown(answer.subject, answer.keys, answer.wanted, shown)


def records_shown(
    subject: Subject, keys: Sequence[int], wanted: Sequence[str] = (), shown: Sequence[Column] | None = None
) -> list[HitView]:
    """Records of one subject as hits, in the order of their keys; those that stand no longer are left out."""
    listed = shown is None
    cells = columns(subject, IN_LIST[subject]) if shown is None else shown
    leave = leaving({*RANKING, *_OWN, *(field for one in cells for field in one.needs)})
    named = [(one, name(one)) for one in cells]
    held = Reader(scene(subject), leave).records(keys)
    above = reverse("search" if subject is Subject.PATENT else "trademarks")
    return [_view(one, f"{above}{quote(one.key)}/", wanted, named, listed=listed) for one in held]


def _view(
    held: Held, address: str, wanted: Sequence[str], named: Iterable[tuple[Column, str]], *, listed: bool
) -> HitView:
    document = held.document
    if isinstance(document, Patent):
        title, text = document.title, document.abstract
    else:
        title, text = document.mark, goods(document)
    status = now(held)
    cells = (Cell(one.key, said_of, cut(told(one, held))) for one, said_of in named)
    return HitView(
        pk=held.pk,
        key=held.key,
        address=address,
        title=marked(cut(title or held.key), wanted),
        status=said(status.zh, status.en),
        life=status.life,
        cells=tuple(one for one in cells if one.text or not listed),
        snippet=snippet(text, wanted) if listed else SafeString(),
        picture=thumbnail(held),
        provisional=held.provisional,
    )


def goods(record: Trademark) -> str:
    """The goods and services of a mark in one run."""
    return "；".join(one.text or "、".join(one.items) for one in record.goods)


def cut(text: str) -> str:
    """A text short enough for a list."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def marked(text: str, wanted: Sequence[str]) -> SafeString:
    """The text, escaped, with every wanted phrase in <mark>."""
    parts, at = [], 0
    for start, end in _spans(text, wanted):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 (every part above is escaped or ours)


def _spans(text: str, wanted: Sequence[str]) -> Sequence[tuple[int, int]]:
    """Where the phrases stand. Most stand as they were typed; where they stand otherwise is dear to find out."""
    if len(wanted) == 1 and _HAN.fullmatch(wanted[0]) and wanted[0] in text:
        size = len(wanted[0])
        return [(one.start(), one.start() + size) for one in re.finditer(wanted[0], text)]
    return matches(text, *wanted) if any(contains(text, one) for one in wanted) else ()


def snippet(text: str, wanted: Sequence[str]) -> SafeString:
    """A stretch of the text around the first phrase found in it, or its beginning."""
    flat = " ".join(text[:SEARCHED].split())
    first = _first(flat, wanted) if len(flat) > SNIPPET else 0
    start = max(0, first - SNIPPET // 3) if first > SNIPPET // 2 else 0
    cut = flat[start : start + SNIPPET]
    whole = ("…" if start else "") + cut + ("…" if start + SNIPPET < len(flat) else "")
    return marked(whole, wanted)


def _first(flat: str, wanted: Sequence[str]) -> int:
    """Where the first of the phrases stands; 0 where none does. Nearly always it stands as it was typed."""
    plain = [at for one in wanted if (at := flat.find(one)) >= 0]
    if plain:
        return min(plain)
    there = [one for one in wanted if contains(flat, one)]
    return next(iter(matches(flat, *there)), (0, 0))[0] if there else 0
