"""`/health`: what a probe is told, and the page for staff."""

from __future__ import annotations

import json
import shutil

import pytest
from django.db import DatabaseError
from django.test import override_settings

from patmark.fields import Subject
from tests.records.tables import imported, patent, write_csv
from tests.search.conftest import at
from zhiquan.records.home import held
from zhiquan.records.working import LOCK
from zhiquan.search import index
from zhiquan.site import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path):
    with at(tmp_path / "home"):
        yield tmp_path / "home"


def probed(client, address="/health", status=200):
    response = client.get(address)
    assert response.status_code == status and response["Content-Type"] == "application/json"
    return json.loads(response.content)


def test_it_tells_each_part_and_nothing_that_is_nobody_s_business(home, client):
    index.catch_up()
    with held("index"), held(LOCK):
        told = probed(client)
    assert told["parts"]["database"]["status"] == "ok"
    assert told["parts"]["index.patent"] == {"status": "ok", "records": 0, "behind": 0}
    assert told["parts"]["follower"] == told["parts"]["worker"] == {"status": "ok"}
    assert told["parts"]["disk"]["free_mb"] > 0
    assert str(home) not in json.dumps(told) and "version" not in told


@pytest.mark.parametrize("address", ["/health", "/health/"])
def test_head_answers_without_a_body_and_nothing_is_kept_of_the_visit(home, client, address):
    response = client.head(address)
    assert response.status_code == 200 and response.content == b""
    assert not response.cookies and "no-store" in response["Cache-Control"]


def test_an_index_that_is_behind_is_told_with_how_far(home, client, tmp_path):
    index.catch_up()
    imported(write_csv(tmp_path / "a.csv", [patent(1), patent(2)]))
    told = probed(client)
    assert told["status"] == "warn" and told["parts"]["index.patent"] == {"status": "warn", "records": 2, "behind": 2}
    index.catch_up()
    assert probed(client)["parts"]["index.patent"] == {"status": "ok", "records": 2, "behind": 0}


def test_records_without_an_index_cannot_be_searched_and_that_is_a_failure(home, client, tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    index.catch_up()
    shutil.rmtree(index.folder(Subject.PATENT))
    assert probed(client, status=503)["parts"]["index.patent"]["status"] == "fail"


def test_a_database_that_does_not_answer_is_a_failure(home, client, monkeypatch):
    def gone():
        raise DatabaseError("gone")

    monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda query: gone())
    told = probed(client, status=503)
    assert told["status"] == "fail" and told["parts"]["database"] == {"status": "fail"}


@pytest.mark.parametrize(("free", "state", "status"), [(100, "fail", 503), (1_000, "warn", 200), (9_000, "ok", 200)])
def test_a_disk_that_fills_is_told_in_time(home, client, monkeypatch, free, state, status):
    usage = shutil.disk_usage(home)._replace(free=free << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert probed(client, status=status)["parts"]["disk"] == {"status": state, "free_mb": free}


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_probe_beside_the_proxy_is_not_sent_to_https(home, client):
    assert client.get("/health").status_code == 200
    assert client.get("/patents/").status_code == 301


def test_staff_read_it_in_sentences(home, operator_client, citizen_client):
    page = operator_client.get("/health/detail/").content.decode()
    assert "运行状况" in page and "索引进程" in page and "还没有备份过" in page
    assert citizen_client.get("/health/detail/").status_code == 403


def test_logs_kept_for_less_than_the_law_asks_are_called_so(home, operator_client):
    with override_settings(ZHIQUAN_LOG_DAYS=90):
        assert "少于法律要求的六个月" in operator_client.get("/health/detail/").content.decode()
    with override_settings(ZHIQUAN_LOG_DAYS=health.SIX_MONTHS):
        assert "少于法律要求的六个月" not in operator_client.get("/health/detail/").content.decode()
