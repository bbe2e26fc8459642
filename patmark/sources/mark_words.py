"""How offices name the kind and the form of a mark (ST.66, ST.96, the USPTO's drawing codes), in our terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from patmark.trademark import Goods, MarkFeature, MarkKind

_KINDS = (
    ("collectiv", MarkKind.COLLECTIVE),
    ("certif", MarkKind.CERTIFICATION),
    ("guarantee", MarkKind.CERTIFICATION),
    ("geographical indication", MarkKind.GEOGRAPHICAL_INDICATION),
)
# The order counts: "figurative 3-D" is three-dimensional, "typeset word(s)" is no drawing.
_FEATURES = (
    (r"3-?\s?d\b|three.?dimension|shape", MarkFeature.THREE_DIMENSIONAL),
    (r"combin|with words|design plus|drawing with", MarkFeature.COMBINED),
    (r"sound|audi", MarkFeature.SOUND),
    (r"figurat|device|design only|drawing only|logo", MarkFeature.FIGURATIVE),
    (r"word|typeset|standard character|styli[sz]ed|text", MarkFeature.WORD),
    (r"colou?r", MarkFeature.COLOUR),
    (r"hologram|olfactory|motion|multimedia|position|pattern|scent|other|tactile", MarkFeature.OTHER),
)
#: USPTO mark drawing codes (TMEP §807.18).
_DRAWING = {
    "1": MarkFeature.WORD,
    "2": MarkFeature.FIGURATIVE,
    "3": MarkFeature.COMBINED,
    "4": MarkFeature.WORD,
    "5": MarkFeature.WORD,
    "6": MarkFeature.OTHER,
}
_LIST = re.compile(r"\s*[;；]\s*")


def mark_kind(texts: Iterable[str]) -> MarkKind:
    """The kind by the office's words; a mark whose kind is not said otherwise is a trademark."""
    said = " ".join(texts).lower()
    return next((kind for word, kind in _KINDS if word in said), MarkKind.TRADEMARK)


def mark_feature(text: str, drawing_code: str = "") -> MarkFeature:
    """The form of a mark by the office's words, or by the USPTO's drawing code."""
    said = text.lower()
    found = next((feature for pattern, feature in _FEATURES if re.search(pattern, said)), MarkFeature.UNKNOWN)
    return _DRAWING.get(drawing_code, MarkFeature.UNKNOWN) if found is MarkFeature.UNKNOWN else found


def is_nice(number: int | None) -> bool:
    """Whether a class number is one of the 45 of the Nice Classification; national schemes go higher."""
    return number is not None and 1 <= number <= 45


def goods_of(texts: dict[int, list[str]]) -> tuple[Goods, ...]:
    """The goods of each class, by class; a list between semicolons is also kept as its items."""
    found = []
    for nice, parts in sorted(texts.items()):
        text = "\n".join(dict.fromkeys(parts))
        items = tuple(item for item in _LIST.split(text.strip(" ;；。.")) if item)
        found.append(Goods(nice, text, items=items if len(items) > 1 else ()))
    return tuple(found)


def is_registration_notice(published: date | None, registered: date | None) -> bool:
    """Whether a publication announced the registration; before it, it opens the mark to opposition."""
    return bool(published and registered and published >= registered)
