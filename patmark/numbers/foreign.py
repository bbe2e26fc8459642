"""Application and publication numbers of the United States, Europe, Korea, Taiwan, the PCT and every other office.

Each reader takes a folded text (`spelling.fold`) and gives the number as offices exchange it, or None when the text is
not of its form. Rules: RULES §1.3; WIPO ST.3, ST.13, ST.16.
"""

from __future__ import annotations

import re

from patmark.numbers.check_digits import ep_check_digit
from patmark.numbers.shapes import ApplicationNo, PublicationNo
from patmark.numbers.spelling import only_letters_and_digits

_PCT = re.compile(r"PCT[ /-]?([A-Z]{2})[ /-]?(\d{4})[ /-]?(\d{5,6})(?: ?W)?")
_PCT_OLD = re.compile(r"PCT[ /-]?([A-Z]{2})[ /-]?(\d{2})[ /-]?(\d{5,6})(?: ?W)?")
_PCT_DOCDB = re.compile(r"WO ?(\d{4})([A-Z]{2})(\d{6})(?: ?W)?")
_WO = re.compile(r"(?:WO[ /-]?)?(\d{4})[ /-]?(\d{6}|(?<=[ /-])\d{5}) ?([A-Z]\d?)?")
_WO_OLD = re.compile(r"(?:WO[ /-]?)?(\d{2})[ /-]?(\d{5,6}) ?([A-Z]\d?)?")

_EP_APPLICATION = re.compile(r"(?:EP ?)?(\d{2})[ .]?(\d{3})[ .]?(\d{3})(?:\.?(\d))?(?: ?A\d?)?")
_EP_EXCHANGED = re.compile(r"(?:EP ?)?(?:19|20)(\d{2})0(\d{6})(?: ?A\d?)?")
_EP_PUBLISHED = re.compile(r"(?:EP ?)?(\d{1,7}|\d \d{3} \d{3}) ?([A-Z]\d?)?")

_US_APPLICATION = re.compile(r"(?:US ?)?(\d{2})[/ -]?(\d{3}),?(\d{3})(?: ?[AP]\d?)?")
_US_EXCHANGED = re.compile(r"(?:US ?)?(?:19|20)\d{2}(\d{2})(\d{6})(?: ?[AP]\d?)?")
_US_SERIAL = re.compile(r"(?:US ?)?(\d{1,3}),?(\d{3})(?: ?A)?")
_US_PUBLISHED = re.compile(r"(?:US ?)?(20\d{2})([/-]?)(\d{6,7}) ?([A-Z]\d?)?")
_US_PATENT = re.compile(r"(?:US ?)?(D|PP|RE|H|T|X)? ?(?:NO\.? ?)?(\d{1,3}(?:[, ]\d{3})+|\d{1,8}) ?([A-Z]\d?)?")

_KR_APPLICATION = re.compile(r"(?:KR ?)?([1-4]0)[ -]?((?:19|20)\d{2})[ -]?(\d{7})(?: ?([A-Z]\d?))?")
_KR_ST13 = re.compile(r"(?:KR ?)?([1-4]0)((?:19|20)\d{2})00(\d{7})()")
_KR_EXCHANGED = re.compile(r"(?:KR ?)?((?:19|20)\d{2})(\d{7})(?: ?([A-Z]\d?))?")
_KR_PATENT = re.compile(r"(?:KR ?)?([1-3]0)[ -]?(\d{7})(?: ?([A-Z]\d?))?")
_TW_APPLICATION = re.compile(r"(?:TW ?)?(\d{2,3}) ?([1-3]) ?(\d{5})(?: ?[A-Z]\d?)?")

_OTHER = re.compile(r"([A-Z]{0,3} ?\d[\dA-Z ./,-]*?)(\.\d)?(?: ?([A-Z]\d?))?")


def pct_year(digits: str) -> str:
    """Two-digit years of the PCT: 78–99 are 19xx, others 20xx (four digits since 2004)."""
    return digits if len(digits) == 4 else ("19" if int(digits) >= 78 else "20") + digits


def pct_application(clean: str) -> ApplicationNo | None:
    if match := _PCT_DOCDB.fullmatch(clean):
        return ApplicationNo("WO", f"PCT{match[2]}{match[1]}{match[3]}")
    match = _PCT.fullmatch(clean)
    if match is None or not 1978 <= int(match[2]) <= 2100:
        match = _PCT_OLD.fullmatch(clean)
    if match is None or (len(match[2]) == 2 and 4 <= int(match[2]) < 78):
        return None
    return ApplicationNo("WO", f"PCT{match[1]}{pct_year(match[2])}{int(match[3]):06d}")


