"""The tools of `make check`, in one list, so that CI and people run the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
TOOLS = {
    "rules": (str(BIN / "ruff"), "check", "."),
    "format": (str(BIN / "ruff"), "format", "--check", "."),
    "types": (str(BIN / "mypy"),),
    "imports": (str(BIN / "lint-imports"), "--no-cache"),
}


def run(tool: str) -> subprocess.CompletedProcess[str]:
    """Run one of them over the whole tree."""
    return subprocess.run(TOOLS[tool], cwd=ROOT, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    broken = 0
    for tool in TOOLS:
        done = run(tool)
        print(f"{'好' if done.returncode == 0 else '不好'}  {tool}")
        if done.returncode:
            broken += 1
            print(done.stdout[-6000:], done.stderr[-2000:])
    sys.exit(1 if broken else 0)
