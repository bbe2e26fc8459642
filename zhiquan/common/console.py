"""What every command of `zhiquan` shares: the option --json and the one way to print it, and the progress bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import orjson
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出。")


def print_json(value: Any) -> None:
    """One JSON document on stdout, Chinese as it is, days and moments as ISO 8601."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


@dataclass(frozen=True, slots=True)
class Bar:
    """A line on stderr that says what is being done and how far it is."""

    progress: Progress
    task: TaskID

    def tell(self, doing: str, done: int, total: int | None = None) -> None:
        self.progress.update(self.task, description=doing, completed=done, total=total)


@contextmanager
def progress(title: str) -> Iterator[Bar]:
    """A progress bar while the block runs, on stderr and only where a person watches; stdout stays the answer's."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal) as shown:
        yield Bar(shown, shown.add_task(title, total=None))


class Bar:
    """A line on stderr that says how far a long work has come; silent where nobody watches."""

    def __init__(self, shown: Progress | None, task: TaskID | None) -> None:
        self._shown = shown
        self._task = task

    def tell(self, words: str, done: int, total: int | None = None) -> None:
        if self._shown is not None and self._task is not None:
            self._shown.update(self._task, description=words, completed=done, total=total)


@contextmanager
def progress(words: str) -> Iterator[Bar]:
    """A progress bar for the length of the block, on a terminal only: logs and pipes are spared it."""
    if not sys.stderr.isatty():
        yield Bar(None, None)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), RateColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        yield Bar(shown, shown.add_task(words, total=None))


class RateColumn(ProgressColumn):
    """How many are done and how many that is a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{int(task.completed):,} 条 · {task.speed or 0:,.0f} 条/秒")
