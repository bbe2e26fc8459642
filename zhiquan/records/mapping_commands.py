"""`zhiquan mapping`: how the headers of a table are understood, and mappings of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from patmark.errors import BadFile, NotFound
from patmark.sources.mapping import Mapping, fields_of, shipped_mappings
from patmark.sources.preview import preview
from zhiquan.common.action import CONSOLE
from zhiquan.common.console import json_option, print_json
from zhiquan.records.actions import save_mapping
from zhiquan.records.models import SavedMapping

#: A mapping is a page of text; anything longer is none.
LONGEST = 200_000


@click.group("mapping", help="表头对应：查看一份表格怎样被理解，保存自己的对应。")
def mapping() -> None:
    """The commands below."""


@mapping.command("list", help="列出自带的和已保存的表头对应。")
@json_option
def list_(as_json: bool) -> None:
    """Shipped mappings are chosen by the headers themselves; saved ones are named with `import --mapping`."""
    found = [{"name": one.code, "means": one.name, "saved": False} for one in shipped_mappings()]
    own = SavedMapping.objects.order_by("name")
    found += [{"name": one.name, "means": Mapping.from_toml(one.toml).name, "saved": True} for one in own]
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(f"{'已保存' if one['saved'] else '自带  '}  {one['name']}  {one['means']}")


@mapping.command("propose", help="看一份表格的表头怎样被理解，并给出可修改的对应（TOML）。")
@click.argument("path", metavar="表格", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="文件", help="把对应写到这个文件。")
@json_option
def propose(path: Path, target: Path | None, as_json: bool) -> None:
    """What each column is taken for; the columns nobody knows are kept beside the record under their own names."""
    if not path.is_file():
        raise NotFound("找不到这个文件。", where=str(path), mend="请检查路径是否写对。")
    seen = preview(path)
    named = fields_of(seen.choice.mapping.record)
    columns = [
        {"header": header, "field": field or "", "means": named[field] if field else "（原样保留）"}
        for header, field in zip(seen.choice.headers, seen.choice.fields, strict=True)
    ]
    if target is not None:
        target.write_text(seen.choice.mapping.to_toml(), encoding="utf-8")
    if as_json:
        print_json({"file": path.name, "recognised": seen.recognised, "columns": columns})
        return
    click.echo("表头认得，可以直接导入。" if seen.recognised else "表头不认得；以下是猜测，请修改后保存。")
    for one in columns:
        click.echo(f"  {one['header']} → {one['means']}")
    click.echo(f"已写入 {target}。" if target else "\n" + seen.choice.mapping.to_toml())


@mapping.command("save", help="保存一份表头对应，供 zhiquan import --mapping 名称 使用。")
@click.argument("name", metavar="名称")
@click.argument("path", metavar="TOML文件", type=click.Path(path_type=Path))
@json_option
def save(name: str, path: Path, as_json: bool) -> None:
    """Replaces the mapping of that name; a faulty file changes nothing."""
    try:
        text = path.read_text(encoding="utf-8")[:LONGEST]
    except (OSError, UnicodeDecodeError) as fault:
        raise BadFile("文件无法读取，或不是 UTF-8 文本。", where=str(path), mend="请检查路径和编码。") from fault
    found = Mapping.from_toml(text)
    save_mapping(CONSOLE, name, found.to_toml())
    if as_json:
        print_json({"name": name, "columns": len(found.columns)})
    else:
        click.echo(f"已保存表头对应“{name}”（{len(found.columns)} 列）。导入时用：zhiquan import 文件 --mapping {name}")
