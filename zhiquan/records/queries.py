"""Reads of what we hold that pages, commands and the index share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from patmark.errors import NotFound
from patmark.merging import Merged, Stated, merge_patents, merge_trademarks
from patmark.numbers import guess, suggest_check_digit
from patmark.packing import load
from patmark.patent import Patent
from patmark.trademark import Trademark
from zhiquan.records import rows
from zhiquan.records.models import Batch, BatchFile, Change, Conflict, Number, Record, Statement, Subject
from zhiquan.records.models import Sequence as Counters

_KIND = re.compile(r"[A-Z]\d?$")
#: Numbers looked up by one statement.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement came from, for people: batch, file and the place in it."""

    batch: int
    file: str
    kind: str
    position: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A record with everything: what its statements make together, and which statement each value comes from.

    `files` are those the statements stand in and `documents` what they say, the same place in all of them meaning the
    same statement.
    """

    record: Record
    merged: Merged[Patent] | Merged[Trademark]
    origins: tuple[Origin, ...]
    files: tuple[BatchFile, ...] = ()
    documents: tuple[Patent | Trademark, ...] = ()

    def origin_of(self, value: str) -> Origin | None:
        """The source of a merged value (`titles.zh`, `people.applicant`, …)."""
        at = self.merged.sources.get(value)
        return None if at is None else self.origins[at]

    def number_of(self, value: str) -> int:
        """The statement a merged value comes from, counted from 1; 0 where it is not told, or there is only one."""
        at = self.merged.sources.get(value)
        return at + 1 if at is not None and len(self.origins) > 1 else 0


def whole(record: Record) -> Whole:
    """The record merged from what stands of it. Raises NotFound when nothing stands any more."""
    stated = list(record.statements.filter(withdrawn=False).select_related("file__batch").order_by("pk"))
    if not stated:
        raise NotFound("这条记录的来源已全部撤销。", mend="可从批次页查看撤销的经过。")
    documents = [(one.pk, load(bytes(one.payload))) for one in stated]
    origins = tuple(Origin(one.file.batch_id, one.file.name, one.file.kind, one.position) for one in stated)
    merged: Merged[Patent] | Merged[Trademark]
    if record.subject == Subject.PATENT:
        merged = merge_patents([Stated(one, order) for order, one in documents if isinstance(one, Patent)])
    else:
        merged = merge_trademarks([Stated(one, order) for order, one in documents if isinstance(one, Trademark)])
    said = tuple(one for _, one in documents)
    return Whole(record, merged, origins, tuple(one.file for one in stated), said)


def documents_of(records: Iterable[int]) -> Mapping[int, Sequence[tuple[int, Patent | Trademark]]]:
    """The standing statements of many records as (order, document), for the index."""
    found: dict[int, list[tuple[int, Patent | Trademark]]] = defaultdict(list)
    for pk, record, payload, withdrawn in rows.select(
        Statement, ("pk", "record_id", "payload", "withdrawn"), "record_id", records
    ):
        if not withdrawn:
            found[record].append((pk, load(bytes(payload))))
    return found


def record_of(text: str, subject: int | None = None) -> Record:
    """The record a person means by a number in any spelling. Raises NotFound, with the number we would hold for it.

    A record that was absorbed by another leads to that one.
    """
    live = Record.objects.filter(state=Record.State.LIVE)
    if subject:
        live = live.filter(subject=subject)
    clean = text.strip()
    exact = live.filter(key=clean).first() or _by_number(live, [clean.upper()])
    if exact is None:
        exact = _by_number(live, [one.key for one in guess(clean)])
    if exact is None:
        meant = "、".join(suggest_check_digit(clean)[:3])
        near = f"这个号码的校验位不对，您要找的可能是 {meant}。" if meant else "可改用名称或申请人检索。"
        raise NotFound(f"库中没有号码为“{clean[:60]}”的记录。", mend=near)
    return exact


def _by_number(live: QuerySet[Record], keys: Sequence[str]) -> Record | None:
    for key in keys:
        # Publications of one application that share a number are held without their kind letter.
        named = Number.objects.filter(key__in={key, _KIND.sub("", key)}).values_list("record_id", "full")
        exact = [record for record, full in named if full == key]
        for ids in (exact, [record for record, _ in named]):
            bearers = list(live.filter(pk__in=ids).order_by("pk")) if ids else []
            if bearers:
                return bearers[0] if len(bearers) == 1 else _settled(bearers, key)
    return None


def _settled(bearers: Sequence[Record], key: str) -> Record:
    """Of records that bear one number the one to which a person gave it, else the oldest."""
    given = Conflict.objects.filter(number__in={key, _KIND.sub("", key)}, settled=True, owner__in=bearers)
    owners = set(given.values_list("owner_id", flat=True))
    return next((one for one in bearers if one.pk in owners), bearers[0])


def held(numbers: Iterable[str]) -> Mapping[str, Record]:
    """The live records that bear these numbers, by the number as asked.

    A number is an application's or publication's key; one without kind letter means a publication of any kind.
    """
    wanted = list(dict.fromkeys(filter(None, numbers)))
    found: dict[str, Record] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        begins = reduce(or_, (Q(key__gte=one, key__lt=f"{one}[") for one in some))
        rows = Number.objects.filter(begins, record__state=Record.State.LIVE).select_related("record")
        for number in rows.order_by("-record_id"):
            keys = {number.full, number.key, _KIND.sub("", number.full), _KIND.sub("", number.key)}
            found.update((one, number.record) for one in some if one in keys)
    return found


def history(record: Record) -> Sequence[Change]:
    """What changed in a record, the newest first."""
    return list(record.changes.select_related("batch").order_by("-change", "pk"))


def last_change() -> int:
    """The number of the last change of any record."""
    return Counters.objects.filter(pk=1).values_list("change", flat=True).first() or 0


def changed_after(change: int, subject: int, limit: int) -> list[tuple[int, int, int]]:
    """(change, record, state) of the records changed after a number, oldest first."""
    return list(
        Record.objects.filter(change__gt=change, subject=subject)
        .order_by("change")
        .values_list("change", "pk", "state")[:limit]
    )


def live_after(record: int, subject: int, limit: int) -> list[int]:
    """The next records of a subject that stand, in the order of their ids."""
    live = Record.objects.filter(pk__gt=record, subject=subject, state=Record.State.LIVE)
    return list(live.order_by("pk").values_list("pk", flat=True)[:limit])


def standing_files() -> QuerySet[BatchFile]:
    """Files of batches that are not undone."""
    return BatchFile.objects.exclude(batch__state__in=[Batch.State.UNDONE, Batch.State.UNDOING])


def unfinished() -> bool:
    """Whether an import runs, was cut off or was stopped half way."""
    return Batch.objects.filter(state__in=[Batch.State.RUNNING, Batch.State.UNDOING, Batch.State.STOPPED]).exists()


def live_count(subject: int | None = None) -> int:
    """How many records stand, of one subject or of both."""
    live = Record.objects.filter(state=Record.State.LIVE)
    return (live.filter(subject=subject) if subject else live).count()


def batches() -> QuerySet[Batch]:
    """All batches, the newest first, with the counts of their files."""
    sums = {name: Coalesce(Sum(f"files__{name}"), 0) for name in ("new", "changed", "same", "rejected")}
    return Batch.objects.annotate(**sums).order_by("-pk")
