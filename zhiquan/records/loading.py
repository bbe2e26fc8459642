"""`zhiquan load KIND FILE`: classification schemes, divisions and event codes from the files their makers publish."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from patmark.classes import SchemeEntry as Loaded
from patmark.classes import load_ipc_scheme, load_ipc_table, load_locarno_table, load_nice_table
from patmark.errors import BadFile
from zhiquan.common.action import Actor
from zhiquan.records import actions
from zhiquan.records.actions import Line

#: Reference tables are small; anything larger is no such table.
LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """A kind of reference table: its name for people, the scheme it fills, and how its bytes become lines."""

    name: str
    scheme: str
    read: Callable[[bytes], Iterator[Line]]


def _scheme(reader: Callable[[io.BytesIO], Iterator[Loaded]]) -> Callable[[bytes], Iterator[Line]]:
    def read(raw: bytes) -> Iterator[Line]:
        for one in reader(io.BytesIO(raw)):
            yield Line(one.symbol, one.parent, one.level.value, one.title, one.dots)

    return read


def _ipc(raw: bytes) -> Iterator[Line]:
    """Either the scheme's own XML, which knows its levels, or a CSV of codes and titles."""
    reader = load_ipc_scheme if raw.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") else load_ipc_table
    return _scheme(reader)(raw)


def _places(raw: bytes) -> Iterator[Line]:
    """Provinces, cities, counties or townships: a CSV with the columns code and name."""
    try:
        rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
        lines = list(rows)
    except (UnicodeDecodeError, csv.Error):
        raise BadFile("行政区划表不是 UTF-8 编码的 CSV 文件。", mend="请另存为 UTF-8 编码的 CSV。") from None
    if not {"code", "name"} <= set(rows.fieldnames or ()):
        raise BadFile("行政区划表应当有 code 和 name 两列。", mend="请核对表头。")
    for row in lines:
        code = (row["code"] or "").strip()
        if not (code.isdecimal() and len(code) in (2, 4, 6, 9)):
            raise BadFile(f"区划代码“{code[:20]}”不是 2、4、6 或 9 位数字。", mend="请核对 code 一列。")
        yield Line(code, "", "", (row["name"] or "").strip())


KINDS: dict[str, ReferenceKind] = {
    "ipc": ReferenceKind("国际专利分类表", "ipc", _ipc),
    "nice": ReferenceKind("类似商品和服务区分表", "nice", _scheme(load_nice_table)),
    "locarno": ReferenceKind("洛迦诺分类表", "locarno", _scheme(load_locarno_table)),
    "provinces": ReferenceKind("省级区划", "provinces", _places),
    "cities": ReferenceKind("地级区划", "cities", _places),
    "counties": ReferenceKind("县级区划", "counties", _places),
    "towns": ReferenceKind("乡级区划", "towns", _places),
}


def load(actor: Actor, kind: str, path: Path) -> int:
    """Loads a file as the reference table of its kind, whole or not at all; answers how many entries it has."""
    raw = _bytes(path)
    known = KINDS[kind]
    lines: Sequence[Line] = list(known.read(raw))
    if not lines:
        raise BadFile(f"文件里没有{known.name}的内容。", where=path.name, mend="请核对种类与文件是否相符。")
    digest = hashlib.sha256(raw).hexdigest()
    return actions.load_scheme(actor, known.scheme, lines, name=path.name, sha256=digest)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(
                "文件太大，不像是参考数据。", where=path.name, mend="专利、商标数据请用 zhiquan import 导入。"
            )
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                raw = packed.read(LARGEST + 1)
    except (OSError, EOFError) as fault:
        raise BadFile(f"文件无法读取（{fault}）。", where=path.name, mend="请检查路径、权限和文件是否完整。") from fault
    if len(raw) > LARGEST:
        raise BadFile("解压后太大，不像是参考数据。", where=path.name)
    return raw
