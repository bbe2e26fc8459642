"""Header mappings: which column of a table is which field, shipped for the usual exports and written by users."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from patmark.errors import BadInput
from patmark.sources.patent_fields import PATENT_FIELDS
from patmark.sources.trademark_fields import TRADEMARK_FIELDS

FOLDER = Path(__file__).resolve().parent.parent / "data" / "mappings"
_ABSENT = re.compile(r"[\s\u200b-\u200d\ufeff*＊:：]+")
_BRACKETS = str.maketrans("【】〔〕〖〗「」{}", "[][][][][]")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: A table is one of patents or marks when it has one of these columns …
_NUMBERS = {
    "patent": {"application_number", "publication_number", "grant_number"},
    "trademark": {"number", "registration_number"},
}
#: … or the first of these and one of the others beside it.
_NAMED = {
    "patent": (
        "title",
        {"abstract", "applicants", "inventors", "application_date", "publication_date", "claims", "first_claim", "ipc"},
    ),
    "trademark": ("mark", {"classes", "groups", "goods", "applicants"}),
}


@dataclass(frozen=True, slots=True)
class Column:
    """The spellings of the header that mean one field (codes: `PATENT_FIELDS`, `TRADEMARK_FIELDS`)."""

    field: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of a table mean.

    `record` is `patent` or `trademark`; `office` (ST.3) belongs to numbers that name none. Headers it does not know are
    looked up in the shipped mapping `base`. With a `signature`, one of those headers must be there for the mapping to
    be chosen by itself. `has_header` False: the table has no header row, its columns are called 第1列, 第2列, ….
    """

    code: str
    name: str
    record: str
    columns: tuple[Column, ...]
    office: str = "CN"
    base: str = ""
    signature: tuple[str, ...] = ()
    has_header: bool = True
    source: str = field(default="", compare=False)

    @classmethod
    def from_toml(cls, text: str) -> Mapping:
        """A mapping from its file's text; raises BadInput with the place of the fault."""
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise BadInput(f"列对应表不是正确的 TOML：{fault}", mend="请对照《数据格式》一页的例子修改。") from None
        columns = raw.get("columns", {})
        for name, kind in _SHAPE.items():
            if name in raw and not isinstance(raw[name], kind):
                raise BadInput(f"列对应表里 {name} 的写法不对。")
        if not isinstance(columns, dict) or not all(_is_list(one) for one in columns.values()):
            raise BadInput('列对应表的 [columns] 应当是：字段 = ["表头", …]。')
        mapping = cls(
            code=raw.get("code", ""),
            name=raw.get("name", raw.get("code", "")),
            record=raw.get("record", ""),
            columns=tuple(Column(code, tuple(headers)) for code, headers in columns.items()),
            office=raw.get("office", "CN"),
            base=raw.get("base", ""),
            signature=tuple(raw.get("signature", ())),
            has_header=raw.get("has_header", True),
            source=raw.get("source", ""),
        )
        mapping.check()
        return mapping

    def to_toml(self) -> str:
        """The mapping as a file's text that `from_toml` reads back to an equal mapping."""
        lines = [f"code = {_quoted(self.code)}", f"name = {_quoted(self.name)}", f"record = {_quoted(self.record)}"]
        lines += [f"office = {_quoted(self.office)}", f"base = {_quoted(self.base)}"]
        lines += [f"source = {_quoted(self.source)}"] if self.source else []
        lines += [f"has_header = {'true' if self.has_header else 'false'}"]
        lines += [f"signature = [{', '.join(map(_quoted, self.signature))}]", "", "[columns]"]
        lines += [f"{one.field} = [{', '.join(map(_quoted, one.headers))}]" for one in self.columns]
        return "\n".join(lines) + "\n"

    def check(self) -> None:
        """Raises BadInput unless record, base and every field exist and no header means two fields."""
        if self.record not in _NUMBERS:
            raise BadInput("列对应表的 record 应当是 patent（专利）或 trademark（商标）。")
        if self.base and not (FOLDER / f"{self.base}.toml").is_file():
            raise BadInput(f"列对应表的 base“{self.base}”不存在。")
        fields = fields_of(self.record)
        seen: dict[str, str] = {}
        for column in self.columns:
            if column.field not in fields:
                raise BadInput(f"列对应表里没有“{column.field}”这个字段。", mend=f"可用的字段：{'、'.join(fields)}。")
            for header in map(normalise_header, column.headers):
                if seen.setdefault(header, column.field) != column.field:
                    raise BadInput(f"表头“{header}”同时对应 {seen[header]} 和 {column.field}。", mend="请只留一处。")

    def fields_for(self, headers: Sequence[str]) -> tuple[str | None, ...]:
        """The field of each header, None where it means none."""
        own = _lookup(self)
        base = _lookup(shipped(self.base)) if self.base else {}
        found = []
        for header in map(normalise_header, headers):
            bare = _BRACKETED.sub("", header)
            found.append(own.get(header) or base.get(header) or own.get(bare) or base.get(bare))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Choice:
    """A mapping laid on a row of headers: the field of each, and how many fields it covers."""

    mapping: Mapping
    headers: tuple[str, ...]
    fields: tuple[str | None, ...]

    @property
    def cover(self) -> int:
        return len({one for one in self.fields if one})

    @property
    def is_enough(self) -> bool:
        """Whether the columns make records: a number, or a name with something beside it."""
        covered = {one for one in self.fields if one}
        named, beside = _NAMED[self.mapping.record]
        return bool(covered & _NUMBERS[self.mapping.record]) or (named in covered and bool(covered & beside))


