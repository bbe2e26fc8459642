"""Grants of the USPTO 2001–2004 (PATDOC, WIPO ST.32 US): as XML, and as the SGML the weekly files were."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from patmark.patent import (
    ApplicationNumber,
    Citation,
    Localised,
    Patent,
    PatentKind,
    Person,
    Publication,
    Role,
)
from patmark.sources import body
from patmark.sources.base import Kind, Read, Source
from patmark.sources.claim_refs import claim
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, child, first, line, lines, local, mark, vocabulary, whole
from patmark.sources.printed_symbols import locarno, packed_ipc, uspc
from patmark.sources.xml import read_each, tells_xml

_ROOT = "PATDOC"
#: Empty elements of the DTD: SGML leaves them open.
_EMPTY = re.compile(
    rb"<(CITED-BY-EXAMINER|CITED-BY-OTHER|B597US|B221US|B473US|EMI|MATHEMATICA|CHEMCDX|CHEMMOL|colspec|spanspec|"
    rb"DEL-[SE]|INS-[SE]|GENERIC-OBJECT)((?:\s[^<>]*)?)(?<!/)>(?!\s*</\1>)"
)
_WORDS = vocabulary(lines="CLMSTEP CWU LI UL OL row title", breaks="BR", cells="entry", raised="SP")
_RELATIONS = {
    "B610": "addition", "B620": "division", "B631": "continuation", "B632": "continuation-in-part",
    "B633": "continuing-reissue", "B640": "reissue", "B641US": "divisional-reissue", "B645": "reexamination",
    "B646US": "reexamination", "B660": "substitution",
}  # fmt: skip
_ROLES = {"B721": Role.INVENTOR, "B731": Role.OWNER, "B741": Role.AGENT, "B746": Role.EXAMINER, "B747": Role.EXAMINER}


def patent(root: Element) -> Patent:
    """The statement of one grant."""
    mark(root, _WORDS)
    draft = Draft("US", "en", PatentKind.INVENTION)
    for name in ("DTD", "STATUS"):
        draft.note(f"@{name}", str(root.get(name) or ""))
    for one in root:
        name = local(one)
        if name == "SDOBI":
            _bibliography(draft, one)
        elif name == "SDOAB":
            if text := _paragraphs(one):
                draft.abstracts.append(Localised(text, "en"))
        elif name == "SDODE":
            draft.description.extend(body.description(one))
        elif name == "SDOCL":
            _claims(draft, one)
        elif name != "SDODR":
            draft.keep(one)
    draft.pictures.extend(body.pictures(root))
    if draft.publications:
        draft.grant_date = draft.publications[0].date
    return draft.patent()


def _paragraphs(element: Element) -> str:
    return "\n".join(text for one in element.iter("PARA", "CWU") if (text := lines(one)))


def _claims(draft: Draft, element: Element) -> None:
    nodes = list(element.iter("CLM"))
    numbers = {str(node.get("ID")): at for at, node in enumerate(nodes, 1)}
    for at, node in enumerate(nodes, 1):
        linked = {numbers.get(str(one.get("ID")), at) for one in node.iter("CLREF")}
        text = "\n".join(part for one in node if (part := lines(one)))
        draft.claims.append(claim(at, text, tuple(linked), printed=True))
    draft.note("SDOCL/H", line(child(element, "H")))


def _bibliography(draft: Draft, element: Element) -> None:
    number, kind = _text(element, "B110"), _text(element, "B130")
    day = draft.day(_text(element, "B140"), "B140")
    if number:
        draft.publications.append(Publication(_text(element, "B190") or "US", number, kind, day))
    draft.kind = _kind(number, kind)
    for group in element:
        if local(group) == "B300":
            _priority(draft, group)
            continue
        for one in group:
            name = local(one)
            if name in _READERS:
                _READERS[name](draft, one)
            elif name not in ("B110", "B130", "B140", "B190", "B211US"):
                draft.keep(one)


def _kind(number: str, kind: str) -> PatentKind:
    if number.startswith("D") or kind.startswith("S"):
        return PatentKind.DESIGN
    return PatentKind.PLANT if number.startswith("PP") or kind.startswith("P") else PatentKind.INVENTION


def _text(element: Element | None, name: str) -> str:
    return line(first(element, name))


def _number(draft: Draft, element: Element) -> None:
    draft.application = ApplicationNumber("US", line(element), draft.application.date if draft.application else None)


def _filed(draft: Draft, element: Element) -> None:
    number = draft.application.number if draft.application else ""
    day = draft.day(line(element), "B220")
    draft.application = ApplicationNumber("US", number, day) if number else None


def _priority(draft: Draft, element: Element) -> None:
    if number := _text(element, "B310"):
        day = draft.day(_text(element, "B320"), "B320")
        draft.priorities.append(ApplicationNumber(_text(element, "B330"), number, day))


def _ipc(draft: Draft, element: Element) -> None:
    edition = _text(element, "B516")
    for one in element.iter("B511", "B512"):
        # The columns of the symbol are in its blanks; designs have a Locarno class here.
        main, printed = local(one) == "B511", whole(one).strip("\n")
        if draft.kind is PatentKind.DESIGN:
            draft.add(locarno(printed, main=main, version=edition))
        else:
            draft.add(packed_ipc(printed, main=main, version=edition))


def _uspc(draft: Draft, element: Element) -> None:
    for one in element:
        draft.add(uspc(whole(one).strip("\n"), main=local(one) == "B521"))


def _title(draft: Draft, element: Element) -> None:
    draft.titles.append(Localised(line(element), "en"))


def _citations(draft: Draft, element: Element) -> None:
    for one in element:
        by = "examiner" if child(one, "CITED-BY-EXAMINER") is not None else ""
        found = child(one, "PCIT")
        if found is None:
            draft.citations.append(Citation(line(child(one, "NCIT")) or line(one), None, "", by))
            continue
        document = child(found, "DOC")
        number, day = _text(document, "DNUM"), _text(document, "DATE")
        words = [_text(found, "NAM")]
        if day and day.endswith("00"):
            words.append(f"({day[:4]}-{day[4:6]})")
        words.extend(f"[{line(each)}]" for each in found.iter("PIC"))
        words.extend(f"[{each.symbol}]" for one in found.iter("PNC") if (each := uspc(whole(one).strip("\n"))))
        published = None if day.endswith("00") else draft.day(day, "B561/DATE")
        publication = Publication(_text(document, "CTRY") or "US", number, _text(document, "KIND"), published)
        draft.citations.append(Citation(" ".join(word for word in words if word), publication, "", by))


def _claim_count(draft: Draft, element: Element) -> None:
    draft.claim_count = body.number(_text(element, "B577"), 0) or None
    draft.note("B578US", "; ".join(line(one) for one in element.iter("B578US")))


def _searched(draft: Draft, element: Element) -> None:
    draft.note("B580", "; ".join(line(one) for one in element))


def _relation(draft: Draft, element: Element) -> None:
    for one in element.iter("PARENT-US"):
        above = one.getparent()
        name = _RELATIONS.get(local(above), local(above)) if above is not None else ""
        document = child(one, "PDOC", "DOC")
        number = _text(document, "DNUM")
        if not number:
            continue
        country = "WO" if number.upper().startswith("PCT/") else _text(document, "CTRY") or "US"
        draft.parents.append(ApplicationNumber(country, number, draft.day(_text(document, "DATE"), name)))
        grant, status = _text(child(one, "PPUB"), "DNUM"), _text(one, "PSTA")
        said = [number, f"status {status}" if status else "", f"grant {grant}" if grant else ""]
        draft.note(name, "; ".join(part for part in said if part))


def _provisional(draft: Draft, element: Element) -> None:
    if number := _text(element, "DNUM"):
        draft.priorities.append(ApplicationNumber("US", number, draft.day(_text(element, "DATE"), "B680US")))
        draft.note("provisional", number)


def _earlier(draft: Draft, element: Element) -> None:
    """The application's own earlier publication."""
    if number := _text(element, "DNUM"):
        day = draft.day(_text(element, "DATE"), local(element))
        draft.publications.append(Publication(_text(element, "CTRY") or "US", number, _text(element, "KIND"), day))


