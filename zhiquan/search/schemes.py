"""What index and query need of the tables that are loaded: descendants of classes, places, and the names held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from patmark.fields import FieldKind, Subject, field
from patmark.query import CodeValue, QueryContext, context_over
from patmark.regions import Gazetteer
from zhiquan.records.derive import NAME_LIMIT
from zhiquan.records.models import LoadedScheme, Party, SchemeEntry
from zhiquan.records.reference import gazetteer

#: Field of a class → the scheme its symbols belong to. CPC is read by the IPC's levels where the two agree.
SCHEME_OF = {"ipc": "ipc", "mipc": "ipc", "cpc": "cpc", "loc": "locarno", "sg": "nice", "vc": "vienna"}
#: A subgroup has a few hundred descendants at the most; a table with a circle must not run on.
DEEPEST = 20


def has_levels(scheme: str) -> bool:
    """Whether the loaded table of a scheme knows its own levels, so that descendants are exact."""
    return LoadedScheme.objects.filter(scheme=scheme, has_levels=True).exists()


def descendants(key: str, symbol: str) -> Sequence[str]:
    """A symbol and what the loaded table holds below it; the symbol alone where no table with levels is loaded."""
    scheme = SCHEME_OF.get(key, key)
    if not has_levels(scheme):
        return (symbol,)
    found, layer = {symbol: None}, [symbol]
    for _ in range(DEEPEST):
        below = SchemeEntry.objects.filter(scheme=scheme, parent__in=layer).values_list("symbol", flat=True)
        layer = [one for one in below if one not in found]
        if not layer:
            break
        found.update(dict.fromkeys(layer))
    return tuple(found)


def context() -> QueryContext:
    """The lookups of the query language over the places and schemes that are loaded, and the names that are held."""
    shipped = _over(gazetteer())

    def below(key: str, symbol: str) -> str:
        """By what the symbols below this one are told: the loaded table's levels, or the structure of the symbol."""
        scheme = SCHEME_OF.get(key, key)
        if "/" in symbol and has_levels(scheme):
            return f"{symbol} 及其下位：按分类表自身的层级。"
        return shipped.below(key, symbol)

    def coded(subject: Subject, key: str, text: str) -> tuple[CodeValue, ...]:
        if field(subject, key).kind is not FieldKind.NAME:
            return shipped.codes(subject, key, text)
        party = Party.objects.filter(name=text[:NAME_LIMIT]).values_list("pk", flat=True).first()
        return () if party is None else (CodeValue(key, party, text),)

    return replace(shipped, below=below, codes=coded)


@lru_cache(maxsize=2)
def _over(places: Gazetteer) -> QueryContext:
    """Made once for a gazetteer, because it keeps what it has looked up."""
    return context_over(places, {})
