"""`zhiquan demo`: the invented city loaded, written to a file, or taken out again."""

from __future__ import annotations

from pathlib import Path

import click

from patmark.demo import write
from patmark.errors import BadInput, EngineDown
from zhiquan.common.console import json_option, print_json, progress
from zhiquan.demo import loading, removing
from zhiquan.records import importing
from zhiquan.records.commands import account
from zhiquan.records.models import Batch
from zhiquan.search.intake import caught_up, followed

SIZE, MOST = 30_000, 1_000_000


@click.command(help="装入演示数据：一座虚构的城市，专利和商标二比一；用 --remove 全部撤出。")
@click.option(
    "--size", default=SIZE, show_default=True, metavar="条数", type=click.IntRange(1, MOST), help="一共多少条记录。"
)
@click.option("--only", default="", type=click.Choice(["", "patents", "trademarks"]), help="只要专利或只要商标。")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="写到文件（.zip 或 .jsonl），不装入。"
)
@click.option("--background", is_flag=True, help="交给后台装入，命令随即返回。")
@click.option("--remove", is_flag=True, help="撤出演示数据和自带样例，不留痕迹；真实数据不动。")
@json_option
def demo(size: int, only: str, target: Path | None, background: bool, remove: bool, as_json: bool) -> None:
    """One of four: load, hand to the worker, write to a file, remove."""
    if remove and (target or background):
        raise click.UsageError("--remove 不能与 --to、--background 同用。")
    if remove:
        _remove(as_json)
    elif target is not None:
        _write(target, size, only, as_json)
    else:
        _load(size, only, background=background, as_json=as_json)


def _load(size: int, only: str, *, background: bool, as_json: bool) -> None:
    with progress("生成演示数据") as bar:

        def watch(step: importing.Step) -> None:
            done = step.file.new + step.file.changed + step.file.same + step.file.rejected
            bar.tell("装入演示数据", done, size)

        def tell(done: int) -> None:
            bar.tell("生成演示数据", done, size)

        if background:
            batch = loading.load(size, only=only, background=True, tell=tell)
        else:
            with followed():
                batch = loading.load(size, only=only, tell=tell, watch=watch)
    if as_json:
        print_json(account(batch))
    elif background:
        click.echo(f"{batch}已交给后台装入，进度见页面上方。", err=True)
    else:
        _say_loaded(batch)


def _say_loaded(batch: Batch) -> None:
    new = sum(file.new for file in batch.files.all())
    click.echo(f"{batch}已装入，新增 {new:,} 条，全部为虚构。撤出：zhiquan demo --remove")


def _write(target: Path, size: int, only: str, as_json: bool) -> None:
    if target.suffix not in (".zip", ".jsonl"):
        raise BadInput("文件名应当以 .zip 或 .jsonl 结尾。", where=str(target), mend=".zip 带图片，.jsonl 只有记录。")
    try:
        with progress("生成演示数据") as bar:
            write(target, size, only=only, tell=lambda done: bar.tell(str(target), done, size))
    except OSError as fault:
        raise BadInput(f"写不进这个文件（{fault.strerror}）。", where=str(target), mend="请换一个位置。") from fault
    written = target.stat().st_size
    if as_json:
        print_json({"file": str(target), "records": size, "bytes": written})
    else:
        click.echo(f"已写入 {target}：{size:,} 条，{written / 1e6:,.1f} MB，全部为虚构。")


def _remove(as_json: bool) -> None:
    with progress("撤出演示数据") as bar:
        with followed():
            records = removing.undo(lambda done, total: bar.tell("撤销", done, total))
        if not caught_up():
            raise EngineDown("记录已撤销，检索索引还没有跟上。", mend="请稍后再执行一次 zhiquan demo --remove。")
        statements = removing.purge(lambda done, total: bar.tell("清除", done, total))
    if as_json:
        print_json({"records": records, "statements": statements})
    else:
        click.echo(f"演示数据已全部撤出，涉及 {records:,} 条记录；原始文件也已删除。")