def _people(draft: Draft, element: Element) -> None:
    for one in element:
        role, party = _ROLES.get(local(one)), first(one, "PARTY-US")
        if role is None or party is None:
            draft.keep(one)
            continue
        firm = _text(party, "ONM")
        names = [_text(party, name) for name in ("TTL", "FNM", "SNM", "SFX")]
        name = firm or " ".join(part for part in names if part)
        place = child(party, "ADR")
        parts = [_text(place, part) for part in ("OMC", "STR", "CITY", "CNTY", "STATE")]
        address = ", ".join(part for part in parts if part)
        role = Role.AGENCY if role is Role.AGENT and firm else role
        country = _text(place, "CTRY") or ("US" if _text(place, "STATE") else "")
        draft.people.append(Person(name, role, address, _text(place, "PCODE"), country))


def _pct(draft: Draft, element: Element) -> None:
    if number := _text(element, "DNUM"):
        day = draft.day(_text(child(element, "B861"), "DATE"), "B861")
        draft.pct_application = ApplicationNumber("WO", number, day)
    draft.national_entry = draft.day(_text(element, "B864US"), "B864US")


def _pct_publication(draft: Draft, element: Element) -> None:
    if number := _text(element, "DNUM"):
        draft.pct_publication = Publication("WO", number, "", draft.day(_text(element, "DATE"), "B871"))


_READERS: dict[str, Callable[[Draft, Element], None]] = {
    "B210": _number,
    "B220": _filed,
    "B510": _ipc,
    "B520": _uspc,
    "B540": _title,
    "B560": _citations,
    "B570": _claim_count,
    "B580": _searched,
    **dict.fromkeys(("B610", "B620", "B630", "B640", "B641US", "B645", "B646US", "B660"), _relation),
    "B650": _earlier,
    "B690US": _earlier,
    "B680US": _provisional,
    **dict.fromkeys(("B720", "B730", "B740", "B745"), _people),
    "B860": _pct,
    "B870": _pct_publication,
}


def _closed(data: bytes) -> bytes:
    return _EMPTY.sub(rb"<\1\2/>", data)


def _read(source: Source) -> Iterator[Read]:
    return read_each(source, frozenset({_ROOT}), patent, prepare=_closed)


KIND = Kind("uspto_sgml", "美国专利授权文献（PATDOC，ST.32，2001—2004 年）", tells_xml(_ROOT), _read)
