"""统一社会信用代码 (GB 32100-2015) and the organisation code inside it (GB 11714): check digits and what they say."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from patmark.codes import BodyKind
from patmark.errors import BadNumber
from patmark.tables import shipped_rows

#: No I, O, Z, S, V: they are too easily read as digits (GB 32100-2015, 4).
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LENGTH = 18


@dataclass(frozen=True, slots=True)
class UnifiedCode:
    """A valid unified social credit code and its parts.

    `kind` is empty (None) where department and class do not tell the kind of body. `organisation` is the 9-character
    organisation code; `organisation_valid` says whether its own check digit holds (codes outside 工商 often break it).
    """

    code: str
    department: str
    department_name: str
    entity_class: str
    class_name: str
    division: str
    organisation: str
    organisation_valid: bool
    kind: BodyKind | None


@dataclass(frozen=True, slots=True)
class _Entity:
    department_name: str
    class_name: str
    kind: BodyKind | None


@cache
def _entities() -> dict[str, _Entity]:
    return {
        row["department"] + row["entity_class"]: _Entity(
            row["department_name"], row["class_name"], BodyKind(row["kind"]) if row["kind"] else None
        )
        for row in shipped_rows("uscc_departments.csv")
    }


def uscc_check(first: str) -> str:
    """The 18th character that belongs to the first 17 (GB 32100-2015): `9111000060003734 1` → `L`."""
    total = sum(_VALUE[letter] * weight for letter, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check(body: str) -> str:
    """The check character of an eight-character organisation code (GB 11714): `60003734` → `1`."""
    total = sum(int(letter, 36) * weight for letter, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    check = 11 - total % 11
    return "X" if check == 10 else "0" if check == 11 else str(check)


def parse_uscc(text: str) -> UnifiedCode:
    """A unified social credit code in any width, case and spacing; `BadNumber` with the reason when it is none."""
    code = "".join(unicodedata.normalize("NFKC", text).upper().replace("-", "").split())
    if len(code) != LENGTH:
        raise BadNumber(f"统一社会信用代码应为 {LENGTH} 位，这里是 {len(code)} 位。", where=text)
    wrong = next((letter for letter in code if letter not in _VALUE), "")
    if wrong:
        raise BadNumber(
            f"统一社会信用代码第 {code.index(wrong) + 1} 位不能是“{wrong}”。",
            where=text,
            mend="字母 I、O、Z、S、V 不用于代码，请核对是否为数字 1、0、2、5。",
        )
    entity = _entities().get(code[:2])
    if entity is None:
        raise BadNumber(f"统一社会信用代码开头“{code[:2]}”不是已知的登记部门和机构类别。", where=text)
    if not code[2:8].isdigit():
        raise BadNumber("统一社会信用代码第 3 至 8 位应为行政区划代码（数字）。", where=text)
    expected = uscc_check(code[:17])
    if code[17] != expected:
        raise BadNumber(f"统一社会信用代码校验位应为“{expected}”，这里是“{code[17]}”。", where=text)
    return UnifiedCode(
        code=code,
        department=code[0],
        department_name=entity.department_name,
        entity_class=code[1],
        class_name=entity.class_name,
        division=code[2:8],
        organisation=code[8:17],
        organisation_valid=organisation_check(code[8:16]) == code[16],
        kind=entity.kind,
    )
