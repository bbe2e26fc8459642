"""docs/how-to/notebook.md: every block runs, one after the other, in a process that has no Django."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.architecture.tree import ROOT

PAGE = ROOT / "docs/how-to/notebook.md"
GUARD = """
import sys
class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "django":
            raise ImportError("the notebook must not need Django")
sys.meta_path.insert(0, NoDjango())
"""


def blocks():
    return re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_every_block_runs_in_order_without_django():
    assert len(blocks()) >= 8
    done = subprocess.run(
        [sys.executable, "-c", GUARD + "\n".join(blocks())], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for part in ("一种耐候聚乙烯改性母粒及其制备方法", "太湖示例功能膜有限公司", "没有配对的右括号", "^"):
        assert part in done.stdout


def test_every_block_of_code_is_one_that_is_run():
    assert len(re.findall(r"^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == 2 * len(blocks())
