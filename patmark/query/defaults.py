"""The lookups of the query language over the product's tables: places, kinds, statuses, numbers, classifications."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from patmark import codes, numbers
from patmark.classes import BY_GROUPS, Scheme, parse_symbol
from patmark.credit_code import LENGTH as CODE_LENGTH
from patmark.credit_code import parse_uscc
from patmark.errors import BadNumber
from patmark.fields import Subject
from patmark.numbers.offices import is_office, offices
from patmark.numbers.spelling import fold
from patmark.query.context import CodeValue, NumberGuess, NumberValue, QueryContext
from patmark.query.lists import lists
from patmark.regions import Gazetteer, Level, Region, shipped_gazetteer

LEVELS = {"prov": Level.PROVINCE, "city": Level.CITY, "dist": Level.COUNTY, "zone": Level.ZONE}
_FIELD_OF = {level: field for field, level in LEVELS.items()}
SCHEME_OF = {"ipc": "ipc", "mipc": "ipc", "cpc": "cpc", "loc": "locarno", "sg": "nice", "vc": "vienna"}
#: Fields whose codes are worked out from the text instead of listed.
_COMPUTED = {"cc": "cc", "pacc": "cc", "abr": "cc", "sub": "sub", "sec": "sec"}
_LABELLED = re.compile(r".*[（(](\d{2,9}|\d{4}[A-Z]{2})[）)]\s*")
_NOT_KEY = re.compile(r"[\s./,\-－．]")
_KEY_START = re.compile(r"(?:PCT(?:[A-Z]{2}\d*)?|[A-Z]{2}[A-Z]{0,2}\d*[A-Z]?|[A-Z]?\d+[A-Z]?)")
#: A mark's number as records of other offices carry it: the office's two letters (ST.3), then the number.
_FOREIGN_MARK = re.compile(r"(?P<office>[A-Z]{2})[A-Z]*\d{4,12}")
_FEWEST_DIGITS = 5
_READINGS = 4


@cache
def default_context() -> QueryContext:
    """The lookups over the tables the product ships."""
    return context_over(shipped_gazetteer(), {})


def context_over(gazetteer: Gazetteer, schemes: Mapping[str, Scheme]) -> QueryContext:
    """The lookups over a gazetteer and the classifications that are loaded, by their codes (`ipc`, `nice` …)."""

    def below(field: str, symbol: str) -> str:
        scheme = schemes.get(SCHEME_OF[field])
        if not symbol.partition("/")[2].strip("0"):
            return f"{symbol} 及其下位：按分类号的结构，包括这个大组的全部小组。"
        if scheme is None:
            return f"没有载入分类表，不知道 {symbol} 下面有哪些小组，只检索 {symbol} 本身。"
        found = scheme.descendants(symbol)
        if found.basis == BY_GROUPS:
            return f"载入的分类表没有小组的层级，只检索 {symbol} 本身。"
        return f"{symbol} 及其下位共 {len(found.symbols)} 个分类号：{found.basis}。"

    return QueryContext(
        codes=_coded(gazetteer),
        words=lambda subject, field: _words(gazetteer, subject, field),
        number=number,
        beginning=beginning,
        guess=guess,
        symbol=symbol,
        below=below,
    )


def _coded(gazetteer: Gazetteer) -> Callable[[Subject, str, str], tuple[CodeValue, ...]]:
    @lru_cache(maxsize=4096)
    def find(subject: Subject, field: str, text: str) -> tuple[CodeValue, ...]:
        if field in LEVELS:
            return _places(gazetteer, LEVELS[field], text)
        found = lists(subject).get(field, {}).get(codes.spell(text))
        if found is None and field in _COMPUTED:
            code = codes.read(_COMPUTED[field], text)
            found = _computed_value(field, code) if code is not None else None
        return (found,) if found else ()

    return find


def _computed_value(field: str, code: int) -> CodeValue:
    name = _COMPUTED[field]
    label = codes.label(name, code)
    # Two offices may share a Chinese name; then their letters are what tells them apart.
    return CodeValue(field, code, label if codes.read(name, label) == code else codes.value_of(name, code))


def _places(gazetteer: Gazetteer, level: Level, text: str) -> tuple[CodeValue, ...]:
    """The places of a name: those of the level asked for, where there are any, else those of other levels."""
    labelled = _LABELLED.fullmatch(text)
    found = gazetteer.find_places(labelled[1] if labelled else text)
    found = tuple(one for one in found if one.level in _FIELD_OF)
    same = tuple(one for one in found if one.level is level)
    return tuple(_place_value(gazetteer, one) for one in same or found)


def _place_value(gazetteer: Gazetteer, region: Region) -> CodeValue:
    namesakes = [one for one in gazetteer.find_places(region.name) if one.level is region.level]
    label = region.name if namesakes == [region] else f"{region.name}（{region.code}）"
    return CodeValue(_FIELD_OF[region.level], region.id, label)


def _words(gazetteer: Gazetteer, subject: Subject, field: str) -> list[str]:
    if field in LEVELS:
        here = [one for one in gazetteer.entries if one.level is LEVELS[field] and one.valid_to is None]
        return list(dict.fromkeys(name for one in here for name in (one.name, one.short) if name))
    listed = list(dict.fromkeys(value.label for value in lists(subject).get(field, {}).values()))
    if field in _COMPUTED and _COMPUTED[field] == "cc":
        return [*offices(), *offices().values()]
    return listed


def number(field: str, text: str) -> NumberValue:
    """A whole number as a field of that key holds it; raises `BadNumber`. The key read as a number is the same key."""
    found = _number(field, text)
    for _ in range(_READINGS):
        again = _number(field, found.key)
        if again.key == found.key:
            return found
        # Odd foreign spellings shed a letter or gain a zero when read once more; then that is the number.
        found = replace(found, key=again.key, shown=again.shown)
    raise BadNumber(f"“{text[:40]}”不是可以识别的号码。", mend="请连同国别一起填写，例如 CN202110685031.5。")


def _number(field: str, text: str) -> NumberValue:
    if field == "uscc":
        return _credit_code(text)
    if field == "rn":
        return _shown(_trademark(text))
    if field in ("pn", "cite", "fam"):
        return _shown(numbers.parse_publication(text))
    if field == "pct":
        return _shown(_international(text))
    if field == "num":
        return _any_number(text)
    application = numbers.parse_application(text)
    meant = numbers.suggest_check_digit(text) if application.office == "CN" else ()
    return NumberValue(application.key, numbers.display(application), application.warnings, meant)


def _credit_code(text: str) -> NumberValue:
    """A code with a fault in it is looked for all the same, because records hold what was registered or typed."""
    try:
        code = parse_uscc(text).code
    except BadNumber as reason:
        bare = _NOT_KEY.sub("", fold(text))
        if not (len(bare) == CODE_LENGTH and bare.isascii() and bare.isalnum()):
            raise
        return NumberValue(bare, bare, (reason.sentence,))
    return NumberValue(code, code)


def _shown(found: numbers.ApplicationNo | numbers.PublicationNo | numbers.TrademarkNo) -> NumberValue:
    return NumberValue(found.key, numbers.display(found), found.warnings)


def _trademark(text: str) -> numbers.TrademarkNo:
    clean = text.strip().upper()
    office = clean[:2]
    if office == "CN":
        return numbers.parse_trademark(clean[2:])
    return numbers.parse_trademark(clean, office if office.isalpha() and is_office(office) else "CN")


def _international(text: str) -> numbers.ApplicationNo | numbers.PublicationNo:
    if text.strip().upper().startswith("PCT"):
        return numbers.parse_application(text)
    return numbers.parse_publication(text, "WO")


def _any_number(text: str) -> NumberValue:
    """A number whose field nobody named: what it most likely is, else an application, else a publication number."""
    guesses = numbers.guess(text, about=Subject.PATENT.value)
    whole = next((one for one in guesses if one.number is not None), None)
    if whole is not None and whole.number is not None:
        return NumberValue(whole.key, numbers.display(whole.number), whole.number.warnings, whole.meant)
    try:
        return number("apno", text)
    except BadNumber:
        return number("pn", text)


def beginning(field: str, text: str) -> str:
    """The characters with which the keys of a field begin where the number does; digits alone are Chinese numbers."""
    clean = _NOT_KEY.sub("", fold(text))
    if field == "uscc":
        if clean.isalnum() and clean.isascii():
            return clean
        raise BadNumber(f"“{text[:40]}”不是统一社会信用代码的开头。")
    clean = clean.removeprefix("CN") if clean.startswith("CNZL") else clean
    if clean.startswith("ZL"):
        clean = "CN" + clean[2:]
    if not _KEY_START.fullmatch(clean):
        raise BadNumber(f"“{text[:40]}”不是号码的开头。", mend="请写号码开头的几位，例如 2011102*。")
    return f"CN{clean}" if len(clean) < 2 or not clean[:2].isalpha() else clean


_FIELD_OF_READING = {
    numbers.Reading.APPLICATION: "apno",
    numbers.Reading.PUBLICATION: "pn",
    numbers.Reading.TRADEMARK: "rn",
    numbers.Reading.PREFIX: "num",
}


@lru_cache(maxsize=4096)
def guess(subject: Subject, text: str) -> tuple[NumberGuess, ...]:
    """What a bare word may be as a number, best first. International numbers are looked for wherever they may stand."""
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        return ()
    found: list[NumberGuess] = []
    for one in numbers.guess(text, about=subject.value):
        field = "num" if one.key.startswith(("PCT", "WO")) else _FIELD_OF_READING[one.reading]
        prefix = one.reading is numbers.Reading.PREFIX
        try:
            key = one.key if prefix else number(field, one.key).key
        except BadNumber:
            continue
        found.append(NumberGuess(field, key, one.sentence, prefix, one.sure, one.meant))
    if not found and subject is Subject.TRADEMARK and (foreign := _FOREIGN_MARK.fullmatch(text)):
        office = offices().get(foreign["office"], "")
        sentence = f"按{office}的商标号理解：{text}。" if office else f"也按商标号理解：{text}。"
        found.append(NumberGuess("rn", text, sentence, sure=bool(office)))
    return tuple(found)


def symbol(field: str, text: str) -> str:
    """A class symbol in the compact form of the tree: a main group typed without `/00` stays so; raises BadSymbol."""
    found = parse_symbol(SCHEME_OF[field], text)
    return found.key if found.full else found.key.partition("/")[0]
