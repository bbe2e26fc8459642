"""What the index and the query need of the loaded tables: titles and descendants of classes, places, the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from patmark.query import QueryContext, context_over
from zhiquan.records.models import LoadedScheme, SchemeEntry
from zhiquan.records.reference import gazetteer

#: Field of a class → the scheme its symbols belong to. CPC is read by the IPC's levels where the two agree.
SCHEME_OF = {"ipc": "ipc", "mipc": "ipc", "cpc": "cpc", "loc": "locarno", "sg": "nice", "vc": "vienna"}
#: A subgroup has a few hundred descendants at the most; a table with a circle must not run on.
DEEPEST = 20


def has_levels(scheme: str) -> bool:
    """Whether the loaded table of a scheme knows its own levels, so that descendants are exact."""
    return LoadedScheme.objects.filter(scheme=scheme, has_levels=True).exists()


def descendants(field: str, symbol: str) -> Sequence[str]:
    """A symbol and what the loaded table holds below it; the symbol alone where no table with levels is loaded."""
    scheme = SCHEME_OF.get(field, field)
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
    """The lookups of the query language over the places and schemes that are loaded."""
    shipped = context_over(gazetteer(), {})

    def below(field: str, symbol: str) -> str:
        """By what the symbols below this one are told: the loaded table's levels, or the structure of the symbol."""
        scheme = SCHEME_OF.get(field, field)
        if "/" in symbol and has_levels(scheme):
            return f"{symbol} 及其下位：按分类表自身的层级。"
        return shipped.below(field, symbol)

    return replace(shipped, below=below)
