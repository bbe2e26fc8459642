"""The index follows the records: in, out, back again; after a crash as on an ordinary day; one writer, many readers."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager

import pytest

from patmark.engines.embedded import EmbeddedEngine
from patmark.engines.index_state import read_state, write_state
from patmark.errors import EngineDown
from patmark.fields import FIELDS, Subject
from patmark.query.tree import Everything
from tests.architecture.tree import ROOT
from tests.search.conftest import hold, hold_marks
from zhiquan.common.action import CONSOLE
from zhiquan.common.models import AuditEntry
from zhiquan.records import actions, importing, queries
from zhiquan.search import index
from zhiquan.search.answers import ask, today

A = {"申请号": "CN201719900014.X", "名称": "甲装置", "申请（专利权）人": "甲公司", "申请日": "2017.01.13"}
B = {"申请号": "CN201829900732.7", "名称": "乙装置", "申请（专利权）人": "乙公司", "申请日": "2018.08.28"}


def titles(own, query="装置"):
    return sorted(own.ask(query).titles)


def answers(subject):
    """Everything the index says of everything: total, order, every facet."""
    engine = index.engine(subject)
    facets = [row.key for row in FIELDS[subject] if row.facet]
    return list(engine.scan(Everything(), today=today())), engine.count(Everything(), facets, today=today())


def test_what_is_imported_is_found(own, tmp_path):
    hold(tmp_path, A)
    assert titles(own) == ["甲装置"]
    hold(tmp_path, B, name="b.csv")
    assert titles(own) == ["乙装置", "甲装置"]


def test_what_is_undone_is_gone_and_imported_again_is_back(own, tmp_path):
    hold(tmp_path, A)
    batch = hold(tmp_path, B, name="b.csv")
    importing.undo(CONSOLE, batch)
    index.catch_up()
    assert titles(own) == ["甲装置"]
    hold(tmp_path, B, name="b.csv")
    assert titles(own) == ["乙装置", "甲装置"]
    assert own.ask(B["申请号"]).titles == ["乙装置"]


def test_a_changed_value_is_found_and_the_old_one_no_longer(own, tmp_path):
    hold(tmp_path, A)
    hold(tmp_path, A | {"申请（专利权）人": "丙公司"}, name="b.csv")
    assert own.ask("pa:丙公司").total == 1 and own.ask("装置").total == 1
    assert own.ask("pa:甲公司").total == 0


def test_what_was_withdrawn_before_the_index_saw_it_is_not_shown(own, tmp_path):
    batch = hold(tmp_path, A, B)
    importing.undo(CONSOLE, batch)
    page = own.ask("装置")
    assert page.status == 200 and page.titles == []


def test_a_rebuild_gives_the_same_answers(own, tmp_path):
    hold(tmp_path, A, B)
    hold(tmp_path, A | {"名称": "甲装置二"}, name="b.csv")
    hold_marks(tmp_path, {"注册号": "99000011", "商标名称": "宜刷示例", "国际分类": "21"})
    before = {subject: answers(subject) for subject in Subject}
    assert index.rebuild(CONSOLE) == 3
    assert {subject: answers(subject) for subject in Subject} == before
    assert AuditEntry.objects.filter(action="index.rebuild").count() == 2


def test_until_a_rebuild_is_whole_readers_see_the_old_index(own, tmp_path, monkeypatch):
    hold(tmp_path, A, B)
    monkeypatch.setattr(index, "PORTION", 1)
    seen = []
    index.rebuild(CONSOLE, watch=lambda done, last: seen.append((done, ask("", Subject.PATENT).total)))
    assert seen == [(1, 2), (2, 2)]
    assert ask("", Subject.PATENT).total == 2


def test_records_derived_anew_are_taken_again_without_a_change_of_their_history(own, tmp_path):
    hold(tmp_path, A, B)
    before, last = answers(Subject.PATENT), queries.last_change()
    assert actions.touch_records(CONSOLE, 0, 1) > 0
    record = 0
    while record := actions.touch_records(CONSOLE, record, 1):
        pass
    assert queries.last_change() > last
    index.catch_up()
    assert answers(Subject.PATENT) == before
    assert not queries.history(queries.record_of(A["申请号"]))


def test_a_crash_between_the_commit_and_its_number_repeats_changes_and_doubles_nothing(own, tmp_path):
    hold(tmp_path, A)
    folder = index.folder(Subject.PATENT)
    earlier = read_state(folder)
    hold(tmp_path, B, name="b.csv")
    whole = answers(Subject.PATENT)
    write_state(folder, earlier)
    index.catch_up()
    assert read_state(folder).sequence == queries.last_change()
    assert answers(Subject.PATENT) == whole and titles(own) == ["乙装置", "甲装置"]


def test_a_crash_before_the_commit_loses_nothing(own, tmp_path):
    hold(tmp_path, A)
    path = tmp_path / "b.csv"
    path.write_text("申请号,名称\nCN201829900732.7,乙装置\n", encoding="utf-8-sig")
    importing.import_paths(CONSOLE, [path])
    follower = index.Follower(Subject.PATENT)
    follower._engine.commit = lambda sequence: (_ for _ in ()).throw(KeyboardInterrupt)  # the power goes out here
    with pytest.raises(KeyboardInterrupt):
        follower.drain()
    follower._engine.close()
    index.catch_up()
    assert titles(own) == ["乙装置", "甲装置"]


def test_many_changes_of_the_other_subject_are_passed_over_once(own, tmp_path, monkeypatch):
    hold(tmp_path, A)
    monkeypatch.setattr(index, "FAR", 1)
    hold_marks(tmp_path, *({"注册号": f"990000{at}", "商标名称": "甲"} for at in range(10, 15)))
    assert index.engine(Subject.PATENT).sequence == queries.last_change()


@contextmanager
def another_process(code, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


HOLDER = """
import fcntl, pathlib, sys
lock = open(pathlib.Path(sys.argv[1]) / "locks" / "index.lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
"""


def test_while_another_process_writes_a_rebuild_is_refused_and_a_command_waits_for_it(own, home, tmp_path, monkeypatch):
    hold(tmp_path, A)
    monkeypatch.setattr(index, "PATIENCE", 0.0)
    with another_process(HOLDER, home) as holder:
        assert holder.stdout.readline() == "held\n"
        with index.writing() as mine:
            assert not mine
        with pytest.raises(EngineDown, match="zhiquan serve"):
            index.rebuild(CONSOLE)
        assert index.catch_up(), "nothing new to wait for"
        path = tmp_path / "b.csv"
        path.write_text("申请号,名称\nCN201829900732.7,乙装置\n", encoding="utf-8-sig")
        importing.import_paths(CONSOLE, [path])
        assert not index.catch_up(), "the other one never takes it"
        holder.stdin.write("\n")
        holder.stdin.flush()
        holder.wait()
    assert index.catch_up() and titles(own) == ["乙装置", "甲装置"]


READER = """
import pathlib, sys
from patmark.engines.embedded import EmbeddedEngine
from patmark.fields import Subject
engine = EmbeddedEngine(pathlib.Path(sys.argv[1]), Subject.PATENT)
print(engine.size, flush=True)
for line in sys.stdin:
    print(engine.size, flush=True)
"""


def test_a_reader_in_another_process_sees_each_commit_and_each_new_life_of_the_index(own, tmp_path):
    hold(tmp_path, A)
    folder = index.folder(Subject.PATENT)

    def size(reader):
        reader.stdin.write("\n")
        reader.stdin.flush()
        return int(reader.stdout.readline())

    with another_process(READER, folder) as reader:
        assert reader.stdout.readline() == "1\n"
        hold(tmp_path, B, name="b.csv")
        assert size(reader) == 2
        index.rebuild(CONSOLE)
        assert size(reader) == 2
        EmbeddedEngine.create(folder, Subject.PATENT).close()
        index._opened.cache_clear()
        assert size(reader) == 0
        index.catch_up()
        assert size(reader) == 2


def test_the_follower_takes_changes_until_it_is_told_to_stop(own, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("申请号,名称\nCN201829900732.7,乙装置\n", encoding="utf-8-sig")
    importing.import_paths(CONSOLE, [path])
    asked = iter([False, False, False, True, True])
    index.follow(lambda: next(asked))
    assert titles(own) == ["乙装置"]
