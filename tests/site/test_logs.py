"""The logs: one line of JSON a request and an event, no more about people than needed, kept and cleared by the day."""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests import people
from tests.architecture.tree import ROOT
from tests.site.service import Service
from zhiquan.accounts import actions
from zhiquan.accounts.models import Token
from zhiquan.site import logs
from zhiquan.site.logs import DailyFile, JsonLines, tidy


@pytest.fixture
def lines(tmp_path):
    """The requests logged while the test runs."""
    handler = DailyFile(tmp_path / "logs", "requests", 200)
    logs.requests.addHandler(handler)
    logs.requests.setLevel(logging.INFO)
    yield lambda: [
        json.loads(line)
        for path in (tmp_path / "logs").glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    logs.requests.removeHandler(handler)
    handler.close()


@pytest.mark.django_db
def test_a_request_is_one_line_without_what_was_asked(client, lines):
    response = client.get("/about/?q=秘密的研究方向", headers={"X-Request-ID": "pretended-by-a-stranger"})
    [line] = lines()
    assert set(line) - {"slow"} == {
        "at",
        "level",
        "logger",
        "process",
        "request",
        "method",
        "path",
        "status",
        "milliseconds",
        "user",
    }
    assert (line["method"], line["path"], line["status"], line["user"]) == (
        "GET",
        "/about/",
        response.status_code,
        "stranger",
    )
    assert line["request"] == response["X-Request-ID"] != "pretended-by-a-stranger"
    assert line["milliseconds"] > 0 and "秘密" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.django_db
def test_who_is_signed_in_stands_there_by_a_key_and_no_name(operator_client, lines):
    operator_client.get("/about/")
    assert re.fullmatch(r"user:\d+", lines()[0]["user"])


@pytest.mark.django_db
def test_a_slow_request_is_called_slow(client, lines, monkeypatch):
    monkeypatch.setattr(logs, "SLOW", 0)
    client.get("/about/")
    assert lines()[0]["slow"] is True and lines()[0]["level"] == "warning"


@pytest.mark.django_db
def test_a_program_is_known_by_its_token(client, lines):
    user = people.citizen()
    secret = actions.create_token(people.on_a_page(user), Token(owner=user, name="统计"))
    client.get("/api/v1/status", headers={"Authorization": f"Bearer {secret}"})
    assert re.fullmatch(r"token:\d+", lines()[0]["user"]) and secret not in json.dumps(lines())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "keeps"), [("get", "/about/", False), ("get", "/batches/", True), ("post", "/sign-in/", True)]
)
def test_the_address_is_kept_only_where_something_was_sent_or_refused(client, lines, method, address, keeps):
    getattr(client, method)(address, REMOTE_ADDR="203.0.113.9")
    assert [("address" in line) for line in lines()] == [keeps]


@pytest.mark.django_db
def test_probes_and_styles_are_no_news(client, lines):
    client.get("/static/common/tokens.css")
    client.get("/about/")
    assert [line["path"] for line in lines()] == ["/about/"]


@pytest.mark.django_db
def test_behind_a_proxy_on_this_machine_its_id_and_the_visitor_are_taken(client, lines):
    given = {"X-Request-ID": "0123456789abcdef", "X-Real-IP": "203.0.113.9", "X-Forwarded-Proto": "https"}
    with override_settings(HTTPS=True):
        client.post("/sign-in/", REMOTE_ADDR="127.0.0.1", headers=given)
        client.post("/sign-in/", REMOTE_ADDR="198.51.100.7", headers=given)
    first, second = lines()
    assert (first["request"], first["address"]) == ("0123456789abcdef", "203.0.113.9")
    assert second["request"] != "0123456789abcdef" and second["address"] == "198.51.100.7"


