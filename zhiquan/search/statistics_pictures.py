"""Pictures of statistics kept on disk by what they show, and the script of interactive charts, made once."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from patmark.analysis.drawing import Drawing
from patmark.analysis.painter import Painter

#: What the folder may hold; beyond that the pictures not asked for longest go.
MOST_FILES = 5_000
MOST_BYTES = 200 * 1024 * 1024
#: How many pictures are written between two looks at the size of the folder.
SWEEP_EVERY = 100
#: The drawing process's parts and their release: another release may draw otherwise and brings another script.
RELEASE = f"{version('vl-convert-python')}-{version('altair')}"

painter = Painter()
_written = itertools.count(1)


def picture(drawing: Drawing, form: str) -> bytes:
    """The drawing as svg, png or json. Raises EngineDown when it cannot be drawn."""
    return _kept(f"{drawing.digest}.{form}", lambda: painter.paint(drawing, form))


def script() -> bytes:
    """Vega-Embed with all it needs, as one script."""
    return _kept("vega.js", lambda: painter.paint(None, "js"))


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    folder = Path(settings.ZHIQUAN_HOME) / "cache" / "charts" / RELEASE
    path = folder / name
    try:
        made = path.read_bytes()
        # The time of the last use, which decides what goes when the folder is full.
        os.utime(path)
    except OSError:
        made = make()
        _keep(path, made)
    return made


def _keep(path: Path, made: bytes) -> None:
    """Keeps a picture where there is room: a full or read-only disk costs time, not the picture."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(made)
        Path(draft).replace(path)
        if next(_written) % SWEEP_EVERY == 0:
            sweep(path.parent.parent)
    except OSError:
        return


def sweep(folder: Path, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> int:
    """Removes pictures until the folder is within its bounds, the longest unused first; answers how many went."""
    held = sorted((one.stat().st_mtime, one.stat().st_size, one) for one in folder.rglob("*") if one.is_file())
    files, size, gone = len(held), sum(row[1] for row in held), 0
    for _, bytes_, path in held:
        if files <= most_files and size <= most_bytes:
            break
        path.unlink(missing_ok=True)
        files, size, gone = files - 1, size - bytes_, gone + 1
    return gone
