"""Cutting a query into tokens: brackets, operators, quoted phrases, field names with their relation, and words.

What decides is where a sign stands (QUERY.md 5.4): an operator is one only where it stands alone between blanks,
brackets or quotes (非平衡 and 与非门 are words), a bracket only where no word touches it from the left (聚(乙烯醇) is a
word), and nothing counts inside quotes. Positions are those of the text handed in.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from patmark import fields
from patmark.errors import BadQuery
from patmark.fields import Field, FieldKind, Subject
from patmark.query.mending import fault, nearest, quoted, replaced
from patmark.query.reading import Note, NoteKind
from patmark.text import fold as simplified


class Mark(Enum):
    """What a token is."""

    WORD = auto()
    QUOTED = auto()
    SPAN = auto()  # [a TO b], without its brackets
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    PLACE = auto()  # NEAR/3, PRE/3, SEN, PARA, FLD …, between its two sides
    OFTEN = auto()  # FREQ/3, behind what is counted
    FIELD = auto()


class Token(NamedTuple):
    """One token: `text` as typed (for FIELD the relation, for QUOTED what stands between the quotes)."""

    mark: Mark
    text: str
    start: int
    end: int
    field: Field | None = None

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


#: Full-width signs are read as their half-width twins, position by position.
_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: " ", 0x2236: ":", 0xFE59: "(", 0xFE5A: ")"}

_AND, _OR, _NOT = ("AND", "并且", "与", "且", "并"), ("OR", "或者", "或", "、"), ("NOT", "不含", "非")
OPERATORS = dict.fromkeys(_AND, Mark.AND) | dict.fromkeys(_OR, Mark.OR) | dict.fromkeys(_NOT, Mark.NOT)
_EDGE = '\\s()"“”「」『』'
_OPERATOR = re.compile(rf"(?:{'|'.join(sorted(OPERATORS, key=len, reverse=True))})(?=[{_EDGE}]|$)")
_PLACE = re.compile(rf"(?:(?:NEAR|PRE)/\d{{1,2}}|(?:PRE)?(?:SEN|PARA|FLD))(?=[{_EDGE}]|$)")
_OFTEN = re.compile(rf"FREQ/\d{{1,3}}(?=[{_EDGE}]|$)")
_OPERATOR_START = frozenset(word[0] for word in OPERATORS)
#: By far the most common word: Chinese, with nothing touching it, no operator and no field name.
_PLAIN_WORD = re.compile(rf"(?!(?:{'|'.join(OPERATORS)})(?:[{_EDGE}]|$))[\u4e00-\u9fff]{{2,}}(?=\)|$|\s++(?![:=<>≥≤]))")
_IN_WORD = rf"[^{_EDGE}]"
#: A word, with brackets that touch it and hold one piece: 聚(乙烯醇)薄膜, 鸿富锦精密工业(深圳)有限公司.
_WORD = re.compile(rf"{_IN_WORD}++(?:\({_IN_WORD}++\){_IN_WORD}*+)*+")
_IN_NAME = rf"[^{_EDGE}:=<>≥≤\[\]{{}};,]"
_RELATION = r"[:=]?\s*(?:>=|<=|=>|=<|[<>≥≤])|==?|:"
_NAME = re.compile(rf"({_IN_NAME}{{1,40}}+(?:\({_IN_NAME}{{1,20}}+\){_IN_NAME}{{0,20}}+)*+)(\s*)({_RELATION})\s*")
_SIDED = re.compile(rf"(\d[\d./-]*)\s*(<=|>=|<|>)\s*({_IN_NAME}+)(?:\s*(<=|>=|<|>)\s*(\d[\d./-]*))?")
_SPAN = re.compile(r"\[([^\[\]]*)\]")
_HAS_TO = re.compile(r"\s(?:TO|to|To|至|到)\s")
_QUOTES = {
    opening: re.compile(f"[{closing}]")
    for opening, closing in {'"': '"', "“": '”"', "”": '”“"', "「": "」", "『": "』", "'": "'", "‘": "’'"}.items()
}
_OPEN_SPAN = re.compile(r"\[\s*[^\s()\[\]]+\s+(?:TO|to|To|至|到)\s+[^\s()\[\]]+")
_TWINS = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_BLANK = re.compile(r"\s+")

#: Open places of a word: any characters, exactly one, none or one.
SIGN = re.compile(r"~\?|[*?]")
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")
#: What a name may look like for its colon to be a relation; other colons are text (3:1, 12:30, https://…).
_ASCII_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_@.-]*")
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff()/、+]{1,12}")
_TEXT_KINDS = frozenset({FieldKind.TEXT, FieldKind.NAME, FieldKind.GROUP})


def half_width(text: str) -> str:
    """The text with full-width signs, letters and blanks in half width; as long as before."""
    return text if text.isascii() else text.translate(_WIDTH)


def tokens(text: str, subject: Subject) -> tuple[list[Token], list[Note]]:
    """Every token of a query and what to tell about how it was cut; raises `BadQuery`. Linear in the text."""
    lexer = _Lexer(text, subject)
    lexer.run()
    return lexer.found, lexer.notes


def is_open(word: str) -> bool:
    """Whether a word has an open place in it (`电*池`, `colo?r`); a star between digits multiplies."""
    return bool(SIGN.search(_TIMES.sub("", half_width(word))))


def is_word(text: str) -> bool:
    """Whether a text typed as it stands behind `any:` is one word and nothing else, whatever stands behind it."""
    if text.startswith(("[", "［")) or is_open(text):
        return False
    try:
        found, _ = tokens(f"any:{text}", Subject.PATENT)
    except BadQuery:
        return False
    return len(found) == 2 and found[1].mark is Mark.WORD and found[1].text == text


def _relation(typed: str) -> str:
    """`:`, `>=`, `>`, `<=` or `<`, however it was written."""
    sign = "".join(typed.split())
    sign = sign if sign in ("=>", "=<") else sign.lstrip(":=") or ":"
    return {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<="}.get(sign, sign)


class _Lexer:
    def __init__(self, text: str, subject: Subject) -> None:
        self.text = text
        self.plain = half_width(text)
        self.subject = subject
        self.names = fields.by_name(subject)
        self.found: list[Token] = []
        self.notes: list[Note] = []
        self.said_wide = False

    def run(self) -> None:
        at, end = 0, len(self.plain)
        while at < end:
            if word := _PLAIN_WORD.match(self.plain, at):
                at = self._add(Mark.WORD, word[0], word.span())
            elif blank := _BLANK.match(self.plain, at):
                at = blank.end()
            else:
                at = self._step(at)

    def _step(self, at: int) -> int:
        """Reads one token at a place that is no blank; returns where the next may begin."""
        sign = self.plain[at]
        if sign in "()":
            return self._add_sign(Mark.OPEN if sign == "(" else Mark.CLOSE, (at, at + 1))
        if sign in _QUOTES:
            return self._quoted(at, _QUOTES[sign])
        if sign in "」』":
            raise self._stray_quote(at)
        if sign == "[" and (end := self._span(at)):
            return end
        if sign in _OPERATOR_START and (match := _OPERATOR.match(self.plain, at)):
            return self._add_sign(OPERATORS[match[0]], match.span())
        if sign in "NPSF" and (match := _PLACE.match(self.plain, at)):
            return self._add(Mark.PLACE, match[0], match.span())
        if sign == "F" and (match := _OFTEN.match(self.plain, at)):
            return self._add(Mark.OFTEN, match[0], match.span())
        if sign.isdigit() and (match := _SIDED.match(self.plain, at)):
            self._refuse_sided(match)
        after_field = bool(self.found) and self.found[-1].mark is Mark.FIELD
        match = _NAME.match(self.plain, at)
        # Behind a field name stands its value, whatever colons are in it, unless a blank and another name follow.
        if match and after_field and not (self.plain[at - 1].isspace() and fields.spell(match[1]) in self.names):
            match = None
        if match and (end := self._field(match)):
            return end
        return self._word(at)

    def _add(self, mark: Mark, text: str, span: tuple[int, int], field: Field | None = None) -> int:
        self.found.append(Token(mark, text, *span, field))
        return span[1]

    def _add_sign(self, mark: Mark, span: tuple[int, int], field: Field | None = None) -> int:
        """A bracket, operator or relation: what decides how the query is read, so a full-width one is told of, once."""
        plain = self.plain[span[0] : span[1]]
        typed = self.text[span[0] : span[1]]
        if typed != plain and not self.said_wide:
            self.said_wide = True
            self._note(
                NoteKind.CORRECTED, span, f"全角的“{typed.strip()}”按半角的“{plain.strip()}”理解，其余的也一样。"
            )
        return self._add(mark, typed if field is None else _relation(plain), span, field)

    def _note(self, kind: NoteKind, span: tuple[int, int], sentence: str) -> None:
        self.notes.append(Note(kind, sentence, *span))

    def _quoted(self, at: int, closing: re.Pattern[str]) -> int:
        """A phrase between quotes; a straight double quote inside straight quotes is written twice."""
        end = at + 1
        while True:
            close = closing.search(self.plain, end)
            if close is None:
                raise self._open_quote(at)
            end = close.start()
            if self.plain[at] != '"' or not self.plain.startswith('""', end):
                break
            end += 2
        inside = self.text[at + 1 : end]
        if not inside.strip():
            rest = replaced(self.text, (at, end + 1), "")
            raise fault((at, end + 1), "引号里是空的。", expected="要检索的文字", suggestion=rest)
        inside = inside.replace('""', '"') if self.plain[at] == '"' else inside
        return self._add(Mark.QUOTED, inside, (at, end + 1))

    def _open_quote(self, at: int) -> BadQuery:
        twin = _TWINS.get(self.text[at], self.text[at])
        mended = self.text.rstrip() + twin if self.text[at + 1 :].strip() else self.text[:at].rstrip()
        sentence = f"引号 {self.text[at]} 没有配对。"
        return fault((at, len(self.text)), sentence, expected=f"另一半引号 {twin}", suggestion=mended)

    def _stray_quote(self, at: int) -> BadQuery:
        rest = replaced(self.text, (at, at + 1), " ")
        return fault((at, at + 1), f"引号 {self.text[at]} 前面没有配对的引号。", suggestion=rest)

    def _span(self, at: int) -> int:
        """`[a TO b]`; 0 where the bracket belongs to a text such as `[1,2-d]嘧啶` behind the name of a text field."""
        before = self.found[-1] if self.found else None
        field = before.field if before else None
        match = _SPAN.match(self.plain, at)
        if match and (_HAS_TO.search(match[1]) or (field and field.kind not in _TEXT_KINDS)):
            return self._add(Mark.SPAN, self.text[at + 1 : match.end() - 1], match.span())
        if field and field.kind in _TEXT_KINDS:
            return 0
        if match is None and (field or _HAS_TO.search(self.plain, at)):
            half = _OPEN_SPAN.match(self.plain, at)
            end = half.end() if half else len(self.text)
            raise fault((at, end), "方括号没有配对。", expected="]", suggestion=replaced(self.text, (end, end), "]"))
        word = _WORD.match(self.plain, at)
        span = word.span() if word else (at, at + 1)
        raise fault(
            span,
            "方括号只用来写范围；要检索带方括号的文字，请加引号。",
            expected="字段:[起 TO 止]，例如 ad:[2020 TO 2022]",
            suggestion=replaced(self.text, span, quoted(self.text[slice(*span)])),
        )

    def _field(self, match: re.Match[str]) -> int:
        """A field name with its relation; 0 where the colon or sign is part of the text."""
        name, blank, relation = match.groups()
        start = match.start()
        row = self.names.get(fields.spell(name))
        if row is None and not name.isascii():
            row = self.names.get(fields.spell(simplified(name)))
        first, longer = self._longer_name(name)
        if longer is not None:
            row = longer
            start = self.found[first].start
            del self.found[first:]
        if row is None:
            if not self._is_meant_as_field(match) or (blank and relation == ":"):
                return 0
            raise self._unknown_field(match)
        self._add_sign(Mark.FIELD, match.span(3), row)
        if match[3] == "==" and row.kind is FieldKind.NAME and row.facet:
            # Elsewhere == says no more than a colon; of a name it says that this is the whole of it.
            self.found[-1] = self.found[-1]._replace(text="==")
        self.found[-1] = self.found[-1]._replace(start=start, end=match.end())
        return match.end()

    def _refuse_sided(self, match: re.Match[str]) -> None:
        """`20110101<=PD<=20130101`: the field goes first here."""
        first, left, name, right, last = match.groups()
        row = self.names.get(fields.spell(name))
        if row is None:
            return
        turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}[left]
        better = f"{row.key}{turned}{first}" + (f" {row.key}{right}{last}" if right else "")
        suggestion = replaced(self.text, match.span(), better)
        raise fault(match.span(), "比较大小时，字段要写在前面。", expected=better, suggestion=suggestion)

    def _longer_name(self, name: str) -> tuple[int, Field | None]:
        """A name of several words that ends here (`filing date:`, `IPC 小类:`): where it begins, and its field."""
        spaced = _spaced_names(self.subject)
        found: tuple[int, Field | None] = (0, None)
        at = len(self.found)
        while at and self.found[at - 1].mark is Mark.WORD and len(self.found) - at < 4:
            at -= 1
            name = self.found[at].text + name
            found = (at, spaced[fields.spell(name)]) if fields.spell(name) in spaced else found
        return found

    def _is_meant_as_field(self, match: re.Match[str]) -> bool:
        name, _, relation = match.groups()
        after = self.plain[match.end() : match.end() + 1]
        if relation == ":" and self.plain.startswith("//", match.end()):
            return False
        if _ASCII_NAME.fullmatch(name):
            likely = relation[0] in ":=" or bool(self._near(name))
        else:
            likely = bool(_CHINESE_NAME.fullmatch(name)) and (
                relation[0] == "=" or after in ("(", "[") or bool(self._near(name))
            )
        if not likely:
            span = (match.start(1), match.end(3))
            self._note(NoteKind.WORD, span, f"“{name}”不是字段名，“{self.text[slice(*span)]}…”按文字理解。")
        return likely

    def _near(self, name: str) -> list[str]:
        """Names close enough to be a slip of the hand: one edit in three letters or signs, two in six."""
        spelled = fields.spell(name)
        return nearest(spelled, self.names) if len(spelled) > 2 else []

    def _unknown_field(self, match: re.Match[str]) -> BadQuery:
        name = self.text[match.start(1) : match.end(1)]
        span = match.span(1)
        other = Subject.TRADEMARK if self.subject is Subject.PATENT else Subject.PATENT
        spelled = fields.spell(name)
        near = nearest(spelled, self.names) or nearest(fields.spell(half_width(name)), self.names)
        rows = list(dict.fromkeys(self.names[one] for one in near))
        offered = "、".join(f"{row.zh}（{row.key}）" for row in rows)
        elsewhere = fields.by_name(other).get(spelled)
        sentence = f"没有叫“{name}”的字段。"
        if elsewhere is not None:
            what = "商标" if other is Subject.TRADEMARK else "专利"
            sentence = f"“{name}”是{what}检索的字段（{elsewhere.zh}），这里没有。"
        elif rows:
            better = rows[0].key if spelled.isascii() else rows[0].zh
            return fault(
                span, sentence, expected=f"字段名，相近的有：{offered}", suggestion=replaced(self.text, span, better)
            )
        typed = _WORD.match(self.plain, match.start())
        whole = (match.start(), typed.end() if typed else match.end())
        as_text = replaced(self.text, whole, quoted(self.text[slice(*whole)]))
        return fault(span, sentence, expected="字段名；若要按文字检索，请加引号", suggestion=as_text)

    def _word(self, at: int) -> int:
        match = _WORD.match(self.plain, at)
        end = match.end() if match else at + 1
        return self._add(Mark.WORD, self.text[at:end], (at, end))


@cache
def _spaced_names(subject: Subject) -> dict[str, Field]:
    """The names that are written with blanks inside, spelled without them."""
    names = ((name, row) for row in fields.FIELDS[subject] for name in (row.zh, row.en, *row.aliases))
    return {fields.spell(name): row for name, row in names if " " in name}
