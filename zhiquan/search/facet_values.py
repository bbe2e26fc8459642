"""All values of one facet of a result, to be looked through by name and chosen several at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patmark.engines.base import Bucket
from patmark.errors import NotFound
from patmark.fields import FieldKind, Subject, field
from zhiquan.records.models import Party
from zhiquan.search.answers import FacetRow, today
from zhiquan.search.combined import Combined
from zhiquan.search.index import engine
from zhiquan.search.labels import field_name, labels

#: Values on one page; who wants another one looks for it by name.
LISTED = 200
#: Longer than anybody types to find a value by its name.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Values:
    """`rows` are the most frequent ones with those chosen, `found` how many carry the words looked for."""

    key: str
    name: str
    rows: tuple[FacetRow, ...]
    found: int
    distinct: int
    missing: int


def check(subject: Subject, key: str) -> None:
    """Raises NotFound where the subject has no such facet."""
    try:
        facet = field(subject, key).facet
    except KeyError:
        facet = False
    if not facet:
        raise NotFound(f"没有“{key[:40]}”这个分面。", mend="请从检索结果页选择。")


def every_value(question: Combined, key: str, words: str) -> Values:
    """The values of a facet among what everything else of the question finds, those whose name holds the words."""
    subject = question.subject
    counted = engine(subject).count(question.without(key), [key], today=today())[0]
    buckets = _named(subject, key, counted.buckets, words.strip()[:LONGEST])
    chosen = question.values(key)
    first = [one for one in counted.buckets if one.value in chosen]
    shown = [*first, *(one for one in buckets[:LISTED] if one.value not in chosen)]
    named = labels(subject, key, [one.value for one in shown])
    rows = tuple(
        FacetRow(label.text, one.count, label.clause, one.value, label.word, one.value in chosen)
        for one in shown
        for label in (named[one.value],)
    )
    return Values(key, field_name(subject, key), rows, len(buckets), counted.distinct, counted.missing)


def _named(subject: Subject, key: str, buckets: Sequence[Bucket], words: str) -> Sequence[Bucket]:
    if not words:
        return buckets
    if field(subject, key).kind is FieldKind.NAME:
        held = set(Party.objects.filter(name__icontains=words.replace("\0", "")).values_list("pk", flat=True))
        return [one for one in buckets if one.value in held]
    wanted = words.casefold()
    named = labels(subject, key, [one.value for one in buckets])
    return [one for one in buckets if wanted in named[one.value].text.casefold()]
