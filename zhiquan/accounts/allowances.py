"""How many requests a caller of the API has left in the hour, counted by several processes together.

A process takes a stretch of the hour's allowance from the table and spends it in memory, so that most requests write
nothing; the stretches together never exceed the allowance. Towards its end they are as small as what is asked for. A
caller is refused once the table has no more for him and this process has spent its own; then another process may still
hold a stretch, a twentieth of the whole at the most.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zhiquan.accounts.models import Allowance, Token

HOUR = 3600
#: A stretch is this part of the allowance, until less than `_SCARCE` of it is left.
_STRETCH, _SCARCE = 20, 5
#: Callers a process keeps in mind; who comes after that many others pays for a new stretch.
_CALLERS = 5_000
#: Hours after which nobody asks how much was used.
_KEPT_HOURS = 48


@dataclass(frozen=True, slots=True)
class Spent:
    """What a request leaves: `left` of `limit` for the seconds until `reset`; `allowed` whether it may go on."""

    allowed: bool
    limit: int
    left: int
    reset: int


@dataclass(slots=True)
class _Purse:
    hour: int
    held: int = 0
    remaining: int = 0


_purses: OrderedDict[str, _Purse] = OrderedDict()
_lock = threading.Lock()


def spend(caller: str, limit: int, cost: int, token: Token | None = None) -> Spent:
    """Takes `cost` requests from a caller's hour, where it has so many left."""
    now = int(timezone.now().timestamp())
    hour, reset = now // HOUR, HOUR - now % HOUR
    with _lock:
        purse = _purses.get(caller)
        if purse is None or purse.hour != hour:
            purse = _purses[caller] = _Purse(hour, 0, limit)
            while len(_purses) > _CALLERS:
                _purses.popitem(last=False)
        _purses.move_to_end(caller)
        if purse.held < cost:
            _fill(purse, caller, limit, cost=cost, token=token)
        allowed = purse.held >= cost
        if allowed:
            purse.held -= cost
        return Spent(allowed, limit, purse.held + purse.remaining, reset)


def _fill(purse: _Purse, caller: str, limit: int, *, cost: int, token: Token | None) -> None:
    """Takes a stretch from the table; the purse stays as it is where nothing is left there."""
    with transaction.atomic():
        row, made = Allowance.objects.select_for_update().get_or_create(caller=caller, hour=purse.hour)
        remaining = max(limit - row.taken, 0)
        stretch = limit // _STRETCH if remaining > limit // _SCARCE else 0
        granted = min(max(stretch, cost - purse.held), remaining)
        row.taken += granted
        row.save(update_fields=["taken"])
        if made:
            Allowance.objects.filter(hour__lt=purse.hour - _KEPT_HOURS).delete()
        if token is not None:
            Token.objects.filter(pk=token.pk).update(used=timezone.now())
    purse.held += granted
    purse.remaining = remaining - granted


def forget() -> None:
    """Puts away what this process keeps in mind; what it took from the table and has not spent is lost."""
    with _lock:
        _purses.clear()
