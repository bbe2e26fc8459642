"""Modules say what the reader will find, and are named after the field, not after techniques."""

import ast
import re

import pytest

import zhiquan
from patmark import errors
from tests.architecture.tree import ROOT, modules, name, parsed

ATTICS = {"utils", "util", "helpers", "misc", "services", "managers", "signals", "base_classes"}


@pytest.mark.parametrize("path", [path for path in modules() if path.stat().st_size], ids=name)
def test_a_module_opens_with_a_sentence(path):
    doc = ast.get_docstring(parsed(path)) or ""
    assert doc.split("\n")[0].strip(), "no docstring"


def test_no_module_is_an_attic():
    assert [name(path) for path in modules() if path.stem in ATTICS or path.parent.name in ATTICS] == []


def test_the_tree_of_errors_is_the_classes():
    drawn = re.findall(r"^(?:[├└─ ]*)(\w+)\s+(\d{3})  ", errors.__doc__, re.MULTILINE)
    real = [(one.__name__, str(one.status)) for one in vars(errors).values() if isinstance(one, type)]
    assert drawn == real


def test_common_has_five_files_and_init():
    assert len(list((ROOT / "zhiquan/common").glob("*.py"))) <= 6


def test_the_version_is_one():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{zhiquan.__version__}"' in text
    assert f"[{zhiquan.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
