"""The files of the project as the architecture tests read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("patmark", "zhiquan")


def files(*folders: str, ending: str = ".py") -> list[Path]:
    """The files below these folders, in order, without what is made by machines."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*{ending}"))
    return sorted(path for path in found if "__pycache__" not in path.parts and "node_modules" not in path.parts)


def modules() -> list[Path]:
    """The modules of both packages; migrations are made by Django and read by nobody."""
    return [path for path in files(*PACKAGES) if "migrations" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
