"""`zhiquan backup | restore | verify`: everything into one file, back out of it, and whether all is well."""

from __future__ import annotations

import time
from pathlib import Path

import click

from zhiquan.common.action import CONSOLE
from zhiquan.common.console import json_option, print_json, progress
from zhiquan.records import queries
from zhiquan.search import index
from zhiquan.site.actions import note_backup, note_restore
from zhiquan.site.backup.making import make_backup
from zhiquan.site.backup.manifest import RAW, Manifest
from zhiquan.site.backup.restoring import restore as put_back
from zhiquan.site.backup.upgrading import bring_up_to_date
from zhiquan.site.backup.verifying import is_good, verify_file, verify_home

_file = click.argument("file", metavar="文件", type=click.Path(path_type=Path))


@click.command(help="把数据库、原始文件和索引备份成一个文件；网站不必停。")
@_file
@click.option("--force", is_flag=True, help="文件已存在时覆盖它。")
@json_option
def backup(file: Path, force: bool, as_json: bool) -> None:
    """The file appears when it is whole; a failure leaves none, and leaves an older one of that name alone."""
    began = time.monotonic()
    file = file.expanduser().absolute()
    note_backup(CONSOLE, file.name)
    with progress("备份", unit="") as bar:
        made = make_backup(file, force=force, watch=bar.tell)
    manifest = made.manifest
    if as_json:
        told = _told(manifest) | {"file": str(file), "bytes": made.size, "sha256": made.sha256}
        print_json(told | {"notes": made.notes, "seconds": round(time.monotonic() - began, 1)})
        return
    click.echo(f"已备份到 {file}（{_megabytes(made.size)}）。")
    click.echo(f"  {_sentence(manifest)}")
    click.echo(f"  sha256  {made.sha256}")
    for note in made.notes:
        click.echo(f"  {note}")
    click.echo("  签名密钥 secret_key 和日志 logs 不在备份内：密钥请另行妥善保管，日志请另行归档。")


@click.command(help="从备份文件恢复到一个空的 ZHIQUAN_HOME（或空的数据库）；先核对，再启用。")
@_file
@click.option("--force", is_flag=True, help="已有数据时也恢复：现有的数据移到一旁，不删除。")
@click.option("--reindex", is_flag=True, help="不用备份里的索引，由记录重建。")
@json_option
def restore(file: Path, force: bool, reindex: bool, as_json: bool) -> None:
    """Ends with the counts of the backup, and an index that holds every record of it."""
    began = time.monotonic()
    with progress("恢复", unit="") as bar:
        done = put_back(file.expanduser().absolute(), force=force, watch=bar.tell)
        bring_up_to_date()
        rebuilt = reindex or not done.has_index or not _index_agrees()
        if rebuilt:
            index.rebuild(CONSOLE, watch=lambda at, _last: bar.tell("重建索引", at, done.manifest.records))
    manifest = done.manifest
    note_restore(CONSOLE, file.name, sha256=done.digest, made=manifest.made, records=manifest.records)
    if as_json:
        told = _told(manifest) | {"file": str(file), "index": "rebuilt" if rebuilt else "restored"}
        print_json(told | {"replaced": done.replaced, "seconds": round(time.monotonic() - began, 1)})
        return
    click.echo(f"已从 {file} 恢复，各表行数与备份一致。")
    click.echo(f"  {_sentence(manifest)}")
    click.echo(f"  索引{'由记录重建' if rebuilt else '取自备份，与记录核对一致'}。")
    if done.replaced:
        click.echo(f"  原有的数据在 {done.replaced}，确认不再需要后可自行删除。")


@click.command(help="核对数据库、原始文件、索引和操作记录；给出备份文件则核对它，不恢复。")
@click.argument("file", required=False, metavar="[备份文件]", type=click.Path(path_type=Path))
@json_option
def verify(file: Path | None, as_json: bool) -> None:
    """Exit status 1 where a part is not as it must be."""
    if file is None:
        bring_up_to_date()
    with progress("核对", unit="") as bar:
        findings = verify_home(bar.tell) if file is None else verify_file(file.expanduser().absolute(), bar.tell)
    if as_json:
        print_json({"good": is_good(findings), "findings": findings})
    else:
        for one in findings:
            click.echo(f"{one.state:　<2}  {one.part}：{one.sentence}")
    if not is_good(findings):
        click.get_current_context().exit(1)


def _index_agrees() -> bool:
    """Brings what came out of the backup up to the records, and looks whether it holds as many."""
    return index.catch_up() and all(
        index.engine(subject).size == queries.live_count(held) for subject, held in index.SUBJECTS.items()
    )


def _told(manifest: Manifest) -> dict[str, object]:
    return {
        "made": manifest.made,
        "version": manifest.version,
        "engine": manifest.engine,
        "records": manifest.records,
        "change": manifest.change,
        "data_date": manifest.data_date,
        "raw_files": len(manifest.under(RAW)),
        "tables": {one.name: one.rows for one in manifest.tables},
    }


def _sentence(manifest: Manifest) -> str:
    raw = manifest.under(RAW)
    size = _megabytes(sum(one.size for one in raw))
    dated = f"，数据日期 {manifest.data_date}" if manifest.data_date else ""
    return f"记录 {manifest.records:,} 条{dated}；{len(manifest.tables)} 个表；原始文件 {len(raw):,} 个（{size}）。"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
