"""Readable text out of mixed markup: lines, table cells, formulas and exponents kept, everything else joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

Element = etree._Element

# Separators no office file holds; XML allows them and `str.split` counts them as white space.
LINE, CELL = "\u2028", "\u2029"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a format gives to what shapes a text: lines of their own, line breaks, table cells, raised signs."""

    tags: tuple[str, ...]
    sorts: dict[str, str]


def vocabulary(*, lines: str, breaks: str = "", cells: str = "", raised: str = "") -> Vocabulary:
    """A vocabulary from names with blanks between them."""
    sorts = {name: sort for sort, names in _named(lines, breaks, cells, raised) for name in names.split()}
    return Vocabulary(tuple(f"{{*}}{name}" for name in sorts), sorts)


def _named(lines: str, breaks: str, cells: str, raised: str) -> tuple[tuple[str, str], ...]:
    return (("line", lines), ("break", breaks), ("cell", cells), ("raised", raised), ("formula", "math"))


#: WIPO ST.36 and its relatives.
ICE = vocabulary(lines="ul ol dl li dt row claim-text tables title pre", breaks="br", cells="entry dd", raised="sup")
_EXPONENT = re.compile(r"[-+−]?\d{1,3}[-+−]?")
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
#: Chinese, Japanese and full-width characters: from the radicals to the half-width forms.
_FIRST_WIDE, _LAST_WIDE = "\u2e80", "\uff60"


def mark(root: Element, words: Vocabulary = ICE) -> None:
    """Prepares a tree (changing it) so that `line` and `lines` give its text with lines, cells and formulas."""
    formulas = []
    sorts = words.sorts
    for one in root.iter(*words.tags):
        tag = one.tag
        sort = sorts[tag if tag[0] != "{" else tag.rpartition("}")[2]]
        if sort == "line":
            one.text = LINE + (one.text or "")
            if (tail := one.tail) and not tail.isspace():
                one.tail = LINE + tail
        elif sort == "break":
            one.text = LINE
        elif sort == "cell":
            one.tail = CELL
        elif sort == "formula":
            formulas.append(one)
        elif (text := one.text) and len(text) < 6 and not len(one) and _EXPONENT.fullmatch(text):
            one.text = text.translate(_SUPERSCRIPT)
    for one in formulas:
        _write_out(one)


def line(element: Element | None) -> str:
    """All text of an element in one line; empty where there is no element."""
    if element is None:
        return ""
    text = whole(element) if len(element) else element.text
    return clean(text) if text else ""


def lines(element: Element | None) -> str:
    """All text of an element with its lines apart, cells by tab, no empty line."""
    if element is None:
        return ""
    text = whole(element)
    if text.isascii():
        # No mark stands in it: they are not ASCII.
        return clean(text)
    if "\n" in text:
        text = _unwrapped(text)
    if CELL in text:
        return "\n".join([row for raw in text.split(LINE) if (row := _row(raw))])
    if LINE in text:
        return "\n".join([row for raw in text.split(LINE) if (row := clean(raw))])
    return clean(text)


def whole(element: Element) -> str:
    """All text of an element as it stands."""
    # The text serialiser is twice as fast as XPath's string() and four times as fast as joining itertext().
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def clean(text: str) -> str:
    """The text without white space around it and with single blanks in it."""
    if text.isalnum():
        return text
    text = text.strip()
    return " ".join(text.split()) if "  " in text or "\n" in text or "\t" in text else text


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag: str = element.tag
    return tag if tag[0] != "{" else tag.rpartition("}")[2]


def children(element: Element) -> dict[str, str]:
    """The texts of the children by local name; the first of a name wins."""
    found: dict[str, str] = {}
    for one in element:
        if text := one.text:
            name = one.tag
            if name[0] == "{":
                name = name.rpartition("}")[2]
            if name not in found:
                found[name] = text if text.isalnum() else clean(text)
    return found


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        for one in element:
            # Faster than iterchildren with a pattern, since the elements asked have few children.
            tag = one.tag
            if tag == name or (tag[0] == "{" and tag.rpartition("}")[2] == name):
                element = one
                break
        else:
            return None
    return element


