"""A copy of an index as it stands at one commit, taken while its writer goes on writing."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

from patmark.engines.index_state import FILE, IndexState, read_state
from patmark.errors import EngineDown

_META, _MANAGED = "meta.json", ".managed.json"
_SEGMENT = re.compile(r"([0-9a-f]{32})\.")
#: A commit or a merge in the middle of the copy makes it begin again; each takes some milliseconds.
_TRIES = 20


def copy_index(folder: Path, target: Path) -> IndexState:
    """Copies the index in `folder` to the new folder `target` and answers its state. EngineDown where that fails.

    The state is read before the commit it belongs to, so it names no change the copy does not hold. The files of a
    segment never change once they are committed, so a second name for them is as good as a copy.
    """
    for _ in range(_TRIES):
        state = read_state(folder)
        try:
            if _copied(folder, target):
                shutil.copyfile(folder / FILE, target / FILE)
                if read_state(target) == state:
                    return state
        except FileNotFoundError:
            pass  # merged away meanwhile
        shutil.rmtree(target, ignore_errors=True)
    raise EngineDown("检索索引一直在变，没有复制成。", mend="请稍后再试。")


def _copied(folder: Path, target: Path) -> bool:
    target.mkdir(parents=True)
    meta = (folder / _META).read_bytes()
    segments = {str(one["segment_id"]).replace("-", "") for one in json.loads(meta)["segments"]}
    for path in folder.iterdir():
        named = _SEGMENT.match(path.name)
        if named and named[1] in segments:
            _second_name(path, target / path.name)
    shutil.copyfile(folder / _MANAGED, target / _MANAGED)
    (target / _META).write_bytes(meta)
    return (folder / _META).read_bytes() == meta


def _second_name(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one without second names
        shutil.copyfile(path, target)
