"""The addresses of the API, each behind its gate; `site/urls.py` mounts them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.urls import URLPattern, path

from patmark.fields import Subject
from zhiquan.search.api import shapes
from zhiquan.search.api.document import openapi
from zhiquan.search.api.gate import Rule, View, gated, nowhere
from zhiquan.search.api.operations import api
from zhiquan.search.api.shapes import Kind, Question, Spoken
from zhiquan.search.api.wanted import SUBJECTS, facets

#: What each operation takes, and for how many requests it counts: a file is work, looking how one stands is none.
WANTED: dict[str, tuple[type[Spoken], int]] = {
    "search": (shapes.SearchWanted, 1),
    "record": (shapes.RecordWanted, 1),
    "count": (shapes.CountWanted, 1),
    "export": (shapes.ExportWanted, 20),
    "suggest": (shapes.SuggestWanted, 1),
    "status": (shapes.Spoken, 0),
}


def _rule_of(name: str) -> Callable[[dict[str, Any]], Rule]:
    return lambda arguments: rule(name, str(arguments.get("subject", "")))


@cache
def rule(name: str, kind: str) -> Rule:
    """What an operation takes for a subject; for one that is none, what it takes for either."""
    shape, cost = WANTED[name]
    narrowing: tuple[str, ...] = ()
    if issubclass(shape, Question):
        subjects = [SUBJECTS[Kind(kind)]] if kind in set(Kind) else list(Subject)
        narrowing = tuple(dict.fromkeys(key for subject in subjects for key in facets(subject)))
    return Rule((*shape.model_fields, *narrowing), cost)


def _patterns() -> list[URLPattern]:
    found = []
    for pattern in api.urls[0]:
        view: View | None = pattern.callback
        name = str(pattern.pattern).rsplit("/", 1)[-1]
        if view is not None and name in WANTED:
            found.append(path(str(pattern.pattern), gated(view, _rule_of(name)), name=f"api.{name}"))
    return found


URLS = [
    path("openapi.json", openapi, name="api.document"),
    *_patterns(),
    path("<path:rest>", nowhere, name="api.nowhere"),
]
