"""What the language asks of the tables: codes of places and kinds, numbers, class symbols and what is below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from patmark.fields import Subject


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A word of a closed list understood: the field it belongs to (a province typed for `dist` is `prov`), its code and
    how it is said, unmistakably: `codes(subject, field, label)` gives this value alone."""

    field: str
    code: int
    label: str


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number understood: the key it is looked up by, the form people copy, and what is doubtful about it.

    `meant` are numbers that may have been meant where the check digit is wrong.
    """

    key: str
    shown: str
    warnings: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberGuess:
    """A bare number understood: in which field, by which key, what to tell; `sure` says it can be nothing else."""

    field: str
    key: str
    sentence: str
    prefix: bool = False
    sure: bool = True
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryContext:
    """The lookups of a query; `patmark.query` has no others.

    codes(subject, field, text)    every value of a closed list the text names; empty for none. For a field of names:
                                   the id of the spelling that is the text, where records are held with such ids
    words(subject, field)          the words of that list, for proposals
    number(field, text)            a whole number; raises BadNumber
    beginning(field, text)         the key with which numbers begin that begin so; raises BadNumber
    guess(subject, text)           what a bare number may be, best first; empty for words
    symbol(field, text)            a class symbol in compact form; raises BadSymbol
    below(field, symbol)           a sentence: by what the symbols below it are told
    """

    codes: Callable[[Subject, str, str], tuple[CodeValue, ...]]
    words: Callable[[Subject, str], Iterable[str]]
    number: Callable[[str, str], NumberValue]
    beginning: Callable[[str, str], str]
    guess: Callable[[Subject, str], tuple[NumberGuess, ...]]
    symbol: Callable[[str, str], str]
    below: Callable[[str, str], str]
