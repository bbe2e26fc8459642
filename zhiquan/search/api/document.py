"""The OpenAPI document of the API: every operation with its parameters, answers and errors, in either language."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from patmark.fields import FIELDS, Subject
from zhiquan import __version__
from zhiquan.search.api.operations import api
from zhiquan.search.asked import PREFIX
from zhiquan.search.labels import said

PREFIX_PATH = "/api/v1/"
#: What each operation is for, in a word and in some sentences.
SAYS: Mapping[str, tuple[str, str]] = {
    "search": (
        _("检索"),
        _("检索专利或商标，得到一页记录和精确的总数。把应答里的 next 作为 cursor 再问，就是下一页；cursor 长期有效。"),
    ),
    "record": (_("一条记录"), _("按任一号码（申请号、公开号、注册号，写法不限）取一条记录的全部内容和来源。")),
    "count": (_("统计"), _("把整个检索结果按一个字段，或两个字段交叉，精确计数。")),
    "export": (
        _("导出"),
        _("整个检索结果，不设上限，边做边传。断了可以用 Range 和 ETag 补传，或用 after 从最后一条接着导出。"),
    ),
    "suggest": (_("补全"), _("以某几个字开头的词或名称，从多到少。")),
    "status": (_("状况"), _("库里有多少、新到哪天、各项内容占多少，以及您这一小时还剩多少次。")),
}
#: What each status of a failure means here.
MEANS: Mapping[str, str] = {
    "400": _("检索式写错了（where 标出位置），或 cursor、列、条件不对"),
    "401": _("令牌不对、到期或已作废；不带令牌也可以使用"),
    "404": _("没有这个号码的记录、这份清单或这个网址"),
    "405": _("接口只读，只接受 GET"),
    "409": _("数据已有变化，不能与上次的接在一起；或号码有待核定"),
    "416": _("要补传的部分超出了文件的末尾"),
    "422": _("参数不认识、写了两次，或值不对"),
    "429": _("这一小时的次数用完了；Retry-After 是多少秒后再试"),
    "503": _("检索正在准备，或现在导出的人太多；Retry-After 后再试"),
}
ABOUT = _(
    "专利、商标数据的只读接口，与网页用的是同一套检索和统计。不用登录、不用申请；带令牌时次数单独计算。"
    "不认识的参数一律拒绝，空的参数等于没写。成功都是 {data, about}，失败都是 {error: {code, sentence, mend, where}}。"
)
_HEADERS = {
    "RateLimit-Limit": _("每小时多少次"),
    "RateLimit-Remaining": _("这一小时还剩多少次"),
    "RateLimit-Reset": _("多少秒后重新计算"),
}
_FILES = {
    "application/jsonl": _("每行一条；第一行 about 说明内容，最后一行 end 是条数"),
    "text/csv": _("UTF-8；末尾几行以 # 开头，说明内容"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _("Excel 工作簿，最后一页是说明"),
}


def openapi(request: HttpRequest) -> HttpResponse:
    """The document; `lang=en` for English."""
    english = request.GET.get("lang") == "en"
    return HttpResponse(orjson.dumps(document("en" if english else "zh-hans")), content_type="application/json")


@cache
def document(language: str) -> dict[str, Any]:
    """The document in a language; it changes with the program only."""
    found: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=PREFIX_PATH)))
    with translation.override(language):
        found["info"] = {"title": gettext(_("知识产权数据接口")), "version": "1", "description": gettext(ABOUT)}
        found["info"]["x-program"] = __version__
        for path, methods in found["paths"].items():
            found["paths"][path] = {"get": _operation(methods["get"])}
        found["components"]["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        }
        found["security"] = [{}, {"token": []}, {"key": []}]
        _translate(found)
    return found


def _operation(one: dict[str, Any]) -> dict[str, Any]:
    summary, description = SAYS[one["operationId"]]
    one["summary"], one["description"] = summary, description
    for parameter in one["parameters"]:
        # The examples of a parameter stand in its schema; here OpenAPI wants them with names.
        parameter.pop("examples", None)
        if parameter["name"] == "subject":
            parameter["description"] = parameter["schema"]["description"] = _("专利或商标")
    if any(parameter["name"] == "q" for parameter in one["parameters"]):
        one["parameters"] += _narrowing()
    one["responses"] = {str(status): told for status, told in one["responses"].items()}
    if one["operationId"] == "export":
        one["responses"] |= _files()
    headers = {name: {"schema": {"type": "integer"}, "description": says} for name, says in _HEADERS.items()}
    for status, told in one["responses"].items():
        told["description"] = MEANS.get(status, told["description"])
        if status != "401":
            told["headers"] = headers
    one["responses"] = dict(sorted(one["responses"].items()))
    return one


def _narrowing() -> list[dict[str, Any]]:
    """A parameter for every facet, with the subjects that have it."""
    rows = {row.key: row for subject in Subject for row in FIELDS[subject] if row.facet}
    return [
        {
            "in": "query",
            "name": PREFIX + key,
            "required": False,
            "schema": {"type": "array", "items": {"type": "string", "maxLength": 300}, "title": row.key},
            "description": said(row.zh, row.en),
        }
        for key, row in rows.items()
    ]


def _files() -> dict[str, Any]:
    """What an export answers: the file, or the part of it that was missing."""
    content = {kind: {"schema": {"type": "string", "description": says}} for kind, says in _FILES.items()}
    return {
        "200": {"description": _("文件"), "content": content},
        "206": {"description": _("文件缺的部分（请求带 Range 时）"), "content": content},
        "416": {"description": MEANS["416"]},
    }


def _translate(node: Any) -> None:
    """Puts what people read into the language that is on, wherever it stands in the document."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("summary", "description", "title") and isinstance(value, str):
                node[key] = gettext(value) if value else value
            else:
                _translate(value)
    elif isinstance(node, list):
        for one in node:
            _translate(one)
