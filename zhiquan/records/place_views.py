"""The pages on which staff say where an address lies: the queue, one address with its records, what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patmark.divisions import Level, Region
from patmark.errors import BadInput, NotFound
from zhiquan.common.action import Actor
from zhiquan.records import actions, review
from zhiquan.records.actions import Answer
from zhiquan.records.models import PlaceDecision
from zhiquan.records.reference import gazetteer
from zhiquan.records.review import Question, Why

PER_PAGE = 25
#: Records brought to a decision at once; the worker does the rest.
AT_ONCE = 200
SHOWN = 50
#: The choices of the form that are no place of their own.
ELSEWHERE, NOWHERE = "elsewhere", "nowhere"


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The addresses nobody has decided about, with what the rule proposes."""
    asked = request.GET.get("why", "")
    why = Why(asked) if asked in set(Why) else None
    waiting = review.waiting_places()
    page = Paginator([one for one in waiting if why in (None, one.why)], PER_PAGE).get_page(request.GET.get("page"))
    counts = {one: sum(each.why is one for each in waiting) for one in Why}
    context = {
        "title": _("地区认定"),
        "page": page,
        "questions": review.questions(list(page)),
        "tabs": [
            ("", _("全部"), len(waiting), why is None),
            (Why.DOUBTFUL, _("存疑"), counts[Why.DOUBTFUL], why is Why.DOUBTFUL),
            (Why.VAGUE, _("没有写明县（市、区）"), counts[Why.VAGUE], why is Why.VAGUE),
        ],
        "counties": _counties(),
        "decided": PlaceDecision.objects.filter(active=True).count(),
        "keep": f"why={why}" if why else "",
    }
    return render(request, "records/places.html", context)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What people decided, the newest first."""
    decided = PlaceDecision.objects.filter(active=True).select_related("actor")
    page = Paginator(decided, PER_PAGE).get_page(request.GET.get("page"))
    places = gazetteer()
    rows = [(one, places.full_name(one.place or 0), places.name(one.zone or 0)) for one in page]
    return render(request, "records/decisions.html", {"title": _("已认定的地址"), "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, key: str) -> HttpResponse:
    """One address: its records, what the rule makes of it, and the form in which a person says where it lies."""
    number = _number(key)
    decision = PlaceDecision.objects.filter(key=number, active=True).first()
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        return _withdraw(request, decision)
    question = review.question_of(number)
    fault: BadInput | None = None
    if request.method == "POST":
        try:
            return _decide(request, question)
        except BadInput as problem:
            fault = problem
    context = {
        "title": question.address,
        "question": question,
        "key": key,
        "decision": decision,
        "decided_as": gazetteer().full_name(decision.place or 0) if decision else "",
        "fault": fault,
        "sent": request.POST,
        "counties": _counties(),
        "zones": [one for one in review.units() if one.level is Level.ZONE],
        "records": review.records_at(number)[:SHOWN],
    }
    return render(request, "records/place.html", context, status=fault.status if fault else 200)


def _counties() -> list[Region]:
    """The counties of the city this site is for."""
    return [one for one in review.units() if one.level is Level.COUNTY]


def _number(key: str) -> int:
    bare = key.removeprefix("-")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 20 and -(2**63) <= int(key) < 2**63):
        raise NotFound("没有待认定的这个地址。", mend="请从地区认定的清单中选择。")
    return int(key)


def _decide(request: HttpRequest, question: Question) -> HttpResponse:
    chosen, zone = request.POST.get("place", ""), request.POST.get("zone", "").strip()
    if not chosen:
        raise BadInput(_("请选一个地方。"))
    region = None
    if chosen != NOWHERE:
        region = review.place_named(request.POST.get("other", "") if chosen == ELSEWHERE else chosen)
    within = review.place_named(zone) if zone else None
    if within is not None and within.level is not Level.ZONE:
        raise BadInput(_("“{name}”不是开发区。").format(name=within.name))
    answer = Answer(
        question.address,
        question.postcode,
        region.id if region else None,
        within.id if within else None,
        request.POST.get("note", ""),
    )
    actor = Actor.of(request)
    decision = actions.decide_place(actor, question.waiting.key, answer)
    done = actions.apply_place(actor, decision, AT_ONCE)
    name = gazetteer().full_name(region.code) if region else _("不在国内，或无法判断")
    more = _("其余的在后台更新。") if done >= AT_ONCE else ""
    said = _("“{address}”认定为{name}，已更新 {done} 条记录。")
    messages.success(request, said.format(address=question.address[:40], name=name, done=done) + more)
    return redirect("quality.places")


def _withdraw(request: HttpRequest, decision: PlaceDecision | None) -> HttpResponse:
    if decision is None:
        raise NotFound("这个地址没有认定。", mend="请从已认定的清单中选择。")
    actor = Actor.of(request)
    actions.withdraw_place(actor, decision)
    actions.apply_place(actor, decision, AT_ONCE)
    messages.success(request, _("已取消认定，重新按规则判断。"))
    return redirect("quality.decisions")
