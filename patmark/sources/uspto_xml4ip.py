"""Parts of USPTO application files (XML4IP of the CDC download): claims, specification or abstract of one mail day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patmark.patent import ApplicationNumber, Localised, Patent
from patmark.sources import body
from patmark.sources.base import Kind, Read, Source
from patmark.sources.claim_refs import claim
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, first, line, lines, local, mark, vocabulary
from patmark.sources.xml import read_each, tells_xml

_ROOTS = ("ClaimsDocument", "SpecificationDocument", "AbstractDocument", "DrawingsDocument")
_AMENDMENT = re.compile(r"amend(?:ments?\s+to|\s+the)|please\s+(?:replace|amend)", re.IGNORECASE)
_WORDS = vocabulary(
    lines="ClaimText LI UL OL row Row Title TableDetails", breaks="Br BR", cells="entry Entry", raised="Sup"
)
_READ = ("DocumentHeaderDetails", "MailRoomDate", "ClaimSet", "Specification", "DocumentCode", "Abstract")


def patent(root: Element) -> Patent:
    """The statement of one part: the application it belongs to, the day it came in, and its text."""
    headers = _take_page_headers(root)
    mark(root, _WORDS)
    draft = Draft("US", "en")
    number = line(first(root, "ApplicationNumber"))
    if number:
        draft.application = ApplicationNumber("US", number)
    code = line(child(root, "DocumentCode"))
    draft.note("DocumentCode", code)
    draft.data_date = draft.day(line(child(root, "MailRoomDate")), "MailRoomDate")
    for one in root:
        name = local(one)
        if name == "ClaimSet":
            _claims(draft, one)
        elif name in ("Specification", "Abstract"):
            _text(draft, one, code)
        elif name not in _READ:
            draft.keep(one)
    draft.note("BoundaryData", "\n".join(dict.fromkeys(headers)))
    draft.pictures.extend(body.pictures(root))
    return draft.patent()


def _take_page_headers(root: Element) -> list[str]:
    """Takes running heads and line numbers of the scanned pages out of the text."""
    found = []
    for one in root.iter("{*}BoundaryData"):
        found.append(line(one))
        del one[:]
        one.text = None
    return [text for text in found if text]


def _claims(draft: Draft, element: Element) -> None:
    nodes = list(element.iter("{*}Claim"))
    numbers = {_id(node): int(text) for node in nodes if (text := line(child(node, "ClaimNumber"))).isdecimal()}
    for node in nodes:
        own = numbers.get(_id(node))
        parts = (lines(one) for one in node if local(one) in ("ClaimText", "TableDetails", "Maths"))
        text = "\n".join(part for part in parts if part)
        if own is None:
            draft.note("Claim", text)
            continue
        linked = {
            numbers[name]
            for one in node.iter("{*}ClaimReference")
            for key, value in one.attrib.items()
            if str(key).endswith("idrefs")
            for name in str(value).split()
            if name in numbers
        }
        if text:
            # A cancelled claim is a number and a status only.
            draft.claims.append(claim(own, text, tuple(linked), printed=True))
        draft.note(f"ClaimStatusCategory[{own}]", line(child(node, "ClaimStatusCategory")))
    for one in element.iter("{*}ClaimStatement"):
        draft.note("ClaimStatement", line(one))


def _id(node: Element) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == "id"), "")


def _text(draft: Draft, element: Element, code: str) -> None:
    if code == "ABST":
        draft.abstracts.append(Localised(body.paragraphs(element), "en"))
        draft.note("Heading", "; ".join(line(one) for one in element.iter("{*}Heading")))
        return
    found = body.description(element)
    if found and _AMENDMENT.search(f"{found[0].heading} {found[0].text}"[:400]):
        # An amendment is no description: it must not take the place of the whole one.
        draft.note("Specification", "\n".join(f"{one.heading}\n{one.text}".strip() for one in found))
    else:
        draft.description.extend(found)


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset(_ROOTS), patent)


KIND = Kind("uspto_xml4ip", "美国专利申请案卷文本（USPTO XML4IP）", tells_xml(*_ROOTS), _read)
