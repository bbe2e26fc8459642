"""Generated corpora with a fixed seed: records with titles and abstracts of about 200 characters, firms, places, dates.

Words are made of common characters and drawn by a Zipf-like law, so that a few stand in half of all records and most
in a handful, as in real abstracts. Nothing here is taken from anywhere: names and texts mean nothing.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from patmark.classes import parse_symbol
from patmark.engines.base import Document
from patmark.errors import BadSymbol

SEED = 20_231_112
WORDS, LATIN_WORDS, FIRMS, PEOPLE, SUBCLASSES = 60_000, 3_000, 60_000, 90_000, 640
FIRST_CHARACTER, CHARACTERS = 0x4E00, 3_000
COUNTIES = (340802, 340803, 340811, 340822, 340825, 340826, 340827, 340828, 340881, 340882, 340871, 340872)
MARKS = "，，，，，，。。；、"


@dataclass(frozen=True, slots=True)
class Row:
    """One generated record; `firm` and `subclass` are ids, days whole numbers YYYYMMDD."""

    key: int
    number: str
    title: str
    abstract: str
    firm: int
    inventors: tuple[int, ...]
    county: int
    symbol: str
    subclass: int
    filed: int
    published: int
    kind: int


class Corpus:
    """Rows one after another; the same seed gives the same rows, and a longer corpus begins like a shorter one."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)  # noqa: S311  # a fixed seed is the point
        characters = [chr(FIRST_CHARACTER + 6 * at) for at in range(CHARACTERS)]
        by_rank = list(accumulate(1 / (rank + 12) for rank in range(CHARACTERS)))
        lengths = self._random.choices((2, 3, 4, 5), (60, 20, 15, 5), k=WORDS)
        self.words = ["".join(self._random.choices(characters, cum_weights=by_rank, k=length)) for length in lengths]
        self.latin = ["".join(self._random.choices("abcdefgh0123456789", k=4)) for _ in range(LATIN_WORDS)]
        self._all = self.words + self.latin
        self._random.shuffle(self._all)
        self._law = list(accumulate(1 / (rank + 30) for rank in range(len(self._all))))
        self._firm_law = list(accumulate(1 / (rank + 40) for rank in range(FIRMS)))
        self._subclass_law = list(accumulate(1 / (rank + 10) for rank in range(SUBCLASSES)))
        self._subclasses = [
            f"{'ABCDEFGH'[at % 8]}{at // 8 % 80 + 1:02}{'BCDFGHKLM'[at % 9]}" for at in range(SUBCLASSES)
        ]

    def rows(self, count: int) -> Iterator[Row]:
        for key in range(1, count + 1):
            yield self._row(key)

    def _row(self, key: int) -> Row:
        draw = self._random
        words = draw.choices(self._all, cum_weights=self._law, k=85)
        title = "".join(words[:6])
        pieces: list[str] = []
        for at in range(6, 85, 8):
            pieces.extend(words[at : at + 8])
            pieces.append(draw.choice(MARKS))
        year = min(2024, 1990 + int(35 * draw.random() ** 0.5))
        filed = year * 10_000 + draw.randint(1, 12) * 100 + draw.randint(1, 28)
        at = draw.choices(range(SUBCLASSES), cum_weights=self._subclass_law)[0]
        kind = draw.choice((1, 1, 2, 2, 3))
        return Row(
            key=key,
            number=f"CN{year}{kind}{key:07}{draw.randint(0, 9)}",
            title=title,
            abstract="".join(pieces),
            firm=draw.choices(range(1, FIRMS + 1), cum_weights=self._firm_law)[0],
            inventors=tuple(draw.randint(1, PEOPLE) for _ in range(draw.randint(1, 4))),
            county=draw.choice(COUNTIES),
            symbol=f"{self._subclasses[at]}{draw.randint(1, 40)}/{draw.randint(0, 60):02}",
            subclass=at + 1,
            filed=filed,
            published=filed + 10_000,
            kind=kind,
        )


def firm_name(firm: int) -> str:
    return f"生成{firm % 97}号（安庆）{firm}科技有限公司"


def document(row: Row) -> Document:
    """A generated row as an engine takes it."""
    return Document(
        key=row.key,
        title=row.title,
        texts={
            "ti": (row.title,),
            "ab": (row.abstract,),
            "pa": (firm_name(row.firm),),
            "in": tuple(f"发明人{one}" for one in row.inventors),
        },
        numbers={"apno": (row.number,)},
        symbols={"ipc": (row.symbol,), "mipc": (row.symbol,)},
        integers={
            "ad": (row.filed,),
            "ady": (row.filed // 10_000,),
            "pd": (row.published,),
            "pdy": (row.published // 10_000,),
            "dist": (row.county,),
            "city": (340800,),
            "prov": (340000,),
            "sub": (row.subclass,),
            "sec": (row.subclass % 8 + 1,),
            "kind": (row.kind,),
            "st": (31,),
        },
        labels={"pa": (row.firm,), "in": row.inventors},
    )


def real_rows(path: Path) -> Iterator[Row]:
    """The rows of a real export with the columns 专利名称, 申请号, 申请人, 申请日, 主分类号, 摘要."""
    firms: dict[str, int] = {}
    subclasses: dict[str, int] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for key, cells in enumerate(csv.DictReader(file), 1):
            year, month, day = (int(part) for part in cells["申请日"].split("-"))
            filed = year * 10_000 + month * 100 + day
            symbol = _compact(cells["主分类号"])
            yield Row(
                key=key,
                number=cells["申请号"],
                title=cells["专利名称"],
                abstract=cells["摘要"],
                firm=firms.setdefault(cells["申请人"], len(firms) + 1),
                inventors=(),
                county=0,
                symbol=symbol,
                subclass=subclasses.setdefault(symbol[:4], len(subclasses) + 1),
                filed=filed,
                published=filed,
                kind=1,
            )


def _compact(symbol: str) -> str:
    try:
        return parse_symbol("ipc", symbol).key
    except BadSymbol:
        return symbol
