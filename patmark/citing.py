"""How a record is cited: the same facts as BibTeX, as RIS, and as the metadata reference managers read from a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from patmark.kinds import stage_of
from patmark.patent import Patent, Publication, Role, Stage, preferred
from patmark.trademark import Trademark

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NOT_KEY = re.compile(r"[^A-Za-z0-9]+")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation of a record says; empty fields are left out of every form.

    `number` is the document cited: the grant, else the latest publication, else the application; `issued` is its day.
    """

    is_patent: bool
    title: str
    number: str
    application: str
    office: str
    url: str
    authors: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    filed: date | None = None
    issued: date | None = None
    priorities: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    abstract: str = ""
    status: str = ""
    language: str = ""


def patent_reference(patent: Patent, *, application: str, url: str, status: str = "") -> Reference:
    """The reference of a patent; `application` is its number as shown, `url` the address of its page."""
    cited = cited_publication(patent)
    title = preferred(patent.titles)
    return Reference(
        is_patent=True,
        title=title or application,
        number=f"{cited.country}{cited.number}{cited.kind}" if cited else application,
        application=application,
        office=patent.office,
        url=url,
        authors=tuple(one.name for one in patent.named(Role.INVENTOR)),
        holders=tuple(one.name for one in patent.named(Role.OWNER) or patent.named(Role.APPLICANT)),
        agents=tuple(one.name for one in patent.named(Role.AGENCY)),
        filed=patent.application.date if patent.application else None,
        issued=cited.date if cited else None,
        priorities=tuple(f"{one.country}{one.number}" for one in patent.priorities),
        classes=tuple(dict.fromkeys(one.symbol for one in patent.symbols)),
        abstract=patent.abstract,
        status=status,
        language=next((one.lang for one in patent.titles if one.text == title), ""),
    )


def mark_reference(mark: Trademark, *, number: str, url: str, status: str = "") -> Reference:
    """The reference of a trademark; `number` is its number as shown."""
    return Reference(
        is_patent=False,
        title=mark.mark or number,
        number=number,
        application=mark.number,
        office=mark.office or "CN",
        url=url,
        holders=tuple(one.name for one in mark.people if one.role is Role.APPLICANT),
        agents=tuple(one.name for one in mark.people if one.role is Role.AGENCY),
        filed=mark.filing_date,
        issued=mark.registration_date,
        classes=tuple(f"Nice {one.nice}" for one in mark.goods),
        status=status,
    )


def cited_publication(patent: Patent) -> Publication | None:
    """The document a patent is cited by: its latest grant, else its latest publication; its own office's first."""
    own = [one for one in patent.publications if one.country in ("", patent.office)] or list(patent.publications)
    grants = [one for one in own if stage_of(one.country, one.kind, one.date, number=one.number) is Stage.GRANT]
    return max(grants or own, key=lambda one: one.date or date.min, default=None)


def bibtex(reference: Reference) -> str:
    """One entry: `@patent`, which biblatex and reference managers know, or `@misc` for a mark; TeX's signs escaped."""
    kind = "patent" if reference.is_patent else "misc"
    day = reference.issued or reference.filed
    people = {
        "author": " and ".join(_author(one) for one in reference.authors),
        "holder": " and ".join(_author(one) for one in reference.holders),
    }
    fields = {
        "title": reference.title,
        "number": reference.number,
        "year": str(day.year) if day else "",
        "month": str(day.month) if day else "",
        "day": str(day.day) if day else "",
        "nationality": reference.office,
        "note": "; ".join(part for part in (_applied(reference), reference.status) if part),
        "keywords": ", ".join(reference.classes),
        "url": reference.url,
        "abstract": reference.abstract,
    }
    key = _NOT_KEY.sub("", reference.number) or "record"
    values = people | {name: _tex(value) for name, value in fields.items()}
    lines = [f"  {name} = {{{value}}}" for name, value in values.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def ris(reference: Reference) -> str:
    """One record of RIS, with the tags EndNote and Zotero read for patents; lines end in CR LF as the format asks."""
    lines = ["TY  - PAT" if reference.is_patent else "TY  - GEN"]
    lines += [f"{tag}  - {_one_line(value)}" for tag, value in _ris_values(reference) if value.strip()]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_values(one: Reference) -> Iterator[tuple[str, str]]:
    yield "TI", one.title
    yield from (("AU", name) for name in one.authors)
    yield "PB", "; ".join(one.holders)
    yield from (("C4", name) for name in one.agents)
    yield "SN", one.number
    yield "M1", one.application
    yield "C3", one.office
    yield "C1", _slashed(one.filed)
    yield "DA", _slashed(one.issued)
    day = one.issued or one.filed
    yield "PY", str(day.year) if day else ""
    yield "OP", "; ".join(one.priorities)
    yield "C6", one.status
    yield from (("KW", symbol) for symbol in one.classes)
    yield "AB", one.abstract
    yield "LA", one.language
    yield "UR", one.url


def page_metadata(reference: Reference) -> tuple[tuple[str, str], ...]:
    """(name, content) of the `<meta>` elements: Highwire's citation_* as scholar engines read them, and Dublin Core."""
    day = reference.issued or reference.filed
    found = [
        ("citation_title", reference.title),
        *(("citation_author", one) for one in reference.authors),
        *(("citation_assignee", one) for one in reference.holders),
        ("citation_publication_date", _slashed(day)),
        ("citation_patent_number" if reference.is_patent else "citation_trademark_number", reference.number),
        ("citation_patent_application_number" if reference.is_patent else "", reference.application),
        ("citation_patent_country" if reference.is_patent else "", reference.office),
        ("citation_language", reference.language),
        ("citation_abstract_html_url", reference.url),
        ("DC.type", "patent" if reference.is_patent else "trademark"),
        ("DC.title", reference.title),
        ("DC.identifier", reference.number),
        ("DC.date", day.isoformat() if day else ""),
        *(("DC.creator", one) for one in reference.authors or reference.holders),
        *(("DC.subject", one) for one in reference.classes),
        ("DC.description", reference.abstract),
    ]
    return tuple((name, _one_line(content)) for name, content in found if name and content)


def _applied(reference: Reference) -> str:
    filed = f" ({reference.filed.isoformat()})" if reference.filed else ""
    number = reference.application if reference.application != reference.number else ""
    return f"Application {number}{filed}" if number else ""


def _author(name: str) -> str:
    """A name as TeX reads it, held together where it has an " and " or a comma of its own."""
    return f"{{{_tex(name)}}}" if " and " in name.casefold() or "," in name else _tex(name)


def _tex(text: str) -> str:
    return "".join(_TEX.get(one, one) for one in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _slashed(day: date | None) -> str:
    return f"{day.year:04}/{day.month:02}/{day.day:02}" if day else ""
