"""EPO OPS answers as JSON, a mechanical rendering of the XML: `$` is the text, `@x` an attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from patmark.errors import BadFile
from patmark.sources.base import LIMITS, Kind, Limits, Read, Source
from patmark.sources.json_head import Json, load, tells_json
from patmark.sources.ledger import Element
from patmark.sources.ops import patents
from patmark.sources.several import converted, placed

_ROOT = "ops:world-patent-data"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
#: What no XML document can hold, and so no answer that was one.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tree(name: str, value: Json) -> Element:
    """The XML element a JSON value renders; prefixes are dropped, what is no XML name or character is left out."""
    root = etree.Element(_local(name) or "unnamed")
    pending: list[tuple[Element, Json]] = [(root, value)]
    while pending:
        node, content = pending.pop()
        if not isinstance(content, dict):
            node.text = _text(content)
            continue
        for key, one in content.items():
            if key == "$":
                node.text = _text(one)
            elif key.startswith("@"):
                if (attribute := _local(key[1:])) and not isinstance(one, dict | list):
                    node.set(attribute, _text(one))
            elif child_name := _local(key):
                children = one if isinstance(one, list) else [one]
                pending.extend((etree.SubElement(node, child_name), child) for child in children)
    return root


def _local(name: str) -> str:
    local = name.rpartition(":")[2]
    return local if _NAME.fullmatch(local) else ""


def _text(value: Json) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return _FORBIDDEN.sub("", str(value))


def read(source: Source, limits: Limits = LIMITS) -> Iterator[Read]:
    """Every statement of the answer, as from the XML. Raises BadFile where the file is no OPS answer."""
    value = load(source, limits)
    answers = value if isinstance(value, list) else [value]
    index = 0
    for at, answer in enumerate(answers, 1):
        content = answer.get(_ROOT) if isinstance(answer, dict) else None
        if not isinstance(content, dict):
            raise BadFile("这份 JSON 里没有 ops:world-patent-data，不是 EPO OPS 的回答。", where=source.name)
        root = tree(_ROOT, content)
        results = converted(root, patents)
        place = f"第 {at} 份文件"
        for count, result in enumerate(results, 1):
            position = place if len(results) == 1 else f"{place}第 {count} 件"
            yield Read(index, position, placed(result, position, root))
            index += 1


KINDS = (Kind("epo_ops_json", "EPO OPS（JSON）", tells_json(_ROOT), read),)
