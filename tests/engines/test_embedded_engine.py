"""The embedded engine keeps the contract, and what only an engine with files promises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from patmark.engines import tantivy_counts, tantivy_cube, tantivy_pages
from patmark.engines.base import Engine, Sort
from patmark.engines.brute import BruteEngine
from patmark.engines.embedded import EmbeddedEngine
from patmark.engines.index_state import FILE
from patmark.engines.turns import Calendar
from patmark.errors import EngineDown
from patmark.fields import Subject
from patmark.query.tree import Everything, Phrase
from tests.engines.contract import CALENDAR, TODAY, EngineContract, patent

HEAP = 15_000_000


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> Iterator[None]:
        self.folder = tmp_path / "index"
        self.made: list[EmbeddedEngine] = []
        yield
        for engine in self.made:
            engine.close()

    def make(self, calendar: Calendar = CALENDAR, descendants: Any = None) -> Engine:
        engine = EmbeddedEngine.create(
            self.folder, Subject.PATENT, calendar=calendar, descendants=descendants, heap=HEAP
        )
        self.made.append(engine)
        return engine


def opened(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder, Subject.PATENT, heap=HEAP)


def test_a_reader_elsewhere_sees_every_commit_and_a_new_index_in_the_same_folder(tmp_path: Path) -> None:
    writer = EmbeddedEngine.create(tmp_path / "index", Subject.PATENT, heap=HEAP)
    reader = opened(tmp_path / "index")
    for key in range(1, 6):
        writer.put([patent(key, "水泵")])
        writer.commit(key)
        assert (reader.size, reader.sequence) == (key, key)
    writer.close()
    again = EmbeddedEngine.create(tmp_path / "index", Subject.PATENT, heap=HEAP)
    again.put([patent(9, "风机")])
    again.commit(77)
    assert (reader.size, reader.sequence) == (1, 77)
    assert reader.find(Phrase("ti", "风机"), today=TODAY).total == 1
    again.close()


def test_what_was_not_committed_is_gone_after_closing(tmp_path: Path) -> None:
    engine = EmbeddedEngine.create(tmp_path / "index", Subject.PATENT, heap=HEAP)
    engine.put([patent(1, "水泵")])
    engine.commit(5)
    engine.put([patent(2, "风机")])
    engine.close()
    again = opened(tmp_path / "index")
    assert (again.size, again.sequence) == (1, 5)


def test_a_second_writer_is_refused_in_words_and_readers_are_not(tmp_path: Path) -> None:
    engine = EmbeddedEngine.create(tmp_path / "index", Subject.PATENT, heap=HEAP)
    engine.put([patent(1, "水泵")])
    engine.commit(1)
    other = opened(tmp_path / "index")
    with pytest.raises(EngineDown, match="另一个进程正在写"):
        other.put([patent(2, "风机")])
    assert other.find(Everything(), today=TODAY).total == 1
    engine.close()


def test_lists_longer_than_one_answer_of_tantivy_are_read_in_portions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_counts, "_PORTION", 7)
    engine = EmbeddedEngine.create(tmp_path / "index", Subject.PATENT, heap=HEAP)
    engine.put(patent(key, labels={"pa": (key % 21, 90)} if key % 4 else {}) for key in range(1, 101))
    engine.commit(1)
    oracle = BruteEngine(Subject.PATENT)
    oracle.put(patent(key, labels={"pa": (key % 21, 90)} if key % 4 else {}) for key in range(1, 101))
    oracle.commit(1)
    assert engine.count(Everything(), ("pa",), today=TODAY) == oracle.count(Everything(), ("pa",), today=TODAY)
    monkeypatch.setattr(tantivy_cube, "_PORTION", 7)
    by = ("pa", "own")
    assert engine.cube(Everything(), by, today=TODAY) == oracle.cube(Everything(), by, today=TODAY)
    engine.close()


def test_a_whole_result_is_read_in_portions_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy_pages, "_SCAN_CHUNK", 7)
    engine = EmbeddedEngine.create(tmp_path / "index", Subject.PATENT, heap=HEAP)
    engine.put(patent(key, "水泵", integers={"ad": (20_200_101 + key % 5,)} if key % 3 else {}) for key in range(50))
    engine.commit(1)
    newest_first = list(range(49, -1, -1))
    for query in (Everything(), Phrase("ti", "水泵")):
        assert list(engine.scan(query, today=TODAY)) == newest_first
        by_date = list(engine.scan(query, today=TODAY, sort=Sort("ad", descending=False)))
        assert by_date == sorted(newest_first, key=lambda key: (key % 3 == 0, key % 5 if key % 3 else 0))
    engine.close()


_DIES_BEFORE_ITS_STATE_IS_WRITTEN = """
import os, sys
from pathlib import Path
from patmark.engines import embedded
from patmark.engines.base import Document
from patmark.fields import Subject
engine = embedded.EmbeddedEngine(Path(sys.argv[1]), Subject.PATENT, heap=15_000_000)
engine.put([Document(key=1, texts={"ti": ("风机",)}), Document(key=2, texts={"ti": ("风机",)})])
embedded.write_state = lambda *given: os._exit(9)
engine.commit(2)
"""


def test_changes_committed_by_a_process_that_died_are_applied_again_without_harm(tmp_path: Path) -> None:
    engine = EmbeddedEngine.create(tmp_path / "index", Subject.PATENT, heap=HEAP)
    engine.put([patent(1, "水泵")])
    engine.commit(1)
    engine.close()
    died = subprocess.run(
        [sys.executable, "-c", _DIES_BEFORE_ITS_STATE_IS_WRITTEN, str(tmp_path / "index")], check=False
    )
    assert died.returncode == 9
    again = opened(tmp_path / "index")
    assert again.sequence == 1
    again.put([patent(1, "风机"), patent(2, "风机")])
    again.commit(2)
    assert (again.size, again.sequence) == (2, 2)
    assert again.find(Phrase("ti", "风机"), today=TODAY).total == 2
    assert again.find(Phrase("ti", "水泵"), today=TODAY).total == 0
    again.close()


def test_no_index_a_broken_one_and_another_structure_say_how_to_mend(tmp_path: Path) -> None:
    with pytest.raises(EngineDown, match="zhiquan reindex"):
        opened(tmp_path / "nowhere")
    folder = tmp_path / "index"
    EmbeddedEngine.create(folder, Subject.PATENT)
    with pytest.raises(EngineDown, match="zhiquan reindex"):
        EmbeddedEngine(folder, Subject.TRADEMARK)
    (folder / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(EngineDown, match="zhiquan reindex"):
        opened(folder)
    (folder / FILE).write_text("[]", encoding="utf-8")
    with pytest.raises(EngineDown, match="zhiquan reindex"):
        opened(folder)


def test_creating_makes_an_empty_index_in_place_of_whatever_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "meta.json").write_text("{", encoding="utf-8")
    engine = EmbeddedEngine.create(folder, Subject.TRADEMARK)
    assert (engine.size, engine.sequence) == (0, 0)
