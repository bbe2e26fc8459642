"""Many numbers at once against what is held: found, several meant, a wrong check digit, not held, no number at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.urls import reverse

from patmark.fields import Subject
from patmark.numbers import Guess, Reading, guess
from zhiquan.records import rows
from zhiquan.records.models import Number, Record
from zhiquan.records.models import Subject as Held
from zhiquan.search.index import SUBJECTS

_KIND = re.compile(r"[A-Z]\d?$")
_PAGES = {Held.PATENT: "patent", Held.TRADEMARK: "trademark"}


class Outcome(StrEnum):
    """What became of one number."""

    FOUND = "found"
    SEVERAL = "several"
    CHECK = "check"
    MISSING = "missing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """A record that was found."""

    pk: int
    key: str
    title: str
    subject: int

    @property
    def address(self) -> str:
        return reverse(_PAGES[Held(self.subject)], args=[self.key])


@dataclass(frozen=True, slots=True)
class Meant:
    """A number that may have been meant instead, and the record held under it, if any."""

    number: str
    match: Match | None


@dataclass(frozen=True, slots=True)
class Looked:
    """One number: its place in the list from 1, as typed, how it was read, what was found. `again` names an earlier
    line with the same number."""

    line: int
    typed: str
    outcome: Outcome
    sentence: str = ""
    matches: tuple[Match, ...] = ()
    meant: tuple[Meant, ...] = ()
    again: int = 0


def look_up(numbers: Sequence[str], subject: Subject | None = None) -> list[Looked]:
    """Every number in its order, among patents, trademarks or both. A few questions to the database for all of them."""
    read = {typed: guess(typed, about=subject.value if subject else "") for typed in dict.fromkeys(numbers)}
    whole = {typed: [one for one in guesses if one.reading is not Reading.PREFIX] for typed, guesses in read.items()}
    held = _Held(subject, (one.key for guesses in whole.values() for one in guesses))
    found = {typed: held.all_of(guesses) for typed, guesses in whole.items()}
    doubtful = {typed: _meant(read[typed]) for typed, matches in found.items() if not matches}
    others = {number: guess(number)[0] for meant in doubtful.values() for number in meant}
    near = _Held(subject, (one.key for one in others.values()))
    looked: list[Looked] = []
    seen: dict[tuple[object, ...], int] = {}
    for line, typed in enumerate(numbers, 1):
        meant = tuple(
            Meant(number, next(iter(near.all_of([others[number]])), None)) for number in doubtful.get(typed, ())
        )
        one = replace(_looked(typed, read[typed], found[typed], meant), line=line)
        first = seen.setdefault(_same(one), line)
        looked.append(one if first == line else replace(one, again=first))
    return looked


def _looked(typed: str, guesses: Sequence[Guess], matches: tuple[Match, ...], meant: tuple[Meant, ...]) -> Looked:
    sentence = guesses[0].sentence if guesses else ""
    if len(matches) > 1:
        return Looked(0, typed, Outcome.SEVERAL, sentence, matches)
    if matches:
        wrong = guesses[0].sentence if guesses[0].meant else ""
        return Looked(0, typed, Outcome.FOUND, wrong, matches)
    if meant:
        return Looked(0, typed, Outcome.CHECK, sentence, meant=meant)
    return Looked(0, typed, Outcome.MISSING if guesses else Outcome.NONE, sentence)


def _meant(guesses: Iterable[Guess]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for one in guesses for number in one.meant))


def _same(one: Looked) -> tuple[object, ...]:
    """What makes two lines the same: the record found, else the text."""
    return (one.matches[0].pk,) if one.outcome is Outcome.FOUND else (one.typed,)


class _Held:
    """The standing records behind many keys, read at once."""

    def __init__(self, subject: Subject | None, keys: Iterable[str]) -> None:
        wanted = set(keys)
        stems = wanted | {_KIND.sub("", key) for key in wanted}
        self._named: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for key, full, record in rows.select(Number, ("key", "full", "record_id"), "key", stems):
            self._named[key].append((record, full))
        ids = {record for named in self._named.values() for record, _full in named}
        self._records: Mapping[int, Match] = {
            pk: Match(pk, key, title, kind)
            for pk, key, title, kind, state in rows.select(
                Record, ("pk", "key", "title", "subject", "state"), "pk", ids
            )
            if state == Record.State.LIVE and (subject is None or kind == SUBJECTS[subject])
        }

    def all_of(self, guesses: Iterable[Guess]) -> tuple[Match, ...]:
        """The records the readings of one number lead to, each once, the likeliest first.

        Publications of one application that share a number are held without their kind letter: what is held under
        exactly the number goes before.
        """
        found: dict[int, Match] = {}
        for one in guesses:
            named = [*self._named.get(one.key, ()), *self._named.get(_KIND.sub("", one.key), ())]
            exact = [record for record, full in named if full == one.key]
            for ids in (exact, [record for record, _full in named]):
                matches = {record: self._records[record] for record in sorted(ids) if record in self._records}
                if matches:
                    found |= matches
                    break
        return tuple(found.values())
