"""The doors of this package: a text becomes an application, a publication or a trademark number, or `BadNumber`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from patmark.errors import BadNumber
from patmark.numbers import foreign
from patmark.numbers.check_digits import ep_check_digit
from patmark.numbers.cn import parse_cn_application, parse_cn_publication
from patmark.numbers.japan import parse_jp_application, parse_jp_publication
from patmark.numbers.offices import is_office
from patmark.numbers.shapes import ApplicationNo, PublicationNo, TrademarkNo
from patmark.numbers.spelling import fold, kind_code, only_letters_and_digits

_APPLICATIONS: dict[str, Callable[[str], ApplicationNo | None]] = {
    "CN": parse_cn_application,
    "JP": parse_jp_application,
    "EP": foreign.ep_application,
    "US": foreign.us_application,
    "KR": foreign.kr_application,
    "TW": foreign.tw_application,
    "WO": foreign.pct_application,
}
_PUBLICATIONS: dict[str, Callable[[str, str], PublicationNo | None]] = {
    "CN": parse_cn_publication,
    "JP": parse_jp_publication,
    "EP": foreign.ep_publication,
    "US": foreign.us_publication,
    "KR": foreign.kr_publication,
    "WO": foreign.wo_publication,
}
_COUNTRY = re.compile(r"([A-Z]{2})[ /.-]?(?=[A-Z]{0,3} ?\d|No)")
_JAPANESE = re.compile(r"^(?:特|実|实|實|意|再|登)")
#: Numbers whose form alone names the office, when nothing else does.
_US_FORM = re.compile(r"\d{2}/\d{3},?\d{3}")
_KR_FORM = re.compile(r"[1-4]0-\d{4}-\d{7}")
#: What stands before a Chinese number in print and is no country there (SD is Sudan, GG Guernsey elsewhere).
_CN_PRINTED = ("GK", "SD", "GG", "ZL")

#: Offices whose numbers begin with letters of their own that look like a country: TO2010A000123 is Turin, not Tonga.
_OWN_LETTERS = frozenset({"IT"})

_CN_MARK = re.compile(r"第?(?:(G)(\d{1,8})([A-Z]?)(H\d?)?|(\d{1,8})([A-Z]?))号?")
_MEND_MARK = "商标号是 1 至 8 位数字，可带一个字母，例如 12345678、12345678A；马德里国际注册以 G 开头，例如 G1234567。"


@lru_cache(maxsize=4_096)
def parse_application(text: str, office: str = "") -> ApplicationNo:
    """An application number of any office; raises `BadNumber` with a sentence.

    `office` (ST.3) is what the source says; a country written in the number itself goes before it, PCT numbers are
    known everywhere. Without either, digits alone are read as Chinese.
    """
    clean = fold(text)
    if clean.startswith("PCT") or (clean.startswith("WO") and foreign.pct_application(clean)):
        office = "WO"
    else:
        office = _office(clean, office.strip().upper())
    reader = _APPLICATIONS.get(office)
    number = reader(clean) if reader else None
    if number is None and office not in ("CN", "JP", "WO"):
        number = foreign.other_application(office, clean)
    if number is None:
        raise BadNumber(
            f"“{text[:40]}”不是可以识别的申请号。", mend="请连同国别一起填写，例如 CN202110685031.5、US16/123,456。"
        )
    return number


@lru_cache(maxsize=4_096)
def parse_publication(text: str, country: str = "", kind: str = "") -> PublicationNo:
    """A publication or patent number of any office; raises `BadNumber` with a sentence.

    `country` and `kind` are what the source says beside the number; what is written in the number goes before them.
    """
    clean = fold(text)
    country = _office(clean, country.strip().upper())
    kind = kind_code(kind)
    reader = _PUBLICATIONS.get(country)
    number = reader(clean, kind) if reader else None
    if number is None and country not in ("CN", "JP", "WO"):
        number = foreign.other_publication(country, clean, kind)
    if number is None:
        raise BadNumber(
            f"“{text[:40]}”不是可以识别的公开（公告）号。", mend="请连同国别一起填写，例如 CN102541888A、US11234567B2。"
        )
    return number


def _office(clean: str, said: str) -> str:
    if _JAPANESE.match(clean):
        return "JP"
    match = None if said in _OWN_LETTERS else _COUNTRY.match(clean)
    if match and match[1] != said and not (said in ("", "CN") and match[1] in _CN_PRINTED) and is_office(match[1]):
        return match[1]
    if said:
        return said
    if _US_FORM.fullmatch(clean):
        return "US"
    return "KR" if _KR_FORM.fullmatch(clean) else "CN"


@lru_cache(maxsize=4_096)
def parse_trademark(text: str, office: str = "CN") -> TrademarkNo:
    """A trademark application or registration number; raises `BadNumber` with a sentence.

    For CN the form of RULES §1.5, no space inside; `第…号` around it is taken off. Other offices: letters and digits.
    """
    clean = fold(text)
    office = office.strip().upper() or "CN"
    if office != "CN":
        bare = only_letters_and_digits(clean.removeprefix(office))
        if not bare or len(bare) > 20 or not any(one.isdigit() for one in bare):
            raise BadNumber(f"“{text[:40]}”不是商标号。", mend="请填写注册号或申请号。")
        return TrademarkNo(office, bare)
    match = _CN_MARK.fullmatch(clean)
    if match is None or not int(match[2] or match[5]):
        raise BadNumber(f"“{text[:40]}”不是商标注册号或申请号。", mend=_MEND_MARK)
    if match[1]:
        digits = match[2].lstrip("0")
        bare = f"G{digits}{match[3]}{match[4] or ''}"
        return TrademarkNo("CN", bare, international=True, divided=match[3], subsequent=match[4] or "")
    return TrademarkNo("CN", match[5].lstrip("0") + match[6], divided=match[6])


def display(number: ApplicationNo | PublicationNo | TrademarkNo) -> str:
    """The form people copy: `CN202110685031.5`, `PCT/CN2011/000001`, `US16/123,456`, `CN102541888A`, `12345678`."""
    if isinstance(number, TrademarkNo):
        return number.bare if number.office == "CN" else number.key
    if isinstance(number, PublicationNo):
        return f"WO{number.number[:4]}/{number.number[4:]}{number.kind}" if number.country == "WO" else number.key
    return _display_application(number.office, number.bare)


def _display_application(office: str, bare: str) -> str:
    if office == "CN":
        return f"CN{bare[:-1]}.{bare[-1]}"
    if office == "WO" and bare.startswith("PCT"):
        return f"PCT/{bare[3:9]}/{bare[9:]}"
    if office == "EP" and len(bare) == 8 and bare.isdigit():
        return f"EP{bare}.{ep_check_digit(bare)}"
    if office == "US" and len(bare) == 8 and bare.isdigit():
        return f"US{bare[:2]}/{bare[2:5]},{bare[5:]}"
    if office == "JP" and len(bare) >= 10 and bare[:10].isdigit():
        return f"JP{bare[:4]}-{bare[4:]}"
    if office == "KR" and len(bare) == 13 and bare.isdigit():
        return f"KR{bare[:2]}-{bare[2:6]}-{bare[6:]}"
    return office + bare
