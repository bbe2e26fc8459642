"""The one normaliser and the one token rule: index, query, highlight and the oracle of the tests stand on this file.

A text is folded (width, case, accents, 繁→简) and cut into *units*: one Chinese, Japanese or Korean character, or one
word of other letters and digits. Between two units stands either a *link* (nothing, white space, or a joiner such as
`-` and `/` beside a Latin word) or a *break* (any other punctuation). A phrase matches where its units and its breaks
follow each other, so

    canonical("5G通信，LiFePO4/C") == " 5g 通信| lifepo4  c |"

and `phrase ⊂ text` is a plain substring test on canonical strings: `contains`. Engines must agree with it exactly.

Index tokens carry the same rule to an engine that knows only "token at position": every unit takes one position;
a character linked to another character is written as their bigram, one linked to a word as itself, one before a
break with `|` behind it; a break behind a word takes a position of its own, `|`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

import opencc

BREAK = "|"
#: In a marked text a break that ends a sentence, and one that ends a paragraph.
SENTENCE_END, PARAGRAPH_END = "‖", "¶"
_ENDS = BREAK + SENTENCE_END + PARAGRAPH_END
#: Joins the values of a many-valued field into one text; it is a break, so no phrase runs from one value into the next.
VALUE_BREAK = "\u241e"

_CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
#: A number keeps its decimal points: `0.5` is one word, `claim 1.The` is not.
_WORDS = rf"\d+(?:\.\d+)+(?![^\W_{_CJK}])|[^\W_{_CJK}]+"
_WORD = re.compile(_WORDS)
#: A run of units, and what stands behind it up to the next one.
_RUN = re.compile(rf"([{_CJK}]+|{_WORDS})((?:[^\w{_CJK}]|_)*)")
_IS_CJK = re.compile(rf"[{_CJK}]")
#: Joiners: a link beside a Latin word (`A61K 31/00`, `lithium-ion`, `R&D`, `o'clock`), a break between two characters.
_JOINERS = frozenset("-‐‑‒–−/_'’&+·\u00ad")
#: What is neither unit nor white space, joiner or full stop breaks whatever stands beside it.
_SURE_BREAK = re.compile(rf"[^\w\s.{_CJK}{re.escape(''.join(sorted(_JOINERS)))}{SENTENCE_END}{PARAGRAPH_END}]+")
#: A sentence ends with its mark, a Latin one with a full stop behind a letter and before a blank: `3. 一种` begins one.
_SENTENCE = re.compile(r"[。！？!?]+[”」』）)\"]*|(?<=[^\W\d_])\.(?=\s|$)")
#: A line that ends with a mark ends a paragraph; any other is only as long as the page is wide.
_PARAGRAPH = re.compile(r"([。！？!?；;：:，,、）)”」』\"…]|(?<=[^\W\d_])\.)[^\S\n]*\n\s*")
#: What stands between characters and sure breaks: words, and all that joins or parts them.
_BETWEEN = re.compile(rf"[^{_CJK}{_ENDS}]+")
_BREAKS = re.compile(rf"[{_ENDS}]{{2,}}")
_SPACED = re.compile(r" ([^ ]+) ")
_WORD_SIGN = "\0"
_SPACE = array("I", [32])
#: A bigram that begins with a break, in a text of bigrams.
_BEHIND_BREAK = re.compile(r" \|[^ ]")


def _folding() -> dict[str, str]:
    """Traditional → simplified by character, and Latin, Greek and Cyrillic letters without their accents."""
    table: dict[str, str] = {}
    traditional = [chr(code) for start, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for code in range(start, end)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    table |= {old: new for old, new in zip(traditional, simplified, strict=True) if old != new and len(new) == 1}
    for code in (*range(0xC0, 0x530), *range(0x1E00, 0x2000)):
        base = "".join(one for one in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(one))
        folded = base.casefold()
        if folded and folded != chr(code):
            table[chr(code)] = folded
    # Combining accents left alone after NFKC belong to letters that have no composed form.
    table |= dict.fromkeys(map(chr, range(768, 880)), "")
    return table


_FOLD = _folding()
_FOLDABLE = re.compile(f"[{''.join(map(re.escape, _FOLD))}]")
#: Chinese text is full of full-width punctuation, which NFKC would only turn into other punctuation: both break.
_WIDTH = re.compile("[^\u0000-\u00a9\u2018-\u201d\u3001-\u3020\u4e00-\u9fff，。；：！？（）《》]")


def fold(text: str) -> str:
    """One spelling of a text: NFKC (full width → half width), lower case, no accents, simplified characters."""
    if text.isascii():
        return text.lower()
    if _WIDTH.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _FOLDABLE.sub(_folded, text.lower())


def _folded(found: re.Match[str]) -> str:
    return _FOLD[found[0]]


def is_cjk(character: str) -> bool:
    """Whether a text begins with a character that is a unit by itself."""
    first = character[:1]
    return "\u4e00" <= first <= "\u9fff" or (first > "\u3000" and bool(_IS_CJK.match(first)))


@lru_cache(maxsize=16_384)
def _broken(gap: str, between_characters: bool) -> bool:
    """Whether what stands between two units keeps a phrase from running on."""
    if not gap or gap.isspace():
        return False
    # A full stop joins only where nothing else stands (`G06F40.20`); before a space it ends a sentence.
    return between_characters or not (gap == "." or all(one in _JOINERS or one.isspace() for one in gap))


def canonical(text: str) -> str:
    """The text as one string on which a phrase is a substring: characters bare, words between spaces, breaks as `|`."""
    return unmarked(_canonical(fold(text)))


def marked(text: str) -> str:
    """The canonical text with `‖` for a break that ends a sentence and `¶` for one that ends a paragraph."""
    folded = fold(text)
    if "\n" in folded:
        folded = _PARAGRAPH.sub(PARAGRAPH_END, folded)
    return _canonical(_SENTENCE.sub(SENTENCE_END, folded))


def unmarked(text: str) -> str:
    """A marked text as a canonical one, character for character."""
    return text.replace(SENTENCE_END, BREAK).replace(PARAGRAPH_END, BREAK)


def _canonical(folded: str) -> str:
    # Most of a Chinese text is characters between full breaks: only what stands between those needs a closer look.
    joined = _BETWEEN.sub(_words_between, _SURE_BREAK.sub(BREAK, folded)).strip(_ENDS)
    return _BREAKS.sub(_strongest, joined) + BREAK if joined else ""


def _strongest(found: re.Match[str]) -> str:
    """Of several breaks in a row, the one that ends most."""
    return max(found[0], key=_ENDS.index)


def _words_between(found: re.Match[str]) -> str:
    return _written(found[0])


@lru_cache(maxsize=16_384)
def _written(between: str) -> str:
    """What stands between two characters (or a character and a break), in canonical form."""
    parts: list[str] = []
    end = 0
    for word in _WORD.finditer(between):
        if _broken(between[end : word.start()], between_characters=False):
            parts.append(BREAK)
        parts.append(f" {word[0]} ")
        end = word.end()
    if _broken(between[end:], between_characters=not parts):
        parts.append(BREAK)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A text as it goes into an index: marked; its tokens in the order of their positions, joined by spaces; and in the
    same way its distinct characters, and its words with the character behind each (`5g通`).

    Among the characters are letters and breaks nobody looks up by themselves: taking them out would cost more than
    it saves.
    """

    marked: str
    tokens: str
    characters: str


