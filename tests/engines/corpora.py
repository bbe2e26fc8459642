"""Small random corpora and query trees for comparing engines: few characters and words, so that things do meet."""

from __future__ import annotations

from hypothesis import strategies as st

from patmark.engines.base import Document
from patmark.engines.turns import Calendar, Turn
from patmark.query.tree import (
    And,
    Class,
    Code,
    Everything,
    Freq,
    Near,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Range,
    Wild,
    Within,
)

CHARACTERS = "锂离子电池正极通"
WORDS = ("5G", "lifepo4", "C", "0.5", "a1")
MARKS = ("", "", "", "", "", "，", "。", "-", "/", " ", "、", "（", "·", "|", "\n", ". ")

#: 31 turns to 41 when its expiry day has come; 71 first to 72 after the day, then to 73 after another.
CALENDAR = Calendar(
    turns=(
        Turn(base=31, field="exd", becomes=41),
        Turn(base=71, field="prd", becomes=72, days=1),
        Turn(base=72, field="exd", becomes=73, days=1),
    ),
    lives={31: 1, 41: 3, 71: 1, 72: 1, 73: 3},
)
STATUSES = (31, 41, 71, 72, 73, 90)
DAYS = (20_190_301, 20_200_101, 20_240_229, 20_300_630)
SYMBOLS = ("H01M10/0525", "H01M10/05", "H01M10/00", "H01M4/36", "H01L21/02", "G06F40/20", "B60L1/00")
CLASSES = (*SYMBOLS, "H", "H01", "H01M", "H01M10", "G06F", "A61")
NUMBERS = ("CN202010000001", "CN202010000012", "CN2020200000015", "CN85102475", "CN1985", "EP1985")
FIRMS = ("甲（安庆）锂电公司", "甲安庆锂电公司", "乙电池厂", "Foo Bar Co., Ltd.", "FOO BAR CO LTD", "丙·丁")


def texts(most: int = 12) -> st.SearchStrategy[str]:
    unit = st.sampled_from((*CHARACTERS, *WORDS))
    return st.lists(st.tuples(unit, st.sampled_from(MARKS)), max_size=most).map(
        lambda pairs: "".join(one + mark for one, mark in pairs)
    )


def values(one: st.SearchStrategy[object], most: int = 2) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def documents() -> st.SearchStrategy[list[Document]]:
    """Up to a dozen patents with distinct keys."""
    one = st.fixed_dictionaries(
        {
            "key": st.integers(1, 60),
            "texts": st.fixed_dictionaries(
                {
                    "ti": values(texts(6), 1),
                    "ab": values(texts()),
                    "in": values(texts(3)),
                    "pa": values(st.sampled_from(FIRMS)),
                }
            ),
            "numbers": st.fixed_dictionaries(
                {"apno": values(st.sampled_from(NUMBERS), 1), "pn": values(st.sampled_from(NUMBERS))}
            ),
            "symbols": st.fixed_dictionaries({"ipc": values(st.sampled_from(SYMBOLS), 3)}),
            "integers": st.fixed_dictionaries(
                {
                    "ad": values(st.sampled_from(DAYS), 1),
                    "pd": values(st.sampled_from(DAYS), 2),
                    "exd": values(st.sampled_from(DAYS), 1),
                    "prd": values(st.sampled_from(DAYS), 1),
                    "ady": values(st.integers(2019, 2021), 1),
                    "dist": values(st.sampled_from((340_802, 340_881)), 2),
                    "st": values(st.sampled_from(STATUSES), 1),
                }
            ),
            "labels": st.fixed_dictionaries({"pa": values(st.integers(0, 4), 3)}),
        }
    )
    return st.lists(one.map(lambda row: Document(**row)), max_size=12, unique_by=lambda document: document.key)


#: Patterns with something written out in each.
PATTERNS = ("锂*池", "锂?子", "锂~?子", "电池*", "?离子", "lif*4", "li?epo~?4", "5g*通", "锂**正", "*po4", "lifep*电")


def positions() -> st.SearchStrategy[Node]:
    """Conditions on where things stand: a field, then what is asked of it."""

    def on(field: str) -> st.SearchStrategy[Node]:
        phrase = st.builds(Phrase, st.just(field), texts(2))
        wild = st.builds(Wild, st.just(field), st.sampled_from(PATTERNS))
        one = phrase | wild | st.lists(phrase | wild, min_size=1, max_size=2).map(lambda items: Or(tuple(items)))

        def near(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
            within = st.sampled_from(Within)
            return st.builds(Near, st.just(field), below, below, st.integers(0, 4), st.booleans(), within)

        spots = st.recursive(one, near, max_leaves=3)
        return wild | near(spots) | st.builds(Freq, st.just(field), spots, st.integers(1, 3))

    return st.sampled_from(("ti", "ab", "in", "pa", "ta", "any")).flatmap(on)


def leaves() -> st.SearchStrategy[Node]:
    low, high = st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS)
    return st.one_of(
        st.builds(Phrase, st.sampled_from(("ti", "ab", "in", "ta", "any")), texts(4)),
        st.builds(Phrase, st.sampled_from(("pa", "any")), st.sampled_from((*FIRMS, "安庆锂", "foo", "丁"))),
        st.builds(Code, st.just("st"), st.sampled_from(STATUSES)),
        st.builds(Code, st.just("life"), st.sampled_from((1, 2, 3))),
        st.builds(Code, st.sampled_from(("dist", "ady")), st.sampled_from((340_802, 2020))),
        st.builds(Range, st.sampled_from(("ad", "pd")), low, high),
        st.builds(Range, st.just("ady"), st.just(2020), st.none()),
        st.builds(
            Number,
            st.sampled_from(("apno", "num")),
            st.sampled_from((*NUMBERS, "C", "CN2020", "CN20201000000", "CN202010000001X")),
            st.booleans(),
        ),
        st.builds(Class, st.just("ipc"), st.sampled_from(CLASSES), st.booleans()),
        st.just(Everything()),
        positions(),
    )


def trees() -> st.SearchStrategy[Node]:
    def grown(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        items = st.lists(below, max_size=3).map(tuple)
        return st.builds(And, items) | st.builds(Or, items) | st.builds(Not, below)

    return st.recursive(leaves(), grown, max_leaves=5)
