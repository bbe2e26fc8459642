"""A record cited: BibTeX, RIS and metadata say the same, and no text of a record breaks their form."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from patmark.citing import Reference, bibtex, mark_reference, page_metadata, patent_reference, ris
from patmark.patent import ApplicationNumber, Localised, Patent, Person, Publication, Role, Symbol
from patmark.trademark import Goods, Trademark

PATENT = Patent(
    "CN",
    application=ApplicationNumber("CN", "201910000007.2", date(2019, 3, 5)),
    publications=(
        Publication("CN", "199000001", "A", date(2019, 11, 8)),
        Publication("CN", "199000001", "B", date(2021, 8, 6)),
    ),
    titles=(Localised("一种 50%_示例 & 装置", "zh"), Localised("An example", "en")),
    abstracts=(Localised("第一行\n第二行", "zh"),),
    people=(
        Person("安庆示例机械有限公司", Role.APPLICANT),
        Person("张示例", Role.INVENTOR),
        Person("Sand and Stone, Ltd", Role.INVENTOR),
    ),
    symbols=(Symbol("ipc", "B65G 47/24", True),),
)
REFERENCE = patent_reference(
    PATENT, application="CN201910000007.2", url="https://x/patents/CN2019100000072/", status="授权"
)


def test_the_grant_is_what_is_cited():
    assert (REFERENCE.number, REFERENCE.issued) == ("CN199000001B", date(2021, 8, 6))


def test_bibtex_escapes_what_tex_reads():
    text = bibtex(REFERENCE)
    assert text.startswith("@patent{CN199000001B,\n") and text.endswith("\n}\n")
    assert r"title = {一种 50\%\_示例 \& 装置}" in text
    assert "author = {张示例 and {Sand and Stone, Ltd}}" in text
    assert "year = {2021}" in text and "month = {8}" in text
    assert "Application CN201910000007.2 (2019-03-05); 授权" in text


def test_ris_has_the_tags_of_a_patent():
    lines = ris(REFERENCE).split("\r\n")
    assert lines[0] == "TY  - PAT" and lines[-2] == "ER  - "
    for line in (
        "SN  - CN199000001B",
        "M1  - CN201910000007.2",
        "PB  - 安庆示例机械有限公司",
        "AU  - 张示例",
        "DA  - 2021/08/06",
    ):
        assert line in lines
    assert "AB  - 第一行 第二行" in lines


def test_metadata_names_the_patent():
    found = page_metadata(REFERENCE)
    assert ("citation_patent_number", "CN199000001B") in found
    assert ("citation_author", "张示例") in found and ("DC.type", "patent") in found


def test_a_mark_is_cited_by_its_number():
    mark = Trademark("CN", number="99000011", mark="宜刷示例", goods=(Goods(21),), registration_date=date(2020, 1, 7))
    reference = mark_reference(mark, number="99000011", url="https://x/")
    assert bibtex(reference).startswith("@misc{99000011,") and "TY  - GEN" in ris(reference)
    assert ("citation_trademark_number", "99000011") in page_metadata(reference)


@given(st.text(max_size=60))
def test_no_text_breaks_the_form(text):
    reference = Reference(True, text, text, "CN1", "CN", "https://x/", authors=(text,), abstract=text)
    entry = bibtex(reference)
    plain = re.sub(r"\\[{}]|\\text\w+\{\}", "", entry)
    assert plain.count("{") == plain.count("}")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris(reference).split("\r\n")[:-1])
    assert all("\n" not in content for _, content in page_metadata(reference))
