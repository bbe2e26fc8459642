"""Who stands behind a right: one key for the spellings of a name."""

from __future__ import annotations

import re
from functools import lru_cache

from patmark.text import fold

#: Words a register spells out and a gazette shortens; both ways of writing give one key.
_SHORT_WORDS = {"corporation": "corp", "company": "co", "limited": "ltd", "incorporated": "inc", "and": ""}
_LONG_WORD = re.compile(rf"\b(?:{'|'.join(_SHORT_WORDS)})\b")
_NOT_NAME = re.compile(r"[\W_]+")
_LATIN = re.compile("[a-z]")


@lru_cache(maxsize=65_536)
def normalise_name(text: str) -> str:
    """One key for the spellings of a name: width, case, 繁简, spaces, punctuation, brackets (their content stays)."""
    folded = fold(text)
    if _LATIN.search(folded):
        folded = _LONG_WORD.sub(lambda match: _SHORT_WORDS[match.group()], folded)
    return _NOT_NAME.sub("", folded) or folded.strip()
