"""The words and frames of sentences under `patmark/data/demo/`: what the invented city speaks of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from patmark.demo.draws import Ladder
from patmark.industries import industries
from patmark.patent import Symbol

#: Kinds of technique: what a patent is written about decides its frames of sentences.
TECHNIQUES = ("device", "composition", "method", "system")
#: Lists of words that every industry has; empty where it has no such technique.
_LISTS = (
    "field", "device", "part", "feature", "material", "quality", "ingredient", "process", "object", "task", "problem",
    "effect", "use", "design",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoodsWords:
    """Goods or services of one class and similar group."""

    nice: int
    group: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one industry. `symbols` are IPC symbols by technique; `share` how often it uses each of them.

    `matters` tells for devices, materials and processes at which places its problems (and their effects) speak of them.
    """

    industry: str
    share: Ladder[str]
    matters: Mapping[str, tuple[int, ...]]
    lists: Mapping[str, tuple[str, ...]]
    symbols: Mapping[str, tuple[Symbol, ...]]
    locarno: tuple[Symbol, ...]
    goods: tuple[GoodsWords, ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames of sentences of one technique, by what they are for."""

    sentences: Mapping[str, tuple[str, ...]]
    second: str


def table(name: str) -> dict[str, Any]:
    """A file of words as it stands."""
    text = files("patmark").joinpath("data", "demo", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def vocabulary(industry: str) -> Vocabulary:
    """The words of an industry; FileNotFoundError where it has none."""
    raw = table(industry)
    common = table("frames")["common"]
    lists = {name: tuple(raw[name].split()) for name in _LISTS}
    lists["feature"] += tuple(common["feature"].split())
    lists |= {name: tuple(common[name].split()) for name in ("adjective", "base", "piece", "place")}
    return Vocabulary(
        industry,
        Ladder.of(raw["share"].items()),
        _matters(lists),
        lists,
        {name: _symbols("ipc", raw["ipc"][name].split()) for name in TECHNIQUES},
        tuple(Symbol("locarno", one, True) for one in raw["locarno"].split()),
        tuple(GoodsWords(one["nice"], one["groups"], tuple(one["items"].split())) for one in raw["goods"]),
    )


def _matters(lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Two characters in common are enough: 雾化吸入器 and 雾化时药液浪费多."""
    found: dict[str, tuple[int, ...]] = {}
    for word in (*lists["device"], *lists["material"], *lists["process"]):
        pairs = {word[at : at + 2] for at in range(len(word) - 1)}
        found[word] = tuple(at for at, told in enumerate(lists["problem"]) if any(pair in told for pair in pairs))
    return found


def _symbols(scheme: str, words: list[str]) -> tuple[Symbol, ...]:
    return tuple(Symbol(scheme, f"{subclass} {group}") for subclass, group in zip(words[::2], words[1::2], strict=True))


@cache
def frames(technique: str) -> Frames:
    """The frames of a technique, of `made` (materials), of `design` or of `description`."""
    raw = table("frames")[technique]
    sentences = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
    words = {name: tuple(value.split()) for name, value in raw.items() if isinstance(value, str) and "{" not in value}
    return Frames(sentences | words, next((raw[one] for one in ("second", "figures") if one in raw), ""))


@cache
def joints() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where parts sit, and how they are joined."""
    raw = table("frames")
    return tuple(raw["sides"].split()), tuple(raw["joints"].split())


@cache
def trades() -> Ladder[str]:
    """The industries by their share of firms and filings [DESIGN]."""
    shares = {one["industry"]: one["share"] for one in table("names")["trade"]}
    return Ladder.of((one.key, shares[one.key]) for one in industries())
