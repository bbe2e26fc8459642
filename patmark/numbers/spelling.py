"""One spelling of a number as typed, pasted, scanned or exported: width, case, white space, dots, dashes, labels."""

from __future__ import annotations

import re
import unicodedata

from patmark.errors import BadNumber

LONGEST = 64

#: Look-alikes that are typed or scanned for one character of a number.
_LOOKALIKES = str.maketrans(
    {"×": "X", "✕": "X", "Х": "X", "Χ": "X", "。": ".", "·": ".", "•": ".", "∕": "/", "—": "-", "–": "-", "−": "-"}
    | {"‐": "-", "‑": "-", "‒": "-", "―": "-", "ー": "-", "，": ",", "：": ":"}
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
)
#: 申请号：, 专利号 ZL…, 授权公告号: words up to 号 in front of the number itself.
_LABEL = re.compile(r"^[^\dA-Z]{0,14}号(?:码)?\s*:?\s*")
_KIND_CODE = re.compile(r"([A-Z]\d?)|[^A-Z\d]+\(([A-Z]\d?)\)")
_SPACES = re.compile(r"\s+")
#: What an optical reader makes of digits (the text is upper case by then, so l is L).
_SCANNED = str.maketrans({"O": "0", "I": "1", "L": "1", "|": "1"})


def fold(text: str) -> str:
    """Half width, upper case, single spaces, without a label in front; raises `BadNumber` beyond 64 characters."""
    if len(text) > LONGEST:
        raise BadNumber(f"“{text[:24]}…”太长，不是号码。", mend="请只填写一个号码。")
    clean = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES).upper()
    clean = _SPACES.sub(" ", clean).strip(" '\"()[],;:、")
    return _LABEL.sub("", clean)


def unscan(clean: str) -> str:
    """The number with letters an optical reader put for digits turned back: O is 0, I and l are 1."""
    return clean.translate(_SCANNED)


def kind_code(text: str) -> str:
    """The ST.16 code in what sources give: `A1`, ` b `, `公開特許公報(A)`; empty for others (`00` in US files)."""
    match = _KIND_CODE.fullmatch(unicodedata.normalize("NFKC", text[:LONGEST]).strip().upper())
    return match[1] or match[2] if match else ""


def only_letters_and_digits(clean: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", clean)
