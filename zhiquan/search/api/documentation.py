"""The page of the API: what it offers, every operation with its parameters, examples that run, forms to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patmark.fields import FIELDS, Subject
from zhiquan.records.models import Record
from zhiquan.search.api.document import MEANS, PREFIX_PATH, document
from zhiquan.search.asked import PREFIX
from zhiquan.search.exporting.columns import COLUMNS
from zhiquan.search.index import SUBJECTS

#: Addresses that show what an operation does; each runs as it stands.
EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "search": (
        "patents/search?q=电池&limit=3",
        "patents/search?q=ti:薄膜&sort=ad&columns=key,ti,pa,st&limit=5",
        "trademarks/search?f.nice=21&limit=3",
    ),
    "record": ("patents/record?number=", "trademarks/record?number="),
    "count": ("patents/count?by=ady", "patents/count?q=电池&by=dist,kind", "trademarks/count?by=nice&top=10"),
    "export": ("patents/export?q=电池&format=csv", "trademarks/export?format=jsonl&columns=key,mark,hol"),
    "suggest": ("patents/suggest?field=pa&beginning=安庆",),
    "status": ("status",),
}
#: What the form of an operation asks for, the usual value in it.
_TRIED = {
    "search": {"q": "电池", "limit": "5"},
    "record": {"number": ""},
    "count": {"q": "", "by": "dist"},
    "export": {"q": "", "format": "jsonl"},
    "suggest": {"field": "pa", "beginning": ""},
}
CODES = (
    *("bad_query", "bad_input", "bad_token", "not_found", "wrong_method", "wrong_state", "bad_parameter"),
    *("too_many", "engine_down"),
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as the page lists it."""

    name: str
    says: str
    kind: str
    usual: str
    required: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page shows it; `tried` are the fields of its form, with the addresses it is sent to."""

    name: str
    summary: str
    says: str
    path: str
    parameters: tuple[Parameter, ...]
    narrowing: bool
    examples: tuple[str, ...]
    tried: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    failures: tuple[tuple[str, str], ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The documentation, made from the OpenAPI document itself, so that they cannot disagree."""
    english = (get_language() or "").startswith("en")
    told = document("en" if english else "zh-hans")
    names = {Subject.PATENT: _("专利"), Subject.TRADEMARK: _("商标")}
    context = {
        "title": _("开放接口"),
        "about": told["info"]["description"],
        "operations": list(_operations(told)),
        "fields": [
            (names[subject], [(one.key, one.name(english)) for one in COLUMNS[subject]], _facets(subject, english))
            for subject in Subject
        ],
        "failures": [(status, _(means)) for status, means in MEANS.items()],
        "codes": CODES,
        "hourly": settings.ZHIQUAN_API_HOURLY,
        "anonymous": settings.ZHIQUAN_API_HOURLY_ANONYMOUS,
        "base": request.build_absolute_uri(PREFIX_PATH),
        "language": "?lang=en" if english else "",
    }
    return render(request, "search/api.html", context)


def _facets(subject: Subject, english: bool) -> list[tuple[str, str]]:
    return [(PREFIX + row.key, row.en if english else row.zh) for row in FIELDS[subject] if row.facet]


def _operations(told: Mapping[str, Any]) -> Iterator[Shown]:
    for path, methods in told["paths"].items():
        one = methods["get"]
        name = one["operationId"]
        given = [row for row in one["parameters"] if not row["name"].startswith(PREFIX)]
        subjects = ("patents", "trademarks") if "{subject}" in path else ()
        yield Shown(
            name=name,
            summary=one["summary"],
            says=one["description"],
            path=path,
            parameters=tuple(_parameter(row) for row in given),
            narrowing=len(given) < len(one["parameters"]),
            examples=tuple(PREFIX_PATH + example for example in _examples(name)),
            tried=tuple(
                (_TRIED.get(name, {}) | ({"number": _held(Subject.PATENT)} if name == "record" else {})).items()
            ),
            targets=tuple((one, path.replace("{subject}", one)) for one in subjects),
            failures=tuple((status, row["description"]) for status, row in one["responses"].items() if status >= "400"),
        )


def _examples(name: str) -> list[str]:
    """The examples of an operation; those of a record name one that is held."""
    if name != "record":
        return list(EXAMPLES[name])
    numbers = (_held(Subject.PATENT), _held(Subject.TRADEMARK))
    return [example + number for example, number in zip(EXAMPLES[name], numbers, strict=True) if number]


def _held(subject: Subject) -> str:
    """The number of the newest record of a subject; empty where none is held."""
    live = Record.objects.filter(subject=SUBJECTS[subject], state=Record.State.LIVE)
    return live.order_by("-pk").values_list("key", flat=True).first() or ""


def _parameter(row: Mapping[str, Any]) -> Parameter:
    schema = row["schema"]
    options = schema.get("enum") or next((one["enum"] for one in schema.get("anyOf", ()) if "enum" in one), None)
    bounds = [f"{sign} {schema[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in schema]
    kind = " | ".join(map(str, options)) if options else " ".join([_kind(schema), *bounds])
    usual = schema.get("default")
    shown = "" if usual in (None, "", []) else str(usual).lower() if isinstance(usual, bool) else str(usual)
    return Parameter(row["name"], row.get("description", ""), kind, shown, bool(row.get("required")))


def _kind(schema: Mapping[str, Any]) -> str:
    names = {"integer": _("整数"), "boolean": "true | false", "array": _("文字，可写多次"), "string": _("文字")}
    kinds = [schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))]
    return next((names[one] for one in kinds if one in names), "")