def wo_publication(clean: str, kind: str) -> PublicationNo | None:
    match = _WO.fullmatch(clean)
    if match is None or not 1978 <= int(match[1]) <= 2100:
        match = _WO_OLD.fullmatch(clean)
    if match is None or (len(match[1]) == 2 and 4 < int(match[1]) < 78):
        return None
    return PublicationNo("WO", f"{pct_year(match[1])}{int(match[2]):06d}", match[3] or kind)


def ep_application(clean: str) -> ApplicationNo | None:
    if match := _EP_EXCHANGED.fullmatch(clean):
        return ApplicationNo("EP", match[1] + match[2])
    match = _EP_APPLICATION.fullmatch(clean)
    if match is None:
        return None
    bare, given = match[1] + match[2] + match[3], match[4]
    right = ep_check_digit(bare)
    wrong = bool(given) and given != right
    warnings = (f"校验位应为 {right}，号码中写作 {given}，可能有一位抄错。",) if wrong else ()
    return ApplicationNo("EP", bare, check_ok=not wrong if given else None, warnings=warnings)


def ep_publication(clean: str, kind: str) -> PublicationNo | None:
    match = _EP_PUBLISHED.fullmatch(clean)
    return PublicationNo("EP", f"{int(match[1].replace(' ', '')):07d}", match[2] or kind) if match else None


def us_application(clean: str) -> ApplicationNo | None:
    if match := _US_EXCHANGED.fullmatch(clean):
        return ApplicationNo("US", match[1] + match[2])
    if match := _US_APPLICATION.fullmatch(clean):
        return ApplicationNo("US", "".join(match.groups()))
    if match := _US_SERIAL.fullmatch(clean):
        return ApplicationNo("US", f"{match[1]}{match[2]}".zfill(6), warnings=("没有写两位系列号，只有流水号。",))
    return None


def us_publication(clean: str, kind: str) -> PublicationNo | None:
    match = _US_PUBLISHED.fullmatch(clean)
    if match and (len(match[3]) == 7 or match[2] or (match[4] or kind)[:1] in ("", "A")):
        repaired = ("流水号只有六位，已补一个 0。",) if len(match[3]) == 6 else ()
        return PublicationNo("US", f"{match[1]}{match[3].zfill(7)}", match[4] or kind, repaired)
    match = _US_PATENT.fullmatch(clean)
    if match is None:
        return None
    digits = match[2].replace(",", "").replace(" ", "").lstrip("0")
    return PublicationNo("US", (match[1] or "") + digits, match[3] or kind) if digits else None


def kr_application(clean: str) -> ApplicationNo | None:
    if match := _KR_APPLICATION.fullmatch(clean) or _KR_ST13.fullmatch(clean):
        return ApplicationNo("KR", match[1] + match[2] + match[3], kind_hint=match[4] or "")
    match = _KR_EXCHANGED.fullmatch(clean)
    if match is None:
        return None
    right = "20" if (match[3] or "")[:1] == "U" else "10"
    return ApplicationNo("KR", right + match[1] + match[2], kind_hint=match[3] or "")


def kr_publication(clean: str, kind: str) -> PublicationNo | None:
    """Published applications are exchanged without the type (`20210012345` A, U), patents with it (`101234567` B1)."""
    if match := _KR_APPLICATION.fullmatch(clean):
        letter = match[4] or kind or {"20": "U", "30": "S"}.get(match[1], "A")
        return PublicationNo("KR", match[2] + match[3], letter)
    match = _KR_PATENT.fullmatch(clean) or _KR_EXCHANGED.fullmatch(clean)
    return PublicationNo("KR", match[1] + match[2], match[3] or kind) if match else None


def tw_application(clean: str) -> ApplicationNo | None:
    match = _TW_APPLICATION.fullmatch(clean)
    return ApplicationNo("TW", match[1].zfill(3) + match[2] + match[3]) if match else None


def other_application(office: str, clean: str) -> ApplicationNo | None:
    """Any other office: letters and digits without punctuation; a digit behind a dot is a check digit and left out."""
    body = clean[2:].lstrip(" -/.") if clean.startswith(office) else clean
    match = _OTHER.fullmatch(body)
    bare = only_letters_and_digits(match[1]) if match else ""
    if match is None or not 3 <= len(bare) <= 20:
        return None
    return ApplicationNo(office, bare, kind_hint=match[3] or "")


def other_publication(country: str, clean: str, kind: str) -> PublicationNo | None:
    body = clean[2:].lstrip(" -/.") if clean.startswith(country) else clean
    match = _OTHER.fullmatch(body)
    number = only_letters_and_digits(match[1] + (match[2] or "")) if match else ""
    if match is None or not 2 <= len(number) <= 20:
        return None
    return PublicationNo(country, number, match[3] or kind)
