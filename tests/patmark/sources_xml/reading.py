"""Reading fixtures and real files in the tests of the patent document readers."""

from __future__ import annotations

from pathlib import Path

from patmark.errors import BadRecord
from patmark.patent import Patent
from patmark.sources.all import read_file
from patmark.sources.base import Kind, Source
from patmark.sources.patent_documents import KINDS

FIXTURES = Path(__file__).resolve().parents[2] / "data" / "xml"


def source(path: Path) -> Source:
    with path.open("rb") as stream:
        return Source(path, path.name, stream.read(65_536))


def kind_of_file(path: Path) -> Kind:
    """The one patent document kind that claims a file."""
    found = [kind for kind in KINDS if kind.tells(source(path))]
    assert len(found) == 1, [kind.code for kind in found]
    return found[0]


def patents(path: Path) -> list[Patent]:
    """All records of a file, none of them refused."""
    results = [read.result for read in read_file(path)]
    assert not [one for one in results if isinstance(one, BadRecord)]
    return [one for one in results if isinstance(one, Patent)]


def fixture(name: str) -> Patent:
    """The first record of a fixture."""
    return patents(FIXTURES / name)[0]


def extra(patent: Patent, name: str) -> list[str]:
    return [text for key, text in patent.extra if key == name]
