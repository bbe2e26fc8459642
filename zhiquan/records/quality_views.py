"""The pages of data quality, for staff: counts that open their records, conflicts to settle, merges to part."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patmark import codes
from patmark.differences import LABELS, differences
from patmark.errors import BadNumber, NotFound
from patmark.numbers import suggest_check_digit
from zhiquan.common.action import Actor
from zhiquan.records import actions, quality, queries, review, storing
from zhiquan.records.derive import shown_number
from zhiquan.records.models import Conflict, Merge, Number, PartyLink, Record, Subject
from zhiquan.records.paper import code_name
from zhiquan.records.review import Why
from zhiquan.records.storing import Document

PER_PAGE = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for a person, and what is missing or looks wrong, by kind and source."""
    known = quality.sources()
    source = request.GET.get("source", "")
    source = source if source in dict(known) else ""
    waiting = review.waiting_places()
    context = {
        "title": _("数据质量"),
        "sheets": [one for one in (quality.sheet(subject, source) for subject in Subject) if one.kinds[0][2]],
        "sources": known,
        "source": source,
        "doubtful": sum(one.why is Why.DOUBTFUL for one in waiting),
        "vague": sum(one.why is Why.VAGUE for one in waiting),
        "conflicts": review.open_conflicts().count(),
        "merges": review.standing_merges().count(),
        "rejects": review.open_rejects().count(),
        "unfinished": queries.unfinished(),
    }
    return render(request, "records/quality.html", context)


@dataclass(frozen=True, slots=True)
class Found:
    """A record in the list of a check; `meant`: the numbers its own may stand for."""

    record: Record
    number: str
    applicant: str
    came_from: str
    batch: int
    meant: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        return Subject(self.record.subject).name.lower()


@require_safe
def found(request: HttpRequest, check: str) -> HttpResponse:
    """The records a check finds."""
    wanted = quality.check_of(check)
    if wanted is None:
        raise NotFound("没有这项检查。", mend="请从数据质量页选择。")
    kind = request.GET.get("kind", "")
    scheme = "kind" if wanted.subject is Subject.PATENT else "mark_kind"
    numbered = int(kind) if kind.isdecimal() and int(kind[:3]) in {one.code for one in codes.TABLES[scheme]} else None
    source = request.GET.get("source", "")[:60]
    rows = quality.narrowed(wanted, kind=numbered, source=source)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": wanted.label,
        "check": wanted,
        "page": page,
        "found": _found(list(Record.objects.filter(pk__in=[one.pk for one in page]).order_by("pk")), wanted.code),
        "keep": f"kind={numbered or ''}&source={source}",
        "kind_name": code_name(scheme, numbered) if numbered else "",
        "source_name": dict(quality.sources()).get(source, ""),
    }
    return render(request, "records/found.html", context)


def _found(records: list[Record], check: str) -> list[Found]:
    ids = [one.pk for one in records]
    files = quality.origins(ids)
    links = PartyLink.objects.filter(record__in=ids, role=PartyLink.Role.APPLICANT, rank=1).select_related("party")
    applicants = {one.record_id: one.party.name for one in links}
    wrong = dict(Number.objects.filter(record__in=ids, check_wrong=True).values_list("record_id", "key"))
    return [
        Found(
            one,
            shown_number(one),
            applicants.get(one.pk, ""),
            files[one.pk].name if one.pk in files else "",
            files[one.pk].batch_id if one.pk in files else 0,
            _meant(wrong[one.pk]) if check == "patent-check" and one.pk in wrong else (),
        )
        for one in records
    ]


def _meant(number: str) -> tuple[str, ...]:
    try:
        return tuple(suggest_check_digit(number)[:3])
    except BadNumber:
        return ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records held beside each other."""

    record: Record
    number: str

    @property
    def page(self) -> str:
        return Subject(self.record.subject).name.lower()


@dataclass(frozen=True, slots=True)
class Differing:
    label: str
    left: str
    right: str


def _sides(left: Record, right: Record) -> tuple[Side, Side]:
    return Side(left, shown_number(left)), Side(right, shown_number(right))


def _differing(left: Document | None, right: Document | None) -> list[Differing]:
    if left is None or right is None or type(left) is not type(right):
        return []
    return [Differing(_(LABELS.get(one.field, one.field)), one.old, one.new) for one in differences(left, right)]


def _merged(record: Record) -> Document | None:
    return storing.merged(storing.loaded(storing.statements_of([record.pk]).get(record.pk, ())))


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Numbers that two applications bear, to be settled."""
    page = Paginator(review.open_conflicts(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/conflicts.html", {"title": _("号码冲突"), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records that bear one number, side by side; a person says to which it belongs."""
    here = Conflict.objects.select_related("record", "other", "file__batch").filter(pk=pk).first()
    if here is None:
        raise NotFound("没有这个号码冲突。", mend="它可能已随批次撤销；请从清单中选择。")
    if request.method == "POST":
        owner = {"left": here.record, "right": here.other}.get(request.POST.get("owner", ""))
        actions.settle_conflict(Actor.of(request), here, owner, note=request.POST.get("note", ""))
        messages.success(request, _("已裁定：{number}。").format(number=here.number))
        return redirect("quality.conflicts")
    left, right = _sides(here.record, here.other)
    context = {
        "title": _("号码冲突 {number}").format(number=here.number),
        "conflict": here,
        "left": left,
        "right": right,
        "differing": _differing(_merged(here.record), _merged(here.other)),
    }
    return render(request, "records/conflict.html", context)


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """Records that proved to be one, the newest first."""
    page = Paginator(review.standing_merges(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/merges.html", {"title": _("合并的记录"), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """What two records said before they became one; a person may part them."""
    here = Merge.objects.select_related("kept", "absorbed", "batch").filter(pk=pk).first()
    if here is None:
        raise NotFound("没有这次合并。", mend="它可能已随批次撤销；请从清单中选择。")
    if request.method == "POST":
        actions.take_back_merge(Actor.of(request), here)
        messages.success(request, _("两条记录已分开。"))
        return redirect("quality.merges")
    said = storing.loaded(storing.statements_of([here.kept_id]).get(here.kept_id, ()))
    taken = set(here.statements)
    left, right = _sides(here.kept, here.absorbed)
    context = {
        "title": _("合并 {number}").format(number=left.number),
        "merge": here,
        "left": left,
        "right": right,
        "differing": _differing(
            storing.merged([one for one in said if one[0] not in taken]),
            storing.merged([one for one in said if one[0] in taken]),
        ),
    }
    return render(request, "records/merge.html", context)
