"""Character entities of the office DTDs: which names stand for which characters; nothing else is ever expanded."""

from __future__ import annotations

import re
from html.entities import html5

# ISO 8879 isogrk1/isogrk2 and WIPO's own sets (wipo.ent 1.0) are not among the HTML names.
_GREEK = {
    "a": "α", "b": "β", "g": "γ", "d": "δ", "e": "ε", "z": "ζ", "ee": "η", "th": "θ", "i": "ι", "k": "κ", "l": "λ",
    "m": "μ", "n": "ν", "x": "ξ", "o": "ο", "p": "π", "r": "ρ", "s": "σ", "t": "τ", "u": "υ", "ph": "φ", "kh": "χ",
    "ps": "ψ", "oh": "ω",
}  # fmt: skip
_ACCENTED = {
    "aacgr": "ά", "eacgr": "έ", "eeacgr": "ή", "iacgr": "ί", "oacgr": "ό", "uacgr": "ύ", "ohacgr": "ώ", "idigr": "ϊ",
    "udigr": "ϋ", "idiagr": "ΐ", "udiagr": "ΰ", "Aacgr": "Ά", "Eacgr": "Έ", "EEacgr": "Ή", "Iacgr": "Ί", "Oacgr": "Ό",
    "Uacgr": "Ύ", "OHacgr": "Ώ", "Idigr": "Ϊ", "Udigr": "Ϋ", "sfgr": "ς",
}  # fmt: skip
_OFFICE = {
    "Dotbhalfcircle": "◡̣", "Dotthalfcircle": "◠̇", "Dotlhalfcircle": "◖", "Dotrhalfcircle": "◗", "Lhalfcircle": "◖",
    "Rhalfcircle": "◗", "Quadbond": "≣", "Ovalhollow": "⬭", "Ovalsolid": "⬬", "Linevertsplit": "¦",
    "Parenopenst": "⦅", "Parenclosest": "⦆", "Brketopenst": "⟦", "Brketclosest": "⟧", "lparstr": "⦅", "rparstr": "⦆",
    "lsqbstr": "⟦", "rsqbstr": "⟧", "ldurule": "╘", "lhdurule": "╒", "rdurule": "╛", "rhdurule": "╕",
    "Circlesolid": "●", "Circlehollow": "○", "Squaresolid": "■", "Squarehollow": "□", "Letter": "�",
    "thgr": "θ", "peseta": "₧", "lsquor": "‚", "ldquor": "„", "rdquor": "”", "rsquor": "’", "jnodot": "ȷ",
}  # fmt: skip
_STANDARD = {"lt": "&lt;", "gt": "&gt;", "amp": "&amp;", "quot": "&quot;", "apos": "&apos;"}
_MARKUP = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&apos;"}


def _table() -> dict[bytes, bytes]:
    names = {name[:-1]: text for name, text in html5.items() if name.endswith(";")}
    for stem, letter in _GREEK.items():
        names[stem + "gr"] = letter
        # isogrk1 writes every letter of a capital's stem in upper case, but the first alone occurs in real files too
        names[stem.upper() + "gr"] = names[stem.capitalize() + "gr"] = letter.upper()
    names.update(_ACCENTED)
    names.update(_OFFICE)
    return {name.encode(): escaped(text) for name, text in names.items() if name not in _STANDARD}


def escaped(text: str) -> bytes:
    """The characters as they may stand in element content, UTF-8."""
    return "".join(_MARKUP.get(char, char) for char in text).encode()


CHARACTERS: dict[bytes, bytes] = _table()

# The five names every XML parser knows are left to it.
REFERENCE = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)([A-Za-z][A-Za-z0-9._-]*);")
