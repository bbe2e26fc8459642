"""`zhiquan serve`: starts, answers, brings back a child that dies, stops cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.architecture.tree import ROOT

LONG = 60


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIQUAN_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "zhiquan.site.cli", "serve", "--port", str(port)],
        cwd=ROOT, env=kept | {"ZHIQUAN_HOME": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    process.site = f"http://127.0.0.1:{port}"
    yield process
    if process.poll() is None:
        process.kill()
    process.stdout.close()
    process.wait()


def read_until(process, sentence):
    """Everything printed up to the line with this sentence."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if sentence in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def get(address):
    with urllib.request.urlopen(address, timeout=LONG) as answer:  # noqa: S310 (our own server)
        return answer.status, answer.read().decode()


def test_it_serves_until_told_to_stop_and_leaves_nobody_behind(server):
    printed = read_until(server, "知泉已启动")
    assert "zhiquan admin create" in printed and server.site in printed
    assert get(server.site + "/health/")[0] == 200
    assert "知识产权公共服务平台" in get(server.site + "/")[1]
    family = psutil.Process(server.pid).children(recursive=True)
    server.send_signal(signal.SIGTERM)
    read_until(server, "知泉已停止")
    assert server.wait(LONG) == 0
    assert psutil.wait_procs(family, timeout=LONG)[1] == []


def test_a_child_that_dies_is_started_again(server):
    read_until(server, "知泉已启动")
    web = next(one for one in psutil.Process(server.pid).children() if "granian" in " ".join(one.cmdline()))
    web.kill()
    read_until(server, "网站进程已退出")
    read_until(server, "知泉已启动")
    assert get(server.site + "/health/")[0] == 200


def test_a_supervisor_that_is_killed_takes_its_children_along(server):
    if not Path("/proc").exists():
        pytest.skip("only Linux can tell a child that its parent died")
    read_until(server, "知泉已启动")
    family = psutil.Process(server.pid).children(recursive=True)
    server.kill()
    assert psutil.wait_procs(family, timeout=LONG)[1] == []


def test_a_port_in_use_is_told_and_another_proposed(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIQUAN_", "DJANGO_"))}
        done = subprocess.run(
            [sys.executable, "-m", "zhiquan.site.cli", "serve", "--port", str(port)],
            cwd=ROOT, env=kept | {"ZHIQUAN_HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1 and str(port) in done.stderr and "换一个端口" in done.stderr
