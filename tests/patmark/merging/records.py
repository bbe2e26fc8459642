"""Hypothesis strategies that build whole patents and trademarks."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Event,
    Localised,
    Patent,
    PatentKind,
    Person,
    Picture,
    Publication,
    Role,
    Section,
    Symbol,
)
from patmark.trademark import Goods, MarkFeature, MarkKind, Trademark

text = st.text(max_size=12)
words = st.text(alphabet="电池装置方法 AB1，;", max_size=8)
days = st.none() | st.dates(date(1985, 4, 1), date(2040, 1, 1))
numbers = st.builds(ApplicationNumber, st.sampled_from(["CN", "US", ""]), words, days)
publications = st.builds(Publication, st.sampled_from(["CN", "US"]), words, st.sampled_from(["A", "B", "U", ""]), days)
people = st.builds(Person, words, st.sampled_from(Role), words, text, text, text, text, text)
localised = st.builds(Localised, words, st.sampled_from(["zh", "en", ""]))
events = st.builds(Event, st.sampled_from(["PB01", "GR01", ""]), st.sampled_from(["CN", ""]), days, days, words, words)
pictures = st.builds(Picture, words, text, text, text)
pairs = st.tuples(words, words)


def some(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


patents = st.builds(
    Patent,
    office=st.sampled_from(["CN", "US", ""]),
    kind=st.sampled_from(PatentKind),
    application=st.none() | numbers,
    publications=some(publications),
    titles=some(localised),
    abstracts=some(localised),
    claims=some(st.builds(Claim, st.integers(0, 99), text, some(st.integers(0, 99)))),
    claims_lang=st.sampled_from(["zh", "en", ""]),
    description=some(st.builds(Section, text, words, words)),
    description_lang=st.sampled_from(["zh", "en", ""]),
    people=some(people),
    symbols=some(st.builds(Symbol, st.sampled_from(["ipc", "cpc"]), words, st.booleans(), text)),
    priorities=some(numbers),
    pct_application=st.none() | numbers,
    pct_publication=st.none() | publications,
    national_entry=days,
    parents=some(numbers),
    family=some(publications),
    citations=some(st.builds(Citation, words, st.none() | publications, words, words)),
    events=some(events),
    pictures=some(pictures),
    status_text=words,
    grant_date=days,
    data_date=days,
    claim_count=st.none() | st.integers(0, 500),
    extra=some(pairs),
)

goods = st.builds(Goods, st.integers(1, 45), words, some(words), some(words))
trademarks = st.builds(
    Trademark,
    office=st.sampled_from(["CN", "WO", ""]),
    kind=st.sampled_from(MarkKind),
    feature=st.sampled_from(MarkFeature),
    number=words,
    registration_number=words,
    mark=words,
    mark_transliteration=text,
    mark_translation=text,
    mark_description=text,
    goods=some(goods),
    nice_edition=text,
    people=some(people),
    filing_date=days,
    preliminary_publication_date=days,
    preliminary_publication_issue=text,
    registration_date=days,
    registration_publication_issue=text,
    valid_from=days,
    valid_to=days,
    international_registration_date=days,
    designation_date=days,
    priorities=some(numbers),
    vienna=some(words),
    colours=text,
    disclaimer=text,
    shared=st.booleans(),
    events=some(events),
    pictures=some(pictures),
    status_text=words,
    data_date=days,
    extra=some(pairs),
)