def indexed(text: str) -> Indexed:
    """The tokens and characters of a text (see the head of this file)."""
    kept = marked(text)
    whole = unmarked(kept)
    characters = {*whole}
    if " " not in whole:
        return Indexed(kept, _bigrams(whole), " ".join(characters))
    # Each word is one sign while the bigrams are made; behind it then stands what follows it: a character to be held
    # together with the word, a break, which is a token of its own here, or the next word.
    first, *pieces = _bigrams(_SPACED.sub(_WORD_SIGN, whole)).replace(f"{_WORD_SIGN} ", " ").split(_WORD_SIGN)
    tokens = [first]
    for word, piece in zip(_SPACED.findall(whole), pieces, strict=True):
        behind = piece[0]
        if behind == " ":
            tokens.append(word + piece)
        elif behind == BREAK:
            tokens.append(f"{word} {piece}")
        else:
            tokens.append(word + piece[1:])
            characters.add(word + behind)
    return Indexed(kept, "".join(tokens), " ".join(characters))


def _bigrams(run: str) -> str:
    """Each character of a run with the one behind it, each followed by a space; a break begins no bigram.

    Laid out in an array of code points: adding characters one by one takes five times as long.
    """
    points = array("I", run.encode("utf-32-le"))
    laid = _SPACE * (3 * len(points) - 3)
    laid[0::3], laid[1::3] = points[:-1], points[1:]
    return _BEHIND_BREAK.sub("", laid.tobytes().decode("utf-32-le"))


