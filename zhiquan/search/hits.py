"""A page of hits with what people recognise a record by, the words found marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from patmark.fields import Subject
from patmark.patent import Patent
from patmark.text import matches
from patmark.trademark import Trademark
from zhiquan.records import queries
from zhiquan.records.models import Record
from zhiquan.records.standing import patent_now, trademark_now
from zhiquan.records.storing import merged
from zhiquan.search.answers import Answer
from zhiquan.search.columns import IN_LIST, Column, Held, Places, columns
from zhiquan.search.labels import said
from zhiquan.search.thumbnails import thumbnail

#: Characters of the abstract or goods shown under a hit, and how far into the text a phrase is looked for.
SNIPPET = 140
SEARCHED = 4_000
#: Characters of a title or of names shown in a list; the record page has them whole.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a hit under the name of its column; `key` is the field, `life` that of a status."""

    key: str
    name: str
    text: str
    life: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: `facts` are what the list says of it, `cells` the columns of the table."""

    pk: int
    key: str
    address: str
    title: SafeString
    status: str
    life: str
    facts: tuple[Cell, ...]
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
    documents = queries.documents_of(keys)
    related = "patent" if subject is Subject.PATENT else "trademark"
    live = Record.objects.filter(pk__in=keys, state=Record.State.LIVE).select_related(related)
    records = {one.pk: one for one in live}
    places = Places()
    listed = columns(subject, IN_LIST[subject])
    found = []
    for key in keys:
        document = merged(documents.get(key, ()))
        if document is not None and key in records:
            held = Held(records[key], document, places)
            found.append(_view(held, wanted, listed if shown is None else (), shown or ()))
    return found


def _view(held: Held, wanted: Sequence[str], listed: Sequence[Column], shown: Sequence[Column]) -> HitView:
    row, document = held.row, held.document
    if isinstance(document, Patent):
        now, title, text, page = patent_now(row.patent), document.title, document.abstract, "patent"
    else:
        now, title, text, page = trademark_now(row.trademark), document.mark, goods(document), "trademark"
    return HitView(
        pk=row.pk,
        key=row.key,
        address=reverse(page, args=[row.key]),
        title=marked(cut(title or row.key), wanted),
        status=said(now.zh, now.en),
        life=now.life,
        facts=tuple(one for one in _cells(held, listed, now.life) if one.text),
        cells=tuple(_cells(held, shown, now.life)),
        snippet=snippet(text, wanted) if listed else SafeString(""),
        picture=thumbnail(row, document),
        provisional=row.provisional,
    )


def _cells(held: Held, shown: Sequence[Column], life: str) -> Iterable[Cell]:
    for one in shown:
        yield Cell(one.key, one.name, cut(one.of(held)), life if one.key == "st" else "")


def goods(record: Trademark) -> str:
    """The goods and services of a mark in one run."""
    return "；".join(one.text or "、".join(one.items) for one in record.goods)


def cut(text: str) -> str:
    """A text short enough for a list."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def marked(text: str, wanted: Sequence[str]) -> SafeString:
    """The text, escaped, with every wanted phrase in <mark>."""
    if not wanted:
        return escape(text)
    parts, at = [], 0
    for start, end in matches(text, *wanted):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 (every part above is escaped or ours)


def snippet(text: str, wanted: Sequence[str]) -> SafeString:
    """A stretch of the text around the first phrase found in it, or its beginning."""
    flat = " ".join(text[:SEARCHED].split())
    first = next(iter(matches(flat, *wanted)), (0, 0))[0] if wanted else 0
    start = max(0, first - SNIPPET // 3) if first > SNIPPET // 2 else 0
    cut = flat[start : start + SNIPPET]
    whole = ("…" if start else "") + cut + ("…" if start + SNIPPET < len(flat) else "")
    return marked(whole, wanted)
