"""What a typed value means in its field: phrases, places and other codes, numbers, symbols; a mend for a wrong one."""

from __future__ import annotations

import re

from patmark import text as units
from patmark.errors import BadNumber, BadQuery, BadSymbol
from patmark.fields import Field, FieldKind, Subject, field
from patmark.query.bare import hints, refuse_lone_sign, refuse_unknown_operators, stands_bare, trimmed
from patmark.query.context import NumberGuess, QueryContext
from patmark.query.lexer import half_width, is_open
from patmark.query.mending import fault, nearest, quoted, replaced
from patmark.query.placing import wild
from patmark.query.reading import Note, NoteKind
from patmark.query.spans import range_of
from patmark.query.tree import Class, Code, Everything, Node, Number, Or, Phrase
from patmark.query.typed import CODED, Value

_LIST = {
    FieldKind.CODE: re.compile(r"[;；、,，]"),
    FieldKind.COUNT: re.compile(r"[;；、,，]"),
    FieldKind.CLASS: re.compile(r"[;；、,，]"),
    FieldKind.NUMBER: re.compile(r"[;；、]"),
}
_KINDS = {
    FieldKind.TEXT: "文字",
    FieldKind.NAME: "名称",
    FieldKind.GROUP: "文字",
    FieldKind.NUMBER: "号码",
    FieldKind.CLASS: "分类号",
    FieldKind.CODE: "固定选项",
}
_COMPARABLE = frozenset({FieldKind.DATE, FieldKind.COUNT})
_NUMBERS = frozenset({"num"})
#: What makes a value of a coded count a range after all: `nice:1..5`, `nice:(>=35)`, `nice:*`.
_RANGED = re.compile(r"\.\.|[~:<>≥≤*—–至到]|\bTO\b|\d\s*-\s*\d", re.IGNORECASE)
_LOW = re.compile(r"\s*/\s*low\s*$", re.IGNORECASE)
_STAR = re.compile(r"[/.]?\s*\*$")
_BEGINNING = re.compile(r"(?:CN|ZL)?\d{4,}\*", re.IGNORECASE)


