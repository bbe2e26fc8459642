"""A worker that is killed outright loses nothing and doubles nothing: the next one goes on, be it a reading or an undo."""

import sys
from contextlib import suppress
from subprocess import DEVNULL, Popen, TimeoutExpired

import pytest

from tests.records.tables import imported, write_csv
from tests.records.test_killed import ROOT, Service, held, held_here, rows

#: Hands a file in, or works until nothing is left to be done.
RUN = """
import sys
from pathlib import Path
from zhiquan.site.start import set_up
set_up()
from zhiquan.site.backup.upgrading import bring_up_to_date
bring_up_to_date()
from zhiquan.common.action import CONSOLE
from zhiquan.records import actions, receiving, working
from zhiquan.records.models import Batch
verb = sys.argv[1]
if verb == "hand-in":
    receiving.enqueue(CONSOLE, [Path(sys.argv[2])])
elif verb == "take-back":
    actions.undo_batch(CONSOLE, Batch.objects.get())
else:
    while working.step(lambda: False):
        pass
"""


class Worker(Service):
    """The product in a home of its own, read by a worker."""

    def start(self, *arguments):
        command = [sys.executable, "-c", RUN, *map(str, arguments)]
        return Popen(command, cwd=ROOT, env=self.environment, stdout=DEVNULL, stderr=DEVNULL)

    def killed(self, reached):
        process = self.start("work")
        while process.poll() is None and not reached():
            with suppress(TimeoutExpired):
                process.wait(0.01)
        process.kill()
        process.wait()


@pytest.mark.django_db
def test_a_worker_killed_at_any_moment_is_followed_by_one_that_goes_on(tmp_path):
    path = write_csv(tmp_path / "rows.csv", list(rows()))
    worker = Worker(tmp_path / "home")
    worker.database.parent.mkdir()
    assert worker.done("hand-in", path) == 0

    worker.killed(lambda: worker.number("SELECT max(cursor) FROM records_batchfile") > 300)
    assert worker.number("SELECT state FROM records_batch") == 1
    assert worker.done("work") == 0
    imported(path)
    assert held(worker.database.parent) == held_here()

    standing = "SELECT count(*) FROM records_statement WHERE NOT withdrawn"
    before = worker.number(standing)
    assert worker.done("take-back") == 0
    worker.killed(lambda: worker.number(standing) < before)
    assert worker.done("work") == 0
    assert worker.number(standing) == 0 and worker.number("SELECT state FROM records_batch") == 3
