"""XML made to hurt: each gets little work and a sentence, and what stands beside it is still read."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

import pytest

from patmark.errors import BadFile, BadRecord
from patmark.sources.base import Limits
from patmark.sources.xml import Document, documents

GOOD = b"<r>good</r>"


def refusal(data: bytes, limits: Limits | None = None) -> str:
    """The sentence for the first document; the good one behind it is read all the same."""
    found = list(
        documents(io.BytesIO(data + b'<?xml version="1.0"?>' + GOOD), limits or Limits(), records=frozenset("r"))
    )
    assert isinstance(found[0], BadRecord)
    assert isinstance(found[-1], Document)
    assert found[-1].root.text == "good"
    return found[0].sentence


def test_nested_entities_are_refused_unexpanded() -> None:
    lines = b"".join(b'<!ENTITY l%d "&l%d;&l%d;">' % (at + 1, at, at) for at in range(30))
    assert "不是单个字符" in refusal(b'<!DOCTYPE r [<!ENTITY l0 "lol">' + lines + b"]><r>&l30;</r>")


def test_one_long_entity_named_often_is_refused() -> None:
    data = b'<!DOCTYPE r [<!ENTITY l "' + b"x" * 10_000 + b'">]><r>' + b"&l;" * 10_000 + b"</r>"
    assert "不是单个字符" in refusal(data)


def test_parameter_entities_are_refused() -> None:
    assert "参数实体" in refusal(b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://x/y"> %p;]><r/>')
    assert "参数实体" in refusal(b"<!DOCTYPE r [ %p; ]><r/>")


def test_external_entities_are_refused_and_never_opened() -> None:
    assert "外部文件" in refusal(b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>')


def test_an_external_dtd_is_named_by_real_files_and_never_fetched() -> None:
    data = b'<!DOCTYPE r SYSTEM "http://example.invalid/r.dtd"><r>x</r>'
    (found,) = documents(io.BytesIO(data))
    assert isinstance(found, Document)
    assert found.root.text == "x"


def test_an_unknown_entity_is_named_in_the_refusal() -> None:
    assert "&unheard;" in refusal(b"<r>&unheard;</r>")


@pytest.mark.parametrize("name", [b"a", b"r", b"longer-name"])
def test_a_million_nested_elements_are_refused(name: bytes) -> None:
    data = b"<r>" + (b"<" + name + b">") * 1_000_000 + (b"</" + name + b">") * 1_000_000 + b"</r>"
    found = documents(io.BytesIO(data), records=frozenset({"r"}))
    first = next(found)
    assert isinstance(first, BadRecord)
    assert "嵌套" in first.sentence or "不完整" in first.sentence


def test_depth_is_bounded_by_the_limit() -> None:
    assert "嵌套超过 20 层" in refusal(b"<r>" + b"<a>" * 30 + b"</a>" * 30 + b"</r>", Limits(depth=20))


class Endless(io.RawIOBase):
    """A document of a given size that is never in memory as a whole."""

    def __init__(self, size: int) -> None:
        self._parts = self._stream(size)

    def _stream(self, size: int) -> Iterator[bytes]:
        yield b"<r>"
        block = b"<p>" + b"x" * 65_529 + b"</p>"
        for _ in range(size // len(block)):
            yield block
        yield b"</r>" + GOOD

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return next(self._parts, b"")


def test_a_document_over_the_limit_is_refused_without_being_held() -> None:
    tracemalloc.start()
    found = list(documents(Endless(200_000_000), Limits(document=4_000_000), records=frozenset({"r"})))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found[0], BadRecord)
    assert "大小上限" in found[0].sentence
    assert isinstance(found[1], Document)
    assert peak < 40_000_000


@pytest.mark.parametrize(
    "unit", [b"<r ", b'<r "', b"<r>", b"<", b"<!--", b"<![CDATA[", b"<?xml ", b"<!DOCTYPE r [", b"</r>", b"&"]
)
def test_repeated_beginnings_are_linear_work(unit: bytes) -> None:
    try:
        found = list(documents(io.BytesIO(unit * 200_000), records=frozenset({"r"})))
    except BadFile as fault:
        assert "连续" in fault.sentence
    else:
        assert all(isinstance(one, BadRecord) for one in found)


def test_a_text_of_many_megabytes_is_read_where_the_limit_allows() -> None:
    (found,) = documents(io.BytesIO(b"<r>" + b"x" * 12_000_000 + b"</r>"))
    assert isinstance(found, Document)
    assert len(found.root.text or "") == 12_000_000
