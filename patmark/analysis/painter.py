"""Pictures without stopping anybody: hands drawings to one drawing process, started when it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import patmark
from patmark.analysis.drawing import Drawing
from patmark.errors import EngineDown

#: Seconds a picture may take (the first one, on a busy machine); then the process is ended.
PATIENCE = 60.0
#: Threads that draw or wait for it, at most: a web process has one more, which goes on answering pages.
WAITING = 3
_ROOT = Path(patmark.__file__).resolve().parents[1]


class Painter:
    """One drawing process. Threads take turns; while one waits for its picture, the others go on with their work."""

    def __init__(self, patience: float = PATIENCE, waiting: int = WAITING) -> None:
        self._patience = patience
        self._places = threading.BoundedSemaphore(waiting)
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def paint(self, drawing: Drawing | None, form: str) -> bytes:
        """The picture as `svg`, `png` or `json` (its specification); `js` without a drawing is the script of charts.

        Raises EngineDown when it cannot be made, and at once when too many wait already.
        """
        if not self._places.acquire(blocking=False):
            raise EngineDown("正在画别的图，这一张要等一等。", mend="数字在数据表里；几秒后会自动再试。")
        try:
            return self._painted(drawing, form)
        finally:
            self._places.release()

    def close(self) -> None:
        """Ends the process; the next picture starts another."""
        with self._turn:
            self._end()

    def _painted(self, drawing: Drawing | None, form: str) -> bytes:
        wanted = {"form": form, "drawing": drawing.data() if drawing else None}
        line = json.dumps(wanted).encode() + b"\n"
        with self._turn:
            rested = self._process is not None
            said, made = self._asked(line)
            if rested and not said:
                # It had died since the last picture, or was ended with it: a new one is asked once more.
                said, made = self._asked(line)
        if said != b"ok":
            raise EngineDown("这张图没有画成。", mend="数字在图下的数据表里；请稍后再试。")
        return made

    def _asked(self, line: bytes) -> tuple[bytes, bytes]:
        process = self._running()
        watch = threading.Timer(self._patience, process.kill)
        watch.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(line)
            process.stdin.flush()
            said, _, length = process.stdout.readline().strip().partition(b" ")
            made = process.stdout.read(int(length or 0))
        except OSError:
            said, length, made = b"", b"0", b""
        finally:
            watch.cancel()
        if not said or len(made) < int(length or 0):
            self._end()
            return b"", b""
        return said, made

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            command = [sys.executable, "-m", "patmark.analysis.rendering"]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT
            )
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None
