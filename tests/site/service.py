"""The product in a process and a home of its own: its commands as an operator gives them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.architecture.tree import ROOT
from tests.records.tables import mark, patent, write_csv

PATIENCE = 120


class Service:
    """Commands on one home; `database` is another ZHIQUAN_DATABASE than the home's own file."""

    def __init__(self, home: Path, database: str = "", **settings: str) -> None:
        self.home = home
        self.file = home / "zhiquan.sqlite3"
        named = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIQUAN_", "DJANGO_"))}
        self.environment = named | {"ZHIQUAN_HOME": str(home)} | settings
        if database:
            self.environment["ZHIQUAN_DATABASE"] = database

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """The command as it went, whatever its exit status."""
        command = [sys.executable, "-m", "zhiquan.site.cli", *map(str, arguments)]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def python(self, program: str) -> subprocess.CompletedProcess[str]:
        """A program beside the commands, in the same home."""
        command = [sys.executable, "-c", program]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "zhiquan.site.cli", *map(str, arguments)]
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=nowhere, stderr=nowhere)

    def ok(self, *arguments: object) -> str:
        """What a command that must succeed prints."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def told(self, *arguments: object) -> Any:
        """The JSON of a command that must succeed."""
        return json.loads(self.ok(*arguments, "--json"))

    def refused(self, *arguments: object) -> str:
        """The sentence of a command that must not succeed."""
        done = self.run(*arguments)
        assert done.returncode == 1 and "Traceback" not in done.stderr, done.stdout + done.stderr
        return done.stderr

    def holds(self, folder: Path, patents: int = 30, marks: int = 5) -> None:
        """Brings in a few invented records with what people type: tabs, quotes, line breaks, backslashes."""
        odd = {"名称": '含\\t反斜杠、"引号"和\t制表符的装置', "摘要": "第一行\n第二行\\n"}
        rows = [patent(at) for at in range(1, patents)] + [patent(patents, **odd)]
        paths = [write_csv(folder / "patents.csv", rows)]
        if marks:
            paths.append(write_csv(folder / "marks.csv", [mark(f"{33_000_000 + at}") for at in range(marks)]))
        self.ok("import", *paths)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows out of the home's own database."""
        with closing(sqlite3.connect(self.file)) as link, link:
            return link.execute(query).fetchall()

    def damage(self, table: str) -> None:
        """Overwrites the first page of a table, as a failing disk would."""
        self.ask("PRAGMA wal_checkpoint(TRUNCATE)")
        page = self.ask(f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")[0][0]
        with self.file.open("r+b") as out:
            out.seek(4096 * (page - 1))
            out.write(b"\xff" * 4096)

    def raw(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.home / "raw").glob("??/*")}

    def counts(self) -> dict[str, int]:
        names = [name for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: self.ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in names if "sqlite" not in name}
