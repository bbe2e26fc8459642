"""Claims and description of EPO OPS full texts."""

from __future__ import annotations

import re

from patmark.patent import Claim, Section
from patmark.sources.claim_text import references
from patmark.sources.ledger import Element, Ledger, local, number, whole

_NUMBER = re.compile(r"(\d{1,4})\s*[.)．、]\s*")


def full_claims(ledger: Ledger, node: Element) -> tuple[tuple[Claim, ...], str]:
    """The claims and their language; where several languages are given the first is read, the others stay unread.

    OPS puts the claims either into one `claim` each or all into one, a `claim-text` for each.
    """
    for bag in ledger.all(node, "claims"):
        nodes = ledger.all(bag, "claim")
        if len(nodes) == 1 and len(ledger.all(nodes[0], "claim-text")) > 1:
            texts = [whole(one) for one in ledger.all(nodes[0], "claim-text")]
        else:
            texts = ["\n".join(whole(each) for each in ledger.all(one, "claim-text")) or whole(one) for one in nodes]
        if not any(texts):
            continue
        ledger.take(bag)
        return _numbered([text for text in texts if text]), ledger.attribute(bag, "lang").lower()
    return (), ""


def _numbered(texts: list[str]) -> tuple[Claim, ...]:
    found = []
    for at, text in enumerate(texts, 1):
        match = _NUMBER.match(text)
        own = (number(match[1]) if match else None) or at
        found.append(Claim(own, text, references(text, own)))
    return tuple(found)


def full_description(ledger: Ledger, node: Element) -> tuple[tuple[Section, ...], str]:
    """The description, a section for each heading, and its language.

    JSON gives all headings and then all paragraphs: which belongs to which is lost, and the headings stay unread.
    """
    for bag in ledger.all(node, "description"):
        headings = ledger.all(bag, "heading")
        lost = len(headings) > 1 and list(bag)[: len(headings)] == headings
        found = _sections([one for one in bag if not (lost and one in headings)])
        if found:
            ledger.take(bag)
            for one in headings if lost else ():
                ledger.leave(one)
            return found, ledger.attribute(bag, "lang").lower()
    return (), ""


def _sections(nodes: list[Element]) -> tuple[Section, ...]:
    found: list[Section] = []
    heading, texts = "", list[str]()
    for one in nodes:
        text = whole(one)
        if local(one) == "heading":
            if heading or texts:
                found.append(Section("\n".join(texts), "", heading))
            heading, texts = text, []
        elif text:
            texts.append(text)
    if heading or texts:
        found.append(Section("\n".join(texts), "", heading))
    return tuple(found)
