"""Files handed in on the page or laid in the watched folder become batches that the worker reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from patmark.errors import BadFile, BadInput
from patmark.sources.all import KINDS, OPENERS, open_source, tell
from patmark.sources.base import Source
from patmark.sources.encodings import tell_encoding
from zhiquan.common.action import Actor
from zhiquan.records import actions
from zhiquan.records.actions import Handed
from zhiquan.records.home import Staged, raw_path, stage
from zhiquan.records.importing import companion, files_under
from zhiquan.records.models import Batch, BatchFile

_ENCODINGS = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "ascii": "ASCII", "utf-16": "UTF-16", "gb18030": "GB18030"}
NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is by its content: its kind for people, and its encoding where it is a text; or why it is refused."""

    code: str = ""
    kind: str = ""
    encoding: str = ""
    refusal: BadFile | None = None

    @property
    def is_table(self) -> bool:
        return self.code in OPENERS


def receive(actor: Actor, staged: Sequence[Staged], *, name: str = "", mapping: str = "", handed: Handed) -> Batch:
    """A batch of files whose bytes stand in the home, for the worker to read. Raises BadInput where there are none.

    Drawings, schemas and the like that came with documents are kept beside them; alone they are told what they are.
    """
    if not staged:
        raise BadInput("没有收到文件。", mend="请选择要导入的文件后再提交。")
    named = [replace(one, name=clean_name(one.name)) for one in staged]
    # An empty file is nobody's companion here: whoever chose it should be told.
    marked = [companion(one) if one.size else one for one in named] if len(named) > 1 else named
    files = named if all(one.companion for one in marked) else marked
    many = f"{files[0].name} 等 {len(files)} 个文件"
    title = clean_name(name) or (files[0].name if len(files) == 1 else many)
    return actions.open_batch(actor, title, files, mapping=mapping, handed=handed)


def enqueue(actor: Actor, paths: Sequence[Path], *, name: str = "", mapping: str = "", inbox: str = "") -> Batch:
    """Files and folders of this machine as a batch for the worker. Raises BadInput or BadFile with nothing begun."""
    staged = [stage(one.path, one.name) for one in files_under(paths)]
    return receive(actor, staged, name=name, mapping=mapping, handed=Handed(background=True, inbox=inbox))


def clean_name(name: str) -> str:
    """A name fit to be shown: without path signs of other systems, control characters and marks that turn the text."""
    plain = "".join(one for one in name.replace("\\", "/") if unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join(plain.split())[:NAME_LIMIT]


def examine(file: BatchFile) -> Examined:
    """What a file of a batch is, by its content."""
    try:
        source = open_source(raw_path(file.sha256), file.name)
        kind = tell(source)
    except BadFile as fault:
        return Examined(refusal=fault)
    except OSError:
        return Examined(refusal=BadFile("平台里已没有这个文件的原始内容。", mend="请重新上传。"))
    return Examined(kind.code, kind.name, _encoding(source))


def kind_name(code: str) -> str:
    """What a kind of file is called, for people; its code where nothing reads it any more."""
    return next((_(one.name) for one in KINDS if one.code == code), code)


def _encoding(source: Source) -> str:
    return _ENCODINGS.get(tell_encoding(source.head) or "", "")
