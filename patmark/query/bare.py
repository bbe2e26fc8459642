"""Words typed without quotes: their edges, signs that stand alone, signs of other systems, what to tell about them."""

from __future__ import annotations

import re

from patmark import text as units
from patmark.query.lexer import OPERATORS, half_width, is_word
from patmark.query.mending import fault, quoted, replaced
from patmark.query.reading import Note, NoteKind
from patmark.query.typed import Value

#: Punctuation at the edges of a word is not part of it (a pasted `电池，`).
_BEFORE, _BEHIND = ",;:=<>≥≤、。…·", ",;:、。.!?…·"
_LETTERS = re.compile("[0-9A-Za-z\u4e00-\u9fff]+")
_SURE = re.compile("[0-9A-Za-z\u4e00-\u9fff]")

#: Signs that other systems take for operators, each for another; alone they are refused, never passed over.
_LONE_SIGNS = {
    "*": "AND", "&": "AND", "&&": "AND", "+": "OR", "|": "OR", "||": "OR", "/": "OR", "-": "NOT", "!": "NOT", "~": "NOT"
}  # fmt: skip
_DOLLAR = re.compile(r"[A-Za-z]\$\d*$")
_PROXIMITY = re.compile(r"\$(?:W|PRE)(\d+)|\$(SEN|PARA)|\$WS|(?:NEAR|ONEAR|ADJ)(\d+)|\$FREQ(\d+)|ANDNOT|GAND")
_REFERENCE = re.compile(r"[#@][\w]+")
_SIGNED = re.compile(r"[-+!]+(?=[A-Za-z\u4e00-\u9fff\"])")

_LOWER = {"and": "AND", "or": "OR", "not": "NOT"}
_GLUED = re.compile("[\u4e00-\u9fff](AND|OR|NOT)[\u4e00-\u9fff]")
_SYMBOL = re.compile(r"[A-H]\d\d[A-Z]\d{1,4}/\d{2,6}")
_JOINING = frozenset("和及")
_RESERVED = frozenset({"NEAR", "SEN", "PARA", "FLD", "XOR", "ADJ", "WITH", "SAME"})


def trimmed(value: Value) -> str | None:
    """The word without the punctuation at its edges, as typed; None where there is nothing to look for in it."""
    plain = half_width(value.text)
    right = len(plain.rstrip(_BEHIND))
    left = right - len(plain[:right].lstrip(_BEFORE))
    kept = value.text[left:right]
    return kept if kept and (_SURE.search(kept) or not units.phrase(kept).empty) else None


def stands_bare(word: str) -> bool:
    """Whether a word can be written again without quotes: `与,` without its comma would be an operator."""
    return (_LETTERS.fullmatch(word) is not None and word not in OPERATORS) or is_word(word)


def refuse_lone_sign(value: Value) -> None:
    """Raises `BadQuery` for a sign that stands alone and is an operator elsewhere."""
    sign = value.plain
    operator = _LONE_SIGNS.get(sign)
    if operator is not None:
        raise fault(
            value.span,
            f"单独的“{value.text}”在不同的检索系统里意思不同，这里不用它作运算符。",
            expected=f"AND、OR 或 NOT（例如 {operator}）",
            suggestion=replaced(value.whole, value.span, operator),
        )


def refuse_unknown_operators(value: Value, word: str) -> None:
    """Raises `BadQuery` for truncation, proximity and references, which other systems have."""
    plain = half_width(word)
    start = value.span[0]
    if match := _PROXIMITY.fullmatch(plain):
        raise fault(
            value.span,
            f"“{value.text}”是别的检索系统的写法。",
            expected="NEAR/n、PRE/n、SEN、PARA 或 FREQ/n；n 是中间隔开的字词数",
            suggestion=replaced(value.whole, value.span, _ours(plain, match)),
        )
    if _REFERENCE.fullmatch(plain):
        _refuse(value, "还不能引用检索历史或已存的检索式。", quoted(word), "检索式本身；要检索这几个字，请加引号")
    if match := _SIGNED.match(plain):
        rest = word[match.end() :]
        better = rest if match[0][0] == "+" else f"NOT {rest}"
        _refuse(value, f"词前面的“{match[0]}”不是这里的运算符。", better, f"{better}；要检索带符号的文字，请加引号")
    if match := _DOLLAR.search(plain):
        at = start + max(0, half_width(value.text).find(plain)) + match.start()
        raise fault(
            (at, at + len(match[0])),
            "$ 在不同的检索系统里意思不同，这里不用它截词。",
            expected="* 代表任意多个字母，? 代表一个",
            suggestion=replaced(value.whole, value.span, re.sub(r"\$\d*$", "*", word)),
        )


def _ours(plain: str, match: re.Match[str]) -> str:
    """The operator of ours that says the same: PatSnap's distances count as ours, the American ones one more."""
    apart, unit, american, times = match.groups()
    if apart:
        return f"PRE/{apart}" if plain.startswith("$PRE") else f"NEAR/{apart}"
    if american:
        return f"{'NEAR' if plain.startswith('NEAR') else 'PRE'}/{max(0, int(american) - 1)}"
    if times:
        return f"FREQ/{times}"
    return unit or ("NOT" if plain == "ANDNOT" else "NEAR/99" if plain == "$WS" else "AND")


def _refuse(value: Value, sentence: str, better: str, expected: str) -> None:
    raise fault(value.span, sentence, expected=expected, suggestion=replaced(value.whole, value.span, better))


def hints(value: Value, word: str) -> list[Note]:
    """What to tell about a word that looks like something else; it is read as text all the same."""
    found: list[str] = []
    if word.isascii() and word.isalpha():
        if (operator := _LOWER.get(word.lower())) and not value.given:
            found.append(f"“{word}”按单词检索；要作运算符，请大写成 {operator}。")
        elif word in _RESERVED:
            found.append(f"“{word}”按单词检索，这里不是运算符。")
    elif word in _JOINING:
        found.append(f"单独的“{word}”按文字检索；要表示“并且”，请写 与 或 AND。")
    else:
        plain = half_width(word)
        if "(" in plain:
            found.append(f"“{word}”里紧跟在字后的括号按文字理解；要分组，请在括号前加空格。")
        if glued := _GLUED.search(plain):
            found.append(f"“{word}”按一个词检索；要作运算符，请在 {glued[1]} 两边加空格。")
        if _SYMBOL.fullmatch(plain.upper()) and not value.given:
            found.append(f"“{word}”按文字检索；要按分类号检索，请写 ipc:{plain.upper()}。")
    return [Note(NoteKind.WORD, sentence, *value.span) for sentence in found]
