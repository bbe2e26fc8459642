"""Files in the exchange form (JSON Lines): told by their first line, read a line at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patmark.errors import BadRecord
from patmark.exchange import MARK, RECORD, record_of
from patmark.sources.base import Kind, Read, Record, Source

#: The longest line: the full text of the longest patents takes a few megabytes.
LONGEST = 32 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
#: The two keys stand first, in either order, as every writer of the form puts them.
_FIRST = re.compile(rb'\s*\{\s*"(?:%b"\s*:\s*\d+|%b"\s*:\s*"\w+")\s*[,}]' % (MARK.encode(), RECORD.encode()))


def _tells(source: Source) -> bool:
    head = source.head.removeprefix(_BOM)
    return bool(_FIRST.match(head)) and f'"{MARK}"'.encode() in head[:200]


def _read(source: Source) -> Iterator[Read]:
    """Every line that is not blank; one that is too long is passed over to its end."""
    with source.open() as stream:
        if stream.read(len(_BOM)) != _BOM:
            stream.seek(0)
        index = number = 0
        while line := stream.readline(LONGEST):
            number += 1
            torn = len(line) == LONGEST and not line.endswith(b"\n")
            while torn and (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            if line.isspace():
                continue
            position = f"第 {number} 条"
            yield Read(index, position, _too_long(line, position) if torn else _record(line, position))
            index += 1


def _record(line: bytes, position: str) -> Record | BadRecord:
    try:
        return record_of(line)
    except BadRecord as fault:
        return BadRecord(fault.sentence, position=position, raw=_raw(line), mend=fault.mend)


def _too_long(line: bytes, position: str) -> BadRecord:
    sentence = f"这一行超过 {LONGEST // 1024 // 1024} MB，没有读取。"
    return BadRecord(sentence, position=position, raw=_raw(line), mend="请核对换行是否丢失。")


def _raw(line: bytes) -> str:
    # A cut inside a character shows as one sign more at the end.
    return line[: 4 * BadRecord.RAW_LIMIT].decode("utf-8", "replace").strip()


KINDS = (Kind("zhiquan", "知泉交换格式（JSON Lines）", _tells, _read),)
