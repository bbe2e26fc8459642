"""A record is one application: whatever names it by any of its numbers, in any order and cut, becomes part of it."""

from functools import partial
from itertools import permutations

import pytest

from patmark.patent import Person, Role
from patmark.trademark import Trademark
from tests.records.documents import publication, write_xml
from tests.records.tables import application, counts, imported, key, live, mark, numbers_of, patent, write_csv
from zhiquan.records import importing, matching, queries
from zhiquan.records.models import Change, Conflict, Merge, Record, Statement
from zhiquan.records.prepare import Pace

pytestmark = pytest.mark.django_db

NO_APPLICATION = {"申请号": "", "申请日": ""}
NO_PUBLICATION = {"公开（公告）号": "", "公开（公告）日": ""}


@pytest.fixture(params=["one chunk", "chunks of one"])
def cut(request, monkeypatch):
    """Files as one chunk, and as chunks of one document each: what comes out must be the same."""
    if request.param == "chunks of one":
        monkeypatch.setattr(importing, "Pace", partial(Pace, rows=1, most=1))
    return request.param


def titles(record):
    return [one.text for one in queries.whole(record).merged.record.titles]


@pytest.mark.parametrize("order", list(permutations("AB")), ids="".join)
@pytest.mark.parametrize("files", [1, 2])
def test_the_publications_of_an_application_are_one_record(tmp_path, cut, order, files):
    documents = {"A": publication(1, "A", title="一种旧名"), "B": publication(1, "B", title="一种新名")}
    said = [documents[kind] for kind in order]
    if files == 1:
        imported(write_xml(tmp_path / "a.xml", *said))
    else:
        for at, one in enumerate(said):
            imported(write_xml(tmp_path / f"{at}.xml", one))
    record = Record.objects.get()
    assert record.key == key(1) and record.title == "一种新名"
    assert [str(one.date) for one in record.publications.order_by("date")] == ["2019-11-08", "2021-08-06"]
    assert numbers_of(record) == {key(1), "CN199000001A", "CN199000001B"}
    assert str(record.patent.grant_date) == "2021-08-06"


@pytest.mark.parametrize(
    "spelling",
    [
        application(1),
        application(1).replace("CN", "ZL"),
        application(1).replace("CN", "CN "),
        application(1).replace("CN", "").replace(".", ""),
        application(1)[:-2],
        application(1).replace("CN", "ＣＮ").lower(),
    ],
)
def test_a_record_is_met_by_its_application_number_in_any_spelling(tmp_path, spelling):
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    batch = imported(write_csv(tmp_path / "b.csv", [{"申请号": spelling, "名称": "一种示例装置1", "代理人": "陈示例"}]))
    assert counts(batch) == (0, 1, 0, 0)
    assert live() == [key(1)]
    assert queries.record_of(spelling) == Record.objects.get()


@pytest.mark.parametrize("number", ["CN199000001A", "CN199000001", "cn 199000001 a", "CN199000001B"])
def test_a_record_is_met_by_its_publication_number_in_any_spelling(tmp_path, number):
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    imported(write_csv(tmp_path / "b.csv", [patent(1, **NO_APPLICATION, **{"公开（公告）号": number, "代理人": "陈"})]))
    assert live() == [key(1)]


def test_a_provisional_record_becomes_the_application_it_meets(tmp_path, cut):
    imported(write_csv(tmp_path / "a.csv", [patent(1, **NO_APPLICATION)]))
    record = Record.objects.get()
    assert record.provisional and record.key == "CN199000001A"
    imported(write_csv(tmp_path / "b.csv", [patent(1)]))
    record.refresh_from_db()
    assert not record.provisional and record.key == key(1)
    assert not Merge.objects.exists()
    assert queries.record_of("CN199000001A") == record


def test_a_provisional_record_is_absorbed_by_the_application_that_proves_to_be_the_same(tmp_path, cut):
    imported(write_csv(tmp_path / "a.csv", [patent(1, **NO_APPLICATION)]))
    provisional = Record.objects.get()
    imported(write_csv(tmp_path / "b.csv", [patent(1, **NO_PUBLICATION)]))
    assert live() == ["CN199000001A", key(1)]
    batch = imported(write_csv(tmp_path / "c.csv", [patent(1)]))
    assert counts(batch) == (0, 1, 0, 0)
    assert live() == [key(1)]
    merge = Merge.objects.get()
    assert merge.absorbed == provisional and merge.kept.key == key(1) and merge.batch == batch
    provisional.refresh_from_db()
    assert provisional.state == Record.State.ABSORBED
    assert queries.record_of("CN199000001A") == merge.kept
    assert Statement.objects.filter(record=merge.kept).count() == 3


def test_absorbing_goes_on_through_several_records(tmp_path, cut):
    first = patent(1, **NO_APPLICATION)
    second = patent(1, **NO_APPLICATION, **{"公开（公告）号": "CN199100001A"})
    imported(write_csv(tmp_path / "a.csv", [first]))
    imported(write_csv(tmp_path / "b.csv", [second]))
    imported(write_csv(tmp_path / "c.csv", [patent(1, **NO_PUBLICATION)]))
    bridges = [first | {"授权公告号": "CN199100001B"}, second | {"申请号": application(1)}]
    batch = imported(write_csv(tmp_path / "d.csv", bridges))
    assert live() == [key(1)]
    assert Statement.objects.exclude(record__key=key(1), record__state=Record.State.LIVE).count() == 0
    assert Merge.objects.count() == 2 and counts(batch)[3] == 0


