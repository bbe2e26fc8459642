"""Numbers outside what offices give out, so that no invented record can be taken for a real one.

    application    serials from 9 000 000 on: the office gives out less than four million a year and kind
    publication    CN19…A/B, CN29…U, CN39…S
    family         WO, US, EP and JP numbers from serial 900 000 on
    trademark      from 99 000 000 on
    credit code    organisation codes beginning with YY (`patmark/demo/bodies.py`)

That the offices do not reach these is general knowledge of 2026 [K]. Check digits are right.
"""

from __future__ import annotations

from datetime import date

from patmark.numbers.check_digits import cn_check_digit
from patmark.patent import ApplicationNumber, PatentKind, Publication

#: No more records of one kind than there are serials.
MOST = 1_000_000
_DIGIT = {PatentKind.INVENTION: "1", PatentKind.UTILITY_MODEL: "2", PatentKind.DESIGN: "3"}


def application(rank: int, kind: PatentKind, filed: date) -> ApplicationNumber:
    """The application number of the patent of that rank."""
    return _application(9_000_000 + rank, kind, filed)


def priority(rank: int, kind: PatentKind, filed: date) -> ApplicationNumber:
    """The number of an earlier application that is no record itself."""
    return _application(8_000_000 + rank, kind, filed)


def _application(serial: int, kind: PatentKind, filed: date) -> ApplicationNumber:
    body = f"{filed.year}{_DIGIT[kind]}{serial:07d}"
    return ApplicationNumber("CN", f"{body}.{cn_check_digit(body)}", filed)


def publication(rank: int, kind: PatentKind) -> str:
    """The number all publications of that patent carry."""
    return f"{_DIGIT[kind]}9{rank:07d}"


def abroad(office: str, rank: int, published: date) -> Publication:
    """A family member in another office."""
    serial = 900_000 + rank % 100_000
    if office == "WO":
        return Publication("WO", f"{published.year}{serial:06d}", "A1", published)
    if office == "US":
        return Publication("US", f"{published.year}{serial:07d}", "A1", published)
    if office == "EP":
        return Publication("EP", f"9{serial:06d}", "A1", published)
    return Publication("JP", f"{published.year}{serial:06d}", "A", published)


def trademark(rank: int) -> str:
    """The number of the trademark of that rank."""
    return str(99_000_000 + rank)
