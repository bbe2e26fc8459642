"""The pictures of invented records: signs of marks and drawings of devices, written as PNG without any library.

A picture is told by its name alone, and records share pictures: `mark-0412-3.png` is sign 412 in colours 3. So a
million records need no more files than a zip may hold.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache

from patmark.demo.canvas import Canvas
from patmark.demo.shapes import FIGURES, OUTLINES, figure, outline

#: Side of a drawing in pixels, and how many there are for each role.
_SHEET = 240
DRAWINGS = 60
#: Signs: an outline and a figure within it.
SIGNS = OUTLINES * FIGURES
COLOURS = (
    (0x1F5C99, 0xFFFFFF), (0xB3261E, 0xFFF4E0), (0x2E7D32, 0xFFFFFF), (0x6A4C93, 0xFFE9A8), (0xC77700, 0xFFFFFF),
    (0x00695C, 0xF2E8CF), (0x37474F, 0xFFC857), (0x8D2B4A, 0xFFFFFF), (0x0B3D91, 0xF4D35E), (0x4E342E, 0xFFF3E0),
    (0x1B1B1B, 0xE0E0E0), (0x005F73, 0xE9D8A6),
)  # fmt: skip
_PAPER, _INK, _SHADE = 0xFFFFFF, 0x222222, 0xC9D3DC


def sign_name(sign: int, colours: int) -> str:
    return f"images/mark-{sign:04d}-{colours:02d}.png"


def drawing_name(role: str, number: int) -> str:
    """The name of a drawing; `role` is `drawing` (of a device) or `design`."""
    return f"images/{role}-{number:03d}.png"


def names() -> Iterator[str]:
    """Every picture there is, in a settled order."""
    for role in ("drawing", "design"):
        yield from (drawing_name(role, number) for number in range(DRAWINGS))
    yield from (sign_name(sign, colours) for sign in range(SIGNS) for colours in range(len(COLOURS)))


def picture(name: str) -> bytes:
    """The PNG of a name that `sign_name` or `drawing_name` made."""
    sort, number, *rest = name.removeprefix("images/").removesuffix(".png").split("-")
    if sort == "mark":
        ground, drawn = COLOURS[int(rest[0])]
        side, packed = _sign(int(number))
        return _png(side, packed, (_PAPER, ground, drawn))
    canvas = _design(int(number)) if sort == "design" else _device(int(number))
    return _png(_SHEET, zlib.compress(canvas.lines(), 6), (_PAPER, _INK, _SHADE))


def _png(side: int, packed: bytes, palette: tuple[int, ...]) -> bytes:
    """A PNG of indexed colours from its packed lines."""
    colours = b"".join(one.to_bytes(3, "big") for one in palette)
    head = struct.pack(">IIBBBBB", side, side, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


@cache
def _sign(number: int) -> tuple[int, bytes]:
    """A figure within an outline: side and packed lines. Both are masks, joined in one step."""
    around, side = outline(number % OUTLINES)
    within = figure(number // OUTLINES)
    joined = int.from_bytes(around, "big") & int.from_bytes(within, "big")
    return side, zlib.compress(joined.to_bytes(len(around), "big"), 6)


def _device(number: int) -> Canvas:
    """A line drawing of a device, its parts numbered with lead lines."""
    canvas = Canvas(_SHEET)
    left, top, right, bottom = 40, 78 + number % 3 * 8, 158 + number % 4 * 8, 168 + number % 5 * 6
    canvas.box(left, top, right, bottom)
    rooms = 2 + number % 3
    for room in range(1, rooms):
        x = left + (right - left) * room // rooms
        canvas.line(x, top, x, bottom)
    across = (right - left) // rooms
    for room in range(rooms):
        middle, radius = left + across * room + across // 2, 8 + (number + room) % 3 * 4
        if (number // 3 + room) % 2:
            canvas.ring(middle, (top + bottom) // 2, min(radius, across // 2 - 3))
        else:
            canvas.box(middle - radius // 2, top + 14, middle + radius // 2, bottom - 14, shade=True)
    shaft = left + across // 2
    canvas.box(shaft - 6, top - 34 - number % 4 * 6, shaft + 6, top)
    canvas.box(shaft - 16, top - 44 - number % 4 * 6, shaft + 16, top - 34 - number % 4 * 6, shade=number % 2 == 0)
    for leg in (left + 8, right - 18):
        canvas.box(leg, bottom, leg + 10, bottom + 22)
        if number % 3 == 0:
            canvas.ring(leg + 5, bottom + 28, 5)
    for sign, (x, y) in enumerate(
        ((shaft + 14, top - 40), (right, top + 10), (right - 12, bottom - 20), (right - 8, bottom + 10)), 1
    ):
        canvas.line(x, y, 208, y - 14)
        canvas.digit(sign, 213, y - 22)
    return canvas


def _design(number: int) -> Canvas:
    """A product seen from the front: a body, a band, buttons or stripes."""
    canvas = Canvas(_SHEET)
    wide, tall = 44 + number % 4 * 14, 60 + number // 4 % 3 * 14
    middle = _SHEET // 2
    left, right, top, bottom = middle - wide, middle + wide, middle - tall, middle + tall
    canvas.box(left, top, right, bottom)
    canvas.box(left + 6, top + 6, right - 6, bottom - 6)
    band = top + 24 + number % 5 * 8
    canvas.box(left + 6, band, right - 6, band + 14, shade=True)
    if number % 2:
        for at in range(3):
            canvas.ring(middle, band + 34 + at * 18, 5 + number % 3)
    else:
        for at in range(5):
            canvas.line(left + 16, band + 28 + at * 9, right - 16, band + 28 + at * 9)
    if number % 3 == 0:
        canvas.ring(middle, top - 12, 12)
    elif number % 3 == 1:
        canvas.box(middle - wide // 2, top - 16, middle + wide // 2, top)
    canvas.box(left + 10, bottom, right - 10, bottom + 8)
    return canvas
