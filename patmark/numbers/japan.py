"""Japanese application and publication numbers: 特願2020-100059, 特開平10-123456, 特許第6789012号, JP2021193879A.

Numbers are kept as offices exchange them: applications `YYYY` + six digits (and U or D for 実願 and 意願), publications
since 2000 `YYYY` + six digits, before that era letter + year + six digits (`H10123456`), patents their serial.
"""

from __future__ import annotations

import re

from patmark.errors import BadNumber
from patmark.numbers.shapes import ApplicationNo, PublicationNo

#: Gregorian year before the first year of the era.
_ERAS = {"明": ("M", 1867), "大": ("T", 1911), "昭": ("S", 1925), "平": ("H", 1988), "令": ("R", 2018)}
_ERA_LETTERS = dict(_ERAS.values())
_FILED = re.compile(
    r"(?:JP[ -]?)?(特願|実願|意願)? ?([明大昭平令]|[SHR](?=\d))?[和成治正]? ?"
    r"(\d{1,4}) ?- ?(\d{1,7})号? ?([A-Z]\d?)?"
)
_FILED_COMPACT = re.compile(r"(?:JP[ -]?)?(\d{4})(\d{6,7}) ?([A-Z]\d?)?")
#: Kind of document by its Japanese name (INPI/ST.16 letters as JPO uses them today).
_NAMES = {
    "特開": "A", "特表": "A", "再表": "A1", "特公": "B2", "実開": "U", "実表": "U", "実公": "Y2",
    "特許": "B2", "登録実用新案": "U", "実用新案登録": "Y2", "意匠登録": "S",
}  # fmt: skip
_NAMED = re.compile(
    r"(?:JP[ -]?)?(特開|特表|再表|特公|実開|実表|実公) ?([昭平令])?(?:和|成)? ?(\d{1,4})[-/ ](\d{1,7})号?(?:公報)?"
)
_SERIAL = re.compile(r"(?:JP[ -]?)?(特許|登録実用新案|実用新案登録|意匠登録) ?(?:第)? ?(\d{5,7})号?")
_WESTERN = re.compile(r"(?:JP[ -]?)?([SHR])?(\d{2}|\d{4})(-?)(\d{1,7}) ?([A-Z]\d?)?")
_WESTERN_SERIAL = re.compile(r"(?:JP[ -]?)?(\d{6,7}) ?([A-Z]\d?)?")
#: Chinese spellings of the Japanese characters.
_CHARACTERS = str.maketrans("开愿实實许录案", "開願実実許録案")
_MEND = "例如 特願2020-100059、特開平10-123456、JP2021193879A。"


def parse_jp_application(clean: str) -> ApplicationNo:
    """A folded text as a Japanese application number; raises `BadNumber`."""
    clean = clean.translate(_CHARACTERS)
    if match := _FILED_COMPACT.fullmatch(clean):
        year, serial, letter = match.groups()
        if len(serial) == 6 or serial[0] == "0":
            return _application(int(year), int(serial), letter or "")
    match = _FILED.fullmatch(clean)
    if match is None:
        raise BadNumber(f"“{clean[:40]}”不是日本申请号。", mend=_MEND)
    name, era, year, serial, letter = match.groups()
    warnings: tuple[str, ...] = ()
    full = int(year)
    if era:
        full += _ERAS[era][1] if era in _ERAS else _ERA_LETTERS[era]
    elif len(year) <= 2:
        # 11-167215 in a foreign priority claim is the 11th year of 平成; 昭和 ended with 64.
        full += 1988 if full <= 31 else 1925
        warnings = (f"年份“{year}”没有写年号，按{'平成' if int(year) <= 31 else '昭和'}读。",)
    return _application(full, int(serial), {"実願": "U", "意願": "D"}.get(name or "", letter or ""), warnings)


def _application(year: int, serial: int, letter: str, warnings: tuple[str, ...] = ()) -> ApplicationNo:
    if not 1885 <= year <= 2100 or serial > 999_999:
        raise BadNumber(f"日本申请号的年份 {year} 或流水号 {serial} 不合理。", mend=_MEND)
    suffix = letter[:1] if letter[:1] in ("U", "D") else ""
    return ApplicationNo("JP", f"{year}{serial:06d}{suffix}", kind_hint=letter, warnings=warnings)


def parse_jp_publication(clean: str, kind: str = "") -> PublicationNo:
    """A folded text as a Japanese publication or patent number; raises `BadNumber`."""
    clean = clean.translate(_CHARACTERS)
    if match := _NAMED.fullmatch(clean):
        name, era, year, serial = match.groups()
        letter = _ERAS[era][0] if era else ""
        return PublicationNo("JP", _dated(letter, year, serial), kind or _NAMES[name])
    if match := _SERIAL.fullmatch(clean):
        return PublicationNo("JP", match[2], kind or _NAMES[match[1]])
    if match := _WESTERN_SERIAL.fullmatch(clean):
        return PublicationNo("JP", match[1], match[2] or kind)
    match = _WESTERN.fullmatch(clean)
    if match is None:
        raise BadNumber(f"“{clean[:40]}”不是日本公开（公告）号。", mend=_MEND)
    era, year, dash, serial, printed = match.groups()
    if not era and len(year) == 2 and not dash and len(serial) != 6:
        raise BadNumber(f"“{clean[:40]}”不是日本公开（公告）号。", mend=_MEND)
    warnings: tuple[str, ...] = ()
    if not era and len(year) == 2:
        era = "H" if int(year) <= 31 else "S"
        warnings = (f"年份“{year}”没有写年号，按{'平成' if era == 'H' else '昭和'}读。",)
    return PublicationNo("JP", _dated(era or "", year, serial), printed or kind, warnings)


def _dated(era: str, year: str, serial: str) -> str:
    """Era years up to 1999 keep their letter in exchanged data, later years are written in four Gregorian digits."""
    if len(year) == 4:
        full = int(year)
    else:
        full = int(year) + _ERA_LETTERS[era or "H"]
        if full < 2000:
            return f"{era}{int(year):02d}{int(serial):06d}"
    if not 1900 <= full <= 2100 or int(serial) > 999_999:
        raise BadNumber(f"日本公开（公告）号的年份 {full} 或流水号 {serial} 不合理。", mend=_MEND)
    return f"{full}{int(serial):06d}"
