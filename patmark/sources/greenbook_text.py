"""The text sections of a Green Book grant: paragraphs, headings, tables, claims, and its dotted character codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from patmark.patent import Claim, Section
from patmark.sources.claim_refs import claim
from patmark.sources.greenbook_lines import Block
from patmark.sources.sections import Sections

_PARAGRAPHS = frozenset({"PAR", "PA0", "PA1", "PA2", "PA3", "PA4", "PA5", "PAL", "TBL", "EQU", "TBL1", "PAX"})
_PARTS = {"BSUM": "summary", "DRWD": "drawings", "DETD": "embodiment", "PARN": "", "GOVT": ""}
#: Characters beyond the alphabet stand between dots: `.alpha.`, `.times.`, `.degree.`, `10.sup.5`, `H.sub.2 O`.
_CODES = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "DELTA": "Δ",
    "GAMMA": "Γ", "THETA": "Θ", "LAMBDA": "Λ", "SIGMA": "Σ", "PHI": "Φ", "PSI": "Ψ", "OMEGA": "Ω", "PI": "Π",
    "times": "×", "degree": "°", "div": "÷", "apprxeq": "≈", "ltoreq": "≤", "gtoreq": "≥", "noteq": "≠",
    "infin": "∞", "multidot": "·", "sqroot": "√", "fwdarw": "→", "rarw": "→", "Ohm": "Ω", "ANG": "Å", "angle": "∠",
    "about": "~", "apprch": "~", "perp": "⊥", "permill": "‰", "plusmn": "±", "prime": "′", "intg": "∫",
}  # fmt: skip
_CODE = re.compile(r"\.([A-Za-z]{2,8})\.")
_RAISED = re.compile(r"\.sup\.([-+]?\d{1,3}[-+]?)(?![\d.]\d)")
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def plain(text: str) -> str:
    """The text with its dotted codes as characters, exponents raised, index marks left out."""
    if "." not in text:
        return text
    text = _RAISED.sub(lambda found: found.group(1).translate(_SUPERSCRIPT), text)
    return _CODE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name = found.group(1)
    if name in ("sub", "sup"):
        return ""
    return _CODES.get(name, found.group())


def _text(name: str, text: str) -> str:
    if name not in ("TBL", "EQU"):
        return plain(" ".join(text.split()))
    rows = ("\t".join(re.split(r"\s{2,}", row.strip())) for row in text.split("\n"))
    return plain("\n".join(row for row in rows if row.strip("_\t ")))


def paragraphs(block: Block) -> list[str]:
    """The paragraphs of a section, tables row by row with their columns by tab."""
    return [clean for name, text in block.fields if name in _PARAGRAPHS and (clean := _text(name, text))]


def sections(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """The description: sections open parts, PAC lines are headings."""
    found = Sections()
    for block in blocks:
        found.open(_PARTS.get(block.name, ""))
        for name, text in block.fields:
            if name == "PAC":
                found.heading(plain(" ".join(text.split())))
            elif clean := _text(name, text):
                found.paragraph(clean)
    return found.done()


def claims(block: Block) -> list[Claim]:
    """The claims: NUM opens each; a design's only claim has none."""
    found: list[tuple[int, list[str]]] = []
    for name, text in block.fields:
        if name == "NUM":
            digits = text.strip().rstrip(".")
            found.append((int(digits) if digits.isdecimal() and len(digits) < 6 else len(found) + 1, []))
        elif name in _PARAGRAPHS and (clean := _text(name, text)):
            if not found:
                found.append((1, []))
            found[-1][1].append(clean)
    return [claim(number, "\n".join(texts), printed=True) for number, texts in found if texts]
