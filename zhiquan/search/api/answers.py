"""The one shape of what the API answers: data with the state they were made from, or an error."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from patmark.errors import Problem
from zhiquan.common.problems import as_json
from zhiquan.records import queries
from zhiquan.search.answers import today

JSON = "application/json"


def success(data: dict[str, Any], *, change: int) -> HttpResponse:
    """What was asked for, with the change number and the day of the data."""
    about = {
        "change": change,
        "day": today(),
        "sample": queries.standing_files().filter(batch__sample=True).exists(),
        "licence": _(settings.ZHIQUAN_LICENCE),
    }
    return HttpResponse(orjson.dumps({"data": data, "about": about}), content_type=JSON)


def failure(problem: Problem) -> HttpResponse:
    """The problem in the one shape of failures, whatever the caller says he accepts."""
    response = as_json(problem)
    if problem.retry:
        response["Retry-After"] = str(problem.retry)
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response
