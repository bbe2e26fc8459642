"""A page of hits with what people recognise a record by, the words found marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from patmark import codes
from patmark.fields import Subject
from patmark.patent import Patent, Role
from patmark.text import matches
from patmark.trademark import Trademark
from zhiquan.records import queries
from zhiquan.records.models import Record
from zhiquan.records.standing import patent_now, trademark_now
from zhiquan.records.storing import merged
from zhiquan.search.answers import Answer

#: Characters of the abstract or goods shown under a hit.
SNIPPET = 140


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
    facts = [row.key, codes.label("kind", narrow.kind)]
    facts.append("；".join(one.name for one in record.named(Role.APPLICANT)[:3]))
    facts.append(f"申请日 {narrow.filing_date}" if narrow.filing_date else "")
    facts.append(
        next((one.symbol for one in record.symbols if one.main), record.symbols[0].symbol if record.symbols else "")
    )
    now = patent_now(narrow)
    return HitView(
        address=reverse("patent", args=[row.key]),
        title=marked(record.title or row.key, wanted),
        facts=tuple(fact for fact in facts if fact),
        status=now.zh,
        life=now.life,
        snippet=snippet(record.abstract, wanted),
        provisional=row.provisional,
    )


def _trademark(row: Record, record: Trademark, wanted: Sequence[str]) -> HitView:
    narrow = row.trademark
    facts = [row.key, "、".join(f"第{one.nice}类" for one in record.goods[:6])]
    facts.append("；".join(one.name for one in record.people if one.role is Role.APPLICANT))
    facts.append(f"申请日 {narrow.filing_date}" if narrow.filing_date else "")
    now = trademark_now(narrow)
    return HitView(
        address=reverse("trademark", args=[row.key]),
        title=marked(record.mark or row.key, wanted),
        facts=tuple(fact for fact in facts if fact),
        status=now.zh,
        life=now.life,
        snippet=snippet("；".join(one.text or "、".join(one.items) for one in record.goods), wanted),
        provisional=row.provisional,
    )


def marked(text: str, wanted: Sequence[str]) -> SafeString:
    """The text, escaped, with every wanted phrase in <mark>."""
    parts, at = [], 0
    for start, end in matches(text, *wanted):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 (every part above is escaped or ours)


def snippet(text: str, wanted: Sequence[str]) -> SafeString:
    """A stretch of the text around the first phrase found in it, or its beginning."""
    flat = " ".join(text.split())
    first = next(iter(matches(flat, *wanted)), (0, 0))[0]
    start = max(0, first - SNIPPET // 3) if first > SNIPPET // 2 else 0
    cut = flat[start : start + SNIPPET]
    whole = ("…" if start else "") + cut + ("…" if start + SNIPPET < len(flat) else "")
    return marked(whole, wanted)
