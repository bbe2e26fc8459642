"""Grants of the USPTO 1976–2001 (Green Book, APS): four-letter sections and three-letter fields in columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from patmark.errors import BadRecord
from patmark.patent import ApplicationNumber, Citation, Localised, Patent, PatentKind, Person, Publication, Role
from patmark.sources.base import Kind, Read, Source
from patmark.sources.draft import Draft
from patmark.sources.greenbook_lines import Block, blocks, records
from patmark.sources.greenbook_text import claims, paragraphs, plain, sections
from patmark.sources.printed_symbols import locarno, packed_ipc, uspc

_HEAD = re.compile(rb"(?:HHHHHT[^\r\n]*\r?\n)?\s*PATN\s*\r?\n(?:[A-Z0-9]{3} [^\r\n]*\r?\n)*?WKU  ")
_KINDS = {"D": PatentKind.DESIGN, "P": PatentKind.PLANT}
_ROLES = {"INVT": Role.INVENTOR, "ASSG": Role.OWNER}
_TEXTS = frozenset({"PARN", "BSUM", "DRWD", "DETD", "GOVT"})


def patent(lines: list[str]) -> Patent:
    """The statement of one grant from its lines."""
    draft = Draft("US", "en")
    found = blocks(lines)
    for block in found:
        reader = _READERS.get(block.name)
        if reader is not None:
            reader(draft, block)
        elif block.name not in _TEXTS:
            for name, text in block.fields:
                draft.note(f"{block.name}/{name}", text)
    draft.description.extend(sections([block for block in found if block.name in _TEXTS]))
    return draft.patent()


def _head(draft: Draft, block: Block) -> None:
    wku, issued = block.first("WKU"), draft.day(block.first("ISD"), "ISD")
    # Seven digits or letter and six, one check digit behind.
    number = wku[:-1] if len(wku) == 9 else wku
    if number:
        draft.publications.append(Publication("US", number, "", issued))
        draft.note("WKU", wku)
    draft.grant_date = issued
    draft.kind = _KINDS.get(number.lstrip("0")[:1], PatentKind.INVENTION)
    series, serial = block.first("SRC"), block.first("APN")
    if serial:
        # Six digits and a check digit; the series code makes the number the later files print: 05 449155.
        series = series.zfill(2) if series.isdigit() else series
        draft.application = ApplicationNumber("US", f"{series}{serial[:6]}", draft.day(block.first("APD"), "APD"))
    if title := block.first("TTL"):
        draft.titles.append(Localised(plain(title), "en"))
    count = block.first("NCL")
    draft.claim_count = int(count) if count.isdecimal() and len(count) < 6 else None
    for name in ("EXP", "EXA"):
        if text := block.first(name):
            draft.people.append(Person(_ordered(text), Role.EXAMINER))
    for name, text in block.fields:
        if name not in ("WKU", "SRC", "APN", "APD", "TTL", "ISD", "NCL", "EXP", "EXA"):
            draft.note(f"PATN/{name}", text)


def _ordered(name: str) -> str:
    """`Hoff; Don G.` is Don G. Hoff."""
    family, _, given = name.partition(";")
    return f"{given.strip()} {family.strip()}".strip()


def _country(text: str) -> str:
    """Three characters of these years (`JPX`, `GB2`) begin with the two of today."""
    return text[:2] if len(text) == 3 else text


def _person(draft: Draft, block: Block) -> None:
    name = _ordered(block.first("NAM"))
    if not name:
        return
    address = ", ".join(text for part in ("STR", "CTY", "STA") for text in block.all(part) if text)
    country = _country(block.first("CNT")) or ("US" if block.first("STA") else "")
    draft.people.append(Person(name, _ROLES[block.name], address, block.first("ZIP"), country))
    for field, text in block.fields:
        if field not in ("NAM", "STR", "CTY", "STA", "CNT", "ZIP"):
            draft.note(f"{block.name}/{field}", text)


def _priority(draft: Draft, block: Block) -> None:
    if number := block.first("APN"):
        day = draft.day(block.first("APD"), "PRIR/APD")
        draft.priorities.append(ApplicationNumber(_country(block.first("CNT")), number, day))


def _parent(draft: Draft, block: Block) -> None:
    number = block.first("APN")
    if number:
        draft.parents.append(ApplicationNumber("US", number, draft.day(block.first("APD"), f"{block.name}/APD")))
    draft.note(block.name, "; ".join(f"{name} {text}" for name, text in block.fields))


def _classes(draft: Draft, block: Block) -> None:
    edition = block.first("EDF")
    for name, text in block.fields:
        if name in ("OCL", "XCL", "UCL"):
            draft.add(uspc(text, main=name == "OCL"))
        elif name == "ICL":
            first = not any(one.scheme in ("ipc", "locarno") for one in draft.symbols)
            if draft.kind is PatentKind.DESIGN:
                draft.add(locarno(text, main=first, version=edition))
            else:
                draft.add(packed_ipc(text, main=first, version=edition))
    searched = [f"{name} {text}" for name, text in block.fields if name in ("FSC", "FSS")]
    draft.note("CLAS/FSC", "; ".join(searched))


def _cited(draft: Draft, block: Block) -> None:
    day = block.first("ISD")
    words = [_ordered(block.first("NAM"))]
    if day.endswith("00") and len(day) == 8:
        words.append(f"({day[:4]}-{day[4:6]})")
    words.extend(f"[{one.symbol}]" for name in ("OCL", "XCL") for text in block.all(name) if (one := uspc(text)))
    words.extend(f"[{one.symbol}]" for text in block.all("ICL") if (one := packed_ipc(text)))
    published = None if day.endswith("00") else draft.day(day, f"{block.name}/ISD")
    country = _country(block.first("CNT")) or "US"
    publication = Publication(country, block.first("PNO"), "", published) if block.first("PNO") else None
    draft.citations.append(Citation(" ".join(word for word in words if word), publication))


def _literature(draft: Draft, block: Block) -> None:
    draft.citations.extend(Citation(text) for text in paragraphs(block))


def _agents(draft: Draft, block: Block) -> None:
    for name, text in block.fields:
        if name in ("FRM", "FR2", "AAT", "AGT", "ATT"):
            # FRM is the firm; a second name and attorneys are people.
            role = Role.AGENCY if name == "FRM" else Role.AGENT
            draft.people.append(Person(_ordered(text), role))
        else:
            draft.note(f"LREP/{name}", text)


def _pct(draft: Draft, block: Block) -> None:
    if number := block.first("PCN"):
        draft.pct_application = ApplicationNumber("WO", number, draft.day(block.first("PD3"), "PCTA/PD3"))
    if number := block.first("PCP"):
        draft.pct_publication = Publication("WO", number, "", draft.day(block.first("PCD"), "PCTA/PCD"))
    draft.national_entry = draft.day(block.first("PD1"), "PCTA/PD1")
    draft.note("PCTA/PD2", block.first("PD2"))


def _abstract(draft: Draft, block: Block) -> None:
    if text := "\n".join(paragraphs(block)):
        draft.abstracts.append(Localised(text, "en"))


def _claims(draft: Draft, block: Block) -> None:
    draft.claims.extend(claims(block))
    draft.note(f"{block.name}/STM", "; ".join(block.all("STM")))


_READERS: dict[str, Callable[[Draft, Block], None]] = {
    "PATN": _head,
    "INVT": _person,
    "ASSG": _person,
    "PRIR": _priority,
    "RLAP": _parent,
    "REIS": _parent,
    "CLAS": _classes,
    "UREF": _cited,
    "FREF": _cited,
    "OREF": _literature,
    "LREP": _agents,
    "PCTA": _pct,
    "ABST": _abstract,
    "CLMS": _claims,
    "DCLM": _claims,
}


def _tells(source: Source) -> bool:
    return bool(_HEAD.match(source.head))


def _read(source: Source) -> Iterator[Read]:
    with source.open() as stream:
        for index, found in enumerate(records(stream)):
            position = f"第 {index + 1} 份文件（第 {found.line} 行起）"
            try:
                if found.fault:
                    raise BadRecord(found.fault)
                yield Read(index, position, patent(found.lines))
            except BadRecord as fault:
                raw = "\n".join(found.lines)
                yield Read(index, position, BadRecord(fault.sentence, position=position, raw=raw))


KIND = Kind("uspto_greenbook", "美国专利授权文献（Green Book 文本，1976—2001 年）", _tells, _read)
