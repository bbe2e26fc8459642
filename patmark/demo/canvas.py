"""A sheet of pixels to draw on: lines, boxes, rings and digits in ink, fills in shade."""

from __future__ import annotations

_INK, _SHADE = 1, 2
#: Digits 0–9 on three by five fields, row by row.
_ROWS = (
    (7, 5, 5, 5, 7), (2, 6, 2, 2, 7), (7, 1, 7, 4, 7), (7, 1, 7, 1, 7), (5, 5, 7, 1, 1),
    (7, 4, 7, 1, 7), (7, 4, 7, 5, 7), (7, 1, 1, 1, 1), (7, 5, 7, 5, 7), (7, 5, 7, 1, 7),
)  # fmt: skip
_FIELD = 3


class Canvas:
    """A square sheet; what is drawn outside it is left out."""

    def __init__(self, side: int) -> None:
        self._side = side
        # One byte more in front of each line: the filter PNG wants there (0, none).
        self._pixels = bytearray((side + 1) * side)

    def lines(self) -> bytes:
        """The lines as PNG holds them before packing."""
        return bytes(self._pixels)

    def dot(self, x: int, y: int, colour: int = _INK) -> None:
        if 0 <= x < self._side and 0 <= y < self._side:
            self._pixels[y * (self._side + 1) + 1 + x] = colour

    def line(self, x: int, y: int, to_x: int, to_y: int) -> None:
        """A line two pixels thick."""
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        flat = abs(to_x - x) >= abs(to_y - y)
        for at in range(steps + 1):
            here_x, here_y = x + (to_x - x) * at // steps, y + (to_y - y) * at // steps
            self.dot(here_x, here_y)
            self.dot(here_x + (not flat), here_y + flat)

    def box(self, left: int, top: int, right: int, bottom: int, *, shade: bool = False) -> None:
        if shade:
            for y in range(max(0, top), min(bottom, self._side)):
                for x in range(left, right):
                    self.dot(x, y, _SHADE)
        self.line(left, top, right, top)
        self.line(left, bottom, right, bottom)
        self.line(left, top, left, bottom)
        self.line(right, top, right, bottom)

    def ring(self, x: int, y: int, radius: int) -> None:
        """A circle two pixels thick."""
        outer, inner = radius * radius, (radius - 2) * (radius - 2)
        for dy in range(-radius, radius + 1):
            for dx in range(-radius, radius + 1):
                if inner <= dx * dx + dy * dy <= outer:
                    self.dot(x + dx, y + dy)

    def digit(self, digit: int, x: int, y: int) -> None:
        """A digit nine pixels wide and fifteen high."""
        for row, bits in enumerate(_ROWS[digit]):
            for column in range(3):
                if bits >> (2 - column) & 1:
                    for at in range(_FIELD * _FIELD):
                        self.dot(x + column * _FIELD + at % _FIELD, y + row * _FIELD + at // _FIELD)
