"""The command `zhiquan`: the table of its commands, and how a problem becomes a sentence and an exit status.

Exit status: 0 done · 1 a problem, told on stderr · 2 the command was written wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

import click

from patmark.errors import Problem
from zhiquan import __version__
from zhiquan.site.start import set_up
from zhiquan.site.usage import Context, tell

#: Every command: its name, and where it stands. A module is loaded when its command is asked for, after Django is up.
COMMANDS: Mapping[str, str] = {
    "serve": "zhiquan.site.serve:serve",
    "import": "zhiquan.search.intake:import_",
    "work": "zhiquan.records.commands:work",
    "demo": "zhiquan.demo.commands:demo",
    "batches": "zhiquan.records.commands:batches",
    "undo": "zhiquan.search.intake:undo",
    "load": "zhiquan.records.commands:load",
    "mapping": "zhiquan.records.mapping_commands:mapping",
    "search": "zhiquan.search.commands:search",
    "count": "zhiquan.search.commands:count",
    "show": "zhiquan.search.commands:show",
    "export": "zhiquan.search.commands:export",
    "reindex": "zhiquan.search.commands:reindex",
    "status": "zhiquan.search.commands:status",
    "follow": "zhiquan.search.commands:follow",
    "backup": "zhiquan.site.backup.commands:backup",
    "restore": "zhiquan.site.backup.commands:restore",
    "verify": "zhiquan.site.backup.commands:verify",
    "admin": "zhiquan.accounts.commands:admin",
}
#: Commands that look at the home before anything is brought up to date in it.
AS_IT_STANDS = frozenset({"restore", "verify"})


class Table(click.Group):
    """A group whose commands are the rows of `COMMANDS`."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        command.context_class = Context
        return command


@click.group(cls=Table, help="知泉：城市知识产权公共服务平台。")
@click.version_option(
    __version__, "--version", prog_name="知泉 zhiquan", message="%(prog)s %(version)s", help="显示版本。"
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Whatever is asked for stands on a database of this version."""
    if context.invoked_subcommand not in AS_IT_STANDS:
        # Loaded here for the same reason as the commands: it stands on the apps.
        import_module("zhiquan.site.backup.upgrading").bring_up_to_date()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    try:
        set_up()
        return cli.main(args=arguments, prog_name="zhiquan", standalone_mode=False) or 0
    except click.UsageError as error:
        click.echo(tell(error), err=True)
        return 2
    except Problem as problem:
        click.echo(str(problem), err=True)
        return 1
    except click.Abort:
        click.echo("已中止。", err=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
