"""Who stands behind a right: one key for the spellings of a name, cells of many names, agencies with their codes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from patmark.bodies import Body, body_of, looks_like_person, strip_suffix
from patmark.credit_code import UnifiedCode, organisation_check, parse_uscc, uscc_check
from patmark.text import fold, is_cjk

__all__ = [
    "Agency",
    "Body",
    "UnifiedCode",
    "body_of",
    "looks_like_person",
    "normalise_name",
    "organisation_check",
    "parse_uscc",
    "split_agencies",
    "split_names",
    "strip_suffix",
    "uscc_check",
]

#: Words a register spells out and a gazette shortens; both ways of writing give one key.
_SHORT_WORDS = {"corporation": "corp", "company": "co", "limited": "ltd", "incorporated": "inc", "and": ""}
_LONG_WORD = re.compile(rf"\b(?:{'|'.join(_SHORT_WORDS)})\b")
_NOT_NAME = re.compile(r"[\W_]+")
_LATIN = re.compile("[a-z]")

_OPEN, _CLOSE = "(（[【〔<《", ")）]】〕>》"
_STRONG = ";；|｜\n\r\t\u2028\u241e"
_WEAK = ",，、"
_CUTS = {separators: re.compile(f"[{re.escape(separators)}]") for separators in (_STRONG, _WEAK)}
_BRACKET = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")
#: What an export writes where it has no name.
_NO_NAME = frozenset({"", "-", "--", "---", "—", "——", "/", "\\", "无", "暂无", "空", "null", "none", "nan", "n/a"})
#: A legal form that stands behind a comma belongs to the name before it.
_FORM_ALONE = re.compile(
    r"(?:co|corp|inc|ltd|limited|llc|llp|lp|plc|gmbh|ag|s\.?a\.?s?|b\.?v|n\.?v|k\.?k|有限公司|有限责任公司|株式会社)[\s.,，)]*",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\s*(?P<name>.+?)[\s(（\[]*(?<!\d)(?P<code>\d{5})[\s)）\]]*", re.DOTALL)
_AGENCY_CODE_FIRST = re.compile(r"\s*[(（\[]?(?P<code>\d{5})(?!\d)[)）\]]?\s*(?P<name>\D.*?)\s*", re.DOTALL)


@lru_cache(maxsize=16_384)
def normalise_name(text: str) -> str:
    """One key for the spellings of a name: width, case, 繁简, spaces, punctuation, brackets (their content stays)."""
    folded = fold(text)
    if _LATIN.search(folded):
        folded = _LONG_WORD.sub(lambda match: _SHORT_WORDS[match.group()], folded)
    return _NOT_NAME.sub("", folded) or folded.strip()


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as a cell of an export names it; `code` is its five-digit CNIPA code, or empty."""

    name: str
    code: str = ""


@lru_cache(maxsize=16_384)
def split_names(text: str) -> tuple[str, ...]:
    """The names in one cell, in order, spelled as there; `-`, `无`, `null` and the like are none.

    Semicolons, bars, tabs and line breaks always part names; commas and `、` only between Chinese names; a blank only
    between names that all look like Chinese persons; nothing parts inside brackets. `FOO CORP., LTD` stays whole.
    """
    names: list[str] = []
    for piece in _parted(text, _STRONG):
        for name in _at_commas(piece):
            names.extend(_at_blanks(name))
    return tuple(name for name in names if name.lower() not in _NO_NAME)


@lru_cache(maxsize=4096)
def split_agencies(text: str) -> tuple[Agency, ...]:
    """The agencies of a cell with their codes, as exports write them: `某某事务所 34115`, `某某(34115)`."""
    return tuple(_agency(name) for name in split_names(text))


def _agency(text: str) -> Agency:
    match = _AGENCY.fullmatch(text) or _AGENCY_CODE_FIRST.fullmatch(text)
    # Full-width digits are digits too.
    return Agency(match["name"].strip(), unicodedata.normalize("NFKC", match["code"])) if match else Agency(text)


def _parted(text: str, separators: str) -> list[str]:
    """The text cut at separators that stand outside brackets; cleaned pieces, none empty.

    A bracket that never closes opens nothing, so that one typing error does not glue a whole cell together.
    """
    cut = _CUTS[separators]
    if not cut.search(text):
        pieces = [text]
    elif not _BRACKET.search(text):
        pieces = cut.split(text)
    else:
        pieces = _parted_outside_brackets(text, separators)
    return [clean for clean in (" ".join(one.split()) for one in pieces) if clean]


def _parted_outside_brackets(text: str, separators: str) -> list[str]:
    depth, start = 0, 0
    pieces: list[str] = []
    balanced = sum(text.count(one) for one in _OPEN) == sum(text.count(one) for one in _CLOSE)
    for at, character in enumerate(text):
        if character in separators and (depth == 0 or not balanced):
            pieces.append(text[start:at])
            start = at + 1
        elif character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
    return [*pieces, text[start:]]


def _at_commas(piece: str) -> list[str]:
    """Cut at commas where a Chinese name stands on one side at least and no piece is a bare legal form."""
    names: list[str] = []
    for part in _parted(piece, _WEAK):
        joins = bool(names) and (_FORM_ALONE.fullmatch(part) or not (_chinese_end(names[-1]) or is_cjk(part[0])))
        if joins:
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    # Joining writes the comma anew; a cell that was not cut keeps its own spelling.
    return names if len(names) > 1 else [piece]


def _chinese_end(name: str) -> bool:
    bare = name.rstrip(_CLOSE + " ")
    return bool(bare) and is_cjk(bare[-1])


def _at_blanks(name: str) -> list[str]:
    parts = name.split()
    return parts if len(parts) > 1 and all(looks_like_person(part) for part in parts) else [name]
