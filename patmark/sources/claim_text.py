"""Claims that stand in one cell: parted by their numbers, with the claims each refers to."""

from __future__ import annotations

import re

from patmark.patent import Claim

_NUMBER = re.compile(r"(?:^|(?<=[\n\r。；;]))[ \t\u3000]*(\d{1,3})\s*[.．、](?!\d)")
_REFERENCE = re.compile(r"权利要求\s*((?:\d+\s*(?:[-~～－—至到、，,或和及与]|以及|或者)*\s*(?:权利要求)?\s*)+)|[Cc]laims?\s+(\d+)")
_RANGE = re.compile(r"(\d+)\s*[-~～－—至到]\s*(\d+)")
_MOST = 1_000


def split_claims(text: str) -> tuple[Claim, ...]:
    """The claims of a text that numbers them one after the other from 1; the whole text as claim 1 where it does not."""
    starts: list[int] = []
    for match in _NUMBER.finditer(text):
        if int(match[1]) == len(starts) + 1:
            starts.append(match.start(1))
    if not starts or text[: starts[0]].strip():
        clean = text.strip()
        return (Claim(1, clean, references(clean, 1)),) if clean else ()
    ends = [*starts[1:], len(text)]
    claims = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        clean = text[start:end].strip()
        claims.append(Claim(number, clean, references(clean, number)))
    return tuple(claims)


def references(text: str, number: int) -> tuple[int, ...]:
    """The earlier claims a claim refers to, in order: `权利要求1-3或5所述` gives 1, 2, 3, 5."""
    found: set[int] = set()
    for match in _REFERENCE.finditer(text[:2_000]):
        named = match[1] or match[2]
        for first, last in _RANGE.findall(named):
            found.update(range(int(first[:4]), min(int(last[:4]), _MOST) + 1))
        found.update(int(one[:4]) for one in re.findall(r"\d+", named))
    return tuple(sorted(one for one in found if 0 < one < number))
