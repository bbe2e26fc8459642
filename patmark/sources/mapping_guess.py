"""A mapping proposed for a table nobody knows: by its headers where they say something, otherwise by its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from patmark.sources import cells
from patmark.sources.mapping import Column, Mapping, choose_mapping, fields_of

_APPLICATION = re.compile(r"(?:CN|ZL)?\s?(?:(?:19|20)\d{2}[12389]\d{7}|\d{2}[12389]\d{5})\.?[\dX]?", re.IGNORECASE)
_PUBLICATION = re.compile(r"(?:[A-Z]{2})\s?\d{6,13}\s?[A-Z]\d?")
_MARK_NUMBER = re.compile(r"G?\d{5,8}[A-Z]{0,2}\d?")
_IPC = re.compile(r"[A-H]\d{2}[A-Z]\s*\d{1,4}/\d{2,6}.*", re.DOTALL)
_LOCARNO = re.compile(r"(?:LOC.*)?\d{2}-\d{2}.*")
_BODY = re.compile(r".{2,60}(?:公司|大学|学院|研究院|研究所|厂|集团|中心|医院)(?:[（(].*)?")
_SHARE = 0.7
_LONG = 60


def propose_mapping(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    """A mapping to start from: every column somebody knows or whose cells speak for themselves.

    `headers` empty means a table without a header row: its columns are then called 第1列, 第2列, ….
    """
    width = max([len(headers), *map(len, rows)], default=0)
    names = list(headers) or [column_name(at) for at in range(width)]
    choice = choose_mapping(names)
    record = choice.mapping.record if choice.cover else _record_by_cells(rows, width)
    known: list[str | None] = list(choice.fields) if choice.cover else [None] * len(names)
    taken = {one for one in known if one}
    for at in range(len(names)):
        if known[at] is None:
            guess = _guess(_column(rows, at), record, taken)
            if guess:
                known[at] = guess
                taken.add(guess)
    columns: dict[str, list[str]] = {}
    for name, code in zip(names, known, strict=True):
        if code and name:
            columns.setdefault(code, []).append(name)
    return Mapping(
        code="own",
        name="自定义列对应表",
        record=record,
        columns=tuple(Column(code, tuple(spellings)) for code, spellings in columns.items()),
        office=choice.mapping.office if choice.cover else "CN",
        has_header=bool(headers),
    )


def rename(mapping: Mapping, code: str, name: str) -> Mapping:
    """The mapping under a name of its own, as a user saves it."""
    return replace(mapping, code=code, name=name)


def column_name(at: int) -> str:
    """What a column without a header is called; `at` counts from 0."""
    return f"第{at + 1}列"


def describe(mapping: Mapping) -> str:
    """The mapping in a sentence: `第1列=专利名称、第2列=申请号`."""
    labels = fields_of(mapping.record)
    return "、".join(f"{header}={labels[one.field]}" for one in mapping.columns for header in one.headers)


def looks_like_data(row: Sequence[str]) -> bool:
    """Whether a row holds a number or a day, as no header does."""
    values = [one.strip() for one in row if len(one) < 40]
    return any(_APPLICATION.fullmatch(one) or _PUBLICATION.fullmatch(one) or _days([one]) for one in values)


def _record_by_cells(rows: Sequence[Sequence[str]], width: int) -> str:
    columns = [_column(rows, at) for at in range(width)]
    if any(_most(values, _APPLICATION) for values in columns):
        return "patent"
    return "trademark" if any(_most(values, _MARK_NUMBER) for values in columns) else "patent"


def _column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]


def _guess(values: list[str], record: str, taken: set[str]) -> str | None:
    if not values:
        return None
    for code in (_patent_field if record == "patent" else _trademark_field)(values):
        if code not in taken:
            return code
    return None


def _patent_field(values: list[str]) -> tuple[str, ...]:
    if _days(values):
        return ("application_date", "publication_date", "grant_date")
    if _most(values, _PUBLICATION):
        return ("publication_number", "grant_number")
    if _most(values, _APPLICATION):
        return ("application_number",)
    if _most(values, _IPC):
        return ("main_ipc", "ipc") if not any(";" in one for one in values) else ("ipc",)
    if _most(values, _LOCARNO):
        return ("locarno",)
    length = sum(map(len, values)) / len(values)
    if length > _LONG:
        return ("first_claim", "abstract") if _most(values, re.compile(r"1\s*[.．、].*", re.DOTALL)) else ("abstract",)
    if _most(values, _BODY):
        return ("applicants",)
    if length >= 6 and not any(one.replace(".", "").isdigit() for one in values):
        return ("title",)
    return ()


def _trademark_field(values: list[str]) -> tuple[str, ...]:
    if _days(values):
        return ("filing_date", "registration_date")
    if _most(values, re.compile(r"第?0?\d{1,2}类?")):
        return ("classes",)
    if _most(values, _MARK_NUMBER):
        return ("number",)
    if _most(values, _BODY):
        return ("applicants",)
    return ("mark",) if max(map(len, values)) <= 30 else ("goods",)


def _most(values: list[str], pattern: re.Pattern[str]) -> bool:
    matching = sum(1 for one in values if len(one) < 4_000 and pattern.fullmatch(one))
    return bool(values) and matching >= _SHARE * len(values)


def _days(values: list[str]) -> bool:
    days = sum(1 for one in values if 6 <= len(one) <= 30 and cells.day(one))
    return days >= _SHARE * len(values)
