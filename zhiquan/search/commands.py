"""`zhiquan search | count | show | export | reindex | follow | status`: asking, from the command line."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from patmark.engines.base import Sort
from patmark.engines.sorting import checked_sort
from patmark.errors import BadInput, BadQuery
from patmark.fields import FIELDS, Subject, by_name, spell
from patmark.query import caret
from patmark.query.words import explain
from zhiquan.common.action import CONSOLE
from zhiquan.common.console import json_option, print_json, progress
from zhiquan.records import actions, queries
from zhiquan.records.models import Batch, LoadedScheme, Record
from zhiquan.search import index, rendering
from zhiquan.search.answers import ask, read, today, view
from zhiquan.search.asked import Asked
from zhiquan.search.exporting.columns import chosen
from zhiquan.search.exporting.plan import Form, continued, plan
from zhiquan.search.exporting.sending import to_file
from zhiquan.search.exporting.writing import Source

subject_option = click.option(
    "--trademarks",
    "subject",
    flag_value=Subject.TRADEMARK,
    type=Subject,
    default=None,
    help="在商标中检索（默认专利）。",
)
#: Records derived anew in one transaction: few enough that other writers need not wait long.
DERIVED_AT_ONCE = 200


@click.command(help="检索，显示前若干条。")
@click.argument("query", metavar="检索式")
@subject_option
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0, 1000), metavar="条数", help="显示多少条。"
)
@click.option("--offset", default=0, type=click.IntRange(0), metavar="条数", help="从第几条之后开始。")
@click.option("--sort", default="relevance", metavar="字段", help="排序：relevance 或 ad、pd 等可排序的字段。")
@json_option
def search(query: str, subject: Subject | None, limit: int, offset: int, sort: str, as_json: bool) -> None:
    """The total is exact whatever the limit."""
    _catch_up()
    where = subject or Subject.PATENT
    with _pointed(query):
        answer = ask(query, where, sort=Sort(sort), limit=limit, offset=offset, facets=())
    titles = dict(Record.objects.filter(pk__in=answer.keys).values_list("pk", "title"))
    keys = dict(Record.objects.filter(pk__in=answer.keys).values_list("pk", "key"))
    found = [{"key": keys[pk], "title": titles[pk]} for pk in answer.keys if pk in keys]
    if as_json:
        notes = [note.sentence for note in answer.notes]
        print_json({"query": query, "read_as": answer.read_as, "notes": notes, "total": answer.total, "hits": found})
        return
    click.echo(f"读作：{answer.read_as}")
    for note in answer.notes:
        click.echo(f"  {note.sentence}")
    click.echo(f"共 {answer.total:,} 条")
    for one in found:
        click.echo(f"{one['key']}  {one['title']}")


@click.command(help="按一个字段统计检索结果。")
@click.argument("query", metavar="检索式")
@click.option(
    "--by", "by", required=True, metavar="字段", help="统计的字段，如 ady、pa、dist、sub、kind、st 或它们的中文名。"
)
@subject_option
@click.option("--top", default=None, type=click.IntRange(1), metavar="个数", help="只要最多的若干个值（默认全部）。")
@json_option
def count(query: str, by: str, subject: Subject | None, top: int | None, as_json: bool) -> None:
    """Exact counts of the whole result."""
    _catch_up()
    where = subject or Subject.PATENT
    of = by_name(where).get(spell(by))
    if of is None or not of.facet:
        names = "、".join(one.key for one in FIELDS[where] if one.facet)
        raise BadInput(f"不能按“{by}”统计。", mend=f"可用的字段：{names}。")
    with _pointed(query):
        reading = read(query, where)
        counted = index.engine(where).count(reading.tree, [of.key], today=today(), top=top)[0]
        total = index.engine(where).find(reading.tree, today=today(), limit=0).total
    rows = view(where, counted).rows
    if as_json:
        print_json(
            {
                "query": query,
                "read_as": explain(reading.tree, where),
                "total": total,
                "rows": [{"value": row.label, "count": row.count} for row in rows],
                "missing": counted.missing,
                "distinct": counted.distinct,
            }
        )
        return
    click.echo(f"共 {total:,} 条；{counted.distinct:,} 个值，{counted.missing:,} 条没有此项")
    for row in rows:
        click.echo(f"{row.count:>10,}  {row.label}")


@click.command(help="按任一号码显示一条记录。")
@click.argument("number", metavar="号码")
@subject_option
@json_option
def show(number: str, subject: Subject | None, as_json: bool) -> None:
    """The merged record with its sources."""
    held = index.SUBJECTS[subject] if subject else None
    found = rendering.account(queries.whole(queries.record_of(number, held)))
    if as_json:
        print_json(found)
        return
    for name, value in found.items():
        if value:
            click.echo(f"{name}: {value}")


@click.command(help="把检索结果全部导出（按文件名结尾 .csv、.xlsx、.jsonl、.zhiquan.jsonl）。")
@click.argument("query", metavar="检索式")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), metavar="文件", help="写到这个文件。")
@subject_option
@click.option("--columns", default="", metavar="列", help="要哪些列：逗号分隔的字段或中文名，all 为全部。")
@click.option("--sort", default="", metavar="字段", help="排序的字段（默认按申请日，从晚到早）。")
@click.option("--bare", is_flag=True, help="只要数据：不写出处说明，CSV 开头不写 BOM。")
@click.option("--after", default="", metavar="号码", help="从这条记录之后接着导出（上一个文件最后一行的号码）。")
@click.option("--as-of", default=None, type=int, metavar="变化号", help="数据不是这一号变化时就不接着导出。")
@json_option
def export(query: str, target: Path, subject: Subject | None, **options: Any) -> None:
    """Everything, without a cap, in flat memory; the file appears when it is whole."""
    _catch_up()
    where = subject or Subject.PATENT
    form = Form.of(target.name)
    if form is None:
        raise BadInput(f"不认得文件名结尾“{target.suffix}”。", mend="请用 .csv、.xlsx 或 .jsonl。")
    with _pointed(query):
        asked = Asked(where, query, sort=checked_sort(where, Sort(options["sort"] or "relevance")).by)
        bare = options["bare"]
        wanted = chosen(where, [options["columns"]])
        made = plan(asked, wanted, form, noted=not bare, marked=not bare)
        if options["after"]:
            made = replace(made, after=continued(made, options["after"], options["as_of"]))
    with progress("导出") as bar:
        source = Source(made, watch=lambda done: bar.tell(target.name, done, made.total))
        to_file(source, target)
    told = explain(made.tree, where)
    if options["as_json"]:
        rows, change = source.tally.written, made.stamp.change
        print_json({"query": query, "read_as": told, "rows": rows, "change": change, "file": str(target)})
    else:
        click.echo(f"已导出 {source.tally.written:,} 条到 {target}（第 {made.stamp.change} 号变化）。")


@click.command(help="由记录重建检索索引。")
@click.option(
    "--derive", is_flag=True, help="先由来源重新推出每条记录的号码、状态、所在地等（换了参考数据或版本之后）。"
)
@json_option
def reindex(derive: bool, as_json: bool) -> None:
    """Both indexes anew; readers keep the old one until the new one is whole."""
    derived = 0
    with progress("重建索引") as bar:
        all_records = queries.live_count()
        if derive:
            record = 0
            while record := actions.touch_records(CONSOLE, record, DERIVED_AT_ONCE):
                derived = min(derived + DERIVED_AT_ONCE, all_records)
                bar.tell("推算", derived, all_records)
        total = index.rebuild(CONSOLE, watch=lambda done, last: bar.tell("索引", done, all_records))
    print_json({"records": total, "derived": derived}) if as_json else click.echo(f"索引已重建，{total:,} 条记录。")


@click.command(help="让索引跟随数据的变化（由 zhiquan serve 启动）。", hidden=True)
def follow() -> None:
    """Runs until told to stop, or until whoever started it is gone: a killed import leaves no follower behind."""
    parent = os.getppid()
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: asked.append(received))
    index.follow(lambda: bool(asked) or os.getppid() != parent)


@click.command(help="库中有多少、索引到哪里、装入了哪些参考数据。")
@json_option
def status(as_json: bool) -> None:
    """Counts of what is held."""
    current = index.catch_up()
    live = {subject: queries.live_count(held) for subject, held in index.SUBJECTS.items()}
    found = {
        "patents": live[Subject.PATENT],
        "trademarks": live[Subject.TRADEMARK],
        "change": queries.last_change(),
        "indexed": {one.value: index.engine(one).size if index.is_built(one) else 0 for one in index.SUBJECTS},
        "index_is_current": current,
        "batches": Batch.objects.count(),
        "unfinished": [batch.pk for batch in Batch.objects.filter(state=Batch.State.RUNNING)],
        "loaded": {one.scheme: one.rows for one in LoadedScheme.objects.order_by("scheme")},
    }
    if as_json:
        print_json(found)
        return
    click.echo(f"专利 {found['patents']:,} 条，商标 {found['trademarks']:,} 条，批次 {found['batches']:,} 个")
    for scheme, rows in found["loaded"].items():  # type: ignore[attr-defined]
        click.echo(f"参考数据 {scheme}：{rows:,} 条")


class _pointed:  # noqa: N801 (reads as a word at its place of use)
    """Adds to a query's problem the line with the caret, for a terminal, and the mended query."""

    def __init__(self, query: str) -> None:
        self._query = query

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        if not isinstance(problem, BadQuery):
            return
        if problem.end and sys.stderr.isatty():
            click.echo(caret(self._query, problem), err=True)
        if problem.suggestion:
            problem.mend = f"{problem.mend} 可以改为：{problem.suggestion}".strip()


def _catch_up() -> None:
    """What is stored is found, or it is said that it may not be yet."""
    if not index.catch_up():
        click.echo("另一个进程正在写索引，最近的变化可能还检索不到。", err=True)
