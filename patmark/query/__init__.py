"""Asking: what a person types becomes a tree, the tree becomes words again."""

from patmark.query.context import CodeValue, NumberGuess, NumberValue, QueryContext
from patmark.query.defaults import context_over, default_context
from patmark.query.mending import caret
from patmark.query.parse import parse
from patmark.query.printing import write
from patmark.query.reading import Note, NoteKind, Reading
from patmark.query.words import explain

__all__ = [
    "CodeValue",
    "Note",
    "NoteKind",
    "NumberGuess",
    "NumberValue",
    "QueryContext",
    "Reading",
    "caret",
    "context_over",
    "default_context",
    "explain",
    "parse",
    "write",
]
