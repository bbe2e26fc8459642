"""Demonstration data in by the ordinary import, found by what the industries ask, marked, and out without a trace."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import override_settings

from patmark.demo import END
from patmark.errors import NotFound, WrongState
from patmark.fields import Subject
from patmark.industries import industries
from patmark.query import default_context, parse
from tests.records.tables import patent, write_csv
from zhiquan.common.action import CONSOLE
from zhiquan.demo import loading, removing
from zhiquan.records import actions, importing, queries
from zhiquan.records.models import (
    Batch,
    Change,
    Event,
    Number,
    Party,
    PartyLink,
    Publication,
    Record,
    Reject,
    Statement,
)
from zhiquan.records.pictures import hung, image
from zhiquan.search import index

pytestmark = pytest.mark.django_db

SIZE = 240
EVERYTHING = (Record, Statement, Number, Publication, Event, PartyLink, Party, Change, Reject)


@pytest.fixture
def home(tmp_path):
    cache.clear()
    folder = tmp_path / "home"
    with override_settings(ZHIQUAN_HOME=folder, ZHIQUAN_SEARCH_FOLDER=folder / "index"):
        folder.mkdir()
        yield folder


def rows():
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def found(query, subject=Subject.PATENT):
    return index.engine(subject).find(parse(query, subject, default_context()).tree, today=END, limit=1).total


def raw_files(home):
    return [one for one in (home / "raw").rglob("*") if one.is_file()]


def test_every_record_goes_in_and_is_found_by_its_industry(home):
    batch = loading.load(SIZE)
    (file,) = batch.files.all()
    assert batch.sample
    assert (file.kind, file.new, file.rejected) == ("zip", SIZE, 0)
    assert queries.live_count() == SIZE
    index.catch_up()
    assert sum(found(one.query) > 0 for one in industries()) == len(industries())
    assert sum(found(one.mark_query, Subject.TRADEMARK) > 0 for one in industries()) >= 8
    assert not list(home.glob("demo-*"))


def test_pictures_come_with_the_records(home):
    loading.load(30, only="trademarks")
    wholes = [queries.whole(record) for record in Record.objects.all()]
    seen = [one for one in wholes if one.merged.record.pictures]
    assert 10 < len(seen) < 30
    for one in seen:
        assert [each.shown for each in hung(one)] == [True]
        assert image(one, 1).media_type == "image/png"


def test_every_record_says_that_it_is_invented(home):
    loading.load(12)
    for record in Record.objects.all():
        assert "演示数据" in dict(queries.whole(record).merged.record.extra)


def test_removed_data_leave_nothing_and_real_records_stay(home, tmp_path):
    importing.import_paths(CONSOLE, [write_csv(tmp_path / "real.csv", [patent(1), patent(2)])])
    before, files = rows(), raw_files(home)
    loading.load(60)
    assert removing.undo() == 60
    assert removing.purge() == 60
    persons = Party.objects.exclude(links__isnull=False).count()
    assert rows() | {"Party": rows()["Party"] - persons} == before | {"Party": rows()["Party"] - persons}
    assert raw_files(home) == files
    assert queries.live_count() == 2


def test_with_nothing_else_held_not_even_names_stay(home):
    loading.load(60)
    removing.undo()
    removing.purge()
    assert set(rows().values()) == {0}
    assert raw_files(home) == []


def test_the_index_follows_a_removal(home):
    loading.load(60)
    index.catch_up()
    assert found("ad:*") == 40
    removing.undo()
    index.catch_up()
    removing.purge()
    assert found("ad:*") == found("fd:*", Subject.TRADEMARK) == 0


def test_loaded_twice_is_refused_and_again_after_a_removal_is_not(home):
    loading.load(12)
    with pytest.raises(WrongState, match="已经装入"):
        loading.load(30)
    removing.undo()
    removing.purge()
    assert loading.load(30).files.get().new == 30


def test_nothing_to_remove_says_so(home):
    with pytest.raises(NotFound, match="没有装入演示数据"):
        removing.undo()


def test_only_an_undone_batch_can_be_purged(home):
    batch = loading.load(6)
    with pytest.raises(WrongState, match="请先撤销"):
        actions.purge_batch(CONSOLE, batch)
    assert Statement.objects.count() == 6


def test_handed_to_the_worker_it_waits(home):
    batch = loading.load(12, background=True)
    assert (batch.state, batch.background, batch.sample) == (Batch.State.RUNNING, True, True)
    assert queries.live_count() == 0
    assert loading.loaded_share() == 0
    importing.run(CONSOLE, batch)
    assert queries.live_count() == 12
    assert loading.loaded_share() is None


def test_pages_say_how_far_it_is(home, client):
    assert "正在装入演示数据" not in client.get("/").content.decode()
    cache.clear()
    batch = loading.load(12, background=True)
    assert "已完成 10%" in client.get("/").content.decode()
    importing.run(CONSOLE, batch)
    cache.clear()
    page = client.get("/").content.decode()
    assert "正在装入演示数据" not in page
    assert "全部是虚构的" in page
