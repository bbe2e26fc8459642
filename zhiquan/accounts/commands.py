"""`zhiquan admin`: accounts from the console."""

from __future__ import annotations

import sys

import click

from patmark.errors import BadInput, NotFound
from zhiquan.accounts.actions import create_administrator, set_password
from zhiquan.accounts.models import User
from zhiquan.common.action import CONSOLE
from zhiquan.common.console import json_option, print_json


@click.group("admin", help="管理员账号。")
def admin() -> None:
    """The commands below."""


@admin.command("create", help="建立一个管理员账号；密码从终端读入，不会显示。")
@click.argument("username", metavar="用户名")
@click.option("--password-stdin", is_flag=True, help="从标准输入的第一行读密码。")
@json_option
def create(username: str, password_stdin: bool, as_json: bool) -> None:
    """Make an administrator; the password never stands on the command line, where others could read it."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    user = create_administrator(CONSOLE, username, password)
    if as_json:
        print_json({"username": user.username, "id": user.pk})
    else:
        click.echo(f"管理员“{user.username}”已建立，现在可以登录。")


@admin.command("password", help="给一个账号换密码；忘了密码时用。密码从终端读入，不会显示。")
@click.argument("username", metavar="用户名")
@click.option("--password-stdin", is_flag=True, help="从标准输入的第一行读密码。")
@json_option
def password(username: str, password_stdin: bool, as_json: bool) -> None:
    """Any account: who may give this command has the database anyway."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound(f"没有“{username}”这个账号。", mend="请检查用户名。")
    set_password(CONSOLE, user, sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password())
    if as_json:
        print_json({"username": user.username, "id": user.pk})
    else:
        click.echo(f"“{user.username}”的密码已更换，这个账号在别处的登录已失效。")


def _ask_password() -> str:
    if not sys.stdin.isatty():
        raise BadInput("没有终端，无法读入密码。", mend="请加 --password-stdin，并把密码写到标准输入。")
    password: str = click.prompt("密码", hide_input=True, confirmation_prompt="再输一次")
    return password
