"""The grammar of IPC and CPC symbols: as printed, in machine forms, and the levels above (RULES §1.4, WIPO ST.8).

Three machine forms carry no slash or fixed columns:

1. WIPO ST.8: section, class, subclass, main group right-aligned in columns 5–8, `/`, subgroup in 10–15, blanks, version
   (YYYYMMDD) in 20–27, level C/A/S, position F/L, value I/N, action date, status, source, office;
2. CNIPA: the same without the slash, the subgroup in columns 9–14;
3. WIPO scheme files: `A01B0001020000`, main group and subgroup filled with zeros.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: compact key, name of the level, whether complete, and what the source says around the symbol."""

    key: str
    level: str
    full: bool = True
    version: str = ""
    first: bool | None = None
    invention: bool | None = None


_LABEL = re.compile(r"^(?:INT\.? ?CL\.? ?\d*|IPC ?-? ?\d{0,2}|CPC)[ :.]+")
_SYMBOL = re.compile(r"([A-HY])(?: *(\d\d)(?: *([A-Z])(?: *0*(\d{1,4})(?: */ *(\d{2,6})?)?)?)?)?(.*)", re.DOTALL)
#: Version, then level, position and value of ST.8, then action date, status, source and office.
_AROUND = re.compile(
    r"\s*(?:\(?(\d{4}\.\d{2}|(?:19|20)\d{6})\)?)?\s*[ACS]?\s*([FL])?\s*([IN])?"
    r"(?:\s*(?:19|20)\d{6}\s*[BRVD]?\s*[HMG]?\s*(?:[A-Z]{2})?)?\s*"
)
_COLUMNS = re.compile(r"([A-HY])(\d\d)([A-Z])([ 0]{3}\d|[ 0]{2}\d\d|[ 0]\d{3}|\d{4}(?=\d{6}$))(\d{2,6}) *")
#: USPTO files before 2001: main group right-aligned in three columns behind the subclass, subgroup without a slash.
_PACKED = re.compile(r"([A-H])(\d\d)([A-Z])([ \d]{2}\d)(\d{2,4})")
_LEVELS = ("section", "class", "subclass", "main_group", "subgroup")


def read(clean: str) -> Found | None:
    """The symbol in a text in upper case and half width, or None."""
    clean = _LABEL.sub("", clean)
    if match := _COLUMNS.fullmatch(clean):
        section, number, letter, group, subgroup = match.groups()
        return _found(section + number + letter, group, _unfilled(subgroup))
    match = _SYMBOL.fullmatch(clean)
    if match is None:
        return None
    section, number, letter, group, subgroup, rest = match.groups()
    around = _AROUND.fullmatch(rest)
    if around is None or (rest.strip() and not subgroup) or (number == "00"):
        return None
    if not group:
        return Found(section + (number or "") + (letter or ""), _LEVELS[(number is not None) + (letter is not None)])
    found = _found(section + number + letter, group, subgroup or "00")
    if found is None:
        return None
    version, position, value = around.groups()
    return Found(
        found.key,
        found.level,
        full=bool(subgroup),
        version=f"{version[:4]}.{version[4:6]}" if version and "." not in version else version or "",
        first=position == "F" if position else None,
        invention=value == "I" if value else None,
    )


def read_packed(text: str) -> str:
    """The key of an IPC symbol in USPTO files before 2001 (`H04M 1100` is H04M11/00), empty when it is none."""
    match = _PACKED.fullmatch(text.strip().upper())
    if match is None:
        return ""
    found = _found(match[1] + match[2] + match[3], match[4], match[5])
    return found.key if found else ""


def _found(subclass: str, group: str, subgroup: str) -> Found | None:
    number = int(group)
    if number == 0 or subclass[1:3] == "00":
        return None
    return Found(f"{subclass}{number}/{subgroup}", "subgroup" if subgroup.strip("0") else "main_group")


def _unfilled(subgroup: str) -> str:
    """Six columns filled with zeros: 020000 is 02, 052500 is 0525, 000000 is 00."""
    return subgroup[:2] + subgroup[2:].rstrip("0") if len(subgroup) == 6 else subgroup


def above(key: str) -> tuple[str, ...]:
    """The keys above, nearest first: main group, subclass, class, section."""
    subclass, group = key[:4], key[4:]
    found = []
    if group and group.split("/")[1].strip("0"):
        found.append(f"{subclass}{group.split('/')[0]}/00")
    found += [key[:length] for length in (4, 3, 1) if length < len(key)]
    return tuple(found)