class Values:
    """Reads the values of one query; `notes` fills as it goes."""

    def __init__(self, subject: Subject, context: QueryContext) -> None:
        self.subject = subject
        self.context = context
        self.notes: list[Note] = []

    def node(self, row: Field, value: Value) -> Node | None:
        """The tree of one value; None for a bare word that is only punctuation and is passed over."""
        if value.relation == "==":
            return self._whole_name(row, value)
        if value.relation != ":" and row.kind not in _COMPARABLE:
            raise self._not_comparable(row, value)
        pieces = [piece for piece in self._pieces(row, value) if piece.text.strip()]
        if len(pieces) < 2:
            return self._one(row, value)
        self._note(NoteKind.CORRECTED, value, f"“{value.text}”里并列的值按“或”理解。")
        found: list[Node] = []
        for piece in pieces:
            one = self._one(row, piece)
            found.extend(one.items if isinstance(one, Or) else [one] if one is not None else [])
        return Or(tuple(found))

    def _one(self, row: Field, value: Value) -> Node | None:
        if row.kind in _COMPARABLE and (row.key not in CODED or value.relation != ":" or _RANGED.search(value.plain)):
            return range_of(row, value)
        if row.kind in (FieldKind.CODE, FieldKind.COUNT):
            return self._code(row, value)
        if row.kind is FieldKind.CLASS:
            return self._class(row, value)
        if row.kind is FieldKind.NUMBER or row.key in _NUMBERS:
            return self._number(row, value)
        return self._phrase(row, value)

    def _note(self, kind: NoteKind, value: Value, sentence: str) -> None:
        self.notes.append(Note(kind, sentence, *value.span))

    def _pieces(self, row: Field, value: Value) -> list[Value]:
        """The values of a list such as `9;25;35` or `0908；0901`, each with its place."""
        pattern = _LIST.get(row.kind)
        if pattern is None or value.quoted or value.relation != ":" or not pattern.search(value.text):
            return [value]
        pieces: list[Value] = []
        at = 0
        # Only where the text stands in the query as it is can a piece have a place of its own.
        verbatim = value.whole.find(value.text, *value.span)
        for match in [*pattern.finditer(value.text), None]:
            end = match.start() if match else len(value.text)
            span = (verbatim + at, verbatim + end) if verbatim >= 0 else value.span
            pieces.append(Value(value.whole, value.text[at:end], span, value.clause, quoted=value.quoted))
            at = match.end() if match else end
        return pieces

    def _not_comparable(self, row: Field, value: Value) -> BadQuery:
        better = replaced(value.whole, value.clause, f"{row.key}:{quoted(value.text)}")
        sentence = f"{row.zh}是{_KINDS[row.kind]}，不能比较大小或写成范围。"
        return fault(value.clause, sentence, expected=f"{row.key}:值", suggestion=better)

    def _phrase(self, row: Field, value: Value) -> Node | None:
        if value.quoted:
            if units.phrase(value.text).empty:
                rest = replaced(value.whole, value.clause, "")
                raise fault(value.span, f"“{value.text}”里没有可以检索的字。", expected="文字", suggestion=rest)
            return Phrase(row.key, value.text, quoted=True)
        if value.plain == "*" and not value.given:
            return Everything()
        bare = trimmed(value)
        if bare is None:
            refuse_lone_sign(value)
            self._note(NoteKind.WORD, value, f"单独的“{value.text}”不参与检索。")
            return None
        refuse_unknown_operators(value, bare)
        if is_open(bare):
            return self._open(row, value, bare)
        if not value.given and (guesses := self.context.guess(self.subject, bare)):
            return self._guessed(value, bare, guesses)
        if row.kind is not FieldKind.NAME:
            self.notes.extend(hints(value, bare))
        return Phrase(row.key, bare, quoted=not stands_bare(bare))

    def _open(self, row: Field, value: Value, bare: str) -> Node:
        """A word with open places; digits with a star behind them and no field before are the beginning of a number."""
        if not value.given and _BEGINNING.fullmatch(half_width(bare)):
            self._note(NoteKind.NUMBER, value, f"“{bare}”按号码的开头理解。若要按文字检索，请加引号。")
            return Number("num" if self.subject is Subject.PATENT else "rn", self._beginning(bare), prefix=True)
        found = wild(row.key, value, bare)
        if isinstance(found, Phrase):
            self._note(NoteKind.WORD, value, "中文按连续的字检索，词首、词尾的 * 不必写。")
        else:
            self._note(NoteKind.WORD, value, f"“{bare}”里的 * ? 是通配符。若要按文字检索，请加引号。")
        return found

    def _beginning(self, bare: str) -> str:
        return self.context.beginning("apno" if self.subject is Subject.PATENT else "rn", bare.rstrip("*＊"))

    def guessed(self, value: Value) -> Node | None:
        """The tree of a bare text that is surely a number; None where it is none."""
        guesses = self.context.guess(self.subject, value.text)
        return self._guessed(value, value.text, guesses) if any(one.sure for one in guesses) else None

    def is_number(self, row: Field | None, text: str) -> bool:
        """Whether a text is one whole number of a field, or surely a number where no field is named."""
        if row is None:
            return any(one.sure for one in self.context.guess(self.subject, text))
        try:
            self.context.number(row.key, text)
        except BadNumber:
            return False
        return True

    def _guessed(self, value: Value, bare: str, guesses: tuple[NumberGuess, ...]) -> Node:
        """What is surely a number is looked for as one, of every kind it may be; what may be a word, as both."""
        sure = any(one.sure for one in guesses)
        whole = [one for one in guesses if one.sure or not one.prefix] if sure else guesses
        for one in whole:
            meant = f"是否想查：{'、'.join(one.meant[:3])}？" if one.meant else ""
            self._note(NoteKind.NUMBER, value, f"{one.sentence}{meant}若要按文字检索，请加引号。")
        leaves: list[Node] = [Number(one.field, one.key, one.prefix) for one in whole]
        if not sure:
            leaves.append(Phrase("any", bare, quoted=not stands_bare(bare)))
            self._note(NoteKind.NUMBER, value, f"“{bare}”也可能是文字，所以同时按文字检索。")
        leaves = list(dict.fromkeys(leaves))
        return leaves[0] if len(leaves) == 1 else Or(tuple(leaves))

    def _code(self, row: Field, value: Value) -> Node:
        typed = value.text.strip()
        found = self.context.codes(self.subject, row.key, typed)
        if not found:
            raise self._no_code(row, value, typed)
        for one in found:
            if one.field != row.key:
                other = field(self.subject, one.field)
                self._note(NoteKind.CODE, value, f"“{typed}”不是{row.zh}，按{other.zh}“{one.label}”检索。")
        leaves = [Code(one.field, one.code, one.label) for one in found]
        if len(leaves) == 1:
            return leaves[0]
        names = "、".join(one.label for one in found[:8]) + ("……" if len(found) > 8 else "")
        self._note(NoteKind.CODE, value, f"叫“{typed}”的有 {len(found)} 个（{names}），都算在内。")
        return Or(tuple(leaves))

    def _whole_name(self, row: Field, value: Value) -> Node:
        """A name that is the whole of it, by the id of its one spelling; without such a name nothing can match."""
        typed = value.text.strip()
        found = self.context.codes(self.subject, row.key, typed)
        if not found:
            better = replaced(value.whole, value.clause, f"{row.key}:{quoted(typed)}")
            sentence = f"没有哪个{row.zh}的完整名称是“{typed}”。"
            raise fault(value.span, sentence, expected=f"完整的名称；只知道一部分时写 {row.key}:值", suggestion=better)
        return Code(row.key, found[0].code, found[0].label)

    def _no_code(self, row: Field, value: Value, typed: str) -> BadQuery:
        listed = list(self.context.words(self.subject, row.key))
        near = nearest(typed, listed) or [one for one in listed if typed and (typed in one or one in typed)][:3]
        sentence = f"{row.zh}里没有“{typed}”。"
        if near:
            better = replaced(value.whole, value.span, near[0] if near[0].isalnum() else quoted(near[0]))
            return fault(value.span, sentence, expected=f"{row.zh}的值，相近的有：{'、'.join(near)}", suggestion=better)
        some = f"，例如：{'、'.join(listed[:6])}" if listed else "（还没有载入）"
        as_text = replaced(value.whole, value.clause, f"any:{quoted(typed)}")
        return fault(value.span, sentence, expected=f"{row.zh}的值{some}", suggestion=as_text)

    def _number(self, row: Field, value: Value) -> Node:
        typed = value.plain.strip()
        try:
            if typed.endswith("*"):
                return Number(row.key, self.context.beginning(row.key, typed.rstrip("* ")), prefix=True)
            found = self.context.number(row.key, typed)
        except BadNumber as reason:
            raise self._bad_number(row, value, reason) from None
        for warning in found.warnings:
            meant = f"是否想查：{'、'.join(found.meant[:3])}？" if found.meant else ""
            self._note(NoteKind.NUMBER, value, f"按{row.zh} {found.shown} 检索：{warning}{meant}")
        return Number(row.key, found.key)

    def _bad_number(self, row: Field, value: Value, reason: BadNumber) -> BadQuery:
        beginning = re.sub(r"[^0-9A-Za-z]", "", value.plain)
        better = f"any:{quoted(value.text.strip())}"
        try:
            self.context.beginning(row.key, beginning if any(map(str.isdigit, beginning)) else "")
        except BadNumber:
            suggestion = replaced(value.whole, value.clause, better)
            return fault(value.span, reason.sentence, expected=_after(row, reason.mend), suggestion=suggestion)
        expected = f"{row.zh}；只知道开头时在后面写 *"
        suggestion = replaced(value.whole, value.span, f"{beginning}*")
        return fault(value.span, reason.sentence, expected=expected, suggestion=suggestion)

    def _class(self, row: Field, value: Value) -> Node:
        typed = value.plain.strip()
        low = bool(_LOW.search(typed))
        bare = _STAR.sub("", _LOW.sub("", typed))
        try:
            symbol = self.context.symbol(row.key, bare)
        except BadSymbol as reason:
            raise self._bad_symbol(row, value, reason) from None
        if bare != typed and not low and "/" in symbol:
            better = replaced(value.whole, value.span, quoted(f"{symbol}/low"))
            sentence = f"分类号的小组不按数字的开头分层，“{value.text}”没有确定的意思。"
            raise fault(value.span, sentence, expected=f"{symbol}，或连同下位 {symbol}/low", suggestion=better)
        if low and "/" in symbol:
            self._note(NoteKind.CLASS, value, self.context.below(row.key, symbol))
        return Class(row.key, symbol, low)

    def _bad_symbol(self, row: Field, value: Value, reason: BadSymbol) -> BadQuery:
        """The symbol cut back to the part that is one (H01M of `H01M10-525`), else text to look for."""
        plain = value.plain.strip().upper()
        for length in range(min(len(plain), 16) - 1, 2, -1):
            try:
                symbol = self.context.symbol(row.key, plain[:length])
            except BadSymbol:
                continue
            better = replaced(value.whole, value.span, quoted(symbol))
            return fault(value.span, reason.sentence, expected=f"{row.zh}，例如 {symbol}", suggestion=better)
        as_text = replaced(value.whole, value.clause, f"any:{quoted(value.text.strip())}")
        return fault(value.span, reason.sentence, expected=_after(row, reason.mend), suggestion=as_text)


def _after(row: Field, mend: str) -> str:
    """What is expected: the field's name, and the advice of whoever refused the value."""
    return f"{row.zh}，{mend.rstrip('。')}" if mend else row.zh
