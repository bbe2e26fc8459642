"""The upload page for staff, and the page on which a file is looked at and its columns are set before it is read."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from patmark.errors import BadFile, BadInput, Problem
from patmark.sources.mapping import Mapping
from zhiquan.common.action import Actor
from zhiquan.records import actions, receiving, uploads
from zhiquan.records.actions import Handed
from zhiquan.records.batch_views import file_of
from zhiquan.records.home import Staged
from zhiquan.records.importing import saved_mapping
from zhiquan.records.mapping_page import Chosen, Glance, glance, own_mapping
from zhiquan.records.models import Batch, BatchFile, SavedMapping


# Django looks for the token in the body, and so would read all of it before anybody could say that it is too long.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Takes files as one batch: held to be looked at first, or read at once."""
    if request.method == "POST":
        uploads.check_length(request)
        request.upload_handlers = [uploads.IntoTheHome(request)]
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    fault: Problem | None = None
    if request.method == "POST":
        try:
            staged = uploads.staged_files(request, "files")
            handed = Handed(background=True, held=request.POST.get("go") != "at-once")
            mapping = request.POST.get("mapping", "")[:100]
            saved_mapping(mapping)
            name = request.POST.get("name", "")
            batch = receiving.receive(Actor.of(request), staged, name=name, mapping=mapping, handed=handed)
        except (BadInput, BadFile) as problem:
            fault = problem
        else:
            return _after(batch)
    context = {
        "title": _("导入文件"),
        "fault": fault,
        "saved": SavedMapping.objects.order_by("name").values_list("name", flat=True),
        "limit": uploads.limit(),
        "limit_mb": uploads.limit() // uploads.MB,
    }
    return render(request, "records/upload.html", context, status=fault.status if fault else 200)


def _after(batch: Batch) -> HttpResponse:
    """One table goes to its columns at once, anything else to the page of the batch."""
    files = list(batch.files.all()[:2])
    alone = len(files) == 1 and not batch.companions.exists()
    if alone and batch.state == Batch.State.HELD and receiving.examine(files[0]).is_table:
        return redirect("batch.file", batch.pk, files[0].pk)
    return redirect("batch", batch.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file before it is read: what it is, its columns and what they are taken for, its first rows as records."""
    found = file_of(pk, file)
    examined = receiving.examine(found)
    fault: Problem | None = examined.refusal
    seen: Glance | None = None
    chosen = Chosen.of(request.POST) if request.method == "POST" else None
    try:
        if chosen and chosen.do == "use":
            return _use(request, found, chosen.saved)
        if chosen and chosen.do == "again":
            return _again(request, found)
        if fault is None:
            seen = glance(found, examined, chosen)
        if chosen and seen and not seen.faults:
            if chosen.do == "save":
                return _save(request, found, seen, chosen)
            if chosen.do == "start":
                return _start(request, found, seen, chosen)
    except Problem as problem:
        fault = problem
    context = {
        "title": found.name,
        "file": found,
        "batch": found.batch,
        "examined": examined,
        "fault": fault,
        "seen": seen,
        "chosen": chosen,
        "open": found.batch.state == Batch.State.HELD,
        "saved": SavedMapping.objects.order_by("name").values_list("name", flat=True),
    }
    return render(request, "records/look.html", context, status=fault.status if fault and chosen else 200)


def _use(request: HttpRequest, file: BatchFile, name: str) -> HttpResponse:
    saved_mapping(name)
    actions.map_file(Actor.of(request), file, name)
    said = _("已改用“{name}”。").format(name=name) if name else _("已改为自动识别。")
    messages.success(request, said)
    return redirect("batch.file", file.batch_id, file.pk)


def _again(request: HttpRequest, file: BatchFile) -> HttpResponse:
    """The same file as a batch of its own, held: one that could not be read may be, once its columns are set."""
    staged = Staged(file.name, file.sha256, file.size)
    handed = Handed(background=True, held=True)
    batch = receiving.receive(Actor.of(request), [staged], mapping=file.mapping, handed=handed)
    return redirect("batch.file", batch.pk, batch.files.get().pk)


def _save(request: HttpRequest, file: BatchFile, seen: Glance, chosen: Chosen) -> HttpResponse:
    """Keeps the columns as they are set under a name, and reads the file by them."""
    name = receiving.clean_name(chosen.name)[:100]
    if not name:
        raise BadInput(_("请给这份列对应起个名字。"), where=_("名称"), mend=_("例如：某某数据库 2024 年导出。"))
    mapping = replace(own_mapping(seen, chosen), name=name)
    known = SavedMapping.objects.filter(name=name).first()
    if known and known.toml != mapping.to_toml() and not chosen.replace:
        raise BadInput(
            _("已有名为“{name}”的列对应，内容不同。").format(name=name),
            where=_("名称"),
            mend=_("请换一个名字，或勾选“覆盖同名的”。"),
        )
    _keep(request, file, name, mapping)
    messages.success(request, _("列对应“{name}”已保存，这个文件将按它读取。").format(name=name))
    return redirect("batch.file", file.batch_id, file.pk)


def _start(request: HttpRequest, file: BatchFile, seen: Glance, chosen: Chosen) -> HttpResponse:
    """Begins to read by the columns as they are set; they are kept, where nobody named them under the file's name."""
    if seen.changed and receiving.clean_name(chosen.name):
        _save(request, file, seen, chosen)
    elif seen.changed:
        name = _free_name(Path(file.name).stem[:90] or file.name)
        _keep(request, file, name, replace(own_mapping(seen, chosen), name=name))
    actions.queue_batch(Actor.of(request), file.batch)
    return redirect("batch", file.batch_id)


def _keep(request: HttpRequest, file: BatchFile, name: str, mapping: Mapping) -> None:
    actor = Actor.of(request)
    actions.save_mapping(actor, name, mapping.to_toml())
    actions.map_file(actor, file, name)


def _free_name(stem: str) -> str:
    taken = set(SavedMapping.objects.filter(name__startswith=stem).values_list("name", flat=True))
    return next(name for name in chain([stem], (f"{stem} {at}" for at in count(2))) if name not in taken)
