"""Application publications of the USPTO since 2004: us-patent-application, one or thousands in a file."""

from __future__ import annotations

from collections.abc import Iterator

from patmark.sources.base import Kind, Read, Source
from patmark.sources.uspto_ice import patent
from patmark.sources.xml import read_each, tells_xml

_ROOT = "us-patent-application"


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent)


KIND = Kind(
    "uspto_application", "美国专利申请公布文献（us-patent-application XML，2004 年起）", tells_xml(_ROOT), _read
)
