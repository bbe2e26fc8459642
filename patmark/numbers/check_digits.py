"""Check digits: that of Chinese application numbers (ZC 0006-2003) and that of European ones (Luhn)."""

from __future__ import annotations

from operator import mul

#: Weights from left to right; the 8-digit numbers before October 2003 use the first eight (RULES §1.1).
_CN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def cn_check_digit(body: str) -> str:
    """The check digit of an 8- or 12-digit Chinese application number: weighted sum modulo 11, 10 written X.

    Every weight and every difference of two digits is prime to 11, so one altered digit always shows.
    """
    if len(body) not in (8, 12) or not (body.isascii() and body.isdigit()):
        raise ValueError(f"8 or 12 digits expected, not {body!r}")
    return "0123456789X"[sum(map(mul, map(int, body), _CN_WEIGHTS)) % 11]


def ep_check_digit(body: str) -> str:
    """The check digit of an 8-digit European application number: Luhn, doubling from the last digit leftwards."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
