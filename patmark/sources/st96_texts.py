"""The texts of an ST.96 patent publication: claims with what they depend on, parts of the description, symbols."""

from __future__ import annotations

import re
from dataclasses import replace

from patmark.patent import Claim, Section, Symbol
from patmark.sources.ledger import Element, Ledger, attribute, clean, lines, local, number, whole

_BREAKS = ("P", "Heading", "ClaimText", "Br", "Row", "LI", "Li", "Table", "Math")
_PARTS = {
    "TechnicalField": "field",
    "BackgroundArt": "background",
    "Disclosure": "summary",
    "InventionSummary": "summary",
    "InventionDisclosure": "summary",
    "DrawingDescription": "drawings",
    "EmbodimentDescription": "embodiment",
    "EmbodimentsDescription": "embodiment",
    "EmbodimentExample": "embodiment",
    "BestMode": "embodiment",
    "InventionMode": "embodiment",
    "DetailedDescription": "embodiment",
}
#: The part most often left without an element of its own.
_EMBODIMENT = re.compile(r"best mode|detailed description|description of (?:the )?(?:preferred )?embodiments?", re.I)


def paragraphs(ledger: Ledger, node: Element) -> str:
    """The text of an element with a line for each paragraph."""
    ledger.take(node)
    return lines(node, _BREAKS)


def claims(ledger: Ledger, node: Element) -> tuple[Claim, ...]:
    """The claims in order; a claim without a number of its own is counted."""
    nodes = ledger.all(node, "Claims/Claim")
    ids = {attribute(one, "id"): at for at, one in enumerate(nodes)}
    numbers = [number(ledger.text(one, "ClaimNumber")) or at for at, one in enumerate(nodes, 1)]
    found = []
    for own, one in zip(numbers, nodes, strict=True):
        named = [name for each in one.iter("{*}ClaimReference") for name in attribute(each, "idrefs").split()]
        depends = dict.fromkeys(numbers[ids[name]] for name in named if name in ids)
        text = "\n".join(lines(each, _BREAKS) for each in ledger.all(one, "ClaimText"))
        ledger.take(one)
        found.append(Claim(own, text, tuple(other for other in depends if other != own)))
    return tuple(found)


def description(ledger: Ledger, node: Element) -> tuple[Section, ...]:
    """The parts of the description in order; what stands under no part begins anew at each heading."""
    found: list[Section] = []
    loose: list[str] = []
    heading = ""

    def close() -> None:
        if loose or heading:
            found.append(Section("\n".join(loose), "embodiment" if _EMBODIMENT.search(heading) else "", heading))
            loose.clear()

    for one in ledger.all(node, "Description/*"):
        ledger.take(one)
        name = local(one)
        if name in _PARTS:
            close()
            heading = ""
            found.append(_part(one, _PARTS[name]))
        elif name == "Heading":
            close()
            heading = whole(one)
        elif text := lines(one, _BREAKS):
            loose.append(text)
    close()
    return tuple(found)


def _part(node: Element, part: str) -> Section:
    headings = [whole(one) for one in node.findall("{*}Heading")]
    texts = [lines(one, _BREAKS) for one in node if local(one) != "Heading"]
    # Every heading after the first stays in the text.
    return Section("\n".join([*headings[1:], *(text for text in texts if text)]), part, headings[0] if headings else "")


def symbols(ledger: Ledger, data: Element) -> tuple[Symbol, ...]:
    """IPC and CPC symbols, and the national main class where it is the USPTO's."""
    paths = [f"PatentClassificationBag/{name}ClassificationBag/{name}Classification" for name in ("IPCR", "IPC")]
    found = [_symbol(ledger, one, "ipc") for one in ledger.all(data, *paths)]
    bag = ledger.first(data, "PatentClassificationBag/CPCClassificationBag")
    if bag is not None:
        first = set(ledger.all(bag, "MainCPC/CPCClassification"))
        found.extend(_symbol(ledger, one, "cpc", main=one in first) for one in bag.iter("{*}CPCClassification"))
    for one in ledger.all(data, "PatentClassificationBag/NationalClassification"):
        if (text := _national(ledger, one)) and ledger.text(one, "IPOfficeCode") == "US":
            ledger.take(one)
            found.append(Symbol("uspc", text, main=True))
    if found and not any(one.main for one in found if one.scheme == "ipc"):
        at = next((at for at, one in enumerate(found) if one.scheme == "ipc"), None)
        if at is not None:
            found[at] = replace(found[at], main=True)
    return tuple(dict.fromkeys(one for one in found if one.symbol))


def _symbol(ledger: Ledger, node: Element, scheme: str, *, main: bool = False) -> Symbol:
    parts = [ledger.text(node, *names) for names in (("Section", "CPCSection"), ("Class",), ("Subclass",))]
    group, sub = ledger.text(node, "MainGroup"), ledger.text(node, "Subgroup")
    text = clean("".join(parts)) + (f" {group}/{sub}" if group else "")
    text = text or ledger.text(node, "PatentClassificationText", "ClassificationText")
    version = ledger.text(node, "ClassificationVersionDate", "PatentClassificationVersion")
    first = ledger.text(node, "SymbolPositionCode") == "F"
    # What is left are codes of the classifying (level, value, action date, source): they say nothing of the invention.
    ledger.take(node)
    return Symbol(scheme, text, main or (first and scheme == "ipc"), version)


def _national(ledger: Ledger, node: Element) -> str:
    parts = [whole(one) for one in ledger.all(node, "MainNationalClassification/*")]
    return "/".join(part for part in parts if part)
