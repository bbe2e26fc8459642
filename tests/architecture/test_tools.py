"""Rules, format, types and import contracts hold: what `make check` runs, run by `make test` too."""

import pytest

from tests.architecture.tools import TOOLS, run


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_has_nothing_to_say(tool):
    done = run(tool)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
