"""A PostgreSQL server for the tests of this folder, or a sentence that says why there is none."""

from __future__ import annotations

import pytest

from tests.postgres import cluster


@pytest.fixture(scope="session")
def server():
    if reason := cluster.why_not():
        pytest.skip(reason)
    with cluster.running() as running:
        yield running
