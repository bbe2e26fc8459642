"""A page of hits with what people recognise a record by, the words found marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from patmark.fields import Subject
from patmark.patent import Patent, Role
from patmark.text import matches
from patmark.trademark import Trademark
from zhiquan.records import queries
from zhiquan.records.derive import shown_number
from zhiquan.records.models import Record
from zhiquan.records.standing import patent_now, trademark_now
from zhiquan.records.storing import merged
from zhiquan.search.answers import Answer
from zhiquan.search.labels import code_name, said

#: Characters of the abstract or goods shown under a hit, and how far into the text a phrase is looked for.
SNIPPET = 140
SEARCHED = 4_000
#: Characters of a title or of names shown in a list; the record page has them whole.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class HitView:
    address: str
    title: SafeString
    facts: tuple[str, ...]
    status: str
    life: str
    snippet: SafeString
    provisional: bool


def hits(answer: Answer) -> list[HitView]:
    """The hits of an answer in its order; one that was withdrawn since the index saw it is left out."""
    documents = queries.documents_of(answer.keys)
    related = "patent" if answer.subject is Subject.PATENT else "trademark"
    records = {one.pk: one for one in Record.objects.filter(pk__in=answer.keys).select_related(related)}
    found = []
    for key in answer.keys:
        record = merged(documents.get(key, ()))
        if record is not None and key in records:
            make = _patent if isinstance(record, Patent) else _trademark
            found.append(make(records[key], record, answer.wanted))  # type: ignore[arg-type]
    return found


def _patent(row: Record, record: Patent, wanted: Sequence[str]) -> HitView:
    narrow = row.patent
    first = record.symbols[0].symbol if record.symbols else ""
    facts = [
        shown_number(row),
        code_name("kind", narrow.kind),
        cut("；".join(one.name for one in record.named(Role.APPLICANT)[:3])),
        _filed(narrow.filing_date),
        next((one.symbol for one in record.symbols if one.main), first),
    ]
    now = patent_now(narrow)
    return HitView(
        address=reverse("patent", args=[row.key]),
        title=marked(cut(record.title or row.key), wanted),
        facts=tuple(fact for fact in facts if fact),
        status=said(now.zh, now.en),
        life=now.life,
        snippet=snippet(record.abstract, wanted),
        provisional=row.provisional,
    )


def _trademark(row: Record, record: Trademark, wanted: Sequence[str]) -> HitView:
    narrow = row.trademark
    classes = "、".join(str(one.nice) for one in record.goods[:6])
    facts = [
        shown_number(row),
        _("第 %(classes)s 类") % {"classes": classes} if classes else "",
        cut("；".join(one.name for one in record.people if one.role is Role.APPLICANT)),
        _filed(narrow.filing_date),
    ]
    now = trademark_now(narrow)
    return HitView(
        address=reverse("trademark", args=[row.key]),
        title=marked(cut(record.mark or row.key), wanted),
        facts=tuple(fact for fact in facts if fact),
        status=said(now.zh, now.en),
        life=now.life,
        snippet=snippet("；".join(one.text or "、".join(one.items) for one in record.goods), wanted),
        provisional=row.provisional,
    )


def cut(text: str) -> str:
    """A text short enough for a list."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _filed(day: date | None) -> str:
    return _("申请日 %(day)s") % {"day": day} if day else ""


def marked(text: str, wanted: Sequence[str]) -> SafeString:
    """The text, escaped, with every wanted phrase in <mark>."""
    parts, at = [], 0
    for start, end in matches(text, *wanted):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 (every part above is escaped or ours)


def snippet(text: str, wanted: Sequence[str]) -> SafeString:
    """A stretch of the text around the first phrase found in it, or its beginning."""
    flat = " ".join(text[:SEARCHED].split())
    first = next(iter(matches(flat, *wanted)), (0, 0))[0]
    start = max(0, first - SNIPPET // 3) if first > SNIPPET // 2 else 0
    cut = flat[start : start + SNIPPET]
    whole = ("…" if start else "") + cut + ("…" if start + SNIPPET < len(flat) else "")
    return marked(whole, wanted)
