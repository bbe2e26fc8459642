"""How records lie in a tantivy index: which columns each field of the table becomes, and a Document written into them.

TEXT, NAME     key     tokens of patmark/text.py with positions      key_u   single characters, for one-character terms
               key_o   what completion offers (names, titles)        key_f   facet ids of a name
NUMBER, CLASS  key     whole terms; of a number also its beginnings up to `LONGEST_PREFIX` characters, as `CN2023*`;
                       of a symbol also what stands above it
DATE, COUNT,   key     value + 1, and 0 where there is none: the column is full, which counts and sorts fastest,
CODE                   and a count of the zeros is the count of the records without a value
               key_a   (value, key) in one number, for sorting upwards; key_d downwards; ties newest key first
kept           the key, which field has which values, and the values, marked: what positions are decided on
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

import tantivy

from patmark import fields, text
from patmark.engines import positions
from patmark.engines.analyser import class_terms, name_text, offers
from patmark.engines.base import Document
from patmark.engines.sorting import place, sortable
from patmark.fields import FieldKind, Subject

#: Raise when anything in this file or in patmark/text.py changes what is stored.
SCHEMA_VERSION = 3

KEY, FRESH, KEPT = "key", "fresh", "kept"
UNIGRAM, OFFER, FACET, UPWARDS, DOWNWARDS = "_u", "_o", "_f", "_a", "_d"
LONGEST_PREFIX = 9
_SLOWLY = 2**24 * 32
#: Between the values of a field stands a token nobody asks for, so that no phrase runs from one value into the next.
_BETWEEN = f" {text.VALUE_BREAK} "
#: Stands between the values kept beside the index; no marked text has it.
_VALUE = "\0"

TEXTS = (FieldKind.TEXT, FieldKind.NAME)
TERMS = (FieldKind.NUMBER, FieldKind.CLASS)
INTEGERS = (FieldKind.DATE, FieldKind.COUNT, FieldKind.CODE)


def keys(subject: Subject, *kinds: FieldKind) -> tuple[str, ...]:
    """The fields of these kinds, in the order of the table."""
    return tuple(row.key for row in fields.FIELDS[subject] if row.kind in kinds)


def offered(subject: Subject) -> frozenset[str]:
    """The text fields that keep words for completion."""
    return frozenset(one for one in keys(subject, *TEXTS) if offers(subject, one, "某某某"))


def schema(subject: Subject) -> tantivy.Schema:
    """The tantivy schema of a subject."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(KEY, indexed=True, fast=True)
    builder.add_float_field(FRESH, fast=True)
    builder.add_bytes_field(KEPT, stored=True)
    for key in keys(subject, *TEXTS):
        builder.add_text_field(key, tokenizer_name="units", index_option="position")
        builder.add_text_field(key + UNIGRAM, tokenizer_name="units", index_option="basic")
    for key in sorted(offered(subject)):
        builder.add_text_field(key + OFFER, tokenizer_name="raw", index_option="basic")
    for key in keys(subject, *TERMS):
        builder.add_text_field(key, tokenizer_name="raw", index_option="basic")
    for key in keys(subject, *INTEGERS):
        builder.add_unsigned_field(key, indexed=fields.field(subject, key).kind is not FieldKind.DATE, fast=True)
    for key in sortable(subject):
        builder.add_unsigned_field(key + UPWARDS, fast=True)
        builder.add_unsigned_field(key + DOWNWARDS, fast=True)
    for row in fields.FIELDS[subject]:
        if row.facet and row.kind is FieldKind.NAME:
            builder.add_unsigned_field(row.key + FACET, fast=True)
    return builder.build()


def schema_name(subject: Subject) -> str:
    """Names what an index is made of; another name means that it must be rebuilt."""
    table = [(row.key, row.kind.value, row.facet, row.sortable) for row in fields.FIELDS[subject]]
    digest = hashlib.sha256(repr((SCHEMA_VERSION, table)).encode()).hexdigest()
    return f"{subject.value}-{SCHEMA_VERSION}-{digest[:12]}"


