"""Titles of symbols: from the schemes that are loaded, otherwise from the short tables the product ships."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from patmark.classes.scheme import Scheme
from patmark.classes.symbols import parse_symbol
from patmark.errors import BadSymbol

_TABLES = {"ipc": "ipc_titles", "cpc": "ipc_titles", "locarno": "locarno_titles", "nice": "nice_titles"}


def title(scheme: str, symbol: str, schemes: Mapping[str, Scheme] | None = None) -> str:
    """The title of a symbol in any spelling, empty where neither a loaded scheme nor the shipped tables have it.

    `schemes` are the loaded ones by code. CPC symbols that a loaded CPC does not have are looked up in the IPC.
    """
    try:
        key = parse_symbol(scheme, symbol).key
    except BadSymbol:
        key = symbol
    for code in ("cpc", "ipc") if scheme == "cpc" else (scheme,):
        held = (schemes or {}).get(code)
        if held and (found := held.title(key)):
            return found
    return short_titles(scheme).get(key, "")


@cache
def short_titles(scheme: str) -> dict[str, str]:
    """The shipped titles by key: IPC sections and classes, CPC's Y, Locarno and Nice classes; empty for other schemes.

    The order is that of the scheme, so forms and legends can be made from it.
    """
    if scheme not in _TABLES:
        return {}
    with files("patmark").joinpath(f"data/{_TABLES[scheme]}.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["code"]: row["title"] for row in rows if scheme == "cpc" or row["code"][0] != "Y"}
