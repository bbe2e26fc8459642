"""Whatever happens to a file's bytes, reading it ends, and ends in records, rejects or a refusal."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patmark.errors import BadFile, BadRecord
from patmark.patent import Patent
from patmark.sources.all import read_file
from patmark.trademark import Trademark
from tests.patmark.sources_tables.made import DATA, HEADER, book, patent_rows
from tests.patmark.sources_tables.test_archives import TABLE, zipped


def seeds() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        workbook = book(Path(folder) / "a.xlsx", {"一": [HEADER, *patent_rows(5)]}).read_bytes()
    texts = {one.name: one.read_bytes() for one in sorted(DATA.iterdir())}
    wide = {f"{name}.utf-16": content.decode().encode("utf-16") for name, content in texts.items()}
    archive = zipped({"a.csv": TABLE, "b.zip": zipped({"c.csv": TABLE})})
    return {**texts, **wide, "xlsx": workbook, "zip": archive, "gz": gzip.compress(TABLE)}


SEEDS = seeds()
KIND = st.sampled_from(["cut", "drop", "double", "byte", "insert"])
CHANGE = st.tuples(KIND, st.floats(0, 1), st.integers(0, 255), st.integers(1, 400))
PIECES = [
    b'"',
    b"\0",
    b"\n",
    b",",
    b"'",
    b"\\",
    b"(",
    b"\xff\xfe",
    b"<!DOCTYPE a [",
    b"\xef\xbc\x8c",
    b"PK\3\4",
    b"1E+11",
]


def changed(content: bytes, change: tuple[str, float, int, int]) -> bytes:
    kind, place, byte, length = change
    at = int(place * len(content))
    if kind == "cut":
        return content[:at]
    if kind == "drop":
        return content[:at] + content[at + length :]
    if kind == "double":
        return content[: at + length] + content[at:]
    if kind == "byte":
        return content[:at] + bytes([byte]) + content[at + 1 :]
    return content[:at] + PIECES[byte % len(PIECES)] + content[at:]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SEEDS)), st.lists(CHANGE, min_size=1, max_size=6))
def test_a_mutated_file_ends_in_records_rejects_or_a_refusal(name, changes):
    content = SEEDS[name]
    for change in changes:
        content = changed(content, change)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(content)
        try:
            for at, found in enumerate(read_file(path)):
                assert found.index == at and found.position
                assert isinstance(found.result, Patent | Trademark | BadRecord)
                if isinstance(found.result, BadRecord):
                    assert found.result.sentence and found.result.position
                    found.result.raw.encode()
                else:
                    repr(found.result).encode()
        except BadFile as refused:
            assert refused.sentence