def first(element: Element | None, name: str) -> Element | None:
    """The first descendant of a local name, at any depth."""
    return None if element is None else next(element.iter(f"{{*}}{name}"), None)


def leaves(element: Element, path: str = "") -> list[tuple[str, str]]:
    """(path, text) of everything an element says, texts of one path joined by `; `, attributes of meaning too."""
    found: dict[str, list[str]] = {}
    _gather(element, path or local(element), found)
    return [(name, "; ".join(dict.fromkeys(texts))) for name, texts in found.items()]


#: Pictures are kept as pictures.
_IMAGES = frozenset({"img", "Image", "image", "EMI", "doc-page", "search-report", "colspec"})
_FORMAL = frozenset(
    {"id", "idref", "sequence", "num", "lang", "dataFormat", "sourceDB", "processingType", "creator", "line-style"}
)


def _gather(element: Element, path: str, found: dict[str, list[str]]) -> None:
    if local(element) in _IMAGES:
        return
    for key, value in element.attrib.items():
        name = str(key).rpartition("}")[2]
        if name not in _FORMAL and value:
            found.setdefault(f"{path}/@{name}", []).append(str(value))
    if not len(element) or (element.text and element.text.strip()):
        if text := lines(element):
            found.setdefault(path, []).append(text)
        elif not len(element) and not element.attrib:
            found.setdefault(path, [])
        return
    for one in element:
        _gather(one, f"{path}/{local(one)}", found)


def _unwrapped(text: str) -> str:
    """The text on one line: where the printer ended a line inside Chinese or Japanese text, no blank is left."""
    text = text.strip("\n \t\r")
    if "\n" not in text:
        return text
    first, *rest = [part for raw in text.split("\n") if (part := raw.strip(" \t\r"))]
    joined, before = [first], first[-1]
    for part in rest:
        if not (_FIRST_WIDE <= before <= _LAST_WIDE or _FIRST_WIDE <= part[0] <= _LAST_WIDE):
            joined.append(" ")
        joined.append(part)
        before = part[-1]
    return "".join(joined)


def _row(raw: str) -> str:
    if CELL not in raw:
        return clean(raw)
    return "\t".join([clean(cell) for cell in raw.split(CELL)]).rstrip("\t")


_BETWEEN = {"mfrac": "/", "msub": "_", "msup": "^", "munder": "_", "mover": "^"}
_TWO_BETWEEN = {"msubsup": ("_", "^"), "munderover": ("_", "^")}
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


def _write_out(formula: Element) -> None:
    text = _linear(formula)
    tail = formula.tail
    del formula[:]
    formula.text = f" {text} "
    formula.tail = tail


def _linear(element: Element) -> str:
    """A formula in one line: `(a+b)/c`, `x_0`, `x^2`, `√(x)`."""
    name = local(element)
    parts = [_linear(one) for one in element]
    if not parts:
        return " ".join((element.text or "").translate(_INVISIBLE).split())
    if name in _BETWEEN and len(parts) == 2:
        return f"{_held(parts[0])}{_BETWEEN[name]}{_held(parts[1])}"
    if name in _TWO_BETWEEN and len(parts) == 3:
        low, high = _TWO_BETWEEN[name]
        return f"{_held(parts[0])}{low}{_held(parts[1])}{high}{_held(parts[2])}"
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name == "mroot" and len(parts) == 2:
        return f"{_held(parts[0])}^(1/{parts[1]})"
    if name in ("mtable", "mtr"):
        return ("; " if name == "mtable" else ", ").join(part for part in parts if part)
    return "".join(parts)


def _held(part: str) -> str:
    return part if len(part) < 2 or part.isalnum() else f"({part})"
