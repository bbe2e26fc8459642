"""The vectors of the domain rules hold, every one; the same cases re-typed stand in the other files of this folder."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from patmark.errors import BadNumber
from patmark.kinds import stage_of
from patmark.numbers import cn_check_digit, parse_cn_application, parse_trademark
from tests.shared_data import shared


def vectors(group: str) -> list[dict[str, Any]]:
    path = shared("domain/test_vectors.json")
    return list(json.loads(path.read_text(encoding="utf-8"))[group])


def test_check_digits() -> None:
    for case in vectors("cn_application_check_digit"):
        assert cn_check_digit(case["body"]) == case["computed"], case
        assert parse_cn_application(f"{case['body']}.{case['printed']}").check_ok is case["valid"], case


def test_normalised_application_numbers() -> None:
    for case in vectors("cn_application_normalise"):
        try:
            number = parse_cn_application(case["input"])
            found = (number.bare, number.type_digit, number.check_ok)
        except BadNumber:
            found = (None, None, None)
        assert found == (case["key"], case["type_digit"], case["check_ok"]), case


def test_stages_by_kind_and_date() -> None:
    for case in vectors("cn_kind_stage_by_date"):
        stage = stage_of("CN", case["kind"], date.fromisoformat(case["publication_date"]))
        assert stage == (case["stage"] or "unknown"), case


def test_trademark_numbers() -> None:
    for case in vectors("trademark_number"):
        try:
            parse_trademark(case["input"])
            found = True
        except BadNumber:
            found = False
        assert found is case["match"], case
