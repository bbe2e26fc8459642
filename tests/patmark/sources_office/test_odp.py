"""USPTO ODP answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson
import pytest

from patmark.errors import BadFile
from patmark.patent import ApplicationNumber, Event, Localised, PatentKind, Person, Publication, Role, Symbol
from tests.patmark.sources_office.reading import fixture, patent, reads, refusal


def test_an_application_is_read() -> None:
    found = patent(fixture("odp_application.json")[0])
    assert (found.office, found.kind) == ("US", PatentKind.DESIGN)
    assert found.application == ApplicationNumber("US", "18100001", date(2023, 1, 19))
    assert found.publications == (
        Publication("US", "2023-0000007", "A1", date(2023, 7, 20)),
        Publication("US", "D1000001", "", date(2024, 3, 5)),
    )
    assert found.titles == (Localised("TEA CADDY", "en"),)
    assert (found.status_text, found.grant_date) == ("Patented Case", date(2024, 3, 5))
    assert found.symbols == (
        Symbol("cpc", "A47J31/00", True),
        Symbol("cpc", "B65D81/38"),
        Symbol("uspc", "D07/613", True),
    )


def test_people_bear_their_fullest_address_and_no_telephone() -> None:
    found = patent(fixture("odp_application.json")[0])
    assert found.people == (
        Person("Anqing Tin Works", Role.APPLICANT),
        Person("Lan Qi, Jr.", Role.INVENTOR, "5 Tin Lane, Anqing", "246000", "CN"),
        Person("EXAMPLE PATENTS LLP", Role.AGENCY, "Reno", country="US"),
        Person("ROBIN AGENT", Role.AGENT, code="99999"),
        Person("ANQING TIN WORKS", Role.OWNER, "ANQING"),
    )
    assert not any("000-000" in value for _, value in found.extra)


def test_the_chain_of_applications_becomes_parents_and_priorities() -> None:
    found = patent(fixture("odp_application.json")[0])
    assert found.parents == (ApplicationNumber("US", "17100001", date(2021, 2, 2)),)
    assert found.priorities == (
        ApplicationNumber("CN", "202230000001.5", date(2022, 8, 1)),
        ApplicationNumber("US", "62900001", date(2020, 2, 2)),
    )


def test_transactions_and_assignments_are_events_and_a_security_changes_no_owner() -> None:
    found = patent(fixture("odp_application.json")[0])
    assert found.events == (
        Event("IEXX", "US", date(2023, 1, 19), title="Application received"),
        Event(
            "AS",
            "US",
            date(2023, 2, 1),
            date(2023, 1, 20),
            "ASSIGNMENT OF ASSIGNORS INTEREST",
            "Assignors: QI, LAN | Assignees: ANQING TIN WORKS | Reel/frame: 060001/0002",
        ),
        Event(
            "AS",
            "US",
            date(2024, 2, 1),
            date(2024, 1, 30),
            "SECURITY INTEREST",
            "Assignors: ANQING TIN WORKS | Assignees: RIVER BANK",
        ),
    )
    assert [one.name for one in found.named(Role.OWNER)] == ["ANQING TIN WORKS"]


def test_an_item_without_a_number_is_refused_with_what_it_holds() -> None:
    fault = refusal(fixture("odp_application.json")[1])
    assert fault.sentence == (
        "这件 USPTO ODP 数据只有审查过程（transactionContentBag），没有申请号，无法归入任何一件专利。"
    )
    assert fault.position == "第 2 件"


def test_a_refused_item_can_be_mended_and_read_again(tmp_path: Path) -> None:
    answer = orjson.loads(refusal(fixture("odp_application.json")[1]).raw)
    answer["patentBag"][0]["applicationNumberText"] = "18100009"
    (tmp_path / "mended.json").write_bytes(orjson.dumps(answer))
    (read,) = reads(tmp_path / "mended.json")
    assert patent(read).application == ApplicationNumber("US", "18100009")


def test_the_newer_wrapper_is_read_like_the_older_bag() -> None:
    (read,) = fixture("odp_wrapper.json")
    found = patent(read)
    assert found.application == ApplicationNumber("US", "18200002", date(2023, 6, 7))
    assert found.kind is PatentKind.INVENTION
    assert found.pct_application == ApplicationNumber("WO", "PCT/CN2022/000001", date(2022, 1, 2))
    assert found.events == (Event("CTNF", "US", date(2024, 5, 6), title="Non-Final Rejection"),)
    assert found.people == (
        Person("Dabie Tea Machines", Role.APPLICANT),
        Person("Min Tao", Role.INVENTOR),
        Person("KIM, EXAMINER", Role.EXAMINER),
    )
    assert found.data_date == date(2025, 4, 5)


def test_continuity_alone_tells_its_application_by_the_relatives() -> None:
    (read,) = fixture("odp_continuity.json")
    found = patent(read)
    assert found.application == ApplicationNumber("US", "16900001")
    assert found.parents == (ApplicationNumber("US", "15800001", date(2018, 1, 1)),)
    assert ("continuityBag/childContinuityBag/childApplicationNumberText", "17500001") in found.extra


def test_documents_are_listed_by_application() -> None:
    first, second = map(patent, fixture("odp_documents.json"))
    assert first.application == ApplicationNumber("US", "18200002")
    assert first.extra == (
        ("documentBag", "2024-05-06 CTNF Non-Final Rejection OUTGOING AAA1"),
        ("documentBag", "2024-08-06 REM Remarks INCOMING AAA2"),
    )
    assert second.application == ApplicationNumber("US", "18200003")


def test_documents_without_a_number_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"documentBag": [{"documentCode": "X"}]}')
    (read,) = reads(tmp_path / "a.json")
    assert refusal(read).sentence == "文件清单里有 1 份文件没有申请号，无法归入任何一件专利。"


def test_an_empty_answer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"count": 0, "patentBag": []}')
    with pytest.raises(BadFile, match="没有一件专利"):
        reads(tmp_path / "a.json")
