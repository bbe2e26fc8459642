"""A tree in words: how the query was understood, as a Chinese (or English) sentence with its brackets written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patmark.errors import BadNumber
from patmark.fields import Field, FieldKind, Subject, field
from patmark.query.defaults import number
from patmark.query.printing import Piece, Rank, dashed, fold, period
from patmark.query.tree import (
    And,
    Class,
    Code,
    Everything,
    Freq,
    Leaf,
    Near,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Range,
    Wild,
    Within,
)


@dataclass(frozen=True, slots=True)
class _Tongue:
    """The words of one language; `{}` stands for what is said about."""

    every: str
    also: str
    either: str
    without: str
    brackets: str
    parts: str
    last_part: str
    has: str
    named: str
    and_part: str
    any_field: str
    all_fields: str
    all_lack: str
    lacks: str
    not_named: str
    equals: str
    begins: str
    below: str
    exactly: str
    given: str
    from_: str
    until: str
    between: str
    on: str
    least: str
    most: str
    word: str
    pattern: str
    or_word: str
    inside: str
    near: str
    in_order: str
    apart: str
    beside: str
    sentence: str
    paragraph: str
    field: str
    often: str


_ZH = _Tongue(
    every="全部记录",
    also="，并且",
    either="，或者",
    without="排除：{}",
    brackets="（{}）",
    parts="、",
    last_part="或",
    has="{}含“{}”",
    named="{}的名称含“{}”",
    and_part="和",
    any_field="任意字段",
    all_fields="所有字段",
    all_lack="{}都不含“{}”",
    lacks="{}不含“{}”",
    not_named="{}的名称不含“{}”",
    equals="{}为“{}”",
    begins="{}以 {} 开头",
    below="{}为 {} 及其下位",
    exactly="{}为 {}",
    given="有{}",
    from_="{}在 {} 及以后",
    until="{}在 {} 及以前",
    between="{}在 {} 至 {}",
    on="{}在 {}",
    least="{}不少于 {}",
    most="{}不多于 {}",
    word="“{}”",
    pattern="形如“{}”的词",
    or_word="或",
    inside="{}里 {}",
    near="{}与{}{}",
    in_order="{}在前、{}在后，{}",
    apart="相隔不超过 {} 个字词",
    beside="紧挨着",
    sentence="在同一句",
    paragraph="在同一段",
    field="在同一字段",
    often="{}出现至少 {} 次",
)
_EN = _Tongue(
    every="all records",
    also=", and ",
    either=", or ",
    without="not: {}",
    brackets="({})",
    parts=", ",
    last_part=" or ",
    has="{} contains “{}”",
    named="{} has “{}” in the name",
    and_part=" or ",
    any_field="any field",
    all_fields="the fields",
    all_lack="none of {} contains “{}”",
    lacks="{} does not contain “{}”",
    not_named="{} does not have “{}” in the name",
    equals="{} is “{}”",
    begins="{} begins with {}",
    below="{} is {} or below it",
    exactly="{} is {}",
    given="{} is given",
    from_="{} is {} or later",
    until="{} is {} or earlier",
    between="{} is from {} to {}",
    on="{} is {}",
    least="{} is at least {}",
    most="{} is at most {}",
    word="“{}”",
    pattern="a word like “{}”",
    or_word=" or ",
    inside="in {}: {}",
    near="{} and {} {}",
    in_order="{} before {}, {}",
    apart="with at most {} units between them",
    beside="side by side",
    sentence="in one sentence",
    paragraph="in one paragraph",
    field="in one field",
    often="{} at least {} times",
)
_TONGUES = {"zh": _ZH, "en": _EN}
#: Years are counts to the engine and dates to people.
_YEARS = frozenset({"ady", "pdy", "fdy"})


def explain(tree: Node, subject: Subject, lang: str = "zh") -> str:
    """The tree as a sentence without its full stop, in Chinese (`zh`) or English (`en`).

    Where AND and OR stand together, the inner ones are always in brackets.
    """
    tongue = _TONGUES[lang]

    def leaf(one: Leaf, *, lacking: bool = False) -> Piece:
        return _clause(one, subject, tongue, lacking=lacking), Rank.CLAUSE

    def join(node: Node, pieces: Sequence[Piece]) -> Piece:
        if isinstance(node, Not):
            if isinstance(node.item, Phrase):
                return leaf(node.item, lacking=True)[0], Rank.NOT
            text, rank = pieces[0]
            inner = text if rank is Rank.CLAUSE else tongue.brackets.format(text)
            return tongue.without.format(inner), Rank.NOT
        word = tongue.also if isinstance(node, And) else tongue.either
        said = [text if rank >= Rank.NOT else tongue.brackets.format(text) for text, rank in pieces]
        # A Chinese word before a Latin one stands off by a blank, too.
        spaced = [f" {text}" if tongue is _ZH and text[0].isascii() else text for text in said[1:]]
        return word.join([said[0], *spaced]), Rank.AND if isinstance(node, And) else Rank.OR

    return fold(tree, leaf, join)[0]


def _name(row: Field, subject: Subject, tongue: _Tongue, last_part: str = "") -> str:
    """The name of a field; a group of texts is named by its parts, as they decide what is found."""
    if row.key == "any":
        return tongue.any_field if not last_part else tongue.all_fields
    said = [row] if row.kind is not FieldKind.GROUP or row.key == "num" else [field(subject, one) for one in row.parts]
    names = [one.zh if tongue is _ZH else one.en for one in said]
    name = tongue.parts.join(names[:-1]) + (last_part or tongue.last_part) + names[-1] if names[1:] else names[0]
    # A Chinese word behind a Latin one stands off by a blank.
    return f"{name} " if tongue is _ZH and name[-1].isascii() else name


def _clause(leaf: Leaf, subject: Subject, tongue: _Tongue, *, lacking: bool) -> str:
    if isinstance(leaf, Everything):
        return tongue.every
    row = field(subject, leaf.field)
    name = _name(row, subject, tongue)
    match leaf:
        case Phrase(_, text):
            named = row.kind is FieldKind.NAME
            if lacking and row.kind is FieldKind.GROUP:
                return tongue.all_lack.format(_name(row, subject, tongue, tongue.and_part), text)
            if lacking:
                return (tongue.not_named if named else tongue.lacks).format(name, text)
            return (tongue.named if named else tongue.has).format(name, text)
        case Wild() | Near() | Freq():
            return tongue.inside.format(name.rstrip(), _placed(leaf, tongue))
        case Code(_, value, label):
            return tongue.equals.format(name, label or value)
        case Number(_, key, prefix):
            return tongue.begins.format(name, key) if prefix else tongue.exactly.format(name, _copied(row.key, key))
        case Class(_, symbol, low):
            return (tongue.below if low or _always_low(row.key, symbol) else tongue.exactly).format(name, symbol)
        case Range():
            return _range(leaf, row, name, tongue)


def _placed(node: Node, tongue: _Tongue) -> str:
    """Where things stand to each other, without the field."""
    match node:
        case Near(_, left, right, most, ordered, within):
            how = tongue.beside if not most else tongue.apart.format(most)
            if within is not Within.UNITS:
                how = {
                    Within.SENTENCE: tongue.sentence,
                    Within.PARAGRAPH: tongue.paragraph,
                    Within.FIELD: tongue.field,
                }[within]
            order = tongue.in_order if ordered else tongue.near
            return order.format(_side(left, tongue), _side(right, tongue), how)
        case Freq(_, item, least):
            return tongue.often.format(_side(item, tongue), least)
        case Or(items):
            return tongue.or_word.join(_placed(item, tongue) for item in items)
        case Wild(_, pattern):
            return tongue.pattern.format(pattern)
        case Phrase(_, text):
            return tongue.word.format(text)
    raise TypeError(node)


def _side(node: Node, tongue: _Tongue) -> str:
    said = _placed(node, tongue)
    return tongue.brackets.format(said) if isinstance(node, Near | Freq) else said


def _copied(field_key: str, key: str) -> str:
    """A number in the form people copy; the key itself where it is no number any more."""
    try:
        return number(field_key, key).shown
    except BadNumber:
        return key


def _always_low(key: str, symbol: str) -> bool:
    """Above its scheme's lowest level a symbol always means what stands below it, too."""
    if key in ("ipc", "mipc", "cpc"):
        return "/" not in symbol
    return symbol.count(".") < 2 if key == "vc" else len(symbol) == 2


def _range(leaf: Range, row: Field, name: str, tongue: _Tongue) -> str:
    low, high = leaf.low, leaf.high
    timed = row.kind is FieldKind.DATE or row.key in _YEARS
    if low is None and high is None:
        return tongue.given.format(name)
    if low is not None and high is not None:
        if row.kind is FieldKind.DATE and (whole := period(low, high)):
            return tongue.on.format(name, _said(whole, tongue))
        if low == high:
            return tongue.exactly.format(name, low)
        return tongue.between.format(name, _end(low, row), _end(high, row))
    if low is not None:
        return (tongue.from_ if timed else tongue.least).format(name, _end(low, row))
    return (tongue.until if timed else tongue.most).format(name, _end(high or 0, row))


def _end(number: int, row: Field) -> str:
    return dashed(number) if row.kind is FieldKind.DATE else str(number)


def _said(whole: str, tongue: _Tongue) -> str:
    """A year, month or day as it is spoken of: 2020 年, 2020 年 5 月, 2020-05-01."""
    if tongue is not _ZH or len(whole) == 10:
        return whole
    return f"{whole} 年" if len(whole) == 4 else f"{whole[:4]} 年 {int(whole[5:])} 月"
