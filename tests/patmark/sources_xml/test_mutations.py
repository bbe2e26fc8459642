"""Damaged patent documents: flipped, cut, doubled; records or refusals come out, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patmark.errors import BadFile, BadRecord
from patmark.packing import dump, load
from patmark.patent import Patent
from patmark.sources.base import Read, Source
from tests.patmark.sources_xml.reading import FIXTURES, kind_of_file, patents
from tests.shared_data import shared

NAMES = sorted(path.name for path in FIXTURES.iterdir())
REAL = (
    "data/patent_xml/cnipa/cn_new2.xml",
    "data/patent_xml/cnipa_old/cn_old4.xml",
    "data/patent_xml/jpo/jp_example4.xml",
    "data/patent_xml/st36_ep/a_DOC00001.xml",
    "data/patent_xml/uspto/greenbook/US04347903.greenbook",
    "data/patent_xml/uspto/pap/US20010000044A1.xml",
    "data/patent_xml/uspto/sgml/USD435854S1.xml",
    "data/patent_xml/uspto/us_example1.xml",
    "data/patent_xml/uspto/xml2014/US08930553.xml",
)
MUTATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), st.floats(0, 1), st.integers(0, 255)),
        st.tuples(st.just("cut"), st.floats(0, 1), st.integers(1, 4000)),
        st.tuples(st.just("double"), st.floats(0, 1), st.integers(1, 4000)),
        st.tuples(st.just("end"), st.floats(0, 1), st.just(0)),
        st.tuples(st.just("digits"), st.floats(0, 1), st.integers(1, 40)),
    ),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, mutations: list[tuple[str, float, int]]) -> bytes:
    for how, where, much in mutations:
        at = int(where * len(data))
        if how == "flip":
            data = data[:at] + bytes([much]) + data[at + 1 :]
        elif how == "cut":
            data = data[:at] + data[at + much :]
        elif how == "double":
            data = data[: at + much] + data[at:]
        elif how == "digits":
            data = data[:at] + b"9" * much + data[at + much :]
        else:
            data = data[:at]
    return data


def check(path: Path, mutations: list[tuple[str, float, int]]) -> None:
    kind = kind_of_file(path)
    with tempfile.NamedTemporaryFile() as held:
        held.write(mutated(path.read_bytes(), mutations))
        held.flush()
        source = Source(Path(held.name), path.name, b"")
        try:
            for index, read in enumerate(kind.read(source)):
                assert isinstance(read, Read)
                assert read.index == index
                assert read.position
                assert isinstance(read.result, Patent | BadRecord)
        except BadFile as fault:
            assert fault.sentence


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutations=MUTATIONS)
def test_a_damaged_fixture_gives_records_or_refusals(name: str, mutations: list[tuple[str, float, int]]) -> None:
    check(FIXTURES / name, mutations)


@pytest.mark.parametrize("name", REAL)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutations=MUTATIONS)
def test_a_damaged_real_file_gives_records_or_refusals(name: str, mutations: list[tuple[str, float, int]]) -> None:
    check(shared(name), mutations)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_survives_being_stored(name: str) -> None:
    for patent in patents(FIXTURES / name):
        assert load(dump(patent)) == patent
