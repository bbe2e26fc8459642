"""What every engine promises, as tests: a subclass gives the engine (`make`), the rest is the same for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pytest

from patmark.cube import Cube, Unit
from patmark.engines.base import Bucket, Document, Engine, FacetCount, Found, Sort, Suggestion
from patmark.engines.turns import Calendar
from patmark.errors import BadQuery
from patmark.query.tree import And, Class, Code, Everything, Node, Not, Number, Or, Phrase, Range
from tests.engines.corpora import CALENDAR

TODAY = date(2024, 6, 1)


def patent(key: int, title: str = "", **more: object) -> Document:
    texts = {"ti": (title,), **more.pop("texts", {})}
    return Document(key=key, title=title, texts=texts, **more)


class EngineContract:
    """Subclasses define `make(calendar, descendants)`, which gives an empty patent engine."""

    def make(self, calendar: Calendar = CALENDAR, descendants: object = None) -> Engine:
        raise NotImplementedError

    def holding(self, *documents: Document, descendants: object = None) -> Engine:
        engine = self.make(CALENDAR, descendants)
        engine.put(documents)
        engine.commit(1)
        return engine

    @staticmethod
    def keys(engine: Engine, query: Node, today: date = TODAY) -> set[int]:
        found = engine.find(query, today=today, limit=1000)
        assert found.total == len(found.hits)
        return {hit.key for hit in found.hits}

    def test_what_is_put_is_found_after_the_commit_with_its_sequence(self) -> None:
        engine = self.make()
        assert (engine.sequence, engine.size) == (0, 0)
        assert engine.put([patent(7, "锂离子电池")]) == 1
        assert engine.size == 0
        engine.commit(41)
        assert (engine.sequence, engine.size) == (41, 1)
        assert self.keys(engine, Phrase("ti", "离子电")) == {7}

    def test_a_record_put_again_replaces_the_old_one(self) -> None:
        engine = self.holding(patent(1, "锂电池"), patent(2, "水泵"))
        engine.put([patent(1, "钠电池"), patent(1, "镁电池")])
        engine.commit(2)
        assert engine.size == 2
        assert self.keys(engine, Phrase("ti", "锂电池")) == set()
        assert self.keys(engine, Phrase("ti", "钠电池")) == set()
        assert self.keys(engine, Phrase("ti", "镁电池")) == {1}

    def test_a_code_on_a_field_of_names_is_the_id_of_one_whole_spelling(self) -> None:
        part, whole = {"pa": ("安庆石化",)}, {"pa": ("安庆石化设计院", "甲")}
        engine = self.holding(
            patent(1, texts=part, labels={"pa": (4,)}), patent(2, texts=whole, labels={"pa": (5, 0)}), patent(3)
        )
        assert self.keys(engine, Phrase("pa", "安庆石化")) == {1, 2}
        assert self.keys(engine, Code("pa", 4)) == {1}
        assert self.keys(engine, Code("pa", 0)) == {2}
        assert self.keys(engine, Not(Code("pa", 5))) == {1, 3}

    def test_dropped_records_are_gone_and_keys_never_held_are_no_error(self) -> None:
        engine = self.holding(*(patent(key, "水泵") for key in range(1, 6)))
        engine.drop([2, 4, 99])
        engine.drop([])
        engine.commit(2)
        assert self.keys(engine, Everything()) == {1, 3, 5}

    def test_a_rebuild_shows_the_old_records_until_it_is_committed(self) -> None:
        engine = self.holding(patent(1, "水泵"), patent(2, "风机"))
        engine.clear()
        engine.put([patent(1, "泵")])
        assert self.keys(engine, Everything()) == {1, 2}
        engine.commit(9)
        assert self.keys(engine, Everything()) == {1}

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("锂离子电池", {1, 2}),
            ("子电", {1, 2}),
            ("电池正极", {1}),
            ("电池，正极", {2}),
            ("锂", {1, 2}),
            ("5G通信", {3}),
            ("5g通", {3}),
            ("通信", {3}),
            ("基于5G通", {3}),
            ("LiFePO4/C", {3}),
            ("LiFePO", set()),
            ("通信的lifepo4", {3}),
            ("C测", {3}),
            ("lifepo4/c测", {3}),
            ("c试", set()),
            ("鋰離子電池", {1, 2}),
            ("ＬｉＦｅＰＯ４", {3}),
            ("。", set()),
            ("", set()),
            ("不在其中", set()),
        ],
    )
    def test_a_phrase_is_found_exactly_where_it_stands(self, words: str, expected: set[int]) -> None:
        engine = self.holding(
            patent(1, "一种锂离子电池正极材料"), patent(2, "锂离子电池，正极"), patent(3, "基于5G通信的LiFePO4-C测试")
        )
        assert self.keys(engine, Phrase("ti", words)) == expected

    def test_no_phrase_runs_from_one_value_into_the_next(self) -> None:
        engine = self.holding(patent(1, texts={"in": ("张三", "李四")}), patent(2, texts={"clm": ("一。", "二")}))
        assert self.keys(engine, Phrase("in", "张三李四")) == set()
        assert self.keys(engine, Phrase("in", "三；李")) == set()
        assert self.keys(engine, Phrase("clm", "一，二")) == set()
        assert self.keys(engine, Phrase("in", "李四")) == {1}

    def test_names_are_compared_without_brackets_and_punctuation(self) -> None:
        engine = self.holding(
            patent(1, texts={"pa": ("甲（安庆）公司",)}), patent(2, texts={"pa": ("Foo Bar Co., Ltd.",)})
        )
        assert self.keys(engine, Phrase("pa", "甲安庆公司")) == {1}
        assert self.keys(engine, Phrase("pa", "甲(安庆)公")) == {1}
        assert self.keys(engine, Phrase("pa", "bar co ltd")) == {2}

    def test_a_group_field_holds_where_any_of_its_members_holds(self) -> None:
        engine = self.holding(
            patent(1, "水泵"), patent(2, texts={"ab": ("水泵",)}), patent(3, texts={"clm": ("水泵",)})
        )
        assert self.keys(engine, Phrase("ta", "水泵")) == {1, 2}
        assert self.keys(engine, Phrase("any", "水泵")) == {1, 2, 3}
        assert self.keys(engine, Not(Phrase("ta", "水泵"))) == {3}

    def test_and_or_not_and_everything(self) -> None:
        engine = self.holding(patent(1, "水泵"), patent(2, "水泵风机"), patent(3, "风机"))
        pump, fan = Phrase("ti", "水泵"), Phrase("ti", "风机")
        assert self.keys(engine, And((pump, fan))) == {2}
        assert self.keys(engine, Or((pump, fan))) == {1, 2, 3}
        assert self.keys(engine, And((pump, Not(fan)))) == {1}
        assert self.keys(engine, And((Not(pump), Not(fan)))) == set()
        assert self.keys(engine, Not(And((pump, fan)))) == {1, 3}
        assert self.keys(engine, Everything()) == {1, 2, 3}
        assert self.keys(engine, And(())) == {1, 2, 3}
        assert self.keys(engine, Or(())) == set()

    def test_numbers_are_found_whole_and_by_their_beginning(self) -> None:
        engine = self.holding(
            patent(1, numbers={"apno": ("CN2020100000017",), "pn": ("CN111222333A", "CN111222333")}),
            patent(2, numbers={"apno": ("CN2020100000025",)}),
            patent(3, numbers={"apno": ("CN85102475",)}),
        )
        assert self.keys(engine, Number("apno", "CN2020100000017")) == {1}
        assert self.keys(engine, Number("apno", "CN20201")) == set()
        for beginning in ("CN2020", "CN20201000", "CN202010000001", "CN2020100000017"):
            expected = {1} if len(beginning) > 13 else {1, 2}
            assert self.keys(engine, Number("apno", beginning, prefix=True)) == expected
        assert self.keys(engine, Number("num", "CN", prefix=True)) == {1, 2, 3}
        assert self.keys(engine, Number("num", "CN111222333")) == {1}
        assert self.keys(engine, Number("apno", "CN.*", prefix=True)) == set()
        assert self.keys(engine, Number("apno", "", prefix=True)) == {1, 2, 3}
        assert self.keys(engine, Number("apno", "CN" * 5000, prefix=True)) == set()

    def test_a_truncated_symbol_finds_what_stands_below_it(self) -> None:
        engine = self.holding(
            patent(1, symbols={"ipc": ("H01M10/0525", "C01B32/00")}),
            patent(2, symbols={"ipc": ("H01M10/05",)}),
            patent(3, symbols={"ipc": ("H01L10/05",)}),
            patent(4, symbols={"loc": ("14-02",)}),
        )
        for symbol, expected in (
            ("H", {1, 2, 3}),
            ("H01", {1, 2, 3}),
            ("H01M", {1, 2}),
            ("H01M10", {1, 2}),
            ("H01M1", set()),
        ):
            assert self.keys(engine, Class("ipc", symbol)) == expected, symbol
        assert self.keys(engine, Class("ipc", "H01M10/00", low=True)) == {1, 2}
        assert self.keys(engine, Class("ipc", "H01M10/05")) == {2}
        assert self.keys(engine, Class("ipc", "H01M10/05", low=True)) == {2}
        assert self.keys(engine, Class("loc", "14")) == {4}

    def test_with_a_scheme_a_subgroup_finds_what_the_scheme_holds_below_it(self) -> None:
        def below(field: str, symbol: str) -> Sequence[str]:
            return ("H01M10/05", "H01M10/052", "H01M10/0525") if (field, symbol) == ("ipc", "H01M10/05") else ()

        one, two = patent(1, symbols={"ipc": ("H01M10/0525",)}), patent(2, symbols={"ipc": ("H01M10/06",)})
        engine = self.holding(one, two, descendants=below)
        assert self.keys(engine, Class("ipc", "H01M10/05", low=True)) == {1}
        assert self.keys(engine, Class("ipc", "H01M10/05")) == set()

    def test_ranges_hold_both_ends_and_any_of_several_values(self) -> None:
        engine = self.holding(
            patent(1, integers={"pd": (20_200_101, 20_210_101)}), patent(2, integers={"pd": (20_210_102,)}), patent(3)
        )
        assert self.keys(engine, Range("pd", 20_200_101, 20_200_101)) == {1}
        assert self.keys(engine, Range("pd", 20_200_102, 20_201_231)) == set()
        assert self.keys(engine, Range("pd", 20_210_101, None)) == {1, 2}
        assert self.keys(engine, Range("pd", None, 20_210_101)) == {1}
        assert self.keys(engine, Range("pd", None, None)) == {1, 2}
        assert self.keys(engine, Range("pd", 5, 4)) == set()
        assert self.keys(engine, Not(Range("pd", None, None))) == {3}

    def test_a_status_turns_with_the_calendar_without_a_write(self) -> None:
        engine = self.holding(
            patent(1, integers={"st": (31,), "exd": (20_240_601,)}),
            patent(2, integers={"st": (31,), "exd": (20_240_602,)}),
            patent(3, integers={"st": (31,)}),
            patent(4, integers={"st": (71,), "prd": (20_240_601,), "exd": (20_240_610,)}),
            patent(5),
        )
        assert self.keys(engine, Code("st", 31)) == {2, 3}
        assert self.keys(engine, Code("st", 41)) == {1}
        assert self.keys(engine, Code("life", 1)) == {2, 3, 4}
        assert self.keys(engine, Code("st", 41), date(2024, 6, 2)) == {1, 2}
        assert self.keys(engine, Code("st", 71), date(2024, 6, 2)) == set()
        assert self.keys(engine, Code("st", 72), date(2024, 6, 2)) == {4}
        assert self.keys(engine, Code("st", 73), date(2024, 6, 11)) == {4}
        status, life = engine.count(Everything(), ("st", "life"), today=TODAY)
        assert status == FacetCount("st", (Bucket(31, 2), Bucket(41, 1), Bucket(71, 1)), 3, 1)
        assert life == FacetCount("life", (Bucket(1, 3), Bucket(3, 1)), 2, 1)

    def test_facets_are_exact_with_the_smaller_value_first_among_equals(self) -> None:
        engine = self.holding(
            *(patent(key, labels={"pa": (key % 7, 90)}, integers={"dist": (340_881,)}) for key in range(1, 71)),
            patent(80),
        )
        found = engine.find(Everything(), today=TODAY, facets=("pa", "dist"), top=3)
        assert found.facets == (
            FacetCount("pa", (Bucket(90, 70), Bucket(0, 10), Bucket(1, 10)), 8, 1),
            FacetCount("dist", (Bucket(340_881, 70),), 1, 1),
        )
        (whole,) = engine.count(Code("dist", 340_881), ("pa",), today=TODAY)
        assert [bucket.value for bucket in whole.buckets] == [90, 0, 1, 2, 3, 4, 5, 6]
        assert whole.missing == 0

    def test_two_facets_crossed_count_records_in_every_cell_and_margin(self) -> None:
        engine = self.holding(
            patent(1, labels={"pa": (0, 5)}, integers={"kind": (1,), "ady": (2020,)}),
            patent(2, labels={"pa": (5,)}, integers={"kind": (2,), "ady": (2020,)}),
            patent(3, labels={"pa": (5, 7)}, integers={"kind": (1,)}),
            patent(4, integers={"kind": (1,), "ady": (2021,)}),
        )
        cube = engine.cube(Everything(), ("pa", "kind"), today=TODAY)
        assert (cube.total, cube.unit) == (4, Unit.APPLICATION)
        assert cube.groups == {
            ("pa",): {(0,): 1, (5,): 3, (7,): 1, (None,): 1},
            ("kind",): {(1,): 3, (2,): 1},
            ("pa", "kind"): {(0, 1): 1, (5, 1): 2, (5, 2): 1, (7, 1): 1, (None, 1): 1},
        }
        assert engine.cube(Code("kind", 1), ("ady",), today=TODAY).groups == {
            ("ady",): {(2020,): 1, (2021,): 1, (None,): 1}
        }
        assert engine.cube(Everything(), (), today=TODAY) == Cube((), 4, {})
        few = engine.cube(Everything(), ("pa", "kind"), today=TODAY, only={"pa": (7, 9)})
        assert few.groups == {**cube.groups, ("pa", "kind"): {(7, 1): 1}}

    def test_a_crossing_knows_the_statuses_of_the_day(self) -> None:
        engine = self.holding(
            patent(1, integers={"st": (31,), "exd": (20_240_601,), "kind": (1,)}),
            patent(2, integers={"st": (31,), "exd": (20_240_602,), "kind": (2,)}),
            patent(3, integers={"st": (71,), "prd": (20_240_601,), "exd": (20_240_610,), "kind": (1,)}),
            patent(4, integers={"kind": (2,)}),
        )
        now = engine.cube(Everything(), ("st", "kind"), today=TODAY)
        assert now.groups["st", "kind"] == {(41, 1): 1, (31, 2): 1, (71, 1): 1, (None, 2): 1}
        later = engine.cube(Everything(), ("kind", "life"), today=date(2024, 6, 11))
        assert later.groups["kind", "life"] == {(1, 3): 2, (2, 3): 1, (2, None): 1}
        both = engine.cube(Everything(), ("life", "st"), today=date(2024, 6, 2), only={"st": (72,)})
        assert both.groups["life", "st"] == {(1, 72): 1}
        assert both.groups[("life",)] == {(1,): 1, (3,): 2, (None,): 1}

    def test_what_cannot_be_crossed_is_refused_in_words(self) -> None:
        engine = self.holding(patent(1))
        for by, words in ((("ti",), "统计"), (("kind", "kind"), "自己"), (("kind", "pa", "ady", "st"), "最多")):
            with pytest.raises(BadQuery, match=words):
                engine.cube(Everything(), by, today=TODAY)

    def test_facets_with_many_values_are_as_exact_as_those_with_few(self) -> None:
        """More values than a page lists, equals at its end, and a few records without any."""
        some = [patent(key, labels={"pa": (key // 2, 5000), "in": (key,)}) for key in range(2, 2502)]
        engine = self.holding(*some, patent(2600), patent(2601, labels={"in": (7,)}))
        firms, people = engine.find(Everything(), today=TODAY, facets=("pa", "in"), top=1).facets
        assert (firms.buckets, firms.missing) == ((Bucket(5000, 2500),), 2)
        assert (people.buckets, people.missing) == ((Bucket(7, 2),), 1)
        assert firms.distinct == 1251 or (firms.at_least and 1000 <= firms.distinct < 1251)
        (shown,) = engine.find(Everything(), today=TODAY, facets=("pa",), top=3).facets
        assert shown.buckets == (Bucket(5000, 2500), Bucket(1, 2), Bucket(2, 2))
        firms, people = engine.count(Everything(), ("pa", "in"), today=TODAY)
        assert (firms.distinct, firms.at_least, len(firms.buckets), firms.missing) == (1251, False, 1251, 2)
        assert (people.distinct, people.buckets[:2], people.missing) == (2500, (Bucket(7, 2), Bucket(2, 1)), 1)

    @pytest.mark.parametrize("sort", [Sort(), Sort("ad"), Sort("ad", descending=False)])
    def test_pages_follow_each_other_without_gap_or_repeat_and_equals_come_newest_first(self, sort: Sort) -> None:
        engine = self.make()
        for start in (0, 100, 50, 150):  # several commits, out of order: several segments
            engine.put(
                patent(key, "水泵", integers={"ad": (20_200_101 + key % 3,)} if key % 10 else {})
                for key in range(start, start + 50)
            )
            engine.commit(start)
        for query in (Phrase("ti", "水泵"), Everything()):
            pages = [engine.find(query, today=TODAY, sort=sort, limit=7, offset=at) for at in range(0, 210, 7)]
            keys = [hit.key for page in pages for hit in page.hits]
            assert {page.total for page in pages} == {200}
            assert keys == list(engine.scan(query, today=TODAY, sort=sort))
            assert keys == self.expected_order(sort)

    @pytest.mark.parametrize("sort", [Sort("ad"), Sort("ad", descending=False)])
    def test_a_result_goes_on_behind_a_place_though_records_come_and_go(self, sort: Sort) -> None:
        def dated(keys: Iterable[int]) -> list[Document]:
            return [patent(key, "水泵", integers={"ad": (20_200_101 + key % 3,)} if key % 10 else {}) for key in keys]

        engine = self.holding(*dated(range(100)))
        whole, pages, after = list(engine.scan(Everything(), today=TODAY, sort=sort)), [], None
        for _ in range(15):
            page = engine.find(Everything(), today=TODAY, sort=sort, limit=7, after=after)
            assert page.total == 100
            if not page.hits:
                break
            pages += [hit.key for hit in page.hits]
            after = page.hits[-1].place
            assert list(engine.scan(Everything(), today=TODAY, sort=sort, after=after)) == whole[len(pages) :]
        assert pages == whole
        middle = engine.find(Everything(), today=TODAY, sort=sort, limit=50).hits[-1]
        engine.drop([middle.key, whole[0]])
        engine.put(dated([200]))
        engine.commit(2)
        rest = [hit.key for hit in engine.find(Everything(), today=TODAY, sort=sort, limit=99, after=middle.place).hits]
        assert [key for key in rest if key != 200] == whole[50:]

    def test_by_relevance_nothing_goes_on_behind_a_place(self) -> None:
        with pytest.raises(BadQuery):
            self.holding(patent(1, "水泵")).find(Phrase("ti", "水泵"), today=TODAY, after=5)

    @staticmethod
    def expected_order(sort: Sort) -> list[int]:
        """Newest first among equals; records without a date last, whichever way dates run."""
        if sort.by == "relevance":
            return list(range(199, -1, -1))
        sign = -1 if sort.descending else 1
        return sorted(range(200), key=lambda key: (key % 10 == 0, sign * (key % 3) if key % 10 else 0, -key))

    def test_the_largest_keys_and_the_last_day_keep_their_order(self) -> None:
        largest = 2**36 - 1
        days = {largest: 99_991_231, largest - 1: 99_991_231, 0: 10_101, 5: 99_991_230}
        engine = self.holding(*(patent(key, integers={"ad": (day,)}) for key, day in days.items()))
        assert list(engine.scan(Everything(), today=TODAY, sort=Sort("ad"))) == [largest, largest - 1, 5, 0]
        assert list(engine.scan(Everything(), today=TODAY, sort=Sort("ad", descending=False))) == [
            0,
            5,
            largest,
            largest - 1,
        ]

    def test_a_word_in_the_title_ranks_before_one_in_the_abstract(self) -> None:
        engine = self.holding(patent(1, "水泵叶轮"), patent(2, "风机", texts={"ab": ("一种水泵的风机",)}))
        found = engine.find(Phrase("ta", "水泵"), today=TODAY)
        assert [hit.key for hit in found.hits] == [1, 2]

    def test_an_empty_page_still_has_its_total(self) -> None:
        engine = self.holding(patent(1, "水泵"))
        for query in (Phrase("ti", "水泵"), Everything()):
            assert engine.find(query, today=TODAY, limit=0) == Found(1, ())
            assert engine.find(query, today=TODAY, offset=10) == Found(1, ())

    def test_beginnings_are_completed_by_what_is_held_the_most_frequent_first(self) -> None:
        engine = self.holding(
            patent(1, "一种锂离子电池及其制备方法", texts={"pa": ("甲公司",)}),
            patent(2, "锂离子电池的壳体", texts={"pa": ("甲公司", "乙公司")}),
            patent(3, "锂电池"),
        )
        assert engine.suggest("ti", "锂") == [Suggestion("锂离子电池", 2), Suggestion("锂电池", 1)]
        assert engine.suggest("pa", "甲") == [Suggestion("甲公司", 2)]
        assert engine.suggest("any", "壳") == [Suggestion("壳体", 1)]
        assert engine.suggest("ti", "") == []
        assert engine.suggest("ti", "锂", limit=1) == [Suggestion("锂离子电池", 2)]
        engine.drop([1, 2])
        engine.commit(2)
        assert engine.suggest("ti", "锂") == [Suggestion("锂电池", 1)]

    def test_what_cannot_be_done_is_refused_in_words(self) -> None:
        engine = self.holding(patent(1, "水泵"))
        with pytest.raises(BadQuery, match="排序"):
            engine.find(Everything(), today=TODAY, sort=Sort("ti"))
        with pytest.raises(BadQuery, match="统计"):
            engine.count(Everything(), ("ad",), today=TODAY)
        deep: Node = Phrase("ti", "水泵")
        for _ in range(5000):
            deep = Not(deep)
        with pytest.raises(BadQuery, match="嵌套"):
            engine.find(deep, today=TODAY)
        with pytest.raises(BadQuery, match="上限"):
            engine.find(Or(tuple(Phrase("any", str(one)) for one in range(5000))), today=TODAY)

    def test_five_thousand_terms_are_answered(self) -> None:
        engine = self.holding(patent(1, "水泵"))
        many = Or(tuple(Phrase("ti", f"词{one}") for one in range(4999)))
        assert self.keys(engine, Or((many, Phrase("ti", "水")))) == {1}
