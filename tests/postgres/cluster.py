"""A PostgreSQL server of the tests' own: made by initdb under a user who is not root, on a socket, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

#: Who runs the server where the tests run as root, whom PostgreSQL refuses.
USERS = ("postgres", "nobody")
#: A server that is thrown away need not survive a power cut.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "listen_addresses=")


@cache
def programs() -> Path | None:
    """Where PostgreSQL's programs are on this machine, if they are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    onpath = shutil.which("initdb")
    return found[-1].parent if found else Path(onpath).parent if onpath else None


def why_not() -> str:
    """The sentence with which tests are skipped; empty where they can run."""
    if programs() is None:
        return "no PostgreSQL on this machine: apt-get install postgresql (its programs, no service)"
    if os.getuid() == 0 and (not _other_user() or not shutil.which("runuser")):
        return "PostgreSQL refuses to run as root, and there is no other user to run it as"
    return ""


@cache
def _other_user() -> str:
    for name in USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return ""


class Cluster:
    """A running server; `address` is the ZHIQUAN_DATABASE of one of its databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._as = ["runuser", "-u", _other_user(), "--"] if os.getuid() == 0 else []
        if self._as:
            shutil.chown(folder, _other_user())
        self._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "zhiquan", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {one}" for one in (*SETTINGS, f"unix_socket_directories={folder}"))
        self._run("pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-o", options, "start")

    def address(self, database: str) -> str:
        return f"postgres://zhiquan@{quote(str(self._folder), safe='')}/{database}"

    def create(self, database: str) -> str:
        """A new empty database; answers its address."""
        self.ask("postgres", f'CREATE DATABASE "{database}"')
        return self.address(database)

    def ask(self, database: str, query: str) -> list[str]:
        """The lines psql prints for a query."""
        command = [
            "psql",
            "-h",
            str(self._folder),
            "-U",
            "zhiquan",
            "-d",
            database,
            "-v",
            "ON_ERROR_STOP=1",
            "-qAtc",
            query,
        ]
        done = subprocess.run([*self._as, str(programs() / command[0]), *command[1:]], check=True, capture_output=True, text=True, cwd="/")  # fmt: skip
        return done.stdout.splitlines()

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        found = programs()
        assert found is not None
        command = [*self._as, str(found / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A server for the block. Its folder is not pytest's, which only the user of the tests may enter."""
    with tempfile.TemporaryDirectory(prefix="zhiquan-postgres-") as folder:
        cluster = Cluster(Path(folder))
        try:
            yield cluster
        finally:
            cluster.stop()
