"""Where things stand in a text: the spans of phrases and wildcards, what is near what, and how often. Engines ask here.

A text is the values of one field, each marked (`text.marked`), joined by `VALUE_END`; spans are (start, end) in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from patmark import text
from patmark.errors import BadQuery
from patmark.query.placing import FEWEST_LETTERS
from patmark.query.tree import Freq, Near, Node, Or, Phrase, Wild, Within

VALUE_END = "\x1e"
#: How many units a `*` between Chinese characters stands for at most.
WIDEST = 10

Span = tuple[int, int]
#: A phrase as a field compares it: names go without punctuation (analyser.comparable).
Compared = Callable[[str], str]

#: Signs of a pattern, and the letters that stand for them while the pattern is brought into canonical form: runes are
#: letters to the normaliser, and nobody writes patents in them.
_SIGNS = {"~?": "\u16a6", "*": "\u16a0", "?": "\u16a2"}
_SIGN = re.compile(r"~\?|\*|\?")
_RUNES = "".join(_SIGNS.values())
_CHARACTER = rf"[^ {text.BREAK}{text.SENTENCE_END}{text.PARAGRAPH_END}{VALUE_END}]"
_UNIT = rf"(?:{_CHARACTER}| {_CHARACTER}++ )"
_IN_WORD = {_SIGNS["*"]: f"{_CHARACTER}*", _SIGNS["?"]: _CHARACTER, _SIGNS["~?"]: f"{_CHARACTER}?"}
_BETWEEN = {_SIGNS["*"]: f"{_UNIT}{{0,{WIDEST}}}?", _SIGNS["?"]: _UNIT, _SIGNS["~?"]: f"{_UNIT}??"}
_PIECE = re.compile(r" ([^ ]+) |([^ ])")
_ENDS = {
    Within.SENTENCE: re.compile(f"[{text.SENTENCE_END}{text.PARAGRAPH_END}{VALUE_END}]"),
    Within.PARAGRAPH: re.compile(f"[{text.PARAGRAPH_END}{VALUE_END}]"),
}
_MARKS = rf"[{text.BREAK}{text.SENTENCE_END}{text.PARAGRAPH_END}]*+"


def check(node: Node) -> None:
    """BadQuery where a condition on positions asks for what no text can decide, or for nearly every word."""
    match node:
        case Wild(_, pattern):
            _check_pattern(pattern)
        case Or(items):
            for item in items:
                check(item)
        case Near(_, left, right):
            check(left)
            check(right)
        case Freq(_, item):
            check(item)
        case Phrase():
            pass
        case _:
            raise BadQuery("位置关系和词频里只能是词、短语或带通配符的词。", mend="请把其他条件写在外面，用 AND 连接。")


def _check_pattern(pattern: str) -> None:
    whole = pieces(pattern, str)
    short = [one for one in whole if is_open(one) and 0 < len(letters(one)) < FEWEST_LETTERS]
    if short:
        raise BadQuery(
            f"通配符前后的字母太少：“{shown(short[0])}”。",
            mend=f"请在一个词里写出至少 {FEWEST_LETTERS} 个字母或数字，再加通配符。",
        )
    if not any(letters(one).strip(text.BREAK) for one in whole):
        raise BadQuery(f"“{pattern}”里只有通配符。", mend="请写出要检索的字，再加通配符。")


def joined(values: Sequence[str]) -> str:
    """The marked values of a field as one text."""
    return VALUE_END.join(values)


def holds(node: Node, marked: str, compared: Compared) -> bool:
    """Whether a field with this text has what a Phrase, Wild, Near, Freq, or an Or of such asks for."""
    if isinstance(node, Freq):
        return _times(spans(node.item, marked, compared)) >= node.least
    return next(_spans(node, marked, text.unmarked(marked), compared), None) is not None


def spans(node: Node, marked: str, compared: Compared) -> list[Span]:
    """Where it stands, in order, overlaps and all, each place once."""
    return sorted(set(_spans(node, marked, text.unmarked(marked), compared)))


def _spans(node: Node, marked: str, plain: str, compared: Compared) -> Iterator[Span]:
    match node:
        case Phrase(_, words):
            yield from _phrase_spans(text.phrase(compared(words)).canonical, plain)
        case Wild(_, pattern):
            for found in expression(pattern, compared).finditer(plain):
                yield found.span(1)
        case Or(items):
            for item in items:
                yield from _spans(item, marked, plain, compared)
        case Near():
            yield from _near_spans(node, marked, plain, compared)


def _phrase_spans(needle: str, plain: str) -> Iterator[Span]:
    at = plain.find(needle) if needle else -1
    while at >= 0:
        yield at, at + len(needle)
        at = plain.find(needle, at + 1)


def _near_spans(node: Near, marked: str, plain: str, compared: Compared) -> Iterator[Span]:
    left = sorted(set(_spans(node.left, marked, plain, compared)))
    right = sorted(set(_spans(node.right, marked, plain, compared))) if left else []
    if not right:
        return
    close = _closeness(node, marked)
    yield from _pairs(left, right, close)
    if not node.ordered:
        yield from _pairs(right, left, close)


def _pairs(first: Sequence[Span], second: Sequence[Span], close: Callable[[int, int], bool]) -> Iterator[Span]:
    """The hulls of what stands before and what stands behind it close enough."""
    begin = 0
    for start, end in first:
        while begin < len(second) and second[begin][0] < start:
            begin += 1
        for low, high in second[begin:]:
            if low < end:
                continue
            # What follows stands still farther away.
            if not close(end, low):
                break
            yield start, high


def _closeness(node: Near, marked: str) -> Callable[[int, int], bool]:
    if node.within is Within.FIELD:
        return lambda end, start: True
    if node.within is Within.UNITS:
        within = _within(node.most)
        return lambda end, start: within.fullmatch(marked, end, start) is not None
    ends = _ENDS[node.within]
    return lambda end, start: ends.search(marked, end, start) is None


@lru_cache(maxsize=128)
def _within(most: int) -> re.Pattern[str]:
    """So many units at most, with any punctuation among them."""
    return re.compile(rf"(?:{_MARKS}{_UNIT}){{0,{most}}}+{_MARKS}")


def _times(found: Sequence[Span]) -> int:
    """How many of these spans fit in without overlapping: always the one that ends first is taken."""
    count, taken = 0, 0
    for start, end in sorted(found, key=lambda one: (one[1], one[0])):
        if start >= taken:
            count, taken = count + 1, end
    return count


def pieces(pattern: str, compared: Compared) -> tuple[str, ...]:
    """A pattern in canonical form, piece by piece: characters and breaks bare, words between spaces, signs as runes."""
    runes = _SIGN.sub(lambda sign: _SIGNS[sign[0]], pattern)
    whole = text.canonical(compared(runes)).strip(text.BREAK)
    return tuple(f" {word} " if word else character for word, character in _PIECE.findall(whole))


@lru_cache(maxsize=1024)
def expression(pattern: str, compared: Compared) -> re.Pattern[str]:
    """The pattern as a regular expression over plain text; group 1 is what it stands for, found at every start."""
    whole = pieces(pattern, compared)
    written = map(_piece_expression, whole, ("", *whole[:-1]), (*whole[1:], ""))
    return re.compile(f"(?=({''.join(written)}))")


def _piece_expression(piece: str, before: str, behind: str) -> str:
    word = piece.strip(" ")
    if word == piece:
        return re.escape(piece)
    if not word.strip(_RUNES):
        return "".join(_BETWEEN[sign] for sign in word)
    inside = f" {''.join(_IN_WORD.get(one) or re.escape(one) for one in word)} "
    # A star between a word and a character stands for the rest of the word and for what follows it: `5G*信`.
    star = _SIGNS["*"]
    lead = _BETWEEN[star] if word[0] == star and before.strip() == before != "" else ""
    trail = _BETWEEN[star] if word[-1] == star and behind.strip() == behind != "" else ""
    return lead + inside + trail


def is_open(piece: str) -> bool:
    """Whether a piece of a pattern has a sign in it."""
    return any(sign in piece for sign in _RUNES)


def letters(piece: str) -> str:
    """What is written out in a piece."""
    return "".join(one for one in piece if one not in _RUNES and one != " ")


def shown(piece: str) -> str:
    """A piece as people write it."""
    back = {rune: sign for sign, rune in _SIGNS.items()}
    return "".join(back.get(one, one) for one in piece.strip(" "))


def word_expression(piece: str) -> str:
    """An open word as a regular expression over the words of an index; they are letters and digits with dots inside."""
    signs = {_SIGNS["*"]: ".*", _SIGNS["?"]: ".", _SIGNS["~?"]: ".?"}
    return "".join(signs.get(one) or ("\\." if one == "." else one) for one in piece.strip(" "))
