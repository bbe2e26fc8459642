"""The small file beside an index that says what it is made of and how far it has come, written whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from patmark.errors import EngineDown

FILE = "zhiquan-index.json"
REBUILD = "请运行 zhiquan reindex 重建索引，记录本身不受影响。"


@dataclass(frozen=True, slots=True)
class IndexState:
    """`made` names one life of the index: when it changes, a reader has to open the folder anew."""

    schema: str
    sequence: int = 0
    made: str = ""

    def at(self, sequence: int) -> IndexState:
        return replace(self, sequence=sequence)


def new_state(schema: str) -> IndexState:
    return IndexState(schema, 0, secrets.token_hex(8))


def read_state(folder: Path) -> IndexState:
    """The state of the index in a folder; EngineDown where there is none or it cannot be read."""
    try:
        raw = json.loads((folder / FILE).read_bytes())
        return IndexState(str(raw["schema"]), int(raw["sequence"]), str(raw["made"]))
    except FileNotFoundError:
        raise EngineDown(f"{folder} 里还没有检索索引。", mend=REBUILD) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineDown(f"检索索引的状态文件 {folder / FILE} 读不出来。", mend=REBUILD) from error


def write_state(folder: Path, state: IndexState) -> None:
    """Replaces the state in one step: a reader sees the old or the new, and so does whoever comes after a crash."""
    draft = folder / f"{FILE}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / FILE)
