"""Damaged office files: whatever stands in them, readers give records or refusals, and nothing else, and stop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patmark.errors import BadFile, BadRecord
from patmark.packing import dump, load
from patmark.patent import Patent
from patmark.sources.base import Read, Source
from patmark.trademark import Trademark
from tests.patmark.sources_office.reading import FIXTURES, KINDS, source
from tests.shared_data import shared

NAMES = sorted(path.name for path in FIXTURES.iterdir())
REAL = [
    "patent_xml/st96/PatentPublication_Example.xml",
    "patent_xml/st96/TrademarkApplication_Example.xml",
    "patent_xml/st96/DesignApplication_Example.xml",
    "patent_xml/st96/GIApplication_Example.xml",
    "trademark_xml/sn76044902-ST66.xml",
    "trademark_xml/rn2178784-ST-962.2.1.xml",
    "epo_ops/legal/example_3.xml",
    "epo_ops/published/ep1000000_full_cycle_result.xml",
    "uspto_json/assignment_1.xml",
    "uspto_json/odp/biblio.json",
    "uspto_json/odp/continuity.json",
]


def survives(found: Source) -> None:
    """Every reader that claims the file gives numbered records and refusals, or refuses the file."""
    for kind in KINDS:
        if kind.tells(found):
            try:
                for index, read in enumerate(kind.read(found)):
                    sound(read, index)
            except BadFile as fault:
                assert fault.sentence


def sound(read: Read, index: int) -> None:
    assert read.index == index
    assert read.position
    if isinstance(read.result, BadRecord):
        assert read.result.sentence and read.result.position == read.position
    else:
        assert isinstance(read.result, Patent | Trademark)
        assert load(dump(read.result)) == read.result


NOISE = [b"<", b">", b'"', b"}", b"]", b"&", b"\x00", b"9" * 40]


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[str, float, bytes]]:
    """A few cuts, overwritten bytes and insertions, at places given as shares of the file's length."""
    one = st.tuples(
        st.sampled_from(["cut", "over", "into", "twice"]),
        st.floats(0, 1, exclude_max=True),
        st.one_of(
            st.binary(min_size=1, max_size=6), st.sampled_from([b"<", b">", b'"', b"}", b"]", b"&", b"\x00", b"9" * 40])
        ),
    )
    return draw(st.lists(one, min_size=1, max_size=4))


def damaged(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for how, share, noise in changes:
        at = int(share * len(data))
        if how == "cut":
            data = data[:at]
        elif how == "over":
            data = data[:at] + noise + data[at + len(noise) :]
        elif how == "into":
            data = data[:at] + noise + data[at:]
        else:
            data = data[:at] + data[at // 2 :]
    return data


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "damaged"


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=damages())
def test_a_damaged_fixture(scratch: Path, name: str, changes: list[tuple[str, float, bytes]]) -> None:
    scratch.write_bytes(damaged((FIXTURES / name).read_bytes(), changes))
    survives(source(scratch))


@pytest.mark.parametrize("name", REAL)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=damages())
def test_a_damaged_real_file(scratch: Path, name: str, changes: list[tuple[str, float, bytes]]) -> None:
    scratch.write_bytes(damaged(shared(f"data/{name}").read_bytes(), changes))
    survives(source(scratch))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "patentBag applicationNumberText filingDate continuityBag parentContinuityBag childContinuityBag assignmentBag "
    "assignorBag assigneeBag assigneeAddress recordAttorney attorneyBag customerNumber inventorBag applicantBag "
    "cpcClassificationBag foreignPriorityBag countryName transactionContentBag applicationMetaData documentBag "
    "parentApplicationNumberText childApplicationNumberText firstName correspondenceAddressBag"
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        json_values,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS.split()), inner, min_size=1, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_any_values_under_the_known_keys_of_odp(scratch: Path, value: object) -> None:
    import_json(scratch, {"patentBag": value})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        json_values,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "ops:patent-family",
                        "ops:family-member",
                        "publication-reference",
                        "document-id",
                        "@document-id-type",
                        "doc-number",
                        "country",
                        "$",
                        "kind",
                        "date",
                        "ops:legal",
                        "ops:L500EP",
                        "exchange-documents",
                        "exchange-document",
                        "bibliographic-data",
                        "claims",
                        "claim",
                        "claim-text",
                        "@lang",
                        "@",
                        ":",
                        "ops:",
                        "a:b:c",
                    ]
                ),
                inner,
                min_size=1,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_values_under_the_known_keys_of_ops(scratch: Path, value: object) -> None:
    import_json(scratch, {"ops:world-patent-data": value})


def import_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), "utf-8")
    survives(source(path))
