"""Titles that never repeat: every combination of words is taken once, in an order that looks like chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from patmark.demo.draws import Draw, Ladder, stride
from patmark.demo.words import Vocabulary

#: By technique: the name claimed, what the title adds behind it, and how often. The last of a list is never used up.
_SHAPES: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "device": (
        ("一种{feature}的{device}", "", 34),
        ("一种{adjective}{device}", "", 12),
        ("一种{device}用{part}", "", 10),
        ("一种{device}的{part}组件", "", 8),
        ("一种{feature}的{adjective}{device}", "", 22),
        ("一种{use}用{feature}的{device}", "", 14),
        ("一种{use}用{feature}的{adjective}{device}{part}", "", 0),
    ),
    "composition": (
        ("一种{quality}{material}", "及其制备方法", 40),
        ("一种{ingredient}改性{material}", "及其制备方法", 14),
        ("一种含{ingredient}的{quality}{material}", "", 18),
        ("一种{use}用{quality}{material}", "及其制备方法", 28),
        ("一种{use}用含{ingredient}的{quality}{material}", "及其制备方法", 0),
    ),
    "made": (
        ("一种{quality}{material}的制备方法", "", 30),
        ("一种{material}的{process}工艺", "", 20),
        ("一种{use}用{quality}{material}的{process}方法", "", 30),
        ("一种利用{ingredient}制备{quality}{material}的方法", "", 20),
        ("一种{use}用含{ingredient}的{quality}{material}的{process}方法", "", 0),
    ),
    "worked": (
        ("一种{device}的{process}方法", "", 35),
        ("一种{feature}的{device}", "及其{process}方法", 35),
        ("一种{use}用{device}的{process}方法", "", 30),
        ("一种{use}用{feature}的{adjective}{device}", "及其{process}方法", 0),
    ),
    "system": (
        ("一种基于{technique}的{object}{task}方法", "及系统", 40),
        ("一种{object}{task}方法", "、装置、设备及存储介质", 20),
        ("基于{technique}的{object}{task}方法", "", 20),
        ("一种用于{use}的{object}{task}系统", "", 20),
        ("一种用于{use}的基于{technique}的{object}{task}方法", "及装置", 0),
    ),
    "design": (("{design}", "（{motif}{form}）", 100), ("{design}", "（{motif}{second}{form}）", 0)),
}
_SLOT_NAMES = (
    "feature", "device", "adjective", "part", "use", "quality", "material", "ingredient", "process", "technique",
    "object", "task", "design", "motif", "second", "form",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """A title; `name` is what the claims are on (with 一种), and `words` the slots it was made of."""

    text: str
    name: str
    words: Mapping[str, str]

    @property
    def stem(self) -> str:
        """The name without 一种, as dependent claims call it."""
        return self.name.removeprefix("一种")


class _Space:
    """All titles of one shape, handed out one after another until none is left."""

    __slots__ = ("_at", "_head", "_names", "_size", "_step", "_tail", "_words")

    def __init__(self, head: str, tail: str, words: Mapping[str, tuple[str, ...]]) -> None:
        self._head, self._tail = head, tail
        self._names = [name for name in _SLOT_NAMES if f"{{{name}}}" in head + tail]
        self._words = [words[name] for name in self._names]
        self._size = prod(map(len, self._words))
        self._step = stride(self._size) if self._size else 0
        self._at = 0

    def next(self) -> Title | None:
        while self._at < self._size:
            place = self._at * self._step % self._size
            self._at += 1
            chosen: dict[str, str] = {}
            for name, many in zip(self._names, self._words, strict=True):
                place, at = divmod(place, len(many))
                chosen[name] = many[at]
            if _fits(chosen):
                name = self._head.format_map(chosen)
                return Title(name + self._tail.format_map(chosen), name, chosen)
        return None


def _fits(chosen: Mapping[str, str]) -> bool:
    """No word says again what its neighbour says: 抗菌抗菌刷毛, 环氧树脂改性环氧树脂."""
    thing = chosen.get("material") or chosen.get("device") or ""
    told = (chosen.get("quality"), chosen.get("ingredient"), chosen.get("adjective"), chosen.get("use"))
    if any(one and (one in thing or one[:2] in thing) for one in told):
        return False
    return chosen.get("motif") != chosen.get("second", "") and chosen.get("part", "-") not in thing


class Titles:
    """The titles of one industry, each given out once."""

    def __init__(self, words: Vocabulary, extra: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words
        lists = {**words.lists, **extra, "second": extra["motif"]}
        self._spaces = {shape: [_Space(head, tail, lists) for head, tail, _ in rows] for shape, rows in _SHAPES.items()}
        self._shares: dict[str, Ladder[int]] = {
            shape: Ladder.of((at, share) for at, (_, _, share) in enumerate(rows)) for shape, rows in _SHAPES.items()
        }

    def next(self, technique: str, draw: Draw) -> Title:
        """A title nobody has; ValueError when even the widest shape of the technique is used up."""
        shape = technique
        if technique == "method":
            shape = "made" if self._words.lists["material"] and self._makes else "worked"
        spaces = self._spaces[shape]
        for space in (spaces[draw.on(self._shares[shape])], *spaces):
            found: Title | None = space.next()
            if found is not None:
                return found
        raise ValueError(f"no title left for {self._words.industry} {technique}")

    @property
    def _makes(self) -> bool:
        """Whether methods of the industry make materials rather than work on things."""
        return len(self._words.lists["material"]) > len(self._words.lists["device"]) // 3 + 2
