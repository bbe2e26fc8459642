"""The invented city: always the same, no title twice, numbers and codes valid, statuses as meant, every county served."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import islice

import pytest

from patmark.classes.symbols import parse_symbol
from patmark.credit_code import parse_uscc
from patmark.demo import END, MARK, city, marks, patents
from patmark.demo.bodies import FIRMS
from patmark.exchange import line_of
from patmark.industries import industries
from patmark.numbers import parse_application, parse_publication, parse_trademark
from patmark.patent import PatentKind, Role
from patmark.query import default_context, parse
from patmark.regions import shipped_gazetteer
from patmark.sources.claim_refs import references
from patmark.status import PATENT_STATUSES, mark_status_of, status_of

PLAN = 20_000


@pytest.fixture(scope="module")
def some():
    """Six hundred patents spread over all years."""
    return list(islice(patents(3_000), 0, 3_000, 5))


@pytest.fixture(scope="module")
def signs():
    return list(islice(marks(3_000), 0, 3_000, 5))


def test_the_same_records_are_the_same_bytes():
    lines = b"".join(line_of(one.record) for one in islice(patents(1_000), 50))
    lines += b"".join(line_of(one.record) for one in islice(marks(1_000), 50))
    again = b"".join(line_of(one.record) for one in islice(patents(1_000), 50))
    again += b"".join(line_of(one.record) for one in islice(marks(1_000), 50))
    assert lines == again
    # Not one byte differs from machine to machine either; after a change of words or frames, note the new hash here.
    assert hashlib.sha256(lines).hexdigest()[:16] == "46169ceb3a2631a2"


def test_no_title_twice_and_no_number_twice():
    titles, numbers = Counter(), Counter()
    for one in patents(PLAN):
        titles[one.record.title] += 1
        numbers[one.record.application.number] += 1
    assert len(titles) == len(numbers) == PLAN


def test_every_industry_unit_and_kind_is_there():
    seen: Counter[str] = Counter()
    for one in islice(patents(3_000), 3_000):
        seen.update((one.industry, one.unit, one.record.kind, one.status))
    assert all(seen[one.key] for one in industries())
    assert all(seen[unit] for one in industries() for unit in one.units)
    assert all(seen[kind] for kind in (PatentKind.INVENTION, PatentKind.UTILITY_MODEL, PatentKind.DESIGN))
    assert sum(bool(seen[status]) for status in PATENT_STATUSES) >= 10


def test_every_number_parses_and_has_its_check_digit(some, signs):
    for one in some:
        number = parse_application(one.record.application.number, "CN")
        assert number.check_ok
        assert number.bare[:4] == str(one.record.application.date.year)
        assert number.bare[5:12] >= "9000000"
        for document in (*one.record.publications, *one.record.family, *(c.publication for c in one.record.citations)):
            assert not parse_publication(document.number, document.country, document.kind).warnings
        for earlier in (*one.record.priorities, *one.record.parents):
            assert parse_application(earlier.number, "CN").check_ok
            assert earlier.date < one.record.application.date
    for one in signs:
        assert parse_trademark(one.record.number).bare >= "99000000"


def test_every_status_is_the_one_that_was_meant(some, signs):
    for one in some:
        assert status_of(one.record, END).status == one.status, one.record.application.number
    for one in signs:
        assert mark_status_of(one.record, END).status == one.status, one.record.number


def test_nothing_happens_before_its_cause_or_after_the_end(some, signs):
    for one in some:
        filed = one.record.application.date
        days = [event.date for event in one.record.events] + [each.date for each in one.record.publications]
        assert all(filed < day <= END for day in days)
        assert [event.date for event in one.record.events] == sorted(event.date for event in one.record.events)
    for one in signs:
        days = [one.record.filing_date, one.record.preliminary_publication_date, one.record.registration_date]
        known = [day for day in days if day]
        assert known == sorted(known)
        assert all(event.date <= END for event in one.record.events)


def test_claims_hang_together_as_their_words_say(some):
    for one in some:
        for claim in one.record.claims:
            assert references(claim.text, claim.number) == claim.depends_on, claim.text
        assert not one.record.claims or one.record.claims[0].depends_on == ()
        assert one.record.kind is PatentKind.DESIGN or len(one.record.claims) >= 3


def test_no_slot_of_a_frame_is_left_open(some, signs):
    for one in (*some, *signs):
        assert "{" not in line_of(one.record).decode().replace('":{"', "").replace("[{", "").replace(",{", "")[1:]


def test_firms_have_valid_codes_and_names_of_their_own():
    firms = city().firms
    assert len(firms) == FIRMS == 1_500
    assert len({one.name for one in firms}) == len({one.uscc for one in firms}) == FIRMS
    for one in firms:
        code = parse_uscc(one.uscc)
        assert code.organisation_valid
        assert code.organisation.startswith("YY")


def test_addresses_lie_in_the_unit_that_was_meant():
    places = shipped_gazetteer()
    zones = {"340871": 340871, "3408GX": 340803402}
    for one in (*city().firms, *city().persons, *city().others.values):
        place = places.locate(one.address, one.postcode)
        assert not place.doubtful
        assert place.ids[3] == zones[one.unit] if one.unit in zones else place.ids[2] == int(one.unit)


def test_applicants_are_bodies_of_the_city(some):
    known = {one.name for one in (*city().firms, *city().persons, *city().others.values)}
    for one in some:
        assert {person.name for person in one.record.named(Role.APPLICANT)} <= known
        assert one.record.named(Role.INVENTOR)
        assert bool(one.record.named(Role.OWNER)) == (one.record.grant_date is not None)


def test_symbols_are_symbols_and_goods_stand_in_their_class(some, signs):
    for one in some:
        assert all(parse_symbol(symbol.scheme, symbol.symbol) for symbol in one.record.symbols)
    for one in signs:
        for goods in one.record.goods:
            assert all(group.startswith(f"{goods.nice:02}") for group in goods.groups)
            assert goods.items


def test_every_record_says_that_it_is_invented(some, signs):
    assert all(MARK in one.record.extra for one in (*some, *signs))


def test_queries_of_the_industries_are_of_classes_their_patents_bear(some):
    subclasses = {one.key: set(one.ipc) | set(one.locarno) for one in industries()}
    for key, classes in subclasses.items():
        own = [one.record for one in some if one.industry == key]
        hit = sum(any(s.symbol in classes or s.symbol.split()[0] in classes for s in one.symbols) for one in own)
        assert hit * 3 > len(own), key
    for one in industries():
        assert parse(one.query, "patent", default_context()).tree


def test_more_records_than_numbers_are_refused():
    with pytest.raises(ValueError, match="1000000"):
        next(patents(1_000_001))
    with pytest.raises(ValueError, match="1000000"):
        next(marks(1_000_001))
