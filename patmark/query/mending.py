"""Where a query is wrong and how it can be mended: the error, the nearest right word, the picture with the caret."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from patmark.errors import BadQuery

#: Columns of a picture: what fits an ordinary terminal beside a margin.
_COLUMNS = 76


def fault(span: tuple[int, int], sentence: str, *, expected: str = "", suggestion: str = "") -> BadQuery:
    """The error for a span of the text; what is expected there is said to the person as the mend, too."""
    mend = f"这里应为{expected}。" if expected else ""
    return BadQuery(sentence, start=span[0], end=span[1], expected=expected, suggestion=suggestion, mend=mend)


def replaced(text: str, span: tuple[int, int], new: str) -> str:
    """The text with one span written anew; where nothing takes its place, one blank is left instead."""
    before, after = text[: span[0]], text[span[1] :]
    if not new.strip():
        before, after = before.rstrip(), after.lstrip()
        new = " " if before and after and before[-1] != "(" and after[0] != ")" else ""
    return before + new + after


def quoted(text: str) -> str:
    """The text between straight quotes, a quote inside written twice."""
    return '"' + text.replace('"', '""') + '"'


def nearest(word: str, words: Iterable[str], limit: int = 3) -> list[str]:
    """The words a misspelt one may stand for, by edit distance, likeliest first; none when all are far away."""
    most = max(1, len(word) // 2)
    ranked: list[tuple[int, int, str]] = []
    for candidate in set(words):
        if abs(len(candidate) - len(word)) <= most:
            distance = _distance(word, candidate, most)
            if distance <= most:
                # Among equals the one that begins alike is likelier meant.
                ranked.append((distance, -_common(word, candidate), candidate))
    return [candidate for _, _, candidate in sorted(ranked)[:limit]]


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _distance(one: str, other: str, most: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) from one word to another; anything above `most` once it is."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        rows.append(row)
    return rows[-1][-1]


def caret(text: str, error: BadQuery) -> str:
    """Two lines for a terminal: the line of the query at fault, and carets under the faulty span.

    Wide characters take two columns; a long line is cut around the fault and marked with `…`.
    """
    start = min(max(error.start, 0), len(text))
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    line = text[first : last if last >= 0 else len(text)]
    begin = start - first
    end = max(begin + 1, min(error.end - first, len(line)))
    left, begin_at = _cut_left(line, begin)
    shown = left + _cut_right(line[begin:], _COLUMNS - begin_at)
    under = sum(_columns(one) for one in line[begin:end]) or 1
    return f"{shown}\n{' ' * begin_at}{'^' * max(1, min(under, _COLUMNS - begin_at))}"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _printable(text: str) -> str:
    """Characters that would move the cursor or hide as one blank or mark each."""
    return "".join(one if one.isprintable() else " " if one.isspace() else "\ufffd" for one in text)


def _cut_left(line: str, begin: int) -> tuple[str, int]:
    """What is shown left of the fault, at most half the columns, and how many columns it takes."""
    taken: list[str] = []
    width = 0
    for character in reversed(_printable(line[:begin])):
        if width + _columns(character) > _COLUMNS // 2:
            return "…" + "".join(reversed(taken)), width + 1
        taken.append(character)
        width += _columns(character)
    return "".join(reversed(taken)), width


def _cut_right(rest: str, room: int) -> str:
    taken: list[str] = []
    for character in rest[:room]:
        room -= _columns(character)
        if room < 1 and len(taken) + 1 < len(rest):
            return _printable("".join(taken)) + "…"
        taken.append(character)
    return _printable("".join(taken))
