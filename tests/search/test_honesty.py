"""The honesty strip says what is held, how new it is and what it lacks, and says it truly."""

from __future__ import annotations

from datetime import date, timedelta

from patmark.fields import Subject
from patmark.terms import add_months
from tests.search.conftest import hold, hold_marks
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing
from zhiquan.records.models import Batch
from zhiquan.search import index
from zhiquan.search.answers import today
from zhiquan.search.thresholds import threshold, thresholds

FULL = {
    "申请号": "CN201719900014.X", "申请日": "2017.01.13", "公开（公告）号": "CN199900014A", "公开（公告）日": "2017.07.22",
    "名称": "甲", "摘要": "乙", "主分类号": "C08L23/06", "申请（专利权）人": "丙公司", "地址": "246002 安徽省安庆市大观区示例路1号",
}  # fmt: skip


def test_an_empty_library_says_that_nothing_is_held(own):
    index.catch_up()
    page = own.ask()
    assert page.status == 200 and page.total == 0
    assert "库中 0 条" in page.strip and "还没有装入任何记录" in page.strip


def test_it_counts_records_and_files_and_names_the_newest_day(own, tmp_path):
    hold(tmp_path, FULL)
    hold(
        tmp_path,
        FULL | {"申请号": "CN201829900732.7", "公开（公告）号": "CN299900732U", "公开（公告）日": "2019.01.23"},
        name="b.csv",
    )
    strip = own.ask().strip
    assert "库中 2 条，来自 2 个文件" in strip
    assert "发明 2017-07-22" in strip and "实用新型 2019-01-23" in strip
    assert "没有一条记录有权利要求" in strip and "有地址 100%" in strip


def test_shares_are_rounded_down_so_that_all_means_all(own, tmp_path):
    rows = [FULL | {"申请号": f"20171990{at:04}", "公开（公告）号": f"CN1999{at:05}A"} for at in range(1, 150)]
    hold(tmp_path, *rows, FULL | {"申请号": "CN201829900732.7", "公开（公告）号": "CN299900732U", "地址": ""})
    assert "有地址 99%" in own.ask().strip


def test_records_without_an_application_number_are_named(own, tmp_path):
    hold(tmp_path, {"公开（公告）号": "CN199900014A", "名称": "只有公开号的文献", "申请（专利权）人": "丙公司"})
    page = own.ask("只有公开号的文献")
    assert "1 条记录没有申请号" in page.strip
    assert "暂存：没有申请号" in page.text


def test_patents_and_trademarks_are_counted_apart(own, tmp_path):
    hold(tmp_path, FULL)
    hold_marks(tmp_path, {"注册号": "99000011", "商标名称": "宜刷示例", "国际分类": "21", "商品服务": "牙刷"})
    assert "库中 1 条，来自 1 个文件" in own.ask().strip
    marks = own.ask_marks().strip
    assert "库中 1 条，来自 1 个文件" in marks and "有商品服务 100%" in marks and "没有一条记录有图样" in marks


def test_what_was_undone_counts_no_longer(own, tmp_path):
    importing.undo(CONSOLE, hold(tmp_path, FULL))
    index.catch_up()
    assert "库中 0 条，来自 0 个文件" in own.ask().strip


def test_an_index_that_is_behind_is_said_to_be(own, tmp_path):
    hold(tmp_path, FULL)
    path = tmp_path / "late.csv"
    path.write_text("申请号,名称\nCN201829900732.7,迟到的装置\n", encoding="utf-8-sig")
    importing.import_paths(CONSOLE, [path])
    page = own.ask()
    assert page.total == 1 and "库中 2 条" in page.strip and "检索索引现有 1 条，正在跟上" in page.strip
    index.catch_up()
    assert "正在跟上" not in own.ask().strip


def test_an_import_that_was_cut_off_is_said_to_be(own, tmp_path):
    batch = hold(tmp_path, FULL)
    batch.state = batch.State.RUNNING
    batch.save()
    assert "有导入正在进行或中断" in own.ask().strip


