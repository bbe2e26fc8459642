"""Documents that hold several records each: every record is a `Read` of its own, numbered through the whole file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from patmark.errors import BadRecord
from patmark.sources.base import LIMITS, Limits, Read, Record, Source
from patmark.sources.ledger import Element
from patmark.sources.xml import documents

Found = Record | BadRecord
#: Above this size a file is cut into records before it is parsed; what stands around the records is then not kept.
WHOLE = 16 * 1024 * 1024


def read_several(
    source: Source,
    convert: Callable[[Element], Iterator[Found]],
    records: frozenset[str] = frozenset(),
    *,
    limits: Limits = LIMITS,
) -> Iterator[Read]:
    """Everything `convert` makes of each document; it may raise BadRecord for a document that holds nothing readable.

    `records` names the elements a large file may be cut into; a small one is always given whole.
    """
    cut = records if source.path.stat().st_size > WHOLE else frozenset()
    index = 0
    with source.open() as stream:
        for found in documents(stream, limits, records=cut):
            if isinstance(found, BadRecord):
                yield Read(index, found.position, found)
                index += 1
                continue
            place = f"第 {found.number} 份文件"
            results = converted(found.root, convert)
            for count, result in enumerate(results, 1):
                position = place if len(results) == 1 else f"{place}第 {count} 件"
                yield Read(index, position, placed(result, position, found.root))
                index += 1


def converted(root: Element, convert: Callable[[Element], Iterator[Found]]) -> list[Found]:
    """What one document holds, a refusal included."""
    results: list[Found] = []
    try:
        results.extend(convert(root))
    except BadRecord as fault:
        results.append(fault)
    return results


def placed(result: Found, position: str, root: Element) -> Found:
    """A refusal with its place and the raw text of its document; a record as it is."""
    if not isinstance(result, BadRecord):
        return result
    raw = result.raw or str(etree.tostring(root, encoding="unicode", with_tail=False))
    return BadRecord(result.sentence, position=position, raw=raw, mend=result.mend)
