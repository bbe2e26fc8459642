"""Writes the table of bench/README.md from the results that are kept, so that no figure is copied by hand.

python -m bench.report
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.machine import RESULTS

README = Path(__file__).parent / "README.md"
_HEAD = (
    "| 记录 | 引擎 | 处理器时间 均值 | p50 | p99 | 时钟 p50 | p99 | 是内置引擎的 | 总数相同 | 分面相同 | 建立（秒） |",
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
)


def main() -> None:
    results = sorted(
        (json.loads(path.read_bytes()) for path in RESULTS.glob("search-*.json")), key=lambda one: one["rows"]
    )
    table = "\n".join([*_HEAD, *(line for result in results for line in _lines(result))])
    notes = "\n".join(f"- {_where(result)}" for result in results)
    text = _put("search", f"{table}\n\n{notes}", README.read_text(encoding="utf-8"))
    text = _put("import", _imports(), text)
    README.write_text(text, encoding="utf-8")


def _put(name: str, table: str, text: str) -> str:
    """The text with what stands between the marks of this name replaced."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{table}\n{end}{rest.partition(end)[2]}"


def _imports() -> str:
    """Two tables: a table file through the whole import, and documents of each XML kind beside a bare parse."""
    lines: list[str] = []
    if (RESULTS / "import-csv.json").exists():
        lines += _rows(
            ("行数", "秒", "条/秒", "处理器秒", "同样的行进 FTS5（秒）", "导入进程峰值 MB", "索引进程峰值 MB"),
            [
                (
                    f"{run['rows']:,}", run["seconds"], run["records_per_second"], run["cpu_seconds"],
                    run["fts5_seconds"], run["peak_megabytes"].get("import"), run["peak_megabytes"].get("index"),
                )
                for run in json.loads((RESULTS / "import-csv.json").read_bytes())["runs"]
            ],
        )  # fmt: skip
    if (RESULTS / "import-xml.json").exists():
        lines += _rows(
            ("XML 种类", "文件", "MB/处理器秒", "只用 lxml 解析", "是它的几倍时间"),
            [
                (
                    kind, one["files"], one["megabytes_per_cpu_second"], one["bare_lxml_megabytes_per_cpu_second"],
                    one["times_bare_lxml"],
                )
                for kind, one in json.loads((RESULTS / "import-xml.json").read_bytes())["kinds"].items()
            ],
        )  # fmt: skip
    return "\n".join(lines)


def _rows(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    marks = "|".join(["---", *["--:"] * (len(heads) - 1)])
    return [f"| {' | '.join(heads)} |", f"|{marks}|", *(f"| {' | '.join(map(str, row))} |" for row in rows), ""]


def _lines(result: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    own = next(iter(result["engines"].values()))["all"]["cpu_mean"]
    for name, engine in result["engines"].items():
        every = engine["all"]
        cells = (
            f"{result['rows']:,}",
            name,
            *(f"{every[one]:.2f}" for one in ("cpu_mean", "cpu_p50", "cpu_p99", "wall_p50", "wall_p99")),
            f"{every['cpu_mean'] / own:.1f} 倍",
            f"{engine['same_totals']}/{result['queries']}",
            f"{engine['same_facets']}/{result['queries']}",
            f"{engine['build_seconds']:.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _where(result: dict[str, Any]) -> str:
    machine = result["machine"]
    return (
        f"{result['rows']:,} 条：{machine['day']}，{machine['processor']}，{machine['cores']} 核，"
        f"{machine['memory_gb']} GB，"
        f"Python {machine['python']}，tantivy {machine['tantivy']}，SQLite {machine['sqlite']}；结束时负载"
        f" {machine['load_at_end'][0]}；命中数中位 {result['hits']['median']:,}，平均 {result['hits']['mean']:,}，"
        f"最多 {result['hits']['most']:,}。"
    )


if __name__ == "__main__":
    main()
