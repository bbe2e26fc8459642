"""The exchange form holds records whole: exported, imported elsewhere, they are what they were."""

from __future__ import annotations

from patmark.exchange import record_of
from patmark.fields import Subject
from tests.search.conftest import hold
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing, queries
from zhiquan.records.models import Record
from zhiquan.search import index
from zhiquan.site.cli import main


def test_what_is_exported_whole_can_be_imported_again(own, tmp_path):
    rows = [
        {"申请号": f"20171990{at:04}", "名称": f"装置{at}", "申请（专利权）人": "甲；乙", "摘要": "=文字"}
        for at in range(1, 9)
    ]
    hold(tmp_path, *rows)
    target = tmp_path / "all.zhiquan.jsonl"
    assert main(["export", "*", "--to", str(target)]) == 0
    records = [record_of(line) for line in target.read_bytes().splitlines()]
    assert len(records) == len(rows)
    importing.import_paths(CONSOLE, [target])
    index.catch_up()
    assert queries.live_count() == len(rows), "they met what was there"
    for record in Record.objects.all():
        assert queries.whole(record).merged.record.title in {row["名称"] for row in rows}
    assert index.engine(Subject.PATENT).size == len(rows)
