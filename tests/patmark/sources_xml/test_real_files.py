"""Every real patent document beside the repository is read, with the facts printed in it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from patmark.errors import BadFile
from patmark.patent import ApplicationNumber, Patent, Role
from patmark.sources.all import read_file
from patmark.sources.patent_documents import KINDS
from tests.patmark.sources_xml.reading import extra, kind_of_file, patents, source
from tests.shared_data import shared


class Fact(NamedTuple):
    """What one file says: counts are claims (independent), people (applicants, inventors, owners), and the rest."""

    file: str
    kind: str
    application: str
    filed: str
    publications: str
    granted: str
    claims: tuple[int, int]
    people: tuple[int, int, int]
    symbols: int
    citations: int
    pictures: int


# fmt: off
FACTS = (
    Fact("cnipa/CN102015000481495CN00001152124630AFULZH20221021CN00D.XML", "cnipa", "201510481495.9", "2015-08-07", "115212463A", "", (12, 1), (1, 4, 0), 1, 0, 13),
    Fact("cnipa/cn_new1.xml", "cnipa", "202111286633.X", "2017-04-24", "113781974A", "", (17, 1), (1, 3, 0), 3, 0, 22),
    Fact("cnipa/cn_new2.xml", "cnipa", "202110991218.8", "2021-08-26", "113783949A", "", (10, 1), (1, 3, 0), 5, 0, 9),
    Fact("cnipa_old/cn_old1.xml", "cnipa_old", "201410408762.5", "2014-08-19", "104223352A", "", (3, 1), (1, 8, 0), 4, 0, 0),
    Fact("cnipa_old/cn_old3.xml", "cnipa_old", "201480000788.4", "2014-03-31", "104245682A", "", (5, 1), (1, 1, 0), 1, 0, 2),
    Fact("cnipa_old/cn_old4.xml", "cnipa_old", "201410513187.5", "2014-09-29", "104223590A", "", (10, 1), (1, 1, 0), 1, 0, 3),
    Fact("jpo/2021193879.xml", "jpo", "2020100059", "2020-06-09", "2021193879A", "", (15, 6), (1, 2, 0), 16, 1, 1),
    Fact("jpo/jp_example1.xml", "jpo", "2019165329", "2019-09-11", "2021044377A", "", (6, 1), (1, 10, 0), 82, 2, 1),
    Fact("jpo/jp_example3.xml", "jpo", "2019162830", "2019-09-06", "2021041306A", "", (8, 1), (1, 1, 0), 54, 1, 1),
    Fact("jpo/jp_example4.xml", "jpo", "2020536678", "2018-12-27", "2021509175A", "", (20, 3), (1, 4, 0), 11, 0, 1),
    Fact("st36_ep/a_DOC00001.xml", "st36_ep", "05255002.7", "2005-08-11", "1667425A1", "", (9, 6), (1, 2, 0), 1, 0, 11),
    Fact("st36_ep/b_DOC00001.xml", "st36_ep", "04818324.8", "2004-10-29", "1599469B1", "2006-06-07", (40, 1), (0, 11, 2), 4, 3, 127),
    Fact("uspto/greenbook/US03932709.greenbook", "uspto_greenbook", "05449155", "1974-03-07", "03932709", "1976-01-13", (17, 6), (0, 2, 1), 4, 9, 0),
    Fact("uspto/greenbook/US03937375.greenbook", "uspto_greenbook", "05518454", "1974-10-29", "03937375", "1976-02-10", (3, 1), (0, 1, 0), 3, 5, 0),
    Fact("uspto/greenbook/US04347903.greenbook", "uspto_greenbook", "06192529", "1980-03-10", "04347903", "1982-09-07", (3, 1), (0, 8, 1), 6, 3, 0),
    Fact("uspto/pap/US20010000044A1.xml", "uspto_pap", "09342866", "1999-06-29", "20010000044A1", "", (21, 3), (0, 1, 0), 3, 0, 2),
    Fact("uspto/pap/US20010000943A1.xml", "uspto_pap", "09727454", "2000-12-04", "20010000943A1", "", (13, 4), (2, 2, 1), 3, 0, 35),
    Fact("uspto/pap/US20010009014A1.xml", "uspto_pap", "09777392", "2001-02-05", "20010009014A1", "", (55, 14), (2, 2, 0), 3, 0, 14),
    Fact("uspto/sgml/US06336130.xml", "uspto_sgml", "09413215", "1999-10-05", "06336130B1", "2002-01-01", (22, 3), (0, 1, 1), 4, 9, 4),
    Fact("uspto/sgml/US06337117.xml", "uspto_sgml", "09343526", "1999-06-30", "06337117B1", "2002-01-08", (39, 5), (0, 5, 1), 9, 2, 42),
    Fact("uspto/sgml/USD435854S1.xml", "uspto_sgml", "29116510", "1999-01-06", "D0435854S", "2001-01-02", (1, 1), (0, 8, 3), 2, 10, 5),
    Fact("uspto/us_example1.xml", "uspto_application", "17043275", "2018-04-13", "20210049351A1", "", (15, 3), (1, 2, 1), 9, 0, 8),
    Fact("uspto/us_example3.xml", "uspto_application", "16991488", "2020-08-12", "20210045410A1", "", (23, 2), (1, 4, 0), 11, 0, 7),
    Fact("uspto/us_example4.xml", "uspto_application", "17089879", "2020-11-05", "20210048778A1", "", (12, 1), (1, 2, 1), 17, 0, 23),
    Fact("uspto/xml2004/US06859910.xml", "uspto_grant", "09832323", "2001-04-10", "06859910B2 20010037361A1", "2005-02-22", (2, 1), (1, 1, 1), 17, 8, 10),
    Fact("uspto/xml2004/US06970935.xml", "uspto_grant", "09703574", "2000-11-01", "06970935B1", "2005-11-29", (30, 3), (1, 1, 1), 5, 11, 19),
    Fact("uspto/xml2006/US07272630B2.xml", "uspto_grant", "10991571", "2004-11-18", "07272630B2 20050097148A1", "2007-09-18", (17, 3), (4, 4, 1), 5, 116, 20),
    Fact("uspto/xml2014/US08926509.xml", "uspto_grant", "12134151", "2008-06-05", "08926509B2 20090054737A1", "2015-01-06", (31, 6), (5, 5, 1), 45, 160, 11),
    Fact("uspto/xml2014/US08927118.xml", "uspto_grant", "13349377", "2012-01-12", "08927118B2 20120104943A1", "2015-01-06", (45, 4), (5, 5, 1), 29, 104, 852),
    Fact("uspto/xml2014/US08930553.xml", "uspto_grant", "13648029", "2012-10-09", "08930553B2 20140101323A1", "2015-01-06", (8, 2), (1, 3, 1), 2, 21, 6),
    Fact("uspto/xmlApp2004/US20050004437A1.xml", "uspto_application", "10830857", "2004-04-23", "20050004437A1", "", (10, 1), (2, 2, 0), 4, 0, 3),
    Fact("uspto/xmlApp2004/US20050004974A1.xml", "uspto_application", "10687244", "2003-10-16", "20050004974A1", "", (21, 2), (12, 12, 1), 2, 0, 20),
)
# fmt: on
SCHEMAS = (
    "schemas/zh_new.xsd",
    "schemas/cn_old.dtd",
    "schemas/wipo.ent",
    "uspto/dtd/ST32-US-Grant-025xml.dtd",
    "uspto/dtd/pap-v16-2002-01-01.dtd",
    "uspto/dtd/us-patent-grant-v45-2014-04-03.dtd",
)


def real(name: str) -> Patent:
    (found,) = patents(shared(f"data/patent_xml/{name}"))
    return found


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.file)
def test_a_real_document_says_what_is_printed_in_it(fact: Fact) -> None:
    assert kind_of_file(shared(f"data/patent_xml/{fact.file}")).code == fact.kind
    patent = real(fact.file)
    assert patent.application is not None
    assert (patent.application.number, str(patent.application.date)) == (fact.application, fact.filed)
    assert " ".join(f"{one.number}{one.kind}" for one in patent.publications) == fact.publications
    assert str(patent.grant_date or "") == fact.granted
    assert (len(patent.claims), sum(not one.depends_on for one in patent.claims)) == fact.claims
    assert tuple(len(patent.named(role)) for role in (Role.APPLICANT, Role.INVENTOR, Role.OWNER)) == fact.people
    assert (len(patent.symbols), len(patent.citations), len(patent.pictures)) == fact[-3:]
    assert patent.title
    assert patent.description


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_no_document_of_any_kind(name: str) -> None:
    path = shared(f"data/patent_xml/{name}")
    assert not [kind.code for kind in KINDS if kind.tells(source(path))]
    with pytest.raises(BadFile):
        list(read_file(path))


def test_a_divisional_keeps_its_number_of_2021_and_its_date_of_2017() -> None:
    patent = real("cnipa/cn_new1.xml")
    assert patent.application == ApplicationNumber("CN", "202111286633.X", date(2017, 4, 24))
    assert patent.parents == (ApplicationNumber("CN", "201710269973.9", date(2017, 4, 24)),)
    assert [(one.country, one.number) for one in patent.priorities] == [("KR", "10-2016-0063019")]
    assert patent.data_date == date(2021, 12, 5)


def test_a_chinese_agency_comes_with_its_code_and_the_address_without_its_postcode() -> None:
    patent = real("cnipa/cn_new2.xml")
    assert [one.code for one in patent.named(Role.AGENCY)] == ["33200"]
    assert [(one.postcode, one.address[:3]) for one in patent.named(Role.APPLICANT)] == [("311200", "浙江省")]


def test_an_old_chinese_national_phase_has_its_international_application() -> None:
    patent = real("cnipa_old/cn_old3.xml")
    assert patent.pct_application == ApplicationNumber("WO", "PCT/JP2014/059529", date(2014, 3, 31))
    assert patent.national_entry == date(2014, 8, 28)
    assert patent.claims[3].depends_on == (1, 2, 3)


def test_a_japanese_translation_has_its_international_phase_and_priorities() -> None:
    patent = real("jpo/jp_example4.xml")
    assert patent.pct_publication is not None
    assert patent.pct_publication.number == "WO2019135546"
    assert patent.national_entry == date(2020, 6, 29)
    assert [one.number for one in patent.priorities] == ["10-2018-0000830", "10-2018-0000831"]


def test_a_european_grant_keeps_the_claims_of_three_languages() -> None:
    patent = real("st36_ep/b_DOC00001.xml")
    assert patent.claims_lang == "en"
    assert [name for name, _ in patent.extra if name.startswith("claims[")] == ["claims[de]", "claims[fr]"]
    assert [one.code for one in patent.events] == ["B241", "B242", "B452EP"]


def test_a_green_book_grant_of_1982_has_its_international_phase() -> None:
    patent = real("uspto/greenbook/US04347903.greenbook")
    assert patent.pct_application == ApplicationNumber("WO", "PCT/JP79/00178", date(1979, 7, 5))
    assert [one.symbol for one in patent.symbols if one.scheme == "ipc"] == ["G01G 19/04", "G01G 23/10", "G06F 7/28"]


def test_a_chain_of_continuations_keeps_every_link() -> None:
    patent = real("uspto/us_example4.xml")
    assert [one.number for one in patent.parents] == [
        "16573094", "16130438", "15275905", "14948591", "14053143", "12606660",
    ]  # fmt: skip
    assert len(extra(patent, "continuation")) == 5


def test_parts_of_application_files_are_read_out_of_their_zip() -> None:
    found = patents(shared("data/patent_xml/uspto/xml4ip/sample_XML4IP.ZIP"))
    assert len(found) == 13
    numbers = sorted({one.application.number for one in found if one.application})
    assert numbers == ["12993548", "13694401", "13821389", "13962724", "14522151"]
    # Amendments of a paragraph are kept, but not taken for the description.
    assert sum(bool(one.description) for one in found) == 2
    assert sum(bool(extra(one, "Specification")) for one in found) == 2
