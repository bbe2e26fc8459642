"""A result of more than a thousand records: numbers in addresses and attributes stay numbers, counts read with commas."""

from __future__ import annotations

from tests.search.conftest import hold


def test_the_fifty_first_page_begins_where_the_fiftieth_ended(own, tmp_path):
    hold(tmp_path, *({"申请号": f"2017199{at:05}", "名称": f"装置{at}"} for at in range(1, 1022)))
    page = own.ask("", page=52)
    assert page.tree.xpath("//ol[@class='hits']/@start") == ["1021"] and page.titles
    assert page.total == 1021 and "共 1,021 条" in page.text and "库中 1,021 条" in page.strip
    assert page.links("//nav[@class='pages']/a")["51"].endswith("page=51")


def test_a_result_nobody_reads_to_its_end_is_narrowed_to_the_title(own, tmp_path):
    rows = [
        {"申请号": f"2017199{at:05}", "名称": "装置" if at <= 3 else "设备", "摘要": "一种装置"}
        for at in range(1, 1101)
    ]
    hold(tmp_path, *rows)
    page = own.ask("装置")
    narrowed = next(iter(page.links("//p[contains(.,'结果很多')]/a").values()))
    assert page.total == 1100 and own.open(narrowed).total == 3