def strip_of(page, part):
    return " ".join(page.words(f"//section[contains(@class,'honesty')]{part}"))


def test_one_line_says_it_and_the_rest_is_on_demand(own, tmp_path):
    hold(tmp_path, FULL)
    page = own.ask()
    line = strip_of(page, "//summary")
    assert "库中 1 条" in line and "公布至 2017-07-22" in line and "有权利要求 0%" in line and "数据不全" in line
    assert not page.tree.xpath("//section[contains(@class,'honesty')]/details/@open")


def test_what_came_out_since_the_newest_day_is_said_to_be_missing(own, tmp_path):
    hold(tmp_path, FULL)
    assert "发明最近是 2017-07-22，之后的多半没有装入" in own.ask().strip
    recent = (today() - timedelta(days=10)).isoformat()
    hold(tmp_path, FULL | {"公开（公告）日": recent, "公开（公告）号": "CN199900014B"}, name="new.csv")
    assert "多半没有装入" not in own.ask().strip


def test_a_small_share_is_named_with_its_figure(own, tmp_path):
    rows = [{"申请号": f"20171990{at:04}", "名称": "甲"} for at in range(1, 10)]
    hold(tmp_path, *rows, FULL)
    assert "只有 10% 的记录有地址，按它检索和统计会漏掉其余的" in own.ask().strip


def test_the_months_that_cannot_be_seen_yet_are_explained_and_shaded(own, tmp_path):
    this_year = today().year
    hold(
        tmp_path, FULL, FULL | {"申请号": "CN201829900732.7", "公开（公告）号": "CN299900732U", "申请日": "2018.01.13"}
    )
    page = own.ask()
    since = add_months(today(), -18)
    assert f"满 18 个月才公布：{since} 以后的申请大多还看不到" in page.strip and "专利法第三十四条" in page.strip
    shaded = page.tree.xpath("//section[contains(@class,'honesty')]//*[@class='not-yet']//title/text()")
    assert [one.split(":")[0] for one in shaded] == [str(year) for year in range(since.year, this_year + 1)]
    bars = dict(one.split(": ") for one in page.tree.xpath("//*[@class='years']//title/text()"))
    assert (bars["2017"], bars["2018"], bars[str(this_year)]) == ("1", "1", "0")


def test_each_kind_of_file_is_named_with_its_day(own, tmp_path):
    hold(tmp_path, FULL)
    assert [
        one.split() for one in [" ".join(own.ask().words("//section[contains(@class,'honesty')]//tbody/tr/*"))]
    ] == [["CSV", "等分隔符表格", "1", today().isoformat(), "—"]]


def test_a_library_nobody_has_filled_for_long_says_so(own, tmp_path):
    batch = hold(tmp_path, FULL)
    assert "没有装入新文件" not in own.ask().strip
    batch.finished = batch.finished - timedelta(days=121)
    batch.save()
    importing.undo(CONSOLE, hold(tmp_path, {"申请号": "CN201829900732.7", "名称": "乙"}, name="undone.csv"))
    Batch.objects.exclude(pk=batch.pk).update(finished=None)
    index.catch_up()
    assert f"最近一次导入是 {batch.finished.astimezone().date()}" in own.ask().strip


def test_the_strip_of_trademarks_speaks_of_its_own_gap_and_says_it_is_unverified(own, tmp_path):
    hold_marks(tmp_path, {"注册号": "99000011", "商标名称": "宜刷示例", "国际分类": "21", "商品服务": "牙刷"})
    assert "约有 3 个月" in own.ask_marks().strip and "期限未经核实" in own.ask_marks().strip


def test_every_limit_names_its_day_and_its_source():
    rows = thresholds()
    assert {row.check for row in rows} == {"newest", "loaded", "share", "gap"}
    assert all(row.source and row.trust in "LKD" and row.limit > 0 for row in rows)
    assert threshold("gap", Subject.PATENT, "", date(1980, 1, 1)) is None
    assert threshold("gap", Subject.PATENT, "", date(2026, 1, 1)).limit == 18
