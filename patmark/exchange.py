"""The exchange form: one record a line, a JSON object whose keys are the fields of `Patent` and `Trademark`.

    {"zhiquan": 1, "record": "patent", "office": "CN", "kind": "invention", "application": {"country": "CN", …}, …}

Demonstration data, exports and what cities hand each other are written so. Values that are empty are left out; a key
that no field has is kept in `extra` with its JSON, so that what a newer version adds is not lost in an older one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import orjson

from patmark.errors import BadRecord
from patmark.patent import Patent
from patmark.trademark import Trademark

#: The version every line states first; a changed meaning of a key takes the next one, a new key does not.
VERSION = 1
MARK, RECORD = "zhiquan", "record"
_CLASSES: dict[str, type[Patent | Trademark]] = {"patent": Patent, "trademark": Trademark}
_NAMES = {shape: name for name, shape in _CLASSES.items()}
#: The largest whole number that every reader of JSON holds exactly.
_MOST = 2**53

Reads = Callable[[Any], Any]
Writes = Callable[[Any], Any]


class _WrongValue(Exception):
    """A value of another type than its key asks for; `path` grows as it climbs out."""

    def __init__(self, wanted: str, path: str = "") -> None:
        super().__init__(wanted)
        self.wanted, self.path = wanted, path


@dataclass(frozen=True, slots=True)
class _Shape:
    """A dataclass as lines hold it: how its fields are read, and written where JSON cannot by itself.

    `values` takes them all off a record. `writers` are (name, default, write): a default is left out. `texts` and
    `needed` are the fields without a default in the dataclass: a text left out is empty, anything else must be there.
    """

    readers: dict[str, Reads]
    values: Callable[[Any], tuple[Any, ...]]
    writers: tuple[tuple[str, Any, Writes | None], ...]
    texts: tuple[str, ...]
    needed: tuple[str, ...]


_SHAPES: dict[type[Any], _Shape] = {}


def line_of(record: Patent | Trademark) -> bytes:
    """The record as one line, with its line feed. What JSON cannot hold (torn characters) raises `BadRecord`."""
    head: dict[str, object] = {MARK: VERSION, RECORD: _NAMES[type(record)]}
    try:
        return orjson.dumps(head | _written(record), option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError as fault:
        raise BadRecord("记录里有无法写出的内容（残缺的字符或过大的数）。") from fault


def record_of(line: bytes) -> Patent | Trademark:
    """The record of one line. Raises `BadRecord` for what is no JSON, no record, of a later version or a wrong type."""
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        raise BadRecord(
            f"不是完整的 JSON（第 {fault.colno} 个字符）。", mend="每行应当是一个 JSON 对象，UTF-8 编码。"
        ) from None
    if not isinstance(given, dict):
        raise BadRecord("这一行不是 JSON 对象。", mend="每行应当是一个 JSON 对象。")
    version, name = given.pop(MARK, None), given.pop(RECORD, None)
    if version != VERSION:
        raise BadRecord(
            f"“{MARK}”应当是 {VERSION}，写作{_shown(version)}。", mend="请用同一版本的知泉导出，或先升级本平台。"
        )
    if not isinstance(name, str) or name not in _CLASSES:
        raise BadRecord(f"“{RECORD}”应当是 {' 或 '.join(_CLASSES)}，写作{_shown(name)}。")
    try:
        return cast(Patent | Trademark, _read_object(_CLASSES[name], given, spare=True))
    except _WrongValue as wrong:
        sentence = f"“{wrong.path}”应当是{wrong.wanted}。"
        raise BadRecord(sentence, mend="格式见《数据格式》一页的知泉交换格式。") from None


def _shown(value: object) -> str:
    return "空" if value is None else f"“{str(value)[:40]}”"


def _written(value: Any) -> dict[str, object]:
    shape = _shape_of(type(value))
    return {
        name: held if write is None else write(held)
        for held, (name, default, write) in zip(shape.values(value), shape.writers, strict=True)
        if held is not default and held != default
    }


def _read_object(shape: type[Any], given: dict[str, Any], *, spare: bool = False) -> Any:
    form = _shape_of(shape)
    values: dict[str, Any] = {}
    unknown: list[tuple[str, str]] = []
    for name, value in given.items():
        read = form.readers.get(name)
        if read is None:
            unknown.append((name, orjson.dumps(value).decode()))
            continue
        try:
            values[name] = read(value)
        except _WrongValue as wrong:
            raise _WrongValue(wrong.wanted, f"{name}.{wrong.path}".rstrip(".")) from None
    if unknown and not spare:
        raise _WrongValue(f"它的字段之一：{'、'.join(form.readers)}", unknown[0][0])
    if unknown:
        values["extra"] = (*values.get("extra", ()), *unknown)
    for name in form.texts:
        values.setdefault(name, "")
    for name in form.needed:
        if name not in values:
            raise _WrongValue("必有的字段，这里没有", name)
    return shape(**values)


def _shape_of(shape: type[Any]) -> _Shape:
    if shape not in _SHAPES:
        hints = get_type_hints(shape)
        ways = {one.name: _way(hints[one.name]) for one in fields(shape)}
        required = [one.name for one in fields(shape) if one.default is MISSING]
        texts = tuple(name for name in required if hints[name] is str)
        defaults = {one.name: one.default for one in fields(shape)} | dict.fromkeys(required) | dict.fromkeys(texts, "")
        _SHAPES[shape] = _Shape(
            {name: read for name, (read, _) in ways.items()},
            attrgetter(*ways),
            tuple((name, defaults[name], write) for name, (_, write) in ways.items()),
            texts,
            tuple(name for name in required if name not in texts),
        )
    return _SHAPES[shape]


def _way(hint: Any) -> tuple[Reads, Writes | None]:
    """How values of a type are read from JSON, and written where `orjson` cannot write them as they are."""
    if hint in _PLAIN:
        return _PLAIN[hint], None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType:
        inner = next(one for one in arguments if one is not NoneType)
        read, write = _way(inner)
        return (lambda value: None if value is None else read(value)), write
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        read, write = _way(arguments[0])
        return _list_reader(read), (lambda values: [write(one) for one in values]) if write else None
    if origin is tuple:
        return _pair, None
    if isinstance(hint, type) and is_dataclass(hint):
        return _object_reader(hint), _written
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _word_reader(hint), None
    raise TypeError(f"no way to write {hint!r} as JSON")


def _text(value: Any) -> str:
    if type(value) is not str:
        raise _WrongValue("文字")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > _MOST:
        raise _WrongValue("整数")
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise _WrongValue(" true 或 false")
    return value


def _day(value: Any) -> date:
    if type(value) is str and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _WrongValue("写作 YYYY-MM-DD 的日期")


_PLAIN: dict[Any, Reads] = {str: _text, int: _whole, bool: _truth, date: _day}


def _pair(value: Any) -> tuple[str, str]:
    if type(value) is not list or len(value) != 2:
        raise _WrongValue("[名称, 值]")
    return _text(value[0]), _text(value[1])


def _list_reader(read: Reads) -> Reads:
    def reads(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise _WrongValue("列表")
        found = []
        for at, one in enumerate(value, 1):
            try:
                found.append(read(one))
            except _WrongValue as wrong:
                raise _WrongValue(wrong.wanted, f"{at}.{wrong.path}".rstrip(".")) from None
        return tuple(found)

    return reads


def _object_reader(shape: type[Any]) -> Reads:
    def reads(value: Any) -> Any:
        if type(value) is not dict:
            raise _WrongValue("对象")
        return _read_object(shape, value)

    return reads


def _word_reader(words: type[StrEnum]) -> Reads:
    known = {one.value: one for one in words}

    def reads(value: Any) -> StrEnum:
        found = known.get(value) if type(value) is str else None
        if found is None:
            raise _WrongValue(f" {'、'.join(known)} 之一")
        return found

    return reads
