"""Writes docs/reference from the code, so that it cannot rot: `python docs/generate.py`, or `--check` to compare only.

settings.md · errors.md · permissions.md · pages.md · cli.md · fields.md
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from patmark import errors, fields
from zhiquan.site.start import set_up

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- 由 docs/generate.py 从代码生成：请改代码，再执行 make docs。 -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; strokes inside cells are escaped."""
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def settings_page() -> str:
    from zhiquan.site.settings import env  # noqa: PLC0415 (readable only once Django is set up)

    body = table(("变量", "默认值", "含义"), ((code(one.name), one.default, one.means) for one in env.known))
    return "# 设置\n\n全部设置都是环境变量。写错的值、写错的名字，都会使启动停下并说明是哪一个变量。\n\n" + body


def errors_page() -> str:
    # The tree in the module's docstring says what each means; a test holds it to the classes.
    lines = (line.lstrip("├└─ ").split(None, 2) for line in (errors.__doc__ or "").splitlines()[2:])
    rows = ((code(getattr(errors, name).code), status, name, means) for name, status, means in lines)
    shape = '```json\n{"error": {"code": "not_found", "sentence": "…", "where": "…", "mend": "…"}}\n```\n'
    head = ("代码", "状态", "类", "何时")
    return f"# 错误\n\n页面、片段和 JSON 用同一套代码；JSON 的形状是：\n\n{shape}\n" + table(head, rows)


def permissions_page() -> str:
    from zhiquan.accounts.policy import POLICY, Role  # noqa: PLC0415

    rows = (
        (code(name), rule.means, *(rule.scopes[role].value if role in rule.scopes else "" for role in Role))
        for name, rule in POLICY.items()
    )
    return "# 权限\n\n每个操作、每个角色、可及的范围；空格表示不可以。\n\n" + table(("操作", "含义", *Role), rows)


def pages_page() -> str:
    from zhiquan.common.page import pages  # noqa: PLC0415

    rows = ((code("/" + one.route), code(one.name), one.may, one.menu or one.why) for one in pages())
    return "# 页面\n\n`anyone` 表示任何人都可以打开，其余是[权限](permissions.md)中的操作名。\n\n" + table(
        ("网址", "名称", "谁可以", "导航"), rows
    )


def cli_page() -> str:
    from zhiquan.site.cli import cli  # noqa: PLC0415
    from zhiquan.site.usage import Context  # noqa: PLC0415

    def helps(command: click.Command, name: str, above: click.Context | None) -> Iterator[str]:
        context = Context(command, info_name=name, parent=above, terminal_width=100, max_content_width=100)
        yield f"## `{context.command_path}`\n\n```text\n{context.get_help()}\n```\n"
        if isinstance(command, click.Group):
            for lower in command.list_commands(context):
                found = command.get_command(context, lower)
                assert found is not None
                yield from helps(found, lower, context)

    ways = "退出状态：0 完成，1 有问题（标准错误中有一句话说明），2 命令写错。`--json` 时标准输出是一个 JSON 文档。\n"
    return f"# 命令行\n\n{ways}\n" + "\n".join(helps(cli, "zhiquan", None))


def fields_page() -> str:
    def rows(listed: Iterable[fields.Field]) -> Iterator[tuple[str, ...]]:
        for one in listed:
            yes = ("是" if one.facet else "", "是" if one.sortable else "")
            yield (
                code(one.key),
                one.zh,
                one.en,
                one.kind.value,
                "、".join(one.aliases),
                "、".join(one.parts),
                *yes,
                one.note,
            )

    head = ("字段", "中文名", "英文名", "种类", "也可写作", "包含", "可统计", "可排序", "说明")
    patents, marks = table(head, rows(fields.PATENT_FIELDS)), table(head, rows(fields.TRADEMARK_FIELDS))
    return f"# 字段\n\n检索式、统计、排序、导出用的都是这张表。\n\n## 专利\n\n{patents}\n## 商标\n\n{marks}"


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "errors.md": errors_page,
    "permissions.md": permissions_page,
    "pages.md": pages_page,
    "cli.md": cli_page,
    "fields.md": fields_page,
}


def stale() -> list[str]:
    """The names of the pages that are not what the code says."""
    return [name for name, make in PAGES.items() if not _same(FOLDER / name, f"{NOTE}\n{make()}")]


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main() -> int:
    """Write what is stale, or with `--check` name it and fail."""
    set_up()
    found = stale()
    for name in found:
        if "--check" in sys.argv:
            print(f"docs/reference/{name} 与代码不符：请执行 make docs", file=sys.stderr)
        else:
            (FOLDER / name).write_text(f"{NOTE}\n{PAGES[name]()}", encoding="utf-8")
            print(f"docs/reference/{name}")
    return 1 if found and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