def normalise_header(header: str) -> str:
    """One spelling of a header: width, case, brackets; without spaces, line breaks, colons and asterisks."""
    return _ABSENT.sub("", unicodedata.normalize("NFKC", header[:200]).translate(_BRACKETS)).lower()


def fields_of(record: str) -> dict[str, str]:
    """The fields a mapping of this record can name: code → Chinese label."""
    if record == "patent":
        return {code: one.label for code, one in PATENT_FIELDS.items()}
    return {code: one.label for code, one in TRADEMARK_FIELDS.items()}


@lru_cache(maxsize=1)
def shipped_mappings() -> tuple[Mapping, ...]:
    """Every mapping that comes with the library, in the order of their codes."""
    return tuple(Mapping.from_toml(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml")))


def shipped(code: str) -> Mapping:
    """The shipped mapping of that code; raises BadInput where there is none."""
    for mapping in shipped_mappings():
        if mapping.code == code:
            return mapping
    raise BadInput(f"没有名为“{code}”的列对应表。", mend=f"现有：{'、'.join(one.code for one in shipped_mappings())}。")


def lay(mapping: Mapping, headers: Sequence[str]) -> Choice:
    """The mapping laid on these headers."""
    return Choice(mapping, tuple(headers), mapping.fields_for(headers))


def choose_mapping(headers: Sequence[str]) -> Choice:
    """The shipped mapping that covers most of these headers, habits before general ones; it may not be enough."""
    present = set(map(normalise_header, headers))
    choices = [
        lay(mapping, headers)
        for mapping in shipped_mappings()
        if not mapping.signature or present & set(map(normalise_header, mapping.signature))
    ]
    return max(choices, key=lambda one: (one.is_enough, one.cover, _habit(one.mapping, present), not one.mapping.base))


def _habit(mapping: Mapping, present: set[str]) -> float:
    """How much a table has the habits of one database: the share of its own headers, from three on."""
    own = _lookup(mapping).keys()
    shared = len(present & own)
    return shared / len(own) if mapping.base and shared >= _DISTINCT else 0.0


@lru_cache(maxsize=64)
def _lookup(mapping: Mapping) -> dict[str, str]:
    return {normalise_header(header): column.field for column in mapping.columns for header in column.headers}


_DISTINCT = 3
_SHAPE = dict.fromkeys(("code", "name", "record", "office", "base", "source"), str) | {
    "has_header": bool,
    "signature": list,
}


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _quoted(text: str) -> str:
    # JSON strings are TOML basic strings, but for DEL, which only TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
