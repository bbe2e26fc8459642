"""docs/reference says what the code says: every setting, error, permission, page, command and field."""

import importlib.util

import pytest

from tests.architecture.tree import ROOT

spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


@pytest.mark.parametrize("page", generate.PAGES)
def test_the_reference_is_current(page):
    assert page not in generate.stale(), "run `make docs`"


def test_the_glossary_gives_one_word_per_term():
    rows = [
        line.split("|")[1:3] for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()[4:] if "|" in line
    ]
    terms = [row[0].strip() for row in rows]
    assert len(terms) == len(set(terms)) > 30
    assert all("/" not in row[1] and row[1].strip() for row in rows)
