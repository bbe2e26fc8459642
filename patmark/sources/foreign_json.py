"""JSON that is no office's data, such as other libraries' output and interface descriptions: refused by what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patmark.errors import BadFile
from patmark.sources.base import Kind, Read, Source
from patmark.sources.json_head import head_text, keys

_API_YAML = re.compile(r"\s*(?:openapi|swagger)\s*:")
_OPS = "请导入 EPO OPS 的原始回答（XML，或带 ops:world-patent-data 的 JSON）。"


def _what(source: Source) -> tuple[str, str]:
    """What the file is, and what to do instead; empty where it is none of these."""
    text = head_text(source)
    found = keys(text, 3) if text else set()
    if {"openapi", "swagger"} & found and "info" in found:
        return "这是接口说明（OpenAPI），里面没有记录。", "请导入接口返回的数据。"
    if {"publication_reference/doc_type", "publication_reference/id_type"} <= found:
        part = "同族" if "family_members" in found else "法律状态" if "events" in found else "著录项目"
        return f"这是别的程序把 EPO OPS 的{part}数据转换后的结果，不是 EPO 的原始数据。", _OPS
    if "documents/publication_reference_docdb" in found or "documents/docdb_number" in found:
        return "这是别的程序把 EPO OPS 的著录项目转换后的结果，不是 EPO 的原始数据。", _OPS
    if {"document_id/doc_number", "claims/limitations"} <= found:
        return "这是别的程序把 EPO OPS 的权利要求转换后的结果，不是 EPO 的原始数据。", _OPS
    return "", ""


def _tells(source: Source) -> bool:
    return bool(_what(source)[0])


def _read(source: Source) -> Iterator[Read]:
    """Never yields; raises BadFile with what the file is."""
    sentence, mend = _what(source)
    raise BadFile(sentence or "这份 JSON 的结构认不出来。", where=source.name, mend=mend)
    yield


KINDS = (Kind("foreign_json", "别的程序的 JSON 输出（不读）", _tells, _read),)
