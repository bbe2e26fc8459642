"""Every example of docs/reference/query.md is read, or refused, as the page says."""

import re
from pathlib import Path

import pytest

from patmark.fields import Subject
from patmark.query import explain
from tests.patmark.query.asking import read, refused, tree

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "query.md"
_ROW = re.compile(r"^\| `([^`]+)` \| (.*?) \|(?: (?:`([^`]+)`|（无）) \|)?$")


def rows(heading: str) -> list[tuple[Subject, str, str, str | None]]:
    """The rows of the tables under headings `写法 | 读作` or `写法 | 说明 | 建议`."""
    subject, here, found = Subject.PATENT, "", []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            subject = Subject.TRADEMARK if line == "## 商标" else Subject.PATENT
        here = line if line.startswith(("| 写法", "| 意思")) else here
        if here.startswith(heading) and (match := _ROW.match(line)):
            found.append((subject, *match.groups()))
    return found


READ = rows("| 写法 | 读作 |")
REFUSED = rows("| 写法 | 说明 |")


def test_the_page_has_examples_of_both_kinds():
    assert len(READ) > 70
    assert len(REFUSED) > 15


@pytest.mark.parametrize(("subject", "text", "said", "_"), READ, ids=lambda value: None)
def test_an_example_is_read_as_the_page_says(subject, text, said, _):
    assert explain(tree(text, subject), subject) == said


@pytest.mark.parametrize(("subject", "text", "sentence", "mended"), REFUSED, ids=lambda value: None)
def test_a_wrong_example_is_refused_and_mended_as_the_page_says(subject, text, sentence, mended):
    error = refused(text, subject)
    assert error.sentence == sentence
    assert error.suggestion == (mended or "")
    assert read(error.suggestion, subject)
