"""Click in Chinese: help pages and what is said when a command is written wrongly."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

import click

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
PHRASES = {"Show this message and exit.": "显示这份说明。", "Show the version and exit.": "显示版本。"}
#: What click adds to an option's help by itself.
EXTRAS = {r"default: ": "默认 ", r"(\d+)<=x<=(\d+)": r"\1 到 \2", r"x>=(\d+)": r"不小于 \1", r"\[required\]": "[必填]"}
EXTRA_ARGUMENTS = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
TYPES: dict[type, str] = {
    click.types.IntParamType: "整数",
    click.types.FloatParamType: "数",
    click.types.BoolParamType: "1 或 0",
    click.types.DateTime: "日期，如 2024-05-01",
}


class Formatter(click.HelpFormatter):
    """A help page with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …"), "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _in_chinese(text)) for term, text in rows], col_max, col_spacing)


def _in_chinese(text: str) -> str:
    for pattern, words in EXTRAS.items():
        text = re.sub(pattern, words, text)
    return PHRASES.get(text, text)


class Context(click.Context):
    """A context whose help is Chinese."""

    formatter_class = Formatter


def tell(error: click.UsageError) -> str:
    """What is wrong with the command as written, and where its help is."""
    command = error.ctx.command_path if error.ctx else "zhiquan"
    return f"{_sentence(error)}\n用法见：{command} --help"


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有 {error.option_name} 这个选项。{_near(error.option_name, error.possibilities or ())}"
        case click.exceptions.NoSuchCommand():
            group = error.ctx.command if error.ctx else None
            commands = group.list_commands(error.ctx) if error.ctx and isinstance(group, click.Group) else ()
            return f"没有 {error.command_name} 这个命令。{_near(error.command_name, commands)}"
        case click.MissingParameter():
            return f"缺少{_name(error.param)}。"
        case click.BadParameter():
            return f"{_name(error.param)} 的值不对：应为{_type(error.param)}。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 的写法不对：它要不要带值，请看说明。"
        case click.exceptions.NoArgsIsHelpError():
            return "请说明要做什么。\n" + (error.ctx.get_help() if error.ctx else "")
        case _:
            extra = EXTRA_ARGUMENTS.match(error.message)
            return f"多出了参数：{extra[1]}。" if extra else f"命令写得不对（{error.format_message()}）。"


def _near(written: str, known: Iterable[str]) -> str:
    """A guess at what was meant."""
    near = difflib.get_close_matches(written, list(known), n=1, cutoff=0.5)
    return f"您要写的是 {near[0]} 吗？" if near else ""


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    if isinstance(parameter, click.Option):
        return f"选项 {parameter.opts[-1]}"
    return f"参数 {parameter.make_metavar(click.Context(click.Command('')))}"


def _type(parameter: click.Parameter | None) -> str:
    kind = parameter.type if parameter else None
    match kind:
        case click.IntRange():
            low, high = kind.min, kind.max
            return f" {low} 到 {high} 的整数" if high is not None else f"不小于 {low} 的整数"
        case click.Choice():
            return "其中之一：" + "、".join(map(str, kind.choices))
        case click.Path():
            return "已有的文件或文件夹" if kind.exists else "路径"
        case _:
            return TYPES.get(type(kind), "另一种写法，请看说明")