@pytest.mark.django_db
def test_a_fault_is_logged_with_its_trace_and_the_page_names_its_number(lines, tmp_path, monkeypatch):
    handler = DailyFile(tmp_path / "logs", "events", 200)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    monkeypatch.setattr("zhiquan.site.views.sources", lambda: 1 // 0)
    response = Client(raise_request_exception=False).get("/about/?q=秘密")
    logger.removeHandler(handler)
    handler.close()
    assert response.status_code == 500 and f"故障编号：{response['X-Request-ID']}" in response.content.decode()
    found = [line for line in lines() if "trace" in line]
    assert "ZeroDivisionError" in found[0]["trace"] and found[0]["request"] == response["X-Request-ID"]
    assert "秘密" not in json.dumps(lines(), ensure_ascii=False)


def record(message="说", at=1_700_000_000.0):
    made = logging.LogRecord("zhiquan.test", logging.INFO, __file__, 1, message, None, None)
    made.created = at
    return made


def test_a_line_stays_one_line_whatever_is_said():
    assert json.loads(JsonLines().format(record('一\n二\u2028"三"')))["message"] == '一\n二\u2028"三"'
    assert "\n" not in JsonLines().format(record("一\n二"))


WRITE = """
import logging, sys
from zhiquan.site.logs import DailyFile
handler = DailyFile(sys.argv[1], "events", 200)
log = logging.getLogger("x"); log.addHandler(handler); log.setLevel(logging.INFO)
for at in range(400): log.info("%s " * 50, *[f"{sys.argv[2]}-{at}"] * 50)
"""


def test_lines_of_several_processes_do_not_mix(tmp_path):
    running = [subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), name], cwd=ROOT) for name in "abc"]
    assert [one.wait() for one in running] == [0, 0, 0]
    [path] = tmp_path.glob("*.jsonl")
    said = [json.loads(line)["message"].split() for line in path.read_text("utf-8").splitlines()]
    assert len(said) == 1_200 and all(len(set(words)) == 1 and len(words) == 50 for words in said)


def test_a_new_day_is_a_new_file(tmp_path):
    handler = DailyFile(tmp_path, "events", 200)
    for at in (1_700_000_000.0, 1_700_000_000.0 + 86_400):
        handler.emit(record(at=at))
    handler.close()
    assert len(list(tmp_path.glob("events-2023-11-1?.jsonl*"))) == 2


def test_older_days_are_packed_and_those_past_keeping_dropped(tmp_path):
    for day in ("2024-01-01", "2024-06-30", "2024-07-30", "2024-07-31"):
        (tmp_path / f"events-{day}.jsonl").write_text(f"{day}\n", encoding="utf-8")
    (tmp_path / "note.txt").write_text("not ours", encoding="utf-8")
    tidy(tmp_path, "2024-07-31", 184)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "events-2024-06-30.jsonl.gz",
        "events-2024-07-30.jsonl",
        "events-2024-07-31.jsonl",
        "note.txt",
    ]
    assert gzip.decompress((tmp_path / "events-2024-06-30.jsonl.gz").read_bytes()) == b"2024-06-30\n"


def test_a_log_that_cannot_be_written_costs_no_answer(tmp_path, capsys):
    (tmp_path / "logs").write_text("in the way", encoding="utf-8")
    handler = DailyFile(tmp_path / "logs", "events", 200)
    handler.emit(record())
    handler.emit(record())
    assert capsys.readouterr().err.count("日志写不进") == 1
    (tmp_path / "logs").unlink()
    handler.emit(record())
    handler.close()
    assert len(list((tmp_path / "logs").iterdir())) == 1


def test_the_default_is_longer_than_six_months():
    settings = subprocess.run(
        [sys.executable, "-c", "from zhiquan.site import settings; print(settings.ZHIQUAN_LOG_DAYS)"],
        cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ | {"ZHIQUAN_HOME": os.environ["ZHIQUAN_HOME"]},
    )  # fmt: skip
    assert int(settings.stdout) >= 184


def test_a_command_that_breaks_leaves_its_trace_in_the_log(tmp_path):
    service = Service(tmp_path / "home")
    done = service.python("from zhiquan.site.start import set_up; set_up(); 1 // 0")
    assert done.returncode == 1 and "ZeroDivisionError" in done.stderr
    [path] = Path(service.home / "logs").glob("events-*.jsonl")
    line = json.loads(path.read_text("utf-8").splitlines()[-1])
    assert line["level"] == "critical" and "ZeroDivisionError" in line["trace"]
