"""The process that draws: `python -m patmark.analysis.rendering` answers one drawing after another on its pipes.

It stands apart because the renderer holds the interpreter for a tenth of a second a picture (a whole one for the
first), in which a web process would answer nobody. A request is a line of JSON, {"form": "svg", "drawing": {…}};
an answer a line with "ok" or "failed" and a length, then so many bytes.
"""

from __future__ import annotations

import json
import select
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, BinaryIO

import altair
import vl_convert

from patmark.analysis.charts import spec
from patmark.analysis.drawing import Drawing

_VERSION = altair.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
#: Pixels of a PNG for one of the drawing, so that it is sharp in print.
_SCALE = 2
#: Seconds without a picture after which the process ends and gives its memory back.
IDLE = 600.0


def svg(drawing: Drawing) -> bytes:
    """The picture; its counts are links where their addresses are whole, for a file knows no page it stands on."""
    whole = all(one.startswith(("http://", "https://")) for row in drawing.addresses for one in row if one)
    shown = drawing if whole else replace(drawing, addresses=())
    return str(vl_convert.vegalite_to_svg(spec(shown), vl_version=_VERSION)).encode()


def png(drawing: Drawing) -> bytes:
    return bytes(vl_convert.vegalite_to_png(spec(drawing), vl_version=_VERSION, scale=_SCALE))


def written(drawing: Drawing) -> bytes:
    """The specification itself, for the page's interactive chart and for everybody who draws on."""
    return json.dumps(spec(drawing), ensure_ascii=False).encode("utf-8", "surrogatepass")


def bundle(drawing: None) -> bytes:
    """Vega, Vega-Lite and Vega-Embed with its expression interpreter, as one script; nothing is fetched."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", _VERSION)).encode()


FORMS: dict[str, Callable[[Any], bytes]] = {"svg": svg, "png": png, "json": written, "js": bundle}


def answer(line: bytes) -> tuple[str, bytes]:
    """`ok` with what was asked for, or `failed` with why."""
    try:
        wanted = json.loads(line)
        drawing = Drawing.read(wanted["drawing"]) if wanted["drawing"] else None
        return "ok", FORMS[wanted["form"]](drawing)
    except (ValueError, KeyError, TypeError) as fault:
        return "failed", f"{type(fault).__name__}: {fault}".encode("utf-8", "replace")


def serve(requests: BinaryIO, answers: BinaryIO, idle: float = IDLE) -> None:
    """Answers until the requests end or stay away for `idle` seconds; each is waited for before the next is sent."""
    while select.select([requests], [], [], idle)[0] and (line := requests.readline()):
        said, made = answer(line)
        answers.write(f"{said} {len(made)}\n".encode())
        answers.write(made)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
