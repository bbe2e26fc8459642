"""Every application number of the real files is read, and its check digit holds."""

from __future__ import annotations

import csv

from patmark.numbers import display, parse_application
from tests.shared_data import shared


def test_the_7384_real_applications_are_read_and_survive_their_printed_form() -> None:
    with shared("data/cn_patents/cn_patents_7k.csv").open(encoding="utf-8-sig", newline="") as lines:
        texts = [row["申请号"] for row in csv.DictReader(lines)]
    numbers = [parse_application(text) for text in texts]
    assert len(numbers) == 7384
    assert all(parse_application(display(number)) == number for number in numbers)
    assert sum(number.check_ok is False for number in numbers) == 0
