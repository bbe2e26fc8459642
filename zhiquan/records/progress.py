"""How far a batch has come: told in a small file of the home by whoever works on it, read by the batch's page."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson
from django.conf import settings

#: So often at most the file is written anew.
EVERY = 0.4
_DESCRIPTORS = Path("/proc/self/fd")
_STAND = re.compile(rb"^pos:\s*(\d+)", re.MULTILINE)
#: What an archive was unpacked to while it is read (`patmark.sources.archives`).
_UNPACKED = re.compile(r"/zhiquan-[^/]*/(?:member|content)$")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands: `share` of the whole from 0 to 1 (None: not known), rows done, and since when.

    Moments are seconds since 1970; `rows_before` were done before this run began.
    """

    share: float | None
    rows: int
    rows_before: int
    began: float
    told: float
    share_before: float | None = None

    @property
    def left(self) -> float | None:
        """Seconds that are left at the pace of this run; None while nothing can be said."""
        if self.share is None or self.share_before is None or self.share - self.share_before < 0.01:
            return None
        return (self.told - self.began) * (1 - self.share) / (self.share - self.share_before)

    @property
    def speed(self) -> float:
        """Rows a second in this run; 0 while nothing can be said."""
        passed = self.told - self.began
        return (self.rows - self.rows_before) / passed if passed > EVERY else 0.0


@dataclass(slots=True)
class Teller:
    """Tells the progress of one batch; `share` given only grows."""

    batch: int
    rows_before: int
    began: float = field(default_factory=time.time)
    _first: float | None = None
    _share: float | None = None
    _last: float = 0.0

    def tell(self, rows: int, share: float | None) -> None:
        """Where the work stands now; written at most every `EVERY` seconds."""
        now = time.time()
        if share is not None:
            self._share = min(1.0, max(share, self._share or 0.0))
            self._first = self._share if self._first is None else self._first
        if now - self._last < EVERY:
            return
        self._last = now
        path = _path(self.batch)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        stand = Progress(self._share, rows, self.rows_before, self.began, now, self._first)
        fresh.write_bytes(orjson.dumps(asdict(stand)))
        fresh.replace(path)

    def done(self) -> None:
        _path(self.batch).unlink(missing_ok=True)


def read(batch: int) -> Progress | None:
    """What was last told of a batch; None where nobody has begun."""
    with contextlib.suppress(FileNotFoundError, ValueError, TypeError):
        return Progress(**orjson.loads(_path(batch).read_bytes()))
    return None


def _path(batch: int) -> Path:
    return Path(settings.ZHIQUAN_HOME) / "progress" / f"{batch}.json"


def read_share(path: Path) -> float | None:
    """How much of a file this process has read, as the system tells (Linux); None where it cannot.

    While the content of an archive is read, the archive itself has been read further: the lesser share counts.
    """
    shares = []
    for descriptor in _DESCRIPTORS.iterdir() if _DESCRIPTORS.is_dir() else ():
        with contextlib.suppress(OSError):
            target = descriptor.readlink()
            if target == path or _UNPACKED.search(str(target)):
                stand = _STAND.search((_DESCRIPTORS.parent / "fdinfo" / descriptor.name).read_bytes())
                size = target.stat().st_size
                shares.append(int(stand[1]) / size if stand and size else 0.0)
    return min(1.0, *shares) if shares else None
