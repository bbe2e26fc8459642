"""The pages of an export: what it will hold and which columns it has, and the file itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patmark.errors import BadInput, NotFound
from patmark.fields import Subject
from zhiquan.search.asked import Asked, asked_in
from zhiquan.search.exporting.columns import COLUMNS, usual
from zhiquan.search.exporting.held import Column, Group
from zhiquan.search.exporting.plan import Form, Plan, continued, plan
from zhiquan.search.exporting.preview import Preview, preview
from zhiquan.search.exporting.remembered import columns_for, remember
from zhiquan.search.exporting.sending import answer

_PAGES = {Subject.PATENT: "search", Subject.TRADEMARK: "trademarks"}
#: Up to so many records a workbook is what most people want; beyond, Excel itself gets slow.
_WORKBOOK = 100_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick: a column."""

    key: str
    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class File:
    """A form of file to take: what it is good for, how large it will be, about how long it takes."""

    form: str
    name: str
    says: str
    size: int
    seconds: int
    address: str
    best: bool


@require_safe
def patents(request: HttpRequest) -> HttpResponse:
    """Choose what is exported of patents."""
    return _choose(request, Subject.PATENT)


@require_safe
def trademarks(request: HttpRequest) -> HttpResponse:
    """Choose what is exported of trademarks."""
    return _choose(request, Subject.TRADEMARK)


@require_safe
def patents_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole result of patents as a file."""
    return _file(request, Subject.PATENT, form)


@require_safe
def trademarks_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole result of trademarks as a file."""
    return _file(request, Subject.TRADEMARK, form)


def _choose(request: HttpRequest, subject: Subject) -> HttpResponse:
    asked = asked_in(request.GET, subject)
    columns = columns_for(request, subject)
    made = plan(asked, columns, Form.CSV, address=_address(request))
    seen = preview(made)
    context = {
        "title": _("导出专利") if subject is Subject.PATENT else _("导出商标"),
        "plan": made,
        "asked": asked,
        "note": _shown(made),
        "choosing": "col" in request.GET,
        "hidden": _hidden(asked),
        "groups": _groups(subject, columns),
        "count": len(columns),
        "usual": columns == usual(subject),
        "usual_keys": ",".join(one.key for one in usual(subject)),
        "files": _files(made, seen),
        "preview": seen,
        "back": f"{reverse(_PAGES[subject])}?{asked.address}",
    }
    return render(request, "search/export.html", context)


def _shown(made: Plan) -> list[tuple[str, str]]:
    """What the page says of the result; the file says it too, and more."""
    wanted = {_("检索式"), _("读作"), _("数据截至"), _("排序"), _("使用许可"), _("注意")}
    return [(name, value) for name, value in made.note() if name in wanted]


def _file(request: HttpRequest, subject: Subject, form: str) -> HttpResponseBase:
    if form not in set(Form):
        names = "、".join(Form)
        raise NotFound(
            _("没有“%(form)s”这种文件。") % {"form": form[:20]}, mend=_("可以导出：%(names)s。") % {"names": names}
        )
    asked = asked_in(request.GET, subject)
    bare = request.GET.get("bare") == "1"
    columns = columns_for(request, subject)
    made = plan(asked, columns, Form(form), noted=not bare, marked=not bare, address=_address(request))
    if number := request.GET.get("after", "").strip():
        made = replace(made, after=continued(made, number, _as_of(request)))
    response = answer(request, made)
    remember(request, response, subject)
    return response


def _as_of(request: HttpRequest) -> int | None:
    text = request.GET.get("as_of", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise BadInput(_("变化号是一个整数。"), where="as_of", mend=_("它在文件名里，字母 c 后面。"))
    return int(text)


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    """What the form repeats: the question, and the order where it is not the usual one."""
    kept = ("sort", "order")
    return [*asked.question, *((name, value) for name, value in asked.parameters if name in kept)]


def _groups(subject: Subject, columns: tuple[Column, ...]) -> list[tuple[str, list[Choice]]]:
    """The columns under their headings."""
    english = (get_language() or "").startswith("en")
    on = {one.key for one in columns}
    names = _names()
    return [
        (names[group], [Choice(one.key, one.name(english), one.key in on) for one in held])
        for group in Group
        if (held := [one for one in COLUMNS[subject] if one.group is group])
    ]


def _names() -> Mapping[Group, str]:
    return {
        Group.NUMBERS: _("号码"),
        Group.TEXTS: _("文本"),
        Group.DAYS: _("日期"),
        Group.WHO: _("申请人和代理"),
        Group.WHERE: _("地区"),
        Group.CLASSES: _("分类"),
        Group.STATUS: _("法律状态"),
        Group.MORE: _("其他"),
    }


def _files(made: Plan, seen: Preview) -> list[File]:
    told = {
        Form.XLSX: ("Excel", _("用 Excel、WPS 打开：号码按文字保存，日期是日期，另有一页说明。")),
        Form.CSV: ("CSV", _("各种软件都能读；用 Excel 打开时，长号码可能被改成科学计数。")),
        Form.JSONL: ("JSON Lines", _("给程序用：每行一条，多个值是列表。")),
        Form.EXCHANGE: (_("交换格式"), _("整条记录，不选列：可以原样导入另一个知泉平台。")),
    }
    best = Form.XLSX if made.total <= _WORKBOOK else Form.CSV
    name = "export.file" if made.subject is Subject.PATENT else "trademarks.export.file"
    sizes = {one.form: one for one in seen.sizes}
    return [
        File(form, words, says, sizes[form].size, sizes[form].seconds, reverse(name, args=[form.value]), form is best)
        for form, (words, says) in told.items()
    ]
