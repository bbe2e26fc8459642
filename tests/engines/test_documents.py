"""What of a record goes into which field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from patmark import codes
from patmark.engines.documents import Derived, patent_document, trademark_document
from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Localised,
    Patent,
    PatentKind,
    Person,
    Publication,
    Role,
    Section,
    Symbol,
)
from patmark.trademark import Goods, MarkKind, Trademark

APPLICATION = ApplicationNumber("CN", "202010000001X", date(2020, 1, 2))
PATENT = Patent(
    office="CN",
    kind=PatentKind.INVENTION,
    application=APPLICATION,
    publications=(
        Publication("CN", "111000001", "A", date(2020, 7, 3)),
        Publication("CN", "111000001", "B", date(2022, 3, 4)),
    ),
    titles=(Localised("一种水泵", "zh"), Localised("A pump", "en")),
    abstracts=(Localised("本发明公开了一种水泵。", "zh"),),
    claims=(Claim(1, "一种水泵，其特征在于。"), Claim(2, "如权利要求1所述的水泵。", (1,))),
    description=(Section("涉及水泵。", "field"), Section("现有水泵噪声大。", "background"), Section("附图说明。")),
    people=(
        Person(
            "皖江样例泵业有限公司",
            Role.APPLICANT,
            address="安徽省安庆市样例路1号",
            country="CN",
            uscc="91340800ma2xxxxx0x",
        ),
        Person("样例大学", Role.APPLICANT, original_name="Sample University"),
        Person("王样例", Role.INVENTOR),
        Person("样例代理事务所", Role.AGENCY, code="34000"),
        Person("李代理", Role.AGENT),
    ),
    symbols=(
        Symbol("ipc", "F04D 29/22"),
        Symbol("ipc", "F04D13/00", main=True),
        Symbol("cpc", "F04D 29/2205"),
        Symbol("uspc", "415/1"),
    ),
    priorities=(ApplicationNumber("CN", "201910000002.0", date(2019, 5, 6)),),
    citations=(Citation(publication=Publication("CN", "108000003", "A")), Citation(text="某期刊")),
    grant_date=date(2022, 3, 4),
)
DERIVED = Derived(places=((34, 3408, 340881, 0),), status=20, expiry=date(2040, 1, 2), sources=(3,))


def label_of(name: str) -> int:
    return {"皖江样例泵业有限公司": 11, "样例大学": 12, "王样例": 13, "样例代理事务所": 14}[name]


DOCUMENT = patent_document(7, PATENT, label_of=label_of, derived=DERIVED)


def test_texts_keep_every_language_and_claims_and_parts_stand_apart() -> None:
    assert (DOCUMENT.key, DOCUMENT.title) == (7, "一种水泵")
    assert list(DOCUMENT.texts["ti"]) == ["一种水泵", "A pump"]
    assert len(DOCUMENT.texts["clm"]) == 2
    assert list(DOCUMENT.texts["iclm"]) == ["一种水泵，其特征在于。"]
    assert len(DOCUMENT.texts["desc"]) == 3
    assert (list(DOCUMENT.texts["field"]), list(DOCUMENT.texts["bg"])) == (["涉及水泵。"], ["现有水泵噪声大。"])
    assert "emb" not in DOCUMENT.texts


def test_people_stand_in_the_field_of_their_role_with_their_labels_in_order() -> None:
    assert list(DOCUMENT.texts["pa"]) == ["皖江样例泵业有限公司", "样例大学", "Sample University"]
    assert DOCUMENT.labels == {"pa": [11, 12], "in": [13], "agc": [14]}
    assert list(DOCUMENT.texts["agt"]) == ["李代理"]
    assert list(DOCUMENT.texts["addr"]) == ["安徽省安庆市样例路1号"]
    assert list(DOCUMENT.numbers["uscc"]) == ["91340800MA2XXXXX0X"]


def test_numbers_are_keys_and_publications_are_found_with_and_without_their_kind() -> None:
    assert DOCUMENT.numbers["apno"] == ["CN202010000001X"]
    assert DOCUMENT.numbers["pn"] == ["CN111000001A", "CN111000001", "CN111000001B"]
    assert DOCUMENT.numbers["prno"] == ["CN2019100000020"]
    assert DOCUMENT.numbers["cite"] == ["CN108000003A", "CN108000003"]


def test_symbols_are_compact_and_the_main_one_is_the_marked_one() -> None:
    assert DOCUMENT.symbols == {"ipc": ["F04D29/22", "F04D13/00"], "cpc": ["F04D29/2205"], "mipc": ["F04D13/00"]}


def test_integers_hold_days_years_codes_places_and_counts() -> None:
    expected = {
        "ad": [20_200_102],
        "ady": [2020],
        "pd": [20_220_304, 20_200_703],
        "pdy": [2022, 2020],
        "prd": [20_190_506],
        "gd": [20_220_304],
        "exd": [20_400_102],
        "kind": [1],
        "stage": [1, 3],
        "ptype": [1, 2],
        "sub": [60_404],
        "sec": [6],
        "nclm": [2],
        "nin": [1],
        "prov": [34],
        "city": [3408],
        "dist": [340_881],
        "zone": [],
        "st": [20],
        "src": [3],
    }
    assert {field: list(DOCUMENT.integers[field]) for field in expected} == expected


def test_a_record_that_says_nothing_is_still_a_document() -> None:
    empty = patent_document(1, Patent(), label_of=label_of)
    assert (empty.texts, empty.numbers, empty.symbols, empty.labels) == ({}, {}, {}, {})
    assert {field for field, values in empty.integers.items() if values} == {"kind"}


def test_numbers_and_symbols_no_rule_reads_are_held_by_their_letters_and_digits() -> None:
    odd = Patent(application=ApplicationNumber("CN", "样例-12/a"), symbols=(Symbol("ipc", "看不懂 1"),))
    document = patent_document(1, odd, label_of=label_of)
    assert document.numbers["apno"] == ["CN样例12A"]
    assert document.symbols["ipc"] == ["看不懂1"]


def test_a_trademark_gives_its_classes_groups_goods_and_dates() -> None:
    mark = Trademark(
        office="CN",
        kind=MarkKind.COLLECTIVE,
        number="12345678",
        mark="皖样",
        mark_transliteration="WANYANG",
        goods=(Goods(7, "水泵；风机", ("0749",)), Goods(35, items=("广告",))),
        people=(Person("样例大学", Role.APPLICANT, address="安徽省安庆市"),),
        filing_date=date(2020, 1, 2),
        registration_date=date(2021, 3, 4),
        valid_to=date(2031, 3, 3),
        vienna=("26.4.2",),
    )
    document = trademark_document(9, mark, label_of=label_of, derived=Derived(status=20, expiry=date(2030, 1, 1)))
    assert (document.title, list(document.texts["mark"])) == ("皖样", ["皖样", "WANYANG"])
    assert list(document.texts["goods"]) == ["水泵；风机", "广告"]
    assert document.numbers["rn"] == ["CN12345678"]
    assert document.symbols == {"sg": ["0749"], "vc": ["26.4.2"]}
    assert document.labels == {"hol": [12]}
    expected = {
        "nice": [7, 35],
        "fd": [20_200_102],
        "fdy": [2020],
        "rd": [20_210_304],
        "exp": [20_310_303],
        "kind": [2],
    }
    assert {field: list(document.integers[field]) for field in expected} == expected


def test_years_of_grant_and_registration_and_offices_that_granted_a_family_member_are_counted() -> None:
    family = (
        Publication("US", "10000001", "B2"),
        Publication("EP", "3000001", "A1"),
        Publication("CN", "111000009", "B"),
        Publication("KR", "1020000", "B1"),
        Publication("US", "10000002", "B1"),
        Publication("JP", "7000001", "X9"),
    )
    integers = patent_document(1, replace(PATENT, family=family), label_of=label_of, derived=DERIVED).integers
    assert list(integers["gdy"]) == [2022]
    assert [codes.value_of("cc", one) for one in integers["abr"]] == ["US", "KR"]
    assert "abr" not in patent_document(1, PATENT, label_of=label_of).integers
    mark = Trademark(office="CN", number="12345678", registration_date=date(2021, 3, 4))
    assert list(trademark_document(1, mark, label_of=label_of).integers["rdy"]) == [2021]
    assert not trademark_document(1, replace(mark, registration_date=None), label_of=label_of).integers["rdy"]
