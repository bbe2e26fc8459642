"""What kind of body a name stands for, told by the words of the name, with the word that told it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from patmark.codes import BodyKind
from patmark.tables import shipped_rows
from patmark.text import fold

_TRAILING_BRACKETS = re.compile(r"[\s(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")
_CJK_ONLY = re.compile("[\u4e00-\u9fff]+")
_ANY_CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"[a-z0-9]+")
_LATIN_PERSON = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[\s.,'’-]+[^\W\d_][^\W\d_.'’-]*){1,4}[.\s]*")
#: Longer names without any word of a body are titles and slips, not persons.
_LONGEST_PERSON = 40


@dataclass(frozen=True, slots=True)
class Body:
    """The kind of body behind a name; `form` is the narrower Chinese term, `word` the evidence in the name (if any)."""

    kind: BodyKind
    form: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    word: str
    body: Body


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The table of body words made ready: one pattern per question, longest word first."""

    anywhere: re.Pattern[str]
    ending: re.Pattern[str]
    latin: dict[str, Body]
    latin_ending: dict[str, Body]
    bodies: dict[str, Body]
    legal: re.Pattern[str]
    latin_legal: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    rows = list(shipped_rows("body_words.csv"))
    bodies = {fold(row["word"]): Body(BodyKind(row["kind"]), row["form"], row["word"]) for row in rows}
    chinese = [(fold(row["word"]), row) for row in rows if not row["word"].isascii()]
    latin = [(fold(row["word"]), row) for row in rows if row["word"].isascii()]

    def one_of(words: list[str], end: str) -> re.Pattern[str]:
        return re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))}){end}")

    return _Lexicon(
        anywhere=one_of([word for word, row in chinese if row["place"] == "in"], ""),
        ending=one_of([word for word, row in chinese], "$"),
        latin={word: bodies[word] for word, row in latin if row["place"] == "in"},
        latin_ending={word: bodies[word] for word, row in latin},
        bodies=bodies,
        legal=one_of([word for word, row in chinese if row["legal"]], "$"),
        latin_legal=frozenset(word for word, row in latin if row["legal"]),
    )


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    rows = list(shipped_rows("surnames.csv"))
    single = {letter for row in rows if row["kind"] == "single" for letter in row["names"]}
    compound = {name for row in rows if row["kind"] == "compound" for name in row["names"].split()}
    return frozenset(single), frozenset(compound)


@lru_cache(maxsize=16_384)
def body_of(name: str, country: str = "") -> Body:
    """The kind of body a name stands for; `country` (ST.3) helps with names in Latin letters.

    Words of the table decide first (a company's form before any ending), then the look of a person's name. What
    neither tells is `UNKNOWN`.
    """
    folded = fold(name).strip()
    found = _by_words(folded)
    if found is not None:
        return found
    if looks_like_person(name) or ("·" in name and bool(_ANY_CJK.search(name))):
        return Body(BodyKind.PERSON, "个人")
    abroad = country not in ("", "CN") or not _ANY_CJK.search(folded)
    if abroad and len(folded) <= _LONGEST_PERSON and _LATIN_PERSON.fullmatch(folded):
        return Body(BodyKind.PERSON, "个人")
    return Body(BodyKind.UNKNOWN, "不详")


def _by_words(folded: str) -> Body | None:
    lexicon = _lexicon()
    if _ANY_CJK.search(folded):
        whole = re.sub(r"\s", "", folded)
        bare = _TRAILING_BRACKETS.sub("", whole) or whole
        match = lexicon.anywhere.search(whole) or lexicon.ending.search(bare)
        if match:
            return lexicon.bodies[match.group()]
    words = _WORDS.findall(re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", folded))
    told = next((lexicon.latin[word] for word in words if word in lexicon.latin), None)
    # A short Latin form is only a form when something stands before it: "SA", "AG", "CO" alone are no company.
    if told is None and len(words) > 1:
        return lexicon.latin_ending.get(words[-1])
    return told if len(words) > 1 else None


def looks_like_person(name: str) -> bool:
    """Whether a name in Chinese characters is built like a person's: family name and one or two given characters."""
    folded = fold(name).strip()
    if not _CJK_ONLY.fullmatch(folded) or not 2 <= len(folded) <= 4 or _lexicon().ending.search(folded):
        return False
    single, compound = _surnames()
    if folded[:2] in compound and len(folded) > 2:
        return True
    if len(folded) == 4:
        return folded[0] in single and folded[1] in single
    return folded[0] in single


def strip_suffix(name: str) -> str:
    """A company's name without its legal form: `安庆某某机械股份有限公司` → `安庆某某机械`."""
    kept = name.strip()
    while True:
        match = _lexicon().legal.search(fold(kept)) if len(fold(kept)) == len(kept) else None
        if match and match.start():
            kept = kept[: match.start()].rstrip(" (（")
            continue
        words = kept.rstrip(" .,").rsplit(None, 1)
        if len(words) == 2 and fold(words[1]).replace(".", "").strip(",") in _lexicon().latin_legal:
            kept = words[0].rstrip(" ,&")
            continue
        return kept
