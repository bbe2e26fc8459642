"""Cells of a table read into parts of a record: numbers, days, names with addresses, symbols, priorities, citations."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from patmark.dates import parse_date
from patmark.errors import BadInput
from patmark.patent import ApplicationNumber, Citation, Publication, Symbol

#: What databases and spreadsheets write into a cell that holds nothing.
BLANKS = frozenset(
    {"", "-", "--", "---", "—", "――", "NULL", "null", "Null", "\\N", "nan", "NaN", "N/A"}
    | {"#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!"}
)


class NumericText(str):
    """The text of a cell that holds a number, not letters: leading zeros and a final `.0` may be lost."""

    __slots__ = ()


_OFFICE = re.compile(r"(CN|ZL|[A-Z]{2})?[\s.:]*(.+)", re.DOTALL)
_PUBLICATION = re.compile(r"([A-Z]{2})?\s?((?:D|PP|RE|H|T)?\s?\d[\d/.\-, ]*\d)\s?([A-Z]\d?)?")
_SPREADSHEET_DAY = re.compile(r"[2-6]\d{4}")
_EXCEL_ZERO = date(1899, 12, 30)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d+")
_SEPARATORS = re.compile(r"[;；\n\r|]+")
_POSTCODE = re.compile(r"\D{0,4}?\(?(\d{6})\)?[\s,，:：]*(?=\D)")
_POSTCODE_BEHIND = re.compile(r"(.*\D)[\s(（]*(\d{6})[)）]?", re.DOTALL)
_SYMBOL = re.compile(
    r"([A-HY]\d{2}[A-Z])\s*0*(\d{1,4})\s*/\s*(\d{2,6})\s*(?:[(（\[]([^)）\]]*)[)）\]])?\s*[A-Z]?(?:\(.*\))?"
)
_LOCARNO = re.compile(
    r"(?:LOC\s*[(（](\d+)[)）]\s*(?:Cl\.?)?\s*)?(\d{1,2})\s*-\s*(\S+?)(?:[(（](\d+)[)）])?", re.IGNORECASE
)
DAY = re.compile(r"\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|(?<!\d)(?:19|20)\d{2}[01]\d[0-3]\d(?!\d)")
_PCT = re.compile(r"PCT\s*/?\s*[A-Z]{2}\s*\d{2,4}\s*/?\s*\d{4,6}", re.IGNORECASE)
_WO = re.compile(r"WO\s*\d{2,4}\s*/?\s*\d{4,6}(?:\s*([A-Z]\d))?", re.IGNORECASE)

#: Longer texts are no addresses, and the patterns for them would take their time.
_LONGEST_ADDRESS = 400


def parts(text: str) -> list[str]:
    """The members of a many-valued cell: semicolons (both widths), line breaks and bars part them, commas do not."""
    return [clean for one in _SEPARATORS.split(text) if (clean := one.strip())]


@lru_cache(maxsize=16_384)
def day(text: str) -> date | None:
    """The day a cell says; None when it says none that exists. A bare 20000–69999 is a spreadsheet's count of days."""
    if _SPREADSHEET_DAY.fullmatch(text):
        return _EXCEL_ZERO + timedelta(days=int(text))
    try:
        return parse_date(text)
    except BadInput:
        return None


def is_no_day(text: str) -> bool:
    """Whether a cell of days says "no day" in its own way (`0`, `00000000`), so that nothing is lost by leaving it."""
    return not text.strip("0-./ ")


def lost_digits(text: str) -> bool:
    """Whether a spreadsheet has rounded the number away (`2.0111E+11`): its last digits are gone for good."""
    return "E" in text.upper() and _SCIENTIFIC.fullmatch(text) is not None


def application_number(text: str, office: str, filed: date | None = None) -> ApplicationNumber:
    """An application number with its office split off; the number stays as printed."""
    country, number = _split(text, office)
    return ApplicationNumber(country, number, filed)


def publication(text: str, office: str, published: date | None = None) -> Publication:
    """A publication number split into office, serial as printed, and kind."""
    clean = text.strip()
    if match := _PUBLICATION.fullmatch(clean):
        country, number, kind = match.groups()
        return Publication(country or office, number, kind or "", published)
    country, number = _split(clean, office)
    return Publication(country, number, "", published)