def test_a_publication_number_of_another_application_is_a_conflict_and_mixes_nothing(tmp_path, cut):
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    wrong = patent(2, **{"公开（公告）号": "CN199000001A"})
    imported(write_csv(tmp_path / "b.csv", [wrong]))
    assert live() == [key(1), key(2)]
    conflict = Conflict.objects.get()
    assert (conflict.record.key, conflict.other.key, conflict.number) == (key(2), key(1), "CN199000001")
    assert titles(conflict.record) == ["一种示例装置2"] and titles(conflict.other) == ["一种示例装置1"]
    imported(write_csv(tmp_path / "c.csv", [wrong, wrong | {"代理人": "陈示例"}]))
    assert Conflict.objects.count() == 1, "it is noted once"


def test_a_changed_value_keeps_its_history_and_its_source(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1)]))
    batch = imported(write_csv(tmp_path / "b.csv", [patent(1, **{"申请（专利权）人": "安庆示例重工有限公司"})]))
    record = Record.objects.get()
    change = Change.objects.get()
    assert (change.record, change.batch, change.field, change.undo) == (record, batch, "people", False)
    assert "安庆示例机械有限公司" in change.old and "安庆示例重工有限公司" in change.new
    whole = queries.whole(record)
    origin = whole.origin_of("people.applicant")
    assert (origin.batch, origin.file, origin.position) == (batch.pk, "b.csv", "第 2 行")


def test_history_and_counts_do_not_depend_on_how_a_file_was_cut(tmp_path, cut):
    renamed = patent(1, 名称="一种改名装置")
    batch = imported(write_csv(tmp_path / "a.csv", [patent(1), renamed, patent(2), renamed, patent(1)]))
    assert counts(batch) == (2, 1, 2, 0)
    assert list(Change.objects.values_list("field", "old", "new")) == [("titles", "一种示例装置1", "一种改名装置")]


def test_the_classes_of_a_mark_come_together_from_a_row_each(tmp_path, cut):
    rows = [mark("31999901"), mark("31999901", **{"国际分类": "35", "商品/服务": "广告"}), mark("31999902")]
    batch = imported(write_csv(tmp_path / "a.csv", rows))
    assert counts(batch) == (2, 1, 0, 0)
    assert live() == ["CN31999901", "CN31999902"]
    record = queries.record_of("31999901")
    assert [one.nice for one in queries.whole(record).merged.record.goods] == [30, 35]
    assert not Change.objects.exists(), "a file that brings a mark class by class has changed nothing"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_foreign_marks_meet_by_their_registration_number(order):
    people = (Person("Example Tea Inc.", Role.APPLICANT),)
    said = [
        Trademark(office="US", number="97000001", mark="EXAMPLE"),
        Trademark(office="US", registration_number="7000001", mark="EXAMPLE"),
        Trademark(office="US", number="97000001", registration_number="7000001", mark="EXAMPLE", people=people),
    ]
    matcher = matching.Matcher({}, {}, 1)
    for at in order:
        matcher.place(matching.numbers_of(said[at]))
    assert len(set(matcher.match.record_of)) == 1


def test_a_computed_status_never_takes_the_place_of_an_official_event(tmp_path):
    lapsed = patent(1, 授权公告号="CN199000001B", 授权公告日="2021-08-06")
    imported(write_csv(tmp_path / "a.csv", [lapsed]))
    record = Record.objects.get()
    computed = record.patent.status, record.patent.status_basis
    imported(write_csv(tmp_path / "b.csv", [lapsed | {"法律状态": "专利权的终止", "法律状态公告日": "2023-04-07"}]))
    record = Record.objects.get()
    stated = record.patent.status, record.patent.status_basis
    assert stated != computed
    imported(write_csv(tmp_path / "c.csv", [lapsed | {"代理人": "陈示例"}]))
    record = Record.objects.get()
    assert (record.patent.status, record.patent.status_basis) == stated


@pytest.mark.parametrize("number", ["CN199000001A", "cn199000001b", "CN 199000001", "199000001", "CN199000001U"])
def test_a_record_is_found_by_its_publication_number_with_or_without_its_kind(tmp_path, number):
    imported(write_csv(tmp_path / "a.csv", [patent(1), patent(2)]))
    assert queries.record_of(number).key == key(1)


def test_of_two_records_that_bear_a_number_the_one_whose_document_it_is_comes_first(tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1, **{"公开（公告）号": "CN199000001B"})]))
    imported(write_csv(tmp_path / "b.csv", [patent(2, **{"公开（公告）号": "CN199000001A"})]))
    assert Conflict.objects.count() == 1
    assert queries.record_of("CN199000001A").key == key(2)
    assert queries.record_of("CN199000001B").key == key(1)
