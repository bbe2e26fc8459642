"""Classifications: symbols in every spelling, what stands above and below them, titles, ids to count by, loaders."""

from patmark.classes.facets import facet_id, facet_range, from_facet_id
from patmark.classes.ipc import read_packed
from patmark.classes.ipc_xml import load_ipc_scheme
from patmark.classes.loading import load_ipc_table, load_locarno_table, load_nice_table
from patmark.classes.scheme import BY_GROUPS, BY_LEVELS, Descendants, Scheme, SchemeEntry
from patmark.classes.symbols import SCHEMES, ClassSymbol, Level, is_full, parents, parse_symbol
from patmark.classes.titles import short_titles, title

__all__ = [
    "BY_GROUPS",
    "BY_LEVELS",
    "SCHEMES",
    "ClassSymbol",
    "Descendants",
    "Level",
    "Scheme",
    "SchemeEntry",
    "facet_id",
    "facet_range",
    "from_facet_id",
    "is_full",
    "load_ipc_scheme",
    "load_ipc_table",
    "load_locarno_table",
    "load_nice_table",
    "parents",
    "parse_symbol",
    "read_packed",
    "short_titles",
    "title",
]
