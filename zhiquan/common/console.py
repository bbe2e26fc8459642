"""What every command of `zhiquan` shares: the option --json and the one way to print it."""

from __future__ import annotations

from typing import Any

import click
import orjson

json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出。")


def print_json(value: Any) -> None:
    """One JSON document on stdout, Chinese as it is, dates as ISO 8601."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
