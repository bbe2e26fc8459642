"""Many numbers at once: pasted or in a file, each found, held under several, wrong by its check digit, not held, or none."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from patmark.fields import Subject
from tests.search.pages import Page
from tests.search.sample import patents, trademarks
from zhiquan.records.models import Record
from zhiquan.search.lookup import Outcome, look_up
from zhiquan.search.number_lists import MOST, numbers_in_text


def outcomes(*numbers, subject=None):
    return [one.outcome.value for one in look_up(numbers, subject)]


def post(site, numbers="", file=None, **more):
    given = {"numbers": numbers, **more}
    return Page(site.client.post("/numbers/", given | ({"file": file} if file is not None else {})))


def counts(page):
    names = page.words("//li[@class='tile']/span[@class='what']")
    return dict(zip(names, map(int, page.words("//li[@class='tile']/span[@class='figure']")), strict=True))


def test_every_number_of_the_sample_is_found_and_leads_to_its_record(site):
    rows = patents()
    numbers = [row[name] for row in rows for name in ("申请号", "公开（公告）号", "授权公告号") if row[name]]
    looked = look_up(numbers + [row["注册号"] for row in trademarks()])
    assert {one.outcome for one in looked} == {Outcome.FOUND}
    titles = {row[name]: row["名称"] for row in rows for name in ("申请号", "公开（公告）号", "授权公告号")}
    assert all(one.matches[0].title == titles[one.typed] for one in looked[: len(numbers)])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ZL 2016 1 9900176.9", "found"), ("ＣＮ２０１６１９９００１７６．９", "found"), ("2016199001769", "found"),
        ("201619900176", "found"), ("申请号：CN201619900176.9", "found"), ("CN199900176", "found"), ("第99000011号", "found"),
        ("CN201619900176.8", "check"), ("CN201619901076.9", "check"), ("US10,123,456B2", "missing"), ("CN202011234567.1", "check"),
        ("99999999", "missing"), ("你好", "none"), ("H01M10/0525", "none"), ("=1+1", "none"), ("x" * 70, "none"),
    ],
)  # fmt: skip
def test_each_spelling_has_its_outcome(site, typed, expected):
    assert outcomes(typed) == [expected]


def test_a_wrong_check_digit_names_the_record_that_may_be_meant(site):
    one = look_up(["CN201619900176.8"])[0]
    assert (
        one.meant[0].number == "CN201619900176.9" and one.meant[0].match.title == "一种锂离子电池正极材料及其制备方法"
    )
    assert one.meant[1].match is None and "校验位应为 9" in one.sentence


def test_a_number_with_two_meanings_that_are_both_held_is_shown_with_both(site):
    Record.objects.filter(title="宜刷示例").first().numbers.create(kind=2, key="CN99000011", full="CN99000011")
    other = Record.objects.get(title=patents()[0]["名称"])
    other.numbers.create(kind=2, key="CN99000011", full="CN99000011")
    one = look_up(["99000011"])[0]
    assert one.outcome is Outcome.SEVERAL and {match.title for match in one.matches} == {"宜刷示例", other.title}
    assert outcomes("99000011", subject=Subject.TRADEMARK) == ["found"]


def test_a_number_that_comes_again_is_told(site):
    looked = look_up(["CN201619900176.9", "99000011", "2016199001769"])
    assert [one.again for one in looked] == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\n c \r\nd", ["a", "b", "c", "d"]),
        ("CN201619900176.9，99000011；CN199900176A", ["CN201619900176.9", "99000011", "CN199900176A"]),
        ("US10,123,456B2", ["US10,123,456B2"]),
        ("ZL 2016 1 9900176.9", ["ZL 2016 1 9900176.9"]),
        ("CN201619900176.9 CN199900176A", ["CN201619900176.9", "CN199900176A"]),
        ("\x00", []), ("", []), ("、、，", []),
    ],
)  # fmt: skip
def test_a_pasted_text_falls_into_its_numbers(text, expected):
    assert numbers_in_text(text) == expected


def test_ten_thousand_numbers_take_few_questions(site, django_assert_max_num_queries):
    numbers = [f"2016199{at:05}" for at in range(MOST)]
    with django_assert_max_num_queries(20):
        assert len(look_up(numbers)) == MOST


def test_the_page_counts_lists_and_links(site):
    page = post(site, "CN201619900176.9\nCN201619900176.8\n99999999\n你好\n99000011")
    assert counts(page) == {"校验位不符": 1, "几种可能": 0, "库中没有": 1, "不是号码": 1, "找到": 2}
    links = page.links("//table[contains(@class,'looked')]//a")
    assert links["CN2016199001769"] == "/patents/CN2016199001769/" and links["CN99000011"] == "/trademarks/CN99000011/"
    assert site.open(links["CN201619900176.9"]).status == 200 and "拿它检索" in links


def test_all_results_are_downloaded_and_no_cell_is_run(site):
    answer = site.client.post("/numbers/", {"numbers": "CN201619900176.8\n=1+1\n99000011", "then": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row["结果"] for row in rows] == ["校验位不符", "不是号码", "找到"]
    assert (
        rows[0]["可能是"].startswith("CN201619900176.9")
        and rows[1]["输入"] == "'=1+1"
        and rows[2]["名称"] == "宜刷示例"
    )


def test_all_that_were_found_are_marked(site):
    answer = site.client.post("/numbers/", {"numbers": "CN201619900176.9\n99000011\n你好", "then": "mark"}, follow=True)
    assert Page(answer).words("//nav[@class='tabs']/a") == ["专利 1", "商标 1"]


def sheet(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


TABLE = [
    ["序号", "名称", "申请号"],
    ["1", "甲 2016", "CN201619900176.9"],
    ["2", "乙", ""],
    ["3", "丙", "CN201719900014.X"],
]
FILES = {
    "numbers.txt": b"CN201619900176.9\nCN201719900014.X\n",
    "gb.txt": "号码\nCN201619900176.9\nCN201719900014.X\n".encode("gb18030"),
    "table.csv": "\n".join(",".join(row) for row in TABLE).encode("utf-8-sig"),
    "table.tsv": "\n".join("\t".join(row) for row in TABLE).encode("utf-16"),
    "table.xlsx": sheet(TABLE),
    "noheads.xlsx": sheet([row[1:] for row in TABLE[1:]]),
    "wrong-name.doc": sheet(TABLE),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_of_these_kinds_gives_its_numbers(site, name):
    assert counts(post(site, file=SimpleUploadedFile(name, FILES[name])))["找到"] == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "文件是空的"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "不是文本文件"),
        ("torn.xlsx", FILES["table.xlsx"][:-100], "工作簿"),
        ("large.txt", b"CN201619900176.9\n" * 400_000, "超过 5 MB"),
        ("many.txt", b"CN201619900176.9\n" * (MOST + 1), "最多查 10,000 个"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_file_that_cannot_be_used_is_told_why(site, name, content, said):
    page = post(site, file=SimpleUploadedFile(name, content))
    assert page.status in (400, 422) and said in page.problem, page.problem


def test_nothing_given_is_told_and_what_was_typed_stays(site):
    assert "没有读到号码" in post(site).problem
    page = post(site, "CN1\n" * (MOST + 1))
    assert page.status == 400 and page.tree.xpath("//textarea[@id='numbers']")[0].text_content().startswith("CN1")


def test_markup_in_a_number_is_shown_as_text(site):
    page = post(site, "<script>alert(1)</script>\n<img src=x onerror=alert(2)>")
    assert not page.tree.xpath("//script[not(@src)] | //img[@src='x']")
