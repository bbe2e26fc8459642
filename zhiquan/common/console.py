"""What commands of `zhiquan` share: the option --json and the one way to print it, the progress bar, being stopped."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出。")


def print_json(value: Any) -> None:
    """One JSON document on stdout, Chinese as it is, days and moments as ISO 8601."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def told_to_stop() -> Callable[[], bool]:
    """Whether this process was told to stop (SIGTERM, SIGINT) since it asked here, or whoever started it is gone."""
    parent = os.getppid()
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: asked.append(received))
    return lambda: bool(asked) or os.getppid() != parent


@dataclass(frozen=True, slots=True)
class Bar:
    """A line on stderr that says what is being done and how far it is."""

    progress: Progress
    task: TaskID

    def tell(self, doing: str, done: int, total: int | None = None) -> None:
        self.progress.update(self.task, description=doing, completed=done, total=total)


@contextmanager
def progress(title: str, unit: str = "条") -> Iterator[Bar]:
    """A progress bar while the block runs, on stderr and only where a person watches; stdout stays the answer's.

    With a unit it says how many are done and how fast that goes, without one how far it is in percent.
    """
    reached = RateColumn(unit) if unit else TaskProgressColumn()
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), reached)
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal) as shown:
        yield Bar(shown, shown.add_task(title, total=None))


class RateColumn(ProgressColumn):
    """How many are done and how many that is a second."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        return Text(f"{int(task.completed):,} {self._unit} · {task.speed or 0:,.0f} {self._unit}/秒")
