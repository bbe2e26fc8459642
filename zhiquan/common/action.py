"""The one door for writes: may you? all or nothing, recorded.

    @action("batch.undo")
    def undo_batch(entry: Entry, batch: Batch) -> int:
        ...
        entry.before, entry.after = {"records": 120}, {"records": 0}

    undo_batch(actor, batch)     # from a page, a command or a job: the caller hands in who acts

1. The policy is asked whether the actor may do this to the target (the first argument after the actor).
2. The function runs in one transaction; what it leaves in its `Entry` is written with it, or neither is.
3. A refused attempt changes nothing and is recorded in a transaction of its own.

An import calls its action once for each chunk, and leaves `count` and `digest` of the chunk in the entry.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Concatenate, Literal, ParamSpec, Protocol, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.module_loading import import_string

from patmark.errors import NotAllowed
from zhiquan.common.models import AuditEntry

Via = Literal["page", "console", "job"]
Summary = Mapping[str, str | int | None]
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and from where: a person on a page, the system's operator at the console, or a job."""

    via: Via
    user: AbstractBaseUser | AnonymousUser | None = None
    address: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Actor:
        return cls("page", request.user, request.META.get("REMOTE_ADDR", ""))

    @property
    def key(self) -> str:
        """`user:7`, `stranger`, `console` or `job`: what the audit keeps, and no personal data."""
        if self.user is None:
            return self.via
        return f"user:{self.user.pk}" if self.user.is_authenticated else "stranger"

    @property
    def name(self) -> str:
        return self.user.get_username() if self.user is not None and self.user.is_authenticated else ""


CONSOLE = Actor("console")


@dataclass(slots=True)
class Entry:
    """What one passage through the door leaves behind; the action fills in what it changed."""

    actor: Actor
    action: str
    target: str = ""
    before: Summary = field(default_factory=dict)
    after: Summary = field(default_factory=dict)
    count: int | None = None
    digest: str = ""


class Policy(Protocol):
    """Who may do what, as `accounts` decides it and the setting POLICY names it; `common` only asks."""

    def __call__(self, actor: Actor, action: str, target: object = None) -> bool: ...


_actions: dict[str, str] = {}
_inside: ContextVar[bool] = ContextVar("inside", default=False)
_refused: ContextVar[list[Entry]] = ContextVar("refused")


@functools.cache
def _policy(path: str) -> Policy:
    policy: Policy = import_string(path)
    return policy


def may(actor: Actor, action: str, target: object = None) -> bool:
    """Whether the policy lets this actor do this."""
    return _policy(settings.POLICY)(actor, action, target)


def actions() -> Mapping[str, str]:
    """Every action of the product that is loaded: its name, and the function that does it."""
    return dict(_actions)


def action(name: str) -> Callable[[Callable[Concatenate[Entry, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an action; it is written with an `Entry` first and called with an `Actor` first."""

    def make(function: Callable[Concatenate[Entry, P], R]) -> Callable[Concatenate[Actor, P], R]:
        _actions[name] = f"{function.__module__}.{function.__qualname__}"

        @functools.wraps(function)
        def through_the_door(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            target = args[0] if args else None
            entry = Entry(actor, name, _label(target))
            with _keep_refusals(), transaction.atomic():
                _allow(entry, target)
                result = function(entry, *args, **kwargs)
                _record(entry, AuditEntry.Outcome.DONE)
            return result

        return through_the_door

    return make


def _allow(entry: Entry, target: object) -> None:
    if not may(entry.actor, entry.action, target):
        _refused.get().append(entry)
        raise NotAllowed("您没有做这件事的权限。", mend="请用有权限的账号登录，或与平台管理员联系。")


@contextmanager
def _keep_refusals() -> Iterator[None]:
    """Write down what was refused once the outermost transaction is over, so that its rollback leaves the record."""
    if _inside.get():
        yield
        return
    inside, refused = _inside.set(True), _refused.set([])
    try:
        yield
    finally:
        entries = _refused.get()
        _inside.reset(inside)
        _refused.reset(refused)
        if entries:
            with transaction.atomic():
                for entry in entries:
                    _record(entry, AuditEntry.Outcome.REFUSED)


def _record(entry: Entry, outcome: AuditEntry.Outcome) -> None:
    who = {"name": entry.actor.name, "address": entry.actor.address}
    AuditEntry.write(
        action=entry.action,
        outcome=outcome,
        actor=entry.actor.key,
        via=entry.actor.via,
        target=entry.target,
        count=entry.count,
        content=entry.digest,
        payload={**who, "before": dict(entry.before), "after": dict(entry.after)},
    )


def _label(target: object) -> str:
    """What the audit calls the thing acted on: `records.batch:12` for a row, its own text for anything else."""
    if target is None:
        return ""
    if isinstance(target, models.Model):
        return f"{target._meta.label_lower}:{target.pk or 'new'}"
    return str(target)[:200]
