"""The grammar of Locarno, Nice (with 类似群 and items) and Vienna symbols (RULES §1.4)."""

from __future__ import annotations

import re

_LOCARNO = re.compile(
    r"(?:LOC(?:ARNO)? ?(?:\(\d{1,2}\))? ?(?:CL\.?)? ?)?(\d{1,2})(?: ?[-.] ?(\d{1,2})| ?CL\.?)?(?: ?- ?[A-Z]\d{1,5})?"
)
_LOCARNO_COMPACT = re.compile(r"(\d\d)(\d\d)")
_NICE_CLASS = re.compile(r"(?:第|国际分类|CL(?:ASS)?\.?)? ?(\d{1,2}) ?类?")
_NICE_GROUP = re.compile(r"(\d\d)(\d\d) ?组?")
_NICE_ITEM = re.compile(r"(C?)(\d\d)(\d{4})")
_VIENNA = re.compile(r"(?:CFE ?(?:\(\d\))? ?)?(\d{1,2})(?: ?\. ?(\d{1,2})(?: ?\. ?(\d{1,2}))?)?")

NICE_CLASSES = range(1, 46)
LOCARNO_CLASSES = range(1, 33)
VIENNA_CATEGORIES = range(1, 30)


def locarno(clean: str) -> tuple[str, str] | None:
    """(key, level): `12-16` or `12`; CNIPA's own third part (`21-01-C0293`) is its drawer, not the scheme's."""
    match = _LOCARNO_COMPACT.fullmatch(clean) or _LOCARNO.fullmatch(clean)
    if match is None or int(match[1]) not in LOCARNO_CLASSES:
        return None
    return (f"{int(match[1]):02d}-{int(match[2]):02d}", "subclass") if match[2] else (f"{int(match[1]):02d}", "class")


def nice(clean: str) -> tuple[str, str] | None:
    """(key, level): class `09`, similar group `0901`, item `090001` or `C120008` (a Chinese item outside Nice)."""
    if (match := _NICE_CLASS.fullmatch(clean)) and int(match[1]) in NICE_CLASSES:
        return f"{int(match[1]):02d}", "class"
    if (match := _NICE_GROUP.fullmatch(clean)) and int(match[1]) in NICE_CLASSES and match[2] != "00":
        return match[1] + match[2], "similar_group"
    if (match := _NICE_ITEM.fullmatch(clean)) and int(match[2]) in NICE_CLASSES:
        return clean, "item"
    return None


def vienna(clean: str) -> tuple[str, str] | None:
    """(key, level): category `26`, division `26.4`, section `26.4.2`, without leading zeros."""
    match = _VIENNA.fullmatch(clean)
    if match is None or int(match[1]) not in VIENNA_CATEGORIES:
        return None
    parts = [str(int(part)) for part in match.groups() if part]
    return ".".join(parts), ("class", "subclass", "main_group")[len(parts) - 1]


def above(scheme: str, key: str) -> tuple[str, ...]:
    """The keys above, nearest first, as far as the code itself tells: a Nice item tells its class, not its group."""
    if scheme == "vienna":
        parts = key.split(".")
        return tuple(".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    if scheme == "locarno":
        return (key[:2],) if len(key) > 2 else ()
    return (key.removeprefix("C")[:2],) if len(key) > 2 else ()