def _split(text: str, office: str) -> tuple[str, str]:
    if text.startswith("CN") and text[2:3].isdigit():
        return "CN", text[2:]
    match = _OFFICE.fullmatch(text.strip())
    if match is None:
        return office, text
    prefix, number = match[1] or office, match[2].strip()
    if text.lstrip()[:3].upper() == "PCT":
        return "WO", text.strip()
    return ("CN" if prefix == "ZL" else prefix), number


@lru_cache(maxsize=4_096)
def address(text: str) -> tuple[str, str]:
    """(postcode, address): `246000 安徽省…`, `450000河南省…`, `安徽省… 246000`, `安徽省…(邮编246000)`."""
    clean = text.strip()
    if len(clean) > _LONGEST_ADDRESS:
        return "", clean
    if (match := _POSTCODE.match(clean)) and match.end() < len(clean):
        return match[1], clean[match.end() :].strip()
    if match := _POSTCODE_BEHIND.fullmatch(clean):
        front = re.sub(r"[\s,，;；(（]*(?:邮政编码|邮编)?[\s:：]*$", "", match[1])
        return match[2], front
    return "", clean


@lru_cache(maxsize=4_096)
def symbols(text: str, scheme: str, main: bool) -> tuple[Symbol, ...]:
    """The symbols of a cell spelled `E01B 3/32`, their versions apart; `08-05` is Locarno in an IPC column too."""
    found: list[Symbol] = []
    for one in re.split(r"[;；,，\n\r|]+", text):
        if not (one := one.strip()):
            continue
        first = main and not found
        if scheme in {"ipc", "cpc"} and (match := _SYMBOL.fullmatch(one)):
            found.append(Symbol(scheme, f"{match[1]} {match[2]}/{match[3]}", first, (match[4] or "").strip()))
        elif scheme in {"ipc", "locarno"} and (match := _LOCARNO.fullmatch(one)):
            symbol = f"{match[2]}-{match[3]}"
            found.append(Symbol("locarno", symbol, first, match[1] or match[4] or ""))
        else:
            found.append(Symbol(scheme, one, first))
    return tuple(found)


def priorities(text: str, office: str = "") -> list[ApplicationNumber]:
    """Priorities: `2012.01.02 US 61/582,143`, `US 61/582,143 2012-01-02`, several parted by semicolons."""
    found = []
    for one in parts(text):
        when = DAY.search(one)
        bare = (one[: when.start()] + " " + one[when.end() :]).strip(" ,，()（）") if when else one
        if when and not any(map(str.isdigit, bare)):
            # Nothing but this would be the number: eight digits that happen to look like a day.
            bare, when = one, None
        if any(map(str.isdigit, bare)):
            found.append(application_number(bare, office, day(when[0]) if when else None))
    return found


def pct_application(text: str) -> ApplicationNumber | None:
    """The number and day of an international application: `PCT/JP2010/055555 2010.03.29`, either first."""
    number = _PCT.search(text)
    if number is None:
        return None
    when = DAY.search(text.replace(number[0], " "))
    return ApplicationNumber("WO", number[0], day(when[0]) if when else None)


def pct_publication(text: str) -> Publication | None:
    """The number and day of an international publication: `WO2011/076091 JA 2011.06.30`, either first."""
    number = _WO.search(text)
    if number is None:
        return None
    when = DAY.search(text.replace(number[0], " "))
    bare = number[0].strip()
    kind = number[1] or ""
    return Publication("WO", bare[2 : len(bare) - len(kind)].strip(), kind, day(when[0]) if when else None)


def citations(text: str) -> list[Citation]:
    """Cited documents: publication numbers where they are recognised, otherwise the text as it stands."""
    found = []
    for one in parts(text):
        number = _PUBLICATION.fullmatch(one.partition(",")[0].strip())
        if number and number[1]:
            when = DAY.search(one.partition(",")[2])
            found.append(Citation(publication=publication(number[0], "", day(when[0]) if when else None)))
        else:
            found.append(Citation(text=one))
    return found


def whole_number(text: str) -> int | None:
    """A count: `10`, `10.0`, `10项`; None for anything else."""
    match = re.fullmatch(r"(\d{1,6})(?:\.0)?\s*[项条个件]?", text)
    return int(match[1]) if match else None
