"""Records with something wrong about them: kept, found, and marked on their page."""

from __future__ import annotations

from tests.search.conftest import hold
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing


def test_a_record_whose_number_fails_its_check_digit_says_so(own, tmp_path):
    hold(tmp_path, {"申请号": "CN201619900176.8", "名称": "校验位有误的装置", "申请（专利权）人": "甲"})
    page = own.open(next(iter(own.ask("校验位有误的装置").links("//ol[@class='hits']//h3/a").values())))
    assert page.status == 200 and "校验位不符" in page.text


def test_texts_of_any_length_leave_the_list_a_list(own, tmp_path):
    long = {"名称": "长" * 30_000, "摘要": "文" * 30_000, "申请（专利权）人": "名" * 5_000}
    hold(tmp_path, *({"申请号": f"20171990{at:04}"} | long for at in range(1, 21)))
    page = own.ask("长")
    assert page.total == 20 and len(page.text) < 100_000
    record = own.open(next(iter(page.links("//ol[@class='hits']//h3/a").values())))
    assert record.words("//h1") == ["长" * 30_000]


def test_a_record_taken_back_is_not_found_and_says_nothing_more(own, tmp_path):
    batch = hold(tmp_path, {"申请号": "CN201619900176.9", "名称": "撤回的装置", "申请（专利权）人": "甲"})
    importing.undo(CONSOLE, batch)
    response = own.client.get("/patents/CN2016199001769/")
    assert response.status_code == 404 and "撤回的装置" not in response.content.decode()
