"""What programs can ask: search, one record, counts, a whole result as a file, words to complete, what is held."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from patmark import codes
from patmark.errors import Problem
from patmark.fields import Subject
from patmark.query import explain
from zhiquan import __version__
from zhiquan.records import queries
from zhiquan.records.models import Record
from zhiquan.search.answers import meant, today, total
from zhiquan.search.api import cursors, shapes, wanted
from zhiquan.search.api.answers import failure, success
from zhiquan.search.api.counting import counts
from zhiquan.search.api.gate import admission
from zhiquan.search.api.pointing import pointed
from zhiquan.search.api.shapes import Failure, Kind, Success
from zhiquan.search.api.wanted import SUBJECTS
from zhiquan.search.exporting.columns import COLUMNS, chosen, left_out
from zhiquan.search.exporting.plan import Form, continued, plan
from zhiquan.search.exporting.reading import Reader, scene
from zhiquan.search.exporting.sending import answer as sent
from zhiquan.search.exporting.writing import row
from zhiquan.search.holdings import Holdings, holdings
from zhiquan.search.index import SUBJECTS as HELD
from zhiquan.search.index import engine
from zhiquan.search.labels import said

api = NinjaAPI(title="zhiquan", version="1", docs_url=None, openapi_url=None, urls_namespace="zhiquan-api")
GET = ["GET", "HEAD"]


def _fails(*statuses: int) -> dict[int, type[Failure]]:
    """What an operation may answer instead; every one may be refused for its token, its parameters, its number."""
    return dict.fromkeys((400, 401, 422, 429, 503, *statuses), Failure)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Every failure in its one shape; that of a query with the line that points to the place."""
    return failure(pointed(problem, request.GET))


@api.exception_handler(ValidationError)
def on_wrong_parameters(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    return failure(wanted.wrong(fault.errors))


@api.api_operation(
    GET, "{subject}/search", operation_id="search", response={200: Success[shapes.Records], **_fails(404)}
)
def search(request: HttpRequest, subject: Kind, wish: Query[shapes.SearchWanted]) -> HttpResponse:
    """A page of a result; it goes on with `next`."""
    of = SUBJECTS[subject]
    asked = wanted.asked(request, of, wish)
    question, order = meant(asked), wanted.order(asked)
    columns, change = chosen(of, [wish.columns]), engine(of).sequence
    identity = (of, asked.question, order)
    cursor = cursors.read(wish.cursor, identity) if wish.cursor else cursors.Cursor(change, 0, None)
    # One more than wanted tells whether there is another page.
    found = engine(of).find(
        question.tree,
        today=today(),
        sort=order,
        limit=wish.limit + 1,
        offset=cursor.given if cursor.place is None else 0,
        after=cursor.place,
    )
    hits = found.hits[: wish.limit]
    held = Reader(scene(of, address=_address(request), files=True), left_out(columns)).records(
        [one.key for one in hits]
    )
    more = None
    if hits and len(found.hits) > wish.limit:
        place = hits[-1].place or None
        more = cursors.written(cursors.Cursor(change, cursor.given + len(hits), place), identity)
    data = {
        "query": question.written,
        "read_as": explain(question.tree, of, said("zh", "en")),
        "notes": [note.sentence for note in question.notes],
        "total": found.total,
        "records": [row(columns, one) for one in held],
        "next": more,
        "changed": cursor.change != change,
    }
    return success(data, change=change)


@api.api_operation(
    GET, "{subject}/record", operation_id="record", response={200: Success[shapes.OneRecord], **_fails(404, 409)}
)
def record(request: HttpRequest, subject: Kind, wish: Query[shapes.RecordWanted]) -> HttpResponse:
    """One record by any of its numbers, with everything that is held of it."""
    of = SUBJECTS[subject]
    found = queries.record_of(wish.number, HELD[of])
    whole = queries.whole(found)
    shared = replace(scene(of, address=_address(request)), files={one.pk: one.name for one in whole.files})
    (held,) = Reader(shared).records([found.pk])
    data = {
        "record": row(COLUMNS[of], held),
        "publications": [
            {"number": one.number, "stage": codes.value_of("stage", one.stage), "date": one.date}
            for one in found.publications.order_by("date", "pk")
        ],
        "events": _events(found),
        "sources": [{"batch": one.batch, "file": one.file, "position": one.position} for one in whole.origins],
        "address": _address(request) + reverse(of.value, args=[found.key]),
    }
    return success(data, change=found.change)


@api.api_operation(GET, "{subject}/count", operation_id="count", response={200: Success[shapes.Counts], **_fails(404)})
def count(request: HttpRequest, subject: Kind, wish: Query[shapes.CountWanted]) -> HttpResponse:
    """Exact counts of a whole result by one field, or by two crossed."""
    of = SUBJECTS[subject]
    question = meant(wanted.asked(request, of, wish))
    by = wanted.counted(of, wish.by)
    data = {
        "query": question.written,
        "read_as": explain(question.tree, of, said("zh", "en")),
        "total": total(of, question.tree),
        "by": by,
        **counts(of, question.tree, by, wish.top),
    }
    return success(data, change=engine(of).sequence)


@api.api_operation(GET, "{subject}/export", operation_id="export", response=_fails(404, 409))
def export(request: HttpRequest, subject: Kind, wish: Query[shapes.ExportWanted]) -> HttpResponseBase:
    """A whole result as a file, without a limit, sent while it is made."""
    of = SUBJECTS[subject]
    asked = wanted.asked(request, of, wish)
    columns = chosen(of, [wish.columns])
    made = plan(asked, columns, Form(wish.format), noted=not wish.bare, marked=False, address=_address(request))
    if wish.after:
        made = replace(made, after=continued(made, wish.after, wish.as_of))
    return sent(request, made)


@api.api_operation(
    GET, "{subject}/suggest", operation_id="suggest", response={200: Success[shapes.Suggestions], **_fails()}
)
def suggest(request: HttpRequest, subject: Kind, wish: Query[shapes.SuggestWanted]) -> HttpResponse:
    """Words or names that begin so, the most frequent first."""
    of = SUBJECTS[subject]
    field = wanted.suggested(of, wish.field)
    found = engine(of).suggest(field, wish.beginning, wish.limit)
    data = {"field": field, "rows": [{"text": one.text, "count": one.count} for one in found]}
    return success(data, change=engine(of).sequence)


@api.api_operation(GET, "status", operation_id="status", response={200: Success[shapes.State], **_fails()})
def status(request: HttpRequest, wish: Query[shapes.Spoken]) -> HttpResponse:
    """What is held, how new it is, and what the caller has left of his hour."""
    told = admission(request)
    data = {
        "version": __version__,
        "patents": _held(Subject.PATENT, holdings(Subject.PATENT)),
        "trademarks": _held(Subject.TRADEMARK, holdings(Subject.TRADEMARK)),
        "updating": queries.unfinished(),
        "allowance": {
            "limit": told.spent.limit,
            "left": told.spent.left,
            "reset": told.spent.reset,
            "counted": told.caller.counted,
        },
    }
    return success(data, change=queries.last_change())


def _held(subject: Subject, found: Holdings) -> dict[str, Any]:
    return {
        "records": found.records,
        "indexed": engine(subject).size,
        "change": engine(subject).sequence,
        "newest": {one.name: one.day for one in found.newest},
        "shares": {one.key: one.percent for one in found.shares},
    }


def _events(found: Record) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "title": one.title, "date": one.date, "effective": one.effective}
        for one in found.events.order_by("date", "pk")
    ]


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
