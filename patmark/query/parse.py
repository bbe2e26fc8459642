"""Reading a query: text in, tree and notes out, or `BadQuery` with the place, what was expected and a mended query.

1. invisible characters are taken out, control characters refused; at most 10,000 characters, 5,000 terms, 200 levels
2. the text is cut into tokens (lexer.py)
3. one pass with a stack of open brackets builds the tree; NOT binds before AND, AND before OR, a blank is AND
4. where it fails, the proposal of the error is read in turn until one can be read: no proposal is ever itself wrong
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from patmark.errors import BadQuery
from patmark.fields import Field, FieldKind, Subject, field
from patmark.query.bare import refuse_lone_sign
from patmark.query.building import Group, too_deep
from patmark.query.context import QueryContext
from patmark.query.lexer import Mark, Token, half_width, tokens
from patmark.query.mending import fault, quoted, replaced
from patmark.query.reading import Note, NoteKind, Reading
from patmark.query.tree import And, Everything, Node, Not, Phrase, leaves
from patmark.query.typed import Value
from patmark.query.values import Values

LONGEST = 10_000
MOST_TERMS = 5_000
DEEPEST = 200
_MENDS = 12

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MAYBE_NUMBER = re.compile(r"[A-Za-z0-9 ./,\-]{6,40}")
_NUMBER_PART = re.compile(r"(?:[0-9][0-9A-Za-z.,/\-]*|[A-Za-z][0-9]?)\Z")
_NUMBER_START = re.compile(r"(?:CN|ZL|CNZL|US|EP|WO|JP|KR|PCT)(?=$|[\d/.])[\d/.\-A-Z]*", re.IGNORECASE)
_SUBCLASS = re.compile(r"[A-HY]\d\d[A-Z]", re.IGNORECASE)
_GROUP = re.compile(r"\d{1,4}/\d{1,6}(?:/low)?", re.IGNORECASE)
_TO = frozenset({"TO", "to", "To", "至", "到", "~", "-", "—", "–"})
_LONE_RELATION = re.compile(r"[<>]=?|=[<>]|[≥≤]")
_CHINESE_WORD = re.compile("(?![和及]$)[\u4e00-\u9fff]+")
_TEXTS = frozenset({FieldKind.TEXT, FieldKind.NAME, FieldKind.GROUP})
_RANGED = frozenset({FieldKind.DATE, FieldKind.COUNT})
_OPERATORS = frozenset({Mark.AND, Mark.OR, Mark.NOT, Mark.PLACE, Mark.OFTEN})
#: What may not stand behind a field name.
_NO_VALUE = _OPERATORS | {Mark.CLOSE, Mark.FIELD}
_JOINING = _RANGED | {FieldKind.CLASS, FieldKind.NUMBER}


def parse(text: str, subject: Subject, context: QueryContext) -> Reading:
    """What a query means; raises `BadQuery` and nothing else. An empty text, or `*`, asks for all records.

    Of the error, `start` and `end` are a span of the text as handed in, and `suggestion`, where there is one, is a
    query that can be read.
    """
    if len(text) > LONGEST:
        sentence = f"检索式有 {len(text)} 个字符，超过上限 {LONGEST} 个。"
        raise fault((LONGEST, len(text)), sentence, expected="较短的检索式，可以拆成几次检索")
    clean = _INVISIBLE.sub("", text)
    try:
        reading = _Parser(clean, subject, context).run()
    except BadQuery as reason:
        reason.suggestion = _mended(reason.suggestion, subject, context)
        if clean != text:
            reason.start, reason.end = _as_typed(text, reason.start), _as_typed(text, reason.end)
        raise
    if clean == text:
        return reading
    moved = [replace(one, start=_as_typed(text, one.start), end=_as_typed(text, one.end)) for one in reading.notes]
    gone = Note(NoteKind.CORRECTED, "去掉了看不见的字符。", 0, len(text))
    return Reading(reading.tree, (gone, *moved))


def _as_typed(text: str, position: int) -> int:
    """The place in the text as typed of a place in the text without its invisible characters."""
    for match in _INVISIBLE.finditer(text):
        if match.start() > position:
            break
        position += 1
    return position


def _mended(suggestion: str, subject: Subject, context: QueryContext) -> str:
    """The first proposal in a row of proposals that can be read; empty where none of them can."""
    # A long text gets fewer tries, so that refusing costs no more than a few readings.
    for _ in range(min(_MENDS, 2 + _MENDS * 1000 // (len(suggestion) + 1))):
        suggestion = suggestion.strip()
        if not suggestion or len(suggestion) > LONGEST:
            return ""
        try:
            _Parser(suggestion, subject, context).run()
        except BadQuery as reason:
            suggestion = reason.suggestion
        else:
            return suggestion
    return ""


class _Parser:
    """One reading of one text, without recursion: `groups` are the brackets open at the moment."""

    def __init__(self, text: str, subject: Subject, context: QueryContext) -> None:
        self.text = text
        self.subject = subject
        self.values = Values(subject, context)
        self.tokens: list[Token] = []
        self.at = 0
        self.groups = [Group(text)]

    def run(self) -> Reading:
        if control := _CONTROL.search(self.text):
            sentence = "检索式里有控制字符或残缺的字符。"
            raise fault(control.span(), sentence, expected="可以打印的字符", suggestion=_CONTROL.sub(" ", self.text))
        if self.text.strip() in ("", "*", "＊"):
            return Reading(Everything())
        tree = self._whole_number()
        cut: list[Note] = []
        if tree is None:
            self.tokens, cut = tokens(self.text, self.subject)
            tree = self._tree()
        return Reading(tree, tuple(sorted([*cut, *self.values.notes], key=lambda note: note.start)))

    def _whole_number(self) -> Node | None:
        """The whole text as one number with blanks in it: `ZL 2011 1 0297790.0`."""
        bare = half_width(self.text).strip()
        if " " not in bare or not _MAYBE_NUMBER.fullmatch(bare) or sum(map(str.isdigit, bare)) < 6:
            return None
        start = len(self.text) - len(self.text.lstrip())
        span = (start, start + len(self.text.strip()))
        return self.values.guessed(Value(self.text, self.text.strip(), span, span, given=False))

    def _tree(self) -> Node:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.mark is Mark.OPEN:
                self._open(token, self.groups[-1].scope)
            elif token.mark is Mark.CLOSE:
                self._close(token)
            elif token.mark in (Mark.AND, Mark.OR, Mark.NOT):
                self.groups[-1].operator(token)
            elif token.mark is Mark.PLACE:
                self.groups[-1].place(token)
            elif token.mark is Mark.OFTEN:
                self.groups[-1].often(token)
            elif token.mark is Mark.FIELD:
                self._clause(token)
            else:
                self._value(token, self.groups[-1].scope, None)
        if len(self.groups) > 1:
            raise self._unclosed()
        tree = self.groups[0].finish()
        if tree is None:
            sentence = "检索式里没有可以检索的内容。"
            raise fault((0, len(self.text)), sentence, expected="词、号码或“字段:值”", suggestion="*")
        self._say_only_not(tree)
        return self._bounded(tree)

    def _say_only_not(self, tree: Node) -> None:
        parts = tree.items if isinstance(tree, And) else (tree,)
        if all(isinstance(part, Not) for part in parts):
            sentence = "只有排除的条件：结果是其余的全部记录。"
            self.values.notes.append(Note(NoteKind.WORD, sentence, 0, len(self.text)))

    def _bounded(self, tree: Node) -> Node:
        found = leaves(tree)
        if len(found) > MOST_TERMS:
            sentence = f"检索式有 {len(found)} 个词，超过上限 {MOST_TERMS} 个。"
            raise fault((0, len(self.text)), sentence, expected="较短的检索式，可以拆成几次检索")
        return tree

    def _open(self, token: Token, scope: Field | None) -> None:
        if len(self.groups) > DEEPEST:
            raise too_deep(token)
        self.groups.append(Group(self.text, token, scope))

    def _close(self, token: Token) -> None:
        if len(self.groups) == 1:
            rest = replaced(self.text, token.span, " ")
            raise fault(token.span, "这个右括号没有配对的左括号。", expected="左括号 (", suggestion=rest)
        group = self.groups[-1]
        node = group.finish()
        if node is None:
            raise group.empty(token)
        self.groups.pop()
        self.groups[-1].operand(node, token, group.height)

    def _unclosed(self) -> BadQuery:
        opening = self.groups[-1].opening
        span = opening.span if opening else (0, len(self.text))
        missing = ")" * (len(self.groups) - 1)
        sentence = "这个左括号没有配对的右括号。"
        return fault(span, sentence, expected="右括号 )", suggestion=self.text.rstrip() + missing)

    def _clause(self, name: Token) -> None:
        """A field name was read: a bracket opens a group on that field, anything else is its value."""
        row = name.field
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        if following is None or following.mark in _NO_VALUE or row is None:
            raise self._no_value(name, following)
        self.at += 1
        if following.mark is not Mark.OPEN:
            self._value(following, row, name)
            return
        if name.text != ":":
            rest = replaced(self.text, following.span, "")
            due = "完整的名称" if name.text == "==" else "数或日期"
            raise fault(following.span, f"“{name.text}”后面应直接写{due}。", expected=due, suggestion=rest)
        self._open(name._replace(end=following.end), row)

    def _no_value(self, name: Token, following: Token | None) -> BadQuery:
        typed = self.text[name.start : name.end].rstrip()
        rest = replaced(self.text, name.span, "")
        if following is not None and following.mark in _OPERATORS:
            rest = replaced(self.text, following.span, quoted(following.text))
        zh = name.field.zh if name.field else "字段"
        sentence = f"“{typed}”后面没有值。"
        return fault((name.start, name.start + len(typed)), sentence, expected=f"{zh}的值", suggestion=rest)

    def _value(self, token: Token, scope: Field | None, name: Token | None) -> None:
        row = scope or field(self.subject, "any")
        plain = row.kind in _TEXTS and row.key != "num" and (name is None or name.text == ":")
        if plain and token.mark is Mark.WORD and _CHINESE_WORD.fullmatch(token.text):
            # By far the most common value, and nothing about it can need more thought than this.
            self.groups[-1].operand(Phrase(row.key, token.text), token)
            return
        value, last = self._gathered(token, row, name, given=scope is not None)
        if token.mark is Mark.SPAN:
            value = self._spanned(value, row, given=scope is not None)
        node = self.values.node(row, value)
        if isinstance(node, Everything):
            self._refuse_star_between(token)
        if node is not None:
            self.groups[-1].operand(node, last)
        elif name is not None:
            raise self._no_value(name, None)

    def _refuse_star_between(self, token: Token) -> None:
        """All records are asked for by a `*` on its own; between two terms it is the AND of another system."""
        group = self.groups[-1]
        following = self.tokens[self.at].mark if self.at < len(self.tokens) else Mark.CLOSE
        behind_operand = group.waiting is None and bool(group.branches[-1])
        if behind_operand or following not in (Mark.CLOSE, *_OPERATORS):
            refuse_lone_sign(Value(self.text, token.text, token.span, token.span))

    def _spanned(self, value: Value, row: Field, *, given: bool) -> Value:
        if not given or row.kind not in _RANGED:
            better = replaced(self.text, value.span, quoted(value.text.strip() or "*"))
            sentence = "范围只能写在日期和数的字段后面。" if not given else f"{row.zh}不能写成范围。"
            raise fault(value.span, sentence, expected="字段:[起 TO 止]，例如 ad:[2020 TO 2022]", suggestion=better)
        return value

    def _gathered(self, token: Token, row: Field, name: Token | None, *, given: bool) -> tuple[Value, Token]:
        """The value that begins with a token: usually that one, with those behind it that belong to it."""
        taken = [token]
        if token.mark is Mark.WORD:
            taken += self.tokens[self.at : self.at + self._joined(token, row, given=given)]
        elif token.mark is Mark.QUOTED and row.kind is FieldKind.CLASS and self._next_is_low(token):
            taken.append(self.tokens[self.at])
        self.at += len(taken) - 1
        last = taken[-1]
        if token.mark is Mark.WORD:
            text = self.text[token.start : last.end]
        else:
            text = "".join(one.text for one in taken)
        span = (token.start, last.end)
        clause = (name.start, last.end) if name else span
        relation = name.text if name else ":"
        quotes = token.mark is Mark.QUOTED
        return Value(self.text, text, span, clause, relation=relation, quoted=quotes, given=given), last

    def _next_is_low(self, token: Token) -> bool:
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        return following is not None and following.start == token.end and following.text.lower() == "/low"

    def _joined(self, token: Token, row: Field, *, given: bool) -> int:
        """How many words behind a word belong to its value: `2020 TO 2022`, `H01M 10/0525`, `ZL 2011 1 0297790.0`."""
        first = half_width(token.text)
        if row.kind not in _JOINING and row.key != "num" and (given or not _NUMBER_START.fullmatch(first)):
            return 0
        behind = self.tokens[self.at : self.at + 4]
        words = [half_width(one.text) for one in takewhile(lambda one: one.mark is Mark.WORD, behind)]
        if not words:
            return 0
        if row.kind in _RANGED and given:
            if _LONE_RELATION.fullmatch(first):
                return 1
            return 2 if len(words) > 1 and words[0] in _TO else 0
        if row.kind is FieldKind.CLASS:
            return int(bool(_SUBCLASS.fullmatch(first) and _GROUP.fullmatch(words[0])))
        return self._number_words(first, words, row if given else None)

    def _number_words(self, first: str, words: list[str], row: Field | None) -> int:
        """The longest run of words that is one number, where the first word alone is none."""
        longest = len(list(takewhile(_NUMBER_PART.match, words)))
        if self.values.is_number(row, first):
            return 0
        for count in range(longest, 0, -1):
            if self.values.is_number(row, " ".join([first, *words[:count]])):
                return count
        return 0