def index_tokens(text: str) -> list[str]:
    """The tokens of a text in the order of their positions, one by one."""
    return indexed(text).tokens.split()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as an engine asks for it.

    `canonical` decides exactly; `tokens` stand one behind another. Where `open_end` is set the last token is a single
    character whose continuation is free (it matches every token that begins with it), as in `5G通`.
    """

    canonical: str
    tokens: tuple[str, ...]
    open_end: bool

    @property
    def empty(self) -> bool:
        return not self.tokens


@lru_cache(maxsize=4096)
def phrase(text: str) -> Phrase:
    """How a phrase is looked up; leading and trailing punctuation of the phrase is not part of it."""
    whole = canonical(text).strip(BREAK)
    tokens = index_tokens(text)
    open_end = False
    if tokens and tokens[-1] == BREAK:
        tokens.pop()
    elif tokens:
        last = tokens.pop().rstrip(BREAK)
        follows_character = bool(tokens) and tokens[-1] != BREAK and len(tokens[-1]) == 2 and tokens[-1][1] == last
        if not (follows_character and is_cjk(tokens[-1][0])):
            tokens.append(last)
            open_end = True
    return Phrase(whole, tuple(tokens), open_end)


def contains(text: str, wanted: str) -> bool:
    """Whether a text contains a phrase: the definition of exactness. An empty phrase is contained in nothing."""
    needle = canonical(wanted).strip(BREAK)
    return bool(needle) and needle in canonical(text)


def matches(raw: str, *wanted: str) -> list[tuple[int, int]]:
    """Where phrases stand in the raw text: (start, end) spans in order, not overlapping, for highlighting."""
    needles = [needle for needle in (canonical(one).strip(BREAK) for one in wanted) if needle]
    if not needles:
        return []
    whole, origin = _canonical_with_origin(raw)
    found: list[tuple[int, int]] = []
    for needle in needles:
        at = whole.find(needle)
        while at >= 0:
            inside = [origin[i] for i in range(at, at + len(needle)) if origin[i] >= 0]
            found.append((inside[0], inside[-1] + 1))
            at = whole.find(needle, at + len(needle))
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _canonical_with_origin(raw: str) -> tuple[str, list[int]]:
    """The canonical string with, for each of its characters, the raw position it came from (-1 for added ones)."""
    folded_parts: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(raw):
        folded = fold(character)
        folded_parts.append(folded)
        origin.extend([position] * len(folded))
    folded_text = "".join(folded_parts)
    parts: list[str] = []
    places: list[int] = []
    cjk, gap = False, ""
    for match in _RUN.finditer(folded_text):
        run, start = match.group(1), match.start()
        was_cjk, cjk = cjk, is_cjk(run)
        if parts and _broken(gap, was_cjk and cjk):
            parts.append(BREAK)
            places.append(-1)
        parts.append(run if cjk else f" {run} ")
        here = origin[start : start + len(run)]
        places.extend(here if cjk else [-1, *here, -1])
        gap = match.group(2)
    return "".join(parts), places
