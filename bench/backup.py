"""Bench of `zhiquan backup` and `zhiquan restore`: seconds, sizes, memory, on a generated home of a given size.

python -m bench.backup --rows 20000            a home made for it
python -m bench.backup --home /srv/zhiquan     a home that is there, only read
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.imports import _zhiquan, write_table
from bench.machine import keep, machine

#: What the issue of the figure asks for, and the size it asks it for.
RECORDS, SECONDS = 300_000, 180


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.backup", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--reindex", action="store_true", help="also with an index built anew")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-backup-") as folder:
        home = given.home or made(Path(folder), given.rows)
        result = measured(home, Path(folder), reindex=given.reindex)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    print(keep(f"backup-{result['records']}", {"machine": machine(), **result}))


def made(folder: Path, rows: int) -> Path:
    """A home with so many generated patents."""
    table, home = folder / "export.csv", folder / "home"
    write_table(table, rows)
    run(home, "import", table)
    table.unlink()
    return home


def measured(home: Path, folder: Path, *, reindex: bool) -> dict[str, object]:
    file = folder / "a.zip"
    backup = run(home, "backup", file)
    restore = run(folder / "restored", "restore", file)
    records = int(str(backup["records"]))
    steps = {"backup": backup, "verify_file": run(home, "verify", file), "restore": restore}
    if reindex:
        steps["restore_reindex"] = run(folder / "rebuilt", "restore", file, "--reindex")
    assert restore["records"] == records and restore["index"] == "restored", restore
    both, start = (sum(float(str(step["wall"])) for step in pair) for pair in ((backup, restore), started(folder)))
    return {
        "records": records,
        "home_mb": round(sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1e6, 1),
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "steps": {name: {key: step[key] for key in ("wall", "cpu", "peak_mb")} for name, step in steps.items()},
        "backup_and_restore_seconds": round(both, 1),
        "of_an_empty_home_seconds": round(start, 1),
        # What an empty home takes is the start of two commands; the rest grows with the records.
        f"straight_line_to_{RECORDS}_seconds": round(start + (both - start) * RECORDS / max(records, 1), 1),
        "promised_seconds": SECONDS,
    }


def started(folder: Path) -> tuple[dict[str, object], dict[str, object]]:
    """Backup and restore of a home without a record."""
    run(folder / "empty", "status")
    backup = run(folder / "empty", "backup", folder / "empty.zip")
    return backup, run(folder / "empty-restored", "restore", folder / "empty.zip")


def run(home: Path, *arguments: object) -> dict[str, object]:
    """A command with its answer, its seconds and the largest memory of any child so far."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [*_zhiquan(), *map(str, arguments), "--json"]
    done = subprocess.run(command, env=os.environ | {"ZHIQUAN_HOME": str(home)}, check=True, capture_output=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = json.loads(done.stdout)
    return (told if isinstance(told, dict) else {}) | {
        "wall": round(wall, 2),
        "cpu": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "peak_mb": round(after.ru_maxrss / 1e3),
    }


if __name__ == "__main__":
    main()
