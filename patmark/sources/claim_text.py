"""Claims that stand in one cell: parted by their numbers, with the claims each refers to."""

from __future__ import annotations

import re

from patmark.patent import Claim
from patmark.sources.claim_refs import claim, references

__all__ = ["references", "split_claims"]

_NUMBER = re.compile(r"(?:^|(?<=[\n\r。；;]))[ \t\u3000]*(\d{1,3})\s*[.．、](?!\d)")


def split_claims(text: str) -> tuple[Claim, ...]:
    """The claims of a text that numbers them one after the other from 1; otherwise the whole text as claim 1."""
    starts: list[int] = []
    for match in _NUMBER.finditer(text):
        if int(match[1]) == len(starts) + 1:
            starts.append(match.start(1))
    if not starts or text[: starts[0]].strip():
        clean = text.strip()
        return (claim(1, clean),) if clean else ()
    ends = [*starts[1:], len(text)]
    return tuple(
        claim(number, text[start:end].strip()) for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )
