"""Reading where things stand: the operators of nearness and frequency, and words with open places."""

from __future__ import annotations

import re

from patmark.errors import BadQuery
from patmark.query.lexer import SIGN, Token, half_width
from patmark.query.mending import fault, quoted, replaced
from patmark.query.printing import NEAR_WORDS, PRE_WORDS
from patmark.query.tree import Freq, Near, Node, Not, Or, Phrase, Wild
from patmark.query.typed import Value

#: Conditions on positions inside each other: no more than people can follow, and engines walk them.
DEEPEST = 20
_WITHIN = {word: (within, False) for within, word in NEAR_WORDS.items()} | {
    word: (within, True) for within, word in PRE_WORDS.items()
}
_LETTERS = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
_CHINESE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Fewest letters beside the signs of an open word: with fewer it stands for a good part of all words.
FEWEST_LETTERS = 2


def near(whole: str, left: Node, token: Token, right: Node) -> Near:
    """`left NEAR/3 right` and its kin; BadQuery where the sides are no texts of one field."""
    field = _field_of(whole, left, token)
    if _field_of(whole, right, token) != field:
        sentence = f"{token.text} 的两边不在同一个字段里。"
        raise fault(
            token.span,
            sentence,
            expected="两边都写在一个字段的括号里，例如 ti:(锂 NEAR/3 电池)",
            suggestion=replaced(whole, token.span, "AND"),
        )
    word, _, most = token.text.partition("/")
    within, ordered = _WITHIN[word]
    made = Near(field, left, right, int(most or 0), ordered, within)
    _check_depth(made, token)
    return made


def often(whole: str, item: Node, token: Token) -> Freq:
    """`item FREQ/3`; BadQuery where it is no text, or the number is 0."""
    least = int(token.text.partition("/")[2])
    if least < 1:
        raise fault(token.span, "次数至少是 1。", expected="FREQ/2", suggestion=replaced(whole, token.span, "FREQ/1"))
    return Freq(_field_of(whole, item, token), item, least)


def _field_of(whole: str, node: Node, token: Token) -> str:
    """The one field of a text in a condition on positions."""
    if isinstance(node, Phrase | Wild | Near):
        return node.field
    if isinstance(node, Or):
        found = {_field_of(whole, item, token) for item in node.items}
        if len(found) == 1:
            return found.pop()
    without = " ".join(replaced(whole, token.span, "AND" if "FREQ" not in token.text else "").split())
    sentence = f"{token.text} 只能用在同一字段的词、短语或带通配符的词上。"
    if isinstance(node, Not):
        sentence = f"{token.text} 的两边不能是排除的条件。"
    raise fault(token.span, sentence, expected="词或引号里的短语；其他条件用 AND 连接", suggestion=without)


def _check_depth(node: Near, token: Token) -> None:
    level: list[Node] = [node]
    for _ in range(DEEPEST):
        level = [below for one in level if isinstance(one, Near) for below in _inside(one)]
        if not level:
            return
    raise fault(token.span, f"位置关系嵌套超过 {DEEPEST} 层。", expected="较浅的检索式")


def _inside(node: Near) -> list[Node]:
    sides = (node.left, node.right)
    return [item for side in sides for item in (side.items if isinstance(side, Or) else (side,))]


def wild(row_key: str, value: Value, word: str) -> Node:
    """A word with open places; a star at a Chinese end adds nothing. BadQuery where too little is written out."""
    pattern = half_width(word)
    while pattern.endswith("*") and _CHINESE.match(pattern[-2:-1]):
        pattern = pattern[:-1]
    while pattern.startswith("*") and _CHINESE.match(pattern[1:2]):
        pattern = pattern[1:]
    if not SIGN.search(pattern):
        return Phrase(row_key, pattern)
    _check_pattern(value, pattern)
    return Wild(row_key, pattern)


def _check_pattern(value: Value, pattern: str) -> None:
    written = len(_LETTERS.findall(pattern))
    if _CHINESE.search(pattern) or written >= FEWEST_LETTERS:
        return
    raise _too_open(value, pattern)


def _too_open(value: Value, pattern: str) -> BadQuery:
    bare = SIGN.sub("", pattern)
    better = replaced(value.whole, value.span, quoted(bare) if bare else "")
    return fault(
        value.span,
        f"“{value.text}”里写出来的太少，几乎什么词都符合。",
        expected=f"至少一个汉字，或 {FEWEST_LETTERS} 个字母或数字，再加通配符",
        suggestion=better or "*",
    )
