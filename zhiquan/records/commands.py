"""`zhiquan import | batches | undo | load`: what we hold, from the command line."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import click
from django.db.models import Sum

from patmark.errors import NotFound
from zhiquan.common.action import CONSOLE
from zhiquan.common.console import json_option, print_json, progress, told_to_stop
from zhiquan.records import importing, loading, mending, working
from zhiquan.records.models import Batch, BatchFile

_COUNTS = ("new", "changed", "same", "rejected")


@click.command("import", help="导入专利、商标文件或文件夹（各局 XML、Excel、CSV 等，可为 zip、gz）。")
@click.argument("paths", nargs=-1, metavar="路径...", type=click.Path(path_type=Path))
@click.option("--name", default="", metavar="名称", help="批次名称。")
@click.option("--mapping", default="", metavar="名称", help="使用已保存的表头对应。")
@click.option("--sample", is_flag=True, help="导入自带的小样例（虚构数据）。")
@click.option("--resume", is_flag=True, help="继续所有中断的导入。")
@json_option
def import_(paths: tuple[Path, ...], name: str, mapping: str, sample: bool, resume: bool, as_json: bool) -> None:
    """Imports as one batch; exit status 1 when a file of it could not be read."""
    if not (paths or sample or resume):
        raise click.UsageError("请给出要导入的文件或文件夹。")
    batches = []
    with progress("导入") as bar:

        def watch(step: importing.Step) -> None:
            done = step.file.new + step.file.changed + step.file.same + step.file.rejected
            bar.tell(f"{step.number}/{step.files} {step.file.name}", done)

        if resume:
            batches += [importing.run(CONSOLE, batch, watch=watch) for batch in list(importing.interrupted())]
        if sample:
            folder = Path(str(files("zhiquan.records") / "data" / "sample"))
            batches.append(importing.import_paths(CONSOLE, [folder], name="自带样例（虚构）", sample=True, watch=watch))
        if paths:
            batches.append(importing.import_paths(CONSOLE, paths, name=name, mapping=mapping, watch=watch))
    _tell(batches, as_json)
    if any(file.state == BatchFile.State.REFUSED for batch in batches for file in batch.files.all()):
        sys.exit(1)


@click.command(help="列出批次；给出编号则列出它的文件，可导出其中的拒收记录。")
@click.argument("number", required=False, type=int, metavar="[编号]")
@click.option("--rejects", is_flag=True, help="列出拒收的记录（文件、位置、原因、原文）。")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="把拒收的行和文献原样存出，更正后可再导入。",
)
@json_option
def batches(number: int | None, rejects: bool, folder: Path | None, as_json: bool) -> None:
    """Batches with their counts; one batch with its files; its rejects."""
    if number is None:
        if rejects or folder:
            raise click.UsageError("请给出批次的编号。")
        _tell(list(Batch.objects.all()), as_json)
        return
    batch = batch_of(number)
    if rejects or folder:
        _rejects(batch, folder, as_json)
    else:
        _tell([batch], as_json)


@click.command(help="撤销一个批次：它设定的值回到先前的值，以后的批次再次设定的值保留。")
@click.argument("number", type=int, metavar="编号")
@json_option
def undo(number: int, as_json: bool) -> None:
    """Takes a batch back; can be repeated where it was cut off."""
    batch = batch_of(number)
    with progress("撤销") as bar:
        count = importing.undo(CONSOLE, batch, watch=lambda done, total: bar.tell(str(batch), done, total))
    if as_json:
        print_json({"batch": batch.pk, "records": count})
    else:
        click.echo(f"已撤销{batch}，涉及 {count:,} 条记录。")


@click.command(help="装入分类表、类似群表、行政区划等参考数据。")
@click.argument("kind", metavar="种类", type=click.Choice(list(loading.KINDS)))
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@json_option
def load(kind: str, path: Path, as_json: bool) -> None:
    """Replaces the loaded table of that kind."""
    count = loading.load(CONSOLE, kind, path)
    if as_json:
        print_json({"kind": kind, "rows": count})
    else:
        click.echo(f"已装入{loading.KINDS[kind].name} {count:,} 条（{path.name}）。")


@click.command(help="在后台读取网页和收件文件夹交来的文件（zhiquan serve 会自动启动它）。")
def work() -> None:
    """Works until told to stop; where it died, the next one goes on."""
    working.work(told_to_stop())


def batch_of(number: int) -> Batch:
    """The batch of that number; NotFound otherwise."""
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise NotFound(f"没有编号为 {number} 的批次。", mend="用 zhiquan batches 查看全部批次。")
    return batch


def account(batch: Batch) -> dict[str, object]:
    """A batch as JSON: its counts and those of its files."""
    totals = batch.files.aggregate(**{name: Sum(name) for name in _COUNTS})
    return {
        "batch": batch.pk,
        "name": batch.name,
        "state": batch.get_state_display(),
        "started": batch.started,
        "finished": batch.finished,
        **{name: totals[name] or 0 for name in _COUNTS},
        "companions": batch.companions.count(),
        "files": [
            {
                "name": file.name,
                "sha256": file.sha256,
                "size": file.size,
                "kind": file.kind,
                "data_date": file.data_date,
                "state": file.get_state_display(),
                "refusal": file.refusal,
                **{name: getattr(file, name) for name in _COUNTS},
            }
            for file in batch.files.all()
        ],
    }


def _tell(many: list[Batch], as_json: bool) -> None:
    accounts = [account(batch) for batch in many]
    if as_json:
        print_json(accounts)
        return
    if not accounts:
        click.echo("还没有导入过任何批次。")
    for one in accounts:
        click.echo(
            f"批次 {one['batch']}（{one['name']}）{one['state']}：新增 {one['new']:,}，更新 {one['changed']:,}，"
            f"无变化 {one['same']:,}，拒收 {one['rejected']:,}"
        )
        for file in one["files"]:  # type: ignore[attr-defined]
            counts = f"新增 {file['new']:,} 更新 {file['changed']:,} 无变化 {file['same']:,} 拒收 {file['rejected']:,}"
            click.echo(f"  {file['name']} [{file['kind'] or '—'}] {file['state']} {file['refusal'] or counts}")


def _rejects(batch: Batch, folder: Path | None, as_json: bool) -> None:
    written = [str(one) for one in mending.export(batch, folder)] if folder else []
    if folder and as_json:
        print_json({"batch": batch.pk, "files": written})
    elif folder:
        click.echo("\n".join(f"已写入 {one}" for one in written) or f"{batch}没有拒收的记录。")
    elif as_json:
        fields = ("position", "reason", "mend", "raw")
        found = mending.rejects_of(batch)
        print_json([{"file": one.file.name} | {name: getattr(one, name) for name in fields} for one in found])
    else:
        for one in mending.rejects_of(batch).iterator():
            click.echo(f"{one.file.name} {one.position}：{one.reason}{one.mend}")
            click.echo(f"    {one.raw[:200]}")
