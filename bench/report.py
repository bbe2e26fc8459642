"""Writes the table of bench/README.md from the results that are kept, so that no figure is copied by hand.

python -m bench.report
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.machine import RESULTS

README = Path(__file__).parent / "README.md"
_BEGIN, _END = "<!-- search: begin -->", "<!-- search: end -->"
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
    before, _, rest = README.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    README.write_text(f"{before}{_BEGIN}\n{table}\n\n{notes}\n{_END}{after}", encoding="utf-8")


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
