"""The real tables beside the repository: what stands in their records (the counts: test_formats_page.py)."""

from __future__ import annotations

from datetime import date

import pytest

from patmark.errors import BadRecord
from patmark.patent import Patent, Publication, Role
from patmark.sources.archives import open_member
from tests.patmark.sources_tables.made import patents, read, said, write
from tests.shared_data import shared


def test_the_same_rows_as_workbook_and_as_text_give_the_same_patents():
    text = patents(shared("data/cn_patents/cn_patents_7k.csv"))
    assert patents(shared("data/cn_patents/cn_patents_7k.xlsx")) == text
    assert len({one.application.number for one in text if one.application}) == 7384
    assert all(one.application and one.application.date and one.title and one.abstract and one.people for one in text)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_the_real_table_in_other_encodings_gives_the_same(tmp_path, encoding):
    path = shared("data/cn_patents/cn_patents_7k.csv")
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)[:400]
    usual = write(tmp_path / "a.csv", "".join(lines))
    assert said(read(write(tmp_path / "b.csv", "".join(lines), encoding))) == said(read(usual))


def test_the_25_columns_are_all_taken():
    found = patents(shared("data/cn_exports/cnipr_export_25_columns.xlsx"))
    assert all(len(one.publications) == 1 and one.publications[0].date == date(2013, 1, 2) for one in found)
    assert all(one.claims and one.named(Role.APPLICANT)[0].address for one in found)
    # The seven others live abroad, in Hong Kong or Taiwan, or their rows have no postcode.
    assert sum(bool(one.named(Role.APPLICANT)[0].postcode) for one in found) == 192
    assert sum(bool(one.named(Role.AGENCY)) for one in found) == 147
    assert all(agency.code for one in found for agency in one.named(Role.AGENCY))
    assert sum(bool(one.priorities) for one in found) == 1
    assert {name for one in found for name, _ in one.extra} == {"光盘号", "PCT公开"}


def test_rows_without_numbers_are_provisional_records():
    found = patents(shared("data/cn_exports/cnipr_export_two_sheets.xlsx"))
    assert all(one.application is None and not one.publications and one.title and one.abstract for one in found)
    assert read(shared("data/cn_exports/cnipr_export_two_sheets.xlsx"))[90].position == "工作表“Sheet1”第 2 行"


def test_the_scrape_gives_publication_numbers_from_its_links():
    found = patents(shared("data/cn_exports/cnki_scrape.xlsx"))
    assert all(len(one.publications) == 1 and one.publications[0].date for one in found)
    assert found[0].publications[0] == Publication("CN", "108982325", "A", date(2018, 12, 11))


def test_the_dump_gives_both_publications_of_a_granted_invention():
    found = patents(shared("data/cn_exports/mysql_dump.sql"))
    assert [publication.kind for publication in found[9].publications] == ["A", "B"]
    assert {one.status_text for one in found} == {"有权-审定授权", "审中-实质审查"}
    assert found[7].grant_date is None


def test_the_image_of_a_mark_in_a_zip_is_kept():
    path = shared("data/trademark_xml/sn76044902.zip")
    (found,) = read(path)
    assert found.position.startswith("status_st66.xml")
    with open_member(path, found.result.pictures[0].member) as stream:
        assert len(stream.read()) == 682


def test_no_real_record_is_lost_to_a_broken_line(tmp_path):
    lines = shared("data/cn_patents/cn_patents_7k.csv").read_text("utf-8-sig").split("\n")[:400]
    at = next(number for number, line in enumerate(lines) if number > 100 and line.count(",") == 5 and '"' not in line)
    lines[at] = lines[at].rpartition(",")[0] + ',"' + lines[at].rpartition(",")[2]
    whole = read(write(tmp_path / "a.csv", "\n".join(lines)))
    assert sum(isinstance(one.result, BadRecord) for one in whole) == 1
    assert sum(isinstance(one.result, Patent) for one in whole) >= 380
