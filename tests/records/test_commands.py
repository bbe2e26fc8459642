"""`zhiquan import | batches | undo | load`: the JSON others build on, the sentences people read, exit statuses."""

import json

import pytest

from tests.records.documents import PNG, publication, write_xml
from tests.records.tables import patent, write_csv
from zhiquan.records.models import Batch
from zhiquan.site import cli

pytestmark = pytest.mark.django_db

COUNTS = {"new", "changed", "same", "rejected"}


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a command; the index beside imports is tested where it lives."""
    for name, function in {"import": "import_", "undo": "undo"}.items():
        monkeypatch.setitem(cli.COMMANDS, name, f"zhiquan.records.commands:{function}")

    def run(*arguments):
        try:
            status = cli.main([str(one) for one in arguments])
        except SystemExit as left:
            status = left.code
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def answer(run):
    def answer(*arguments, status=0):
        left, out, err = run(*arguments, "--json")
        assert (left, err) == (status, "")
        return json.loads(out)

    return answer


def test_import_answers_with_its_batch_and_files(answer, tmp_path):
    (one,) = answer("import", write_csv(tmp_path / "a.csv", [patent(1), {"地址": "某地"}]), "--name", "一月")
    assert (one["batch"], one["name"], one["state"]) == (Batch.objects.get().pk, "一月", "已完成")
    assert {name: one[name] for name in COUNTS} == {"new": 1, "changed": 0, "same": 0, "rejected": 1}
    assert one["companions"] == 0 and one["started"] and one["finished"]
    (file,) = one["files"]
    assert set(file) >= COUNTS | {"name", "sha256", "size", "kind", "data_date", "state", "refusal"}
    assert (file["name"], file["kind"], file["state"], file["refusal"]) == ("a.csv", "csv", "已完成", "")


def test_a_folder_with_drawings_is_imported_without_complaint(answer, tmp_path):
    write_xml(tmp_path / "文献" / "a.xml", publication(1, drawing="1.png"))
    (tmp_path / "文献" / "1.png").write_bytes(PNG)
    (one,) = answer("import", tmp_path / "文献")
    assert (one["new"], one["companions"], len(one["files"])) == (1, 1, 1)


def test_a_file_nobody_can_read_ends_with_1_and_the_others_are_in(run, tmp_path):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 10)
    status, out, _ = run("import", tmp_path / "a.bin", write_csv(tmp_path / "b.csv", [patent(1)]))
    assert status == 1
    assert "a.bin [—] 无法读取" in out and "b.csv [csv] 已完成 新增 1" in out


def test_the_sample_is_imported(answer):
    (one,) = answer("import", "--sample")
    assert one["rejected"] == 0 and one["new"] > 50 and Batch.objects.get().sample


def test_batches_lists_all_and_one(answer, run, tmp_path):
    answer("import", write_csv(tmp_path / "a.csv", [patent(1)]))
    answer("import", write_csv(tmp_path / "b.csv", [patent(2)]))
    assert [one["name"] for one in answer("batches")] == ["b.csv", "a.csv"]
    number = answer("batches")[1]["batch"]
    assert [one["name"] for one in answer("batches", number)] == ["a.csv"]
    assert f"批次 {number}（a.csv）已完成：新增 1，更新 0，无变化 0，拒收 0" in run("batches", number)[1]


def test_without_a_batch_a_sentence_says_so(run, answer):
    assert run("batches") == (0, "还没有导入过任何批次。\n", "")
    assert answer("batches") == []


def test_rejects_are_listed_and_written(answer, run, tmp_path):
    (one,) = answer("import", write_csv(tmp_path / "a.csv", [patent(1), {"地址": "某地"}]))
    (reject,) = answer("batches", one["batch"], "--rejects")
    assert set(reject) == {"file", "position", "reason", "mend", "raw"} and reject["position"] == "第 3 行"
    assert "a.csv 第 3 行：这一行没有申请号" in run("batches", one["batch"], "--rejects")[1]
    written = answer("batches", one["batch"], "--to", tmp_path / "out")["files"]
    assert len(written) == 2 and all((tmp_path / "out" / name).exists() for name in written)


def test_rejects_that_cannot_be_written_end_with_1(run, answer, tmp_path):
    (one,) = answer("import", write_csv(tmp_path / "a.csv", [patent(1), {"地址": "某地"}]))
    (tmp_path / "file").write_text("")
    status, _, err = run("batches", one["batch"], "--to", tmp_path / "file")
    assert status == 1 and "写不进这个文件夹" in err


def test_undo_answers_with_the_records_it_touched(answer, run, tmp_path):
    (one,) = answer("import", write_csv(tmp_path / "a.csv", [patent(1), patent(2)]))
    assert answer("undo", one["batch"]) == {"batch": one["batch"], "records": 2}
    status, _, err = run("undo", one["batch"])
    assert status == 1 and "不能再撤销一次" in err


def test_load_answers_with_kind_and_rows(answer, tmp_path):
    (tmp_path / "a.csv").write_text("code,name\n349901,示例县\n", encoding="utf-8")
    assert answer("load", "counties", tmp_path / "a.csv") == {"kind": "counties", "rows": 1}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "没有这个文件.csv"], "找不到这个文件或文件夹"),
        (["batches", "99"], "没有编号为 99 的批次"),
        (["undo", "99"], "没有编号为 99 的批次"),
        (["load", "ipc", "没有这个文件.csv"], "无法读取"),
    ],
)
def test_a_problem_ends_with_1_and_a_sentence_on_stderr(run, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (1, "") and said in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "--nmae", "x"],
        ["batches", "一"],
        ["batches", "--rejects"],
        ["undo"],
        ["load", "ipc"],
        ["load", "patents", "a.csv"],
    ],
)
def test_a_command_written_wrongly_ends_with_2_in_chinese(run, arguments):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "用法见" in err and "Error" not in err and "Usage" not in err


def test_an_import_that_was_cut_off_is_resumed(answer, tmp_path):
    (one,) = answer("import", write_csv(tmp_path / "a.csv", [patent(1)]))
    Batch.objects.update(state=Batch.State.RUNNING)
    (again,) = answer("import", "--resume")
    assert (again["batch"], again["state"]) == (one["batch"], "已完成")
    assert answer("import", "--resume") == []
