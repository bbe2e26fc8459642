"""Grants of the USPTO since 2004: us-patent-grant, one or thousands of documents in a file."""

from __future__ import annotations

from collections.abc import Iterator

from patmark.sources.base import Kind, Read, Source
from patmark.sources.uspto_ice import patent
from patmark.sources.xml import read_each, tells_xml

_ROOT = "us-patent-grant"


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent)


KIND = Kind("uspto_grant", "美国专利授权文献（us-patent-grant XML，2004 年起）", tells_xml(_ROOT), _read)
