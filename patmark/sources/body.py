"""Description, claims, abstract and pictures of documents in the vocabulary of WIPO ST.36 and its relatives."""

from __future__ import annotations

from dataclasses import replace

from patmark.patent import Claim, Localised, Picture, Section
from patmark.sources.claim_refs import claim
from patmark.sources.draft import Draft
from patmark.sources.markup import Element, line, lines, local
from patmark.sources.sections import PARTS, Sections

_HEADINGS = ("heading", "H", "Heading")
_PARAGRAPHS = ("p", "Paragraphs", "PARA", "paragraph", "P")
_TITLES = ("invention-title", "InventionTitle", "title")
#: What an element of a description is: a paragraph, a heading, a title, or the beginning of a part.
_SORTS = {
    **dict.fromkeys(_PARAGRAPHS, "p"), **dict.fromkeys(_HEADINGS, "heading"), **dict.fromkeys(_TITLES, "title"),
    **dict.fromkeys(PARTS, "part"),
}  # fmt: skip
_MEDIA = {
    "tif": "image/tiff", "tiff": "image/tiff", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
    "gif": "image/gif", "bmp": "image/bmp", "svg": "image/svg+xml", "pdf": "application/pdf",
}  # fmt: skip
_ROLES = {
    "drawing": "drawing", "drawings": "drawing", "dr": "drawing", "chem": "chemistry", "ch": "chemistry",
    "math": "formula", "ma": "formula", "tabl": "table", "table": "table", "tb": "table",
    "character": "character", "p": "photograph", "photograph": "photograph", "undefined": "drawing",
}  # fmt: skip


def description(element: Element) -> tuple[Section, ...]:
    """The description by parts and headings; elements that open a part do so, headings say which otherwise."""
    found = Sections()
    _walk(element, found, "")
    return found.done()


def _walk(element: Element, found: Sections, within: str) -> None:
    for one in element:
        name = one.tag
        if name[0] == "{":
            name = local(one)
        sort = _SORTS.get(name)
        if sort == "p":
            found.paragraph(lines(one))
        elif sort == "heading":
            found.heading(line(one))
        elif sort == "part":
            part = PARTS[name] or within
            found.open(part)
            _walk(one, found, part)
        elif sort is None:
            if any(local(inner) in _SORTS for inner in one):
                _walk(one, found, within)
            else:
                found.paragraph(lines(one))


def claims(element: Element, *, printed: bool = False) -> tuple[Claim, ...]:
    """The claims of a `claims` element with numbers, and dependencies by links and by words.

    `printed`: the office prints the number of a claim at the beginning of its text.
    """
    nodes = [(number(one.get("num"), 0), one) for one in element if local(one) in ("claim", "Claim")]
    nodes = [(stated or at, node) for at, (stated, node) in enumerate(nodes, 1)]
    numbers: dict[str, int] | None = None
    found = []
    for stated, node in nodes:
        one = claim(stated, lines(node), printed=printed)
        if not one.depends_on and (names := _links(node)):
            # Where the words name no claim the links do; where they do, they say more (`claims 1 to 3` has one link).
            if numbers is None:
                numbers = {str(each.get("id")): its for its, each in nodes}
            linked = {numbers[name] for name in names if name in numbers} - {stated}
            one = replace(one, depends_on=tuple(sorted(linked)))
        found.append(one)
    return tuple(found)


def _links(node: Element) -> list[str]:
    return [
        name
        for link in node.iter("{*}claim-ref", "{*}ClaimReference")
        for name in str(link.get("idref") or link.get("idrefs") or "").split()
    ]


def number(text: str | None, otherwise: int) -> int:
    """The number printed, or the place counted where none is."""
    if not text:
        return otherwise
    digits = text.strip()
    return int(digits[:6]) if digits.isascii() and digits.isdigit() and int(digits[:6]) else otherwise


def paragraphs(element: Element) -> str:
    """The text of an element whose children are paragraphs, one to a line; pictures and bare headings left out."""
    if not any(local(one) in _PARAGRAPHS for one in element):
        return lines(element)
    return "\n".join(text for one in element if local(one) in _PARAGRAPHS and (text := lines(one)))


def abstract(draft: Draft, element: Element) -> None:
    """Adds an abstract in its language."""
    if text := paragraphs(element):
        draft.abstracts.append(Localised(text, language(element, draft.lang)))


def language(element: Element, otherwise: str = "") -> str:
    """The language of an element in lower case; ISO 639-1 where the file says so."""
    stated = str(element.get("lang") or otherwise).lower()
    return "zh" if stated == "cn" else stated[:2]


#: The element a picture stands in, or the one around that, tells what it shows.
_PLACES = {
    **dict.fromkeys(("abstract", "AbstractFigure", "cn-abstract-drawing", "image-of-chosen-drawing"), "abstract"),
    **dict.fromkeys(("DesignPicture", "Picture"), "design"),
    **dict.fromkeys(("search-report-group", "search-report-data"), "search_report"),
    **dict.fromkeys(("MATH-US", "math-cwu", "maths", "MathDetails"), "formula"),
    **dict.fromkeys(("CHEM-US", "chem-cwu", "chemistry", "Chemistry"), "chemistry"),
    **dict.fromkeys(("drawings", "Drawings", "SDODR", "subdoc-drawings"), "drawing"),
    "image-of-bibliographic-data": "page",
}  # fmt: skip


def pictures(root: Element) -> list[Picture]:
    """Every image the document names, once each, by what it shows: drawing, formula, chemistry, table, character …"""
    found: dict[str, Picture] = {}
    for one in root.iter("{*}img", "{*}Image", "{*}image", "{*}EMI", "{*}doc-page", "{*}search-report"):
        file = one.get("file") or one.get("FILE")
        if file and file not in found:
            found[file] = Picture(file, _role(one), media_type(one, file))
    return list(found.values())


def _role(one: Element) -> str:
    above = one.getparent()
    for _ in range(3):
        if above is None:
            break
        tag = above.tag
        if place := _PLACES.get(tag if tag[0] != "{" else local(above)):
            return place
        above = above.getparent()
    stated = (one.get("img-content") or one.get("imgContent") or one.get("ti") or "").lower()
    return "page" if local(one) == "doc-page" else _ROLES.get(stated, "drawing")


def media_type(one: Element, file: str) -> str:
    """The MIME type by the stated format, or by the ending of the file's name."""
    stated = one.get("img-format") or one.get("imgFormat") or one.get("imf") or one.get("type")
    return (_MEDIA.get(stated.lower()) if stated else None) or _MEDIA.get(file.rpartition(".")[2].lower(), "")
