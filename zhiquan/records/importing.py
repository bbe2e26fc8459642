"""An import from paths to a closed batch: stage the files, read them chunk by chunk, go on after a kill."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from patmark.errors import BadFile, BadInput, WrongState
from patmark.sources.all import open_source, read_file, tell
from patmark.sources.detect import COMPANIONS, tell_content
from patmark.sources.mapping import Mapping
from zhiquan.common.action import Actor
from zhiquan.records import actions
from zhiquan.records.home import Staged, held, raw_path, stage
from zhiquan.records.models import Batch, BatchFile, SavedMapping
from zhiquan.records.pictures import media_type
from zhiquan.records.prepare import Pace, chunks


@dataclass(frozen=True, slots=True)
class Step:
    """Where an import stands: told after every chunk, and when a file is done."""

    file: BatchFile
    number: int
    files: int


Watch = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be imported; `loose` when nobody named it: it lay in a folder."""

    path: Path
    name: str
    loose: bool = False


def files_under(paths: Iterable[Path]) -> list[Found]:
    """Every file of the paths, folders walked in the order of names; hidden files are left out. Raises BadInput."""
    found: list[Found] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
            found += [Found(one, one.relative_to(path.parent).as_posix(), loose=True) for one in inside]
        elif path.is_file():
            found.append(Found(path, path.name))
        else:
            raise BadInput("找不到这个文件或文件夹。", where=str(path), mend="请检查路径是否写对。")
    if not found:
        raise BadInput("没有可导入的文件。", mend="请给出文件，或一个含有文件的文件夹。")
    return found


def _staged(found: Found, advance: Callable[[int], None]) -> Staged:
    """The file staged; one that lay in a folder and accompanies documents without being any is marked as such."""
    staged = stage(found.path, found.name, advance)
    return companion(staged) if found.loose else staged


def companion(staged: Staged) -> Staged:
    """The file marked as a companion (drawing, schema, PDF …) where it is one and no reader claims it."""
    source = open_source(raw_path(staged.sha256), staged.name)
    try:
        tell(source)
    except BadFile:
        if tell_content(source) in COMPANIONS:
            return replace(staged, companion=True, media_type=media_type(source.head))
    return staged


def import_paths(
    actor: Actor,
    paths: Sequence[Path],
    *,
    name: str = "",
    mapping: str = "",
    sample: bool = False,
    staging: Callable[[int], None] = lambda done: None,
    watch: Watch = lambda step: None,
) -> Batch:
    """Imports files and folders as one batch and answers it closed; a killed import of the same files is continued."""
    staged = [_staged(one, staging) for one in files_under(paths)]
    if all(one.companion for one in staged):
        raise BadInput(
            "文件夹里没有专利或商标数据，只有图片、文档一类的附件。", mend="请连同 XML、表格等数据文件一起导入。"
        )
    batch = _interrupted(staged, mapping)
    if batch is None:
        title = name or (staged[0].name if len(staged) == 1 else f"{staged[0].name} 等 {len(staged)} 个文件")
        batch = actions.open_batch(actor, title, staged, mapping=mapping, sample=sample)
    return run(actor, batch, watch=watch)


def run(actor: Actor, batch: Batch, *, watch: Watch = lambda step: None) -> Batch:
    """Reads what is not yet read of a batch, to its end. Raises WrongState while another process is reading it."""
    with held(f"batch-{batch.pk}") as mine:
        if not mine:
            raise WrongState(f"{batch}正在由另一个进程导入。", mend="请等它结束，进度见批次页。")
        batch.refresh_from_db()
        if batch.state != Batch.State.RUNNING:
            raise WrongState(f"{batch}{batch.get_state_display()}，不能继续导入。", mend="请重新导入这些文件。")
        files = list(batch.files.all())
        for number, file in enumerate(files, 1):
            if file.state in (BatchFile.State.WAITING, BatchFile.State.RUNNING):
                _read(actor, file, partial(_step, watch, number, len(files)))
        actions.close_batch(actor, batch)
    return batch


def _step(watch: Watch, number: int, files: int, file: BatchFile) -> None:
    watch(Step(file, number, files))


def interrupted() -> Iterator[Batch]:
    """Batches that were being read when their process ended."""
    for batch in Batch.objects.filter(state=Batch.State.RUNNING).order_by("pk"):
        with held(f"batch-{batch.pk}") as free:
            pass
        if free:
            yield batch


def undo(actor: Actor, batch: Batch, *, watch: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Takes a batch back, portion by portion; answers how many records it touched."""
    with ExitStack() as stack:
        if not stack.enter_context(held(f"batch-{batch.pk}")):
            raise WrongState(f"{batch}正在导入，不能撤销。", mend="请先停止导入。")
        total = actions.undo_batch(actor, batch)
        done = 0
        while portion := actions.undo_portion(actor, batch):
            done += portion
            watch(done, max(total, done))
        return done


def _interrupted(staged: Sequence[Staged], mapping: str) -> Batch | None:
    wanted = [(one.name[:500], one.sha256, mapping) for one in staged if not one.companion]
    for batch in interrupted():
        if list(batch.files.values_list("name", "sha256", "mapping")) == wanted:
            return batch
    return None


def _read(actor: Actor, file: BatchFile, told_step: Callable[[BatchFile], None]) -> None:
    twin = _twin(file)
    if twin is not None and actions.note_twin(actor, file, twin):
        told_step(file)
        return
    refusal = ""
    try:
        _store(actor, file, told_step)
    except BadFile as fault:
        where = fault.where.removeprefix(file.name).strip()
        refusal = f"{where}：{fault.sentence}{fault.mend}" if where else f"{fault.sentence}{fault.mend}"
    actions.finish_file(actor, file, refusal=refusal)
    told_step(file)


def _store(actor: Actor, file: BatchFile, told_step: Callable[[BatchFile], None]) -> None:
    path = raw_path(file.sha256)
    if not path.exists():
        raise BadFile("平台里已没有这个文件的原始内容。", mend="请重新导入它。")
    mapping = saved_mapping(file.mapping)
    if file.state == BatchFile.State.WAITING:
        actions.start_file(actor, file, kind=tell(open_source(path, file.name)).code)
    pace = Pace()
    for chunk in chunks(read_file(path, name=file.name, after=file.cursor - 1, mapping=mapping), pace):
        began = time.monotonic()
        actions.store_chunk(actor, file, chunk)
        pace.took(time.monotonic() - began, len(chunk))
        told_step(file)


def _twin(file: BatchFile) -> BatchFile | None:
    """An earlier file with the same bytes, read the same way, that still stands; the one whose rows were stored."""
    # A mapping may have been changed under its name: then the rows themselves tell whether they are the same.
    if file.cursor or file.mapping:
        return None
    standing = BatchFile.objects.filter(
        sha256=file.sha256, mapping="", state=BatchFile.State.DONE, batch__state=Batch.State.DONE
    )
    return standing.exclude(pk=file.pk).order_by("pk").first()


def saved_mapping(name: str) -> Mapping | None:
    """The header mapping saved under a name, None for no name. Raises BadFile where there is none of that name."""
    if not name:
        return None
    saved = SavedMapping.objects.filter(name=name).first()
    if saved is None:
        raise BadFile(f"没有名为“{name}”的表头对应。", mend="请先保存它，或不指定表头对应而由系统识别。")
    return Mapping.from_toml(saved.toml)
