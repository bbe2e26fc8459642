"""Chance that always falls the same way: draws that follow from a seed and a number, on every machine."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import gcd
from random import Random
from typing import Generic, TypeVar

_T = TypeVar("_T")
_64 = (1 << 64) - 1
#: The seed of everything; another one would be another city.
SEED = 3408
_GOLDEN = 0x9E3779B97F4A7C15


def hashed(number: int, salt: int) -> float:
    """A number in [0, 1) that follows from two others, without keeping any state (splitmix64)."""
    x = ((number + 1) * _GOLDEN + (salt + SEED) * 0xBF58476D1CE4E5B9) & _64
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _64
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _64
    return ((x ^ (x >> 31)) >> 11) / (1 << 53)


class Draw:
    """A row of draws of its own, told by a salt and a number. Only `Random.random` is used: its row never changes."""

    __slots__ = ("_next",)

    def __init__(self, salt: int, number: int) -> None:
        self._next = Random((SEED * 1_000 + salt) << 40 | number).random  # noqa: S311 (meant to be foreseen)

    def chance(self, share: float) -> bool:
        return self._next() < share

    def below(self, end: int) -> int:
        """A whole number from 0 up to but not `end`."""
        return int(self._next() * end)

    def between(self, first: int, last: int) -> int:
        """A whole number from first to last, both possible."""
        return first + int(self._next() * (last - first + 1))

    def pick(self, many: Sequence[_T]) -> _T:
        return many[int(self._next() * len(many))]

    def some(self, many: Sequence[_T], count: int) -> list[_T]:
        """So many different ones of a sequence, in the order drawn; all of them where it has no more."""
        left = list(many)
        return [left.pop(int(self._next() * len(left))) for _ in range(min(count, len(left)))]

    def on(self, ladder: Ladder[_T]) -> _T:
        return ladder.at(self._next())


@dataclass(frozen=True, slots=True)
class Ladder(Generic[_T]):
    """Values with their shares: `at` finds the value of a number in [0, 1)."""

    values: tuple[_T, ...]
    steps: tuple[float, ...]

    @classmethod
    def of(cls, shares: Iterable[tuple[_T, float]]) -> Ladder[_T]:
        pairs = [(value, share) for value, share in shares if share > 0]
        whole = sum(share for _, share in pairs)
        steps = accumulate(share / whole for _, share in pairs)
        return cls(tuple(value for value, _ in pairs), tuple(steps)[:-1])

    def at(self, share: float) -> _T:
        return self.values[bisect(self.steps, share)]


def stride(size: int) -> int:
    """A step that visits each of `size` places once before it returns, far from the one before."""
    step = max(1, round(size * 0.6180339887))
    while gcd(step, size) != 1:
        step += 1
    return step
