"""What is promised on SQLite holds on PostgreSQL: the same tests of importing, undoing, searching and the audit again."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

#: Tests run again, by what they are about: those that touch the database most and the clock least.
GROUPS = {
    "records": (
        "tests/records/test_import_counts.py",
        "tests/records/test_merging_records.py",
        "tests/records/test_undo.py",
        "tests/records/test_commands.py",
        "tests/records/test_loading.py",
    ),
    "search": (
        "tests/search/test_commands.py",
        "tests/search/test_index_follows.py",
        "tests/search/test_doubtful_records.py",
        "tests/search/test_facets.py",
    ),
    "audit": ("tests/common/test_action.py", "tests/common/test_audit.py"),
}


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_of_tests_passes_on_postgres(server, group):
    named = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "ZHIQUAN_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *GROUPS[group]],
        cwd=ROOT, env=named | {"TEST_DATABASE": server.address(group)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
