"""Before anything else: the settings are read, the apps loaded."""

from __future__ import annotations

import gc
import os

import django

from zhiquan.site.logs import log_crashes


def set_up() -> None:
    """Settings read (a wrong one is a `WrongSetting`), apps loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiquan.site.settings")
    django.setup()
    log_crashes()
    # What is loaded by now stays; and records are trees, so that looking for circles every 700 objects, which takes a
    # sixth of an import's time, finds nothing.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
