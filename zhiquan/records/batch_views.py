"""The pages of batches, for staff: the list, one batch from confirmation to undo, its rejects to take away."""

from __future__ import annotations

import csv
import tempfile
import zipfile
from itertools import chain
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patmark.errors import NotFound, WrongState
from zhiquan.common.action import Actor
from zhiquan.records import actions, mending, overview, queries, receiving, working
from zhiquan.records.home import held
from zhiquan.records.models import Batch, BatchFile
from zhiquan.records.overview import Phase

PER_PAGE = 50
FILES_PER_PAGE = 100


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """All batches, the newest first, with their counts."""
    page = Paginator(queries.batches(), PER_PAGE).get_page(request.GET.get("page"))
    busy = any(one.state in (Batch.State.RUNNING, Batch.State.UNDOING) for one in page)
    context = {"title": _("数据批次"), "page": page, "idle": busy and not working.is_working()}
    return render(request, "records/batches.html", context)


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: where it stands, its files and counts, and the first of what was rejected with the reasons."""
    found = batch_of(pk)
    stand = overview.stand(found)
    page = Paginator(found.files.select_related("twin"), FILES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": str(found),
        "batch": found,
        "stand": stand,
        "page": page,
        "companions": found.companions.order_by("pk")[:FILES_PER_PAGE],
        "files": [(file, receiving.kind_name(file.kind)) for file in page],
        "rejects": mending.rejects_of(found)[:5] if stand.rejected else (),
        "examined": [(file, receiving.examine(file)) for file in page] if stand.phase is Phase.HELD else (),
    }
    return render(request, "records/batch.html", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a batch's page that changes while it is read; once nothing does, the page is loaded anew."""
    stand = overview.stand(batch_of(pk))
    response = render(request, "records/batch_live.html", {"stand": stand, "batch": stand.batch})
    if not stand.live:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands a batch that was held or stopped to the worker."""
    actions.queue_batch(Actor.of(request), batch_of(pk))
    return redirect("batch", pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops the reading of a batch after the portion being stored."""
    actions.stop_batch(Actor.of(request), batch_of(pk))
    messages.success(request, _("已停止。已存入的记录保留，可以继续或撤销。"))
    return redirect("batch", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what an undo would do; confirmed, the worker does it."""
    found = batch_of(pk)
    if request.method != "POST":
        context = {"title": _("撤销批次"), "batch": found, "undoing": overview.undoing(found)}
        return render(request, "records/undo.html", context)
    with held(f"batch-{pk}") as mine:
        if not mine:
            raise WrongState(f"{found}正在导入，不能撤销。", mend="请先停止导入。")
        actions.undo_batch(Actor.of(request), found)
    return redirect("batch", pk)


@require_safe
def rejects_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rejects of a batch as CSV: file, place, reason, how to mend it, raw text."""
    lines = mending.overview(mending.rejects_of(batch_of(pk)).iterator())
    writer = csv.writer(_Echo())
    text = chain(["\ufeff"], map(writer.writerow, lines))
    response = StreamingHttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="batch-{pk}-rejects.csv"'
    return response


@require_safe
def rejects_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rejects of a batch in their own form, rows under their header and whole documents, packed."""
    found = batch_of(pk)
    packed = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    with tempfile.TemporaryDirectory(prefix="zhiquan-") as folder:
        written = mending.export(found, Path(folder))
        if not written:
            raise NotFound(f"{found}没有拒收的记录。", mend="可回到批次页。")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in written:
                archive.write(path, path.name)
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"batch-{pk}-rejects.zip", content_type="application/zip")


def batch_of(pk: int) -> Batch:
    """The batch of that number; NotFound otherwise."""
    found = Batch.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这个批次。", mend="请从批次列表中选择。")
    return found


def file_of(pk: int, file: int) -> BatchFile:
    """A file of a batch; NotFound otherwise."""
    found = BatchFile.objects.filter(batch=pk, pk=file).select_related("batch").first()
    if found is None:
        raise NotFound("这个批次里没有这个文件。", mend="请从批次页选择。")
    return found


class _Echo:
    """What a csv.writer writes to, so that its lines can be sent one by one."""

    def write(self, line: str) -> str:
        return line
