"""The drawings and mark images of a record: which are at hand, and their bytes from the archive or from beside it."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import PurePosixPath

from django.db.models import Q

from patmark.errors import NotFound
from patmark.patent import Picture
from patmark.sources.archives import open_member
from zhiquan.records.home import raw_path
from zhiquan.records.models import Batch, BatchFile, Companion
from zhiquan.records.queries import Whole

#: No drawing of an office is larger; what is, is not shown.
LARGEST = 32 * 1024 * 1024
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)
#: What a browser shows by itself; TIFF, in which offices scan, is handed out as a file.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
GIVEN = SHOWN | {"image/tiff"}
_STANDING = (Batch.State.DONE, Batch.State.RUNNING)
#: How a source's own name for the label of a figure begins: `figureLabels[FIG1.JPG]`.
FIGURE_LABEL = "figureLabels["
#: Names looked up by one statement.
_AT_ONCE = 100
_SHOWN_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif"})


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of a picture, and what they are by their own first bytes."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture on a record's page: number from 1, file, the label printed at it, whether browsers show it."""

    number: int
    file: str
    shown: bool
    label: str = ""


def media_type(head: bytes) -> str:
    """The media type by the first bytes of a file; empty for any other."""
    return next((kind for mark, kind in _SIGNATURES if head.startswith(mark)), "")


def hung(whole: Whole) -> list[Hung]:
    """The pictures of a record that are at hand, in the order of the record."""
    pictures = list(enumerate(whole.merged.record.pictures, 1))
    beside = _companions(whole, [one for _, one in pictures if not one.member])
    labels = dict(whole.merged.record.extra)
    return [
        Hung(number, one.file, _is_shown(one), labels.get(f"{FIGURE_LABEL}{one.file}]", ""))
        for number, one in pictures
        if one.member or one.file in beside
    ]


def _is_shown(one: Picture) -> bool:
    return PurePosixPath(one.file.casefold()).suffix in _SHOWN_ENDINGS


def _companions(whole: Whole, wanted: Sequence[Picture]) -> set[str]:
    """The files of these pictures that lie beside a document of the record, looked for many at a time."""
    if not wanted:
        return set()
    places = BatchFile.objects.filter(sha256__in={one.sha256 for one in whole.files}, batch__state__in=_STANDING)
    names = {
        (batch, _name_beside(name, one.file).casefold()): one.file
        for batch, name in places.values_list("batch_id", "name")
        for one in wanted
    }
    found: set[str] = set()
    keys = list(names)
    for start in range(0, len(keys), _AT_ONCE):
        some = (Q(batch=batch, name__iexact=name) for batch, name in keys[start : start + _AT_ONCE])
        for batch, name in Companion.objects.filter(reduce(or_, some)).values_list("batch_id", "name"):
            found.add(names.get((batch, name.casefold()), ""))
    return found


def image(whole: Whole, number: int) -> Image:
    """The picture of that number, from 1. Raises NotFound where there is none, or none that can be shown."""
    pictures = whole.merged.record.pictures
    if not 1 <= number <= len(pictures):
        raise NotFound(f"这条记录没有第 {number} 幅图。", mend="请从记录页上打开。")
    picture = pictures[number - 1]
    for file in _files(whole, number):
        content = _inside(file, picture) or _outside(file, picture)
        if content and (kind := media_type(content)) in GIVEN:
            return Image(kind, content)
    raise NotFound(
        f"图“{picture.file}”没有随数据导入，或不是可以显示的图。",
        mend="请把附图和数据文件放在同一个文件夹或 zip 里导入。",
    )


def _files(whole: Whole, number: int) -> list[BatchFile]:
    """The files a picture may have come with: first that of the document it was taken from."""
    origins = whole.merged.origins.get("pictures", ())
    first = whole.files[origins[number - 1]] if number <= len(origins) else whole.files[0]
    return list(dict.fromkeys([first, *whole.files]))


def _inside(file: BatchFile, picture: Picture) -> bytes:
    """The picture from the archive a document came in; empty where it is not there."""
    if not picture.member:
        return b""
    try:
        with open_member(raw_path(file.sha256), picture.member) as stream:
            content = stream.read(LARGEST + 1)
    except (NotFound, FileNotFoundError):
        return b""
    return content if len(content) <= LARGEST else b""


def _outside(file: BatchFile, picture: Picture) -> bytes:
    """The picture from beside the document it belongs to; empty where it is not there."""
    beside = _beside(file, picture)
    if beside is None or beside.size > LARGEST:
        return b""
    path = raw_path(beside.sha256)
    return path.read_bytes() if path.exists() else b""


def _beside(file: BatchFile, picture: Picture) -> Companion | None:
    """The companion a picture names, looked for beside its document in every standing batch that held the document."""
    for one in BatchFile.objects.filter(sha256=file.sha256, batch__state__in=_STANDING).order_by("pk"):
        name = _name_beside(one.name, picture.file)
        found = Companion.objects.filter(batch=one.batch_id, name__iexact=name).order_by("pk").first()
        if found is not None:
            return found
    return None


def _name_beside(document: str, file: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), file.replace("\\", "/")))
