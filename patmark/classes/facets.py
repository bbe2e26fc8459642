"""Symbols as whole numbers and back: the ids engines count by, ordered so that what stands below is one range.

IPC and CPC take 53 bits, so the ids survive JSON: section (4), class (7), subclass (5), main group (14), subgroup as
six decimals (20) and its number of digits (3), which tells `2/02` from `2/020`.
"""

from __future__ import annotations

import re

from patmark.classes.symbols import ClassSymbol, parse_symbol
from patmark.errors import BadSymbol

_SECTIONS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KEY = re.compile(r"([A-Z])(?:(\d\d)(?:([A-Z])(?:(\d{1,4})/(\d{2,6}))?)?)?")
_LENGTH, _SUBGROUP, _GROUP, _LETTER, _CLASS = 3, 20, 14, 5, 7


def facet_id(scheme: str, symbol: str) -> int:
    """The id of a symbol in its compact or printed form, greater than 0; raises `BadSymbol`."""
    return _id(parse_symbol(scheme, symbol))


def facet_range(scheme: str, symbol: str) -> tuple[int, int]:
    """The ids (first, last) of a symbol and everything below it by structure: below a subgroup stands only itself."""
    found = parse_symbol(scheme, symbol)
    first = _id(found)
    return first, first + _span(found) - 1


def from_facet_id(scheme: str, number: int) -> ClassSymbol:
    """The symbol of an id made by `facet_id`; raises `BadSymbol` for a number that is none."""
    if scheme in ("ipc", "cpc"):
        return parse_symbol(scheme, _ipc_key(number))
    if scheme == "locarno":
        key = f"{number // 100:02d}" + (f"-{number % 100:02d}" if number % 100 else "")
    elif scheme == "vienna":
        parts = [number // 10_000, number // 100 % 100, number % 100]
        key = ".".join(str(part) for part in parts if part)
    else:
        key = _nice_key(number)
    return parse_symbol(scheme, key)


def _id(symbol: ClassSymbol) -> int:
    key = symbol.key
    if symbol.scheme in ("ipc", "cpc"):
        return _ipc_id(key)
    if symbol.scheme == "locarno":
        return int(key[:2]) * 100 + int(key[3:] or 0)
    if symbol.scheme == "vienna":
        parts = [int(part) for part in key.split(".")] + [0, 0]
        return parts[0] * 10_000 + parts[1] * 100 + parts[2]
    # Class, group, item: 9 → 9·10^6, 0901 → 9·10^6 + 1·10^4 would meet items, so each length has a range of its own.
    digits = key.removeprefix("C")
    return int(digits) + {2: 0, 4: 10_000, 6: 2_000_000 if key[0] == "C" else 1_000_000}[len(digits)]


def _nice_key(number: int) -> str:
    if number < 10_000:
        return f"{number:02d}"
    if number < 1_000_000:
        return f"{number - 10_000:04d}"
    return f"{number - 1_000_000:06d}" if number < 2_000_000 else f"C{number - 2_000_000:06d}"


def _ipc_id(key: str) -> int:
    match = _KEY.fullmatch(key)
    if match is None:
        raise BadSymbol(f"“{key[:40]}”不是 IPC 或 CPC 分类号。")
    section, number, letter, group, subgroup = match.groups()
    found = _SECTIONS.index(section) % 16 + 1 if section != "Y" else 15
    found = (found << _CLASS) + int(number or 0)
    found = (found << _LETTER) + (_SECTIONS.index(letter) + 1 if letter else 0)
    found = (found << _GROUP) + int(group or 0)
    found = (found << _SUBGROUP) + int((subgroup or "").ljust(6, "0"))
    return (found << _LENGTH) + len(subgroup or "")


def _ipc_key(number: int) -> str:
    rest, length = divmod(number, 1 << _LENGTH)
    rest, subgroup = divmod(rest, 1 << _SUBGROUP)
    rest, group = divmod(rest, 1 << _GROUP)
    rest, letter = divmod(rest, 1 << _LETTER)
    section, number = divmod(rest, 1 << _CLASS)
    if not 1 <= section <= 15 or letter > 26:
        raise BadSymbol(f"{number} 不是分类号的编号。")
    key = "Y" if section == 15 else _SECTIONS[section - 1]
    key += f"{number:02d}" if number else ""
    key += _SECTIONS[letter - 1] if letter else ""
    return key + (f"{group}/{f'{subgroup:06d}'[:length]}" if group else "")


def _span(symbol: ClassSymbol) -> int:
    """How many ids a symbol and what stands below it take."""
    if symbol.scheme in ("ipc", "cpc"):
        free = {"section": _CLASS + _LETTER + _GROUP, "class": _LETTER + _GROUP, "subclass": _GROUP, "main_group": 0}
        depth = free.get(symbol.level.value)
        # A main group's id ends with the subgroup 00 and its two digits: its range begins there.
        two = 2 if symbol.level.value == "main_group" else 0
        return 1 if depth is None else (1 << (depth + _SUBGROUP + _LENGTH)) - two
    if symbol.scheme == "locarno":
        return 100 if len(symbol.key) == 2 else 1
    if symbol.scheme == "vienna":
        return (10_000, 100, 1)[symbol.key.count(".")]
    return 1
