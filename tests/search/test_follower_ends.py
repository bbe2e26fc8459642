"""A follower ends with whoever started it: a killed import leaves nothing running."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "zhiquan.site.cli", "follow"])
print(child.pid, flush=True)
child.wait()
"""


def test_a_follower_ends_when_its_parent_is_killed(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment["ZHIQUAN_HOME"] = str(tmp_path)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    follower = psutil.Process(int(parent.stdout.readline()))
    # It is at work once it holds the lock of the index.
    while not (tmp_path / "locks" / "index.lock").exists():
        assert follower.is_running()
    parent.kill()
    parent.wait()
    assert psutil.wait_procs([follower], timeout=60)[1] == []
