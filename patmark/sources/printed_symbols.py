"""Classification symbols as the offices print and pack them, spelled one way: `H01M 10/0525`, `709/202`, `14-02`."""

from __future__ import annotations

import re

from patmark.patent import Symbol

_SHORT = re.compile(r"([A-HY]\d{2}[A-Z])\s*0*(\d{1,4})\s*/\s*(\d{2,6})")
_IPC = re.compile(r"([A-H]\d{2}[A-Z])(?:\s*0*(\d{1,4})\s*/\s*(\d{2,6}))?")
_VERSION = re.compile(r"\((\d{4}\.\d{2})\)|(?<!\d)(\d{8})(?=[A-Z]|\s|\Z)")
#: ST.8: version date, level, first or later position, inventive or additional.
_FIRST = re.compile(r"\d{8}[ACS]F[IN]")
_PACKED = re.compile(r"([A-H]\d{2}[A-Z])([ \d]{2}\d)(\d{2,4})")


def ipc(text: str, *, main: bool = False, version: str = "") -> Symbol | None:
    """An IPC symbol in any printed form: `A61N    5/00    (2006.01)`, ST.8's fifty characters, `G06F015/00`."""
    found = _IPC.search(text)
    if not found:
        return Symbol("ipc", " ".join(text.split()), main, version) if text.strip() else None
    version_found = _VERSION.search(text)
    stated = (version_found.group(1) or version_found.group(2)) if version_found else version
    symbol = f"{found.group(1)} {found.group(2)}/{found.group(3)}" if found.group(2) else found.group(1)
    return Symbol("ipc", symbol, main or bool(_FIRST.search(text)), stated)


def packed_ipc(text: str, *, main: bool = False, version: str = "") -> Symbol | None:
    """An IPC symbol in the USPTO's columns: `G06F 1516` is G06F 15/16, `B60R  900` is B60R 9/00."""
    found = _PACKED.match(text.rstrip())
    if not found:
        return ipc(text, main=main, version=version)
    return Symbol("ipc", f"{found.group(1)} {int(found.group(2))}/{found.group(3)}", main, version)


Parts = tuple[str, str, str, str, str]


def joined(scheme: str, parts: Parts, *, main: bool = False, version: str = "") -> Symbol | None:
    """A symbol from section, class, subclass, main group and subgroup."""
    section, klass, subclass, group, subgroup = parts
    if not section:
        return None
    text = f"{section}{klass}{subclass}"
    if group:
        text += f" {group.lstrip('0') or '0'}/{subgroup or '00'}"
    return Symbol(scheme, text, main, version)


def uspc(text: str, *, main: bool = False) -> Symbol | None:
    """A U.S. class in its columns, three of class, then subclass: `709202` is 709/202, `360 9701` 360/97.01."""
    raw = text.rstrip()
    if not raw.strip():
        return None
    klass, sub = raw[:3].replace(" ", ""), raw[3:]
    if sub[:1] == "/" or "/" in raw:
        return Symbol("uspc", "".join(raw.split()), main)
    return Symbol("uspc", f"{klass}/{_subclass(sub)}" if sub.strip() else klass, main)


def _subclass(sub: str) -> str:
    whole, rest = sub[:3].strip(), sub[3:].strip()
    if not rest or not rest[0].isdigit():
        return f"{whole}{rest}"
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{rest.rstrip('0')}" if rest.strip("0") else whole


def locarno(text: str, *, main: bool = False, version: str = "") -> Symbol | None:
    """A Locarno class: `1402`, `14-02`, `14/02` are 14-02."""
    found = re.search(r"(\d{1,2})\s*[-/.]?\s*(\d{2})(?!\d)", text)
    if not found:
        return None
    return Symbol("locarno", f"{int(found.group(1)):02d}-{found.group(2)}", main, version)
