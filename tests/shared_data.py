"""Where tests find the real files beside the repository; a test whose file is not there is skipped by name."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """The real file `../shared/<path>`; skips the calling test where it is absent."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the real file ../shared/{path} is not here")
    return found
