"""What a page costs in one process, through Django's own client: all of it, the engine's share, and an empty page's."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import wraps
from typing import Any

from django.test import Client
from django.test.utils import override_settings

from patmark.engines.embedded import EmbeddedEngine
from zhiquan.site.start import set_up

ROUNDS = 3


class Engine:
    """Adds up the time spent inside the engine."""

    def __init__(self) -> None:
        self.seconds = 0.0
        for name in ("find", "count", "cube"):
            setattr(EmbeddedEngine, name, self._timed(getattr(EmbeddedEngine, name)))

    def _timed(self, verb: Any) -> Any:
        @wraps(verb)
        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.thread_time()
            try:
                return verb(*args, **kwargs)
            finally:
                self.seconds += time.thread_time() - began

        return timed


def costs(asked: Mapping[str, Any]) -> dict[str, object]:
    """Mean milliseconds: `empty_page`, `first_page` and `page` (asked again) whole, and `beside_engine` of each."""
    set_up()
    engine = Engine()
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        _mean(client, [asked["empty"]] * 20, engine)
        empty, _ = _mean(client, [asked["empty"]] * 200, engine)
        first, first_beside = _mean(client, asked["addresses"], engine)
        again, again_beside = _mean(client, list(asked["addresses"]) * ROUNDS, engine)
    return {
        "empty_page": round(empty, 2),
        "first_page": round(first, 2),
        "first_page_beside_engine": round(first_beside, 2),
        "page": round(again, 2),
        "page_beside_engine": round(again_beside, 2),
        "page_beside_engine_of_an_empty_page": round(again_beside / empty, 2),
        "first_page_beside_engine_of_an_empty_page": round(first_beside / empty, 2),
    }


def _mean(client: Client, addresses: Sequence[str], engine: Engine) -> tuple[float, float]:
    """(whole, beside the engine) in milliseconds of processor time a page."""
    before, began = engine.seconds, time.thread_time()
    for one in addresses:
        answer = client.get(one)
        assert answer.status_code == 200, (one, answer.status_code)
    whole = time.thread_time() - began
    share = engine.seconds - before
    return whole / len(addresses) * 1000, (whole - share) / len(addresses) * 1000
