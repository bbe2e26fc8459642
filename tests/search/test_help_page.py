"""The help page: every example on it runs, every field is on it, every example beside the search box runs."""

from __future__ import annotations

import pytest

from patmark.fields import FIELDS, Subject


def test_every_example_of_the_help_page_runs(site):
    page = site.open("/help/query/")
    examples = page.links("//ul[@class='rules']//a")
    assert len(examples) > 25
    for example, address in examples.items():
        found = site.open(address)
        assert found.status == 200 and not found.problem, example
        assert found.tree.xpath("//textarea")[0].text_content().strip() == example


@pytest.mark.parametrize("path", ["/patents/", "/trademarks/"])
def test_every_example_beside_the_box_runs_and_finds_something_in_the_sample(site, path):
    examples = site.ask(path=path).links("//p[contains(@class,'examples')]/a[code]")
    assert len(examples) >= 4
    for example, address in examples.items():
        assert site.open(address, base=path).total > 0, example


def test_every_field_is_named(site):
    page = site.open("/help/query/")
    shown = set(page.words("//table//tr/td[1]"))
    assert shown == {row.key for rows in FIELDS.values() for row in rows}


@pytest.mark.parametrize("subject", Subject)
def test_every_name_on_the_help_page_is_understood(site, subject):
    path = "/patents/" if subject is Subject.PATENT else "/trademarks/"
    for row in FIELDS[subject]:
        for name in (row.key, row.zh, row.en, *row.aliases):
            page = site.ask(f"{name}:(", path=path)
            assert "没有叫" not in page.problem, name
