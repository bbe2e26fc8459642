"""An export as an answer: streamed while it is made, or, where a download broke, from where it is to go on.

There are two ways to go on. `Range` with the `ETag` of before gives the missing bytes: the file is made again, whole,
and cut; that costs the time of the export and needs nothing kept between the two. `after=` with the number of the last
record that arrived goes on behind that record at once. Once the data changed either says so: a `Range` is answered with
the whole new file, `after=` with `as_of=` by an error.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from patmark.errors import BadInput, EngineDown
from zhiquan.search.exporting.plan import Form, Plan
from zhiquan.search.exporting.workbook import workbook_pieces
from zhiquan.search.exporting.writing import Source, csv_pieces, exchange_pieces, json_pieces

TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.JSONL: "application/jsonl; charset=utf-8",
    Form.EXCHANGE: "application/jsonl; charset=utf-8",
}
MAKERS = {
    Form.CSV: csv_pieces,
    Form.XLSX: workbook_pieces,
    Form.JSONL: json_pieces,
    Form.EXCHANGE: exchange_pieces,
}
#: Exports a process makes at the same time: half of its threads, so that pages are always answered.
AT_ONCE = 2
#: Seconds somebody waits for a place before he is told, and a stream that has begun when others were quicker.
PATIENCE, LONG = 0.5, 600.0
_PIECE = 1 << 18
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?")
_places = threading.BoundedSemaphore(AT_ONCE)


def answer(request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """The file of a plan. Raises EngineDown where too many are being made (come again soon)."""
    wanted = _wanted(request, plan)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=TYPES[plan.form])
    elif wanted is None:
        # Who finds no place is told so while there is a status to tell it with; a stream takes its place as it begins,
        # since one that is never begun would never give it back.
        with _place():
            made = _placed(pieces(Source(plan)))
        response = StreamingHttpResponse(made, content_type=TYPES[plan.form])
    else:
        response = _rest(plan, *wanted)
    quoted = quote(plan.name)
    response["Content-Disposition"] = f"attachment; filename=\"export.{plan.form}\"; filename*=UTF-8''{quoted}"
    response["Data-Change"], response["Data-Day"] = str(plan.stamp.change), plan.stamp.day.isoformat()
    response["Records"] = str(plan.total)
    response["Cache-Control"] = "no-cache, private"
    response["X-Accel-Buffering"] = "no"
    if plan.stamp.settled:
        response["ETag"], response["Accept-Ranges"] = f'"{plan.mark}"', "bytes"
    return response


def pieces(source: Source) -> Iterator[bytes]:
    """The file of a plan, in pieces as they are made, all in its language."""
    made = MAKERS[source.plan.form](source)
    while True:
        with translation.override(source.plan.language):
            piece = next(made, None)
        if piece is None:
            return
        yield piece


def write_file(source: Source, target: Path) -> None:
    """The file of a plan, written to this path."""
    with target.open("wb") as out:
        for piece in pieces(source):
            out.write(piece)


def to_file(source: Source, target: Path) -> None:
    """The file of a plan in the place somebody named; it appears when it is whole. Raises BadInput."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            made = Path(folder) / "file"
            write_file(source, made)
            made.chmod(0o644)
            made.replace(target)
    except OSError as fault:
        raise BadInput(f"不能写 {target}（{fault.strerror}）。", mend="请检查文件夹、权限和磁盘空间。") from fault


def _wanted(request: HttpRequest, plan: Plan) -> tuple[int, int | None] | None:
    """The bytes a request goes on from, where it has the same file before it; None where it gets the whole."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    same = request.headers.get("If-Range", f'"{plan.mark}"') == f'"{plan.mark}"'
    if found is None or not same or not plan.stamp.settled:
        return None
    return int(found[1]), int(found[2]) if found[2] else None


def _rest(plan: Plan, first: int, last: int | None) -> HttpResponseBase:
    """The rest of a file that broke off: made whole, to know how long it is, and cut."""
    folder = tempfile.TemporaryDirectory(prefix="export-", dir=settings.ZHIQUAN_HOME)
    with _place():
        made = Path(folder.name) / "file"
        write_file(Source(plan), made)
    size = made.stat().st_size
    last = size - 1 if last is None else min(last, size - 1)
    if first > last:
        folder.cleanup()
        response: HttpResponseBase = HttpResponse(status=416, content_type="text/plain")
        response["Content-Range"] = f"bytes */{size}"
        return response
    sent = StreamingHttpResponse(
        _FilePieces(folder, made.open("rb"), first, last), content_type=TYPES[plan.form], status=206
    )
    sent["Content-Length"] = str(last - first + 1)
    sent["Content-Range"] = f"bytes {first}-{last}/{size}"
    return sent


@contextmanager
def _place(patience: float = PATIENCE) -> Iterator[None]:
    """One of the places for exports of this process; EngineDown where all are taken for so many seconds."""
    if not _places.acquire(timeout=patience):
        raise EngineDown(_("现在导出的人太多。"), mend=_("请过半分钟再试；您的选择都在网址里，不会丢。"))
    try:
        yield
    finally:
        _places.release()


def _placed(made: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces that hold a place from the first to the last, or until nobody wants them any more."""
    with _place(patience=LONG):
        yield from made


class _FilePieces:
    """A stretch of a file, removed with its folder once it is sent."""

    def __init__(self, folder: tempfile.TemporaryDirectory[str], file: IO[bytes], first: int, last: int) -> None:
        file.seek(first)
        self._folder, self._file, self._left = folder, file, last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self._file.read(min(_PIECE, self._left)) if self._left else b""
        if not piece:
            self.close()
            raise StopIteration
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()
        with suppress(FileNotFoundError):
            self._folder.cleanup()
