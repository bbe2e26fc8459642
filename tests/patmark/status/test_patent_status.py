"""The status of a patent: what decides, on which basis, and what the sentence claims."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from patmark.errors import BadInput
from patmark.patent import ApplicationNumber, Event, Patent, PatentKind, Publication
from patmark.status import LIVES, PATENT_STATUS_IDS, PATENT_STATUSES, Basis, PatentStatus, status_of, status_row

TODAY = date(2024, 6, 1)
FILED = ApplicationNumber("CN", "201811111111.1", date(2018, 9, 2))
A = Publication("CN", "109000111", "A", date(2019, 3, 1))
B = Publication("CN", "109000111", "B", date(2021, 6, 4))


def patent(*events, publications=(A, B), **more):
    made = (Event(code, "CN", day, effective) for code, day, effective in events)
    return Patent("CN", PatentKind.INVENTION, FILED, publications, events=tuple(made), **more)


def test_a_published_application_is_published():
    reading = status_of(patent(publications=(A,)), TODAY)
    assert (reading.status, reading.basis, reading.since) == (PatentStatus.PUBLISHED, Basis.EVENT, A.date)


def test_a_grant_shown_by_its_publication_is_granted_but_not_sworn_to():
    reading = status_of(patent(("PB01", A.date, None), ("SE01", date(2019, 4, 1), None)), TODAY)
    assert (reading.status, reading.since, reading.as_of) == (PatentStatus.GRANTED, B.date, B.date)
    assert "不证明专利权仍然有效" in reading.sentence


def test_the_letter_alone_does_not_grant():
    old = Publication("CN", "2069429", "U", date(1991, 1, 16))
    assert status_of(Patent("CN", publications=(old,)), date(1991, 6, 1)).status == PatentStatus.PUBLISHED


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("CF01", "lapsed"),
        ("CX01", "expired"),
        ("RJ01", "refused"),
        ("WD01", "deemed_withdrawn"),
        ("WW01", "withdrawn"),
        ("AV01", "abandoned"),
        ("C25 ", "double_patenting"),
        ("rgav", "double_patenting"),
        ("IW01", "invalidated"),
        ("IP01", "partially_invalidated"),
        ("SE01", "examination"),
        ("TR01", "granted"),
        ("C35", "granted"),
        ("ZZ99", "granted"),
    ],
)
def test_each_code_leads_to_its_status(code, status):
    assert status_of(patent((code, date(2023, 1, 3), None)), TODAY).status == status


def test_the_effective_day_decides_and_not_the_gazette():
    # The fee lapse is announced late but works from the due date, before the restoration was announced.
    reading = status_of(
        patent(("RA01", date(2023, 2, 1), None), ("CF01", date(2023, 3, 1), date(2022, 9, 2))),
        TODAY,
    )
    assert reading.status == PatentStatus.GRANTED


def test_events_of_one_day_are_settled_by_precedence_whatever_their_order():
    day = date(2023, 1, 3)
    for order in permutations([("GR01", day, None), ("CF01", day, None), ("IW01", day, None), ("SE01", day, None)]):
        assert status_of(patent(*order), TODAY).status == PatentStatus.INVALIDATED


def test_a_restoration_leads_back():
    lapsed, back = ("CF01", date(2022, 9, 2), None), ("RR01", date(2023, 2, 1), None)
    assert status_of(patent(lapsed, back), TODAY).status == PatentStatus.GRANTED
    withdrawn = ("WD01", date(2020, 1, 7), None)
    back = ("REIN", date(2020, 5, 1), None)
    examined = ("SE01", date(2019, 5, 1), None)
    assert status_of(patent(examined, withdrawn, back, publications=(A,)), TODAY).status == PatentStatus.EXAMINATION


def test_what_was_invalidated_stays_so():
    reading = status_of(patent(("IW01", date(2022, 1, 4), None), ("CF01", date(2023, 1, 3), None)), TODAY)
    assert reading.status == PatentStatus.INVALIDATED


def test_a_right_expires_by_the_calendar_and_the_sentence_says_computed():
    reading = status_of(patent(), date(2038, 9, 2))
    assert (reading.status, reading.basis, reading.since) == (
        PatentStatus.EXPIRED,
        Basis.COMPUTED,
        date(2038, 9, 2),
    )
    assert "专利法 第42条" in reading.sentence
    assert status_of(patent(), date(2038, 9, 1)).status == PatentStatus.GRANTED


def test_an_official_end_is_never_overwritten_by_the_computed_one():
    reading = status_of(patent(("CF01", date(2023, 1, 3), None)), date(2050, 1, 1))
    assert (reading.status, reading.basis) == (PatentStatus.LAPSED, Basis.EVENT)


def test_an_application_past_every_term_cannot_be_in_force():
    old = Patent("CN", application=ApplicationNumber("CN", "200020000001.1", date(2000, 3, 1)))
    reading = status_of(old, TODAY)
    assert (reading.status, reading.basis) == (PatentStatus.TERM_OVER, Basis.COMPUTED)
    assert status_of(Patent("CN", application=FILED), TODAY).status == PatentStatus.UNKNOWN


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("未缴年费", "lapsed"),
        ("失效;期限届满", "expired"),
        ("无权-视为撤回", "deemed_withdrawn"),
        ("失效", "terminated"),
        ("全部无效", "invalidated"),
        ("授权", "granted"),
        ("有权", "granted"),
        ("审中", "granted"),
        ("专利权的转移", "granted"),
        ("", "granted"),
    ],
)
def test_an_exports_words_count_where_they_go_further_than_the_announcements(text, status):
    reading = status_of(patent(status_text=text), TODAY)
    assert reading.status == status
    if status != "granted":
        assert reading.basis is Basis.IMPORTED
        assert text in reading.sentence


def test_words_alone_are_a_basis_too():
    assert status_of(Patent("CN", status_text="实质审查"), TODAY).status == PatentStatus.EXAMINATION


def test_words_of_a_later_step_of_the_procedure_go_further_than_the_publication():
    reading = status_of(patent(publications=(A,), status_text="实质审查的生效"), TODAY)
    assert (reading.status, reading.basis) == (PatentStatus.EXAMINATION, Basis.IMPORTED)
    examined = patent(("SE01", date(2019, 4, 1), None), publications=(A,), status_text="公开")
    assert status_of(examined, TODAY).status == PatentStatus.EXAMINATION


def test_older_words_do_not_beat_a_later_announcement():
    back = ("RA01", date(2023, 2, 1), None)
    assert status_of(patent(back, status_text="失效", data_date=date(2022, 12, 1)), TODAY).status == "granted"
    assert status_of(patent(back, status_text="失效", data_date=date(2024, 1, 1)), TODAY).status == "terminated"


def test_the_words_of_an_event_without_code_tell():
    made = Event("", "CN", date(2023, 1, 3), title="专利权的终止", detail="未缴年费专利权终止 IPC(主分类)")
    assert status_of(Patent("CN", events=(made,)), TODAY).status == PatentStatus.LAPSED


def test_another_offices_events_do_not_decide():
    assert status_of(Patent("CN", publications=(B,), events=(Event("CF01", "EP", TODAY),)), TODAY).status == "granted"


def test_ids_are_distinct_and_every_life_has_a_group():
    assert len(PATENT_STATUS_IDS) == len(PATENT_STATUSES) == len(PatentStatus)
    assert {LIVES[row.life].zh for row in PATENT_STATUSES.values()} == {"有效", "审中", "失效", "不详"}


def test_a_status_is_found_by_its_names():
    assert status_row("驳回").status == status_row("refused").status == status_row("30").status
    with pytest.raises(BadInput, match="没有“飞了”"):
        status_row("飞了")


def test_the_sentence_is_said_in_english_too():
    for one, day in ((patent(publications=(A, B)), TODAY), (patent(), date(2050, 1, 1)), (Patent("CN"), TODAY)):
        english = status_of(one, day).english
        assert english.endswith((".", ").")) and not any("\u4e00" <= sign <= "\u9fff" for sign in english)
    told = status_of(patent(publications=(A,), status_text="失效"), TODAY)
    assert "“失效”" in told.english
