"""JSON files: decoded in bounds, and told apart by the keys at their beginning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import orjson

from patmark.errors import BadFile
from patmark.sources.base import LIMITS, Limits, Source
from patmark.sources.encodings import tell_encoding

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

#: An unfinished string runs to the end of the head, so that no character is looked at twice.
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)(?:"\s*(:?)|\\?\Z)|([{\[])|([}\]])', re.DOTALL)
_STARTS = re.compile(r"\s*[{\[]")


def head_text(source: Source) -> str:
    """The first characters of a file if it may be JSON, else nothing."""
    encoding = tell_encoding(source.head)
    text = source.head.decode(encoding, "replace").lstrip("\ufeff") if encoding else ""
    return text if _STARTS.match(text) else ""


def keys(text: str, depth: int = 3) -> set[str]:
    """The keys at the beginning of a JSON text, as paths `a/b` down to `depth`; lists leave no trace in a path."""
    found: set[str] = set()
    path: list[str] = []
    open_keys: list[bool] = []
    for match in _TOKEN.finditer(text):
        key, colon, opening, closing = match.groups()
        if colon:
            if open_keys and open_keys[-1] and path:
                path.pop()
            if open_keys:
                open_keys[-1] = True
            path.append(key)
            if len(path) <= depth:
                found.add("/".join(path))
        elif opening:
            open_keys.append(False)
        elif closing and open_keys and open_keys.pop() and path:
            path.pop()
    return found


def tells_json(*paths: str) -> Callable[[Source], bool]:
    """A `Kind.tells` for JSON that has one of these paths of keys near its beginning."""
    wanted = frozenset(paths)
    depth = max(path.count("/") + 1 for path in paths)

    def tells(source: Source) -> bool:
        text = head_text(source)
        return bool(text) and not wanted.isdisjoint(keys(text, depth))

    return tells


def load(source: Source, limits: Limits = LIMITS) -> Json:
    """The whole JSON document; raises BadFile where it is too large, broken or too deep."""
    size = source.path.stat().st_size
    if size > limits.document:
        most = limits.document // 1024 // 1024
        raise BadFile(f"JSON 文件超过 {most} MB，不能一次读入。", where=source.name, mend="请分批导出。")
    with source.open() as stream:
        data = stream.read(limits.document + 1)
    try:
        value: Json = orjson.loads(_utf8(data, source))
    except orjson.JSONDecodeError as fault:
        place = f"第 {fault.lineno} 行第 {fault.colno} 列"
        raise BadFile(f"JSON 不完整或有语法错误（{place}）。", where=source.name, mend="请重新导出或下载。") from None
    if _too_deep(value, limits.depth):
        raise BadFile(f"JSON 嵌套超过 {limits.depth} 层。", where=source.name)
    return value


def _utf8(data: bytes, source: Source) -> bytes:
    encoding = tell_encoding(data[:65536])
    if encoding is None:
        raise BadFile("这不是文本文件，或者编码认不出来。", where=source.name, mend="请另存为 UTF-8 编码后再导入。")
    if encoding in ("ascii", "utf-8"):
        encoding = "utf-8" if _is_utf8(data) else "gb18030"
    try:
        return data.decode(encoding).lstrip("\ufeff").encode()
    except UnicodeError:
        raise BadFile("有损坏的字节，文字读不出来。", where=source.name, mend="请重新导出或下载。") from None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _too_deep(value: Json, depth: int) -> bool:
    level: list[Json] = [value]
    for _ in range(depth):
        level = [child for one in level for child in _children(one)]
        if not level:
            return False
    return bool(level)


def _children(value: Json) -> Iterator[Json]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
