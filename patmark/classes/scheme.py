"""A whole classification as a table: its entries, what stands above and below, titles and a search in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from patmark.classes.symbols import Level, parents, parse_symbol
from patmark.errors import BadSymbol
from patmark.text import fold

BY_LEVELS = "按分类表自身的层级"
BY_GROUPS = "按小类/大组"


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """One place of a scheme. `symbol` is the compact key (`A01B1/02`, `0901`), `parent` the key above, if any.

    `dots` is the depth of a subgroup below its main group (1 for one dot) where the table tells it, else None.
    `also` are further parents: a Nice item can stand in several similar groups. `note` is text the table puts
    beside the title.
    """

    scheme: str
    symbol: str
    parent: str
    level: Level
    title: str
    dots: int | None = None
    note: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Descendants:
    """A symbol's key and those below it in the order of the scheme, and on what that rests (a phrase for people)."""

    symbols: tuple[str, ...]
    basis: str


@dataclass(slots=True)
class Scheme:
    """A loaded classification; make it with `from_entries` and ask it with compact keys or printed symbols."""

    code: str
    edition: str
    entries: dict[str, SchemeEntry]
    below: dict[str, tuple[str, ...]]
    _folded: list[tuple[str, SchemeEntry]] = field(default_factory=list)

    @classmethod
    def from_entries(cls, code: str, entries: Iterable[SchemeEntry], *, edition: str = "") -> Scheme:
        """A scheme of entries in any order; of two with one symbol the later stands."""
        held = {entry.symbol: entry for entry in entries}
        below: dict[str, list[str]] = {}
        for entry in held.values():
            for parent in (entry.parent, *entry.also):
                below.setdefault(parent, []).append(entry.symbol)
        return cls(code, edition, held, {parent: tuple(sorted(keys, key=_order)) for parent, keys in below.items()})

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, symbol: str) -> bool:
        return self.entry(symbol) is not None

    def entry(self, symbol: str) -> SchemeEntry | None:
        """The entry of a symbol in any spelling, or None when the table does not have it."""
        return self.entries.get(symbol) or self.entries.get(self._key(symbol))

    def title(self, symbol: str) -> str:
        """The title of a symbol; empty when the table does not have it."""
        found = self.entry(symbol)
        return found.title if found else ""

    def children(self, symbol: str = "") -> tuple[SchemeEntry, ...]:
        """What stands directly below a symbol, or the top of the scheme, in its order."""
        keys = self.below.get(self._key(symbol) if symbol else "", ())
        return tuple(self.entries[key] for key in keys)

    def parents(self, symbol: str) -> tuple[SchemeEntry, ...]:
        """The entries above, nearest first: by the table, and by the structure of the symbol where it has a gap."""
        found = self.entry(symbol)
        keys = _structure(self.code, symbol) if found is None else self._above(found)
        return tuple(self.entries[key] for key in keys if key in self.entries)

    def descendants(self, symbol: str) -> Descendants:
        """A symbol and everything below it. The basis says whether the table's own levels decide.

        A table without dot levels knows what stands below a main group and above, but below a subgroup only itself.
        """
        key = self._key(symbol)
        found: dict[str, None] = {}
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = None
                waiting.extend(reversed(self.below.get(one, ())))
        by_levels = all(entry.dots is not None for entry in self._groups(found))
        return Descendants(tuple(found), BY_LEVELS if by_levels else BY_GROUPS)

    def search(self, words: str, *, limit: int = 50) -> tuple[SchemeEntry, ...]:
        """Entries whose title holds every word, or one of them while titles above hold the others; short ones first."""
        wanted = fold(words).split()
        if not wanted:
            return ()
        if not self._folded:
            self._folded.extend((fold(entry.title), entry) for entry in self.entries.values())
        ranked = []
        for title, entry in self._folded:
            missing = [word for word in wanted if word not in title]
            if len(missing) < len(wanted) and self._above_holds(entry, missing):
                ranked.append((len(missing), len(title), entry.symbol))
        return tuple(self.entries[symbol] for _, _, symbol in sorted(ranked)[:limit])

    def _above_holds(self, entry: SchemeEntry, words: list[str]) -> bool:
        if not words:
            return True
        titles = " ".join(fold(self.entries[key].title) for key in self._above(entry) if key in self.entries)
        return all(word in titles for word in words)

    def _key(self, symbol: str) -> str:
        if symbol in self.entries:
            return symbol
        try:
            return parse_symbol(self.code, symbol).key
        except BadSymbol:
            return symbol

    def _above(self, entry: SchemeEntry) -> Iterator[str]:
        seen = {entry.symbol}
        key = entry.parent
        while key and key not in seen:
            yield key
            seen.add(key)
            above = self.entries.get(key)
            if above is None:
                yield from _structure(self.code, key)
                return
            key = above.parent

    def _groups(self, keys: Iterable[str]) -> Iterator[SchemeEntry]:
        """The subgroups among keys; where the symbol itself is one, its own depth counts too."""
        for key in keys:
            entry = self.entries.get(key)
            if entry and entry.level is Level.SUBGROUP:
                yield entry


def _structure(code: str, symbol: str) -> tuple[str, ...]:
    try:
        return tuple(one.key for one in parents(parse_symbol(code, symbol)))
    except BadSymbol:
        return ()


def _order(key: str) -> tuple[str, int, str]:
    """The order of a scheme: `A01B3/00` before `A01B11/00`, `1/027` between `1/02` and `1/04`."""
    subclass, group = key[:4], key[4:]
    if "/" not in group:
        return key, 0, ""
    number, _, subgroup = group.partition("/")
    return subclass, int(number) if number.isdigit() else 0, subgroup
