"""The page that looks up many numbers at once: a list pasted or uploaded, what became of each, as a table or CSV."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patmark.errors import BadFile, BadInput, Problem
from patmark.fields import Subject
from zhiquan.common.action import Actor
from zhiquan.search import marks
from zhiquan.search.actions import add_marks
from zhiquan.search.exporting.writing import safe
from zhiquan.search.lookup import Looked, Outcome, look_up
from zhiquan.search.number_lists import LARGEST, MOST, numbers_in_file, numbers_in_text

#: Rows of one outcome shown on the page; the CSV has all of them.
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Group:
    """All numbers with one outcome; `rows` are those shown."""

    outcome: Outcome
    name: str
    advice: str
    count: int
    rows: tuple[Looked, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: HttpRequest) -> HttpResponseBase:
    """The form; posted, what became of every number, or their CSV, or those found put on the marked list."""
    subject = next((one for one in Subject if one.value == request.POST.get("subject")), None)
    context: dict[str, object] = {"title": _("批量查号"), "most": MOST, "subject": subject or ""}
    if request.method != "POST":
        return render(request, "search/numbers.html", context)
    try:
        given = _given(request)
        if not given:
            raise BadInput(_("没有读到号码。"), mend=_("请粘贴号码，一行一个，或者选择一个文件。"))
    except Problem as problem:
        context |= {"problem": problem, "text": request.POST.get("numbers", "")}
        return render(request, "search/numbers.html", context, status=problem.status)
    looked = look_up(given, subject)
    if request.POST.get("then") == "csv":
        return _csv(looked)
    if request.POST.get("then") == "mark":
        return _marked(request, looked)
    context |= {"text": "\n".join(given), "groups": _groups(looked), "total": len(looked), "shown": SHOWN}
    context["repeated"] = sum(1 for one in looked if one.again)
    return render(request, "search/numbers.html", context)


def _given(request: HttpRequest) -> list[str]:
    """The numbers posted, those of the file behind those of the box. Raises BadInput, BadFile."""
    found = numbers_in_text(request.POST.get("numbers", ""))
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile):
        found += _uploaded(upload)
    if len(found) > MOST:
        raise BadInput(
            _("一次最多查 %(most)s 个号码。") % {"most": f"{MOST:,}"}, mend=_("请分成几份，每份不超过这个数。")
        )
    return found


def _uploaded(upload: UploadedFile[bytes]) -> list[str]:
    name = (upload.name or "")[-100:]
    if (upload.size or 0) > LARGEST:
        raise BadFile(
            _("文件超过 %(size)s MB。") % {"size": LARGEST >> 20}, where=name, mend=_("请只保留号码一列再上传。")
        )
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix[:10]) as copy:
        for portion in upload.chunks():
            copy.write(portion)
        copy.flush()
        return numbers_in_file(Path(copy.name), name)


def _groups(looked: Sequence[Looked]) -> list[Group]:
    """What needs looking at first, what was found last."""
    names = _names()
    advice = {
        Outcome.CHECK: _("多半抄错了一位。点可能的号码打开，没有链接的是库中也没有。"),
        Outcome.SEVERAL: _("这个号码可以有几种读法，都在库中，请自己选。"),
        Outcome.MISSING: _("号码写得对，但没有装入这条记录。"),
        Outcome.NONE: _("读不成任何一种号码；可以拿它去检索。"),
    }
    groups = []
    for outcome in (Outcome.CHECK, Outcome.SEVERAL, Outcome.MISSING, Outcome.NONE, Outcome.FOUND):
        rows = [one for one in looked if one.outcome is outcome]
        groups.append(Group(outcome, names[outcome], advice.get(outcome, ""), len(rows), tuple(rows[:SHOWN])))
    return groups


def _names() -> dict[Outcome, str]:
    return {
        Outcome.FOUND: _("找到"),
        Outcome.SEVERAL: _("几种可能"),
        Outcome.CHECK: _("校验位不符"),
        Outcome.MISSING: _("库中没有"),
        Outcome.NONE: _("不是号码"),
    }


def _marked(request: HttpRequest, looked: Sequence[Looked]) -> HttpResponse:
    held, secret = marks.list_begun(request)
    found = [one.matches[0].pk for one in looked if one.outcome is Outcome.FOUND]
    add_marks(Actor.of(request), held, found)
    response = redirect("marks")
    marks.keep(response, secret)
    return response


def _csv(looked: Sequence[Looked]) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())
    lines = chain(["\ufeff"], map(writer.writerow, _lines(looked)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="numbers.csv"'
    return response


def _lines(looked: Sequence[Looked]) -> Iterator[list[str]]:
    names = _names()
    yield [_("序号"), _("输入"), _("结果"), _("库中号码"), _("名称"), _("可能是"), _("说明"), _("与第几行重复")]
    for one in looked:
        cells = [
            str(one.line),
            one.typed,
            names[one.outcome],
            "；".join(match.key for match in one.matches),
            "；".join(match.title for match in one.matches),
            "；".join(meant.number for meant in one.meant),
            one.sentence,
            str(one.again or ""),
        ]
        yield [safe(cell) for cell in cells]


class _Echo:
    """What a csv.writer writes to, so that its lines can be sent one by one."""

    def write(self, line: str) -> str:
        return line
