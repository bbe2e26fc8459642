"""The pages on which staff mend what was rejected: the list with its filters, and one reject with its cells or text."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patmark.errors import NotFound
from zhiquan.common.action import Actor
from zhiquan.records import mending, repairing
from zhiquan.records.batch_views import batch_of
from zhiquan.records.gist import heads
from zhiquan.records.models import Batch, BatchFile, Reject
from zhiquan.records.repairing import Mendable

PER_PAGE = 50
REASONS = 8


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to: by state (open, mended, all), words, one file, one reason."""

    state: str = "open"
    words: str = ""
    file: int = 0
    reason: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        state = request.GET.get("state", "open")
        file = request.GET.get("file", "")
        return cls(
            state if state in ("open", "mended", "all") else "open",
            request.GET.get("q", "").strip()[:100],
            int(file) if file.isdecimal() and len(file) < 18 else 0,
            request.GET.get("reason", "")[:500],
        )

    def narrow(self, rejects: QuerySet[Reject]) -> QuerySet[Reject]:
        if self.state != "all":
            rejects = rejects.filter(mending.MENDED) if self.state == "mended" else rejects.exclude(mending.MENDED)
        if self.file:
            rejects = rejects.filter(file=self.file)
        if self.reason:
            rejects = rejects.filter(reason=self.reason)
        if self.words:
            found = (Q(**{f"{field}__icontains": self.words}) for field in ("raw", "reason", "position"))
            rejects = rejects.filter(next(found) | next(found) | next(found))
        return rejects

    def address(self, **other: object) -> str:
        """The query of the list with these filters, some of them replaced."""
        own = {"state": self.state, "q": self.words, "file": self.file or "", "reason": self.reason} | other
        return urlencode({key: value for key, value in own.items() if value and (key, value) != ("state", "open")})


@require_safe
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """What of a batch was rejected, to be narrowed and mended one by one."""
    batch = batch_of(pk)
    filters = Filters.of(request)
    everything = mending.rejects_of(batch)
    page = Paginator(filters.narrow(everything), PER_PAGE).get_page(request.GET.get("page"))
    reasons = everything.order_by().values("reason").annotate(many=Count("pk")).order_by("-many")[:REASONS]
    context = {
        "title": _("拒收的记录"),
        "batch": batch,
        "page": page,
        "filters": filters,
        "keep": filters.address(),
        "states": [
            (name, label, filters.address(state=name), filters.state == name)
            for name, label in (("open", _("待更正")), ("mended", _("已更正")), ("all", _("全部")))
        ],
        "reasons": [
            (one["reason"], one["many"], filters.address(reason=one["reason"], state="all"))
            for one in reasons
            if one["reason"] != filters.reason
        ],
        "without_reason": filters.address(reason=""),
        "files": BatchFile.objects.filter(pk__in=everything.order_by().values("file").distinct()),
    }
    return render(request, "records/rejects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """One reject: why, and its cells or text to be mended, tried out and imported again."""
    found = _reject(pk)
    mended = repairing.mendable(found)
    tried = None
    if request.method == "POST" and not mended.why_not:
        mended = _sent(request, mended)
        tried = repairing.tried(found, mended)
        if request.POST.get("do") == "again" and all(one.fault is None for one in tried):
            return _import(request, found, mended)
    context = {
        "title": found.position,
        "reject": found,
        "batch": found.file.batch,
        "mendable": mended,
        "tried": tried,
        "sound": tried and all(one.fault is None for one in tried),
        "heads": heads(),
        "done": _done(found),
        "next": _next(found),
    }
    status = 422 if tried and request.POST.get("do") == "again" else 200
    return render(request, "records/reject.html", context, status=status)


def _reject(pk: int) -> Reject:
    found = Reject.objects.select_related("file__batch", "mended__batch").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这条拒收的记录。", mend="请从批次页选择。")
    return found


def _sent(request: HttpRequest, mended: Mendable) -> Mendable:
    if mended.cells:
        return mended.with_cells([request.POST.get(f"c{one.number}", one.text) for one in mended.cells])
    # Browsers send line ends as CR LF, which a document did not have.
    return mended.with_text(request.POST.get("text", mended.text).replace("\r\n", "\n"))


def _import(request: HttpRequest, found: Reject, mended: Mendable) -> HttpResponse:
    batch = repairing.import_again(Actor.of(request), found, mended)
    messages.success(
        request, _("{position} 已更正并导入（批次 {batch}）。").format(position=found.position, batch=batch.pk)
    )
    following = _next(found)
    return redirect(reverse("reject", args=[following]) if following else reverse("batch", args=[found.file.batch_id]))


def _done(found: Reject) -> Batch | None:
    """The batch with which it was mended, if that stands."""
    file = found.mended
    undone = (Batch.State.UNDONE, Batch.State.UNDOING)
    return file.batch if file is not None and file.batch.state not in undone else None


def _next(found: Reject) -> int | None:
    """The next of the batch to be mended, the first again after the last."""
    rest = mending.open_rejects_of(found.file.batch).exclude(pk=found.pk)
    behind = rest.filter(Q(file=found.file, index__gt=found.index) | Q(file__gt=found.file))
    return behind.values_list("pk", flat=True).first() or rest.values_list("pk", flat=True).first()
