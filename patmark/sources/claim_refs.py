"""The claims a claim refers to: by the words of Chinese, English, German, French and Japanese, and by links."""

from __future__ import annotations

import re

from patmark.patent import Claim

_MOST = 2_000
_TO = r"[-–—~～〜‐−]|至|到|to|through|bis|à|ないし|乃至|から"
_AND = r"[,，、/]|或者?|和|及|与|以及|并|or|and/or|and|oder|und|et|ou|または|又は|及び|および|若しくは|もしくは"
_AGAIN = r"(?:in\s+)?(?:any\s+(?:one\s+)?of\s+)?[Cc]laims?|[Aa]nsprüche?n?|权利要求|請求項"
_LIST = rf"\d+(?:\s*(?:{_TO}|{_AND}|{_AGAIN})\s*)*"
_NAMED = re.compile(
    rf"(?:权利要求|權利要求|請求項|laims?\s|LAIMS?\s|nspr(?:uch|üche|üchen|uchs)\s|evendications?\s)\s*(?:第\s*)?((?:{_LIST})+)"
)
_RANGE = re.compile(rf"(\d+)\s*(?:{_TO})\s*(?:[Cc]laims?\s+|权利要求|請求項)?(\d+)")
_ALL_BEFORE = re.compile(
    r"(?:上述|前述|前面|以上|在先)(?:的)?(?:任意|任何|任|各)?[一1１]?[项項个]?(?:的)?权利要求|"
    r"(?:preceding|previous|(?:any|one|each)\s+of\s+the\s+(?:above|foregoing))\s+claims?|"
    r"vorher(?:gehenden|igen)\s+Anspr|vorangehenden\s+Anspr|revendications\s+précédentes|前記(?:いずれか|各)?の?請求項",
)
_BEFORE_HINTS = (
    "preceding", "previous claim", "above claim", "foregoing claim", "上述", "前述", "前面", "以上", "在先", "前記",
    "vorher", "vorangehend", "précédentes",
)  # fmt: skip
_HINTS = ("权利要求", "權利要求", "請求項", "laim", "LAIM", "nspr", "evendication")
_LEADING = re.compile(r"\s*(?:权利要求\s*|[Cc]laim\s*)?(\d{1,4})\s*(?:[.．、。:：)）](?!\d)|\s(?=[A-Z]))\s*")
_PRINTED = re.compile(r"\s*0*(\d{1,4})\s*[.．、]\s*(?=\S)")


def references(text: str, number: int) -> tuple[int, ...]:
    """The earlier claims the words of a claim refer to, ascending: `如权利要求1-3或5所述` gives 1, 2, 3, 5."""
    for hint in _HINTS:
        at = text.find(hint)
        if at >= 0:
            break
    else:
        return ()
    found: set[int] = set()
    while at >= 0:
        if named := _NAMED.match(text, at):
            # Full-width digits are digits to patterns and to `int` alike.
            words = named.group(1).strip(" ,，、")
            if words.isdecimal():
                found.add(int(words[:5]))
                at = text.find(hint, named.end())
                continue
            for first, last in _RANGE.findall(words):
                found.update(range(int(first[:5]), min(int(last[:5]), _MOST) + 1))
            found.update(int(one[:5]) for one in re.findall(r"\d+", words))
        at = text.find(hint, at + 1)
    if _names_all_before(text):
        found.update(range(1, min(number, _MOST)))
    return tuple(sorted([one for one in found if 0 < one < number]))


def _names_all_before(text: str) -> bool:
    for hint in _BEFORE_HINTS:
        if hint in text:
            return _ALL_BEFORE.search(text) is not None
    return False


def unnumbered(text: str, number: int, *, printed: bool = False) -> str:
    """The text without the claim's own number in front: the number is a field of its own.

    `printed` where the office always prints it: `1.2,4-二氯苯` then is claim 1, otherwise a quantity.
    """
    if printed and (own := _PRINTED.match(text)) and int(own.group(1)) == number:
        return text[own.end() :]
    found = _LEADING.match(text)
    return text[found.end() :] if found and int(found.group(1)) == number and found.end() < len(text) else text


def claim(number: int, text: str, linked: tuple[int, ...] = (), *, printed: bool = False) -> Claim:
    """A claim with what it depends on by its links and by its words."""
    clean = unnumbered(text, number, printed=printed)
    named = references(clean, number)
    if linked:
        named = tuple(sorted({*(one for one in linked if one != number), *named}))
    return Claim(number, clean, named)
