"""`zhiquan import | undo` with the index following beside them: when the command ends, what it did can be found."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from patmark.errors import EngineDown
from zhiquan.records import commands, queries
from zhiquan.search import index

#: How long a follower may take to end once it is told to.
PATIENCE = 30.0
LOOK_EVERY = 0.1


@contextmanager
def followed() -> Iterator[None]:
    """A follower runs beside the block and the index holds every change when it ends.

    Where another process already writes the index (a running site), that one does the work and the follower waits for
    the lock in vain; where the follower dies, the next command or the site catches up.
    """
    follower = subprocess.Popen([sys.executable, "-m", "zhiquan.site.cli", "follow"])
    try:
        yield
        while follower.poll() is None and not caught_up():
            time.sleep(LOOK_EVERY)
    finally:
        follower.terminate()
        try:
            follower.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            follower.kill()


def caught_up() -> bool:
    try:
        return not any(
            queries.changed_after(index.engine(subject).sequence, held, 1) for subject, held in index.SUBJECTS.items()
        )
    except EngineDown:
        return False


def _with_index(command: click.Command) -> click.Command:
    """The same command, run with the index following."""
    bare = command.callback
    assert bare is not None

    @wraps(bare)
    def run(*args: Any, **kwargs: Any) -> Any:
        with followed():
            return bare(*args, **kwargs)

    return click.Command(command.name, callback=run, params=command.params, help=command.help)


import_ = _with_index(commands.import_)
undo = _with_index(commands.undo)