def analyser() -> tantivy.TextAnalyzer:
    """Tokens are made in Python; tantivy only cuts them at the spaces."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


class DocumentWriter:
    """Turns the Documents of one subject into tantivy's."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._names = frozenset(keys(subject, FieldKind.NAME))
        self._classes = frozenset(keys(subject, FieldKind.CLASS))
        self._integers = keys(subject, *INTEGERS)
        self._sortable = sortable(subject)
        self._facets = tuple(one for one in sorted(self._names) if fields.field(subject, one).facet)
        self._offered = offered(subject)

    def tantivy_document(self, document: Document) -> tantivy.Document:
        made = tantivy.Document()
        made.add_unsigned(KEY, document.key)
        made.add_float(FRESH, freshness(document.key))
        kept = Kept(document.key)
        for field, values in document.texts.items():
            self._add_text(made, field, values, kept)
        made.add_bytes(KEPT, kept.written())
        for field, numbers in document.numbers.items():
            for number in numbers:
                for term in number_terms(number):
                    made.add_text(field, term)
        for field, symbols in document.symbols.items():
            for term in {term for symbol in symbols for term in class_terms(symbol)}:
                made.add_text(field, term)
        self._add_integers(made, document.key, document.integers)
        for field in self._facets:
            for label in dict.fromkeys(document.labels.get(field, ())) or (-1,):
                made.add_unsigned(field + FACET, label + 1)
        return made

    def _add_text(self, made: tantivy.Document, field: str, values: Sequence[str], kept: Kept) -> None:
        pieces = [_name_indexed(one) for one in values] if field in self._names else list(map(kept.indexed, values))
        kept.add(field, [one.marked for one in pieces])
        if len(pieces) == 1:
            made.add_text(field, pieces[0].tokens)
            made.add_text(field + UNIGRAM, pieces[0].characters)
        else:
            made.add_text(field, _BETWEEN.join([one.tokens for one in pieces]))
            made.add_text(field + UNIGRAM, " ".join({word for one in pieces for word in one.characters.split(" ")}))
        if field in self._offered:
            for offer in {offer for value in values for offer in offers(self._subject, field, value)}:
                made.add_text(field + OFFER, offer)

    def _add_integers(self, made: tantivy.Document, key: int, integers: Mapping[str, Sequence[int]]) -> None:
        for field in self._integers:
            values = integers.get(field)
            if not values:
                made.add_unsigned(field, 0)
            elif len(values) == 1:
                made.add_unsigned(field, values[0] + 1)
            else:
                for value in dict.fromkeys(values):
                    made.add_unsigned(field, value + 1)
        for field in self._sortable:
            values = integers.get(field)
            first = values[0] if values else None
            made.add_unsigned(field + DOWNWARDS, place(first, key))
            made.add_unsigned(field + UPWARDS, place(first, key, descending=False))


class Kept:
    """The marked texts of one record, as they are written beside the index: `key ti:0 clm:1,2 iclm:1` and the values.

    Fields share values (an independent claim is a claim), so each is tokenised and kept once.
    """

    def __init__(self, key: int) -> None:
        self._head = [str(key)]
        self._places: dict[str, int] = {}
        self._indexed: dict[str, text.Indexed] = {}

    def indexed(self, value: str) -> text.Indexed:
        found = self._indexed.get(value)
        if found is None:
            found = self._indexed[value] = text.indexed(value)
        return found

    def add(self, field: str, marked: Sequence[str]) -> None:
        places = [str(self._places.setdefault(one, len(self._places))) for one in marked]
        self._head.append(f"{field}:{','.join(places)}")

    def written(self) -> bytes:
        return _VALUE.join([" ".join(self._head), *self._places]).encode()


def kept_text(written: bytes, field: str) -> tuple[int, str]:
    """The key of a record, and its marked text of a field as `positions` reads it; empty where it has none."""
    head, *values = bytes(written).decode().split(_VALUE)
    key, *fields_of = head.split(" ")
    places = next((one[len(field) + 1 :] for one in fields_of if one.startswith(f"{field}:")), "")
    return int(key), positions.joined([values[int(at)] for at in places.split(",")] if places else [])


@lru_cache(maxsize=16_384)
def _name_indexed(raw: str) -> text.Indexed:
    """Names come again and again."""
    return text.indexed(name_text(raw))


def is_joined(word: str) -> bool:
    """Whether a word is held together with the character behind it."""
    return word[0].isascii() and word[0].isalnum()


def freshness(key: int) -> float:
    """What makes relevance rise by 1/32 over 2^24 keys: tantivy multiplies a score by log2(2 + this).

    Equal scores come newest first without collecting them all; what differs by a thousandth keeps its order.
    """
    return float(2 ** (1 + key / _SLOWLY) - 2)


@lru_cache(maxsize=4096)
def number_terms(number: str) -> tuple[str, ...]:
    """A number and its beginnings, each marked by `*`."""
    return (number, *(f"{number[:length]}*" for length in range(1, min(len(number), LONGEST_PREFIX) + 1)))
