"""An import that is killed, however often and whenever, loses nothing and doubles nothing; so does an undo."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.records.tables import imported, patent, write_csv
from zhiquan.records.models import BatchFile, Change, Record, Statement

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1_000
#: The commands as the product has them, without the index beside them: that is tested where it lives.
RUN = """
import sys
from zhiquan.site.start import set_up
set_up()
from zhiquan.site.backup.upgrading import bring_up_to_date
bring_up_to_date()
from zhiquan.records import commands
{"import": commands.import_, "undo": commands.undo}[sys.argv[1]](sys.argv[2:])
"""


def rows():
    """Rows as they come: most are new, some repeat or change an earlier one, some are nothing."""
    for at in range(1, ROWS + 1):
        if at % 50 == 0:
            yield {"地址": "安庆市示例路"}
        elif at % 7 == 0:
            yield patent(at // 2, 授权公告号=f"CN1990{at // 2:05d}B", 授权公告日="2021-08-06")
        elif at % 11 == 0:
            yield patent(at // 2)
        else:
            yield patent(at)


class Service:
    """The product in a process and a home of its own."""

    def __init__(self, home):
        self.database = home / "zhiquan.sqlite3"
        named = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        self.environment = named | {"ZHIQUAN_HOME": str(home)}

    def start(self, *arguments):
        command = [sys.executable, "-c", RUN, *map(str, arguments)]
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=nowhere, stderr=nowhere)

    def done(self, *arguments):
        """Runs a command to its end and answers its exit status."""
        return self.start(*arguments).wait(timeout=60)

    def ask(self, query):
        """The rows of a query; none while the tables are not there yet."""
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as database:
                return database.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []

    def number(self, query):
        found = self.ask(query)
        return found[0][0] or 0 if found else 0

    def killed_at(self, reached, *arguments):
        """Runs a command and kills it the moment `reached()` is true; whether it was still running then."""
        process = self.start(*arguments)
        while process.poll() is None and not reached():
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        process.kill()
        return process.wait() == -signal.SIGKILL


def held(home):
    """What stands: keys, the documents under each, the counters of the files, the history."""
    service = Service(home)
    return (
        service.ask("SELECT key, title, state FROM records_record ORDER BY key"),
        service.ask(
            'SELECT r.key, s."index", hex(s.digest) FROM records_statement s '
            'JOIN records_record r ON r.id = s.record_id ORDER BY s."index"'
        ),
        service.ask("SELECT new, changed, same, rejected, cursor, state FROM records_batchfile"),
        service.ask("SELECT count(*), count(DISTINCT record_id) FROM records_change"),
    )


def held_here():
    return (
        list(Record.objects.order_by("key").values_list("key", "title", "state")),
        [
            (key, index, bytes(digest).hex().upper())
            for key, index, digest in Statement.objects.order_by("index").values_list("record__key", "index", "digest")
        ],
        list(BatchFile.objects.values_list("new", "changed", "same", "rejected", "cursor", "state")),
        [(Change.objects.count(), Change.objects.values("record").distinct().count())],
    )


@pytest.mark.django_db
def test_an_import_killed_at_any_moment_goes_on_where_it_was(tmp_path):
    path = write_csv(tmp_path / "rows.csv", list(rows()))
    service = Service(tmp_path / "home")
    service.database.parent.mkdir()

    def cursor():
        return service.number("SELECT max(cursor) FROM records_batchfile")

    begun = "SELECT count(*) FROM records_batch"
    moments = [lambda: service.number(begun) > 0, lambda: cursor() > 300]
    killed = [service.killed_at(moment, "import", path) for moment in moments]
    assert any(killed), "on a machine so busy that every import ended before it was looked at, this shows nothing"
    assert service.done("import", path) == 0
    assert service.number(begun) == 1
    imported(path)
    assert held(service.database.parent) == held_here()

    standing = "SELECT count(*) FROM records_statement WHERE NOT withdrawn"
    all_of_them = service.number(standing)
    undoing = "SELECT count(*) FROM records_batch WHERE state = 4"
    service.killed_at(lambda: service.number(standing) < all_of_them, "undo", 1)
    if service.number(undoing):
        assert service.done("undo", 1) == 0
    assert service.number(undoing) == 0
    assert service.number(standing) == 0
    assert service.number("SELECT count(*) FROM records_record WHERE state = 1") == 0
    assert service.number("SELECT count(*) FROM records_number") == 0
