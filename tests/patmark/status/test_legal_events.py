"""What legal events do, by code and by words, and what they are called."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from patmark.legal_events import (
    OVERLAYS,
    RESTORED,
    Overlay,
    effect_of,
    effect_of_words,
    event_title,
    load_event_codes,
    overlays_of,
)
from patmark.mark_status import MARK_STATUSES
from patmark.patent import Event
from patmark.status import PATENT_STATUSES
from patmark.tables import shipped_rows
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("公布", "published"),
        ("授权", "granted"),
        ("实质审查的生效", "examination"),
        ("发明专利申请公布后的驳回", "refused"),
        ("发明专利申请公布后的视为撤回", "deemed_withdrawn"),
        ("发明专利申请公布后的撤回", "withdrawn"),
        ("专利权的终止 未缴年费专利权终止", "lapsed"),
        ("未缴年费专利权终止", "lapsed"),
        ("专利权有效期届满", "expired"),
        ("避免重复授予专利权", "double_patenting"),
        ("专利权的主动放弃", "abandoned"),
        ("专利权的视为放弃", "deemed_abandoned"),
        ("专利权全部无效", "invalidated"),
        ("专利权部分无效", "partially_invalidated"),
        ("专利权的恢复", RESTORED),
        ("专利申请权、专利权的转移", ""),
        ("专利权质押合同登记的生效", ""),
        ("专利实施许可合同备案的生效", ""),
        ("著录事项变更", ""),
    ],
)
def test_the_words_of_the_gazette_lead_to_their_status(words, status):
    assert effect_of_words(words).status == status


def test_an_ambiguous_code_is_settled_by_its_detail():
    whole = Event("C35", "CN", detail="宣告专利权全部无效")
    assert effect_of(whole).status == "invalidated"
    assert effect_of(Event("C35", "CN")).overlay is Overlay.INVALIDATION
    assert effect_of(Event("EXPY", "CN", title="专利权有效期届满")).status == "expired"


def test_a_pledge_stands_until_it_is_released():
    made = Event("PE01", "CN", date(2020, 1, 2))
    released = Event("PC01", "CN", date(2022, 1, 2))
    moved = Event("TR01", "CN", date(2021, 1, 2))
    assert overlays_of((released, moved, made)) == (Overlay.TRANSFER,)
    assert overlays_of((made, moved)) == (Overlay.TRANSFER, Overlay.PLEDGE)


def test_an_event_is_called_in_chinese_where_it_can_be():
    assert event_title(Event("SE01", "CN")) == "实质审查的生效"
    assert event_title(Event("17P", "EP", title="Request for examination filed")) == "Request for examination filed"
    assert event_title(Event("17P", "EP")) == "17P"


def test_every_row_of_the_tables_names_a_known_status_or_overlay():
    for row in (*shipped_rows("legal_events.csv"), *shipped_rows("status_words.csv")):
        known = MARK_STATUSES if row.get("use") == "mark" else PATENT_STATUSES
        assert bool(row["status"]) != bool(row["overlay"])
        assert not row["status"] or row["status"] in (*known, RESTORED)
        assert not row["overlay"] or Overlay(row["overlay"]) in OVERLAYS


def test_the_real_code_list_gives_titles_and_knows_no_chinese_code_we_lack():
    book = openpyxl.load_workbook(shared("data/epo_ops/legal/legal_code_descriptions_202417.xlsx"), read_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    head, *rows = sheet.iter_rows(values_only=True)
    codes = load_event_codes([dict(zip(head, [str(one or "") for one in row], strict=False)) for row in rows])
    assert len(codes) > 4_300
    assert codes["EP", "17P"].en
    chinese = {code for office, code in codes if office == "CN"}
    assert chinese == {code for _, code in load_event_codes([])}
    assert codes["CN", "CF01"].zh == "未缴年费专利权终止"
