"""What number a person may have typed into a search box: every reading, best first, each with a sentence that says so.

Words, class symbols (H01M10/0525), years, dates and quantities give no reading. Nothing is searched silently as a
number: the sentence of the guess is shown beside the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from patmark.dates import parse_period
from patmark.errors import BadInput, BadNumber
from patmark.numbers.cn import TYPE_NAMES, parse_cn_application, parse_cn_publication, suggest_check_digit
from patmark.numbers.offices import is_office, office_name
from patmark.numbers.parse import display, parse_application, parse_publication, parse_trademark
from patmark.numbers.shapes import ApplicationNo, PublicationNo, TrademarkNo
from patmark.numbers.spelling import fold, only_letters_and_digits, unscan


class Reading(StrEnum):
    """What kind of number; PREFIX is the beginning of an application or publication number."""

    APPLICATION = "application"
    PUBLICATION = "publication"
    TRADEMARK = "trademark"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Guess:
    """One reading of a typed text.

    `key` is what to look for: the whole key, for PREFIX its beginning, for a publication without a kind code its stem.
    `sentence` tells the person how the text was read; `sure` says that the form admits no other reading as words.
    `meant` are numbers the person may have meant instead, where the check digit is wrong.
    """

    reading: Reading
    key: str
    sentence: str
    number: ApplicationNo | PublicationNo | TrademarkNo | None = None
    sure: bool = False
    meant: tuple[str, ...] = ()


_CLASS = re.compile(r"[A-HY]\d\d(?:[A-Z](?: ?\d{1,4}(?:/\d{0,6})?)?(?: ?\(.*)?)?")
_CN_START = re.compile(r"(?:CN[ .:-]?)?(?:ZL[ .:-]?)?")
_MARKED_TRADEMARK = re.compile(r"第\d{1,8}[A-Z]?号|G\d{5,8}[A-Z]?(?:H\d?)?")
_PLAIN_TRADEMARK = re.compile(r"\d{7,8}|\d{7,8}[A-Z]")
_ANY_TRADEMARK = re.compile(r"\d{5,8}[A-Z]?|G\d{3,8}[A-Z]?(?:H\d?)?")
_PREFIX_APPLICATION = re.compile(r"20\d\d[12389]\d{0,6}|(?:8[5-9]|9\d|0[0-3])[12389]\d{0,4}")
_DIGITS_ONLY = re.compile(r"(?:CN[ .:-]?)?(?:ZL[ .:-]?)?\d[\dOIL .]*")
_PREFIX_PUBLICATION = re.compile(r"[123]\d{3,7}")
#: The first Chinese publications with seven digits (1989): smaller numbers are quantities.
_LEAST_SEVEN = 1_003_001
#: `US 10,123,456 B2`, `DE102010012345A1`: a country, at most two letters, five or more digits with separators.
_FOREIGN = re.compile(
    r"([A-Z]{2})[ /-]?[A-Z]{0,2} ?\d[\d ,./-]{4,18}\d(?: ?[A-Z]\d?)?|([A-Z]{2})[ /-]?[A-Z]{0,2}\d{4,12} ?[A-Z]\d?"
)
#: Texts that begin with a country's letters and are technical designations: standards, batteries, parts.
_DESIGNATIONS = re.compile(
    r"(?:GB ?(?:/ ?[TZ])?|DB|IP|CR|LR|AT89|SG|SN|TL|LM|MG)[ -]?\d{1,5}(?:[.-]\d+)*(?:-\d{4})?[A-Z]?\d?"
)
_JAPANESE = re.compile(r"(?:特[開开願愿許许表公]|再表|[実实實意][願愿開开公]|登[録录]|意匠).*\d{4}.*")
#: Forms of applications, those of applications that publications share, and those that say neither (no kind code).
_FILED = re.compile(
    r"(?:PCT|特[願愿]|[実实實意][願愿]).*|(?:US ?)?\d\d/\d{3},?\d{3}|(?:KR ?)?[1-4]0-\d{4}-\d{7}|EP ?\d{8}(?:\.?\d)?"
)
_EITHER = re.compile(r"(?:KR ?)?[1-4]0-\d{4}-\d{7}")
_BARE = re.compile(r"[A-Z]{2}[ -]?\d[\d ./-]+")
_SPECIAL = re.compile(r"PCT[ /-]?[A-Z]{2}[ /-]?\d{2,4}[ /-]?\d{5,6} ?W?|\d\d/\d{3},?\d{3}|[1-4]0-\d{4}-\d{7}")


def guess(text: str, *, about: str = "") -> list[Guess]:
    """Every reading of a typed text as a number, best first; empty for anything that is not one.

    `about` narrows to "patent" or "trademark"; without it, both are tried.
    """
    try:
        clean = fold(text)
    except BadNumber:
        return []
    if not any(one.isdigit() for one in clean) or _CLASS.fullmatch(clean) or _is_date(clean):
        return _date_like_trademark(clean) if about == "trademark" else []
    found: dict[tuple[Reading, str], Guess] = {}
    for one in _readings(clean, about):
        found.setdefault((one.reading, one.key), one)
    return list(found.values())


def _readings(clean: str, about: str) -> Iterator[Guess]:
    if about != "trademark":
        yield from _chinese(clean)
        yield from _foreign(clean)
    if about != "patent" and (
        _MARKED_TRADEMARK.fullmatch(clean)
        or (about == "trademark" and _ANY_TRADEMARK.fullmatch(clean))
        or (_PLAIN_TRADEMARK.fullmatch(clean) and not clean.endswith("00000"))
    ):
        yield from _trademark(clean)
    if about != "trademark":
        yield from _beginnings(clean)


def _is_date(clean: str) -> bool:
    try:
        return parse_period(clean) is not None
    except BadInput:
        return False


def _date_like_trademark(clean: str) -> list[Guess]:
    """Eight digits that are also a day can be a trademark number; the search among trademarks offers that."""
    return list(_trademark(clean)) if re.fullmatch(r"\d{7,8}", clean) else []


def _chinese(clean: str) -> Iterator[Guess]:
    body = _CN_START.sub("", clean, count=1)
    marked = body != clean
    if not marked and not re.match(r"[\dOILGS]", body):
        return
    try:
        number = parse_cn_application(clean)
    except BadNumber:
        pass
    else:
        yield _application(number, sure=True)
    try:
        publication = parse_cn_publication(clean)
    except BadNumber:
        return
    quantity = not (marked or publication.kind) and (
        len(publication.number) == 7 and int(publication.number) < _LEAST_SEVEN
    )
    if not quantity and not clean.startswith("ZL"):
        yield _publication(publication, sure=marked or bool(publication.kind))


def _foreign(clean: str) -> Iterator[Guess]:
    match = _FOREIGN.fullmatch(clean)
    country = (match[1] or match[2]) if match else ""
    special = _SPECIAL.fullmatch(clean) or _JAPANESE.fullmatch(clean)
    if not special and (country == "CN" or not is_office(country) or _DESIGNATIONS.fullmatch(clean)):
        return
    filed = _FILED.fullmatch(clean) is not None
    if filed:
        yield from _read(parse_application, clean, sure=True)
    if not filed or _EITHER.fullmatch(clean):
        yield from _read(parse_publication, clean, sure=not filed)
    if not filed and _BARE.fullmatch(clean) and country not in ("EP", "WO"):
        yield from _read(parse_application, clean, sure=False)


def _read(reader: Callable[[str], ApplicationNo | PublicationNo], clean: str, *, sure: bool) -> Iterator[Guess]:
    try:
        number = reader(clean)
    except BadNumber:
        return
    yield _application(number, sure=sure) if isinstance(number, ApplicationNo) else _publication(number, sure=sure)


def _beginnings(clean: str) -> Iterator[Guess]:
    """`CN20111029`, `2011102977`, `CN10254`: the first characters of a Chinese number."""
    if not _DIGITS_ONLY.fullmatch(clean):
        return
    body = unscan(only_letters_and_digits(_CN_START.sub("", clean, count=1)))
    marked = clean.startswith(("CN", "ZL"))
    if not (6 if marked else 8) <= len(body) <= 11 or (not marked and body.endswith("0000")):
        return
    filed = _PREFIX_APPLICATION.fullmatch(body) is not None and len(body) not in (8, 12)
    filed = filed or (len(body) == 8 and body.startswith("20") and _PREFIX_APPLICATION.fullmatch(body) is not None)
    published = marked and not clean.startswith("ZL") and _PREFIX_PUBLICATION.fullmatch(body) is not None
    if filed or published:
        yield Guess(Reading.PREFIX, f"CN{body}", f"读作以 CN{body} 开头的中国专利号码。", sure=marked)


def _trademark(clean: str) -> Iterator[Guess]:
    try:
        number = parse_trademark(clean)
    except BadNumber:
        return
    name = "马德里国际注册号" if number.international else "商标注册号或申请号"
    sentence = f"读作{name} {display(number)}。"
    yield Guess(Reading.TRADEMARK, number.key, sentence, number, sure=clean != number.bare or number.international)


def _application(number: ApplicationNo, *, sure: bool) -> Guess:
    shown = display(number)
    if number.office != "CN":
        name = "国际申请号" if number.office == "WO" else f"{office_name(number.office)}申请号"
        return Guess(Reading.APPLICATION, number.key, f"读作{name} {shown}。", number, sure)
    state = "校验位正确" if number.check_ok else "".join(number.warnings).rstrip("。")
    sentence = f"读作中国专利申请号 {shown}（{TYPE_NAMES[number.type_digit]}，{state}）。"
    return Guess(Reading.APPLICATION, number.key, sentence, number, sure, suggest_check_digit(shown))


def _publication(number: PublicationNo, *, sure: bool) -> Guess:
    name = "国际公布号" if number.country == "WO" else f"{office_name(number.country)}公开（公告）号"
    any_kind = "" if number.kind else "，不限文献种类"
    return Guess(Reading.PUBLICATION, number.key, f"读作{name} {display(number)}{any_kind}。", number, sure)
