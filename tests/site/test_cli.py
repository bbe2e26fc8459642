"""The command line: exit status, sentences in Chinese, help without leftovers."""

from __future__ import annotations

import re

import click
import pytest

from zhiquan.site.cli import COMMANDS, Table, cli, main
from zhiquan.site.usage import Context

pytestmark = pytest.mark.django_db


def test_it_shows_its_commands(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    visible = [name for name, command, _ in every_command(cli) if name in COMMANDS and not command.hidden]
    assert len(visible) > 1 and all(re.search(rf"^  {name}\b", shown, re.MULTILINE) for name in visible)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "请说明要做什么"),
        (["srve"], "没有 srve 这个命令。您要写的是 serve 吗"),
        (["serve", "--prt", "1"], "没有 --prt 这个选项。您要写的是 --port 吗"),
        (["serve", "--port"], "选项 --port 的写法不对"),
        (["serve", "--port", "99999"], "选项 --port 的值不对：应为 1 到 65535 的整数"),
        (["admin", "create"], "缺少参数 用户名"),
        (["admin", "create", "li", "more"], "多出了参数：more"),
    ],
)
def test_a_command_written_wrongly_is_told_in_chinese_with_status_2(capsys, arguments, sentence):
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert sentence in told.err and told.out == ""


def every_command(group, above=None):
    context = Context(group, info_name="zhiquan", parent=above)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield name, command, context
        if isinstance(command, click.Group):
            yield from every_command(command, context)


@pytest.mark.parametrize(("name", "command", "context"), list(every_command(cli)), ids=lambda one: str(one)[:20])
def test_help_is_chinese_to_the_last_option(name, command, context):
    shown = Context(command, info_name=name, parent=context).get_help()
    assert not re.search(r"Usage|Options|Commands|Show this|default|required|OPTIONS|ARGS", shown)
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


def test_the_table_is_in_the_order_people_read_it():
    assert Table(name="x").list_commands(Context(cli)) == list(COMMANDS)
