"""The index follows the records: one process at a time drains the changes, everybody else reads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from patmark.engines.embedded import EmbeddedEngine
from patmark.engines.index_state import FILE as STATE
from patmark.engines.turns import calendar_of
from patmark.errors import EngineDown
from patmark.fields import Subject
from zhiquan.common.action import Actor, Entry, action
from zhiquan.records import queries
from zhiquan.records.home import held
from zhiquan.records.models import Record
from zhiquan.records.models import Subject as Held
from zhiquan.search.documents import documents
from zhiquan.search.schemes import descendants

SUBJECTS = {Subject.PATENT: Held.PATENT, Subject.TRADEMARK: Held.TRADEMARK}
#: Records read from the database and handed to the engine at once.
PORTION = 1_000
#: While changes keep coming, a commit is made at the latest after so many records or seconds: each costs a segment.
COMMIT_ROWS = 50_000
COMMIT_SECONDS = 10.0
#: Changes of the other subject after which an index notes that it has passed them, though it took nothing.
FAR = 10_000
#: How often a follower looks for changes: well under the half second in which a change is to be visible.
LOOK_EVERY = 0.05
#: How long a command waits for another process that writes the index to have taken what is stored.
PATIENCE = 30.0

Watch = Callable[[int, int], None]


def folder(subject: Subject) -> Path:
    return Path(settings.ZHIQUAN_SEARCH_FOLDER) / f"{subject.value}s"


def engine(subject: Subject) -> EmbeddedEngine:
    """This process's reader of a subject's index. Raises EngineDown where there is none yet (`zhiquan reindex`)."""
    return _opened(subject, folder(subject))


def is_built(subject: Subject) -> bool:
    """Whether there is an index at all: a site has none until its follower has begun."""
    return (folder(subject) / STATE).exists()


@lru_cache(maxsize=8)
def _opened(subject: Subject, where: Path) -> EmbeddedEngine:
    return EmbeddedEngine(where, subject, calendar=calendar_of(subject), descendants=descendants)


def _writable(subject: Subject) -> EmbeddedEngine:
    """An engine to write with: the one on disk, or a new one where there is none or of an older schema."""
    where = folder(subject)
    try:
        return EmbeddedEngine(where, subject, calendar=calendar_of(subject), descendants=descendants)
    except EngineDown:
        _opened.cache_clear()
        return EmbeddedEngine.create(where, subject, calendar=calendar_of(subject), descendants=descendants)


@contextmanager
def writing() -> Iterator[bool]:
    """Holds the writer's lock of the index for the block; False when another process is the writer."""
    with held("index") as mine:
        yield mine


class Follower:
    """Brings the index of one subject up to the last change, whenever asked."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._engine = _writable(subject)
        self._reached = self._engine.sequence

    @property
    def reached(self) -> int:
        return self._reached

    def drain(self, watch: Watch = lambda done, last: None) -> int:
        """Takes every change there is; answers how many records it took. All of it is visible when it returns."""
        done, uncommitted, since = 0, 0, time.monotonic()
        last = queries.last_change()
        while changed := queries.changed_after(self._reached, SUBJECTS[self.subject], PORTION):
            self._take(changed)
            self._reached = changed[-1][0]
            done += len(changed)
            uncommitted += len(changed)
            if uncommitted >= COMMIT_ROWS or time.monotonic() - since > COMMIT_SECONDS:
                self._engine.commit(self._reached)
                uncommitted, since = 0, time.monotonic()
            watch(done, self._reached)
        # Whatever lies behind `last` is taken now, or is the other subject's: it is not looked through again and again.
        self._reached = max(self._reached, last)
        if uncommitted or self._reached - self._engine.sequence > FAR:
            self._engine.commit(self._reached)
        return done

    def fill(self, watch: Watch = lambda done, last: None) -> int:
        """Empties the index and takes every record again; readers see the old one until the new one is whole."""
        done, last, record = 0, queries.last_change(), 0
        self._engine.clear()
        # In the order of their keys, so that the engine never has to look for one to replace.
        while records := queries.live_after(record, SUBJECTS[self.subject], PORTION):
            self._engine.put(documents(self.subject, records))
            record = records[-1]
            done += len(records)
            watch(done, last)
        self._engine.commit(last)
        self._reached = last
        return done

    def close(self) -> None:
        self._engine.close()

    def _take(self, changed: list[tuple[int, int, int]]) -> None:
        live = [record for _, record, state in changed if state == Record.State.LIVE]
        gone = [record for _, record, state in changed if state != Record.State.LIVE]
        self._engine.put(documents(self.subject, live))
        self._engine.drop(gone)


def catch_up(watch: Watch = lambda done, last: None) -> bool:
    """Brings both indexes up to date, or waits until the process that writes them has; answers whether they are."""
    wanted = queries.last_change()
    until = time.monotonic() + PATIENCE
    while True:
        with writing() as mine:
            if mine:
                for subject in SUBJECTS:
                    follower = Follower(subject)
                    follower.drain(watch)
                    follower.close()
                return True
        if all(_holds(subject, wanted) for subject in SUBJECTS):
            return True
        if time.monotonic() > until:
            return False
        time.sleep(LOOK_EVERY)


def _holds(subject: Subject, wanted: int) -> bool:
    """Whether an index holds every change of its subject up to a number."""
    try:
        missing = queries.changed_after(engine(subject).sequence, SUBJECTS[subject], 1)
    except EngineDown:
        return False
    return not missing or missing[0][0] > wanted


def follow(stop: Callable[[], bool]) -> None:
    """Follows the changes until told to stop; waits for the lock where another process is the writer."""
    while not stop():
        with writing() as mine:
            if not mine:
                time.sleep(LOOK_EVERY)
                continue
            followers = [Follower(subject) for subject in SUBJECTS]
            seen = -1
            while not stop():
                last = queries.last_change()
                if last != seen:
                    for one in followers:
                        one.drain()
                    seen = last
                time.sleep(LOOK_EVERY)
            for one in followers:
                one.close()


@action("index.rebuild")
def _permit_rebuild(entry: Entry, subject: str) -> None:
    """The rebuild itself writes no row; its passage through the door is recorded."""


def rebuild(actor: Actor, watch: Watch = lambda done, last: None) -> int:
    """Builds both indexes anew from the records; answers how many they hold. EngineDown while a server writes."""
    total = 0
    with writing() as mine:
        if not mine:
            raise EngineDown("另一个进程正在写检索索引（网站正在运行）。", mend="请先停止 zhiquan serve，再重建索引。")
        for subject in SUBJECTS:
            _permit_rebuild(actor, subject.value)
            follower = Follower(subject)
            total += follower.fill(_counting_from(total, watch))
            follower.drain()
            follower.close()
    return total


def _counting_from(before: int, watch: Watch) -> Watch:
    return lambda done, last: watch(before + done, last)
