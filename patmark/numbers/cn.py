"""Chinese application, patent and publication numbers in every spelling (ZC 0006-2003, ZC 0007; RULES §1.1, §1.2).

Three forms of one application number are read:

1. as printed: `202110685031.5`, `CN 2021 1 0685031.5`, `ZL202110685031.5`, before October 2003 `95115608.X`;
2. without dot or check digit, with a kind letter behind: `CN201010596747XA`, `201110297790`;
3. CNIPA's XML with `dataFormat="standard"`, which is WIPO ST.13: type of right (2) + year (4) + serial (9), so
   `102021001286633` = `10` + `2021` + `00`·`1286633` = 202111286633: the first digit of the type is the type digit
   of the number, the serial is padded to nine. The check digit is left out there.
"""

from __future__ import annotations

import re

from patmark.errors import BadNumber
from patmark.numbers.check_digits import cn_check_digit
from patmark.numbers.shapes import ApplicationNo, PublicationNo
from patmark.numbers.spelling import fold, kind_code, unscan

TYPE_NAMES = {
    "1": "发明",
    "2": "实用新型",
    "3": "外观设计",
    "8": "进入国家阶段的国际申请（发明）",
    "9": "进入国家阶段的国际申请（实用新型）",
}

_PREFIX = re.compile(r"^(?:CN[ .:-]?)?(?:ZL[ .:-]?)?(?=[\dOIL|])")
_NEW = re.compile(r"(20\d\d) ?([12389]) ?(\d{7})(?:\.?([0-9X]))?(?: ?([A-Z]\d?))?")
_OLD = re.compile(r"(8[5-9]|9\d|0[0-3]) ?([12389]) ?(\d{5})(?:\.?([0-9X]))?(?: ?([A-Z]\d?))?")
_STANDARD = re.compile(r"([12389])0((?:19|20)\d\d)(\d{9})")
_PUBLISHED = re.compile(r"(?:CN[ .-]?)?(GK|SD|GG|ZL)?[ .-]?(\d[\d ]{5,10}\d) ?\.?([A-Z]\d?)?")
_KIND = re.compile(r" ?[A-Z]\d?$")

_MEND_APPLICATION = (
    "申请号是 12 位数字加一位校验位，例如 202110685031.5；2003 年 10 月以前是 8 位加一位，例如 95115608.X。"
)
_MEND_PUBLICATION = "公开（公告）号是 7 至 9 位数字加一个字母，例如 CN102541888A。"


def parse_cn_application(text: str) -> ApplicationNo:
    """A Chinese application or patent number; raises `BadNumber`. A wrong check digit is kept and marked."""
    clean = fold(text)
    body = _PREFIX.sub("", clean)
    if found := _read(body):
        return found
    unscanned = unscan(body)
    if unscanned != body and (found := _read(unscanned)):
        mark = f"“{body}”里的字母 O、I、l 按数字 0、1 读。"
        return ApplicationNo(
            "CN", found.bare, found.type_digit, found.check_ok, found.kind_hint, (*found.warnings, mark)
        )
    raise BadNumber(f"“{text[:40]}”不是中国专利申请号。", mend=_MEND_APPLICATION)


def _read(body: str) -> ApplicationNo | None:
    match = _NEW.fullmatch(body) or _OLD.fullmatch(body)
    if match is None:
        return _standard(body)
    year, kind, serial, given, letter = match.groups()
    if len(year) == 4 and int(year) < 2003:
        return None
    return _application(year + kind + serial, given or "", kind_hint=letter or "")


def _standard(body: str) -> ApplicationNo | None:
    match = _STANDARD.fullmatch(body)
    if match is None:
        return None
    kind, year, serial = match.groups()
    # The serials of the new numbers began at 0100001 in October 2003, those of the old ones had five digits.
    if serial.startswith("00") and int(year) >= 2003 and int(serial) >= 100_000:
        return _application(year + kind + serial[2:], "")
    if serial.startswith("0000") and 1985 <= int(year) <= 2003:
        return _application(year[2:] + kind + serial[4:], "")
    return None


def _application(body: str, given: str, *, kind_hint: str = "") -> ApplicationNo:
    right = cn_check_digit(body)
    wrong = bool(given) and given != right
    warnings = (f"校验位应为 {right}，号码中写作 {given}，可能有一位抄错。",) if wrong else ()
    kind = body[4] if len(body) == 12 else body[2]
    return ApplicationNo("CN", body + (given or right), kind, not wrong, kind_hint, warnings)


def parse_cn_publication(text: str, kind: str = "") -> PublicationNo:
    """A Chinese publication number: 7, 8 (before 1989, that of the application) or 9 digits and a kind code.

    `kind` is taken where the text has none. Raises `BadNumber`.
    """
    clean = fold(text)
    match = _PUBLISHED.fullmatch(clean)
    warnings: tuple[str, ...] = ()
    if match is None and (letters := _KIND.search(clean)):
        body = clean.removeprefix("CN")[: letters.start() - len(clean)]
        match = _PUBLISHED.fullmatch("CN" + unscan(body) + letters[0])
        warnings = (f"“{clean}”里的字母 O、I、l 按数字 0、1 读。",) if match else ()
    number = match[2].replace(" ", "") if match else ""
    if match is None or not _plausible(number):
        mend = "这像是申请号，请填在申请号一栏。" if len(number) in (12, 13) else _MEND_PUBLICATION
        raise BadNumber(f"“{text[:40]}”不是中国专利公开（公告）号。", mend=mend)
    return PublicationNo("CN", number, match[3] or kind_code(kind), warnings)


def _plausible(number: str) -> bool:
    if len(number) == 8:
        return bool(_OLD.fullmatch(number))
    return len(number) in (7, 9) and number[0] in "123"


def suggest_check_digit(text: str) -> tuple[str, ...]:
    """Numbers the person may have meant by a Chinese application number whose check digit is wrong, likeliest first.

    The same digits with the right check digit, then those where two neighbours of the serial were swapped. Empty for a
    right number and for a text that is no such number.
    """
    try:
        number = parse_cn_application(text)
    except BadNumber:
        return ()
    if number.check_ok:
        return ()
    body, given = number.bare[:-1], number.bare[-1]
    start = 5 if len(body) == 12 else 3
    swapped = (body[:i] + body[i + 1] + body[i] + body[i + 2 :] for i in range(start, len(body) - 1))
    meant = [body + cn_check_digit(body), *(one + given for one in swapped if cn_check_digit(one) == given)]
    return tuple(f"CN{one[:-1]}.{one[-1]}" for one in dict.fromkeys(meant))
