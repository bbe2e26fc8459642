"""Libraries of real imported records with their index: the product's sample, shared by tests that only read; or a test's own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from tests.search.pages import Site
from tests.search.sample import SAMPLE
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing
from zhiquan.search import index

PATENT_HEAD = [
    "申请号",
    "申请日",
    "公开（公告）号",
    "公开（公告）日",
    "名称",
    "摘要",
    "主分类号",
    "申请（专利权）人",
    "地址",
]
MARK_HEAD = ["注册号", "商标名称", "国际分类", "类似群", "商品服务", "申请人", "申请人地址", "申请日期"]


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """The product's own sample in a home of its own, undone after the module."""
    home = tmp_path_factory.mktemp("home")
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic(), at(home):
        importing.import_paths(CONSOLE, [SAMPLE], name="自带样例（虚构）", sample=True)
        index.catch_up()
        yield home
        transaction.set_rollback(True)


@pytest.fixture
def site(sample, db, client):
    """The sample as a stranger sees it."""
    return Site(client)


@pytest.fixture
def home(tmp_path, db):
    """An empty home."""
    cache.clear()
    with at(tmp_path / "home"):
        yield tmp_path / "home"


@pytest.fixture
def own(home, client):
    """An empty library as a stranger sees it; `hold` brings records in."""
    return Site(client)


def at(home):
    home.mkdir(exist_ok=True)
    return override_settings(ZHIQUAN_HOME=home, ZHIQUAN_SEARCH_FOLDER=home / "index")


def hold(folder: Path, *rows: dict[str, str], name: str = "rows.csv", head: list[str] = PATENT_HEAD):
    """Imports rows as a CSV file and lets the index follow; answers the batch."""
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, head, restval="")
        writer.writeheader()
        writer.writerows(rows)
    batch = importing.import_paths(CONSOLE, [path])
    index.catch_up()
    return batch


def hold_marks(folder: Path, *rows: dict[str, str], name: str = "marks.csv"):
    return hold(folder, *rows, name=name, head=MARK_HEAD)
