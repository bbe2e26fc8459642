"""A classification symbol read from any spelling: IPC and CPC, Locarno, Nice with its similar groups, Vienna."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from patmark.classes import goods, ipc
from patmark.errors import BadSymbol

SCHEMES = {"ipc": "IPC", "cpc": "CPC", "locarno": "洛迦诺分类", "nice": "尼斯分类", "vienna": "维也纳分类"}


class Level(StrEnum):
    """Where a symbol stands in its scheme: IPC and CPC the first five, Nice class, similar group (类似群) and item."""

    SECTION = "section"
    CLASS = "class"
    SUBCLASS = "subclass"
    MAIN_GROUP = "main_group"
    SUBGROUP = "subgroup"
    SIMILAR_GROUP = "similar_group"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class ClassSymbol:
    """A symbol of a scheme; two are equal when scheme and key are.

    `key` is compact: `A01B1/02`, `12-16`, `0901`, `C120008`, `26.4.2`; `text` is the printed form (`A01B 1/02`).
    `full` says that a complete symbol was written: `A01B1` names the main group A01B1/00 but is truncated.
    `version` is the edition (`2006.01`), `first` whether it stood first in its document, `invention` whether it
    classifies invention (I) or additional (N) information; None where the source does not say.
    """

    scheme: str
    key: str
    level: Level = field(compare=False)
    full: bool = field(default=True, compare=False)
    version: str = field(default="", compare=False)
    first: bool | None = field(default=None, compare=False)
    invention: bool | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        return f"{self.key[:4]} {self.key[4:]}" if self.scheme in ("ipc", "cpc") and len(self.key) > 4 else self.key


@lru_cache(maxsize=16_384)
def parse_symbol(scheme: str, text: str) -> ClassSymbol:
    """The symbol a text writes; raises `BadSymbol` with a sentence.

    IPC and CPC: `A01B 1/02`, `E01B3/32(2006.01)I`, lower case, full width, spaces inside, leading zeros, the machine
    forms of WIPO ST.8 and CNIPA, `A01B0001020000` of WIPO's scheme files, truncated to section, class, subclass or
    main group. Locarno: `12-16`, `LOC(14)Cl.12-16`, `21-01-C0293`, `1216`. Nice: `9`, `第9类`, group `0901`,
    item `090001`, `C120008`. Vienna: `26.4.2`.
    """
    if scheme not in _READERS:
        raise BadSymbol(f"没有名为“{scheme}”的分类体系。", mend="可以用：" + "、".join(SCHEMES) + "。")
    clean = unicodedata.normalize("NFKC", text[:80]).upper().strip(" \t\r\n;,.")
    found = _READERS[scheme](clean) if len(text) <= 80 else None
    if found is None:
        raise BadSymbol(f"“{text[:40]}”不是{SCHEMES[scheme]}的分类号。", mend=_EXAMPLES[scheme])
    return found


def parents(symbol: ClassSymbol) -> tuple[ClassSymbol, ...]:
    """The symbols above by the structure of the symbol itself, nearest first: A01B1/02 → A01B1/00, A01B, A01, A."""
    if symbol.scheme in ("ipc", "cpc"):
        keys = ipc.above(symbol.key)
    else:
        keys = goods.above(symbol.scheme, symbol.key)
    return tuple(parse_symbol(symbol.scheme, key) for key in keys)


def is_full(scheme: str, text: str) -> bool:
    """Whether a text is a complete symbol: for IPC and CPC one with its group and subgroup."""
    try:
        symbol = parse_symbol(scheme, text)
    except BadSymbol:
        return False
    return symbol.full and (scheme not in ("ipc", "cpc") or "/" in symbol.key)


def _ipc(scheme: str) -> Callable[[str], ClassSymbol | None]:
    def read(clean: str) -> ClassSymbol | None:
        found = ipc.read(clean)
        if found is None or (scheme == "ipc" and found.key[0] == "Y"):
            return None
        return ClassSymbol(
            scheme, found.key, Level(found.level), found.full, found.version, found.first, found.invention
        )

    return read


def _goods(scheme: str, read_key: Callable[[str], tuple[str, str] | None]) -> Callable[[str], ClassSymbol | None]:
    def read(clean: str) -> ClassSymbol | None:
        found = read_key(clean)
        return ClassSymbol(scheme, found[0], Level(found[1])) if found else None

    return read


_READERS: dict[str, Callable[[str], ClassSymbol | None]] = {
    "ipc": _ipc("ipc"),
    "cpc": _ipc("cpc"),
    "locarno": _goods("locarno", goods.locarno),
    "nice": _goods("nice", goods.nice),
    "vienna": _goods("vienna", goods.vienna),
}
_EXAMPLES = {
    "ipc": "例如 H01M 10/0525；可以只写到部、大类、小类或大组：H、H01、H01M、H01M10。",
    "cpc": "例如 Y02E 60/10；可以只写到部、大类、小类或大组。",
    "locarno": "例如 12-16 或 12。",
    "nice": "例如类别 9、类似群 0901、商品编码 090001 或 C120008。",
    "vienna": "例如 26.4.2、26.4 或 26。",
}
