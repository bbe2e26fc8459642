"""Short hands for the tests of the query language: reading a text, and the tree or the error it gives."""

import pytest

from patmark.errors import BadQuery
from patmark.fields import Subject
from patmark.query import Reading, default_context, parse
from patmark.query.tree import Node, Phrase

PATENT, TRADEMARK = Subject.PATENT, Subject.TRADEMARK


def read(text: str, subject: Subject = PATENT) -> Reading:
    return parse(text, subject, default_context())


def tree(text: str, subject: Subject = PATENT) -> Node:
    return read(text, subject).tree


def notes(text: str, subject: Subject = PATENT) -> str:
    """All that is said about a query, in one text."""
    return "\n".join(note.sentence for note in read(text, subject).notes)


def refused(text: str, subject: Subject = PATENT) -> BadQuery:
    with pytest.raises(BadQuery) as caught:
        read(text, subject)
    return caught.value


def word(text: str, field: str = "any") -> Phrase:
    return Phrase(field, text)


def quote(text: str, field: str = "any") -> Phrase:
    return Phrase(field, text, quoted=True)
